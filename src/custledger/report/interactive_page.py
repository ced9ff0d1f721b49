"""The pages of `reconcile --interactive`: a credit with what it could settle, its story, the help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.document import Cell, Column, Document, Facts, Heading, Row, Table, word
from custledger.report.kinds import kind_word
from custledger.report.reconcile_page import REASONS
from custledger.report.why_page import entry_blocks
from custledger.report.why_words import said

if TYPE_CHECKING:
    from collections.abc import Sequence

    from custledger.core.money import Commodities, Money
    from custledger.document import Block, Value
    from custledger.report.why_entry import CandidateRow, EntryStory

_COMMANDS = ("number", "amount", "off", "reject", "account", "skip", "undo", "more", "story", "quit")


def item_page(
    story: EntryStory, rest: Money, rows: Sequence[CandidateRow], waiting: int, commodities: Commodities
) -> Document:
    """One credit: who, how much is left of what, when, the texts; the numbered candidates, and what each leaves."""
    who = story.customer_name if story.customer_name == story.customer else f"{story.customer_name} ({story.customer})"
    items: list[tuple[Value, Cell]] = [
        (word("reports.column.customer"), Cell(who)),
        (word("reports.column.unapplied"), Cell(rest, "strong")),
    ]
    if rest != story.amount:
        items.append((word("reports.column.amount"), Cell(story.amount)))
    items.append((word("reports.column.date"), Cell(story.date)))
    if story.text and story.text not in (story.customer, story.customer_name):
        items.append((word("reports.column.text"), Cell(story.text)))
    items += [(word("why.outside"), Cell(text)) for text in story.outside]
    items.append((word("reports.invoice.place"), Cell(story.place, "muted")))
    if story.reason is not None:
        reason: Value = word(f"reports.reason.{story.reason}") if story.reason in REASONS else story.reason
        items.append((word("reports.column.reason"), Cell(reason, "warn")))
    blocks: list[Block] = [Facts(tuple(items))]
    if rows:
        blocks.append(_candidates(rows))
    title = word("interactive.title", name=story.name, kind=kind_word(story.kind), waiting=waiting)
    return Document(title=title, blocks=tuple(blocks), commodities=commodities)


def _candidates(rows: Sequence[CandidateRow]) -> Table:
    columns = (
        Column(""),
        Column(word("why.column.candidate"), shrink=True),
        Column(word("reports.column.open"), right=True),
        Column(word("interactive.leaves"), right=True, dash=True),
    )
    drawn: list[Row] = []
    for number, row in enumerate(rows, 1):
        drawn.append(Row((Cell(number, "strong"), Cell(" + ".join(row.charges)), Cell(row.total), Cell(row.leaves))))
        why = Cell(said(f"why.candidate.{row.why}", row.facts), indent=1)
        drawn.append(Row((Cell(None), why, Cell(None), Cell(None)), "detail"))
    return Table(columns, tuple(drawn), title=word("why.title.candidates"))


def story_page(story: EntryStory, commodities: Commodities) -> Document:
    """Everything about the credit, as `why` tells it."""
    title = word("why.title", kind=kind_word(story.kind), name=story.name)
    return Document(title=title, blocks=tuple(entry_blocks(story, "", fixed=True)), commodities=commodities)


def help_page() -> Document:
    """What may be typed."""
    items = tuple((word(f"interactive.type.{name}"), Cell(word(f"interactive.help.{name}"))) for name in _COMMANDS)
    return Document(title=None, blocks=(Heading(word("interactive.help"), 3), Facts(items)))

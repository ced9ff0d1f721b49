"""The page of `why`: of an entry; that of an account is in why_account_page."""

from __future__ import annotations

from shlex import quote
from typing import TYPE_CHECKING

from custledger.core.text import listed
from custledger.document import Cell, Column, Document, Facts, Heading, Paragraph, Row, Table, word
from custledger.report.kinds import kind_word
from custledger.report.reconcile_page import REASONS, rule_word
from custledger.report.result import definition, given_of, written_to
from custledger.report.why_account_page import account_blocks, account_title
from custledger.report.why_words import NEAR, evidence_word, said

if TYPE_CHECKING:
    from custledger.book.position import Standing
    from custledger.document import Block, Value
    from custledger.report.why import WhyResult
    from custledger.report.why_entry import CandidateRow, EntryStory, Step

_TAGS_SHOWN = 3
_SETTLES = {"credit": "settles", "charge": "settled_by", "debit": "takes_back"}
_OPEN_REASONS = frozenset("unpaid part released proposed discount-late not-recorded nothing-to-take".split())


def document(result: WhyResult, standing: Standing) -> Document:
    """The page: one entry after another, or the account."""
    blocks: list[Block] = []
    if result.account is not None:
        blocks += account_blocks(result.account, standing)
        title: Value = account_title(result.account)
    else:
        several = len(result.entries) > 1
        for entry in result.entries:
            blocks += entry_blocks(entry, given_of(standing), fixed=not written_to(standing.book), headed=several)
        first = result.entries[0]
        title = result.asked if several else word("why.title", kind=kind_word(first.kind), name=first.name)
    return Document(
        title=title,
        definition=definition(standing),
        blocks=tuple(blocks),
        commodities=result.commodities,
    )


def entry_blocks(entry: EntryStory, files: str, *, fixed: bool, headed: bool = False) -> list[Block]:
    """One entry: what it is, what settles what, what is left and why, what to do."""
    blocks: list[Block] = []
    if headed:
        blocks.append(Heading(word("why.title", kind=kind_word(entry.kind), name=entry.name), 2))
    blocks.append(_facts(entry))
    if entry.allocations:
        blocks.append(_allocations(entry))
    blocks += _left(entry)
    if entry.disputes:
        blocks.append(_disputes(entry))
    if entry.tiers:
        blocks.append(_tiers(entry))
    following = _next(entry, files, fixed=fixed)
    if following:
        blocks.append(Facts(tuple(following), title=word("reports.next.title")))
    return blocks


def _facts(entry: EntryStory) -> Facts:
    who = entry.customer_name
    if who != entry.customer:
        who = f"{who} ({entry.customer})"
    items: list[tuple[Value, Cell]] = [
        (word("reports.column.customer"), Cell(who)),
        (word("reports.column.amount"), Cell(entry.amount)),
        (word("reports.column.date"), Cell(entry.date)),
    ]
    if entry.value_date is not None:
        items.append((word("why.value_date"), Cell(entry.value_date)))
    if entry.claim_date is not None:
        items.append((word("why.claim_date"), Cell(entry.claim_date)))
    if entry.due is not None:
        due: Value = entry.due
        if entry.terms:
            due = word("why.due_by_terms", due=entry.due, terms=entry.terms)
        items.append((word("reports.column.due"), Cell(due)))
    if entry.text and entry.text not in (entry.customer, entry.customer_name):
        items.append((word("reports.column.text"), Cell(entry.text)))
    items += [(word("why.outside"), Cell(text)) for text in entry.outside]
    items.append((word("reports.invoice.place"), Cell(entry.place, "muted")))
    items.append(_standing(entry))
    return Facts(tuple(items))


def _standing(entry: EntryStory) -> tuple[Value, Cell]:
    """What is left of it, in a line."""
    if entry.role == "charge":
        if not entry.left:
            return word("reports.column.open"), Cell(word("why.settled"), "good")
        if entry.days_overdue:
            late = word("why.open_late", amount=entry.left, days=entry.days_overdue, bucket=entry.bucket)
            return word("reports.column.open"), Cell(late, "bad")
        return word("reports.column.open"), Cell(word("why.open_current", amount=entry.left), "warn")
    label = word("reports.column.unapplied")
    if not entry.left:
        return label, Cell(word("why.applied" if entry.role == "credit" else "why.taken"), "good")
    return label, Cell(entry.left, "warn")


def _allocations(entry: EntryStory) -> Table:
    released = any(step.until for step in entry.allocations)
    heading = "reports.column.due" if entry.role == "credit" else "reports.column.date"
    columns = (
        Column(word(f"why.column.{_SETTLES[entry.role]}")),
        Column(word(heading)),
        Column(word("reports.column.amount"), right=True),
        Column(word("reports.column.from")),
        *((Column(word("reports.column.until")),) if released else ()),
    )
    rows: list[Row] = []
    for step in entry.allocations:
        rows.append(
            Row(
                (
                    Cell(step.other),
                    Cell(step.other_date),
                    Cell(step.amount),
                    Cell(step.date_from),
                    *((Cell(step.until),) if released else ()),
                ),
                "row" if step.until is None else "detail",
            )
        )
        blank = tuple(Cell(None) for _ in columns[1:])
        rows += [Row((Cell(text, indent=1), *blank), "detail") for text in _evidence(step)]
    return Table(columns, tuple(rows), title=word(f"why.title.{_SETTLES[entry.role]}"))


def _state(step: Step) -> Value:
    known = step.state in {"recorded", "inferred"}
    return word(f"reports.allocation.{step.state}") if known else step.state


def _evidence(step: Step) -> list[Value]:
    lines: list[Value] = [word("why.rule_state", rule=rule_word(step.rule), state=_state(step))]
    lines += [evidence_word(one, step.rule) for one in step.evidence]
    if step.other != step.other_place:
        lines.append(word("why.other_place", place=step.other_place, name=step.other))
    if step.alternatives:
        lines.append(word("why.alternatives", count=step.alternatives))
    if step.until is not None:
        if step.released_by is None:
            lines.append(word("why.released", day=step.until))
        else:
            rule = rule_word(step.released_rule or "")
            lines.append(word("why.released_by", day=step.until, name=step.released_by, rule=rule))
    return lines


def _left(entry: EntryStory) -> list[Block]:
    """Why something is left, what is proposed, what could settle it."""
    blocks: list[Block] = []
    if entry.reason is not None:
        title = word("why.title.open" if entry.role == "charge" else "why.title.left")
        reason: Value = entry.reason
        if entry.role != "credit" and entry.reason in _OPEN_REASONS:
            reason = said(f"why.open.{entry.reason}", entry.facts)
        elif entry.reason in REASONS:
            reason = word(f"reports.reason.{entry.reason}")
        lines: list[Value] = [reason]
        if entry.wanted_by:
            lines.append(word("why.wanted_by", credits=listed(entry.wanted_by)))
        blocks += [Heading(title, 3), Paragraph(tuple(lines), "warn")]
    for one in entry.proposed:
        how = word("reports.reconcile.computed", reason=word(f"reports.difference.{one.reason}"), how=one.computation)
        text = word("why.proposed", amount=one.amount, how=how, charges=listed(one.charges), day=one.date)
        blocks += [Heading(word("why.title.proposed"), 3), Paragraph((text,), "warn")]
    if entry.candidates:
        blocks.append(candidates_table(entry.candidates))
    return blocks


def candidates_table(rows: tuple[CandidateRow, ...]) -> Table:
    """What could settle a credit, what is open of it, and why it was not taken."""
    columns = (
        Column(word("why.column.candidate"), shrink=True),
        Column(word("reports.column.open"), right=True),
        Column(word("why.column.not_taken"), shrink=True),
    )
    drawn = [
        Row((Cell(" + ".join(row.charges)), Cell(row.total), Cell(said(f"why.candidate.{row.why}", row.facts))))
        for row in rows
    ]
    return Table(columns, tuple(drawn), title=word("why.title.candidates"))


def _disputes(entry: EntryStory) -> Table:
    columns = (
        Column(word("reports.column.from")),
        Column(word("reports.column.until")),
        Column(word("reports.column.disputed"), right=True),
        Column(word("reports.column.text"), shrink=True),
        Column(word("reports.invoice.place")),
    )
    rows = tuple(
        Row(
            (
                Cell(one.date_from),
                Cell(one.until or word("why.still")),
                Cell(one.amount if one.amount is not None else word("why.all")),
                Cell(one.text),
                Cell(one.place, "muted"),
            )
        )
        for one in entry.disputes
    )
    return Table(columns, rows, title=word("why.title.disputes"))


def _tiers(entry: EntryStory) -> Facts:
    items: list[tuple[Value, Cell]] = []
    for tier in entry.tiers:
        style = "good" if tier.outcome == "applied" else ""
        items.append((rule_word(tier.rule), Cell(said(f"why.tier.{tier.outcome}", tier.facts), style)))
    return Facts(tuple(items), title=word("why.title.tiers"))


def _next(entry: EntryStory, files: str, *, fixed: bool) -> list[tuple[Value, Cell]]:
    """What to type or to write, most useful first; `fixed`: nothing can be written."""
    items: list[tuple[Value, Cell]] = []

    def add(command: str, key: str, **args: Value) -> None:
        items.append((command, Cell(word(key, **args))))

    tool = f"custledger{files} reconcile {quote(entry.customer)}"
    inferred = any(step.until is None and step.state == "inferred" for step in entry.allocations)
    if not fixed and (entry.proposed or inferred):
        add(
            f"{tool} --write",
            "why.next.proposed" if entry.proposed else "why.next.write",
        )
    if entry.role == "credit" and entry.left and entry.candidates:
        if not fixed:
            add(f"{tool} --interactive", "why.next.interactive")
        found = [one for one in entry.candidates if one.why not in NEAR][:_TAGS_SHOWN]
        for one in found:
            add(f"invoice:{' '.join(one.charges)}", "why.next.tag", place=entry.place)
    for name in entry.wanted_by[:2]:
        add(f"custledger{files} why {name}", "why.next.why")
    if not items:
        add(f"custledger{files} why {entry.customer}", "why.next.customer")
    return items

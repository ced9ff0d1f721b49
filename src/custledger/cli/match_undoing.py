"""`unmatch`: which postings a receipt or an invoice means, and what is said when their matches are taken back."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from custledger.core.frozen import field, mutable
from custledger.core.money import Money
from custledger.core.text import listed
from custledger.core.trouble import BookError, InternalError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from custledger.book.entry import Credit
    from custledger.cli.context import Context
    from custledger.core.span import Span
    from custledger.edit.match_plan import Pages
    from custledger.edit.match_restore import Restored
    from custledger.edit.match_undo import Undone
    from custledger.edit.plan import Plan
    from custledger.pipeline import Opened

_AT = re.compile(r"(.*)@([^@]+:[0-9]+)")


@mutable
class Meant:
    """What a word on the command line means."""

    numbers: dict[Span, frozenset[str]] = field(default_factory=dict)
    """By posting: the numbers whose tags go."""
    rejected: dict[Span, tuple[str, ...]] = field(default_factory=dict)
    paid: list[tuple[str, str, Money]] = field(default_factory=list)
    """Name of the credit, number, amount: what is taken back."""
    wrong: list[tuple[str, str]] = field(default_factory=list)
    """Name of the credit, number: what is rejected."""


def undo(context: Context, word: str, *, reject: bool) -> None:
    """Take back what is written of a receipt, or to an invoice; then say so."""
    from custledger.cli.writing import journals_to_write, written_in

    opened = journals_to_write(context)
    meant = _meant(context, opened, _pages(opened), word, reject=reject)
    for span in (*meant.numbers, *meant.rejected):
        if not written_in(opened, span):
            raise UsageError("recording.not_named", word=word, place=span.place)
    back = _taken_back(opened, meant)
    _prove(context, opened, back)
    context.write(back.plan, _told(context, opened, meant, back))


def _pages(opened: Opened) -> Pages:
    from custledger.edit.match_plan import Pages

    return Pages(opened.journal, opened.source.read, opened.book.commodities, opened.settings.decimal_mark)


class Back(NamedTuple):
    """What is taken back: first what reaches beyond an account, then, in the book `between`, the tags."""

    plan: Plan
    beyond: Restored
    between: Opened
    undone: Undone


def _taken_back(opened: Opened, meant: Meant) -> Back:
    from custledger import pipeline
    from custledger.cli.match_writing import account_of
    from custledger.edit.composed import composed
    from custledger.edit.match_restore import restored
    from custledger.edit.match_undo import Undoing, unmatch

    beyond = restored(_pages(opened), meant.numbers, meant.rejected, account_of(opened, "fx")[0])
    between = pipeline.planned(opened, beyond.plan) if beyond.plan.edits else opened
    spans = {(t.index, at): p.span for t in between.journal.transactions for at, p in enumerate(t.postings)}
    numbers = {spans[spot]: several for spot, several in beyond.numbers.items()}
    rejected = {spans[spot]: several for spot, several in beyond.rejected.items()}
    undone = unmatch(_pages(between), Undoing(numbers, rejected), between.journal.commodities)
    sizes = {edit.name: len(opened.source.read(edit.name)) for edit in undone.plan.edits}
    return Back(composed(beyond.plan, undone.plan, sizes), beyond, between, undone)


def _meant(context: Context, opened: Opened, pages: Pages, word: str, *, reject: bool) -> Meant:
    """Raise UsageError where the word is nobody's, several receipts', or there is nothing to take back."""
    name, place = word, ""
    match = _AT.fullmatch(word)
    if match:
        name, place = match[1], match[2]
    receipts = _receipts(opened, name, place)
    charges = [c for c in opened.book.charges if name in {c.number, c.document, c.name}] if not receipts else []
    if not receipts and not charges:
        raise _unknown(opened, word)
    names = {name, *(charge.number for charge in charges if charge.number)}
    meant = Meant()
    for credit in receipts or opened.book.credits:
        for part in credit.parts if credit.transaction is not None else ():
            mine = frozenset(n for n in part.invoices if receipts or n in names)
            if mine:
                _take(pages, meant, credit, part.span, mine, part.amount)
    if reject:
        _reject(context, opened, meant, receipts, {charge.key for charge in charges})
    if not meant.numbers and not meant.rejected:
        if reject and receipts and all(credit.transaction is None for credit in receipts):
            raise UsageError("recording.no_posting", word=word)
        raise UsageError("recording.not_matched", word=word)
    return meant


def _take(pages: Pages, meant: Meant, credit: Credit, span: Span, numbers: frozenset[str], amount: int) -> None:
    place = pages.places[span]
    if place.posting.tag("invoice") is None:
        tag = place.transaction.tag("invoice")
        raise UsageError("recording.on_transaction", place=tag.span.place if tag else span.place)
    meant.numbers[span] = numbers
    meant.paid.append((credit.name, ", ".join(sorted(numbers)), Money(amount, credit.money.commodity)))


def _receipts(opened: Opened, name: str, place: str) -> list[Credit]:
    """The credits of the one receipt that is meant; [] where no receipt has this number."""
    found = [credit for credit in opened.book.credits if name in {credit.code, credit.name}]
    if place:
        heads = {t.index: t.span.place for t in opened.journal.transactions}
        places = {
            credit.transaction for credit in found if place in {credit.span.place, heads.get(credit.transaction or -1)}
        }
        places |= {credit.transaction for credit in found if place in {part.span.place for part in credit.parts}}
        found = [credit for credit in found if credit.transaction in places]
    written = [credit for credit in found if credit.transaction is not None]
    by_transaction = {credit.transaction: credit for credit in reversed(written)}
    if len(by_transaction) > 1:
        places_shown = [
            f"{name}@{by_transaction[index].span.place}" for index in sorted(by_transaction, key=lambda i: i or 0)
        ]
        raise UsageError("recording.several", word=name, places=listed(places_shown))
    return found


def _unknown(opened: Opened, word: str) -> UsageError:
    from custledger.core.nearest import nearest

    known = [credit.code for credit in opened.book.credits if credit.code]
    known += [charge.number for charge in opened.book.charges if charge.number]
    near = nearest(word, list(dict.fromkeys(known)), most=3)
    if near:
        return UsageError("recording.unknown.near", word=word, near=listed(near))
    return UsageError("recording.unknown", word=word)


def _reject(context: Context, opened: Opened, meant: Meant, receipts: Sequence[Credit], charges: set[str]) -> None:
    """What is taken back, and what is inferred now, will not be proposed again."""
    from custledger import pipeline

    book = opened.book
    wrong: dict[str, list[str]] = {}
    by_span = {part.span: credit.key for credit in book.credits for part in credit.parts}
    for span, numbers in meant.numbers.items():
        wrong.setdefault(by_span[span], []).extend(sorted(numbers))
    names = {charge.key: charge.number for charge in book.charges}
    story = pipeline.story(opened)
    inferred = [(a.credit, a.charge) for a in story.allocations if a.state == "inferred" and a.holds(context.as_of)]
    inferred += [(p.credit, key) for p in story.proposals for key, _ in p.parts]
    mine = {credit.key for credit in receipts}
    for key, charge in inferred:
        number = names.get(charge)
        if number and (key in mine or charge in charges):
            wrong.setdefault(key, []).append(number)
    for credit in book.credits:
        numbers_ = [n for n in dict.fromkeys(wrong.get(credit.key, ())) if n not in credit.rejected]
        if not numbers_ or credit.transaction is None:
            continue
        spans = [part.span for part in credit.parts if part.span in meant.numbers]
        meant.rejected[(spans or [credit.parts[0].span])[0]] = tuple(numbers_)
        meant.wrong += [(credit.name, number) for number in numbers_]


def _prove(context: Context, opened: Opened, back: Back) -> None:
    """Stop where the book would have new errors, or other balances."""
    from custledger import pipeline
    from custledger.cli.match_writing import cause
    from custledger.edit.match_proof import differing

    after = pipeline.planned(opened, back.plan)
    before = Counter(cause(problem) for problem in context.diagnostics)
    worse = []
    for problem in pipeline.errors(after, context.today):
        before[cause(problem)] -= 1
        if before[cause(problem)] < 0:
            worse.append(problem)
    if worse:
        context.note(context.say.text("edit.would_break"))
        raise BookError(worse, after.source.read)
    between, undone = back.between, back.undone
    first = differing(opened.journal, between.journal, _pages(opened), gone=back.beyond.gone)
    if first != [] or differing(between.journal, after.journal, _pages(between), removed=undone.adjustments) != []:
        raise InternalError("matches that cannot be taken back as they were meant")


def _told(context: Context, opened: Opened, meant: Meant, back: Back) -> list[str]:
    from custledger.cli.match_writing import places_of, sums_of

    say, show = context.say, opened.book.commodities.named
    lines: list[str] = []
    if meant.paid:
        amount = sums_of(opened, [(money.commodity, money.minor) for _, _, money in meant.paid])
        lines.append(say.text("recording.unmatched", count=len(meant.paid), amount=amount))
    for credit, number, money in meant.paid:
        lines.append(f"  {say.text('recording.unmatched_one', credit=credit, number=number, amount=show(money))}")
    units = opened.book.commodities
    for source, target, moved in back.beyond.moved:
        lines.append(f"  {say.text('recording.moved_back', amount=show(moved), source=source, target=target)}")
    lines += [f"  {say.text('recording.difference_gone', amount=show(one))}" for one in back.beyond.differences]
    for adjusting in back.undone.adjustments:
        place = next(p for t in back.between.journal.transactions for p in t.postings if p.span == adjusting.span)
        amount = show(Money(adjusting.amount, units.canonical(place.amounts[0].commodity)))
        lines.append(f"  {say.text('recording.adjustment_gone', amount=amount, account=adjusting.account)}")
    for credit, number in meant.wrong:
        lines.append(say.text("recording.rejected_one", credit=credit, number=number))
    return [*lines, *places_of(context, opened, back.plan)]

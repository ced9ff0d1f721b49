"""Charges, credits and debits from the rows of a journal (formats.md, "Charges and credits")."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from custledger.book.entry import AdvanceUse, Charge, Credit, CreditPart, Debit, ReceivablePosting, Text
from custledger.core.diagnostic import Diagnostic, Severity, problem
from custledger.core.frozen import field, mutable
from custledger.core.money import Money
from custledger.core.span import Span
from custledger.core.terms import Terms, parse_terms
from custledger.resolve import tags as tag
from custledger.resolve.costs import cost_of_parts
from custledger.resolve.kinds import CHARGES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from custledger.book.entry import Cost
    from custledger.resolve.rows import Row

Group = tuple["Row", ...]
"""Rows that are one entry: same transaction, customer, commodity, sign, kind and dates."""

#: What an entry of the other sign is called where the user's `kind:` names it from its usual side.
_TURNED = {"invoice": "credit-note", "refund": "payment"}


@mutable
class Entries:
    """What the book's entries are made into, and what is wrong with them."""

    terms_on: Callable[[str, dt.date], Terms | None]
    """The terms of a customer's documents of a day."""
    severity: Severity
    """Of a tag that cannot be read."""
    charges: list[Charge] = field(default_factory=list)
    credits: list[Credit] = field(default_factory=list)
    debits: list[Debit] = field(default_factory=list)
    advances: list[AdvanceUse] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    _keys: set[str] = field(default_factory=set)
    _told: set[Span] = field(default_factory=set)

    def key(self, wanted: str) -> str:
        """A key that no other entry has: the place, numbered where one file was included twice."""
        found, count = wanted, 1
        while found in self._keys:
            count += 1
            found = f"{wanted}#{count}"
        self._keys.add(found)
        return found

    def day(self, row: Row, name: str) -> dt.date | None:
        """The date in a tag; None where there is none, or none that can be read (which is reported)."""
        text = row.tags.get(name)
        if text is None:
            return None
        found = tag.day(text)
        if found is None:
            self._invalid(row, name, text, "date")
        return found

    def terms(self, row: Row) -> Terms | None:
        """The terms in `terms:`."""
        text = row.tags.get("terms")
        if text is None:
            return None
        found = parse_terms(text)
        if found is None:
            self._invalid(row, "terms", text, "terms")
        return found

    def _invalid(self, row: Row, name: str, value: str, variant: str) -> None:
        place = tag.place_of(row.transaction, row.posting, name)
        if place not in self._told:
            self._told.add(place)
            self.diagnostics.append(
                problem("invalid-tag", place, variant=variant, severity=self.severity, tag=name, value=value)
            )

    # --- charges and debits

    def add_debits(self, rows: Sequence[Row]) -> None:
        """The debit rows of one transaction as charges, or as debits that take a credit back."""
        debits = [row for row in rows if row.money.minor > 0]
        if not debits:
            return
        back = [row for row in debits if takes_back(row)]
        owed = [row for row in debits if not takes_back(row)] if back else debits
        groups = _grouped(owed, apart=lambda row: _own(row, "due") or _own(row, "invoice"))
        for group in groups:
            self.charges.append(self.charge(group, number_of(group, alone=len(groups) == 1)))
        for group in _grouped(back):
            self.debits.append(self.debit(group))

    def charge(self, group: Group, number: str | None) -> Charge:
        """One charge; due by `due:`, else by `terms:` or the terms valid on the day it arose, else that day."""
        row = group[0]
        claimed = self.day(row, "dated") or row.date
        terms = self.terms(row) or self.terms_on(row.customer, claimed)
        due = self.day(row, "due") or due_by(terms, claimed)
        place = row.posting.span.place
        return Charge(
            key=self.key(f"{place}:{row.money.commodity}" if len(row.posting.amounts) > 1 else place),
            name=number or place,
            customer=row.customer,
            kind=row.kind,
            money=total_of(group),
            date=row.date,
            date_value=row.date_value,
            text=row.transaction.description,
            span=row.posting.span,
            transaction=row.transaction.index,
            accounts=accounts_of(group),
            tags=row.tags,
            cost=cost_of(group),
            number=number,
            document=row.transaction.code if _is_part(number, row.transaction.code) else None,
            date_due=due,
            date_claim=claimed,
            terms=terms,
            refs=tag.refs_of(row.tags),
        )

    def debit(self, group: Group) -> Debit:
        """One refund, bounce or reversal."""
        row = group[0]
        place = row.posting.span.place
        return Debit(
            key=self.key(f"{place}:{row.money.commodity}" if len(row.posting.amounts) > 1 else place),
            name=row.transaction.code or place,
            customer=row.customer,
            kind=row.kind,
            money=total_of(group),
            date=row.date,
            date_value=row.date_value,
            text=row.transaction.description,
            span=row.posting.span,
            transaction=row.transaction.index,
            accounts=accounts_of(group),
            tags=row.tags,
            cost=cost_of(group),
            reverses=row.tags.get("reverses") or None,
        )

    # --- credits

    def credit(
        self,
        group: Group,
        numbers_of: Callable[[Row], tuple[str, ...]],
        *,
        kind: str | None = None,
        corrects: str | None = None,
    ) -> Credit:
        """One credit with its parts, a part a posting."""
        row = group[0]
        place = row.posting.span.place
        code = row.transaction.code or None
        return Credit(
            key=self.key(f"{place}:{row.money.commodity}" if len(row.posting.amounts) > 1 else place),
            name=code or place,
            customer=row.customer,
            kind=kind or _TURNED.get(row.kind, row.kind),
            money=-total_of(group),
            date=row.date,
            date_value=row.date_value,
            text=row.transaction.description,
            span=row.posting.span,
            transaction=row.transaction.index,
            accounts=accounts_of(group),
            tags=row.tags,
            cost=cost_of(group),
            code=code,
            parts=tuple(
                [
                    CreditPart(
                        amount=-each.money.minor,
                        invoices=numbers_of(each),
                        applied=self.day(each, "applied"),
                        span=each.posting.span,
                        cost=each.cost,
                    )
                    for each in group
                ]
            ),
            corrects=corrects,
            refs=tag.refs_of(row.tags),
            texts=texts_of(group),
            rejected=tag.rejected(group),
        )

    def add_moves(self, rows: Sequence[Row], numbers_of: Callable[[Row], tuple[str, ...]]) -> None:
        """The credits of a transaction that only moves between receivable accounts of one customer."""
        for row in rows:
            numbers = numbers_of(row) if row.sign < 0 else ()
            if not numbers:
                continue
            debited = [other for other in rows if other.sign > 0 and other.money.commodity == row.money.commodity]
            self.advances.append(
                AdvanceUse(
                    customer=row.customer,
                    money=-row.money,
                    date=row.date,
                    receipt=row.tags.get("receipt") or None,
                    invoices=numbers,
                    span=row.posting.span,
                    accounts=accounts_of(debited),
                )
            )


def texts_of(group: Group) -> tuple[Text, ...]:
    """What was written on a credit, each with its place: code, description, text from outside, references."""
    row = group[0]
    head = row.transaction
    file, line = head.span.file, head.span.line

    def placed(kind: str, text: str, column: int) -> Text:
        return Text(kind, text, Span(file, line, column, line, column + len(text)))

    found = [placed("code", head.code, head.column_code)] if head.code else []
    if head.description:
        found.append(placed("note", head.description, head.column_description))
    written = [head.comment, *[each.posting.comment for each in group]]
    comments = {id(comment): comment for comment in written if comment.text}.values()
    if not comments:
        return tuple(found)
    found += [Text("outside", text, span) for comment in comments for text, span in comment.outside]
    own = {each.name: each for comment in comments for each in comment.tags}
    if tag.names_nothing(own):
        return tuple(found)
    found += [
        Text(name, own[written].value, own[written].span)
        for name, written in tag.REFS.items()
        if written in own and own[written].value
    ]
    return tuple(found)


def due_by(terms: Terms | None, day: dt.date) -> dt.date:
    """The due date of what arose on `day`; the last day there is where the calendar ends before it."""
    try:
        return terms.due(day) if terms else day
    except (OverflowError, ValueError):
        return dt.date.max


def grouped_credits(rows: Iterable[Row]) -> list[Group]:
    """The credit rows of one transaction, those of one entry together."""
    return _grouped([row for row in rows if row.money.minor < 0])


def _grouped(rows: Sequence[Row], apart: Callable[[Row], bool] = lambda _: False) -> list[Group]:
    """Rows by entry, in order of the first posting; rows that stand `apart` are entries of their own."""
    if len(rows) < 2:  # noqa: PLR2004 - nothing to group: nearly always
        return [tuple(rows)] if rows else []
    found: dict[object, list[Row]] = {}
    for place, row in enumerate(rows):
        same = (row.customer, row.money.commodity, row.kind, row.date, row.date_value, row.tags.get("reverses"))
        found.setdefault(place if apart(row) else same, []).append(row)
    return [tuple(group) for group in found.values()]


def charges_named(transactions: Iterable[Sequence[Row]]) -> dict[str, Row]:
    """The debit rows that charges of the journal are numbered by: what a credit note may correct."""
    found: dict[str, Row] = {}
    for rows in transactions:
        for row in rows:
            if row.money.minor > 0 and not takes_back(row):
                own = row.posting.tag("invoice")
                number = own.value.strip() if own else row.tags.get("invoice") or row.transaction.code
                for each in (number, row.transaction.code if _is_part(number, row.transaction.code) else None):
                    if each:
                        found.setdefault(each, row)
    return found


def takes_back(row: Row) -> bool:
    """Whether a debit takes back a credit: what `reverses:` says, and every kind that nobody owes."""
    return bool(row.tags.get("reverses")) or row.kind not in CHARGES


def _is_part(number: str | None, code: str) -> bool:
    """Whether a charge is an instalment (`INV-7/2`) of what its transaction's code numbers."""
    return bool(number and code and number.startswith(f"{code}/"))


def _own(row: Row, name: str) -> bool:
    return row.posting.tag(name) is not None


def number_of(group: Group, *, alone: bool) -> str | None:
    """A charge's number: its own `invoice:`, else the transaction's, else the code, where that holds one charge."""
    row = group[0]
    own = row.posting.tag("invoice")
    if own is not None and own.value.strip():
        return own.value.strip()
    return (row.tags.get("invoice") or row.transaction.code or None) if alone else None


def total_of(group: Group) -> Money:
    """The signed sum of an entry."""
    if len(group) == 1:
        return group[0].money
    return Money(sum(row.money.minor for row in group), group[0].money.commodity)


def cost_of(group: Sequence[Row]) -> Cost | None:
    """What an entry was posted at in another commodity."""
    if len(group) == 1 and group[0].cost is None:
        return None
    if not any(row.cost for row in group):
        return None
    return cost_of_parts([row.cost for row in group], [row.money.minor for row in group])


def accounts_of(rows: Sequence[Row]) -> tuple[str, ...]:
    """The receivable accounts of some rows, each once, in their order."""
    if len(rows) == 1:
        return (rows[0].posting.account,)
    return tuple(dict.fromkeys(row.posting.account for row in rows))


def only_moves(rows: Sequence[Row]) -> bool:
    """Whether a transaction only moves between receivable accounts of one customer, on one day.

    `rows` are all of its rows. Such a transaction is no entry: the customer's balance stays as it is.
    """
    if len(rows) == 1:
        return False
    transaction = rows[0].transaction
    moving = sum(1 for posting in transaction.postings if any(amount.quantity for amount in posting.amounts))
    sums: dict[tuple[str, str], int] = {}
    for row in rows:
        place = (row.posting.virtual, row.money.commodity)
        sums[place] = sums.get(place, 0) + row.money.minor
    return (
        len({id(row.posting) for row in rows}) == moving
        and len({row.customer for row in rows}) == 1
        and len({row.date for row in rows}) == 1
        and not any(sums.values())
    )


def control(rows: Iterable[Row]) -> list[ReceivablePosting]:
    """The rows as the control account has them."""
    return [ReceivablePosting(row.customer, row.posting.account, row.date, row.money, row.posting.span) for row in rows]


def by_number(charges: Iterable[Charge]) -> dict[str, frozenset[str]]:
    """The customers who have a charge of that number; a document's number stands for its instalments too."""
    found: dict[str, set[str]] = {}
    for charge in charges:
        for number in (charge.number, charge.document):
            if number:
                found.setdefault(number, set()).add(charge.customer)
    return {number: frozenset(customers) for number, customers in found.items()}


def numbers_reader(
    known: Mapping[str, frozenset[str]], customers: Mapping[int, Sequence[str]]
) -> Callable[[Row], tuple[str, ...]]:
    """How the numbers that a posting pays are read.

    Its own tag, else the transaction's: of those each posting takes its customer's, and what belongs to none of
    the transaction's customers stays with the first, so that it is reported once. `customers` are those of a
    transaction's credits, by its index.
    """

    def read(row: Row) -> tuple[str, ...]:
        if _own(row, "invoice"):
            return tag.listed(tag.numbers(row.posting.comment.tags, "invoice"), known)
        shared = tag.listed(tag.numbers(row.transaction.comment.tags, "invoice"), known)
        involved = customers.get(row.transaction.index, (row.customer,))
        if len(involved) == 1:
            return shared
        return tuple(
            number
            for number in shared
            if row.customer in known.get(number, ())
            or (row.customer == involved[0] and not known.get(number, frozenset()) & set(involved))
        )

    return read

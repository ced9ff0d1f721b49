"""Rows and documents together: who posts what, what corrects or voids what."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from custledger.book.entry import Credit, ReceivablePosting
from custledger.core.diagnostic import Diagnostic, problem
from custledger.core.frozen import field, mutable, replace
from custledger.core.money import Money
from custledger.resolve.documents import Paper, Posted, charges_of, credit_of, void_of
from custledger.resolve.entries import (
    Entries,
    Group,
    by_number,
    control,
    cost_of,
    grouped_credits,
    numbers_reader,
    only_moves,
    total_of,
)
from custledger.resolve.posted import Claims
from custledger.resolve.self_posting import Writer, posting_of
from custledger.resolve.tags import place_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping, Sequence

    from custledger.book.entry import Entry
    from custledger.book.settings import Settings
    from custledger.core.terms import Terms
    from custledger.parse.journal.model import Journal, Transaction
    from custledger.resolve.customers import Directory
    from custledger.resolve.roles import Receivables
    from custledger.resolve.rows import Row


E = TypeVar("E", bound="Entry")


@mutable(kw_only=True)
class Assembly:
    """Collects the entries of a book; `read` is called once."""

    journal: Journal
    settings: Settings
    directory: Directory
    receivables: Receivables
    papers: Mapping[str, Paper]
    terms_on: Callable[[str, dt.date], Terms | None]
    postings: list[ReceivablePosting] = field(default_factory=list)
    transactions: list[Transaction] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    withheld: set[str] = field(default_factory=set)
    entries: Entries = field(init=False)
    _claims: Claims = field(init=False)
    _credit_rows: list[tuple[Row, ...]] = field(default_factory=list)
    _moves: list[tuple[Row, ...]] = field(default_factory=list)
    _notes: list[tuple[Group, Paper]] = field(default_factory=list)
    _voided: set[str] = field(default_factory=set)
    _rows: Mapping[int, tuple[Row, ...]] = field(default_factory=dict)
    _whole: dict[tuple[str, str, str], int] = field(default_factory=dict)
    """What is owed under a number: by customer, commodity and number."""

    def __post_init__(self) -> None:
        self.entries = Entries(self.terms_on, self.directory.severity)
        self._claims = Claims(self.papers, self.settings.commodities)

    def read(self, rows: Mapping[int, tuple[Row, ...]]) -> None:
        """Make everything: first what is owed, so that it is known what numbers there are; then what pays it."""
        self._rows = rows
        for found in sorted(rows.values(), key=lambda each: (each[0].transaction.date, each[0].transaction.index)):
            self.postings += control(found)
            if only_moves(found):
                self._moves.append(found)
            else:
                self._owed(found)
        self._self_posting()
        self._paid()
        self._voids()
        self._assertions()
        self.diagnostics += [*self.entries.diagnostics, *self._claims.diagnostics]
        self.withheld |= self._claims.withheld

    def _owed(self, rows: tuple[Row, ...]) -> None:
        paper, mine, agrees = self._claims.claim(rows)
        if paper is None or not agrees:
            self.entries.add_debits(rows)
            self._credit_rows.append(rows)
            return
        claimed = {id(row) for row in mine}
        rest = tuple(row for row in rows if id(row) not in claimed)
        if paper.is_charge:
            self._owe(paper, _posted(tuple(mine)))
        else:
            self._notes.append((tuple(mine), paper))
        if rest:
            self.entries.add_debits(rest)
            self._credit_rows.append(rest)

    def _self_posting(self) -> None:
        """Documents that no journal transaction posts."""
        writer = self._writer()
        for number, paper in self.papers.items():
            if number in self._claims.claimed or not paper.money:
                continue
            invoice = paper.invoice
            account = writer.receivable(invoice.customer)
            written = writer.transaction(paper, self._next_index())
            self.transactions.append(written)
            self.postings.append(posting_of(paper, account, paper.money, invoice.date, invoice.span))
            posted = Posted(
                date=invoice.date,
                date_value=invoice.date,
                span=invoice.span,
                transaction=None,
                accounts=(account,),
                text=invoice.subject or written.description,
            )
            if paper.is_charge:
                self._owe(paper, posted)
            else:
                self.entries.credits.append(self._keyed(credit_of(paper, posted)))

    def _owe(self, paper: Paper, posted: Posted) -> None:
        self.entries.charges += [self._keyed(charge) for charge in charges_of(paper, posted)]

    def _keyed(self, entry: E) -> E:
        """The entry with a key of its own: one document's number may look like another's instalment."""
        return replace(entry, key=self.entries.key(entry.key))

    def _writer(self) -> Writer:
        names = {name: customer.name for name, customer in self.directory.profiles.items()}
        return Writer(self.settings, self.settings.commodities, self.journal.commodities, names)

    def _next_index(self) -> int:
        return len(self.journal.transactions) + len(self.transactions)

    # --- credits

    def _paid(self) -> None:
        known = by_number(self.entries.charges)
        for charge in self.entries.charges:
            number, document = charge.number, charge.document
            for each in (number,) if document is None or document == number else (number, document):
                if each is not None:
                    place = (charge.customer, charge.money.commodity, each)
                    self._whole[place] = self._whole.get(place, 0) + charge.money.minor
        everyone = [*self._credit_rows, *self._moves, *[group for group, _ in self._notes]]
        customers = {
            rows[0].transaction.index: list(dict.fromkeys([row.customer for row in rows if row.money.minor < 0]))
            for rows in everyone
        }
        numbers_of = numbers_reader(known, customers)
        for rows in self._credit_rows:
            for group in grouped_credits(rows):
                kind, corrects = self._reversal_of_charge(group)
                self.entries.credits.append(self.entries.credit(group, numbers_of, kind=kind, corrects=corrects))
        for group, paper in self._notes:
            self.entries.credits.append(
                self.entries.credit(group, numbers_of, kind="credit-note", corrects=paper.invoice.corrects)
            )
        for rows in self._moves:
            self.entries.add_moves(rows, numbers_of)

    def _reversal_of_charge(self, group: Group) -> tuple[str | None, str | None]:
        """(kind, number) of a credit tagged `reverses: NUMBER`: a void where it takes back all of it."""
        row = group[0]
        number = row.tags.get("reverses")
        if not number:
            return None, None
        whole = self._whole.get((row.customer, row.money.commodity, number), 0)
        if not whole:
            self._unknown_reversal(row, number)
            return None, None
        taken = -total_of(group)
        if taken.minor == whole:
            self._voided.add(number)
            return "void", number
        paper = self.papers.get(number)
        if paper is not None and paper.invoice.void is not None:
            self._voided.add(number)
            named = self.settings.commodities.named
            self._claims.differs(paper, row, "void", named(taken), named(Money(whole, taken.commodity)))
        return None, number

    def _unknown_reversal(self, row: Row, number: str) -> None:
        """Report a credit that takes back nothing this customer has: no charge, and no refund."""
        known = {charge.number for charge in self.entries.charges if charge.customer == row.customer}
        known |= {debit.name for debit in self.entries.debits if debit.customer == row.customer}
        if number in known:
            return
        self.diagnostics.append(
            problem(
                "unknown-receipt",
                place_of(row.transaction, row.posting, "reverses"),
                variant="credit",
                severity=self.directory.severity,
                name=number,
                number=number,
            )
        )

    # --- voids and reversals

    def _voids(self) -> None:
        """Voided documents whose void no journal transaction posts."""
        reversing = {debit.reverses for debit in self.entries.debits if debit.kind != "refund"}
        for number, paper in self.papers.items():
            void = paper.invoice.void
            if void is None or not paper.money or number in self._voided | reversing | self._claims.differing:
                continue
            of, rows = self._posting_of(paper)
            self.transactions.append(self._writer().reversed(paper, of, self._next_index(), void.date, void.span))
            self.postings += [posting_of(paper, account, -money, void.date, void.span) for account, money in rows]
            posted = Posted(
                date=void.date,
                date_value=void.date,
                span=void.span,
                transaction=None,
                accounts=tuple(dict.fromkeys(account for account, _ in rows)),
                text=void.reason,
            )
            made = self._keyed(void_of(paper, posted))
            if isinstance(made, Credit):
                self.entries.credits.append(made)
            else:
                self.entries.debits.append(made)

    def _posting_of(self, paper: Paper) -> tuple[Transaction, list[tuple[str, Money]]]:
        """The transaction that a void reverses, and what of it stands on receivable accounts."""
        rows = self._claims.claimed.get(paper.number)
        writer = self._writer()
        if rows is None:
            return writer.transaction(paper, 0), [(writer.receivable(paper.invoice.customer), paper.money)]
        transaction = rows[0].transaction
        accounts = [(row.posting.account, row.money) for row in rows]
        if len(self._rows[transaction.index]) == len(rows):
            return transaction, accounts
        # Something else stands in the same transaction: only the document's part of it is reversed.
        return writer.transaction(paper, 0, accounts), accounts

    def _assertions(self) -> None:
        """Refuse assertions on receivable accounts of customers whose documents post themselves (formats.md §2)."""
        customers = {posting.customer for posting in self.postings if posting.document}
        if not customers:
            return
        for transaction in self.journal.transactions:
            for posting in transaction.postings:
                parts = self.receivables.split(posting.account) if posting.assertion is not None else None
                if posting.assertion is None or parts is None or not parts[1]:
                    continue
                customer = self.directory.by_id(parts[1], posting.span_account)
                if customer in customers:
                    self.diagnostics.append(
                        problem("assertion-on-receivable", posting.assertion.span, account=posting.account)
                    )


def _posted(rows: Sequence[Row]) -> Posted:
    row = rows[0]
    return Posted(
        date=row.date,
        date_value=row.date_value,
        span=row.posting.span,
        transaction=row.transaction.index,
        accounts=tuple(dict.fromkeys(each.posting.account for each in rows)),
        text=row.transaction.description,
        tags=row.tags,
        cost=cost_of(rows),
    )

"""Every receivable posting of a journal as a row: whose it is, how much, when, and of what kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from custledger.core.diagnostic import Diagnostic, problem
from custledger.core.frozen import field, mutable
from custledger.core.money import Commodities, Money, rounded
from custledger.core.nearest import nearest
from custledger.core.text import listed
from custledger.resolve.costs import cost_of_amount
from custledger.resolve.kinds import KINDS, Sides, lone_kind
from custledger.resolve.tags import inherited, place_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from custledger.book.entry import Cost
    from custledger.core.span import Span
    from custledger.parse.journal.model import Amount, Posting, Transaction
    from custledger.resolve.customers import Directory
    from custledger.resolve.roles import Receivables, Roles


class Row(NamedTuple):
    """One commodity of one receivable posting; `money` is signed and not zero."""

    transaction: Transaction
    posting: Posting
    customer: str
    money: Money
    kind: str
    date: dt.date
    date_value: dt.date
    tags: Mapping[str, str]
    cost: Cost | None = None

    @property
    def sign(self) -> int:
        """1 for a debit, -1 for a credit."""
        return 1 if self.money.minor > 0 else -1


@mutable
class Reader:
    """Turns transactions into rows, collecting what is wrong with them."""

    receivables: Receivables
    roles: Roles
    directory: Directory
    commodities: Commodities
    diagnostics: list[Diagnostic] = field(default_factory=list)
    _told: set[Span] = field(default_factory=set)

    def rows(self, transaction: Transaction) -> tuple[Row, ...]:
        """The rows of one transaction, in order of its postings; () where none is receivable."""
        split = self.receivables.split
        places = [split(posting.account) for posting in transaction.postings]
        receivable = len(places) - places.count(None)
        if not receivable:
            return ()
        customers = [
            None if place is None else self._customer(transaction, posting, place[1])
            for posting, place in zip(transaction.postings, places, strict=True)
        ]
        lone = receivable == 1
        sides = None if lone else Sides(transaction, customers, self.roles)
        found: list[Row] = []
        for posting, customer in zip(transaction.postings, customers, strict=True):
            if customer is not None:
                found += self._posting(transaction, posting, customer, sides)
        return tuple(found)

    def _posting(self, transaction: Transaction, posting: Posting, customer: str, sides: Sides | None) -> list[Row]:
        """The rows of a posting; without `sides` it is the transaction's only receivable one."""
        tags = inherited(transaction, posting)
        found: list[Row] = []
        for amount in posting.amounts:
            money = self._money(posting, amount)
            if not money:
                continue
            kind = self._wanted_kind(transaction, posting, tags)
            if not kind and sides is None:
                kind = lone_kind(transaction, posting, self.roles) or ""
            if not kind:
                sides = sides or self._sides(transaction, posting, customer)
                kind = sides.kind(posting, customer, 1 if money.minor > 0 else -1)
            found.append(
                Row(
                    transaction,
                    posting,
                    customer,
                    money,
                    kind,
                    posting.date,
                    posting.date_secondary or transaction.date_secondary or posting.date,
                    tags,
                    None if posting.cost is None else cost_of_amount(posting, amount, self.commodities),
                )
            )
        return found

    def _sides(self, transaction: Transaction, posting: Posting, customer: str) -> Sides:
        customers = [customer if each is posting else None for each in transaction.postings]
        return Sides(transaction, customers, self.roles)

    def _customer(self, transaction: Transaction, posting: Posting, below: str) -> str:
        """The customer that the account's component below the receivable one means, else the payee, else a tag."""
        if below:
            return self.directory.by_id(below, posting.span_account)
        word = inherited(transaction, posting).get("customer") or transaction.payee or transaction.description
        if not word and self.directory.bare:
            word = posting.account
        return self.directory.by_name(word, posting.span_account)

    def _money(self, posting: Posting, amount: Amount) -> Money:
        money = self.commodities.money(amount.quantity, amount.commodity)
        if money is not None:
            return money
        commodity = self.commodities.get(amount.commodity)
        self.diagnostics.append(
            problem(
                "too-many-digits",
                posting.span_amount or posting.span,
                amount=f"{amount.commodity} {amount.quantity:f}".strip(),
                commodity=commodity.name or '""',
                digits=commodity.digits,
            )
        )
        minor = rounded(amount.quantity, commodity.digits, where="an amount reported as having too many digits")
        return Money(minor, commodity.name)

    def _wanted_kind(self, transaction: Transaction, posting: Posting, tags: Mapping[str, str]) -> str:
        """What `kind:` says, or the empty string."""
        wanted = tags.get("kind", "")
        if not wanted or wanted in KINDS:
            return wanted
        place = place_of(transaction, posting, "kind")
        if place not in self._told:
            self._told.add(place)
            near = nearest(wanted, KINDS, most=1)
            self.diagnostics.append(
                problem(
                    "invalid-tag",
                    place,
                    variant="kind_near" if near else "kind",
                    severity=self.directory.severity,
                    value=wanted,
                    kinds=listed(f"`{kind}`" for kind in sorted(KINDS)),
                    nearest=near[0] if near else "",
                )
            )
        return ""

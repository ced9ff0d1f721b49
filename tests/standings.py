"""Standings made by hand, for tests of reports: entries in, the positions worked out by the plainest means."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace

from custledger.book.allocation import Allocation, Left, Story
from custledger.book.book import Book
from custledger.book.customer import Customer
from custledger.book.entry import Charge, Credit, CreditPart, Debit, ReceivablePosting
from custledger.book.position import OpenItem, Position, Standing, Unapplied
from custledger.book.settings import Settings
from custledger.core.money import Commodities, Money
from custledger.core.span import Span


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@dataclass
class Hand:
    """A small book under construction. Amounts are minor units."""

    as_of: str = "2026-06-30"
    bare: bool = False
    charges: list[Charge] = field(default_factory=list)
    credits: list[Credit] = field(default_factory=list)
    debits: list[Debit] = field(default_factory=list)
    allocations: list[Allocation] = field(default_factory=list)
    customers: dict[str, Customer] = field(default_factory=dict)
    disputed: dict[str, int] = field(default_factory=dict)
    left: list[Left] = field(default_factory=list)
    settings: Settings | None = None
    extra: dict = field(default_factory=dict)

    def customer(self, key: str, name: str | None = None, **more) -> Hand:
        self.customers[key] = Customer(id=key, name=name or key, **more)
        return self

    def charge(
        self, number, customer, amount, date, due=None, *, commodity="CNY", kind="invoice", claim=None, text="", **more
    ) -> Hand:
        self.customers.setdefault(customer, Customer(id=customer, name=customer))
        self.charges.append(
            Charge(
                key=number,
                name=number,
                number=number,
                customer=customer,
                kind=kind,
                money=Money(amount, commodity),
                date=day(date),
                date_value=day(date),
                date_due=day(due or date),
                date_claim=day(claim or date),
                text=text,
                span=Span("journals/a.journal", len(self.charges) + 1, 1),
                **more,
            )
        )
        return self

    def credit(
        self, number, customer, amount, date, *, pays=(), commodity="CNY", kind="payment", text="", state="recorded",
        rule="explicit", **more,
    ) -> Hand:  # fmt: skip
        self.customers.setdefault(customer, Customer(id=customer, name=customer))
        self.credits.append(
            Credit(
                key=number,
                name=number,
                code=number,
                customer=customer,
                kind=kind,
                money=Money(amount, commodity),
                date=day(date),
                date_value=day(date),
                text=text,
                parts=(CreditPart(amount=amount, invoices=tuple(charge for charge, _, *_ in pays)),),
                span=Span("journals/p.journal", len(self.credits) + 1, 1),
                **more,
            )
        )
        for charge, paid, *rest in pays:
            first = max(day(rest[0]) if rest else day(date), self._date(charge))
            until = day(rest[1]) if len(rest) > 1 else None
            self.allocations.append(
                Allocation(
                    credit=number, charge=charge, customer=customer, commodity=commodity, amount=paid, rule=rule,
                    state=state, first=first, until=until,
                )
            )  # fmt: skip
        return self

    def debit(self, number, customer, amount, date, *, takes=(), commodity="CNY", kind="refund") -> Hand:
        self.debits.append(
            Debit(
                key=number, name=number, customer=customer, kind=kind, money=Money(amount, commodity), date=day(date),
                date_value=day(date), span=Span("journals/d.journal", len(self.debits) + 1, 1),
            )
        )  # fmt: skip
        for credit, taken in takes:
            self.allocations.append(
                Allocation(
                    credit=credit, charge=number, customer=customer, commodity=commodity, amount=taken,
                    rule="reverses", state="recorded", first=day(date),
                )
            )  # fmt: skip
        return self

    def _date(self, key: str) -> dt.date:
        return next(charge.date for charge in self.charges if charge.key == key)

    def standing(self, as_of: str | None = None) -> Standing:
        on = day(as_of or self.as_of)
        settings = self.settings or Settings()
        if self.bare:
            settings = replace(settings, bare=True)
        postings = [
            ReceivablePosting(
                customer=e.customer,
                account=f"assets:receivable:{e.customer}",
                date=e.date,
                money=e.money if not isinstance(e, Credit) else -e.money,
                span=e.span,
            )
            for e in (*self.charges, *self.credits, *self.debits)
        ]
        book = Book(
            label=("sales.journal",) if self.bare else ("ledgers",),
            settings=settings,
            commodities=Commodities(),
            customers=dict(sorted(self.customers.items())),
            charges=tuple(sorted(self.charges, key=lambda e: e.order)),
            credits=tuple(sorted(self.credits, key=lambda e: e.order)),
            debits=tuple(sorted(self.debits, key=lambda e: e.order)),
            postings=tuple(sorted(postings, key=lambda p: (p.date, p.span))),
            **self.extra,
        )
        story = Story(allocations=tuple(sorted(self.allocations, key=lambda a: a.first)), left=tuple(self.left))
        return Standing(book=book, story=story, as_of=on, positions=tuple(self._positions(on)), today=on)

    def _positions(self, on: dt.date):
        entries = [e for e in (*self.charges, *self.credits, *self.debits) if e.date <= on]
        for customer, unit in sorted({(e.customer, e.money.commodity) for e in entries}):
            used: dict[str, int] = {}
            for a in self.allocations:
                if a.customer == customer and a.commodity == unit and a.holds(on):
                    used[a.credit] = used.get(a.credit, 0) + a.amount
                    used[a.charge] = used.get(a.charge, 0) + a.amount
            mine = [e for e in entries if e.customer == customer and e.money.commodity == unit]
            rest = {e.key: e.money.minor - used.get(e.key, 0) for e in mine}
            items = [
                OpenItem(
                    charge=e, amount_open=rest[e.key], amount_disputed=min(self.disputed.get(e.key, 0), rest[e.key])
                )
                for e in mine
                if isinstance(e, Charge) and rest[e.key]
            ]
            items.sort(key=lambda i: (i.charge.date_due, i.charge.date, i.charge.name))
            spare = [Unapplied(entry=e, amount=rest[e.key]) for e in mine if isinstance(e, Credit) and rest[e.key]]
            spare += [Unapplied(entry=e, amount=-rest[e.key]) for e in mine if isinstance(e, Debit) and rest[e.key]]
            yield Position(customer=customer, commodity=unit, open_items=tuple(items), unapplied=tuple(spare))


def trading_company(**more) -> Hand:
    """A Chinese trading company: three customers, two currencies, parts paid, an advance, a dispute."""
    hand = Hand(**more)
    hand.customer("blueocean", "上海蓝海贸易有限公司", segment="vip", owner="li.wei")
    hand.customer("chenguang", "上海晨光机电有限公司", segment="retail", owner="zhao")
    hand.customer("nordwind", "Nordwind Maschinen GmbH", segment="vip", owner="li.wei")
    hand.charge("INV-1", "blueocean", 1_130_000, "2026-03-15", "2026-04-14", text="一月货款")
    hand.charge("INV-2", "blueocean", 870_000, "2026-05-20", "2026-06-19")
    hand.charge("INV-3", "blueocean", 120_050, "2026-06-20", "2026-07-20")
    hand.charge("INV-4", "chenguang", 1_000_000_00, "2026-01-05", "2026-02-04")
    hand.charge("INV-5", "nordwind", 250_000, "2026-04-30", "2026-05-30", commodity="USD")
    hand.credit("RCPT-1", "blueocean", 1_530_000, "2026-06-01", pays=[("INV-1", 1_130_000), ("INV-2", 400_000)])
    hand.credit("RCPT-2", "chenguang", 300_000, "2026-06-10", text="预付")
    hand.credit("RCPT-3", "nordwind", 100_000, "2026-06-12", commodity="USD", pays=[("INV-5", 100_000)])
    hand.disputed["INV-4"] = 20_000_00
    return hand

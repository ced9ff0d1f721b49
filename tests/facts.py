"""Generated books for the laws of the engine: few customers, few amounts, many coincidences.

A book is a list of facts, each one transaction with a code of its own, so that what an entry is called does not
depend on where it stands. Seven books in ten have one customer and one commodity, and amounts come from a small
pool: only then do equal amounts, overpayments and reversals meet often enough to break what is wrong.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from hypothesis import strategies as st

from engine import PLAIN, Read, book

FIRST = dt.date(2026, 1, 1)
DAYS = 12
AMOUNTS = (100, 100, 100, 200, 300, 50, 150)
CUSTOMERS = ("acme", "bolt")


@dataclass(frozen=True)
class Fact:
    """`kind`: sale, paid, back, note, void, advance, move or write-off."""

    kind: str
    code: str
    day: int
    amount: int
    customer: str = "acme"
    commodity: str = "CNY"
    due: int = 0
    names: tuple[str, ...] = ()
    applied: int | None = None
    rest: int = 0
    """Of a payment: a second, untagged posting."""

    @property
    def date(self) -> dt.date:
        return FIRST + dt.timedelta(days=self.day)

    @property
    def text(self) -> str:
        tags = [f"invoice:{name}" for name in self.names]
        if self.applied is not None:
            tags.append(f"applied:{FIRST + dt.timedelta(days=self.applied)}")
        return getattr(self, f"_{self.kind}")("  ; " + ", ".join(tags) if tags else "")

    def _entry(self, *postings: tuple[str, int, str]) -> str:
        lines = [f"{self.date} ({self.code}) x"]
        lines += [f"    {account}  {self.commodity} {amount}{tags}" for account, amount, tags in postings]
        return "\n".join(lines) + "\n\n"

    @property
    def _account(self) -> str:
        return f"assets:receivable:{self.customer}"

    def _sale(self, _: str) -> str:
        due = FIRST + dt.timedelta(days=self.day + self.due)
        return self._entry((self._account, self.amount, f"  ; due:{due}"), ("income:sales", -self.amount, ""))

    def _paid(self, tags: str) -> str:
        whole = self.amount + self.rest
        second = [(self._account, -self.rest, "")] if self.rest else []
        return self._entry(("assets:bank", whole, ""), (self._account, -self.amount, tags), *second)

    def _advance(self, tags: str) -> str:
        return self._entry(
            ("assets:bank", self.amount, ""), (f"liabilities:advances:{self.customer}", -self.amount, tags)
        )

    def _move(self, tags: str) -> str:
        return self._entry(
            (f"liabilities:advances:{self.customer}", self.amount, ""), (self._account, -self.amount, tags)
        )

    def _note(self, tags: str) -> str:
        return self._entry(("income:sales", self.amount, ""), (self._account, -self.amount, tags))

    def _writeoff(self, tags: str) -> str:
        return self._entry(("expenses:bad debt", self.amount, ""), (self._account, -self.amount, tags))

    def _void(self, _: str) -> str:
        return self._entry(
            ("income:sales", self.amount, ""), (self._account, -self.amount, f"  ; reverses:{self.names[0]}")
        )

    def _back(self, _: str) -> str:
        tags = f"  ; reverses:{self.names[0]}" if self.names else ""
        return self._entry((self._account, self.amount, tags), ("assets:bank", -self.amount, ""))


def read(facts, *, fifo: bool = False, files: int = 1, tiers: tuple[str, ...] | None = PLAIN) -> Read:
    """The book of these facts in this order, dealt out to some files."""
    texts = ["".join(fact.text for fact in facts[place::files]) for place in range(files)]
    return book(*texts, fifo=fifo, tiers=tiers)


def story(found: Read) -> list[tuple]:
    """The story without its order."""
    return sorted(found.story(), key=str)


@st.composite
def facts(draw, *, most: int = 9, kinds: tuple[str, ...] = ()) -> list[Fact]:
    """A book's facts; numbers named by tags are mostly there, of the same customer and commodity."""
    simple = draw(st.integers(0, 9)) < 7
    made: list[Fact] = []
    pool = kinds or (
        "sale", "sale", "sale", "paid", "paid", "paid", "back", "note", "void", "advance", "move", "writeoff",
    )  # fmt: skip
    for place in range(draw(st.integers(min(4, most), most))):
        kind = draw(st.sampled_from(pool))
        customer = "acme" if simple else draw(st.sampled_from(CUSTOMERS))
        commodity = "CNY" if simple else draw(st.sampled_from(("CNY", "CNY", "USD")))
        mine = [
            f
            for f in made
            if simple or draw(st.integers(0, 9)) == 0 or (f.customer, f.commodity) == (customer, commodity)
        ]
        sales = [f for f in mine if f.kind == "sale"]
        receipts = [f for f in mine if f.kind in {"paid", "advance", "note"}]
        fact = Fact(
            kind=kind,
            code=f"{kind[0].upper()}{place}",
            day=draw(st.integers(0, DAYS)),
            amount=draw(st.sampled_from(AMOUNTS)),
            customer=customer,
            commodity=commodity,
        )
        made.append(_filled(draw, fact, sales, receipts, place))
    return made


def _filled(draw, fact: Fact, sales: list[Fact], receipts: list[Fact], place: int) -> Fact:
    values = dict(fact.__dict__)
    if fact.kind == "sale":
        values["due"] = draw(st.sampled_from((0, 3, 7)))
    elif fact.kind == "void":
        if not sales:
            return Fact(**{**values, "kind": "note"})
        voided = draw(st.sampled_from(sales))
        values |= {
            "names": (voided.code,), "amount": voided.amount, "customer": voided.customer,
            "commodity": voided.commodity,
        }  # fmt: skip
    elif fact.kind == "back":
        if receipts and draw(st.integers(0, 3)):
            taken = draw(st.sampled_from(receipts))
            values["names"] = (taken.code,)
            if draw(st.integers(0, 3)):
                values["day"] = max(values["day"], taken.day)
                values["amount"] = taken.amount + taken.rest
    elif draw(st.booleans()):
        # Some numbers are those of sales still to come.
        known = [f.code for f in sales] + [f"S{place + 1}", f"S{place + 2}"]
        values["names"] = tuple(draw(st.lists(st.sampled_from(known), min_size=1, max_size=2, unique=True)))
        if draw(st.integers(0, 2)) == 0:
            values["applied"] = draw(st.integers(0, DAYS))
        if fact.kind == "paid" and draw(st.integers(0, 3)) == 0:
            values["rest"] = draw(st.sampled_from(AMOUNTS))
    return Fact(**values)


def days() -> list[dt.date]:
    """Every day on which something may happen, and one after."""
    return [FIRST + dt.timedelta(days=n) for n in range(DAYS + 2)]

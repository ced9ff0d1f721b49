"""What happens in a generated book, collected before numbers are given and text is written."""

from __future__ import annotations

import datetime as dt
import random
from typing import TYPE_CHECKING

from book_writer import Doc, Entry, Line, Post, activity_text, doc_text, entry_text, number_all, value

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def workday(date: dt.date, holidays: frozenset[dt.date] = frozenset()) -> dt.date:
    """The date, or the next one on which people work."""
    while date.weekday() > 4 or date in holidays:
        date += dt.timedelta(days=1)
    return date


def due_of(terms: str, date: dt.date) -> dt.date:
    """The due date by terms as profiles write them."""
    terms = terms.rsplit("/10 ", maxsplit=1)[-1]
    if terms.startswith("net "):
        return date + dt.timedelta(days=int(terms[4:]))
    if terms.startswith("eom + "):
        first = (date.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
        return first + dt.timedelta(days=int(terms[6:]) - 1)
    return date


class Story:
    """Documents, entries and activities of one firm; `profiles` are its customers as its data module has them."""

    def __init__(
        self,
        seed: int,
        profiles: Sequence[Mapping[str, object]],
        *,
        last: dt.date,
        currency: str,
        bank: str,
        holidays: frozenset[dt.date] = frozenset(),
    ) -> None:
        self.random = random.Random(seed)
        self.names = {str(c["id"]): str(c["name"]) for c in profiles}
        self.owners = {str(c["id"]): str(c.get("owner", "")) for c in profiles}
        self.terms = {str(c["id"]): str(c.get("terms", "net 30")) for c in profiles}
        self.last, self.currency, self.bank, self.holidays = last, currency, bank, holidays
        self.docs: list[Doc] = []
        self.entries: list[Entry] = []
        self.activities: list[dict[str, object]] = []

    def day(self, text: str) -> dt.date:
        """A day of this story: `01-15` is in its year."""
        return dt.date.fromisoformat(text if len(text) > len("01-15") else f"{self.last.year}-{text}")

    def workday(self, date: dt.date) -> dt.date:
        """The date, or the next one on which people work."""
        return workday(date, self.holidays)

    def invoice(self, customer: str, date: dt.date, lines: list[Line], **more: object) -> Doc:
        """An invoice by the customer's terms."""
        doc = Doc(customer, date, due_of(self.terms[customer], date), lines, **more)  # type: ignore[arg-type]
        doc.salesperson = self.owners[customer]
        doc.payee = self.names[customer]
        self.docs.append(doc)
        return doc

    def pay(
        self,
        customer: str,
        date: dt.date,
        parts: Sequence[tuple[object, int]],
        *,
        how: str = "tag",
        outside: object = "",
        currency: str = "",
        fee: int = 0,
        bank: str = "",
        note: str = "",
        payee: str = "",
        **tags: object,
    ) -> Entry | None:
        """A payment of `parts` (document, amount); None where it lies after the story's end."""
        date, currency = self.workday(date), currency or self.currency
        if date > self.last:
            return None
        total = sum(amount for _, amount in parts)
        posts = [Post(bank or self.bank, total - fee, currency)]
        if fee:
            posts.append(Post("expenses:bank charges", fee, currency))
        account = f"assets:receivable:{customer}"
        if how == "tag":
            posts += [Post(account, -amount, currency, {"invoice": thing}) for thing, amount in parts]
        else:
            posts.append(Post(account, -total, currency))
        entry = Entry(date, payee or self.names[customer], note, posts, receipt=True, outside=outside)
        entry.tags = {"method": "wire", "bankref": f"{date:%Y%m%d}-{self.random.randint(1000, 9999)}", **tags}
        self.entries.append(entry)
        return entry

    def book(self, date: str, customer: str, note: str, posts: list[Post], number: str = "", **tags: object) -> Entry:
        """Any other transaction."""
        entry = Entry(self.day(date), self.names[customer], note, posts, number=number, tags=dict(tags))
        self.entries.append(entry)
        return entry

    def log(self, kind: str, date: str, customer: str, text: str = "", **more: object) -> dict[str, object]:
        """An activity."""
        entry: dict[str, object] = {"kind": kind, "date": self.day(date), "customer": customer}
        entry |= {"by": self.owners[customer], **more}
        if text:
            entry["text"] = text
        self.activities.append(entry)
        return entry

    def close(self, opened: dict[str, object], date: str, outcome: str) -> None:
        """Closes an activity."""
        by = self.owners[str(opened["customer"])]
        self.activities.append({"closes": opened, "date": self.day(date), "outcome": outcome, "by": by})

    def files(self, year: int, income: str, services: str) -> dict[str, str]:
        """`invoices/`, `journals/` and `activity/` a month, numbered and written."""
        number_all(self.docs, self.entries, year)
        for doc in self.docs:
            if doc.journal:
                self.entries.append(doc_entry(doc, income, services))
        texts: dict[str, list[str]] = {}
        for doc in sorted(self.docs, key=lambda d: (d.date, d.number)):
            if doc.journal != "only":
                texts.setdefault(f"invoices/{doc.date:%Y-%m}.yaml", []).append(doc_text(doc))
        files = {name: "---\n".join(parts) for name, parts in texts.items()}
        balances: dict[tuple[str, str], int] = {}
        journals: dict[str, list[str]] = {}
        for entry in sorted(self.entries, key=lambda e: (e.date, e.number == "", e.number)):
            journals.setdefault(f"journals/{entry.date:%Y-%m}.journal", []).append(entry_text(entry, balances))
        files |= {name: "\n".join(parts) for name, parts in journals.items()}
        logs: dict[str, list[str]] = {}
        for activity in sorted(self.activities, key=lambda a: str(a["date"])):
            for key in ("closes", "invoices"):
                if key in activity:
                    activity[key] = self._named(activity[key])
            logs.setdefault(f"activity/{str(activity['date'])[:7]}.yaml", []).append(activity_text(activity))
        return files | {name: "".join(parts) for name, parts in logs.items()}

    @staticmethod
    def _named(thing: object) -> object:
        if isinstance(thing, dict):
            return thing["id"]
        return [value(one) for one in thing] if isinstance(thing, list) else thing


def doc_entry(doc: Doc, income: str, services: str) -> Entry:
    """A document's own posting, for those that stand in a journal."""
    receivable = Post(f"assets:receivable:{doc.customer}", doc.total, doc.currency, {"due": doc.due})
    posts = [receivable]
    for tax, (_, net) in doc.nets().items():
        posts.append(Post(services if tax == "vat6" else income, -net, doc.currency))
    if doc.tax:
        posts.append(Post("liabilities:vat:output", -doc.tax, doc.currency))
    return Entry(doc.date, doc.payee, doc.note or doc.lines[0].text, posts, number=doc.number)

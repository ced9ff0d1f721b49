"""Customers from rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.book.customer import Contact, Customer
from custledger.book.settings import Dated
from custledger.core.frozen import frozen, replace
from custledger.core.terms import parse_terms
from custledger.core.text import listed
from custledger.intake.table import folded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from custledger.core.terms import Terms
    from custledger.intake.reading import Reading
    from custledger.intake.table import Row

_KINDS = ("company", "individual")
_STATUSES = ("prospect", "active", "on-hold", "closed")


@frozen
class Customers:
    """What a table of customers gives: those to add, and how many the book has already."""

    new: tuple[Customer, ...]
    known: int


def read_customers(reading: Reading, book: Iterable[Customer]) -> Customers:
    """The customers of a table that the book does not have.

    Known is whoever has the row's id; another name under that id, a name that two rows or the book give to different
    ids, is reported and never merged.
    """
    there = {id_: customer for customer in book for id_ in (customer.id, *customer.was)}
    names = {folded(name): c for c in there.values() for name in (c.name, *c.aliases)}
    new: dict[str, tuple[Customer, Row]] = {}
    known = 0
    for row in reading.rows():
        customer = _customer(reading, row)
        if customer is None:
            continue
        by_id, by_name = there.get(customer.id), names.get(folded(customer.name))
        if by_id is not None:
            same = folded(customer.name) in {folded(name) for name in (by_id.name, *by_id.aliases)}
            if same:
                known += 1
            else:
                _clash(reading, row, "collision", customer, by_id.name)
        elif by_name is not None and not reading.has("id"):
            known += 1
        elif by_name is not None:
            _clash(reading, row, "renamed", customer, by_name.id)
        elif customer.id in new:
            first, at = new[customer.id]
            if replace(first, span=customer.span) != customer:
                reading.problem(row, "name", "twice", slug="import-customer", id=customer.id, line=at.line)
        else:
            new[customer.id] = (customer, row)
    return Customers(tuple(customer for customer, _ in new.values()), known)


def _clash(reading: Reading, row: Row, variant: str, customer: Customer, other: str) -> None:
    args = {"name": customer.name, "id": customer.id, "other": other}
    reading.problem(row, "name", variant, slug="import-customer", **args)


def _customer(reading: Reading, row: Row) -> Customer | None:
    before = len(reading.diagnostics)
    person = " ".join(part for part in (reading.text(row, "first_name"), reading.text(row, "last_name")) if part)
    name = reading.text(row, "name") or reading.text(row, "contact") or person
    if not name:
        reading.problem(row, "name", "empty")
    code = reading.text(row, "id")
    if not name:
        return None
    id_ = reading.make_id(row, "id" if code else "name", code or name)
    kind = reading.text(row, "kind") or "company"
    status = reading.text(row, "status") or "active"
    for field, text, allowed in (("kind", kind, _KINDS), ("status", status, _STATUSES)):
        if text not in allowed:
            reading.problem(row, field, "value", text=text, values=listed(allowed))
    limit = reading.amount(row, "credit_limit")
    terms = _terms(reading, row)
    since = reading.date(row, "since")
    currency = reading.text(row, "currency")
    tags = reading.text(row, "tags").replace("，", ",").replace(";", ",").split(",")
    customer = Customer(
        id=id_ or "",
        name=name,
        kind=kind,
        status=status,
        tags=tuple(tag.strip() for tag in tags if tag.strip()),
        segment=reading.text(row, "segment"),
        industry=reading.text(row, "industry"),
        tax_id=reading.text(row, "tax_id"),
        owner=reading.text(row, "owner"),
        language=reading.text(row, "language"),
        note=reading.text(row, "note"),
        currency=Dated(((None, currency),)) if currency else Dated(),
        contacts=_contacts(reading, row, person),
        address=_address(reading, row),
        bank_accounts=_bank(reading, row),
        terms=Dated(((None, terms),)) if terms else Dated(),
        credit_limit=Dated(((None, limit),)) if limit is not None and limit > 0 else Dated(),
        since=since,
        span=reading.table.places(row.line, 0),
    )
    return customer if len(reading.diagnostics) == before and id_ else None


def _terms(reading: Reading, row: Row) -> Terms | None:
    days, text = reading.text(row, "terms_days"), reading.text(row, "terms")
    if days:
        text = "due on receipt" if days.strip("0") in {"", "."} else f"net {days}"
    terms = parse_terms(text) if text else None
    if text and terms is None:
        reading.problem(row, "terms_days" if days else "terms", "terms", text=days or text)
    return terms


def _contacts(reading: Reading, row: Row, person: str) -> tuple[Contact, ...]:
    """One contact, where the row has an address to reach somebody under."""
    person = reading.text(row, "contact") or person
    email, phone = reading.text(row, "email"), reading.text(row, "phone")
    if not (person or email or phone):
        return ()
    return (Contact(name=person, email=email, phone=phone),)


def _address(reading: Reading, row: Row) -> dict[str, str]:
    found = {key: reading.text(row, key) for key in ("country", "region", "city", "street", "postcode")}
    second = reading.text(row, "street2")
    if second:
        found["street"] = f"{found['street']}, {second}" if found["street"] else second
    return {key: text for key, text in found.items() if text}


def _bank(reading: Reading, row: Row) -> tuple[dict[str, str], ...]:
    account = reading.text(row, "bank_account")
    bank = reading.text(row, "bank")
    return ({"bank": bank, "account": account} if bank else {"account": account},) if account else ()

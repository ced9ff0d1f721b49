"""Documents as mappings for `yaml_text.document`, in the order of formats.md; what is left out stays out."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from custledger.edit.yaml_text import Plain

if TYPE_CHECKING:
    from decimal import Decimal

    from custledger.book.customer import Customer
    from custledger.book.invoice import Invoice, Line
    from custledger.book.settings import Dated
    from custledger.edit.yaml_text import Value

T = TypeVar("T")


def percent_text(share: Decimal) -> Plain:
    """0.05 as `5%`."""
    number = f"{(share * 100).normalize():f}"
    return Plain(f"{number}%")


def line_value(line: Line) -> dict[str, Value]:
    """One line; a quantity of one is not written."""
    value: dict[str, Value] = {}
    if line.item:
        value["item"] = line.item
    if line.text:
        value["text"] = line.text
    if line.quantity != 1:
        value["quantity"] = line.quantity
    if line.unit:
        value["unit"] = line.unit
    value["price"] = line.price
    if line.discount:
        value["discount"] = percent_text(line.discount)
    if line.tax:
        value["tax"] = line.tax
    if line.account:
        value["account"] = line.account
    return value


def invoice_value(invoice: Invoice) -> dict[str, Value]:
    """An invoice or credit note without instalments and void."""
    value: dict[str, Value] = {} if invoice.kind == "invoice" else {"kind": invoice.kind}
    value |= {"number": invoice.number, "customer": invoice.customer}
    if invoice.corrects:
        value["corrects"] = invoice.corrects
    value["date"] = invoice.date
    if invoice.due:
        value["due"] = invoice.due
    for key, text in (("currency", invoice.currency), ("prices", invoice.prices), ("salesperson", invoice.salesperson)):
        if text:
            value[key] = text
    if invoice.terms:
        value["terms"] = Plain(invoice.terms.text)
    if invoice.refs:
        value["refs"] = {name: texts[0] if len(texts) == 1 else list(texts) for name, texts in invoice.refs.items()}
    value["lines"] = [line_value(line) for line in invoice.lines]
    if invoice.note:
        value["note"] = invoice.note
    if invoice.expect_total is not None:
        value["expect"] = {"total": invoice.expect_total}
    return value


def customer_value(customer: Customer) -> dict[str, Value]:
    """A profile: what a form or a table can say of a customer, undated. `document` leaves out what is empty."""
    currency, terms, limit = _last(customer.currency), _last(customer.terms), _last(customer.credit_limit)
    contacts: list[Value] = []
    for contact in customer.contacts:
        pairs = (("name", contact.name), ("role", contact.role), ("email", contact.email), ("phone", contact.phone))
        entry: dict[str, Value] = {key: text for key, text in pairs if text}
        contacts.append(entry | ({"receives": list(contact.receives)} if contact.receives else {}))
    return {
        "id": customer.id,
        "name": customer.name,
        "aliases": list(customer.aliases),
        "kind": "" if customer.kind == "company" else customer.kind,
        "status": "" if customer.status == "active" else customer.status,
        "segment": customer.segment,
        "industry": customer.industry,
        "tags": list(customer.tags),
        "tax_id": customer.tax_id,
        "owner": customer.owner,
        "language": customer.language,
        "currency": currency or "",
        "contacts": contacts,
        "address": dict(customer.address),
        "bank_accounts": [dict(account) for account in customer.bank_accounts],
        "terms": Plain(terms.text) if terms else "",
        "credit": {} if limit is None else {"limit": limit},
        "since": customer.since or "",
        "note": customer.note,
    }


def _last(dated: Dated[T]) -> T | None:
    return dated.versions[-1][1] if dated.versions else None

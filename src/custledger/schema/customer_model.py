"""The shape of a customer's document (formats.md §2)."""

from __future__ import annotations

from typing import Annotated

from custledger.schema.fields import (
    Choice,
    Date,
    DatedAmount,
    DatedCurrency,
    DatedTerms,
    Id,
    Language,
    Shape,
    Text,
    Words,
)
from custledger.schema.settings_model import BankAccount, MatchingShape


class ContactShape(Shape):
    """A person or a desk at the customer's."""

    name: Words = ""
    role: Words = ""
    email: Words = ""
    phone: Words = ""
    receives: tuple[Annotated[str, Choice("statement", "reminder", "invoice", "confirmation")], ...] = ()


class AddressShape(Shape):
    """Where the customer is."""

    country: Words = ""
    region: Words = ""
    city: Words = ""
    district: Words = ""
    street: Text = ""
    postcode: Words = ""


class CreditShape(Shape):
    """How much we let the customer owe us."""

    limit: DatedAmount = ()


class CustomerShape(Shape):
    """A customer's profile."""

    id: Id
    was: tuple[Id, ...] = ()
    name: Words
    aliases: tuple[Words, ...] = ()
    kind: Annotated[str, Choice("company", "individual")] = "company"
    status: Annotated[str, Choice("prospect", "active", "on-hold", "closed")] = "active"
    segment: Words = ""
    industry: Words = ""
    tags: tuple[Words, ...] = ()
    parent: Id | None = None
    pays_for: tuple[Id, ...] = ()
    tax_id: Words = ""
    owner: Words = ""
    language: Language = ""
    currency: DatedCurrency = ()
    contacts: tuple[ContactShape, ...] = ()
    address: AddressShape = AddressShape()
    bank_accounts: tuple[BankAccount, ...] = ()
    terms: DatedTerms = ()
    prices: Annotated[str, Choice("net", "gross")] | None = None
    matching: MatchingShape = MatchingShape()
    credit: CreditShape = CreditShape()
    reviewed: Date | None = None
    since: Date | None = None
    note: Text = ""

"""A customer's profile (客户档案): the only place of personal data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.book.settings import Dated, Matching
from custledger.core.frozen import field, frozen
from custledger.core.span import Span

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping
    from decimal import Decimal

    from custledger.core.terms import Terms


@frozen
class Contact:
    """A person or a desk at the customer's."""

    name: str = ""
    role: str = ""
    email: str = ""
    phone: str = ""
    receives: tuple[str, ...] = ()


@frozen(kw_only=True)
class Customer:
    """Who owes. `id` is what every other document says; `was` are earlier ids."""

    id: str
    name: str
    was: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    kind: str = "company"
    status: str = "active"
    segment: str = ""
    industry: str = ""
    tags: tuple[str, ...] = ()
    parent: str | None = None
    pays_for: tuple[str, ...] = ()
    tax_id: str = ""
    owner: str = ""
    language: str = ""
    currency: Dated[str] = field(default_factory=Dated)
    contacts: tuple[Contact, ...] = ()
    address: Mapping[str, str] = field(default_factory=dict)
    bank_accounts: tuple[Mapping[str, str], ...] = ()
    terms: Dated[Terms] = field(default_factory=Dated)
    prices: str | None = None
    matching: Matching = field(default_factory=Matching)
    credit_limit: Dated[Decimal] = field(default_factory=Dated)
    reviewed: dt.date | None = None
    since: dt.date | None = None
    note: str = ""
    span: Span = Span("")
    spans: Mapping[str, Span] = field(default_factory=dict)
    """Where each key's value stands (`parent`, `reviewed`, `credit.limit` …)."""

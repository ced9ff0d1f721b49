"""What was said and done: calls, promises, disputes, reminders, limit changes, statements issued."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.core.frozen import field, frozen
from custledger.core.span import Span

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping
    from decimal import Decimal


@frozen(kw_only=True)
class Activity:
    """One entry of the log. A closing (`closes`) ends an earlier one on its date."""

    id: str
    kind: str
    date: dt.date
    customer: str | None = None
    by: str = ""
    invoices: tuple[str, ...] = ()
    amount: Decimal | None = None
    until: dt.date | None = None
    text: str = ""
    closes: str | None = None
    outcome: str = ""
    span: Span = Span("")
    spans: Mapping[str, Span] = field(default_factory=dict)
    """Where each key's value stands (`customer`, `invoices`, `closes` …)."""


@frozen(kw_only=True)
class Dispute:
    """A dispute over one charge: from its date until it is closed or the charge is settled."""

    charge: str
    """The charge's key."""
    customer: str
    first: dt.date
    until: dt.date | None = None
    amount: int | None = None
    """Minor units of the charge's commodity; None: all that is open."""
    text: str = ""
    span: Span = Span("")

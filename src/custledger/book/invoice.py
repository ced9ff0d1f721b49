"""Invoices and credit notes with their lines; what they leave out stays None until resolved."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from custledger.core.frozen import field, frozen
from custledger.core.span import Span

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from custledger.core.money import Money
    from custledger.core.terms import Terms


@frozen(kw_only=True)
class Line:
    """One line: quantity × price × (1 − discount), taxed by the named tax."""

    text: str = ""
    item: str = ""
    quantity: Decimal = Decimal(1)
    unit: str = ""
    price: Decimal
    discount: Decimal = Decimal(0)
    tax: str | None = None
    account: str | None = None
    span: Span = Span("")
    span_tax: Span | None = None
    """Where its tax is named."""


@frozen(kw_only=True)
class Instalment:
    """A part of the total with a due date of its own: a share (0.3 for 30 %) or an amount."""

    due: dt.date
    share: Decimal | None = None
    amount: Decimal | None = None
    text: str = ""
    span: Span = Span("")


@frozen(kw_only=True)
class Void:
    """When and why a document was voided."""

    date: dt.date
    reason: str = ""
    span: Span = Span("")


@frozen(kw_only=True)
class Totals:
    """What the arithmetic gives: per line net, per tax (base, tax), and the sums, in one commodity."""

    net: Money
    tax: Money
    total: Money
    line_nets: tuple[Money, ...]
    taxes: tuple[tuple[str, Money, Money], ...]
    """(name of the tax, its base, the tax), in order of first use."""


@frozen(kw_only=True)
class Invoice:
    """An invoice or (`kind` = credit-note) a credit note, as written."""

    number: str
    kind: str = "invoice"
    customer: str
    """Empty on a credit note that leaves it out and corrects no document: that of the charge it corrects."""
    date: dt.date
    due: dt.date | None = None
    instalments: tuple[Instalment, ...] = ()
    currency: str | None = None
    terms: Terms | None = None
    prices: str | None = None
    salesperson: str = ""
    refs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    lines: tuple[Line, ...]
    note: str = ""
    expect_total: Decimal | None = None
    corrects: str | None = None
    corrected_date: dt.date | None = None
    """The date of the document it corrects: a credit note takes its rates and defaults from that day."""
    void: Void | None = None
    span: Span = Span("")
    spans: Mapping[str, Span] = field(default_factory=dict)
    """Where each key's value stands (`customer`, `due`, `expect.total` …)."""

    @property
    def basis(self) -> dt.date:
        """The day whose versions of settings and customer hold for what it leaves out."""
        return self.corrected_date or self.date

    @property
    def subject(self) -> str:
        """What it is for, in one line: its note, else its first line's text, with … where there are more."""
        texts = [line.text or line.item for line in self.lines if line.text or line.item]
        if self.note or not texts:
            return " ".join(self.note.split())
        return f"{texts[0]} …" if len(texts) > 1 else texts[0]

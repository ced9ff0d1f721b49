"""The shape of invoices and credit notes (formats.md §2)."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import ConfigDict, Field

from custledger.schema import values
from custledger.schema.fields import (
    Account,
    Amount,
    Choice,
    CommodityName,
    Date,
    Id,
    Number,
    Percent,
    Positive,
    Quantity,
    References,
    Shape,
    Share,
    TermsText,
    Text,
    Words,
    checked,
)


class LineShape(Shape):
    """One line: quantity × price × (1 − discount)."""

    item: Words = ""
    text: Text = ""
    quantity: Quantity = Decimal(1)
    unit: Words = ""
    price: Amount
    discount: Percent = Decimal(0)
    tax: Words | None = None
    account: Account | None = None


class InstalmentShape(Shape):
    """A part of the total with a due date of its own: `share` or `amount`."""

    due: Date
    share: Share | None = None
    amount: Positive | None = None
    text: Words = ""


class RefsShape(Shape):
    """Numbers by which the customer knows it."""

    po: References = ()
    contract: References = ()
    delivery: References = ()
    tax_invoice: References = ()


class VoidShape(Shape):
    """When and why it was voided."""

    date: Date
    reason: Text = ""


class ExpectShape(Shape):
    """What the total must come to."""

    total: Amount | None = None


class InvoiceShape(Shape):
    """An invoice, or with `kind: credit-note` a credit note."""

    model_config = ConfigDict(
        json_schema_extra={
            "if": {"properties": {"kind": {"const": "credit-note"}}, "required": ["kind", "corrects"]},
            "else": {"required": ["customer"]},
        }
    )

    kind: Annotated[str, Choice("invoice", "credit-note")] = "invoice"
    number: Number
    customer: Id | None = None
    corrects: Number | None = None
    date: Date
    due: Date | None = None
    instalments: tuple[InstalmentShape, ...] = ()
    currency: CommodityName | None = None
    terms: TermsText | None = None
    prices: Annotated[str, Choice("net", "gross")] | None = None
    salesperson: Words = ""
    refs: RefsShape = RefsShape()
    lines: Annotated[tuple[LineShape, ...], checked(values.some), Field(json_schema_extra={"minItems": 1})]
    note: Text = ""
    expect: ExpectShape = ExpectShape()
    void: VoidShape | None = None

"""What an invoice comes to: lines, taxes, totals, instalments (docs/ARITHMETIC.md works through every case)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from custledger.book.invoice import Totals
from custledger.core.frozen import mutable
from custledger.core.money import EXACT, Money, rounded
from custledger.core.trouble import ensure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from custledger.book.customer import Customer
    from custledger.book.invoice import Instalment, Invoice, Line
    from custledger.book.settings import Settings
    from custledger.core.money import Commodities


@mutable
class _Taxed:
    """The lines under one tax: their indices, and per line its rounded amount (net, or gross at gross prices)."""

    rate: Decimal
    lines: list[int]
    amounts: list[int]


def totals(
    invoice: Invoice,
    settings: Settings,
    customer: Customer | None,
    currency: str,
    *,
    commodities: Commodities | None = None,
) -> Totals:
    """Net, tax and total of a document in `currency`; a credit note's amounts are positive like an invoice's.

    Digits come from `commodities`, else from the settings'. Rates are those of the document's day (a credit note's:
    of the day of what it corrects). A tax that the settings do not know, or not yet on that day, counts as 0 %:
    `unknown_taxes` names the lines. Roundings: line and tax, half up (formats.md §2).
    """
    digits = (commodities or settings.commodities).get(currency).digits
    gross = prices_of(invoice, settings, customer) == "gross"
    amounts = [_amount(line, digits) for line in invoice.lines]
    nets = list(amounts)
    taxes: list[tuple[str, Money, Money]] = []
    for name, group in _by_tax(invoice, settings, amounts).items():
        if gross:
            base, tax = _from_gross(group, nets, by_line=settings.tax_rounding == "line")
        else:
            base, tax = _from_net(group, by_line=settings.tax_rounding == "line")
        taxes.append((name, Money(base, currency), Money(tax, currency)))
    net, tax_sum = sum(nets), sum(tax.minor for _, _, tax in taxes)
    if gross:
        ensure(net + tax_sum == sum(amounts), f"{invoice.number}: net and tax are not the gross amount")
    return Totals(
        net=Money(net, currency),
        tax=Money(tax_sum, currency),
        total=Money(net + tax_sum, currency),
        line_nets=tuple(Money(minor, currency) for minor in nets),
        taxes=tuple(taxes),
    )


def prices_of(invoice: Invoice, settings: Settings, customer: Customer | None) -> str:
    """Whether the document's prices are net or gross: its own word, else the customer's, else the book's."""
    return invoice.prices or (customer.prices if customer else None) or settings.prices


def unknown_taxes(invoice: Invoice, settings: Settings) -> tuple[Line, ...]:
    """The lines whose tax the settings do not know, or know no rate of on the document's day."""
    return tuple(line for line in invoice.lines if line.tax is not None and _rate(line.tax, invoice, settings) is None)


def shares(total: Money, instalments: Sequence[Instalment]) -> tuple[Money, ...]:
    """The instalments' amounts: each its share, rounded half up, the last what remains, so that they sum to `total`.

    Instalments with amounts weigh as much as they say: amounts that sum to `total` come out as written. None without
    instalments.
    """
    if not instalments:
        return ()
    weights = [part.share if part.share is not None else part.amount or Decimal(0) for part in instalments]
    return tuple(total.split(weights))


def _amount(line: Line, digits: int) -> int:
    """A line's amount in minor units: round(quantity × price × (1 − discount))."""
    exact = EXACT.multiply(line.quantity, line.price)
    if line.discount:
        exact = EXACT.multiply(exact, EXACT.subtract(Decimal(1), line.discount))
    return rounded(exact, digits, where="line")


def _rate(name: str, invoice: Invoice, settings: Settings) -> Decimal | None:
    tax = settings.taxes.get(name)
    return None if tax is None else tax.rate.on(invoice.basis)


def _by_tax(invoice: Invoice, settings: Settings, amounts: list[int]) -> dict[str, _Taxed]:
    """Lines by tax, in order of first use; lines without a tax are in none."""
    groups: dict[str, _Taxed] = {}
    for index, line in enumerate(invoice.lines):
        if line.tax is None:
            continue
        if line.tax not in groups:
            groups[line.tax] = _Taxed(_rate(line.tax, invoice, settings) or Decimal(0), [], [])
        groups[line.tax].lines.append(index)
        groups[line.tax].amounts.append(amounts[index])
    return groups


def _from_net(group: _Taxed, *, by_line: bool) -> tuple[int, int]:
    """(base, tax) at net prices: tax rounded once on the base, or on each line."""
    base = sum(group.amounts)
    taxed = group.amounts if by_line else [base]
    return base, sum(rounded(Fraction(amount) * Fraction(group.rate), 0, where="tax") for amount in taxed)


def _from_gross(group: _Taxed, nets: list[int], *, by_line: bool) -> tuple[int, int]:
    """(base, tax) at gross prices, and each line's net into `nets`: net = round(gross ÷ (1 + rate)), tax the rest.

    Rounded once for the document, the last line of the tax takes what the others' roundings leave.
    """
    factor = 1 + Fraction(group.rate)
    line_nets = [rounded(amount / factor, 0, where="tax") for amount in group.amounts]
    gross = sum(group.amounts)
    base = sum(line_nets) if by_line else rounded(gross / factor, 0, where="tax")
    line_nets[-1] += base - sum(line_nets)
    for index, net in zip(group.lines, line_nets, strict=True):
        nets[index] = net
    return base, gross - base

"""Invoices and credit notes made whole: whose, in what, how much, due when; and as charges and credits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.book.arithmetic import shares, totals, unknown_taxes
from custledger.book.entry import Charge, Credit, CreditPart, Debit
from custledger.core.diagnostic import Diagnostic, problem
from custledger.core.frozen import field, frozen, replace
from custledger.core.nearest import nearest
from custledger.resolve.costs import shared_cost

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from custledger.book.customer import Customer
    from custledger.book.entry import Cost
    from custledger.book.invoice import Invoice, Totals
    from custledger.book.settings import Settings
    from custledger.core.money import Money
    from custledger.core.span import Span
    from custledger.core.terms import Terms
    from custledger.resolve.customers import Directory
    from custledger.resolve.rows import Row

CREDIT_NOTE = "credit-note"


@frozen(kw_only=True)
class Paper:
    """A document with everything that it leaves out filled in."""

    invoice: Invoice
    totals: Totals
    terms: Terms | None

    @property
    def number(self) -> str:
        """The document's number."""
        return self.invoice.number

    @property
    def money(self) -> Money:
        """What it adds to the customer's balance: an invoice's total, less a credit note's."""
        return -self.totals.total if self.invoice.kind == CREDIT_NOTE else self.totals.total

    @property
    def is_charge(self) -> bool:
        """Whether the customer owes it; a negative invoice is a credit, a negative credit note a charge."""
        return self.money.minor > 0


@frozen(kw_only=True)
class Posted:
    """Where and on which accounts a document stands: its own place, or the journal's posting of it."""

    date: dt.date
    date_value: dt.date
    span: Span
    transaction: int | None
    accounts: tuple[str, ...]
    text: str
    tags: Mapping[str, str] = field(default_factory=dict)
    cost: Cost | None = None


def papers(
    invoices: Iterable[Invoice], settings: Settings, directory: Directory, posted: Mapping[str, Row]
) -> tuple[dict[str, Paper], list[Diagnostic]]:
    """Every document by number, in order of date and number; of two with one number the first in the text holds.

    A credit note that names no customer has that of the charge of that number in the journal (`posted`);
    likewise its currency. A document whose currency nothing says is reported (`no-currency`) and left out.
    """
    first: dict[str, Invoice] = {}
    for invoice in invoices:
        first.setdefault(invoice.number, invoice)
    diagnostics: list[Diagnostic] = []
    found: dict[str, Paper] = {}
    for invoice in sorted(first.values(), key=lambda each: (each.date, each.number)):
        paper = _paper(invoice, posted.get(invoice.corrects or ""), settings, directory)
        if paper is None:
            diagnostics.append(problem("no-currency", invoice.span, number=invoice.number))
        else:
            found[invoice.number] = paper
            diagnostics += _problems(paper, settings)
    return found, diagnostics


def _problems(paper: Paper, settings: Settings) -> list[Diagnostic]:
    """Taxes that nobody knows, and instalments written as amounts that are not the total."""
    invoice = paper.invoice
    found: list[Diagnostic] = []
    for line in unknown_taxes(invoice, settings):
        name = line.tax or ""
        near = nearest(name, settings.taxes, most=1)
        variant = "tax-not-yet" if name in settings.taxes else "tax-near" if near else "tax"
        found.append(
            problem(
                "invalid-value",
                line.span_tax or line.span,
                variant=variant,
                key="tax",
                tax=name,
                near="".join(near),
                date=invoice.basis,
                number=invoice.number,
            )
        )
    amounts = [part.amount for part in invoice.instalments if part.amount is not None]
    named = settings.commodities.named
    total = settings.commodities.decimal(paper.totals.total)
    if amounts and sum(amounts) != total:
        found.append(
            problem(
                "invalid-value",
                invoice.instalments[0].span,
                variant="instalments-sum",
                key="instalments",
                number=invoice.number,
                sum=f"{paper.totals.total.commodity} {sum(amounts):,f}",
                total=named(paper.totals.total),
            )
        )
    return found


def _paper(invoice: Invoice, corrected: Row | None, settings: Settings, directory: Directory) -> Paper | None:
    said = invoice.customer or (corrected.customer if corrected else "")
    customer_id = directory.by_id(said, invoice.spans.get("customer", invoice.span))
    customer = directory.profiles.get(customer_id)
    currency = (
        invoice.currency
        or (corrected.money.commodity if corrected else None)
        or (customer.currency.on(invoice.basis) if customer else None)
        or settings.currency.on(invoice.basis)
    )
    if currency is None:
        return None
    currency = settings.commodities.canonical(currency)
    whole = replace(invoice, customer=customer_id, currency=currency)
    terms = invoice.terms or terms_of(customer, settings, invoice.date)
    if not invoice.instalments and invoice.kind != CREDIT_NOTE:
        whole = replace(whole, due=invoice.due or (terms.due(invoice.date) if terms else invoice.date))
    return Paper(invoice=whole, totals=totals(whole, settings, customer, currency), terms=terms)


def terms_of(customer: Customer | None, settings: Settings, day: dt.date) -> Terms | None:
    """The customer's terms of that day, else the book's."""
    return (customer.terms.on(day) if customer else None) or settings.terms.on(day)


def charges_of(paper: Paper, posted: Posted) -> list[Charge]:
    """The document as charges: one, or one an instalment (`NUMBER/1` …), empty ones left out."""
    invoice, total = paper.invoice, paper.money
    if invoice.instalments and invoice.kind != CREDIT_NOTE:
        parts = [
            (f"{invoice.number}/{place}", place, money, instalment.due, instalment.text or posted.text)
            for place, (money, instalment) in enumerate(
                zip(shares(total, invoice.instalments), invoice.instalments, strict=True), 1
            )
        ]
    else:
        parts = [(invoice.number, 0, total, invoice.due or invoice.date, posted.text)]
    costs = shared_cost(posted.cost, [money.minor for _, _, money, _, _ in parts])
    return [
        Charge(
            key=f"#{number}",
            name=number,
            customer=invoice.customer,
            kind="invoice",
            money=money,
            date=posted.date,
            date_value=posted.date_value,
            text=text,
            span=posted.span,
            transaction=posted.transaction,
            accounts=posted.accounts,
            tags=_marks(paper, posted),
            number=number,
            document=invoice.number,
            instalment=place,
            date_due=due,
            date_claim=posted.date,
            terms=paper.terms,
            refs=invoice.refs,
            cost=cost,
        )
        for (number, place, money, due, text), cost in zip(parts, costs, strict=True)
        if money.minor > 0
    ]


def credit_of(paper: Paper, posted: Posted) -> Credit:
    """A credit note that posts itself."""
    invoice, money = paper.invoice, -paper.money
    return Credit(
        key=f"#{invoice.number}",
        name=invoice.number,
        customer=invoice.customer,
        kind=CREDIT_NOTE,
        money=money,
        date=posted.date,
        date_value=posted.date_value,
        text=posted.text,
        span=posted.span,
        transaction=posted.transaction,
        accounts=posted.accounts,
        tags=_marks(paper, posted),
        code=invoice.number,
        parts=(CreditPart(amount=money.minor, span=posted.span),),
        corrects=invoice.corrects,
        refs=invoice.refs,
    )


def void_of(paper: Paper, posted: Posted) -> Credit | Debit:
    """What voids a document: a credit that settles the invoice, or a debit that takes the credit note back."""
    money = paper.money
    key = f"#{paper.number} void"
    if not paper.is_charge:
        return Debit(
            key=key,
            name=paper.number,
            customer=paper.invoice.customer,
            kind="void",
            money=-money,
            date=posted.date,
            date_value=posted.date_value,
            text=posted.text,
            span=posted.span,
            accounts=posted.accounts,
            reverses=paper.number,
        )
    return Credit(
        key=key,
        name=paper.number,
        customer=paper.invoice.customer,
        kind="void",
        money=money,
        date=posted.date,
        date_value=posted.date_value,
        text=posted.text,
        span=posted.span,
        accounts=posted.accounts,
        parts=(CreditPart(amount=money.minor, span=posted.span),),
        corrects=paper.number,
    )


def _marks(paper: Paper, posted: Posted) -> dict[str, str]:
    """The tags of the journal's posting, and what the document says under the same names."""
    found = dict(posted.tags)
    if paper.invoice.salesperson:
        found["salesperson"] = paper.invoice.salesperson
    return found

"""`custledger invoice new`: an invoice, at the end of the month's file."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated

from custledger.cli.command import Command, Context
from custledger.cli.declared import argument, option
from custledger.core.frozen import frozen

if TYPE_CHECKING:
    import datetime as dt

    from custledger.book.customer import Customer
    from custledger.book.invoice import Invoice
    from custledger.edit.plan import Plan
    from custledger.pipeline import Opened

Text = str | None
Texts = list[str] | None


def run(  # noqa: PLR0913, PLR0917 - one parameter an option
    context: Context,
    customer: Annotated[Text, argument(metavar="CUSTOMER", help="help.invoice_new.customer")] = None,
    line: Annotated[Texts, option("--line", metavar="LINE", help="help.invoice_new.line")] = None,
    net: Annotated[Text, option("--net", metavar="AMOUNT", help="help.invoice_new.net")] = None,
    amount: Annotated[Text, option("--amount", metavar="AMOUNT", help="help.invoice_new.amount")] = None,
    text: Annotated[Text, option("--text", help="help.invoice_new.text")] = None,
    tax: Annotated[Text, option("--tax", metavar="NAME", help="help.invoice_new.tax")] = None,
    date: Annotated[Text, option("--date", metavar="DATE", help="help.invoice_new.date")] = None,
    due: Annotated[Text, option("--due", metavar="DATE", help="help.invoice_new.due")] = None,
    terms_: Annotated[Text, option("--terms", metavar="TERMS", help="help.invoice_new.terms")] = None,
    number: Annotated[Text, option("--number", metavar="NUMBER", help="help.invoice_new.number")] = None,
    currency: Annotated[Text, option("--currency", help="help.invoice_new.currency")] = None,
    po: Annotated[Texts, option("--po", help="help.invoice_new.po")] = None,
    contract: Annotated[Texts, option("--contract", help="help.invoice_new.contract")] = None,
    delivery: Annotated[Texts, option("--delivery", help="help.invoice_new.delivery")] = None,
    fapiao: Annotated[Texts, option("--tax-invoice", help="help.invoice_new.tax_invoice")] = None,
    salesperson: Annotated[Text, option("--salesperson", help="help.invoice_new.salesperson")] = None,
    note: Annotated[Text, option("--note", help="help.invoice_new.note")] = None,
    file_: Annotated[Text, option("--file", metavar="FILE", help="help.invoice_new.file")] = None,
    again: Annotated[bool, option("--again", help="help.invoice_new.again")] = False,
) -> None:
    """Write one document with its due date, terms and currency stated, under the next number."""
    from custledger.cli.questions import required
    from custledger.cli.writing import amount_in, currency_of, done, readable

    context.ready_to_write()
    readable(
        line=line, text=text, number=number, po=po, contract=contract, delivery=delivery, tax_invoice=fapiao,
        salesperson=salesperson, note=note, currency=currency, tax=tax,
    )  # fmt: skip
    who = required(context, customer, "CUSTOMER", "edit.ask_customer", context.one_to_write)
    day = context.day(date) if date else context.today
    money = context.by_part(lambda opened: currency_of(opened, who, day, currency))
    if not line and net is None and amount is None:
        understand = partial(amount_in, context.opened(), money, "--net")
        net = required(context, None, "--line", "edit.ask_net", understand)
    refs = {"po": po, "contract": contract, "delivery": delivery, "tax_invoice": fapiao}
    wanted = _Wanted(
        customer=who, date=day, currency=money, lines=tuple(line or ()), net=net, gross=amount, text=text, tax=tax,
        due=due, terms=terms_, number=number, salesperson=salesperson or "", note=note or "", file=file_, again=again,
        refs={name: tuple(values) for name, values in refs.items() if values},
    )  # fmt: skip
    plan, told, found = context.by_part(lambda opened: _made(context, opened, wanted))
    done(context, plan, told, f"custledger invoice show {found}")


@frozen(kw_only=True)
class _Wanted:
    """An invoice as asked for; texts as given."""

    customer: Customer
    date: dt.date
    currency: str
    lines: tuple[str, ...]
    net: Text
    gross: Text
    text: Text
    tax: Text
    due: Text
    terms: Text
    number: Text
    salesperson: str
    note: str
    file: Text
    again: bool
    refs: dict[str, tuple[str, ...]]


def _made(context: Context, opened: Opened, wanted: _Wanted) -> tuple[Plan, list[str], str]:
    """The plan, proved, what is said of it, and the number."""
    from custledger.cli.invoicing import check_not_there
    from custledger.cli.writing import monthly, prove_record
    from custledger.edit.verify import added, require

    invoice = _invoice(context, opened, wanted)
    if not wanted.again:
        check_not_there(opened, invoice)
    name = monthly(opened, "invoices", ".yaml", wanted.date, wanted.file)
    plan = _plan(opened, name, invoice)
    before, after = prove_record(context, opened, plan, [invoice.customer])
    found = added(before.invoices, after.invoices, _key)
    require(name, found, _key, [_key(invoice)])
    return plan, _told(context, after, invoice, found[0].span.place if found else name), invoice.number


def _invoice(context: Context, opened: Opened, wanted: _Wanted) -> Invoice:
    from custledger.book.invoice import Invoice
    from custledger.cli.invoicing import due_and_terms, lines_of, number_of

    who, day = wanted.customer, wanted.date
    lines, prices = lines_of(
        opened, wanted.lines, net=wanted.net, gross=wanted.gross, currency=wanted.currency, text=wanted.text,
        tax=wanted.tax,
    )  # fmt: skip
    given_due = context.day(wanted.due) if wanted.due else None
    due, terms = due_and_terms(opened, who, day, due=given_due, terms=wanted.terms)
    return Invoice(
        number=number_of(context, opened, wanted.number, day),
        customer=who.id,
        date=day,
        due=due,
        currency=wanted.currency,
        terms=terms,
        prices=None if prices == (who.prices or opened.settings.prices) else prices,
        salesperson=wanted.salesperson,
        refs=wanted.refs,
        lines=lines,
        note=wanted.note,
    )


def _plan(opened: Opened, name: str, invoice: Invoice) -> Plan:
    from custledger.cli.importing import exists
    from custledger.cli.writing import whole_text
    from custledger.edit.append import document_appended
    from custledger.edit.document_values import invoice_value
    from custledger.edit.heading import heading
    from custledger.edit.plan import Plan
    from custledger.edit.yaml_text import document

    text = document(invoice_value(invoice))
    head = heading("invoice", name)
    return Plan((document_appended(name, whole_text(opened), text, exists=exists(opened, name), head=head),))


def _key(invoice: Invoice) -> tuple[object, ...]:
    """What an invoice says, without where."""
    lines = tuple(
        (one.text, one.item, one.quantity, one.unit, one.price, one.discount, one.tax, one.account)
        for one in invoice.lines
    )
    terms = invoice.terms.text if invoice.terms else None
    return (
        invoice.number, invoice.kind, invoice.customer, invoice.date, invoice.due, invoice.currency, terms,
        invoice.prices, invoice.salesperson, tuple(sorted(invoice.refs.items())), lines, invoice.note,
    )  # fmt: skip


def _told(context: Context, after: Opened, invoice: Invoice, place: str) -> list[str]:
    totals = after.book.totals[invoice.number]
    show = after.book.commodities.named
    return [
        context.say.text(
            "edit.invoice_added", number=invoice.number, customer=invoice.customer, total=show(totals.total),
            net=show(totals.net), tax=show(totals.tax), due=invoice.due.isoformat() if invoice.due else "", place=place,
        )
    ]  # fmt: skip


COMMAND = Command("invoice new", run, options=("place", "index", "write"), section="records")

"""`custledger invoice new`: an invoice, at the end of the month's file."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated

from custledger.cli.command import Command, Context
from custledger.cli.declared import argument, option

if TYPE_CHECKING:
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
    from custledger.book.invoice import Invoice
    from custledger.cli.invoicing import check_not_there, due_and_terms, lines_of, number_of
    from custledger.cli.questions import required
    from custledger.cli.writing import amount_in, book_to_write, currency_of, monthly, one_customer, prove, readable
    from custledger.edit.verify import added, require

    opened = book_to_write(context)
    readable(
        line=line, text=text, number=number, po=po, contract=contract, delivery=delivery, tax_invoice=fapiao,
        salesperson=salesperson, note=note, currency=currency, tax=tax,
    )  # fmt: skip
    who = required(context, customer, "CUSTOMER", "edit.ask_customer", partial(one_customer, context))
    day = context.day(date) if date else context.today
    money = currency_of(opened, who, day, currency)
    if not line and net is None and amount is None:
        net = required(context, None, "--line", "edit.ask_net", partial(amount_in, opened, money, "--net"))
    lines, prices = lines_of(opened, line or [], net=net, gross=amount, currency=money, text=text, tax=tax)
    given_due = context.day(due) if due else None
    date_due, terms = due_and_terms(opened, who, day, due=given_due, terms=terms_)
    refs = {"po": po, "contract": contract, "delivery": delivery, "tax_invoice": fapiao}
    invoice = Invoice(
        number=number_of(opened, number, day),
        customer=who.id,
        date=day,
        due=date_due,
        currency=money,
        terms=terms,
        prices=None if prices == (who.prices or opened.settings.prices) else prices,
        salesperson=salesperson or "",
        refs={name: tuple(values) for name, values in refs.items() if values},
        lines=lines,
        note=note or "",
    )
    if not again:
        check_not_there(opened, invoice)
    name = monthly(opened, "invoices", ".yaml", day, file_)
    plan = _plan(opened, name, invoice)
    after = prove(context, opened, plan)
    found = added(opened.invoices, after.invoices, _key)
    require(name, found, _key, [_key(invoice)])
    _tell(context, after, invoice, plan, found[0].span.place if found else name)


def _plan(opened: Opened, name: str, invoice: Invoice) -> Plan:
    from custledger.cli.importing import exists
    from custledger.edit.append import document_appended
    from custledger.edit.document_values import invoice_value
    from custledger.edit.heading import heading
    from custledger.edit.plan import Plan
    from custledger.edit.yaml_text import document

    text = document(invoice_value(invoice))
    head = heading("invoice", name)
    return Plan((document_appended(name, opened.source.read, text, exists=exists(opened, name), head=head),))


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


def _tell(context: Context, after: Opened, invoice: Invoice, plan: Plan, place: str) -> None:
    from custledger.cli.writing import done

    totals = after.book.totals[invoice.number]
    show = after.book.commodities.named
    lines = [
        context.say.text(
            "edit.invoice_added", number=invoice.number, customer=invoice.customer, total=show(totals.total),
            net=show(totals.net), tax=show(totals.tax), due=invoice.due.isoformat() if invoice.due else "", place=place,
        )
    ]  # fmt: skip
    done(context, plan, lines, f"custledger invoice show {invoice.number}")


COMMAND = Command("invoice new", run, options=("place", "write"), section="records")

"""`custledger payment add`: money received from a customer, at the end of the month's journal."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated

from custledger.cli.command import Command, Context
from custledger.cli.declared import argument, option

if TYPE_CHECKING:
    from custledger.cli.paying import Payment

Text = str | None


def run(  # noqa: PLR0913, PLR0917 - one parameter an option
    context: Context,
    customer: Annotated[Text, argument(metavar="CUSTOMER", help="help.payment_add.customer")] = None,
    amount: Annotated[Text, option("--amount", metavar="AMOUNT", help="help.payment_add.amount")] = None,
    date: Annotated[Text, option("--date", metavar="DATE", help="help.payment_add.date")] = None,
    value_date: Annotated[Text, option("--value-date", metavar="DATE", help="help.payment_add.value")] = None,
    invoice: Annotated[list[str] | None, option("--invoice", metavar="NUMBER", help="help.payment_add.invoice")] = None,
    currency: Annotated[Text, option("--currency", help="help.payment_add.currency")] = None,
    account: Annotated[Text, option("--account", metavar="ACCOUNT", help="help.payment_add.account")] = None,
    method: Annotated[Text, option("--method", help="help.payment_add.method")] = None,
    bankref: Annotated[Text, option("--bankref", help="help.payment_add.bankref")] = None,
    text: Annotated[Text, option("--text", help="help.payment_add.text")] = None,
    note: Annotated[Text, option("--note", help="help.payment_add.note")] = None,
    code: Annotated[Text, option("--code", metavar="NUMBER", help="help.payment_add.code")] = None,
    file_: Annotated[Text, option("--file", metavar="FILE", help="help.payment_add.file")] = None,
    again: Annotated[bool, option("--again", help="help.payment_add.again")] = False,
) -> None:
    """Write one transaction: the bank's side, and the customer's side split by the invoices that are named."""
    from custledger.cli.importing import book_journal_edit, exists
    from custledger.cli.paying import Wanted, check_invoices, check_not_there, payment
    from custledger.cli.questions import required
    from custledger.cli.writing import (
        amount_in,
        book_to_write,
        currency_of,
        done,
        monthly,
        one_customer,
        prove,
        readable,
    )
    from custledger.edit.append import appended_or_new
    from custledger.edit.journal_entry import entry_text
    from custledger.edit.plan import Plan
    from custledger.edit.verify import added, require, transaction_key

    opened = book_to_write(context)
    readable(method=method, bankref=bankref, text=text, note=note, code=code, account=account, currency=currency)
    who = required(context, customer, "CUSTOMER", "edit.ask_customer", partial(one_customer, context))
    day = context.day(date) if date else context.today
    if amount is None and not invoice:
        unit = currency_of(opened, who, day, currency)
        amount = required(context, None, "--amount", "edit.ask_amount", partial(amount_in, opened, unit, "--amount"))
    wanted = Wanted(
        customer=who, date=day, value_date=context.day(value_date) if value_date else None, amount=amount,
        invoices=tuple(invoice or ()), currency=currency, account=account, method=method or "",
        bankref=bankref or "", text=text or "", note=note or "", code=code,
    )  # fmt: skip
    check_invoices(context, opened, wanted)
    if not again:
        check_not_there(opened, wanted)
    made = payment(context, opened, wanted)
    name = monthly(opened, "journals", ".journal", day, file_)
    there = exists(opened, name)
    block = entry_text(made.entry, opened.settings.decimal_mark)
    edit = appended_or_new(name, opened.source.read, block, exists=there)
    plan = Plan((edit, *(() if there else book_journal_edit(opened, [name]))))
    after = prove(context, opened, plan)
    found = added(opened.journal.transactions, after.journal.transactions, transaction_key)
    require(name, found, made.says, [True])
    place = found[0].span.place if found else name
    done(context, plan, _told(context, made, place), f"custledger statement {who.id}")


def _told(context: Context, made: Payment, place: str) -> list[str]:
    say_, show = context.say, context.book().book.commodities.named
    code = made.entry.code
    lines = [
        say_.text(
            "edit.payment_added", code=code, amount=show(made.money), customer=made.customer.id,
            date=made.entry.date.isoformat(), account=made.entry.postings[0].account, place=place,
        )
    ]  # fmt: skip
    lines += [f"  {say_.text('edit.payment_pays', amount=show(money), invoice=n)}" for n, money in made.paid]
    if made.rest:
        lines.append(f"  {say_.text('edit.payment_rest', amount=show(made.rest))}")
    return lines


COMMAND = Command("payment add", run, options=("place", "write"), section="records")

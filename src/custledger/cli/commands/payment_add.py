"""`custledger payment add`: money received from a customer, at the end of the month's journal."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated

from custledger.cli.command import Command, Context
from custledger.cli.declared import argument, option

if TYPE_CHECKING:
    from custledger.cli.paying import Payment, Wanted
    from custledger.edit.plan import Plan
    from custledger.pipeline import Opened

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
    from custledger.cli.paying import Wanted
    from custledger.cli.questions import required
    from custledger.cli.writing import amount_in, currency_of, done, readable

    context.ready_to_write()
    readable(method=method, bankref=bankref, text=text, note=note, code=code, account=account, currency=currency)
    who = required(context, customer, "CUSTOMER", "edit.ask_customer", context.one_to_write)
    day = context.day(date) if date else context.today
    if amount is None and not invoice:
        unit = context.by_part(lambda opened: currency_of(opened, who, day, currency))
        understand = partial(amount_in, context.opened(), unit, "--amount")
        amount = required(context, None, "--amount", "edit.ask_amount", understand)
    wanted = Wanted(
        customer=who, date=day, value_date=context.day(value_date) if value_date else None, amount=amount,
        invoices=tuple(invoice or ()), currency=currency, account=account, method=method or "",
        bankref=bankref or "", text=text or "", note=note or "", code=code,
    )  # fmt: skip
    plan, told = context.by_part(lambda opened: _made(context, opened, wanted, file_, again=again))
    done(context, plan, told, f"custledger statement {who.id}")


def _made(
    context: Context, opened: Opened, wanted: Wanted, file_: str | None, *, again: bool
) -> tuple[Plan, list[str]]:
    """The plan, proved, and what is said of it."""
    from custledger.cli.importing import book_journal_edit, exists
    from custledger.cli.paying import check_invoices, check_not_there, payment
    from custledger.cli.writing import monthly, prove_record, whole_text
    from custledger.edit.append import appended_or_new
    from custledger.edit.journal_entry import entry_text
    from custledger.edit.plan import Plan
    from custledger.edit.verify import added, require, transaction_key

    check_invoices(context, opened, wanted)
    if not again:
        check_not_there(opened, wanted)
    made = payment(context, opened, wanted)
    name = monthly(opened, "journals", ".journal", wanted.date, file_)
    there = exists(opened, name)
    block = entry_text(made.entry, opened.settings.decimal_mark)
    edit = appended_or_new(name, whole_text(opened), block, exists=there)
    plan = Plan((edit, *(() if there else book_journal_edit(opened, [name]))))
    before, after = prove_record(context, opened, plan, [wanted.customer.id])
    found = added(before.journal.transactions, after.journal.transactions, transaction_key)
    require(name, found, made.says, [True])
    return plan, _told(context, after, made, found[0].span.place if found else name)


def _told(context: Context, opened: Opened, made: Payment, place: str) -> list[str]:
    say_, show = context.say, opened.book.commodities.named
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


COMMAND = Command("payment add", run, options=("place", "index", "write"), section="records")

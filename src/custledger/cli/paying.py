"""A payment from what the command line says of it: its currency, its bank account, what it settles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.core.frozen import frozen
from custledger.core.money import Money
from custledger.core.nearest import nearest
from custledger.core.text import listed
from custledger.core.trouble import UsageError
from custledger.edit.journal_entry import NewEntry, NewPosting, description, styled

if TYPE_CHECKING:
    import datetime as dt

    from custledger.book.customer import Customer
    from custledger.book.entry import Entry, ReceivablePosting
    from custledger.book.position import OpenItem
    from custledger.cli.context import Context
    from custledger.parse.journal.model import Transaction
    from custledger.pipeline import Opened
    from custledger.resolve.roles import Roles


@frozen(kw_only=True)
class Wanted:
    """A payment as asked for; texts as given."""

    customer: Customer
    date: dt.date
    value_date: dt.date | None
    amount: str | None
    """None: what is open of the invoices."""
    invoices: tuple[str, ...]
    currency: str | None
    account: str | None
    method: str
    bankref: str
    text: str
    note: str
    code: str | None


@frozen(kw_only=True)
class Payment:
    """A payment to be written: `paid` says which number gets how much, `rest` what none gets (zero: nothing)."""

    entry: NewEntry
    customer: Customer
    money: Money
    paid: tuple[tuple[str, Money], ...]
    rest: Money

    def says(self, transaction: Transaction) -> bool:
        """Whether `transaction`, read from the text, is this payment and nothing else."""
        meant = [(p.account, p.amount and (p.amount.quantity, p.amount.commodity)) for p in self.entry.postings]
        read = [(p.account, p.amount and (p.amount.quantity, p.amount.commodity)) for p in transaction.postings]
        tags = [[tag.value for tag in p.comment.tags if tag.name == "invoice"] for p in transaction.postings]
        return (
            (transaction.date, transaction.code, transaction.description)
            == (self.entry.date, self.entry.code, description(self.entry.payee, self.entry.note))
            and meant == read
            and tags == [[value for name, value in p.tags if name == "invoice"] for p in self.entry.postings]
        )


def payment(context: Context, opened: Opened, wanted: Wanted) -> Payment:
    """Work the payment out. Raises UsageError for what does not fit the book."""
    from custledger.cli.writing import currency_of, money
    from custledger.core.ids import valid_number
    from custledger.edit.numbering import next_number

    items = _items(context, opened, wanted)
    currencies = sorted({item.charge.money.commodity for item in items})
    if len(currencies) > 1:
        raise UsageError("edit.several_currencies", found=listed(currencies))
    usual = currencies[0] if currencies else None
    currency = currency_of(opened, wanted.customer, wanted.date, wanted.currency or usual)
    if usual and currency != usual:
        raise UsageError("edit.currency_of_invoice", currency=currency, invoice=items[0].charge.name, found=usual)
    if wanted.amount is None:
        amount = Money(sum(item.amount_open for item in items), currency)
    else:
        amount = money(opened, wanted.amount, currency, "--amount")
    code = wanted.code
    if code is None:
        pattern = opened.settings.numbering.receipt
        code = next_number(pattern, wanted.date, context.numbers_like(opened, pattern, wanted.date))
    elif not valid_number(code):
        raise UsageError("edit.bad_code", code=code)
    postings, paid, rest = _sides(context, opened, wanted, amount, items)
    private = wanted.customer.kind == "individual"  # names of persons stand in customers/ alone
    tags = (("method", wanted.method), ("bankref", wanted.bankref))
    entry = NewEntry(
        date=wanted.date,
        date_secondary=wanted.value_date if wanted.value_date != wanted.date else None,
        code=code,
        payee=wanted.customer.id if private else wanted.customer.name,
        note=wanted.note,
        tags=tuple((name, value) for name, value in tags if value),
        outside=tuple(wanted.text.splitlines()),
        postings=postings,
    )
    return Payment(entry=entry, customer=wanted.customer, money=amount, paid=paid, rest=rest)


def _sides(
    context: Context, opened: Opened, wanted: Wanted, amount: Money, items: list[OpenItem]
) -> tuple[tuple[NewPosting, ...], tuple[tuple[str, Money], ...], Money]:
    """The bank's posting, one a charge that is paid, and one of what is left."""
    book, declared = opened.book, context.styles(opened, amount.commodity)
    usual = receivable(opened, wanted.customer.id)
    account = bank_account(context, opened, wanted.account, amount.commodity)
    postings = [NewPosting(account=account, amount=styled(amount, book.commodities, declared))]
    paid: list[tuple[str, Money]] = []
    left = amount.minor
    for item in items:
        part = Money(min(left, item.amount_open), amount.commodity)
        if part.minor > 0:
            left -= part.minor
            paid.append((item.charge.name, part))
            account = item.charge.accounts[0] if item.charge.accounts else usual
            tags = (("invoice", item.charge.name),)
            postings.append(NewPosting(account=account, amount=styled(-part, book.commodities, declared), tags=tags))
    rest = Money(left, amount.commodity)
    if rest:
        postings.append(NewPosting(account=usual, amount=styled(-rest, book.commodities, declared)))
    return tuple(postings), tuple(paid), rest


def _items(context: Context, opened: Opened, wanted: Wanted) -> list[OpenItem]:
    """The open charges that the numbers mean, in the order named; what is inferred leaves them open."""
    if not wanted.invoices:
        return []
    mine = _open(context, opened, wanted)
    found: list[OpenItem] = []
    for word in wanted.invoices:
        hits = [item for item in mine if word in (item.charge.number, item.charge.document)]
        if not hits:
            _no_such_invoice(opened, wanted, word, mine)
        found += [item for item in hits if item not in found]
    return found


def _open(context: Context, opened: Opened, wanted: Wanted) -> list[OpenItem]:
    """What is open of the customer's, as the text says, whenever it is dated."""
    from custledger import pipeline

    book = opened.book
    entries: list[Entry | ReceivablePosting] = [*book.charges, *book.credits, *book.debits, *book.postings]
    last = max([wanted.date, context.today, *(each.date for each in entries)])
    standing = pipeline.stand(opened, last, context.today, recorded_only=True)
    return [item for p in standing.positions if p.customer == wanted.customer.id for item in p.open_items]


def check_invoices(context: Context, opened: Opened, wanted: Wanted) -> None:
    """Refuse numbers that are nobody's or another customer's. One may be settled: by this payment, written before."""
    for word in wanted.invoices:
        whose = {charge.customer for charge in opened.book.charges if word in (charge.number, charge.document)}
        if wanted.customer.id not in whose:
            _no_such_invoice(opened, wanted, word, _open(context, opened, wanted))


def _no_such_invoice(opened: Opened, wanted: Wanted, word: str, mine: list[OpenItem]) -> None:
    """Say why nothing is open under this number."""
    for charge in opened.book.charges:
        if word in (charge.number, charge.document):
            settled = charge.customer == wanted.customer.id
            key = "edit.invoice_settled" if settled else "edit.invoice_of_other"
            raise UsageError(key, invoice=word, customer=charge.customer)
    names = [name for item in mine for name in (item.charge.number, item.charge.document) if name]
    near = nearest(word, names) or sorted(dict.fromkeys(names))[:3]
    key = "edit.no_such_invoice_near" if near else "edit.no_such_invoice"
    raise UsageError(key, invoice=word, customer=wanted.customer.id, near=listed(near))


def receivable(opened: Opened, customer: str) -> str:
    """The account that a customer's entries go to when nothing says otherwise."""
    listed = opened.settings.accounts.get("receivable", ())
    if listed:
        return f"{listed[0]}:{customer}"
    accounts = [posting.account for posting in opened.book.postings if posting.customer == customer]
    return accounts[-1] if accounts else f"assets:receivable:{customer}"


def bank_account(context: Context, opened: Opened, given: str | None, commodity: str) -> str:
    """The cash account that is meant: in full, or by any part of its name.

    Else that of the last posting in the commodity, in file order; else the first that the settings list, that the
    journals declare, or use.
    Raises UsageError where `given` means none or several.
    """
    from custledger.resolve.roles import Roles

    roles = Roles(opened.settings.accounts, opened.journal.accounts)
    listed_ = opened.settings.accounts.get("cash", ())
    said = [*listed_, *(account.name for account in opened.journal.accounts if roles.of(account.name) == "cash")]
    if given is None:
        found = context.last_cash(opened, commodity) or next(iter(said), None) or next(iter(_used(opened, roles)), None)
        if found is None:
            raise UsageError("edit.missing", option="--account")
        return found
    if given in said or (":" in given and roles.of(given) in {"cash", "asset"} and "  " not in given):
        return given
    known = list(dict.fromkeys([*said, *_used(opened, roles)]))
    hits = [given] if given in known else [account for account in known if given in account.split(":")]
    if len(hits) == 1:
        return hits[0]
    if len(hits) > 1:
        raise UsageError("edit.several_accounts", account=given, found=listed(hits))
    near = nearest(given, known) or known[:5]
    raise UsageError("edit.no_such_account", account=given, near=listed(near))


def _used(opened: Opened, roles: Roles) -> list[str]:
    """The cash accounts of all postings, in order of their last use. Raises NotIndexed of a part of a book."""
    from custledger.indexed import NotIndexed

    if opened.sound:
        raise NotIndexed("accounts")
    used: dict[str, None] = {}
    for transaction in opened.journal.transactions:
        for posting in transaction.postings:
            if roles.of(posting.account) == "cash":
                used.pop(posting.account, None)
                used[posting.account] = None
    return list(used)


def check_not_there(opened: Opened, wanted: Wanted) -> None:
    """Refuse a payment that the book seems to have: of that day, customer and amount (or of that bank reference).

    So a command that was run twice, or interrupted after it had written, adds nothing a second time.
    """
    from custledger.core.numbers import plain

    for credit in (credit for credit in opened.book.credits if credit.customer == wanted.customer.id):
        if credit.kind != "payment" or credit.date != wanted.date or (wanted.code and credit.code != wanted.code):
            continue
        transaction = None if credit.transaction is None else opened.journal.transactions[credit.transaction]
        tag = transaction.tag("bankref") if transaction else None
        if wanted.bankref and tag is not None and tag.value != wanted.bankref:
            continue
        named = {number for part in credit.parts for number in part.invoices}
        written = plain(wanted.amount.strip()) if wanted.amount is not None else None
        same_amount = written is not None and written == opened.book.commodities.decimal(credit.money)
        if same_amount or (wanted.amount is None and set(wanted.invoices) <= named):
            raise UsageError("edit.payment_there", code=credit.name, place=credit.span.place)

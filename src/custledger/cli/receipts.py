"""A payment that was read from a table, as a transaction of the book."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from custledger.core.trouble import ensure
from custledger.edit.journal_entry import NewEntry, NewPosting, styled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from custledger.intake.payments import Receipt
    from custledger.parse.journal.model import Amount
    from custledger.pipeline import Opened

TAG = "import"
"""The tag that keeps a payment's identity."""


def known_identities(opened: Opened) -> set[str]:
    """The identities of the payments that the book has."""
    tags = (transaction.tag(TAG) for transaction in opened.journal.transactions)
    return {tag.value.strip() for tag in tags if tag is not None}


def entry_of(opened: Opened, receipt: Receipt, accounts: Mapping[str, str]) -> NewEntry:
    """The transaction of a payment: bank, fee and the customer's account, tagged with what it pays.

    Accounts are the map's, else the first of the book's, else `assets:bank` and `expenses:bank charges`.
    """
    settings, book = opened.settings, opened.book

    def account(role: str, usual: str) -> str:
        return accounts.get(role) or next(iter(settings.accounts.get(role, ())), usual)

    def amount(value: Decimal) -> Amount | None:
        money = book.commodities.money(value, receipt.currency)
        ensure(money is not None, "an imported amount with more digits than its commodity")
        return styled(money, book.commodities, opened.journal.commodities) if money is not None else None

    fee = receipt.fee or Decimal(0)
    postings = [
        NewPosting(account=receipt.account or account("cash", "assets:bank"), amount=amount(receipt.amount - fee))
    ]
    if fee:
        postings.append(NewPosting(account=account("fee", "expenses:bank charges"), amount=amount(fee)))
    paid = (("invoice", " ".join(receipt.invoices)),) if receipt.invoices else ()
    receivable = f"{account('receivable', 'assets:receivable')}:{receipt.customer}"
    postings.append(NewPosting(account=receivable, amount=amount(-receipt.amount), tags=paid))
    known = book.customers.get(receipt.customer)
    name = known.name if known is not None and known.kind != "individual" else receipt.customer
    tags = [("method", receipt.method), ("bankref", receipt.bankref), (TAG, receipt.identity)]
    return NewEntry(
        date=receipt.date,
        date_secondary=receipt.value_date,
        code=receipt.number,
        payee=receipt.payer or name,
        tags=tuple((tag, value) for tag, value in tags if value),
        outside=(receipt.text,) if receipt.text else (),
        postings=tuple(postings),
    )

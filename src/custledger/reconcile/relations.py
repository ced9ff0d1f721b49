"""Whose charges a credit's text may name beside its own customer's in its own commodity.

- Charges of the customers that its customer pays for (`pays_for`): the money is then proposed to be re-accounted.
- Charges of its customer in other commodities: the payment is then proposed at the invoice's rate.
- Charges of customers who are credited in the same transaction: each takes its own, and the other's numbers are
  no strangers.

Nothing of these is ever allocated; they only are recognised. Customers without any of it never meet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from custledger.book.book import Book
    from custledger.reconcile.engine import Account

    Accounts = Mapping[tuple[str, str], Account]


def paid_for(book: Book) -> dict[str, tuple[str, ...]]:
    """By customer: the customers whom it pays for, by their present ids, each once, itself left out."""
    present = {old: customer.id for customer in book.customers.values() for old in customer.was}
    found: dict[str, tuple[str, ...]] = {}
    for customer in book.customers.values():
        if customer.pays_for:
            ids = (each if each in book.customers else present.get(each, each) for each in customer.pays_for)
            found[customer.id] = tuple(each for each in dict.fromkeys(ids) if each != customer.id)
    return found


def relate(book: Book, accounts: Accounts) -> None:
    """Tell every account of the related charges, and every credit of the customers beside it."""
    _families(book, accounts)
    _commodities(accounts)
    _beside(book, accounts)


def _families(book: Book, accounts: Accounts) -> None:
    families = paid_for(book)
    if not families:
        return
    for (customer, commodity), account in accounts.items():
        for child in families.get(customer, ()):
            theirs = accounts.get((child, commodity))
            account.others += theirs.charges if theirs is not None else ()


def _commodities(accounts: Accounts) -> None:
    several: dict[str, list[str]] = {}
    for customer, commodity in accounts:
        several.setdefault(customer, []).append(commodity)
    for customer, commodities in several.items():
        for commodity in commodities if len(commodities) > 1 else ():
            for other in commodities:
                if other != commodity:
                    accounts[customer, commodity].others += accounts[customer, other].charges


def _beside(book: Book, accounts: Accounts) -> None:
    first: dict[int, str] = {}
    shared: dict[int, set[str]] = {}
    for credit in book.credits:
        if credit.transaction is not None and first.setdefault(credit.transaction, credit.customer) != credit.customer:
            shared.setdefault(credit.transaction, {first[credit.transaction]}).add(credit.customer)
    if not shared:
        return
    for (customer, commodity), account in accounts.items():
        there = {charge.key for charge in account.others}
        for credit in account.credits:
            if credit.transaction not in shared:
                continue
            account.beside[credit.key] = frozenset(shared[credit.transaction] - {customer})
            for other in sorted(account.beside[credit.key]):
                theirs = accounts.get((other, commodity))
                for charge in theirs.charges if theirs is not None else ():
                    if charge.key not in there:
                        there.add(charge.key)
                        account.others.append(charge)

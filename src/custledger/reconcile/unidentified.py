"""Receipts of which nobody has said whose they are (待查收款): what waits on `accounts.unidentified`, and from whom.

A posting that takes from the account clears what its `reverses:` or `receipt:` names, or what has its transaction's
code, else one receipt of the same amount, else the oldest ones. Nothing here is ever posted: a person puts the
customer's account in its place (`reconcile.payer` says how customers are found).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.core.frozen import mutable
from custledger.reconcile.payer import Ambiguous, Payer, identify

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from custledger.book.book import Book
    from custledger.core.money import Money
    from custledger.core.span import Span
    from custledger.parse.journal.model import Journal, Posting, Transaction


@mutable(kw_only=True)
class Waiting:
    """A receipt on an account of unidentified receipts: `money` (> 0) is what is left of what was `received`."""

    name: str
    """Its transaction's code, else its place."""
    code: str
    account: str
    """As the posting has it."""
    date: dt.date
    received: Money
    money: Money
    texts: tuple[str, ...]
    """What the payer, the bank and the bookkeeper wrote."""
    span: Span
    payer: Payer | Ambiguous | None = None


def unidentified(book: Book, journal: Journal, as_of: dt.date) -> tuple[Waiting, ...]:
    """What waits at the end of a day, in order of date, then text, each with whom it may be from."""
    accounts = book.settings.accounts.get("unidentified", ())
    if not accounts:
        return ()
    mine: dict[str, bool] = {}  # a book has few accounts and many postings
    found: list[Waiting] = []
    taken: list[tuple[Posting, Transaction, Money]] = []
    for transaction in journal.transactions:
        for posting in transaction.postings:
            if posting.account not in mine:
                mine[posting.account] = any(_below(posting.account, account) for account in accounts)
            if not mine[posting.account] or posting.date > as_of:
                continue
            for amount in posting.amounts:
                money = book.commodities.money(amount.quantity, amount.commodity)
                if money is not None and money.minor < 0:
                    found.append(_waiting(transaction, posting, -money))
                elif money:
                    taken.append((posting, transaction, money))
    found.sort(key=lambda one: (one.date, one.span))
    for posting, transaction, money in sorted(taken, key=lambda one: (one[0].date, one[0].span)):
        _take(found, posting, transaction, money)
    left = [one for one in found if one.money]
    for one in left:
        one.payer = identify(book, one.texts)
    return tuple(left)


def _below(account: str, above: str) -> bool:
    return account == above or account.startswith(f"{above}:")


def _waiting(transaction: Transaction, posting: Posting, money: Money) -> Waiting:
    outside = (text for comment in (transaction.comment, posting.comment) for text, _ in comment.outside)
    tags = (
        tag.value for comment in (posting.comment, transaction.comment) for tag in comment.tags if tag.name == "payer"
    )
    texts = (*tags, transaction.payee, transaction.note, *outside)
    return Waiting(
        name=transaction.code or posting.span.place,
        code=transaction.code,
        account=posting.account_written,
        date=posting.date,
        received=money,
        money=money,
        texts=tuple(dict.fromkeys(text for text in texts if text.strip())),
        span=posting.span,
    )


def _take(found: Iterable[Waiting], posting: Posting, transaction: Transaction, money: Money) -> None:
    """Clear receipts with what a posting takes from the account."""
    mine = [one for one in found if one.money and one.money.commodity == money.commodity and one.date <= posting.date]
    names = [tag.value for c in (posting.comment, transaction.comment) for tag in c.tags if tag.name in _NAMING]
    named = [one for one in mine if one.code and one.code in {*names, transaction.code}]
    equal = [one for one in mine if one.money == money][:1]
    rest = money
    for one in [*named, *([] if named else equal), *mine]:
        part = min(rest.minor, one.money.minor)
        one.money = one.money._replace(minor=one.money.minor - part)
        rest = rest._replace(minor=rest.minor - part)


_NAMING = frozenset({"reverses", "receipt"})

"""Proof that an edit changed just what was meant: the edited text is read again, before anything is written.

What stands above the new text may change its meaning (an open `comment` block, an alias, `apply account`, a
decimal mark), so it is not enough that the text itself is right.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from custledger.core.trouble import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from custledger.parse.journal.model import Posting, Transaction

T = TypeVar("T")


def added(before: Iterable[T], after: Iterable[T], key: Callable[[T], object]) -> list[T] | None:
    """What `after` has that `before` has not, in order; None where something of `before` is gone, moved or changed."""
    found: list[T] = []
    rest = iter(after)
    for old in before:
        wanted = key(old)
        for item in rest:
            if key(item) == wanted:
                break
            found.append(item)
        else:
            return None
    return [*found, *rest]


def require(name: str, found: Sequence[T] | None, key: Callable[[T], object], meant: Sequence[object]) -> None:
    """Raise UsageError `edit.not_as_meant` unless what was added is exactly what was meant."""
    if found is None or [key(item) for item in found] != list(meant):
        raise UsageError("edit.not_as_meant", name=name)


def transaction_key(transaction: Transaction) -> tuple[object, ...]:
    """What a transaction says, without where it stands and how it is laid out."""
    return (
        transaction.date,
        transaction.date_secondary,
        transaction.status,
        transaction.code,
        transaction.description,
        tuple((tag.name, tag.value) for tag in transaction.comment.tags),
        tuple(_posting_key(posting) for posting in transaction.postings),
    )


def _posting_key(posting: Posting) -> tuple[object, ...]:
    return (
        posting.account,
        posting.virtual,
        posting.date,
        tuple((amount.quantity, amount.commodity) for amount in posting.amounts),
        tuple((tag.name, tag.value) for tag in posting.comment.tags),
    )

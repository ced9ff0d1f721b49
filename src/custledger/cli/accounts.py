"""The accounts that a command line names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger import pipeline
from custledger.core.nearest import nearest
from custledger.core.trouble import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from custledger.pipeline import Opened


def known_accounts(opened: Opened, names: Sequence[str]) -> Opened:
    """`opened`. Raises UsageError where one of `names` is no account of its journals, nor has any below it.

    Where the journals have errors these are told first: they may hide the account.
    """
    if not names or pipeline.stops(opened.problems):
        return opened
    journal = opened.journal
    used = {posting.account: None for transaction in journal.transactions for posting in transaction.postings}
    accounts = [*used, *(account.name for account in journal.accounts)]
    for name in names:
        if any(account == name or account.startswith(f"{name}:") for account in accounts):
            continue
        parts = (account.split(":") for account in accounts)
        above = [":".join(each[:end]) for each in parts for end in range(1, len(each) + 1)]
        near = nearest(name, above, most=1)
        if near:
            raise UsageError("cli.no_receivable.near", name=name, near=near[0])
        raise UsageError("cli.no_receivable", name=name)
    return opened

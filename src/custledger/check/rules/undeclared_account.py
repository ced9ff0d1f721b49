"""An account is used and never declared (`check --strict` only).

## What
Where a book declares any account (`account assets:bank`), `check --strict` expects a declaration of every account
that a posting uses, or of one that it is below: `account assets:receivable` covers all customers.

## Why
A mistyped account is a new account to a journal: `income:slaes` balances, and the sales report is short.

## Example
```journal
account assets:receivable
account income:sales

2026-01-15 (INV-2026-0001) January
    assets:receivable:blueocean    CNY 11,300.00
    income:slaes
```

## Instead
Correct the name, or declare it: `account income:slaes`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.check._rule import Check
from custledger.core.diagnostic import Severity
from custledger.core.nearest import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from custledger.check._rule import Checked
    from custledger.core.diagnostic import Diagnostic


def run(checked: Checked) -> Iterator[Diagnostic]:
    """One problem an account, where it is first used."""
    declared = {account.name for account in checked.journal.accounts}
    if not declared:
        return
    told: set[str] = set()
    for transaction in checked.journal.transactions:
        for posting in transaction.postings:
            name = posting.account
            if name in told or _covered(name, declared):
                continue
            told.add(name)
            near = nearest(name, declared, most=1)
            yield CHECK.at(posting.span_account, "near" if near else "", name=name, near="".join(near))


def _covered(name: str, declared: set[str]) -> bool:
    while name not in declared:
        name, colon, _ = name.rpartition(":")
        if not colon:
            return False
    return True


CHECK = Check(name="undeclared-account", stage="book", severity=Severity.WARNING, strict=True, run=run)

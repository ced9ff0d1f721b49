"""The postings of a transaction do not sum to zero.

## What
At cost, per commodity, the postings of a transaction cancel out, rounded to the larger of the commodity's declared
digits and those written in the transaction. Postings in `[…]` do so among themselves, those in `(…)` need not.

## Why
That is double entry: money comes from somewhere. What is left over is mostly a mistyped amount, and the message
says how much it is.

## Example
```journal
2026-02-10 (RCPT-0007) Blue Ocean
    assets:bank                     CNY 11,287.00
    assets:receivable:blueocean    CNY -11,300.00
```

## Instead
Mend the amount, or add the posting that is missing (here bank charges of CNY 13.00). One posting may leave its
amount out and takes the rest. Two blanks part account and amount; with one the amount belongs to the account's name.
"""

from __future__ import annotations

from custledger.check._rule import Check

CHECK = Check(name="unbalanced-transaction", stage="journal")

"""Nobody has this customer's id.

## What
An invoice, a posting below a receivable account, a log entry, `parent:` or `pays_for:` names a customer by id. No
document under `customers/` has it as `id:` or as an earlier id (`was:`). Each missing customer is reported once.

## Why
A mistyped id is another customer: the payment would stand to one, the invoice to the other.

## Example
```journal
2026-02-10 (RCPT-0007) Blue Ocean
    assets:bank                     CNY 11,300.00
    assets:receivable:blueocaen    CNY -11,300.00
```

## Instead
Correct the id (`blueocean`), or write the customer's profile: `custledger customer add`. A bare journal (`-f`) takes
customers as they stand in it.
"""

from __future__ import annotations

from custledger.check._rule import Check

CHECK = Check(name="unknown-customer", stage="resolve")

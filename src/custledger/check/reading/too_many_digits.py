"""A receivable or a document has more digits than its currency.

## What
Amounts on receivable accounts and in documents have at most the digits of their commodity: two for CNY, none for
JPY. The settings decide (`commodities: {CNY: {digits: 2}}`), else the journal's `commodity` directive, else
ISO 4217. Numbers longer than any amount of money are refused everywhere.

## Why
Nobody can pay half a cent. Rounding it in silence would lose or make money.

## Example
```journal
2026-02-10 (RCPT-0007) Blue Ocean
    assets:bank                    CNY 1,000.005
    assets:receivable:blueocean
```

## Instead
Write the amount that was paid. If the currency does have more digits, declare it:
`commodities: {CNY: {digits: 3}}`.
"""

from __future__ import annotations

from custledger.check._rule import Check

CHECK = Check(name="too-many-digits", stage="resolve")

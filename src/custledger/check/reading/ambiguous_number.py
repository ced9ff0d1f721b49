"""A number may be a thousand, or one and a fraction.

## What
One comma or point followed by exactly three digits, as in `CNY 1,000`, where no `decimal-mark`, `commodity` or `D`
directive above it and no setting of the book says which mark is the decimal one. Or a mark that stands in a place
where neither reading fits.

## Why
hledger reads `CNY 1,000` as one, Ledger as a thousand. With money nobody should have to know that.

## Example
```journal
2026-02-10 (RCPT-0007) Blue Ocean
    assets:bank                    CNY 1,000
    assets:receivable:blueocean
```

## Instead
Say it once: `decimal_mark: "."` in `custledger.yaml`; `decimal-mark .` at the top of the journal; `--decimal-mark .`
with `-f`. Or write the decimals: `CNY 1,000.00`.
"""

from __future__ import annotations

from custledger.check._rule import Check

CHECK = Check(name="ambiguous-number", stage="journal")

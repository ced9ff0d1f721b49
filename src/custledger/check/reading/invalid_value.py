"""A key has a value that it cannot have.

## What
A date that is none, an amount with a thousands separator, terms that do not exist, a list in place of a text, two
keys that exclude each other. The message says what is wrong, the hint what is right. Every value is text until its
key says what it is: `no`, `0049…` and `1e3` stay what you wrote.

## Why
A value that is half understood ends up on an invoice.

## Example
```yaml
number: INV-2026-0002
customer: blueocean
date: 20.01.2026
lines: [{text: bearings, price: "1,000.00"}]
```

## Instead
Dates are ISO dates, amounts digits with a decimal point: `date: 2026-01-20`, `price: 1000.00`.
"""

from __future__ import annotations

from custledger.check._rule import Check

CHECK = Check(name="invalid-value", stage="schema")

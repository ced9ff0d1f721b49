"""A regular expression of an alias is refused.

## What
`alias /REGEX/ = NEW` with a repetition of what already repeats, a back-reference, or a construct that hledger reads
otherwise; or a replacement that names a group which the expression does not have.

## Why
Such an expression can take longer than anybody lives, and a book from somebody else could use that to hang your
machine.

## Example
```journal
alias /^(a+)+:/ = assets:
```

## Instead
Write the alias without a regular expression (`alias a = assets`), or with one that repeats single characters only.
"""

from __future__ import annotations

from custledger.check._rule import Check

CHECK = Check(name="unsafe-alias", stage="journal")

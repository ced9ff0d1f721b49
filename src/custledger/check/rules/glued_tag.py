"""A tag has something glued to its front, or a full-width colon, so that it is another tag or none.

## What
In a journal a tag's name is everything before the colon up to the last blank or comma: `货款invoice:INV-7` is a
tag called `货款invoice`. And `invoice：INV-7` with a full-width colon is no tag at all. Looked for are the tags that
custledger reads, in comments of transactions and postings; not on `; >` lines, which are text from outside.

## Why
hledger reads it that way, so we must too. But whoever wrote it meant `invoice:`, and the payment waits unapplied.

## Example
```journal
2026-02-10 (RCPT-0007) Blue Ocean
    assets:bank                     CNY 11,300.00
    assets:receivable:blueocean    CNY -11,300.00  ; 货款invoice:INV-2026-0001
```

## Instead
Put a blank or a comma before the tag and an ASCII colon behind its name: `; 货款 invoice:INV-2026-0001`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from custledger.check._rule import Check
from custledger.check._text import Texts
from custledger.core.diagnostic import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from custledger.check._rule import Checked
    from custledger.core.diagnostic import Diagnostic
    from custledger.core.span import Span
    from custledger.parse.journal.model import Comment

#: The tags that are read (formats.md §1).
TAGS = (
    "invoice applied not-invoice split reverses receipt due dated terms kind customer method bankref payer "
    "salesperson po contract delivery fapiao dispute adjusts clopen"
).split()

_ANY = "|".join(sorted(map(re.escape, TAGS), key=len, reverse=True))
# An ASCII letter, digit or hyphen before the name makes another word of it: `overdue:` is not `due:`.
_GLUED = re.compile(rf"^.*[^\x00-\x7f]({_ANY})$|^.*[)\]}}>.!?/\\\"'#&*+=]({_ANY})$")
_FULL_WIDTH = re.compile(rf"(?<![\w-])(?:(?<=\s)|(?<=,)|^)({_ANY})：", re.MULTILINE)


def run(checked: Checked) -> Iterator[Diagnostic]:
    """One problem a tag."""
    texts = Texts(checked.read)
    for transaction in checked.journal.transactions:
        yield from _comment(texts, transaction.comment, transaction.span)
        for posting in transaction.postings:
            yield from _comment(texts, posting.comment, posting.span)


def _comment(texts: Texts, comment: Comment, span: Span) -> Iterator[Diagnostic]:
    for tag in comment.tags:
        match = _GLUED.match(tag.name)
        if match:
            place = texts.find(f"{tag.name}:", tag.span._replace(column=1))
            yield CHECK.at(place, name=tag.name, tag=match[1] or match[2], value=tag.value)
    if "：" in comment.text:
        inside = comment.text
        for outside, _ in comment.outside:
            inside = inside.replace(outside, "")
        for match in _FULL_WIDTH.finditer(inside):
            yield CHECK.at(texts.find(match[0], span), "colon", tag=match[1])


CHECK = Check(name="glued-tag", stage="book", severity=Severity.WARNING, run=run)

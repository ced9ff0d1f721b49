"""What kinds of entries are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.document import word

if TYPE_CHECKING:
    from custledger.document import Value

#: Kinds that reports have a word for (formats.md, the table of kinds); others are shown as written.
KINDS = frozenset(
    "invoice credit-note payment refund transfer opening discount write-off withholding fx contra adjustment void "
    "debit-note late-fee bounce reversal".split()
)


def kind_word(kind: str) -> Value:
    """The word for a kind."""
    return word(f"reports.kind.{kind}") if kind in KINDS else kind

"""The words of the field that `custledger explain` tells of: their names in both languages, and what goes with them.

The texts are `glossary.<key>` in the catalogues (source: engine.md §1, §3, formats.md §1 of the design).
"""

from __future__ import annotations

from custledger.core.frozen import frozen


@frozen
class Term:
    """A term: its key, every name it goes by (English first, then Chinese), and related terms or checks."""

    key: str
    names: tuple[str, ...]
    also: tuple[str, ...] = ()
    rule: bool = False
    """A rule of matching, not a word of the field."""


TERMS = (
    Term("charge", ("charge", "应收项"), ("credit", "open item", "duplicate-number")),
    Term("credit", ("credit", "贷项", "回款"), ("charge", "allocation", "unapplied")),
    Term("allocation", ("allocation", "核销", "matching", "application"), ("unapplied", "explicit", "oldest-first")),
    Term("open-item", ("open item", "未清项", "open"), ("charge", "aging")),
    Term("unapplied", ("unapplied", "未核销", "预收", "unapplied cash"), ("allocation", "advance")),
    Term("as-of", ("as of", "截至"), ("posting date",)),
    Term("aging", ("aging", "ageing", "账龄"), ("due date", "bucket", "overdue")),
    Term("bucket", ("bucket", "账龄区间", "账龄段"), ("aging",)),
    Term("overdue", ("overdue", "past due", "逾期"), ("due date", "aging")),
    Term("due-date", ("due date", "due", "到期日"), ("terms", "due-before-date")),
    Term("terms", ("terms", "terms of payment", "账期", "付款条件"), ("due date", "undated-change")),
    Term("statement", ("statement", "对账单"), ("open item", "as of")),
    Term("advance", ("advance", "prepayment", "预收款", "预收账款"), ("unapplied",)),
    Term(
        "credit-note",
        ("credit note", "credit memo", "贷项通知单", "红字发票"),
        ("corrects", "credit-note-exceeds-invoice"),
    ),
    Term("void", ("void", "作废"), ("reversal",)),
    Term("reversal", ("reversal", "bounce", "冲销", "退票"), ("refund", "unknown-receipt")),
    Term("refund", ("refund", "退款"), ("reversal", "unapplied")),
    Term("write-off", ("write-off", "bad debt", "坏账核销", "坏账"), ("credit",)),
    Term("dispute", ("dispute", "争议"), ("aging", "unknown-activity")),
    Term("instalment", ("instalment", "installment", "分期"), ("charge",)),
    Term("receivable", ("receivable", "control account", "应收账款"), ("balance",)),
    Term("balance", ("balance", "余额"), ("receivable", "unapplied")),
    Term("carry-forward", ("carry-forward", "结转"), ("balance",)),
    Term("recorded", ("recorded", "inferred", "proposed", "已登记", "推断", "建议"), ("allocation",)),
    Term("posting-date", ("posting date", "记账日期"), ("value date", "as of")),
    Term("value-date", ("value date", "secondary date", "起息日"), ("posting date",)),
    Term("corrects", ("corrects",), ("credit note", "unknown-invoice"), rule=True),
    Term("explicit", ("explicit", "invoice:"), ("unknown-invoice", "wrong-customer", "glued-tag"), rule=True),
    Term("oldest-first", ("oldest-first", "fifo", "先进先出"), ("allocation",), rule=True),
)


def find(word: str) -> Term | None:
    """The term of a name, in whatever language, capitals and hyphens aside."""
    wanted = _plain(word)
    return next((term for term in TERMS if wanted in map(_plain, (term.key, *term.names))), None)


def _plain(word: str) -> str:
    return " ".join(word.casefold().replace("-", " ").replace("_", " ").split())

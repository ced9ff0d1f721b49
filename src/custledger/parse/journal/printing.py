"""A whole journal as text that hledger reads with the same balances."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from custledger.parse.journal.balance import sums_at_cost
from custledger.parse.journal.draft import Part
from custledger.parse.journal.model import Amount, AmountStyle
from custledger.parse.journal.text import (
    INDENT,
    amount_end,
    amount_text,
    assertion_text,
    comment_lines,
    commodity_text,
    cost_text,
    posting_account,
    posting_line,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from custledger.parse.journal.model import Journal, Posting, Transaction

MARK = "."


def print_journal(journal: Journal, extra: Iterable[Transaction] = (), *, assertions: bool = True) -> str:
    """The whole journal as one: declarations first, then transactions by date; accounts in full, one decimal mark.

    `extra` are transactions that stand in no journal file (documents that post themselves). With them, or without
    `assertions` (several journals that know nothing of each other), assertions would see other balances than they
    were made for: they are left out, and assigned amounts written out.
    """
    others = list(extra)
    assertions = assertions and not others
    everything = [*journal.transactions, *others]
    if not assertions or not any(_dated(transaction) for transaction in everything):
        everything.sort(key=lambda one: one.date)
    parts = [f"decimal-mark {MARK}\n"]
    parts.extend(_commodity_lines(journal))
    parts.extend(_declarations(journal))
    parts.extend("\n" + transaction_text(one, MARK, assertions=assertions) for one in everything)
    return "".join(parts)


def _dated(transaction: Transaction) -> bool:
    """Whether a posting has another date: sorting by date might then change what an assertion sees."""
    return any(posting.date != transaction.date for posting in transaction.postings)


def _declarations(journal: Journal) -> list[str]:
    lines = []
    for account in journal.accounts:
        kind = f"  ; type:{account.type}" if account.type else ""
        lines.append(f"account {account.name}{kind}\n")
    lines.extend(f"payee {name}\n" for name in sorted(journal.payees))
    lines.extend(f"tag {name}\n" for name in sorted(journal.tags))
    for price in journal.prices:
        name = commodity_text(price.commodity)
        lines.append(f"P {price.date.isoformat()} {name} {amount_text(price.price, MARK)}\n")
    return lines


def transaction_text(transaction: Transaction, decimal_mark: str | None = None, *, assertions: bool = True) -> str:
    """One transaction, with a line end: what parsing it again gives the same meaning.

    `decimal_mark` is the mark in force where the text will stand (see `text`). Without `assertions` they are left
    out, and assigned amounts are written out.
    """
    head = transaction.date.isoformat()
    if transaction.date_secondary:
        head += f"={transaction.date_secondary.isoformat()}"
    head += f" {transaction.status}" if transaction.status else ""
    opening = transaction.description[:1]
    if transaction.code or opening == "(" or (opening in {"*", "!"} and not transaction.status):
        head += f" ({transaction.code})"
    head += f" {transaction.description}" if transaction.description else ""
    behind, below = comment_lines(transaction.comment)
    lines = [head + behind, *below]
    rows = [row for posting in transaction.postings for row in _rows(posting, decimal_mark, assertions=assertions)]
    end = amount_end((INDENT + row.account, row.amount) for row in rows)
    lines.extend(line for row in rows for line in row.lines(end))
    return "\n".join(lines) + "\n"


class _Row(NamedTuple):
    """One line of a posting, and the comment lines below it."""

    account: str
    amount: str
    rest: str
    behind: str = ""
    below: tuple[str, ...] = ()

    def lines(self, end: int) -> list[str]:
        return [posting_line(self.account, self.amount, self.rest, end=end) + self.behind, *self.below]


def _rows(posting: Posting, decimal_mark: str | None, *, assertions: bool) -> list[_Row]:
    """A posting's lines: one, or one a commodity where an assigned balance came to several."""
    account = posting_account(posting)
    asserted = assertion_text(posting.assertion, decimal_mark) if posting.assertion and assertions else ""
    behind, below = comment_lines(posting.comment)
    if posting.amount is None and (assertions or not posting.assertion):
        return [_Row(account, "", asserted, behind, tuple(below))]
    rows = []
    for index, amount in enumerate(posting.amounts or (_NOTHING,)):
        cost = cost_text(posting.cost, decimal_mark) if posting.cost and index == 0 else ""
        rest = " ".join(part for part in (cost, asserted) if part)
        rows.append(_Row(account, amount_text(amount, decimal_mark), rest))
    rows[0] = rows[0]._replace(behind=behind, below=tuple(below))
    return rows


_NOTHING = Amount(Decimal(0), "", AmountStyle())


def _commodity_lines(journal: Journal) -> list[str]:
    """Declarations that make hledger's balancing accept what ours accepted.

    hledger rounds sums to declared digits, or else to the most digits anywhere in the journal; we look at the
    transaction. So what balances only after rounding sets the digits of a commodity that is declared nowhere.
    """
    needed: dict[str, int] = {}
    for transaction in journal.transactions:
        for virtual in ("", "[]"):
            parts = [
                Part(amount.quantity, amount.commodity, posting.cost)
                for posting in transaction.postings
                if posting.virtual == virtual
                for amount in posting.amounts
            ]
            if not any(part.cost for part in parts):
                continue
            for name, rest in sums_at_cost(parts).items():
                if rest:
                    digits = _digits(transaction, name)
                    needed[name] = min(needed.get(name, digits), digits)
    lines = []
    for name in sorted(journal.commodities):
        declared = journal.commodities[name]
        if declared.declared or name in needed:
            digits = declared.digits if declared.declared else needed[name]
            style = declared.style._replace(digits=digits)
            text = amount_text(Amount(Decimal(1000), name, style), MARK)
            lines.append(f"commodity {text if digits else text.replace('000', '000.', 1)}\n")
    return lines


def _digits(transaction: Transaction, commodity: str) -> int:
    written = [
        amount.style.digits
        for posting in transaction.postings
        for amount in posting.amounts
        if amount.commodity == commodity
    ]
    return max(written, default=0)

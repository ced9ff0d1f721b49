"""A whole journal as text that hledger reads with the same balances."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.core.money import EXACT
from custledger.parse.journal.balance import sums_at_cost
from custledger.parse.journal.draft import Part
from custledger.parse.journal.model import Amount, AmountStyle
from custledger.parse.journal.text import (
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


def print_journal(journal: Journal, extra: Iterable[Transaction] = ()) -> str:
    """All transactions by date as one journal: declarations first, accounts in full, marks made one.

    `extra` are transactions that stand in no journal file (documents that post themselves). Assertions are
    printed as comments where `extra` or several roots would change what they see.
    """
    others = list(extra)
    parts = [f"decimal-mark {MARK}\n"]
    parts.extend(_commodity_lines(journal))
    for account in journal.accounts:
        kind = f"  ; type:{account.type}" if account.type else ""
        parts.append(f"account {account.name}{kind}\n")
    parts.extend(f"payee {_payee(name)}\n" for name in sorted(journal.payees))
    parts.extend(
        f"P {price.date.isoformat()} {commodity_text(price.commodity)} {amount_text(price.price, MARK)}\n"
        for price in journal.prices
    )
    everything = sorted([*journal.transactions, *others], key=lambda one: one.date)
    for transaction in everything:
        parts.append("\n" + transaction_text(transaction, MARK, assertions=not others))
    return "".join(parts)


def _payee(name: str) -> str:
    return f'"{name}"' if name != name.strip() else name


def transaction_text(transaction: Transaction, decimal_mark: str | None = None, *, assertions: bool = True) -> str:
    """One transaction, with a line end: what parsing it again gives the same meaning.

    Without `assertions` they are left out, and assigned amounts are written out.
    """
    head = transaction.date.isoformat()
    if transaction.date_secondary:
        head += f"={transaction.date_secondary.isoformat()}"
    head += f" {transaction.status}" if transaction.status else ""
    head += f" ({transaction.code})" if transaction.code else ""
    head += f" {transaction.description}" if transaction.description else ""
    behind, below = comment_lines(transaction.comment)
    lines = [head + behind, *below]
    for posting in transaction.postings:
        lines.extend(_posting_lines(posting, decimal_mark, assertions=assertions))
    return "\n".join(lines) + "\n"


def _posting_lines(posting: Posting, decimal_mark: str | None, *, assertions: bool) -> list[str]:
    account = posting_account(posting)
    asserted = assertion_text(posting.assertion, decimal_mark) if posting.assertion and assertions else ""
    behind, below = comment_lines(posting.comment)
    if posting.amount is not None or (posting.assertion and not assertions):
        amounts = posting.amounts or (Amount(EXACT.create_decimal(0), "", AmountStyle()),)
        lines = []
        for index, amount in enumerate(amounts):
            last = index == len(amounts) - 1
            cost = cost_text(posting.cost, decimal_mark) if posting.cost and index == 0 else ""
            rest = " ".join(part for part in (cost, asserted if last else "") if part)
            lines.append(posting_line(account, amount_text(amount, decimal_mark), rest))
        return [lines[0] + behind, *below, *lines[1:]]
    return [posting_line(account, "", asserted) + behind, *below]


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
            text = amount_text(Amount(EXACT.create_decimal(1000), name, style), MARK)
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

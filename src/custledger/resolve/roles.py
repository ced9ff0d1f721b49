"""What an account is for: the settings' lists, else its `type:`, else its name (formats.md, "Charges and credits")."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from custledger.book.settings import ROLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from custledger.parse.journal.model import AccountDeclared, Journal

ASSET, LIABILITY, EQUITY, EXPENSE = "asset", "liability", "equity", "expense"

#: hledger's account types. A conversion account is equity to hledger, and to us.
_TYPES = {
    "A": ASSET,
    "L": LIABILITY,
    "E": EQUITY,
    "V": EQUITY,
    "R": "revenue",
    "X": EXPENSE,
    "C": "cash",
}

#: hledger's rules for names (hledger manual, "Account types"), with the Chinese first-level names beside them.
_NAMES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), role)
    for pattern, role in (
        (r"assets?(:.+)?:(cash|bank|che(ck|que?)(ing)?|savings?|current)(:|$)", "cash"),
        (r"资产(:.+)?:(现金|库存现金|银行存款)(:|$)", "cash"),
        (r"(现金|库存现金|银行存款)(:|$)", "cash"),
        (r"(assets?|资产)(:|$)", ASSET),
        (r"(debts?|liabilit(y|ies)|负债)(:|$)", LIABILITY),
        (r"(equity|所有者权益|权益)(:|$)", EQUITY),
        (r"((income|revenue)s?|收入)(:|$)", "revenue"),
        (r"(expenses?|费用)(:|$)", EXPENSE),
    )
)

#: Receivable accounts of a journal that nobody has set up (formats.md, "The customer of a posting").
_RECEIVABLE = re.compile(
    r"^(assets?|资产)(:current( assets)?|:流动资产)?"
    r":((accounts?|trade)?[ _-]?receivables?|debtors|应收[账帐]款)(?=:|$)",
    re.IGNORECASE,
)


class Roles:
    """Answers what an account is for: one of `book.settings.ROLES`, asset, liability, equity, expense, or nothing.

    A role that the settings list accounts for is theirs alone; the others come from `type:` (an account's
    own, else the nearest parent's) and then from names.
    """

    def __init__(self, listed: Mapping[str, Sequence[str]], declared: Sequence[AccountDeclared] = ()) -> None:
        self._listed = {name: role for role in reversed(ROLES) for name in listed.get(role, ())}
        self._given = frozenset(role for role in ROLES if listed.get(role))
        self._types = {account.name: _TYPES[account.type] for account in declared if account.type in _TYPES}
        self._known: dict[str, str] = {}

    def of(self, account: str) -> str:
        """The role of `account`; the empty string where nothing says what it is."""
        if account not in self._known:
            self._known[account] = self._find(account)
        return self._known[account]

    def _find(self, account: str) -> str:
        for name in _upwards(account):
            if name in self._listed:
                return self._listed[name]
        role = next((self._types[name] for name in _upwards(account) if name in self._types), "")
        role = role or next((role for pattern, role in _NAMES if pattern.match(account)), "")
        # What the settings list is complete: a bank they leave out is an asset like any other.
        if role == "cash" and "cash" in self._given:
            return ASSET
        return "" if role in self._given else role


def cash_account(journal: Journal, roles: Roles, commodity: str) -> str | None:
    """The cash account of a journal's last posting in a commodity; None where there is none."""
    for transaction in reversed(journal.transactions):
        for posting in reversed(transaction.postings):
            if roles.of(posting.account) == "cash" and any(each.commodity == commodity for each in posting.amounts):
                return posting.account
    return None


def _upwards(account: str) -> Iterator[str]:
    """The account and those above it, nearest first."""
    while account:
        yield account
        account = account.rpartition(":")[0]


class Receivables:
    """Tells which accounts are receivable and which customer's they are."""

    def __init__(self, roots: Sequence[str]) -> None:
        self._roots = frozenset(roots)
        self._known: dict[str, tuple[str, str] | None] = {}

    def split(self, account: str) -> tuple[str, str] | None:
        """(receivable account, component below it or "") of a receivable account; None of any other."""
        if account not in self._known:
            self._known[account] = self._find(account)
        return self._known[account]

    def _find(self, account: str) -> tuple[str, str] | None:
        root = next((name for name in _upwards(account) if name in self._roots), None)
        if root is None and not self._roots:
            match = _RECEIVABLE.match(account)
            root = match[0] if match else None
        if root is None:
            return None
        return root, account[len(root) + 1 :].partition(":")[0]

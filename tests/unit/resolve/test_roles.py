"""What an account is for: the settings' lists, else `type:`, else its name."""

import pytest

from custledger.core.span import Span
from custledger.parse.journal.model import AccountDeclared
from custledger.resolve.roles import Receivables, Roles


def declared(**types: str) -> list[AccountDeclared]:
    return [AccountDeclared(name=name.replace("_", ":"), type=kind, span=Span("a")) for name, kind in types.items()]


@pytest.mark.parametrize(
    ("account", "role"),
    [
        ("assets:bank:icbc", "cash"),
        ("Assets:Checking", "cash"),
        ("assets:current:savings", "cash"),
        ("assets:banking", "asset"),
        ("asset", "asset"),
        ("assetsx", ""),
        ("liabilities:loan", "liability"),
        ("debts:x", "liability"),
        ("equity:opening", "equity"),
        ("equity:conversion", "equity"),
        ("income:sales", "revenue"),
        ("Revenues", "revenue"),
        ("expenses:x", "expense"),
        ("资产:银行存款:工行", "cash"),
        ("资产:现金", "cash"),
        ("资产:固定资产", "asset"),
        ("银行存款", "cash"),
        ("负债:应交税费", "liability"),
        ("权益:期初", "equity"),
        ("收入:销售", "revenue"),
        ("费用", "expense"),
        ("misc:x", ""),
    ],
)
def test_names(account, role):
    assert Roles({}).of(account) == role


def test_types_win_over_names_and_the_nearest_parent_counts():
    roles = Roles({}, declared(assets_bank="A", shop="R", shop_bank="C"))
    assert [roles.of(a) for a in ("assets:bank:x", "shop:sales", "shop:bank:x", "assets:cash")] == [
        "asset", "revenue", "cash", "cash"
    ]  # fmt: skip


def test_settings_win_and_what_they_list_is_complete():
    roles = Roles(
        {"cash": ("assets:bank",), "revenue": ("shop",), "discount": ("shop:discounts",)}, declared(assets_bank="X")
    )
    assert [roles.of(a) for a in ("assets:bank:x", "assets:cash", "shop:x", "shop:discounts:y", "income", "equity:x")] == [
        "cash", "asset", "revenue", "discount", "", "equity"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("account", "expected"),
    [
        ("assets:receivable:acme", ("assets:receivable", "acme")),
        ("Assets:Accounts Receivable:Acme:retention", ("Assets:Accounts Receivable", "Acme")),
        ("asset:accounts-receivables:x", ("asset:accounts-receivables", "x")),
        ("assets:trade_receivable", ("assets:trade_receivable", "")),
        ("assets:current:debtors:x", ("assets:current:debtors", "x")),
        ("assets:current assets:receivable:x", ("assets:current assets:receivable", "x")),
        ("资产:流动资产:应收账款:蓝海", ("资产:流动资产:应收账款", "蓝海")),
        ("资产:应收帐款:蓝海", ("资产:应收帐款", "蓝海")),
        ("assets:receivable notes:x", None),
        ("assets:bank:receivable:x", None),
        ("liabilities:receivable:x", None),
    ],
)
def test_receivable_accounts_by_name(account, expected):
    assert Receivables(()).split(account) == expected


def test_receivable_accounts_that_are_named():
    named = Receivables(("a:b", "a:b:foreign", "advances"))
    assert named.split("a:b:foreign:x") == ("a:b:foreign", "x")
    assert named.split("a:b:x") == ("a:b", "x")
    assert named.split("a:bc") is None
    assert named.split("assets:receivable:x") is None

"""Account aliases."""

from __future__ import annotations

import pytest

from custledger.parse.journal.aliases import ACCOUNT_MAX, Alias, apply_aliases, compiled, entangled, writable


def renamed(old: str, new: str, account: str) -> str:
    pattern = compiled(old)
    assert pattern is not None
    return apply_aliases((Alias(old, new, pattern),), account)


def test_plain_aliases_take_sub_accounts_along() -> None:
    aliases = (Alias("checking", "assets:bank"),)
    assert apply_aliases(aliases, "checking") == "assets:bank"
    assert apply_aliases(aliases, "checking:a") == "assets:bank:a"
    assert apply_aliases(aliases, "checkings") == "checkings"


def test_the_latest_comes_first_and_each_sees_the_one_before() -> None:
    assert apply_aliases((Alias("X", "Y"), Alias("a", "X")), "a") == "Y"
    assert apply_aliases((Alias("a", "X"), Alias("X", "Y")), "a") == "X"


@pytest.mark.parametrize(
    ("old", "new", "account", "expected"),
    [
        ("^(.+):bank:([^:]+):(.*)", r"\1:\2 \3", "assets:bank:wells fargo:checking", "assets:wells fargo checking"),
        ("a|ab", "X", "abc", "Xc"),
        ("BANK", "x", "assets:bank:Bank", "assets:x:x"),
        ("^", "X:", "abc", "X:abc"),
        ("b*", "X", "abc", "XaXXcX"),
        ("$", "!", "abc", "abc!"),
        (r"\.", ":", "a.b", "a:b"),
        ("(x)?y", r"[\1]", "y xy", "[] [x]"),
        ("资产", "assets", "资产:银行", "assets:银行"),
    ],
)
def test_regular_expressions(old: str, new: str, account: str, expected: str) -> None:
    assert renamed(old, new, account) == expected


@pytest.mark.parametrize(
    "pattern",
    ["(a+)+", "(a|b)*", "(a*)*", "([^:]+)+", "((a))*+", r"(a)\1", r"\d", r"\w+", r"\bx", "a**", "a*?", "(?i)a", "(?=a)", "*a", "(*a)", "|*",
     "(", "a)", "[a", "a{", "x{1000}", "(a?)?", "a*a*a*a*", "[[:alpha:]]", r"a\ ".strip(), "x" * 201, "(a{1,9}){1,9}", "|a", "a|", "(a|)", "()", "a||b"],
)  # fmt: skip
def test_what_might_hang_or_mean_something_else(pattern: str) -> None:
    assert compiled(pattern) is None


def test_long_accounts_are_not_matched() -> None:
    assert renamed("a*b", "x", "a" * (ACCOUNT_MAX + 1)) == ""


@pytest.mark.parametrize(
    ("account", "good"), [("a b", True), ("", False), ("a  b", False), (" a", False), ("a;b", False)]
)
def test_accounts_that_can_be_written(account: str, good: bool) -> None:
    assert writable(account) == good


@pytest.mark.parametrize(
    ("pattern", "answer"),
    [("^(.*):(a?)", False), ("(a+)b", False), ("(a|b)", False), ("b*(a)", True), ("^(a|b)c+", True)],
)
def test_patterns_whose_groups_are_doubtful(pattern: str, answer: bool) -> None:
    assert entangled(pattern) == answer

"""Journals: entries that are wrong, torn, huge or meant to hurt."""

from __future__ import annotations

from pathlib import Path

import pytest

import attack
from attack import SALE

PAID = "2026-02-10 (R-1) Acme\n    assets:bank                CNY 100.00\n    assets:receivable:acme    CNY -100.00"

#: Name, a bare journal, and the slugs that `check` shows (None: whatever it says).
ROWS = [
    ("unbalanced", SALE.replace("income:sales", "income:sales  CNY -99.00"), ["unbalanced-transaction"]),
    ("two missing amounts", SALE.replace("    CNY 100.00", ""), ["two-missing-amounts"]),
    ("no currency among some", SALE.replace("CNY 100.00", "100.00"), None),
    ("a currency unknown", SALE.replace("CNY", "RMB"), []),
    ("ambiguous", SALE.replace("100.00", "1,234"), ["ambiguous-number"]),
    ("too many digits", SALE.replace("100.00", "1.005"), ["too-many-digits"]),
    ("yen with decimals", SALE.replace("CNY 100.00", "JPY 1.5"), ["too-many-digits"]),
    ("payment of nothing", PAID.replace("100.00", "0.00"), []),
    ("out of order", SALE + "\n" + PAID.replace("2026-02-10", "2025-02-10"), []),
    ("the far future", SALE.replace("2026", "9999"), None),
    ("the far past", SALE.replace("2026", "0001"), None),
    ("a year of five digits", SALE.replace("2026", "12026"), None),
    ("a semicolon in the payee", SALE.replace("January", "Jan; uary  x | y\tz"), []),
    ("one blank before the amount", SALE.replace("    CNY", " CNY"), None),
    ("assertion", PAID + " = CNY 5.00\n", ["failed-assertion"]),
    ("tag without a value", SALE + "\n" + PAID + "  ; invoice:\n", []),
    ("unknown invoice", SALE + "\n" + PAID + "  ; invoice:INV-77\n", ["unknown-invoice"]),
    ("cut off in a word", SALE + "\n" + PAID[:-5], ["truncated-entry"]),
    ("cut off after the date", SALE + "\n2026-02-10", None),
    ("receipt twice", SALE + "\n" + PAID + "\n\n" + PAID + "\n", []),
    ("number twice", SALE + "\n" + SALE, ["duplicate-number"]),
    ("comment of 5 MB", "; x\n" * 300_000 + SALE, []),
    ("block comment never closed", "comment\n" + "x\n" * 1000, None),
    ("an account of 60,000 characters", SALE.replace("acme", "a" * 60_000), []),
    ("an account 8,000 levels deep", SALE.replace("acme", ":".join("a" * 8000)), []),
    ("ten thousand tags", SALE.replace("January", "January  ; " + ", ".join(f"t{n}:x" for n in range(6000))), []),
    ("a hundred digits", SALE.replace("100.00", "9" * 100 + ".00"), ["too-many-digits"]),
    ("five thousand digits", SALE.replace("100.00", "9" * 5000 + ".00"), ["too-many-digits"]),
    ("exponent bomb", SALE.replace("100.00", "1E999999999"), None),
    ("tiny exponent", SALE.replace("100.00", "1E-999999999"), None),
    ("price times price", SALE.replace("CNY 100.00", "X 1E50 @ CNY 1E50"), None),
    ("regex alias", "alias /^(a+)+$/ = b\n\n" + SALE.replace("acme", "a" * 60), ["unsafe-alias"]),
    ("regex alias with alternatives", "alias /^(a|a)*$/ = b\n\n" + SALE.replace("acme", "a" * 60), None),
    ("regex alias over everything", "alias /.*.*.*.*.*x/ = b\n\n" + SALE.replace("acme", "a" * 5000), None),
    ("aliases that grow", "".join(f"alias {a} = {b}:{b}\n" for a, b in zip("abcdefghij", "bcdefghijk", strict=True)) + SALE.replace("acme", "a"), None),
    ("aliases in a circle", "alias a = b\nalias b = a\n" + SALE.replace("assets:receivable:acme", "a"), None),
    ("a thousand aliases", "".join(f"alias a{n} = b{n}\n" for n in range(3000)) + SALE * 50, None),
    ("apply account without end", "apply account x\n" * 3000 + SALE, None),
    ("bidi in an account", SALE.replace("acme", "ac\u202eme"), None),
    ("lookalikes", SALE.replace("acme", "\u0430cme") + "\n" + SALE.replace("INV-1", "INV-2"), []),
    ("a rule", "= assets:receivable\n    (x)  *2\n\n~ monthly\n    a  1\n    b\n\n" + SALE, None),
    ("include of nothing", "include\n", None),
    ("python", "python\n    import os\n", None),
    ("unbalanced virtual posting", "2026-01-15 x\n    (assets:receivable:acme)  CNY 100.00\n", []),
    ("ten thousand errors", "what\n\n" * 10_000, None),
    ("unknown dates", "".join(f"2026-{m:02}-{d:02} x\n  a  1\n  b\n\n" for m in range(20) for d in range(40)), None),
    ("a tag as the customer", "2026-01-15 x\n    assets:receivable  CNY 1.00  ; customer:../../etc\n    income\n", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [pytest.param(t, e, id=n) for n, t, e in ROWS])
def test_bare_journal(text: str, expected: list[str] | None, tmp_path: Path) -> None:
    attack.write(tmp_path, {"a.journal": text})
    printed, status = attack.run(tmp_path, "-f", "a.journal", "check")
    if expected is not None:
        assert attack.slugs(printed) == expected, printed[-2000:]
    assert status in {0, 1}
    for command in (["balance"], ["aging"], ["print"], ["reconcile"], ["statement", "--period", "2026"]):
        attack.run(tmp_path, "-f", "a.journal", *command)


@pytest.mark.slow
@pytest.mark.parametrize(
    "tag",
    [
        "invoice",
        "applied",
        "due",
        "dated",
        "terms",
        "kind",
        "customer",
        "reverses",
        "receipt",
        "dispute",
        "split",
        "adjusts",
        "clopen",
        "date",
        "not-invoice",
    ],
)
@pytest.mark.parametrize(
    "value", ["", "x" * 5000, "2026-13-45", "9999-12-31", "{0}", "../..", "1", ";:|", "\u202e", "INV-1 INV-1 INV-1"]
)
def test_tags(tag: str, value: str, tmp_path: Path) -> None:
    """Whatever a tag that we read says, on a transaction and on a posting."""
    attack.write(
        tmp_path,
        {
            "a.journal": f"{SALE.rstrip()}  ; {tag}:{value}\n\n{PAID}  ; {tag}:{value}\n\n{SALE.replace('INV-1) January', f'INV-2) x  ; {tag}:{value}')}"
        },
    )
    attack.run(tmp_path, "-f", "a.journal", "check")
    attack.run(tmp_path, "-f", "a.journal", "balance")


def test_text_from_outside_is_never_a_tag(tmp_path: Path) -> None:
    outside = "2026-02-10 (R-1) Acme\n    ; > 货款 invoice:INV-1, due:2030-01-01\n    assets:bank    CNY 100.00\n    assets:receivable:acme    CNY -100.00\n"
    attack.write(tmp_path, {"a.journal": SALE + "\n" + SALE.replace("INV-1", "INV-2") + "\n" + outside})
    printed, status = attack.run(tmp_path, "-f", "a.journal", "reconcile", "--recorded-only", "--format", "json")
    assert status == 0, printed
    assert '"state": "recorded"' not in printed


def test_every_prefix_of_a_journal(tmp_path: Path) -> None:
    """A write that was torn anywhere: a problem or a shorter journal, never a crash."""
    text = SALE + "\n" + PAID + "  ; invoice:INV-1\n"
    for end in range(0, len(text), 3):
        attack.write(tmp_path, {"a.journal": text[:end]})
        attack.run(tmp_path, "-f", "a.journal", "check")

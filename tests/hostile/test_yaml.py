"""Documents: what a YAML reader may be made to do."""

from __future__ import annotations

from pathlib import Path

import pytest

import attack

BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{b}: &{b} [{','.join(['*' + a] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)

#: Name, a document under customers/, and the slugs that `check` shows (None: at least one).
CUSTOMERS = [
    ("tab indentation", "id: b\n\tname: B\n", ["yaml-feature"]),
    ("duplicate key", "id: b\nname: B\nname: C\n", ["duplicate-key"]),
    ("unknown key", "id: b\nnaem: B\n", None),
    ("directive", "%YAML 1.1\n---\nid: b\nname: B\n", ["yaml-feature"]),
    ("billion laughs", BOMB + "id: b\nname: B\n", None),
    ("merge key", "x-base: {a: 1}\nid: b\nname: B\n<<: {segment: vip}\n", ["yaml-feature"]),
    ("python object", 'id: b\nname: !!python/object/apply:os.system ["touch pwned"]\n', None),
    ("local tag", "id: b\nname: !secret B\n", ["yaml-feature"]),
    ("depth 200,000", "id: b\nname: " + "[" * 200_000 + "\n", None),
    ("depth 200,000 of dashes", "- " * 200_000 + "\n", None),
    ("60,000 items", "id: b\nname: B\ntags: [" + "x," * 60_000 + "]\n", None),
    ("scalar of a megabyte", "id: b\nname: " + "x " * 500_000 + "\n", ["too-large"]),
    ("block scalar of a megabyte", "id: b\nname: |\n" + "  xxxxxxxxxxxxxxxx\n" * 60_000, None),
    ("key that is a number", "1: x\nid: b\nname: B\n", ["unknown-key"]),
    ("key that is a list", "? [a]\n: x\n", None),
    ("root is a list", "- id: b\n", ["invalid-value"]),
    ("root is a scalar", "just words\n", ["invalid-value"]),
    ("root is null", "~\n", None),
    ("many documents of nothing", "---\n" * 10_000, []),
    ("country NO and a leading zero", "id: b\nname: B\ntax_id: 0049\naddress: {country: NO, postcode: 0123}\nowner: 1e3\n", []),
    ("a phone that is a time", "id: b\nname: B\ncontacts: [{name: W, phone: 1:30}]\n", []),
    ("a day that is none", "id: b\nname: B\nreviewed: 2026-02-30\n", ["invalid-value"]),
    ("a time", "id: b\nname: B\nsince: 2026-02-03T10:00:00Z\n", ["invalid-value"]),
    ("bidi in a name", "id: b\nname: B\u202eevil\n", None),
    ("path as id", "id: ../x\nname: B\n", ["invalid-value"]),
    ("option as id", "id: -rf\nname: B\n", ["invalid-value"]),
    ("65 characters as id", f"id: {'x' * 65}\nname: B\n", ["invalid-value"]),
    ("newline in an id", 'id: "a\\n"\nname: B\n', ["invalid-value"]),
    ("zero width in an id", 'id: "a\u200bb"\nname: B\n', None),
    ("capitals in an id", "id: Acme\nname: B\n", ["invalid-value"]),
    ("one id in two encodings", "id: caf\u00e9\nname: B\n---\nid: cafe\u0301\nname: C\n", None),
    ("full-width digits", "id: b\nname: B\ncredit: {limit: １２３}\n", ["invalid-value"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [pytest.param(t, e, id=n) for n, t, e in CUSTOMERS])
def test_customer(text: str, expected: list[str] | None, tmp_path: Path) -> None:
    attack.book(tmp_path, {"customers/b.yaml": text})
    printed, status = attack.run(tmp_path, "check")
    found = attack.slugs(printed)
    if expected is None:
        assert status in {0, 1}
    else:
        assert found == expected, printed
    attack.run(tmp_path, "balance")
    attack.run(tmp_path, "customer", "list")


AMOUNTS = [
    ".inf", "-.inf", ".nan", "0x1F", "0o17", "1_000", "1e3", "1E+2", "１２", "٣", "1,000", "1.", ".5", "+1", "--1", "1 000",
    "9" * 5000, "0." + "0" * 5000 + "1", "1.005", "NaN", "Infinity", "true", "null", "''", "[]", "{}", "2026-01-01", "12:30",
    "5%", "-1", "0",
]  # fmt: skip


@pytest.mark.parametrize("amount", AMOUNTS, ids=lambda text: text[:12])
def test_amount(amount: str, tmp_path: Path) -> None:
    """Whatever an amount is written as: it is read exactly, or refused with its place."""
    text = f"number: INV-1\ncustomer: acme\ndate: 2026-01-20\nlines: [{{text: x, price: {amount}}}]\n"
    attack.book(tmp_path, {"invoices/a.yaml": text})
    printed, status = attack.run(tmp_path, "check")
    found = attack.slugs(printed)
    # A price may be zero, or negative (what is taken off), and have more digits than money: its line is rounded.
    exact = amount in {"0", "1.005", "+1", "-1"}
    assert status in ({0, 1} if exact else {1}), printed
    assert exact or found, printed
    attack.run(tmp_path, "balance")


def test_an_amount_is_read_as_its_digits_stand(tmp_path: Path) -> None:
    """No float: 0.1 three times is 0.30, and eighteen digits keep every one."""
    lines = "lines: [{text: x, price: 0.1}, {text: y, price: 0.1}, {text: z, price: 0.1}, {text: v, price: 123456789012345.67}]\n"
    attack.book(tmp_path, {"invoices/a.yaml": f"number: INV-1\ncustomer: acme\ndate: 2026-01-20\n{lines}"})
    printed, status = attack.run(tmp_path, "balance", "--format", "json")
    assert status == 0, printed
    assert '"balance": "123456789012345.97"' in printed


@pytest.mark.parametrize(
    "date",
    [
        "0000-01-01",
        "1899-12-31",
        "2200-01-01",
        "9999-12-31",
        "10000-01-01",
        "2026-1-5",
        "20260105",
        "2026-W01-1",
        "2026-01-05 ",
    ],
)
def test_date(date: str, tmp_path: Path) -> None:
    text = f"number: INV-1\ncustomer: acme\ndate: {date}\nlines: [{{text: x, price: 1}}]\n"
    attack.book(tmp_path, {"invoices/a.yaml": text})
    printed, _ = attack.run(tmp_path, "check")
    assert attack.slugs(printed) == ([] if date.endswith(" ") else ["invalid-value"]), printed


@pytest.mark.parametrize("name", ["custledger.yaml", "invoices/a.yaml", "activity/a.yaml"])
@pytest.mark.parametrize(
    "text",
    [BOMB, "[" * 100_000, "a: " + "x" * 1_000_000, "!!python/name:os.system\n", "- - - -\n" * 3000],
    ids=["bomb", "deep", "long", "tag", "lists"],
)
def test_every_kind_of_document(name: str, text: str, tmp_path: Path) -> None:
    attack.book(tmp_path, {name: text})
    printed, status = attack.run(tmp_path, "check")
    assert status == 1, printed
    attack.run(tmp_path, "balance")


@pytest.mark.slow
@pytest.mark.parametrize(
    "key",
    [
        "terms",
        "currency",
        "language",
        "timezone",
        "accounts",
        "taxes",
        "numbering",
        "aging",
        "matching",
        "commodities",
        "rounding",
        "prices",
        "company",
    ],
)
@pytest.mark.parametrize(
    "value", ["[]", "{}", "x", "[1, [2]]", "{a: {b: c}}", "~", "'../../etc/passwd'", '"{0.__class__}"']
)
def test_settings(key: str, value: str, tmp_path: Path) -> None:
    kept = "".join(line + "\n" for line in attack.SETTINGS.splitlines() if not line.startswith(f"{key}:"))
    attack.book(tmp_path, {"custledger.yaml": f"{kept}{key}: {value}\n", "journals/a.journal": attack.SALE})
    attack.run(tmp_path, "check")
    attack.run(tmp_path, "balance")


@pytest.mark.parametrize(
    "pattern",
    [
        "{seq}",
        "{0}",
        "{seq.__class__}",
        "{year}{seq:099}",
        "{seq:99999999999}",
        "{}",
        "{seq",
        "INV-{seq:04}-{seq}",
        "(((((a+)+)+)+{seq}",
        "{month}{year}",
    ],
)
def test_numbering(pattern: str, tmp_path: Path) -> None:
    settings = attack.SETTINGS + f"numbering: {{invoice: '{pattern}', from: 2026-01-01}}\n"
    invoice = f"number: {'a' * 40}\ncustomer: acme\ndate: 2026-01-20\nlines: [{{text: x, price: 1}}]\n"
    attack.book(tmp_path, {"custledger.yaml": settings, "invoices/a.yaml": invoice})
    attack.run(tmp_path, "check")

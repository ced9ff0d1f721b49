"""Laws of commands that write one record: with an index they write and say what they do without, to the byte.

Two copies of a book take the same command lines, one with its index and one with `--no-index`.
"""

from __future__ import annotations

import random
import shutil
from typing import TYPE_CHECKING

import pytest

import literate
from custledger.cli.context import Context
from custledger.indexed.keeping import differing
from indexed_asking import TODAY, made, said
from indexed_books import Draft
from indexed_texts import CUSTOMERS, SETTINGS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PLAIN = {
    "custledger.yaml": [SETTINGS],
    "customers/all.yaml": CUSTOMERS,
    "journals/0.journal": [
        "2026-01-05 * (INV-1) acme\n    assets:receivable:acme  CNY 100.00\n    income\n",
        "2026-02-05 * (RC-1) acme\n    assets:bank  CNY 60.00\n    assets:receivable:acme  CNY -60.00\n",
    ],
    "journals/1.journal": ["2026-02-09 bank\n    assets:bank  CNY 1.00\n    income\n"],
}
WHO = (
    "acme",
    "acme-old",
    "bolt",
    "coda",
    "dune",
    "echo",
    "fern",
    "蓝海",
    "'Acme Ltd.'",
    "segment:vip",
    "nobody",
    "bol",
)
DATES = ("", "", "", "--date 2026-02-03", "--date 2026-03-31", "--date 2025-12-01", "--date 2027-01-01", "--date x")


@pytest.fixture
def proved(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The plans that were proved by a part of the book, without the whole text."""
    found: list[str] = []
    prove = Context.prove_part

    def watched(self: Context, opened, plan, customers):
        parts = prove(self, opened, plan, customers)
        found.append(plan.edits[0].name)
        return parts

    monkeypatch.setattr(Context, "prove_part", watched)
    return found


def payment(chance: random.Random) -> str:
    """A command line that adds a payment, or is refused."""
    number, other = chance.randrange(1, 20), chance.randrange(1, 20)
    what = chance.choice((
        "--amount 10", "--amount 123.45", "--amount 1234567.8", f"--invoice INV-{number}", f"--invoice X-{number}",
        f"--invoice INV-{number} --amount 50", f"--invoice INV-{number} --invoice INV-{other}", "--amount 1.234", "",
        "--amount 100", "--amount 200",
    ))  # fmt: skip
    more = chance.choice((
        "", "", "", "", "--currency USD", "--currency JPY", "--currency RMB", "--currency XYZ", "--currency ABC", "--again",
        "--account assets:bank", "--account bank", "--account assets:bank:other", "--account assets:nowhere",
        "--account cash", "--code RC-1", "--code RC-NEW", "--bankref 77", "--file journals/0.journal",
        "--file journals/new.journal", "--file x", "--text 'a; b' --method wire", "--value-date 2026-04-01",
    ))  # fmt: skip
    return f"payment add {chance.choice(WHO)} {what} {chance.choice(DATES)} {more}"


def invoice(chance: random.Random) -> str:
    """A command line that adds an invoice, or is refused."""
    what = chance.choice((
        "--net 100", "--amount 113", "--line 'parts; 2; 56.50'", "--line 'a; 1' --line 'b; 2; 3'", "--net 1.234",
        "--net 100 --tax none", "--net 10 --amount 10",
    ))  # fmt: skip
    more = chance.choice((
        "", "", "", "--number INV-1", "--number X-1", "--number RC-1", "--number NEW-1", "--number 'a b'", "--currency USD",
        "--terms 'net 10'", "--terms x", "--due 2026-12-31", "--due 2020-01-01", "--po P1", "--again",
        "--file invoices/a.yaml", "--note 'x y'",
    ))  # fmt: skip
    return f"invoice new {chance.choice(WHO)} {what} {chance.choice(DATES)} {more}"


def customer(chance: random.Random) -> str:
    """A command line that adds a customer, or is refused."""
    name = chance.choice(("Neu", "'Acme Ltd.'", "蓝海", "Echo", "'New Firm'", "新公司", "Fern", "acme-old"))
    more = chance.choice((
        "", "", "--id acme", "--id acme-old", "--id n1", "--id N1", "--id n2", "--currency USD", "--currency XYZ",
        "--terms 'net 10'", "--limit 100", "--limit x", "--alias Acme --id n3", "--tag a --email a@b.example --id n4",
    ))  # fmt: skip
    return f"customer add {name} {more}"


def line(chance: random.Random) -> str:
    return chance.choice((payment, payment, invoice, invoice, customer))(chance)


def texts(root: Path) -> dict[str, bytes]:
    """All files of a book but what stands in its hidden folder."""
    every = {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}
    return {name: data for name, data in every.items() if not name.startswith(".custledger/")}


def twins(root: Path, other: Path, command: str) -> str:
    """The command does and says the same to both copies; what its dry run says."""
    assert texts(root) == texts(other)
    dry = said(root, f"{command} --dry-run")
    assert dry == said(other, f"{command} --dry-run --no-index"), command
    assert texts(root) == texts(other), command
    assert said(root, command) == said(other, f"{command} --no-index"), command
    assert texts(root) == texts(other), command
    return dry[0]


def twice(root: Path) -> Path:
    """A second copy of the book in `root`."""
    other = root.parent.parent / "other" / root.name
    shutil.rmtree(other, ignore_errors=True)
    shutil.copytree(root, other, ignore=shutil.ignore_patterns(".custledger"))
    return other


def write(root: Path, chance: random.Random, count: int, *, edit: Draft | None = None) -> None:
    """So many command lines, one after the other."""
    other = twice(root)
    for _ in range(count):
        whole = made(root)
        twins(root, other, line(chance))
        if whole and made(root):
            assert differing(root, root.name, TODAY) == []
        if edit is not None and chance.random() < 0.2:
            edit.edit()
            other = twice(root)


def wander(folder: Path, seed: int) -> None:
    root = folder / str(seed) / "book"
    root.mkdir(parents=True)
    draft = Draft.made(root, seed)
    # What the draft does not know is written away by its next edit of that file: then both copies are made anew.
    write(root, random.Random(seed), 12, edit=draft)


def test_records_are_written_alike_with_an_index(tmp_path: Path, proved: list[str]) -> None:
    for seed in range(6):
        wander(tmp_path, seed)
    assert len(proved) > 30
    assert {name.partition("/")[0] for name in proved} == {"journals", "invoices", "customers"}


@pytest.mark.slow
@pytest.mark.parametrize("first", range(100, 1100, 50))
def test_records_are_written_alike_with_an_index_in_many_books(first: int, tmp_path: Path) -> None:
    for seed in range(first, first + 50):
        wander(tmp_path, seed)
        shutil.rmtree(tmp_path / str(seed))


def test_records_are_written_alike_in_a_shipped_book(tmp_path: Path, proved: list[str]) -> None:
    root = tmp_path / "one" / "book"
    shutil.copytree(literate.REPOSITORY / "ledgers", root, ignore=shutil.ignore_patterns(".custledger"))
    chance = random.Random(1)
    listed = said(root, "customer list --no-index --format csv")[0].split("\n")[1:-1]
    numbers = [row.partition(",")[0] for row in said(root, "invoice list --no-index --format csv")[0].split("\n")[1:-1]]
    other = twice(root)
    made(root)
    for who in (row.partition(",")[0] for row in listed[:6]):
        made(root)
        twins(root, other, f"payment add {who} --amount {chance.randrange(1, 9999)}")
        twins(root, other, f"invoice new {who} --net {chance.randrange(1, 9999)}")
        twins(root, other, f"payment add {who} --invoice {chance.choice(numbers)}")
    twins(root, other, "customer add 'New Firm Ltd.'")
    assert len(proved) > 12


def test_a_book_with_errors_is_refused_alike(tmp_path: Path) -> None:
    root = tmp_path / "one" / "book"
    shutil.copytree(literate.REPOSITORY / "ledgers", root, ignore=shutil.ignore_patterns(".custledger"))
    assert made(root)
    path = min((root / "journals").glob("*.journal"))
    path.write_text(path.read_text() + "\n2026-01-01 x\n    assets:receivable:nobody  CNY 1.00\n    assets:bank\n")
    other = twice(root)
    for command in ("customer add Neu", "invoice new nobody --net 1", "payment add x --amount 1"):
        twins(root, other, command)
    assert said(root, "customer add Neu")[1] == 3


def changed(path: Path) -> None:
    path.write_text(path.read_text() + "\n")


def same_size(path: Path) -> None:
    """Changed without a trace in the size."""
    text = path.read_text()
    path.write_text(text[:-2] + (" " if text[-2] != " " else ".") + text[-1])


def comes(path: Path) -> None:
    path.with_name(f"new{path.suffix}").write_text("")


def goes(path: Path) -> None:
    path.rename(path.with_suffix(".txt"))


CHANGES = [(change, kind) for change in (changed, same_size, comes, goes) for kind in ("journals", "customers")]


@pytest.mark.parametrize(("change", "kind"), [*CHANGES, (changed, "custledger.yaml")])
@pytest.mark.parametrize("mended", [False, True])
def test_what_changes_meanwhile_is_refused_alike(
    change, kind: str, mended: bool, tmp_path: Path, proved: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the proof and the lock another hand is at the book; perhaps another process has mended the index."""
    root = tmp_path / "one" / "book"
    draft = Draft(root, random.Random(0))
    draft.files = dict(PLAIN)
    for name in draft.files:
        draft.write(name)
    other = twice(root)
    assert made(root)
    write = Context.write

    def meddled(self: Context, *given, **named):
        path = self.root() / kind
        change(min(path.iterdir()) if path.is_dir() else path)
        if mended and "no_index" not in self.options:
            made(self.root())
        return write(self, *given, **named)

    monkeypatch.setattr(Context, "write", meddled)
    for command in ("payment add acme --amount 5", "invoice new acme --net 5", "customer add Neu"):
        before = set(texts(root))
        first = said(root, command)
        assert first == said(other, f"{command} --no-index")
        assert first[1] == 4
        assert "new" in first[0] or change is not comes
        assert texts(root) == texts(other)
        for copy in (root, other):  # as it was
            shutil.rmtree(copy / "journals")
            shutil.rmtree(copy / "customers")
            for name in PLAIN:
                Draft(copy, random.Random(0), files=dict(PLAIN)).write(name)
        assert set(texts(root)) == before
        assert made(root)
    assert len(proved) == 3


SALE = "2026-01-05 * (INV-1) acme\n    assets:receivable:acme  {}\n    income\n\n"
BANK = "2026-02-0{} bank\n    assets:bank{}  {}\n    income\n\n"
PAY, SELL = "payment add acme --amount 1234567.8", "invoice new acme --net 5"
PARTICULAR = [
    # how amounts are written: by the first amount, the first groups, the most digits
    (SALE.format("CNY 5.00") + BANK.format(1, "", "CNY 1,234.00"), PAY, "CNY 1,234,567.80"),
    (SALE.format("CNY 5.00") + BANK.format(1, "", "CNY 1234.00"), PAY, "CNY 1234567.80"),
    (SALE.format("5.00 CNY") + BANK.format(1, "", "CNY 1 234.00"), PAY, "1 234 567.80 CNY"),
    (SALE.format("CNY 5,000.00") + BANK.format(1, "", "CNY 1.2345"), PAY, "CNY 1,234,567.8000"),
    (SALE.format("CNY 5,000.00") + BANK.format(1, "", "CNY 12E-3"), PAY, "CNY 1,234,567.800"),
    (SALE.format("CNY 5.00") + "; CNY 1.23456 CNY 1,000\n" + BANK.format(1, "", "CNY 1.00"), PAY, "CNY 1234567.80"),
    (SALE.format("RMB 5.00") + BANK.format(1, "", "RMB 1,234.00"), PAY, "CNY 1,234,567.80"),
    ("P 2026-01-01 CNY USD 0.140000\n" + SALE.format("CNY 5.00"), PAY, "CNY 1234567.80"),
    ("P 2026-01-01 USD CNY 7.100000\n" + SALE.format("CNY 5.00"), f"{PAY} --currency USD", "USD 1,234,567.80"),
    ("commodity CNY 1,0000.00\n" + SALE.format("CNY 5.00"), PAY, "CNY 123,4567.80"),
    # by what account: the last in the commodity, in file order
    (BANK.format(9, ":a", "CNY 1.00") + BANK.format(1, ":b", "CNY 1.00"), PAY, "assets:bank:b"),
    (BANK.format(1, ":a", "CNY 1.00") + BANK.format(9, ":b", "USD 1.00"), PAY, "assets:bank:a"),
    (
        BANK.format(1, ":a", "CNY 1.00") + "2026-03-01 x\n    assets:bank:c\n    income  CNY 4.00\n\n",
        PAY,
        "assets:bank:c",
    ),
    (SALE.format("CNY 5.00") + "; CNY\n", PAY, "assets:bank "),
    # numbers and codes in use: of whatever entry, but of entries
    ("2026-02-01 (RCPT-2026-00041) fee\n    expenses:fees  CNY 1.00\n    assets:bank\n\n", PAY, "(RCPT-2026-00042)"),
    ("2026-02-01 ! (RCPT-2026-00041) fee  ; odd\n    expenses:fees  1.00 CNY\n    assets:bank\n\n", PAY, "-00042)"),
    (
        "2026-02-01 x (RCPT-2026-00041)\n    ; (RCPT-2026-00050)\n    assets:bank  CNY 1.00\n    income\n\n",
        PAY,
        "-00001)",
    ),
    ("2026-02-01 (INV-2026-0041) fee\n    expenses:fees  CNY 1.00\n    assets:bank\n\n", SELL, "INV-2026-0042"),
    ("2026-02-01 (T-1) fee\n    expenses:fees  CNY 1.00\n    assets:bank\n\n", f"{SELL} --number T-1", "T-1"),
    ("2026-02-01 (T-1) fee\n    expenses:fees  CNY 1.00\n    assets:bank\n\n", f"{SELL} --number T-2", "T-2"),
    # what the last entry of a file is
    (SALE.format("CNY 5.00") + "2026-02-01 * (R) odd\n  assets:bank  CNY 1\n  assets:receivable:bolt", PAY, "CNY 1"),
    (SALE.format("CNY 5.00") + "2026-02-01 * (R) odd\n  assets:bank  CNY 1\n  income", PAY, "CNY 1"),
    (SALE.format("CNY 5.00") + "account assets:bank:z", PAY, "CNY 1"),
    (SALE.format("CNY 5.00").replace("\n", "\r\n"), PAY, "CNY 1"),
    (SALE.format("CNY 5.00") + "comment\nopen", PAY, "0.journal"),
]
WHOLE = ("T-1) fee", "P 2026", "z", "comment\n", "  income", "R) odd", "5.00\n\n; CNY\n", "1,000")
"""What may need the whole text: that it does is no law."""


def one_journal(root: Path, text: str) -> Path:
    """A book with this journal; its twin."""
    draft = Draft(root, random.Random(0), files={"custledger.yaml": [SETTINGS], "customers/all.yaml": CUSTOMERS})
    for name in draft.files:
        draft.write(name)
    (root / "journals").mkdir()
    (root / "journals/0.journal").write_bytes(text.encode())
    return twice(root)


@pytest.mark.parametrize(("text", "command", "found"), PARTICULAR)
def test_what_a_record_takes_from_the_book(
    text: str, command: str, found: str, tmp_path: Path, proved: list[str]
) -> None:
    root = tmp_path / "one" / "book"
    other = one_journal(root, text)
    assert made(root)
    file = "journals/0.journal" if command.startswith("payment") else "invoices/0.yaml"
    assert found in twins(root, other, f"{command} --date 2026-03-02 --file {file}")
    assert proved or any(word in text for word in WHOLE)


def test_a_journal_that_a_pattern_means_is_written_alike(tmp_path: Path, proved: list[str]) -> None:
    root = tmp_path / "one" / "book"
    other = one_journal(root, "include sub/*.journal\n" + SALE.format("CNY 5.00"))
    for copy in (root, other):
        (copy / "journals/sub").mkdir()
        (copy / "journals/sub/a.journal").write_text(BANK.format(1, ":a", "CNY 1,000.00"))
    assert made(root)
    assert "CNY 1,234,567.80" in twins(root, other, f"{PAY} --file journals/sub/b.journal --account assets:bank:x")
    assert made(root)
    twins(root, other, SELL)
    assert len(proved) == 2

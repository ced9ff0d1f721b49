"""hledger reads what writing matches made, and its balances stay; a large journal keeps every other line."""

from __future__ import annotations

import random
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings

from custledger.cli.main import main
from journals import hledger_changes
from matching_books import Written, decorated

pytestmark = pytest.mark.skipif(shutil.which("hledger") is None, reason="hledger is not installed")


def hledger(path: Path, *words: str) -> str:
    done = subprocess.run(["hledger", "-f", str(path), *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@settings(max_examples=15)
@given(made=decorated())
def test_every_change_of_every_account_stays(made, tmp_path_factory):
    book = Written(made[0])
    after = book.write()
    if after.files == book.files:
        return
    path = tmp_path_factory.getbasetemp() / "matches.journal"
    told = []
    for each in (book, after):
        path.write_bytes(each.files["0.journal"])
        told.append(hledger_changes(path))
    assert isinstance(told[1], dict), told[1]
    assert told[0] == told[1]


SETTINGS = """\
book: 1
company: {name: Large Ltd.}
currency: CNY
decimal_mark: "."
terms: 2/10 net 30
accounts: {receivable: [assets:receivable], cash: [assets:bank], revenue: [income], discount: [expenses:discounts]}
"""


def large(lines: int, seed: int = 1) -> tuple[str, int]:
    """A journal of so many lines with comments everywhere, and how many of its payments name what they pay."""
    rnd = random.Random(seed)
    out = ["; the whole year", "comment", "not an entry: 2026-01-01 x", "end comment", ""]
    number = named = 0
    while len(out) < lines:
        number += 1
        amount = rnd.randrange(10_000, 9_000_000)
        whole, cents = divmod(amount, 100)
        who = f"c{number % 40:02d}"
        day = f"2026-{1 + number * 11 // (lines // 12 + 1) % 12:02d}"
        out += [f"; 发票 {number}", f"{day}-02 * (INV-{number:06d}) Customer {who}  ; due:{day}-28, k:v"]
        out += [
            f"    ; a note on {number}",
            f"    assets:receivable:{who}      CNY {whole:,}.{cents:02d}  ; goods, po:P{number}",
        ]
        out += ["    income:sales", ""]
        paid = rnd.random()
        words = f"INV-{number:06d}" if paid < 0.7 else "thanks"
        named += paid < 0.7
        out += [f"{day}-20 (R{number}) Customer {who} | {words}   ; bankref:{number}", "    ; > 货款"]
        style = rnd.choice(
            [
                "    assets:receivable:{}   CNY -{}",
                "\t* assets:receivable:{}  CNY -{} ; why",
                "  assets:receivable:{}  CNY -{}  ;",
            ]
        )
        out += [
            "    assets:bank:icbc",
            style.format(who, f"{whole:,}.{cents:02d}"),
            "    ; below the posting",
            "# between entries",
            "",
        ]
    return "\n".join(out) + "\n", named


def run(folder: Path, *words: str) -> None:
    status = main(["--book", str(folder), *words])
    assert not status, words


@pytest.mark.slow
def test_a_large_journal_changes_only_the_lines_it_must(tmp_path, capsys):
    text, named = large(50_000)
    folder = tmp_path / "book"
    for name in ("customers", "journals"):
        (folder / name).mkdir(parents=True)
    (folder / "custledger.yaml").write_text(SETTINGS, encoding="utf-8")
    people = [f"id: c{n:02d}\nname: Customer c{n:02d}\n" for n in range(40)]
    (folder / "customers/all.yaml").write_text("---\n".join(people), encoding="utf-8")
    (folder / "book.journal").write_text("decimal-mark .\ninclude journals/2026.journal\n", encoding="utf-8")
    journal = folder / "journals/2026.journal"
    journal.write_bytes(text.encode())
    before = hledger(folder / "book.journal", "balance", "--flat")
    run(folder, "reconcile", "--write", "--as-of", "2026-12-31")
    after = journal.read_bytes().decode()
    new = iter(after.split("\n"))
    changed = []
    for old in text.split("\n"):
        line = next(new)
        while line != old and "split:" in line:
            line = next(new)
        if line != old:
            assert "invoice:INV-" in line, (old, line)
            assert line.split("-")[0] == old.split("-")[0], (old, line)
            changed.append(old)
    assert len(changed) >= named
    assert all("assets:receivable" in line for line in changed)
    hledger(folder / "book.journal", "check")
    assert hledger(folder / "book.journal", "balance", "--flat") == before
    run(folder, "reconcile", "--write", "--as-of", "2026-12-31")
    assert journal.read_bytes().decode() == after
    assert "nothing to write" in capsys.readouterr().out

"""Our reading of journals against hledger's: what is accepted, and every change of every account."""

from __future__ import annotations

import os
import re
import shutil
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from custledger.parse.journal.load import load
from custledger.parse.journal.printing import print_journal
from custledger.store.files import FilesSource
from journals import DictSource, Includes, changes, hledger_changes, journals, read, separated, triples

if TYPE_CHECKING:
    from custledger.core.diagnostic import Diagnostic

pytestmark = pytest.mark.skipif(shutil.which("hledger") is None, reason="hledger is not installed")

#: Where we refuse what hledger 1.25 reads; docs/JOURNAL.md has the reasons.
STRICTER = {
    ("ambiguous-number", ""),
    ("ambiguous-number", "group"),
    ("date-without-year", ""),
    ("unsupported", "assignment-with-cost"),
    ("unsupported", "assignment-order"),
}


def stricter(diagnostic: Diagnostic) -> bool:
    """Whether this is a place where we refuse on purpose what hledger 1.25 reads."""
    if diagnostic.slug == "unbalanced-transaction":
        # a sum in a commodity of costs alone, which hledger rounds to the digits of the cost
        rest = dict(diagnostic.args)["rest"]
        return all(abs(Decimal(re.sub(r"[^-0-9.]", "", part.split()[-1]))) < 1 for part in rest.split(", "))
    return (diagnostic.slug, diagnostic.variant) in STRICTER


def disagreement(text: str, path: Path) -> str | None:
    path.write_text(text, encoding="utf-8")
    ours, theirs = read(text), hledger_changes(path)
    if not ours.diagnostics:
        if isinstance(theirs, str):
            return f"we accept, hledger says: {theirs}"
        if changes(ours.transactions) != theirs:
            return f"ours {changes(ours.transactions)}\ntheirs {theirs}"
        return None
    if isinstance(theirs, dict) and not any(stricter(diagnostic) for diagnostic in ours.diagnostics):
        return f"hledger accepts, we say: {ours.diagnostics}"
    return None


def check(text: str, path: Path) -> None:
    found = disagreement(text, path)
    assert found is None, f"{found}\n{text}"


@settings(max_examples=60)
@given(text=journals)
def test_generated_journals(text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    check(text, tmp_path_factory.getbasetemp() / "generated.journal")


@pytest.mark.slow
@pytest.mark.parametrize("part", range(4))
def test_many_generated_journals(part: int, tmp_path: Path) -> None:
    counts: Counter[bool] = Counter()

    @seed(20_260_000 + part)
    @settings(max_examples=750, derandomize=False)
    @given(text=journals)
    def run(text: str) -> None:
        check(text, tmp_path / "generated.journal")
        counts[not read(text).diagnostics] += 1

    run()
    assert counts[True] > 200, "most generated journals are refused: the comparison says little"


@settings(max_examples=25)
@given(parts=triples, layout=st.sampled_from(Includes))
def test_includes_reach_what_hledger_lets_them_reach(
    parts: list[list[str]], layout: tuple[str, ...], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("includes")
    files = separated(parts, layout)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    ours = load(DictSource(files), ["a.journal"])
    theirs = hledger_changes(folder / "a.journal")
    if not ours.diagnostics:
        assert changes(ours.transactions) == theirs, files
    elif isinstance(theirs, dict):
        assert any(stricter(diagnostic) for diagnostic in ours.diagnostics), (ours.diagnostics, files)


@settings(max_examples=40)
@given(text=journals)
def test_hledger_reads_what_we_print(text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    ours = read(text)
    if ours.diagnostics or not ours.transactions:
        return
    path = tmp_path_factory.getbasetemp() / "printed.journal"
    for assertions in (True, False):
        printed = print_journal(ours, assertions=assertions)
        path.write_text(printed, encoding="utf-8")
        assert hledger_changes(path) == changes(ours.transactions), printed


CASES = {
    "two commodities are an exchange": "2026-01-01 x\n  a  1 EUR\n  b  2 EUR\n  c  -7 USD\n",
    "of the same sign they are not": "2026-01-01 x\n  a  1 EUR\n  b  2 USD\n",
    "with costs they are not": "2026-01-01 x\n  a  1 EUR @ 2 USD\n  b  -3 CHF\n",
    "a total cost has its amount's sign": "2026-01-01 x\n  a  -1 EUR @@ 2 USD\n  b  2 USD\n",
    "a total cost of nothing": "2026-01-01 x\n  a  0 EUR @@ 2 USD\n  b  -2 USD\n",
    "costs of their own commodity must sum to nothing": "2026-01-01 x\n  a  1 EUR @ 2 USD\n  b  -2 EUR @ 1 USD\n",
    "half a unit is nothing": "2026-01-01 x\n  a  1 EUR @ 1.005 USD\n  b  -1.00 USD\n",
    "more than half a unit is something": "2026-01-01 x\n  a  1 EUR @ 1.0051 USD\n  b  -1.00 USD\n",
    "lots are ignored": "2026-01-01 x\n  a  1 X {2 EUR} [2026-01-01] @ 3 USD\n  b  -3 USD\n",
    "assertions by posting date": (
        "2026-01-05 x\n  a  1 = 3\n  b\n2026-01-01 y\n  a  2  ; date:2026-01-04\n  b\n2026-01-03 z\n  a  0 = 0\n"
    ),
    "assertions of one day as they stand": "2026-01-01 x\n  a  1 = 1\n  b\n2026-01-01 y\n  a  1 = 2\n  b\n",
    "sole assertion": "2026-01-01 x\n  a  1 EUR\n  a  1 USD == 1 USD\n  b\n",
    "inclusive assertion": "2026-01-01 x\n  a:b  1\n  a  1 =* 2\n  c\n",
    "inclusive assignment": "2026-01-01 x\n  a:b  1\n  a  =* 5\n  c\n",
    "sole assignment": "2026-01-01 x\n  (a)  1 EUR\n  (a)  1 USD\n2026-01-02 y\n  a  == 5 EUR\n  c\n",
    "assigned at a cost": "2026-01-01 x\n  (a)  3 EUR\n2026-01-02 x\n  a  = 1 EUR @ 2 USD\n  b\n",
    "assignment with a date of its own": "2026-01-01 x\n  a  = 1  ; date:2026-01-02\n  b\n",
    "assignment where a rule adds": "= q\n  a  *2\n2026-01-01 x\n  a  = 1\n  b\n",
    "the latest alias first": "alias X = Y\nalias a = X\n2026-01-01 x\n  a  1\n  b\n",
    "aliases see the prefix": "apply account p\nalias p:a = X\n2026-01-01 x\n  a  1\n  (b)  -1\n  c\n",
    "leftmost-longest": "alias /a|ab/ = X\n2026-01-01 x\n  abc  1\n  b\n",
    "groups": r"alias /^(a+):([^:]+):(.*)/ = \1:\2 \3" "\n2026-01-01 x\n  aa:b:c d  1\n  b\n",
    "default commodity": "D 1,000.00 CNY\n2026-01-01 x\n  a  1,000\n  b  -1000.00 CNY\n",
    "default mark for other commodities": "D 1,000.00 CNY\n2026-01-01 x\n  a  EUR 1,000\n  b  EUR -1000\n",
    "format": "commodity EUR\n  format EUR 1.000,00\n2026-01-01 x\n  a  1.000 EUR\n  b  -1000 EUR\n",
    "exponent": "2026-01-01 x\n  a  1E3 EUR\n  b  -1000 EUR\n",
    "commodity and exponent": "2026-01-01 x\n  a  1E\n  b  -1 E\n",
    "blank between digits": "2026-01-01 x\n  a  1 000 EUR\n  b  -1000 EUR\n",
    "tabs": "2026-01-01\tx\n\ta\t\t1 EUR\n\tb c\n",
    "full-width blanks": "2026-01-01\u3000x\n\u3000a\u3000b\u3000\u30001 EUR\n\u3000c\n",
    "comment block": "comment\n2026-01-01 x\n  a  1\nend comment\n2026-01-01 y\n  a  1\n  b\n",
    "status sticks": "2026-01-01 *x\n  !a  1\n  * b\n",
    "code must stand apart": "2026-01-01 *(x\n  a  1\n  b\n",
    "bracketed dates": "2026-01-01 x\n  a  1  ; [1/5=1/6]\n  b  ; [=2026-01-09]\n",
    "the first date counts": "2026-01-01 x\n  a  1  ; [2026-01-05] date:2026-01-02\n  ; date:2026-01-03\n  b\n",
    "no tag is a date in a header": "2026-01-01 x  ; date:nonsense\n  a  1\n  b\n",
}


@pytest.mark.parametrize("name", CASES)
def test_cases(name: str, tmp_path: Path) -> None:
    check(CASES[name], tmp_path / "case.journal")


#: What hledger 1.25 refuses: so do we.
REFUSED = [
    "assert 1", "A x", "bucket x", "capture x y", "check 1", "define x=1", "python", "eval 1", "expr 1", "value 1",
    "apply tag x", "apply fixed X 1", "apply year 2026", "end apply tag", "end foo", "--foo", "test", "tagx", "D 1000 CNY",
    "account a  A", "account a  ; type:foo", "commodity 1000 CNY", "decimal-mark x", "alias a", "Y20", "P 2026-01-01 EUR",
    "include nothing.journal", "i 2026-01-01 09:00 a", "foo", "  indented", "2026-01-01x", "2026-13-01 x", "2026-02-30 x",
    "2026-01/01 x", "10/1/2026 x", "2026-01-01 (x", "~ foo", "~ weekly from 2019-10-01", "2026-01-01 x\n  a  1 2.3", "2026-01-01 x\n  a  1,2,",
    "2026-01-01 x\n  a  1 {2 EUR", "2026-01-01 x\n  a  (1 + 1)", "2026-01-01 x\n  a  1 =", "2026-01-01 x\n  a  1 @",
    "2026-01-01 x\n  a  1  ; date:", "2026-01-01 x\n  a  1  ; [2026-02-30]", "2026-01-01 x\n  a  1 000E3", "end apply account",
]  # fmt: skip


@pytest.mark.parametrize("text", REFUSED)
def test_what_hledger_refuses_we_refuse(text: str, tmp_path: Path) -> None:
    path = tmp_path / "case.journal"
    path.write_text(text + "\n", encoding="utf-8")
    assert isinstance(hledger_changes(path), str), "hledger reads it: not a case for this list"
    assert read(text + "\n").diagnostics


#: What we refuse of real journals, and why; everything else must give hledger's numbers.
KNOWN = {
    "borrowing.journal": "dates without a year, which hledger takes for this year's",
    "standard.dat": "costs of thirty digits that sum to less than a cent, but to more than its own amounts show",
}


def test_real_journals(shared_data: Path) -> None:
    """Every real journal gives hledger's numbers, or a problem with file, line and column."""
    seen = 0
    for path in sorted((shared_data / "ledgers").rglob("*")):
        if path.suffix not in {".journal", ".ledger", ".dat", ".hledger", ".j"}:
            continue
        seen += 1
        source = FilesSource([str(path)], cwd=path.parent, home=os.environ.get("HOME"))
        ours = load(source, source.names, separate=True)
        theirs = hledger_changes(path)
        if not ours.diagnostics:
            assert changes(ours.transactions) == theirs, path
            continue
        assert all(d.span.file and d.span.line and d.span.column for d in ours.diagnostics), path
        assert isinstance(theirs, str) or path.name in KNOWN, f"{path}: hledger accepts, we say {ours.diagnostics}"
    assert seen > 50

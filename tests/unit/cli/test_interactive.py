"""`reconcile --interactive`, scripted with a terminal made of lists, and once through a real one."""

import io
import os
import pty
import select
import shutil
import subprocess
import sys

import pytest

from custledger.cli.context import Context
from custledger.cli.interactive import Session
from custledger.cli.interactive_book import Bench
from custledger.cli.shell import Shell
from custledger.render import draw

SETTINGS = """\
book: 1
currency: CNY
decimal_mark: "."
accounts:
  receivable: [assets:receivable]
  cash: [assets:bank]
  revenue: [income]
  discount: [expenses:discounts]
  bad_debt: [expenses:bad debt]
  fee: [expenses:bank charges]
"""
JOURNAL = """\
; a year
2026-02-21 (A-1) Bolt
    assets:receivable:bolt   CNY 100.00
    income:sales
2026-02-21 (A-2) Bolt
    assets:receivable:bolt   CNY 250.00
    income:sales
2026-02-21 (A-3) Bolt
    assets:receivable:bolt   CNY 200.00
    income:sales

2026-02-25 (R-2) Bolt | transfer   ; method:wire
    ; > thanks
    assets:bank             CNY 300.00
    assets:receivable:bolt  ; from the bank
2026-02-27 (R-3) Bolt | transfer
    assets:bank                CNY 245.00
    assets:receivable:bolt    CNY -245.00
"""
TAIL = JOURNAL.partition("2026-02-27")[2]
ENV = {"CUSTLEDGER_TODAY": "2026-06-30", "COLUMNS": "80", "NO_COLOR": "1"}


class Script:
    """A terminal that answers from a list; `said` are keys, lines and pages."""

    def __init__(self, say, *typed):
        self.say, self.typed, self.said, self.pages = say, list(typed), [], []

    def show(self, page):
        self.pages.append(draw(page, None, "text", self.say, width=80))

    def tell(self, key, **args):
        self.said.append(self.say.text(key, **args))

    def line(self, text):
        self.said.append(text)

    def ask(self, key, **args):
        self.say.text(key, **args)
        return self.typed.pop(0) if self.typed else None


@pytest.fixture
def book(tmp_path):
    root = tmp_path / "book"
    (root / "journals").mkdir(parents=True)
    (root / "customers").mkdir()
    (root / "custledger.yaml").write_text(SETTINGS)
    (root / "customers" / "bolt.yaml").write_text("id: bolt\nname: Bolt\n---\nid: nut\nname: Nut\n")
    (root / "journals" / "a.journal").write_text(JOURNAL)
    return root


@pytest.fixture
def play(book):
    def run(*typed, language="en", customers=None):
        shell = Shell(io.StringIO(), io.StringIO(), io.StringIO(), ENV, book.parent)
        context = Context(shell, {"book": str(book), "lang": language})
        script = Script(context.say, *typed)
        counts = Session(Bench(context, customers), script).run()
        return counts, script, (book / "journals" / "a.journal").read_text()

    return run


def test_a_set_is_taken_and_lands_as_text(play):
    counts, script, text = play("1", "q")
    assert counts["settled"] == 1
    assert "    assets:receivable:bolt  CNY -100.00  ; from the bank, invoice:A-1, applied:2026-06-30\n" in text
    assert "    assets:receivable:bolt  CNY -200.00  ; invoice:A-3, applied:2026-06-30, split:\n" in text
    assert text.endswith(TAIL)
    assert "R-2: CNY 300.00 settles A-1, A-3" in script.said
    assert len(script.pages) == 2


def test_amounts_are_split_and_the_rest_is_asked_for_again(play):
    counts, script, text = play("A-2=50 A-1=20.5", "a", "q")
    assert counts == {"settled": 1, "rejected": 0, "account": 1, "skipped": 0}
    assert "CNY -50.00  ; from the bank, invoice:A-2" in text
    assert "CNY -20.50  ; invoice:A-1" in text
    assert "CNY -229.50" in text
    assert "CNY 229.50" in script.pages[1]


def test_a_difference_is_written_off_to_the_account_of_its_reason(play):
    counts, script, text = play("s", "w A-2 fee")
    assert counts == {"settled": 1, "rejected": 0, "account": 0, "skipped": 1}
    assert "    expenses:bank charges        CNY 5.00  ; date:2026-06-30\n" in text
    assert "kind:adjustment" in text
    assert any("CNY 5.00 written off (bank fee) to expenses:bank charges" in line for line in script.said)


def test_bad_debt_is_written_off(play):
    _, _, text = play("s", "w A-2 write-off")
    assert "expenses:bad debt" in text
    assert "kind:write-off" in text


def test_a_rejection_is_kept_and_respected(play):
    _, script, text = play("x 1", "q")
    assert "; from the bank, not-invoice:A-1, not-invoice:A-3" in text
    assert text.endswith(TAIL)
    assert "A-1 + A-3" in script.pages[0]
    assert "A-2" in script.pages[1]
    assert "A-1" not in script.pages[1]


def test_undo_gives_the_text_back_byte_for_byte(play):
    counts, script, text = play("1", "w A-2 fee", "u", "u", "x 2", "u", "s", "u", "u", "a", "s", "u", "u", "q")
    assert text == JOURNAL
    assert counts == {"settled": 0, "rejected": 0, "account": 0, "skipped": 0}
    assert "there is no step to take back" in script.said


def test_undo_refuses_where_the_file_has_changed_since(play, book):
    file = book / "journals" / "a.journal"

    def meddle(script):
        file.write_text(file.read_text() + "; mine\n")
        return "u"

    shell = Shell(io.StringIO(), io.StringIO(), io.StringIO(), ENV, book.parent)
    context = Context(shell, {"book": str(book)})
    script = Script(context.say, "1", meddle, "q")
    ask = script.ask
    script.ask = lambda key, **args: one(script) if callable(one := ask(key, **args)) else one
    Session(Bench(context, None), script).run()
    assert file.read_text().endswith("; mine\n")
    assert "invoice:A-1" in file.read_text()
    assert any("the files have changed" in line for line in script.said)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("zz", "neither a number"),
        ("A-1=101", "of A-1 no more than CNY 100.00 is open"),
        ("A-2=200 A-3=101", "no more than CNY 300.00 is left"),
        ("1=50", "an amount goes to one invoice"),
        ("w 1 discount", "nothing is missing"),
        ("w A-1 A-2 withholding", "accounts.withholding"),
        ("A-1=0.001", "is no amount"),
    ],
)
def test_what_cannot_be_done_writes_nothing_and_says_why(play, typed, said):
    _, script, text = play(typed, "q")
    assert text == JOURNAL
    assert any(said in line for line in script.said), script.said


def test_it_shows_more_the_story_and_help(play):
    _, script, text = play("m", "i", "?", "q", language="zh")
    assert text == JOURNAL
    assert "可能核销的单据" in script.pages[0]
    assert "依次尝试的依据" in script.pages[2]
    assert "w 1 discount" not in script.pages[3]
    assert all(len(line) <= 80 for page in script.pages for line in page.splitlines())


def test_only_the_customers_asked_for(play):
    counts, script, _ = play(customers=["nut"])
    assert script.pages == []
    assert sum(counts.values()) == 0


def test_end_of_input_ends_it_and_keeps_what_was_done(play):
    counts, _, text = play("1")
    assert counts["settled"] == 1
    assert "invoice:A-1" in text


def test_hledger_reads_what_was_written(play, book):
    if shutil.which("hledger") is None:
        pytest.skip("hledger is not installed")
    _, _, text = play("A-2=50 A-1=20.5", "a", "w A-3 discount", "q")
    assert text != JOURNAL
    done = subprocess.run(
        ["hledger", "-f", str(book / "journals" / "a.journal"), "balance", "assets", "-N", "--flat"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "CNY 545.00  assets:bank" in done.stdout


def test_through_a_real_terminal(book):
    main, other = pty.openpty()
    words = [sys.executable, "-m", "custledger", "--book", str(book), "--lang", "en", "reconcile", "--interactive"]
    process = subprocess.Popen(
        words, stdin=other, stdout=other, stderr=other, env={**os.environ, **ENV}, close_fds=True
    )
    os.close(other)
    seen = b""

    def until(text):
        nonlocal seen
        start = len(seen)
        while text not in seen[start:]:
            ready, _, _ = select.select([main], [], [], 30)
            assert ready, seen.decode()
            try:
                seen += os.read(main, 65536)
            except OSError:  # the other end is closed
                return

    for typed in (b"1\n", b"u\n", b"q\n"):
        until(b"(? explains): ")
        os.write(main, typed)
    until(b"with something left: 2")
    assert process.wait(30) == 0
    os.close(main)
    assert b"R-2: CNY 300.00 settles A-1, A-3" in seen
    assert (book / "journals" / "a.journal").read_text() == JOURNAL


def test_a_bare_journal_is_written_to_but_not_what_it_includes(tmp_path):
    (tmp_path / "old.journal").write_text(JOURNAL)
    (tmp_path / "new.journal").write_text(f"include old.journal\n\n2026-02-28{TAIL}".replace("R-3", "R-4"))

    def run(name, *typed):
        context = Context(Shell(io.StringIO(), io.StringIO(), io.StringIO(), ENV, tmp_path), {"file": [name]})
        script = Script(context.say, *typed)
        return Session(Bench(context, None), script).run(), script

    counts, script = run("new.journal", "1", "x 1", "s", "s", "A-2=50", "q")
    assert counts["settled"] == 1
    assert (tmp_path / "old.journal").read_text() == JOURNAL
    assert "CNY -50.00  ; invoice:A-2" in (tmp_path / "new.journal").read_text()
    assert any("included" in said for said in script.said)
    counts, _ = run("old.journal", "1", "q")
    assert counts["settled"] == 1
    assert "invoice:A-1" in (tmp_path / "old.journal").read_text()

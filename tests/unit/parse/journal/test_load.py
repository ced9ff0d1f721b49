"""Roots, includes, contexts, and the journal as a whole."""

from __future__ import annotations

import pytest

from custledger.core.trouble import WorldError
from custledger.parse.journal.load import DEPTH_MAX, load
from journals import DictSource, changes, read


def found(files: dict[str, str], names: list[str] | None = None, **options: object) -> list[tuple[str, str, str, int]]:
    journal = load(DictSource(files), names or sorted(files), **options)
    return [(d.slug, d.variant, d.span.file, d.span.line) for d in journal.diagnostics]


def test_roots_are_what_no_other_includes() -> None:
    files = {"j/b.journal": "include a.journal\n", "j/a.journal": "2026-01-01 x\n", "j/c.journal": "2026-01-02 y\n"}
    journal = load(DictSource(files), sorted(files))
    assert journal.roots == ("j/b.journal", "j/c.journal")
    assert journal.files == ("j/b.journal", "j/a.journal", "j/c.journal")
    assert [t.span.file for t in journal.transactions] == ["j/a.journal", "j/c.journal"]
    assert [t.index for t in journal.transactions] == [0, 1]


def test_files_that_only_include_each_other_are_reported_not_lost() -> None:
    files = {"a": "include b\n2026-01-01 x\n", "b": "include a\n"}
    journal = load(DictSource(files), ["a", "b"])
    assert [(d.slug, dict(d.args)["chain"]) for d in journal.diagnostics] == [("include-cycle", "a → b → a")]
    assert len(journal.transactions) == 1


def test_number_styles_flow_back_and_on_all_else_does_not() -> None:
    child = "decimal-mark ,\ncommodity X 1.000,00\nY2026\nalias a = z\nD 1,00 X\napply account p\n"
    entry = "2026-01-01 x\n  (a)  1,000 X\n"
    journal = load(DictSource({"a": f"include c\n{entry}", "b": entry, "c": child}), ["a", "b", "c"])
    assert not journal.diagnostics
    assert changes(journal.transactions) == {("2026-01-01", "a", "X"): 2}
    assert found({"a": "include c\n1/2 x\n", "c": child}) == [("date-without-year", "", "a", 2)]


def test_an_included_file_begins_with_the_context_of_its_line() -> None:
    files = {
        "a": "include c\n",
        "b": "Y2026\nalias a = z\napply account p\nD 1,000.00 X\ninclude c.journal\nend apply account\nend aliases\n",
        "c.journal": "1/2 x\n  (a)  1,000\n",
    }
    journal = load(DictSource(files), ["b"])
    assert changes(journal.transactions) == {("2026-01-02", "p:a", "X"): 1000}


def test_separate_journals_know_nothing_of_each_other() -> None:
    files = {"a": "commodity X 1.000,00\n2026-01-01 x\n  (a)  1\n", "b": "2026-01-01 x\n  (a)  2 = 2\n  (b)  1,000 X\n"}
    assert found(files, ["a", "b"], separate=True) == [("ambiguous-number", "", "b", 3)]
    files["b"] = files["b"].replace("1,000 X", "1 X")
    assert found(files, ["a", "b"], separate=True) == []
    assert found(files, ["a", "b"]) == [("failed-assertion", "", "b", 2)]


def test_assertions_run_by_date_over_all_roots() -> None:
    files = {"a": "2026-01-02 x\n  (a)  1 = 3\n", "b": "2026-01-01 x\n  (a)  2 = 2\n2026-01-02 y\n  (a)  4 = 7\n"}
    assert found(files) == []


@pytest.mark.parametrize(
    ("text", "slug", "variant"),
    [
        ("include nothing", "include-missing", ""),
        ("include a.timedot", "unsupported", "include-format"),
        ("include timeclock:x", "unsupported", "include-format"),
        ("include x.csv", "unsupported", "include-format"),
    ],
)
def test_includes_that_fail(text: str, slug: str, variant: str) -> None:
    assert found({"a": f"\n{text}\n"}) == [(slug, variant, "a", 2)]


class Unwilling(DictSource):
    def __init__(self, key: str) -> None:
        super().__init__({"a": "include x\n"})
        self.key = key

    def include(self, including: str, pattern: str) -> list[str]:
        raise WorldError(self.key, file=including, pattern=pattern)


@pytest.mark.parametrize(
    ("key", "slug", "variant"),
    [
        ("files.include_escapes", "include-escape", ""),
        ("files.not_regular", "include-missing", "not-regular"),
        ("files.no_permission", "include-missing", "no-permission"),
        ("files.include_too_many", "include-missing", "too-many"),
    ],
)
def test_what_the_world_says_of_an_include(key: str, slug: str, variant: str) -> None:
    journal = load(Unwilling(key), ["a"])
    assert [(d.slug, d.variant, d.span.column) for d in journal.diagnostics] == [(slug, variant, 9)]


def test_what_is_the_worlds_own_matter_is_raised() -> None:
    with pytest.raises(WorldError):
        load(Unwilling("files.changed_while_reading"), ["a"])


def test_nesting_has_an_end() -> None:
    files = {f"f{n}": f"include f{n + 1}\n" for n in range(DEPTH_MAX + 1)} | {f"f{DEPTH_MAX + 1}": ""}
    assert found(files) == [("too-large", "includes", f"f{DEPTH_MAX - 1}", 1)]


def test_settings_settle_numbers_and_digits() -> None:
    assert (
        read("2026-01-01 x\n  (a)  1,000\n", decimal_mark=".").transactions[0].postings[0].amounts[0].quantity == 1000
    )
    text = "2026-01-01 x\n  a  1 X @ 1.004 Y\n  b  -1 Y\n"
    assert not read(text).diagnostics
    assert read(text, commodities={"Y": 3}).diagnostics


def test_what_an_unreadable_entry_would_have_defined_is_not_reported_missing() -> None:
    text = "2026-01-01 x\n  a  1 oops oops\n  b\n2026-01-02 y\n  a  1 = 2\n  b  -1 = -2\n  c  0 = 5\n"
    assert found({"a": text}) == [("syntax", "after-amount", "a", 2), ("failed-assertion", "", "a", 7)]
    assert found({"a": "include x\n2026-01-02 y\n  a  1 = 2\n  b\n"}) == [("include-missing", "", "a", 1)]


def test_declarations() -> None:
    text = (
        "account assets:bank  ; type: Cash\napply account p\naccount b\nend apply account\npayee A\ntag t\n"
        "P 2026-01-02 USD CNY 7.10\ncommodity CNY 1,000.00\n2026-01-01 x\n  a  1.5 EUR\n  b\n"
    )
    journal = read(text)
    assert [(one.name, one.type) for one in journal.accounts] == [("assets:bank", "C"), ("p:b", "")]
    assert (journal.payees, journal.tags) == ({"A"}, {"t"})
    (price,) = journal.prices
    assert (price.commodity, price.price.quantity, price.date.isoformat()) == (
        "USD",
        price.price.quantity,
        "2026-01-02",
    )
    assert {name: (one.digits, one.declared) for name, one in journal.commodities.items()} == {
        "CNY": (2, True),
        "EUR": (1, False),
    }
    assert found({"a": "account a  ; type:foo\n"}) == [("syntax", "account-type", "a", 1)]


def test_a_yearless_date_takes_the_year_in_force() -> None:
    journal = read("2026-01-01 x\nY2027\n2/3 y\nyear 2028\n2/3=2/4 z\n  a  1  ; date:5/6\n  b\n")
    assert [t.date.isoformat() for t in journal.transactions] == ["2026-01-01", "2027-02-03", "2028-02-03"]
    assert journal.transactions[2].date_secondary
    assert journal.transactions[2].postings[0].date.isoformat() == "2028-05-06"


def test_the_first_date_of_a_posting_counts() -> None:
    text = "2026-01-01 x\n  a  1  ; x:[2026-01-05=2026-01-06], date:2026-01-02, date2:2026-01-08\n  ; date:2026-01-03\n  b\n"
    posting = read(text).transactions[0].postings[0]
    assert posting.date.isoformat() == "2026-01-05"
    assert str(posting.date_secondary) == "2026-01-06"


def test_payee_and_note() -> None:
    first, second = read("2026-01-01 A | b | c\n2026-01-01 A\n").transactions
    assert (first.payee, first.note, first.description) == ("A", "b | c", "A | b | c")
    assert (second.payee, second.note) == ("A", "")


@pytest.mark.parametrize(
    ("damage", "silent"),
    [("prose of some kind", False), ("python", False), ("account (a)", False), ("include nothing", True), ("alias a", True), ("<<<<<<<\n>>>>>>>", True)],
)  # fmt: skip
def test_what_may_hide_entries_keeps_assertions_quiet(damage: str, silent: bool) -> None:
    slugs = [slug for slug, *_ in found({"a": f"{damage}\n\n2026-01-02 y\n  a  1 = 2\n  b\n"})]
    assert len(slugs) == (1 if silent else 2)
    assert ("failed-assertion" in slugs) != silent

"""Rules over sequences, text, files and master data, on a book made by hand."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace

import pytest

from checkable import (
    BARE,
    activity,
    at,
    charge,
    cny,
    credit,
    customer,
    day,
    found,
    invoice,
    places,
    plain,
    posting,
    transaction,
)
from custledger.book.entry import AdvanceUse
from custledger.book.settings import Dated, Numbering, Settings
from custledger.core.span import Span
from custledger.core.terms import Terms
from custledger.parse.journal.model import AccountDeclared, Comment, Journal, Tag

# numbers ---------------------------------------------------------------------------------------------------------------

SINCE = Settings(numbering=Numbering(since=day("2026-01-01")))


def gaps(numbers: list[str], settings: Settings = SINCE, date: str = "2026-01-20") -> list[tuple[str, str, str]]:
    documents = tuple(invoice(n, line, date=day(date)) for line, n in enumerate(numbers, 1))
    return [
        (a["name"], a["first"], a["last"]) for _, _, _, a in found("number-gap", settings=settings, invoices=documents)
    ]


def test_number_gap() -> None:
    assert gaps(["INV-2026-0001", "INV-2026-0002"]) == []
    assert gaps(["INV-2026-0001", "INV-2026-0003"]) == [("INV-2026-0003", "INV-2026-0002", "INV-2026-0002")]
    assert gaps(["INV-2026-0005", "INV-2026-0001"]) == [("INV-2026-0005", "INV-2026-0002", "INV-2026-0004")]


def test_a_sequence_of_the_first_year_begins_at_one() -> None:
    assert gaps(["INV-2026-0003"]) == [("INV-2026-0003", "INV-2026-0001", "INV-2026-0002")]
    later = Settings(numbering=Numbering(since=day("2026-02-01")))
    assert gaps(["INV-2026-0003"], later, "2026-02-02") == []


def test_each_sequence_by_itself_and_past_its_width() -> None:
    assert gaps(["INV-2025-0009", "INV-2026-0001"], date="2026-01-02") == []
    wide = Settings(numbering=Numbering(invoice="A{seq:01}", since=day("2026-01-01")))
    assert gaps([f"A{n}" for n in range(1, 12)], wide) == []
    assert gaps(["A9", "A11"], wide) == [("A11", "A10", "A10")]


def test_numbers_of_another_pattern_and_books_without_a_day() -> None:
    assert gaps(["X-1", "X-9", "INV-2026-00001"]) == []
    assert gaps(["INV-2026-0001", "INV-2026-0009"], Settings()) == []


# text ------------------------------------------------------------------------------------------------------------------


def tagged(*tags: Tag, text: str = "", outside: tuple[tuple[str, Span], ...] = ()) -> Journal:
    comment = Comment(text=text, tags=tags, outside=outside)
    return Journal(transactions=(transaction(posting("a"), posting("b", 3, comment)),))


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("货款invoice", "invoice"), ("。due", "due"), (")invoice", "invoice"), ("货款not-invoice", "not-invoice"),
        ("invoice", None), ("overdue", None), ("not-invoice", None), ("our-terms", None), ("x", None), ("货款", None),
    ],
)  # fmt: skip
def test_glued_tag(name: str, meant: str | None) -> None:
    rows = found("glued-tag", journal=tagged(Tag(name, "INV-1", at(3))))
    assert [a["tag"] for _, _, _, a in rows] == ([meant] if meant else [])


@pytest.mark.parametrize(
    ("text", "count"), [("invoice：INV-1", 1), ("货款, due：2026-01-01", 1), ("发票invoice", 0), ("备注：无", 0)]
)
def test_full_width_colon(text: str, count: int) -> None:
    assert len(found("glued-tag", journal=tagged(text=text))) == count


def test_text_from_outside_has_no_tags() -> None:
    line = "> invoice：INV-1"
    assert found("glued-tag", journal=tagged(text=line, outside=((line, at(3)),))) == []


def test_undeclared_account() -> None:
    postings = (posting("assets:bank", 2), posting("income:slaes", 3), posting("income:slaes", 4))
    declared = tuple(AccountDeclared(name=n, type="", span=at(1)) for n in ("assets", "income:sales"))
    journal = Journal(transactions=(transaction(*postings),), accounts=declared)
    assert places(found("undeclared-account", journal=journal)) == [(3, "near")]
    assert found("undeclared-account", journal=Journal(transactions=journal.transactions)) == []


def test_undeclared_account_is_for_strict_alone() -> None:
    from checkable import checked
    from custledger.check.run import run_checks

    journal = Journal(
        transactions=(transaction(posting("x")),), accounts=(AccountDeclared(name="a", type="", span=at(1)),)
    )
    assert run_checks(checked(journal=journal)) == ()
    assert len(run_checks(checked(journal=journal), strict=True)) == 1


def test_stray_file() -> None:
    strays = (
        SimpleNamespace(name="customers/a.yml", reason="ending", rename="customers/a.yaml"),
        SimpleNamespace(name="journals/scan.pdf", reason="ending", rename=None),
        SimpleNamespace(name="journals/link", reason="link", rename=None),
    )
    rows = found("stray-file", strays=strays)
    assert [(f, v) for f, _, v, _ in rows] == [
        ("customers/a.yml", "rename"), ("journals/link", "link"), ("journals/scan.pdf", ""),
    ]  # fmt: skip


# book.journal ----------------------------------------------------------------------------------------------------------

ROOTS = Journal(roots=("journals/a.journal", "journals/b.journal"))
BOTH = "include journals/a.journal\ninclude journals/b.journal\n"


@pytest.mark.parametrize(
    ("text", "mark", "variant"),
    [
        (BOTH, None, None),
        ("; ours\n" + BOTH + "commodity CNY 1.00\n", None, None),
        ("include journals/*.journal\n", None, None),
        ("include journals/a.journal\n", None, ""),
        ("", None, "several"),
        ("include journals/b.journal\ninclude journals/a.journal\n", None, "order"),
        (BOTH + "include journals/a.journal\n", None, "twice"),
        (BOTH + "include other.journal\n", None, "foreign"),
        (BOTH, ".", "mark"),
        ("decimal-mark .\n" + BOTH, ".", None),
        ("decimal-mark ,\n" + BOTH, ".", "mark"),
        (BOTH + "decimal-mark .\n", ".", "mark"),
    ],
)
def test_incomplete_book_journal(text: str, mark: str | None, variant: str | None) -> None:
    rows = found(
        "incomplete-book-journal", journal=ROOTS, settings=Settings(decimal_mark=mark), texts={"book.journal": text}
    )
    assert [v for _, _, v, _ in rows] == ([] if variant is None else [variant])


def test_no_book_journal_at_all() -> None:
    assert [v for _, _, v, _ in found("incomplete-book-journal", journal=ROOTS)] == ["missing"]
    assert found("incomplete-book-journal") == []
    assert found("incomplete-book-journal", journal=ROOTS, settings=BARE) == []


# customers and the log -------------------------------------------------------------------------------------------------


def test_parent_cycle() -> None:
    def chain(*pairs: tuple[str, str | None]) -> tuple[object, ...]:
        return tuple(customer(name, line, parent=parent) for line, (name, parent) in enumerate(pairs, 1))

    assert found("parent-cycle", customers=chain(("a", "b"), ("b", "c"), ("c", None))) == []
    (row,) = found("parent-cycle", customers=chain(("x", "a"), ("a", "b"), ("b", "c"), ("c", "a")))
    assert row[3]["circle"] == "a → b → c → a"
    assert found("parent-cycle", customers=chain(("a", "a"))) == []
    assert len(found("parent-cycle", customers=chain(("a", "b"), ("b", "a"), ("c", "d"), ("d", "c")))) == 2


def test_unknown_activity() -> None:
    promise = activity("2026-02-20-3f9c1a", 1)
    closing = activity("2026-03-05-b81d02", 2, closes="2026-02-20-3f9c1a")
    assert found("unknown-activity", activities=(promise, closing)) == []
    astray = activity("2026-03-05-b81d02", 2, closes="2026-02-20-3f9c1b")
    assert places(found("unknown-activity", activities=(promise, astray))) == [(2, "near")]


# undated-change --------------------------------------------------------------------------------------------------------

NET30, NET60 = Terms("net 30"), Terms("net 60")


def test_undated_change() -> None:
    changed = customer("acme", terms=plain(NET60))
    stated = invoice("INV-1", 1, terms=NET30, date=day("2026-01-10"))
    relying = invoice("INV-2", 5, date=day("2026-01-20"))
    (row,) = found("undated-change", customers=(changed,), invoices=(stated, relying))
    assert row[0:2] == ("customers/a.yaml", 3)
    assert (row[3]["value"], row[3]["other"], row[3]["witness"], row[3]["name"]) == (
        "net 60",
        "net 30",
        "INV-1",
        "INV-2",
    )


@pytest.mark.parametrize(
    ("terms", "documents"),
    [
        (plain(NET60), [invoice("1", terms=NET30)]),
        (plain(NET60), [invoice("1"), invoice("2", terms=NET30, date=day("2026-02-01"))]),
        (plain(NET60), [invoice("1", terms=NET60), invoice("2", terms=NET30), invoice("3")]),
        (plain(NET60), [invoice("1", terms=NET30), invoice("2", due=day("2026-02-01"))]),
        (Dated(((dt.date(2026, 1, 1), NET60),)), [invoice("1", terms=NET30), invoice("2")]),
    ],
)
def test_no_witness_no_undated_change(terms: Dated[object], documents: list[object]) -> None:
    assert found("undated-change", customers=(customer("acme", terms=terms),), invoices=tuple(documents)) == []


def test_undated_change_of_the_books_currency() -> None:
    settings = Settings(currency=Dated(((None, "CNY"),), Span("custledger.yaml", 4)))
    documents = (invoice("1", currency="USD"), invoice("2", date=day("2026-02-01")))
    rows = found(
        "undated-change", settings=settings, customers=(customer("acme"), customer("beta")), invoices=documents
    )
    assert [(f, line) for f, line, _, _ in rows] == [("custledger.yaml", 4)]


def test_undated_change_of_a_limit() -> None:
    one = customer("acme", credit_limit=plain(Decimal(500)))
    raised = activity("a", kind="credit-limit", customer="acme", amount=Decimal(400))
    assert places(found("undated-change", customers=(one,), activities=(raised,))) == [(3, "limit")]
    later = activity("b", kind="credit-limit", customer="acme", amount=Decimal(500), date=day("2026-04-01"))
    assert found("undated-change", customers=(one,), activities=(raised, later)) == []


def test_opening_entries_show_no_gap() -> None:
    """Numbers taken over from another system came from there."""
    taken_over = (charge("INV-2025-0187", kind="opening"), charge("INV-2025-0099", date_claim=day("2025-05-01")))
    assert found("number-gap", settings=SINCE, charges=taken_over) == []
    assert len(found("number-gap", settings=SINCE, charges=(charge("INV-2026-0002"),))) == 1


def test_gaps_are_told_by_variant_and_seen_in_journals() -> None:
    one, two, six = (charge(f"INV-2026-000{n}", line=n, date=day("2026-01-01")) for n in (1, 2, 6))
    assert places(found("number-gap", settings=SINCE, charges=(one, two, six))) == [(6, "several")]
    note = credit("CN-2026-0002", kind="credit-note", line=8)
    assert places(found("number-gap", settings=SINCE, credits=(note, credit("CN-2026-0009")))) == [(8, "")]
    posted = charge("INV-2026-0003", document="INV-2026-0003", line=3)
    assert found("number-gap", settings=SINCE, charges=(one, two, posted)) == []


def test_today_is_no_future() -> None:
    today = day("2026-02-10")
    journal = Journal(transactions=(transaction(posting("a")),))
    assert found("future-date", today=today, journal=journal, charges=(charge("A", transaction=0, date=today),)) == []
    assert found("future-date", today=today, activities=(activity("a", date=today),)) == []


def test_more_used_of_an_advance_than_there_is() -> None:
    def use(amount: str, line: int) -> AdvanceUse:
        money, on = cny(amount), day("2026-03-01")
        return AdvanceUse(customer="acme", money=money, date=on, receipt="R", invoices=("I",), span=at(line))

    held = credit("R", "100")
    assert found("allocation-exceeds-credit", credits=(held,), advances=(use("100", 5),)) == []
    rows = found("allocation-exceeds-credit", credits=(held,), advances=(use("60", 5), use("60", 6)))
    assert places(rows) == [(6, "advance")]


def test_a_tag_that_does_not_fit_is_no_overpayment() -> None:
    dollars = charge("INV-1", money=cny("80")._replace(commodity="USD"))
    paid = credit("R", "100", ("INV-1",))
    assert found("allocation-exceeds-charge", charges=(dollars,), credits=(paid,)) == []
    assert found("allocation-exceeds-charge", charges=(charge("INV-1", customer="beta"),), credits=(paid,)) == []


def test_the_log_of_another_customer_says_nothing_of_a_limit() -> None:
    one = customer("acme", credit_limit=plain(Decimal(500)))
    others = (
        activity("a", kind="credit-limit", customer="beta", amount=Decimal(400)),
        activity("b", kind="credit-limit", customer="acme"),
        activity("c", kind="note", customer="acme", amount=Decimal(400)),
    )
    assert found("undated-change", customers=(one,), activities=others) == []

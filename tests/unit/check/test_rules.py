"""Each rule over a book made by hand: what it finds, where, and what it leaves alone."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace

import pytest

from checkable import allocation, at, charge, cny, credit, customer, day, debit, found, invoice, totals
from custledger.book.activity import Activity
from custledger.book.entry import AdvanceUse
from custledger.book.invoice import Instalment
from custledger.book.settings import Dated, Numbering, Settings
from custledger.core.span import Span
from custledger.core.terms import Terms
from custledger.parse.journal.model import AccountDeclared, Comment, Journal, Posting, Tag, Transaction

BARE = Settings(bare=True)


def activity(name: str, line: int = 1, **more: object) -> Activity:
    more = {"kind": "note", "date": day("2026-03-01"), **more}
    return Activity(id=name, span=at(line, "activity/a.yaml"), **more)  # type: ignore[arg-type]


def places(rows: list[tuple[str, int, str, dict[str, str]]]) -> list[tuple[int, str]]:
    return [(line, variant) for _, line, variant, _ in rows]


def transaction(*postings: Posting, code: str = "", date: str = "2026-02-10", line: int = 1) -> Transaction:
    span = Span("journals/a.journal", line, 1, line + len(postings), 40)
    return Transaction(index=0, date=day(date), code=code, postings=postings, span=span)


def posting(account: str, line: int = 2, comment: Comment | None = None) -> Posting:
    span = Span("journals/a.journal", line, 5, line, 40)
    return Posting(
        account=account,
        account_written=account,
        amount=None,
        date=day("2026-02-10"),
        comment=comment or Comment(),
        span=span,
        span_account=span,
    )


# duplicate-id ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("customers", "expected"),
    [
        ([customer("acme", 1), customer("beta", 9)], []),
        ([customer("acme", 1), customer("acme", 9)], [(9, "")]),
        ([customer("acme", 1), customer("beta", 9, was=("acme",))], [(9, "")]),
        ([customer("acme", 1, was=("old",)), customer("beta", 9, was=("old",))], [(9, "")]),
        ([customer("acme", 1, was=("acme", "old", "old"))], []),
        ([customer("caf\u00e9", 1), customer("cafe\u0301", 9)], [(9, "alike")]),
        ([customer("acme", 1), customer("acme", 5), customer("acme", 9)], [(5, ""), (9, "")]),
    ],
)
def test_duplicate_id(customers: list[object], expected: list[tuple[int, str]]) -> None:
    assert places(found("duplicate-id", customers=tuple(customers))) == expected


def test_duplicate_id_of_the_log() -> None:
    rows = found("duplicate-id", activities=(activity("a-1", 1), activity("a-2", 2), activity("a-1", 3)))
    assert places(rows) == [(3, "activity")]


# duplicate-number -----------------------------------------------------------------------------------------------------


def test_two_documents_of_one_number() -> None:
    rows = found("duplicate-number", invoices=(invoice("INV-1", 1), invoice("INV-1", 9, customer="beta")))
    assert [(line, args["name"]) for _, line, _, args in rows] == [(9, "INV-1")]


def test_a_documents_own_posting_is_no_second_use() -> None:
    one = charge("INV-1", transaction=3, document="INV-1")
    assert found("duplicate-number", invoices=(invoice("INV-1"),), charges=(one,)) == []


def test_a_second_posting_of_a_document_is() -> None:
    one = charge("INV-1", transaction=3, document="INV-1", line=4)
    two = charge("INV-1", transaction=4, line=8, key="INV-1@8")
    assert places(found("duplicate-number", invoices=(invoice("INV-1"),), charges=(one, two))) == [(8, "")]


def test_instalments_share_their_documents_number() -> None:
    parts = tuple(charge(f"INV-1/{n}", document="INV-1", instalment=n) for n in (1, 2))
    assert found("duplicate-number", invoices=(invoice("INV-1"),), charges=parts) == []


def test_a_credit_note_may_not_bear_an_invoices_number() -> None:
    note = credit("INV-1", kind="credit-note", transaction=2, line=7)
    assert places(found("duplicate-number", charges=(charge("INV-1", transaction=1),), credits=(note,))) == [(7, "")]


def test_receipts_may_repeat() -> None:
    assert found("duplicate-number", credits=(credit("R-1", transaction=1), credit("R-1", transaction=2))) == []


def test_bare_numbers_are_counted_per_customer() -> None:
    one = charge("7", transaction=1, line=1)
    other = charge("7", transaction=2, line=4, customer="beta")
    same = charge("7", transaction=3, line=8)
    assert found("duplicate-number", settings=BARE, charges=(one, other)) == []
    assert places(found("duplicate-number", settings=BARE, charges=(one, other, same))) == [(8, "bare")]


# what names a charge --------------------------------------------------------------------------------------------------


def test_unknown_invoice_and_the_nearest() -> None:
    rows = found("unknown-invoice", charges=(charge("INV-2026-0001"),), credits=(credit("R", "1", ("INV-2026-00O1",)),))
    assert [(v, a["near"]) for _, _, v, a in rows] == [("near", "INV-2026-0001")]
    assert places(found("unknown-invoice", credits=(credit("R", "1", ("X",)),))) == [(5, "")]


def test_known_numbers_are_left_alone() -> None:
    parts = tuple(charge(f"INV-1/{n}", document="INV-1", instalment=n) for n in (1, 2))
    paid = credit("R", "1", ("INV-1", "INV-1/2"))
    note = invoice("CN-1", kind="credit-note", corrects="INV-1")
    assert found("unknown-invoice", invoices=(invoice("INV-1"), note), charges=parts, credits=(paid,)) == []


def test_unknown_invoice_in_documents_log_and_advances() -> None:
    note = invoice("CN-1", 3, kind="credit-note", corrects="INV-8")
    told = activity("a", 4, customer="acme", invoices=("INV-9",))
    use = AdvanceUse(
        customer="acme", money=cny("1"), date=day("2026-03-01"), receipt=None, invoices=("INV-7",), span=at(5)
    )
    rows = found("unknown-invoice", invoices=(note,), activities=(told,), advances=(use,))
    assert sorted(a["name"] for _, _, _, a in rows) == ["INV-7", "INV-8", "INV-9"]


def test_unknown_invoice_is_a_warning_on_a_bare_journal() -> None:
    from checkable import checked
    from custledger.check.run import run_checks

    (one,) = run_checks(checked(settings=BARE, credits=(credit("R", "1", ("X",)),)), ["unknown-invoice"])
    assert (one.severity.value, one.variant, one.customer) == ("warning", "bare", "acme")


def test_wrong_customer() -> None:
    theirs = charge("INV-1", customer="beta")
    assert places(found("wrong-customer", charges=(theirs,), credits=(credit("R", "1", ("INV-1",)),))) == [(5, "")]
    assert found("wrong-customer", charges=(charge("INV-1"),), credits=(credit("R", "1", ("INV-1",)),)) == []
    assert found("wrong-customer", credits=(credit("R", "1", ("INV-1",)),)) == []


def test_wrong_commodity() -> None:
    dollars = charge("INV-1", money=cny("1")._replace(commodity="USD"))
    rows = found("wrong-commodity", charges=(dollars,), credits=(credit("R", "1", ("INV-1",)),))
    assert [(a["own"], a["other"]) for _, _, _, a in rows] == [("CNY", "USD")]
    theirs = charge("INV-1", money=cny("1")._replace(commodity="USD"), customer="beta")
    assert found("wrong-commodity", charges=(theirs,), credits=(credit("R", "1", ("INV-1",)),)) == []


def test_unknown_receipt() -> None:
    paid = credit("RCPT-0007", "10")
    assert found("unknown-receipt", credits=(paid,), debits=(debit("B", "10", "RCPT-0007"),)) == []
    assert places(found("unknown-receipt", credits=(paid,), debits=(debit("B", "10", "RCPT-007"),))) == [(9, "near")]
    foreign = debit("B", "10", "RCPT-0007", customer="beta")
    assert places(found("unknown-receipt", credits=(paid,), debits=(foreign,))) == [(9, "")]


# amounts --------------------------------------------------------------------------------------------------------------


def test_allocation_exceeds_charge() -> None:
    parts = {"charges": (charge("INV-1", "80"),), "credits": (credit("R", "100", ("INV-1",)),)}
    rows = found("allocation-exceeds-charge", allocations=(allocation("R", "INV-1", "80"),), **parts)
    assert [(a["said"], a["paid"], a["rest"]) for _, _, _, a in rows] == [("CNY 100.00", "CNY 80.00", "CNY 20.00")]
    whole = {"charges": (charge("INV-1", "100"),), "credits": (credit("R", "100", ("INV-1",)),)}
    assert found("allocation-exceeds-charge", allocations=(allocation("R", "INV-1", "100"),), **whole) == []


def test_released_allocations_count_once() -> None:
    """What was settled, released by a reversal and settled again was never more than the credit."""
    before = allocation("R", "INV-1", "60", until=day("2026-03-01"))
    after = allocation("R", "INV-1", "60", first=day("2026-03-01"))
    parts = {"charges": (charge("INV-1", "60"),), "credits": (credit("R", "100", ("INV-1",)),)}
    (row,) = found("allocation-exceeds-charge", allocations=(before, after), **parts)
    assert row[3]["paid"] == "CNY 60.00"


def test_a_credit_whose_tag_names_nothing_has_another_problem() -> None:
    assert found("allocation-exceeds-charge", credits=(credit("R", "100", ("NO",)),)) == []


def test_allocation_exceeds_credit() -> None:
    paid = credit("R", "100")
    assert found("allocation-exceeds-credit", credits=(paid,), debits=(debit("B", "100", "R"),)) == []
    rows = found("allocation-exceeds-credit", credits=(paid,), debits=(debit("B", "101", "R"),))
    assert places(rows) == [(9, "")]
    twice = (debit("B", "60", "R", 9), debit("C", "60", "R", 12, date=day("2026-03-02")))
    assert places(found("allocation-exceeds-credit", credits=(paid,), debits=twice)) == [(12, "together")]


def test_credit_note_exceeds_invoice() -> None:
    owed = charge("INV-1", "100")

    def note(name: str, amount: str, line: int) -> object:
        return credit(name, amount, kind="credit-note", corrects="INV-1", line=line)

    assert found("credit-note-exceeds-invoice", charges=(owed,), credits=(note("C1", "100", 5),)) == []
    assert places(found("credit-note-exceeds-invoice", charges=(owed,), credits=(note("C1", "100.01", 5),))) == [
        (5, "")
    ]
    both = (note("C1", "60", 5), note("C2", "60", 6), note("C3", "60", 7))
    assert places(found("credit-note-exceeds-invoice", charges=(owed,), credits=both)) == [(6, "together")]


def test_total_differs() -> None:
    one = invoice("INV-1", 3, expect_total=Decimal("850.00"))
    (row,) = found("total-differs", invoices=(one,), totals={"INV-1": totals("807.50")})
    assert (row[3]["computed"], row[3]["expected"], row[3]["difference"]) == ("CNY 807.50", "CNY 850.00", "CNY -42.50")
    assert found("total-differs", invoices=(one,), totals={"INV-1": totals("850")}) == []
    assert found("total-differs", invoices=(one,)) == []


# dates ----------------------------------------------------------------------------------------------------------------


def test_due_before_date() -> None:
    assert found("due-before-date", charges=(charge("INV-1", date_due=day("2026-01-20")),)) == []
    assert places(found("due-before-date", charges=(charge("INV-1", date_due=day("2026-01-19")),))) == [(1, "")]
    taken_over = charge("INV-1", date_due=day("2025-12-01"), date_claim=day("2025-11-01"))
    assert found("due-before-date", charges=(taken_over,)) == []
    assert found("due-before-date", charges=(charge("O", kind="opening", date_due=day("2025-12-01")),)) == []


def test_due_before_date_of_an_instalment_is_at_the_instalment() -> None:
    part = Instalment(due=day("2026-01-01"), share=Decimal(1), span=at(4, "invoices/a.yaml"))
    document = invoice("INV-1", 1, instalments=(part,))
    late = charge("INV-1/1", document="INV-1", instalment=1, date_due=day("2026-01-01"))
    (row,) = found("due-before-date", invoices=(document,), charges=(late,))
    assert row[:2] == ("invoices/a.yaml", 4)


def test_future_date() -> None:
    today = day("2026-01-20")
    assert found("future-date", today=today, invoices=(invoice("INV-1"),), activities=()) == []
    assert len(found("future-date", today=day("2026-01-19"), invoices=(invoice("INV-1"),))) == 1
    assert len(found("future-date", today=today, activities=(activity("a"),))) == 1


def test_future_date_once_a_transaction() -> None:
    journal = Journal(transactions=(transaction(posting("a"), posting("b"), date="2062-02-10"),))
    entries = (charge("A", transaction=0, date=day("2062-02-10")), charge("B", transaction=0, date=day("2062-02-10")))
    assert len(found("future-date", journal=journal, charges=entries)) == 1


@pytest.mark.parametrize(
    ("reviewed", "status", "count"),
    [
        ("2025-06-30", "active", 0), ("2025-06-29", "active", 1), ("2025-06-29", "on-hold", 1),
        ("2025-06-29", "closed", 0), ("2025-06-29", "prospect", 0), (None, "active", 0),
    ],
)  # fmt: skip
def test_stale_review(reviewed: str | None, status: str, count: int) -> None:
    one = customer("acme", reviewed=day(reviewed) if reviewed else None, status=status)
    assert len(found("stale-review", customers=(one,))) == count


def test_stale_review_on_a_leap_day() -> None:
    one = customer("acme", reviewed=day("2027-02-28"))
    assert found("stale-review", customers=(one,), today=day("2028-02-29")) == []


# numbers --------------------------------------------------------------------------------------------------------------

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


# text -----------------------------------------------------------------------------------------------------------------


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


# book.journal ---------------------------------------------------------------------------------------------------------

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


# customers and the log ------------------------------------------------------------------------------------------------


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


# undated-change -------------------------------------------------------------------------------------------------------

NET30, NET60 = Terms("net 30"), Terms("net 60")


def plain(value: object, line: int = 3) -> Dated[object]:
    return Dated(((None, value),), at(line, "customers/a.yaml"))


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

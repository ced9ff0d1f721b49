"""Rules over ids, numbers, amounts and dates, on a book made by hand: what they find, where, what they leave alone."""

from __future__ import annotations

from decimal import Decimal

import pytest

from checkable import (
    BARE,
    activity,
    allocation,
    at,
    charge,
    cny,
    credit,
    customer,
    day,
    debit,
    found,
    invoice,
    places,
    posting,
    totals,
    transaction,
)
from custledger.book.entry import AdvanceUse
from custledger.book.invoice import Instalment
from custledger.parse.journal.model import Journal

# duplicate-id ----------------------------------------------------------------------------------------------------------


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


# duplicate-number ------------------------------------------------------------------------------------------------------


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


# what names a charge ---------------------------------------------------------------------------------------------------


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


# amounts ---------------------------------------------------------------------------------------------------------------


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


# dates -----------------------------------------------------------------------------------------------------------------


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

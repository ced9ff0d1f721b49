"""Running rules, and one problem to one cause."""

from __future__ import annotations

import pytest

from checkable import charge, checked, credit, customer
from custledger.book.allocation import Story
from custledger.check._text import Texts
from custledger.check.run import one_per_cause, run_checks, strictly
from custledger.core.diagnostic import Diagnostic, Scope, Severity, problem
from custledger.core.span import Span
from custledger.core.trouble import WorldError

TWICE = (customer("acme", 1), customer("acme", 9))


def reader(**texts: str):
    files = {
        name.replace("__", "/").replace("_yaml", ".yaml").replace("_journal", ".journal"): text
        for name, text in texts.items()
    }

    def read(name: str) -> bytes:
        if name not in files:
            raise WorldError("files.missing", file=name)
        return files[name].encode("utf-8")

    return read


def slugs(diagnostics: tuple[Diagnostic, ...]) -> list[str]:
    return [d.slug for d in diagnostics]


def test_all_rules_or_those_named() -> None:
    book = checked(customers=TWICE, credits=(credit("R", "1", ("X",)),))
    assert sorted(slugs(run_checks(book))) == ["duplicate-id", "unknown-invoice"]
    assert slugs(run_checks(book, ["duplicate-id"])) == ["duplicate-id"]
    assert run_checks(book, []) == ()


def test_rules_over_allocations_wait_for_sound_numbers() -> None:
    asked: list[str] = []

    def tell() -> Story:
        asked.append("story")
        return Story()

    def book(**parts: object):
        from dataclasses import replace

        return replace(checked(charges=(charge("I", "50"),), credits=(credit("R", "80", ("I",)),), **parts), story=None)

    assert slugs(run_checks(book(), tell=tell)) == ["allocation-exceeds-charge"]
    assert slugs(run_checks(book(customers=TWICE), tell=tell)) == ["duplicate-id"]
    assert asked == ["story"]
    assert run_checks(book()) == ()


def test_strictly_makes_errors() -> None:
    warning = problem("number-gap", Span("a"), severity=Severity.WARNING)
    assert [d.severity for d in strictly([warning])] == [Severity.ERROR]


BROKEN = problem("unknown-key", Span("customers/a.yaml", 7, 1, 7, 4))
ABSENT = problem("unknown-customer", Span("journals/a.journal", 2, 1, 2, 9), customer_name="acme")
TWO_DOCUMENTS = "id: acme\nname: A\n---\nid: beta\nname: B\n---\ntersm: x\nid: gamma\n"


@pytest.mark.parametrize(("missing", "kept"), [("acme", True), ("gamma", False), ("gam", True), ("beta", True)])
def test_what_an_unreadable_document_defines_is_not_missing(missing: str, kept: bool) -> None:
    absent = problem("unknown-customer", Span("journals/a.journal", 2), customer_name=missing)
    read = reader(customers__a_yaml=TWO_DOCUMENTS)
    assert (absent in one_per_cause([BROKEN, absent], read)) is kept
    assert BROKEN in one_per_cause([BROKEN, absent], read)


def test_without_a_broken_document_everything_missing_is_reported() -> None:
    assert one_per_cause([ABSENT], reader()) == (ABSENT,)


def test_a_file_that_cannot_be_decoded_may_define_anything() -> None:
    def read(name: str) -> bytes:
        return "id: 蓝海".encode("gb18030")

    broken = problem("not-utf8", Span("customers/a.yaml", 1, 5, 1, 6))
    assert one_per_cause([broken, ABSENT], read) == (broken,)


def test_a_broken_entry_of_a_journal() -> None:
    read = reader(journals__a_journal="2026-01-01 (INV-7) x\n  a  1,2,3\n\n2026-01-02 y\n  b  1  ; invoice:INV-7\n")
    missing = problem("unknown-invoice", Span("journals/a.journal", 5), name="INV-7")
    broken = problem("invalid-amount", Span("journals/a.journal", 2, 6, 2, 11))
    assert one_per_cause([missing, broken], read, [Span("journals/a.journal", 1, 1, 2, 11)]) == (broken,)
    assert one_per_cause([missing, broken], read, [Span("journals/a.journal", 4, 1, 5, 11)]) == (broken,)
    assert one_per_cause([missing, broken], read) == (broken, missing)


def test_a_file_under_a_name_that_is_not_read() -> None:
    stray = problem("stray-file", Span("customers/a.yml"), variant="rename", name="customers/a.yml")

    def read(name: str) -> bytes:
        return b"id: acme\n"

    assert one_per_cause([stray, ABSENT], read) == (stray,)


def test_file_order_and_no_repetition() -> None:
    early, late = problem("b", Span("a", 1, 1)), problem("a", Span("a", 2, 1))
    assert one_per_cause([late, early, late], reader()) == (early, late)


def test_looking_back_at_the_text() -> None:
    texts = Texts(reader(a="\ufeffone two\r\nthree two\n"))
    assert texts.find("two", Span("a", 1, 1, 2, 9)) == Span("a", 1, 5, 1, 8)
    assert texts.find("two", Span("a", 1, 6, 2, 9)) == Span("a", 2, 7, 2, 10)
    assert texts.find("zzz", Span("a", 1, 1, 2, 9)) == Span("a", 1, 1, 2, 9)
    assert texts.find("x", Span("nowhere", 1, 1, 2, 9)) == Span("nowhere", 1, 1, 2, 9)
    assert texts.first_word(Span("a", 2, 1, 2, 9)) == Span("a", 2, 1, 2, 6)


def test_a_posting_to_nobody_is_one_problem() -> None:
    span = Span("journals/a.journal", 2, 5, 2, 20)
    nobody = problem("unknown-customer", span, customer_name="zz")
    differs = problem("posting-differs", span, variant="customer")
    total = problem("posting-differs", span._replace(column=30), variant="total")
    assert one_per_cause([nobody, differs, total], reader()) == (nobody, total)


def test_a_credit_note_of_nobody_follows_from_the_invoice_that_is_not_there() -> None:
    nobody = problem("unknown-customer", Span("invoices/a.yaml", 7, 1, 11, 5), variant="nobody")
    corrects = problem("unknown-invoice", Span("invoices/a.yaml", 9, 11, 9, 17), name="INV-9", scope=Scope.CUSTOMER)
    (told,) = one_per_cause([nobody, corrects], reader(invoices__a_yaml=""))
    assert (told.slug, told.scope) == ("unknown-invoice", Scope.BOOK)
    elsewhere = problem("unknown-invoice", Span("invoices/a.yaml", 12, 1, 12, 7), name="INV-9", scope=Scope.CUSTOMER)
    assert one_per_cause([nobody, elsewhere], reader(invoices__a_yaml="")) == (nobody, elsewhere)
    broken = problem("unknown-key", Span("invoices/b.yaml", 2, 1, 2, 4))
    read = reader(invoices__a_yaml="", invoices__b_yaml="number: INV-9\nx: y\n")
    assert one_per_cause([nobody, corrects, broken], read) == (broken,)


@pytest.mark.parametrize("number", ["INV-3", "INV-4"])
def test_a_number_in_a_document_that_cannot_be_read_is_no_gap(number: str) -> None:
    gap = problem(
        "number-gap", Span("invoices/a.yaml", 1), variant="several", name="INV-5", first="INV-3", last="INV-4"
    )
    broken = problem("unknown-key", Span("invoices/b.yaml", 2, 1, 2, 4))
    read = reader(invoices__a_yaml="", invoices__b_yaml=f"number: {number}\nx: y\n")
    assert one_per_cause([gap, broken], read) == (broken,)


def test_a_total_with_a_tax_that_nobody_knows_is_one_problem() -> None:
    tax = problem(
        "invalid-value", Span("invoices/a.yaml", 5, 34, 5, 38), variant="tax-near", number="INV-1", tax="vat9"
    )
    mine = problem("total-differs", Span("invoices/a.yaml", 6, 17, 6, 24), name="INV-1")
    other = problem("total-differs", Span("invoices/a.yaml", 16, 17, 16, 24), name="INV-2")
    assert one_per_cause([tax, mine, other], reader(invoices__a_yaml="")) == (tax, other)


def test_an_error_of_one_customer_does_not_keep_the_engine_from_running() -> None:
    from dataclasses import replace

    parts = {"charges": (charge("I", "50"),), "credits": (credit("R", "80", ("I",)), credit("S", "1", ("NO",)))}
    book = replace(checked(**parts), story=None)
    assert sorted(slugs(run_checks(book, tell=Story))) == ["allocation-exceeds-charge", "unknown-invoice"]

"""From postings to charges, credits and debits: the kind table, merging, numbers, dates, customers."""

import pytest

from custledger.book.customer import Customer
from custledger.book.settings import Dated, Settings
from custledger.core.terms import parse_terms
from engine import ACCOUNTS, book, day, read


def kinds(other: str, amount: int, tags: str = "") -> tuple[str, str]:
    """(class, kind) of a receivable posting with one other account."""
    found = book(f"2026-01-05 (X-1) x{tags}\n    assets:receivable:acme  CNY {amount}\n    {other}\n")
    ((made, _, kind, _),) = found.kinds()
    return made, kind


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ("income:sales", ("Charge", "invoice")),
        ("liabilities:vat:output", ("Charge", "invoice")),
        ("assets:receivable:bolt", None),
        ("assets:bank:icbc", ("Debit", "refund")),
        ("expenses:discounts", ("Debit", "discount")),
        ("expenses:bad debt", ("Debit", "write-off")),
        ("assets:allowance", ("Debit", "write-off")),
        ("assets:withholding", ("Debit", "withholding")),
        ("expenses:fx", ("Debit", "fx")),
        ("liabilities:payable", ("Debit", "contra")),
        ("equity:opening balances", ("Charge", "opening")),
        ("assets:inventory", ("Charge", "invoice")),
        ("expenses:postage", ("Charge", "invoice")),
    ],
)
def test_debits_by_the_other_side(other, expected):
    if expected is None:
        found = book(f"2026-01-05 x\n    assets:receivable:acme  CNY 5\n    {other}\n")
        assert [(k[0], k[2]) for k in found.kinds()] == [("Charge", "transfer"), ("Credit", "transfer")]
        return
    assert kinds(other, 5) == expected


@pytest.mark.parametrize(
    ("other", "kind"),
    [
        ("assets:bank", "payment"),
        ("liabilities:unidentified", "payment"),
        ("assets:somewhere", "payment"),
        ("income:sales", "credit-note"),
        ("liabilities:vat", "credit-note"),
        ("expenses:discounts", "discount"),
        ("expenses:bad debt", "write-off"),
        ("assets:allowance", "write-off"),
        ("assets:withholding", "withholding"),
        ("expenses:fx", "fx"),
        ("liabilities:payable", "contra"),
        ("equity:opening", "opening"),
        ("expenses:postage", "adjustment"),
        ("liabilities:loans", "adjustment"),
    ],
)
def test_credits_by_the_other_side(other, kind):
    assert kinds(other, -5) == ("Credit", kind)


def test_the_first_row_that_any_posting_fits():
    found = book("""
2026-02-10 (R) x
    assets:bank                 CNY 98
    expenses:discounts           CNY 2
    assets:receivable:acme    CNY -100
""")
    assert found.kinds() == [("Credit", "R", "payment", 10000)]


def test_only_the_opposite_side_counts():
    # Revenue on the same side as the credit (a negative line) is not on its other side.
    found = book("""
2026-02-10 (R) x
    assets:bank                 CNY 110
    assets:receivable:acme    CNY -100
    income:sales                CNY -10
""")
    assert found.kinds() == [("Credit", "R", "payment", 10000)]


def test_kind_overrides_and_an_unknown_one_is_reported_once():
    assert kinds("expenses:postage", 5, "  ; kind:refund") == ("Debit", "refund")
    assert kinds("assets:bank", -5, "  ; kind:discount") == ("Credit", "discount")
    found = book("""
2026-01-05 (X-1) x   ; kind:paymet
    assets:receivable:acme  CNY -5
    assets:receivable:acme  CNY -6
    assets:bank
""")
    assert found.slugs == ["invalid-tag.kind_near"]
    assert found.kinds() == [("Credit", "X-1", "payment", 1100)]


def test_virtual_postings_are_among_themselves():
    found = book("""
2026-01-05 (V-1) x
    assets:bank                  CNY 5
    income:sales                CNY -5
    (assets:receivable:acme)    CNY 30
    (assets:receivable:bolt)   CNY -10
2026-01-06 (V-2) x
    [assets:receivable:acme]    CNY -7
    [assets:bank]                CNY 7
2026-01-07 (V-3) x
    (assets:receivable:acme)    CNY 30
""")
    # The first two stand on each other's other side; the last has none.
    assert [k[1:] for k in found.kinds()] == [
        ("V-1", "transfer", 3000),
        ("V-3", "invoice", 3000),
        ("V-1", "transfer", 1000),
        ("V-2", "payment", 700),
    ]


def test_splitting_a_posting_changes_nothing():
    one = book("2026-02-10 (R) x\n    assets:bank  CNY 100\n    assets:receivable:acme  CNY -100\n")
    two = book("""
2026-02-10 (R) x
    assets:bank  CNY 100
    assets:receivable:acme  CNY -30
    assets:receivable:acme  CNY -70
""")
    assert one.kinds() == two.kinds()
    assert [part.amount for part in two.book.credits[0].parts] == [3000, 7000]


def test_debits_are_one_charge_unless_they_have_due_or_invoice_of_their_own():
    found = book("""
2026-02-10 (INV-1) x
    assets:receivable:acme  CNY 30
    assets:receivable:acme  CNY 70
    income:sales
2026-02-11 (INV-2) x
    assets:receivable:acme  CNY 30  ; invoice:INV-2/1, due:2026-03-01
    assets:receivable:acme  CNY 60  ; due:2026-04-01
    assets:receivable:acme  CNY 10
    income:sales
""")
    assert [(c.name, c.number, c.money.minor, str(c.date_due)) for c in found.book.charges] == [
        ("INV-1", "INV-1", 10000, "2026-02-10"),
        ("INV-2/1", "INV-2/1", 3000, "2026-03-01"),
        ("0.journal:8", None, 6000, "2026-04-01"),
        ("0.journal:9", None, 1000, "2026-02-11"),
    ]


def test_the_date_of_an_entry_is_its_postings():
    found = book("""
2026-02-10=2026-02-08 (R) x
    assets:bank             CNY 100
    assets:receivable:acme  CNY -60
    assets:receivable:acme  CNY -40  ; date:2026-02-12
""")
    assert [(str(c.date), str(c.date_value), c.money.minor) for c in found.book.credits] == [
        ("2026-02-10", "2026-02-08", 6000),
        ("2026-02-12", "2026-02-08", 4000),
    ]


def test_due_by_tag_else_terms_of_that_day_else_the_date():
    terms = {text: parse_terms(text) for text in ("net 30", "net 60", "eom")}
    acme = Customer(
        id="acme", name="Acme", terms=Dated(((None, terms["net 30"]), (day("2026-06-01"), terms["net 60"])))
    )
    settings = Settings(accounts=ACCOUNTS, terms=Dated(((None, terms["eom"]),)))
    text = "".join(
        f"{date} ({code}) x\n    assets:receivable:{who}  CNY 5{tags}\n    income:sales\n"
        for date, code, who, tags in [
            ("2026-05-31", "A", "acme", ""),
            ("2026-06-01", "B", "acme", ""),
            ("2026-06-02", "C", "bolt", ""),
            ("2026-06-03", "D", "acme", "  ; terms:eom"),
            ("2026-06-04", "E", "acme", "  ; due:2026-07-01"),
            ("2026-06-05", "F", "acme", "  ; dated:2026-05-01"),
        ]
    )
    found = book(text, customers=(acme, "bolt"), settings=settings)
    assert [(c.name, str(c.date_due), str(c.date_claim)) for c in found.book.charges] == [
        ("A", "2026-06-30", "2026-05-31"),
        ("B", "2026-07-31", "2026-06-01"),
        ("C", "2026-06-30", "2026-06-02"),
        ("D", "2026-06-30", "2026-06-03"),
        ("E", "2026-07-01", "2026-06-04"),
        ("F", "2026-05-31", "2026-05-01"),
    ]
    assert (
        str(read("2026-01-05 x\n    assets:receivable:acme  5\n    income\n").book.charges[0].date_due) == "2026-01-05"
    )


@pytest.mark.parametrize("terms", ["net 30", "eom + 1", "day 31 of next month"])
def test_the_calendar_ends(terms):
    found = read(f"9999-12-31 x\n    assets:receivable:acme  5  ; terms:{terms}\n    income\n")
    assert str(found.book.charges[0].date_due) == "9999-12-31"


@pytest.mark.parametrize("text", ["due:tomorrow", "due:2026-02-30", "dated:2026", "terms:net thirty"])
def test_tags_that_cannot_be_read(text):
    journal = f"2026-01-05 (I) x\n    assets:receivable:acme  CNY 5  ; {text}\n    income\n"
    assert [s.split(".")[0] for s in book(journal).slugs] == ["invalid-tag"]
    assert book(journal).diagnostics[0].severity.value == "error"
    assert read(journal).diagnostics[0].severity.value == "warning"


def test_applied_that_cannot_be_read():
    found = book("2026-01-05 (I) x\n    assets:receivable:acme  CNY -5  ; invoice:A, applied:soon\n    assets:bank\n")
    assert found.slugs == ["invalid-tag.date"]


def test_numbers_by_tag_code_or_place():
    found = book("""
2026-01-05 (A-1) x
    assets:receivable:acme   CNY 1
    assets:receivable:bolt   CNY 2
    income
2026-01-05 (A-2) x
    assets:receivable:acme   CNY 1
    income
2026-01-05 x
    assets:receivable:acme   CNY 1  ; invoice:A 3
    income
2026-01-05 x  ; invoice:A-4
    assets:receivable:acme   CNY 1
    income
""")
    assert [(c.name, c.number) for c in found.book.charges] == [
        ("0.journal:3", None),
        ("0.journal:4", None),
        ("A-2", "A-2"),
        ("A 3", "A 3"),
        ("A-4", "A-4"),
    ]


def test_what_a_credit_pays():
    found = book("""
2026-01-05 (A-1) x
    assets:receivable:acme   CNY 1
    income
2026-01-05 x
    assets:receivable:acme   CNY 1  ; invoice:A 3
    income
2026-01-05 (B-1) x
    assets:receivable:bolt   CNY 1
    income
2026-02-05 (R) x   ; invoice:A-1 B-1 none
    assets:receivable:acme   CNY -1
    assets:receivable:bolt   CNY -1
    assets:receivable:acme   CNY -1  ; invoice:A 3, invoice:A-1、none
    assets:receivable:acme   CNY -1  ; invoice:
    assets:bank
""")
    parts = {c.customer: [p.invoices for p in c.parts] for c in found.book.credits}
    assert parts == {"acme": [("A-1", "none"), ("A 3", "A-1", "none"), ()], "bolt": [("B-1",)]}


def test_too_many_digits():
    found = book("2026-01-05 (A) x\n    assets:receivable:acme  CNY 1.005\n    income\n")
    assert found.slugs == ["too-many-digits"]
    assert found.diagnostics[0].span[1:3] == (2, 29)
    assert book("2026-01-05 (A) x\n    assets:receivable:acme  XAU 1.005\n    income\n").slugs == []
    assert book("2026-01-05 (A) x\n    assets:bank  CNY 1.005\n    income\n").slugs == []
    assert (
        book("commodity CNY 1.000\n2026-01-05 (A) x\n    assets:receivable:acme  CNY 1.005\n    income\n")
        .book.charges[0]
        .money.minor
        == 1005
    )

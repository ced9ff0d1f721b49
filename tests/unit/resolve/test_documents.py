"""Documents in a book: posted once, by the journal or by themselves; instalments, credit notes, voids, disputes."""

from dataclasses import replace
from decimal import Decimal

import pytest

from custledger.book.activity import Activity
from custledger.book.customer import Customer
from custledger.book.invoice import Instalment, Invoice, Line, Void
from custledger.book.settings import Dated, Settings, Tax
from custledger.core.span import Span
from custledger.core.terms import parse_terms
from custledger.parse.journal.printing import print_journal
from engine import ACCOUNTS, book, day
from journals import read as read_journal

SETTINGS = Settings(
    accounts=ACCOUNTS,
    currency=Dated(((None, "CNY"),)),
    terms=Dated(((None, parse_terms("net 30")),)),
    taxes={
        "vat13": Tax("vat13", Dated(((None, Decimal("0.13")),)), "liabilities:vat:output"),
        "vat6": Tax("vat6", Dated(((None, Decimal("0.06")),))),
    },
)


def invoice(number="INV-1", customer="acme", date="2026-01-20", price="100.00", **more) -> Invoice:
    more.setdefault("lines", (Line(price=Decimal(price), tax="vat13"),))
    return Invoice(number=number, customer=customer, date=day(date), span=Span("invoices/a.yaml", 3, 1, 9, 1), **more)


def note(number="CN-1", corrects="INV-1", date="2026-01-25", price="10.00", **more) -> Invoice:
    return invoice(number, more.pop("customer", "acme"), date, price, kind="credit-note", corrects=corrects, **more)


def docs(*invoices: Invoice, text: str = "", **options):
    return book(text, invoices=invoices, settings=options.pop("settings", SETTINGS), **options)


def test_a_document_posts_itself():
    found = docs(
        invoice(
            lines=(
                Line(price=Decimal("100.00"), tax="vat13"),
                Line(price=Decimal("50.00"), tax="vat6", account="income:freight"),
            )
        )
    )
    (charge,) = found.book.charges
    assert (charge.name, charge.document, charge.money.minor, str(charge.date_due)) == (
        "INV-1",
        "INV-1",
        16600,
        "2026-02-19",
    )
    (posting,) = found.book.postings
    assert (posting.account, posting.money.minor, posting.document) == ("assets:receivable:acme", 16600, True)
    (made,) = found.transactions
    assert [(p.account, str(p.amounts[0].quantity)) for p in made.postings] == [
        ("assets:receivable:acme", "166.00"),
        ("income", "-100.00"),
        ("income:freight", "-50.00"),
        ("liabilities:vat:output", "-13.00"),
        ("liabilities:vat", "-3.00"),
    ]
    assert (made.code, made.payee, made.postings[0].comment.text) == ("INV-1", "Acme", "due:2026-02-19")
    assert found.book.invoices["INV-1"].due == day("2026-02-19")
    assert found.balance("2026-01-19") == (0, 0, 0)
    assert found.balance("2026-01-20") == (16600, 0, 16600)


JOURNAL = """
{date} ({number}) x
    {account}:{customer}  {amount}
    income
"""


def posted(date="2026-01-20", number="INV-1", customer="acme", amount="CNY 113.00", account="assets:receivable"):
    return JOURNAL.format(date=date, number=number, customer=customer, amount=amount, account=account)


def test_the_journals_posting_is_the_documents():
    found = docs(invoice(refs={"po": ("P-1",)}), text=posted())
    assert found.slugs == []
    assert found.transactions == ()
    (charge,) = found.book.charges
    assert (charge.transaction, charge.document, charge.span.file, charge.refs) == (
        0,
        "INV-1",
        "0.journal",
        {"po": ("P-1",)},
    )
    assert str(charge.date_due) == "2026-02-19"
    assert len(found.book.postings) == 1


@pytest.mark.parametrize(
    ("differing", "variants", "withheld"),
    [
        ({"customer": "bolt"}, ["customer"], {"acme", "bolt"}),
        ({"date": "2026-01-21"}, ["date"], {"acme"}),
        ({"amount": "CNY 113.01"}, ["total"], {"acme"}),
        ({"amount": "USD 113.00"}, ["commodity"], {"acme"}),
        ({"amount": "CNY 1", "date": "2026-02-01"}, ["date", "total"], {"acme"}),
    ],
)
def test_a_posting_that_differs(differing, variants, withheld):
    found = docs(invoice(void=Void(date=day("2026-03-01"))), text=posted(**differing))
    assert found.slugs == [f"posting-differs.{variant}" for variant in variants]
    assert all(d.scope.value == "customer" and d.customer == "acme" for d in found.diagnostics)
    assert found.book.withheld == withheld
    assert found.on("2026-12-31").positions  # the journal's figures stand, and every law holds


def test_only_a_posting_of_the_documents_kind_is_its_posting():
    found = docs(
        invoice(),
        text="2026-02-01 (INV-1) paid\n    assets:bank  CNY 113.00\n    assets:receivable:acme  ; invoice:INV-1\n",
    )
    assert found.slugs == []
    assert [k[:3] for k in found.kinds()] == [("Charge", "INV-1", "invoice"), ("Credit", "INV-1", "payment")]
    assert found.balance("2026-02-01") == (0, 0, 0)


INSTALMENTS = (
    Instalment(due=day("2026-02-28"), share=Decimal("0.3")),
    Instalment(due=day("2026-06-30"), share=Decimal("0.6")),
    Instalment(due=day("2027-06-30"), share=Decimal("0.1"), text="质保金"),
)


@pytest.mark.parametrize("text", ["", posted(amount="CNY 113.01")])
def test_instalments_are_charges(text):
    found = docs(invoice(lines=(Line(price=Decimal("113.01")),), instalments=INSTALMENTS), text=text)
    assert [(c.name, c.instalment, c.money.minor, str(c.date_due)) for c in found.book.charges] == [
        ("INV-1/1", 1, 3390, "2026-02-28"),
        ("INV-1/2", 2, 6781, "2026-06-30"),
        ("INV-1/3", 3, 1130, "2027-06-30"),
    ]
    assert found.balance("2026-01-20") == (11301, 0, 11301)


@pytest.mark.parametrize("text", ["", posted(amount="CNY 113.01")])
def test_an_instalment_with_a_text_says_that(text):
    found = docs(invoice(lines=(Line(price=Decimal("113.01")),), instalments=INSTALMENTS), text=text)
    assert [charge.text == "质保金" for charge in found.book.charges] == [False, False, True]


def test_a_reference_to_the_number_means_its_instalments_by_due_date():
    text = (
        posted(amount="CNY 113.01")
        + """
2026-03-01 (R-1) x
    assets:bank  CNY 50.00
    assets:receivable:acme  CNY -50.00  ; invoice:INV-1
2026-03-02 (R-2) x
    assets:bank  CNY 1.00
    assets:receivable:acme  CNY -1.00  ; invoice:INV-1/3
"""
    )
    found = docs(invoice(lines=(Line(price=Decimal("113.01")),), instalments=INSTALMENTS), text=text)
    assert found.open("2026-03-02") == {"INV-1/2": 5171, "INV-1/3": 1030}


def test_instalments_are_paid_by_due_date_whatever_their_order():
    text = "2026-03-01 (R-1) x\n    assets:bank  CNY 10.00\n    assets:receivable:acme  ; invoice:INV-1\n"
    found = docs(invoice(lines=(Line(price=Decimal("113.01")),), instalments=INSTALMENTS[::-1]), text=text)
    assert found.open("2026-03-01") == {"INV-1/3": 2390, "INV-1/2": 6781, "INV-1/1": 1130}


@pytest.mark.parametrize("text", ["", posted("2026-01-25", "CN-1", amount="CNY -11.30")])
def test_a_credit_note_settles_what_it_corrects(text):
    found = docs(invoice(), note(), text=text)
    assert found.slugs == []
    (credit,) = found.book.credits
    assert (credit.kind, credit.corrects, credit.code, credit.money.minor) == ("credit-note", "INV-1", "CN-1", 1130)
    assert found.story() == [("CN-1", "INV-1", 1130, "corrects", "2026-01-25", None)]
    assert found.balance("2026-01-25") == (10170, 0, 10170)


def test_a_credit_note_without_customer_has_that_of_the_charge_it_corrects():
    found = docs(note(customer="", corrects="J-1", currency=None), text=posted(number="J-1", amount="USD 50"))
    assert found.slugs == []
    assert (found.book.credits[0].customer, found.book.credits[0].money) == ("acme", (1130, "USD"))


def test_a_negative_invoice_is_a_credit():
    found = docs(invoice(price="-10.00"))
    assert found.kinds() == [("Credit", "INV-1", "credit-note", 1130)]
    assert found.balance("2026-02-01") == (0, 1130, -1130)
    assert docs(invoice(price="0.00")).kinds() == []


VOID = Void(date=day("2026-03-01"), reason="wrong customer", span=Span("invoices/a.yaml", 7, 7))
PAID = """
2026-02-01 (R-1) paid
    assets:bank  CNY 113.00
    assets:receivable:acme  ; invoice:INV-1
"""


@pytest.mark.parametrize("text", ["", posted()])
def test_a_void_posts_itself_as_the_reverse(text):
    found = docs(invoice(void=VOID), text=text + PAID)
    assert found.slugs == []
    assert found.story() == [
        ("R-1", "INV-1", 11300, "explicit", "2026-02-01", "2026-03-01"),
        ("INV-1", "INV-1", 11300, "void", "2026-03-01", None),
    ]
    assert found.balance("2026-02-28") == (0, 0, 0)
    assert found.balance("2026-03-01") == (0, 11300, -11300)
    made = found.transactions[-1]
    assert (str(made.date), made.comment.text, made.note) == ("2026-03-01", "reverses:INV-1", "wrong customer")
    assert sum(p.amounts[0].quantity for p in made.postings) == 0
    assert made.postings[0].amounts[0].quantity == Decimal("-113.00")


def test_a_journal_transaction_may_be_the_void():
    text = posted() + "2026-03-02 x\n    assets:receivable:acme  CNY -113.00  ; reverses:INV-1\n    income\n"
    for given in (invoice(void=VOID), invoice()):
        found = docs(given, text=text + PAID)
        assert found.slugs == []
        assert found.transactions == ()
        assert found.balance("2026-03-01") == (0, 0, 0)
        assert found.balance("2026-03-02") == (0, 11300, -11300)
    differing = docs(invoice(void=VOID), text=text.replace("-113.00", "-100.00"))
    assert differing.slugs == ["posting-differs.void"]
    assert differing.on("2026-12-31")


def test_taking_back_a_part_of_an_invoice_is_a_credit_note_for_it():
    found = docs(
        invoice(), text="2026-03-02 (C) x\n    assets:receivable:acme  CNY -13.00  ; reverses:INV-1\n    income\n"
    )
    assert found.story() == [("C", "INV-1", 1300, "corrects", "2026-03-02", None)]
    unknown = docs(
        invoice(), text="2026-03-02 (C) x\n    assets:receivable:acme  CNY -13.00  ; reverses:INV-9\n    income\n"
    )
    assert unknown.slugs == ["unknown-receipt.credit"]


def test_only_the_documents_part_of_a_transaction_is_voided():
    text = """
2026-01-20 (INV-1) cash sale
    assets:receivable:acme  CNY 113.00
    income
    assets:bank  CNY 113.00
    assets:receivable:acme  CNY -113.00  ; invoice:INV-1
"""
    found = docs(invoice(void=VOID), text=text)
    assert found.slugs == []
    made = found.transactions[-1]
    assert [(p.account, str(p.amounts[0].quantity)) for p in made.postings] == [
        ("assets:receivable:acme", "-113.00"), ("income", "100.00"), ("liabilities:vat:output", "13.00"),
    ]  # fmt: skip
    assert found.balance("2026-03-01") == (0, 11300, -11300)


def test_a_credit_note_freed_by_a_void_serves_what_its_posting_names():
    text = """
2026-01-25 (CN-1) x
    assets:receivable:acme  CNY -11.30  ; invoice:INV-2
    income
"""
    found = docs(invoice(void=VOID), invoice("INV-2"), note(), text=text)
    assert found.open("2026-02-28") == {"INV-1": 10170, "INV-2": 11300}
    assert found.open("2026-03-01") == {"INV-2": 10170}


def test_a_void_of_a_credit_note_takes_it_back():
    found = docs(invoice(), note(void=VOID))
    assert found.story() == [
        ("CN-1", "INV-1", 1130, "corrects", "2026-01-25", "2026-03-01"),
        ("CN-1", "CN-1", 1130, "reverses", "2026-03-01", None),
    ]
    assert found.balance("2026-03-01") == (11300, 0, 11300)


def test_assertions_and_self_posting_documents():
    text = "2026-02-01 x\n    assets:receivable:{}  CNY 0 = CNY 0\n    income  CNY 0\n"
    assert docs(invoice(), text=text.format("acme")).slugs == ["assertion-on-receivable"]
    assert docs(invoice(), text=text.format("bolt")).slugs == []
    assert (
        docs(
            invoice(), text=posted() + text.format("acme").replace("CNY 0 =", "CNY 0 =").replace("= CNY 0", "= CNY 113")
        ).slugs
        == []
    )


def test_customers_by_earlier_ids_and_unknown_ones():
    acme = Customer(id="acme", name="Acme", was=("acm",), currency=Dated(((None, "EUR"),)))
    found = docs(invoice(customer="acm"), invoice("INV-2", "nobody"), customers=(acme,))
    assert found.slugs == ["unknown-customer"]
    assert found.book.invoices["INV-1"].customer == "acme"
    assert found.book.charges[0].money.commodity == "EUR"
    assert docs(invoice(), settings=replace(SETTINGS, currency=Dated())).slugs == ["no-currency"]


def test_what_a_document_leaves_out_is_that_of_its_day():
    terms = Dated(((day("2023-04-01"), parse_terms("net 30")), (day("2026-06-01"), parse_terms("net 60"))))
    acme = Customer(id="acme", name="Acme", terms=terms)
    found = docs(invoice("A", date="2026-05-31"), invoice("B", date="2026-06-01"), customers=(acme,))
    assert [str(c.date_due) for c in found.book.charges] == ["2026-06-30", "2026-07-31"]


def test_disputes():
    log = (
        Activity(
            id="d1",
            kind="dispute",
            date=day("2026-02-01"),
            customer="acme",
            invoices=("INV-1",),
            amount=Decimal("20.00"),
        ),
        Activity(id="d2", kind="dispute", date=day("2026-02-03"), customer="acme", invoices=("INV-1",)),
        Activity(id="c2", kind="note", date=day("2026-02-05"), closes="d2"),
    )
    found = docs(invoice(), text=PAID.replace("2026-02-01", "2026-02-10").replace("113.00", "103.00"), activities=log)

    def disputed(on):
        return [i.amount_disputed for p in found.on(on).positions for i in p.open_items]

    assert disputed("2026-01-31") == [0]
    assert disputed("2026-02-02") == [2000]
    assert disputed("2026-02-03") == [11300]
    assert disputed("2026-02-05") == [2000]
    assert disputed("2026-02-10") == [1000]


def test_a_tag_opens_a_dispute_on_its_charge():
    found = book("2026-01-05 (A) x\n    assets:receivable:acme  CNY 5  ; dispute:damaged\n    income\n")
    assert found.on("2026-01-05").positions[0].amount_disputed == 500


def test_taxes_nobody_knows_and_instalments_that_are_not_the_total():
    lines = tuple(Line(price=Decimal(1), tax=tax) for tax in ("vat13", "vat31", "x", "later"))
    taxes = {**SETTINGS.taxes, "later": Tax("later", Dated(((day("2027-01-01"), Decimal("0.1")),)))}
    found = docs(invoice(lines=lines), settings=replace(SETTINGS, taxes=taxes))
    assert found.slugs == ["invalid-value.tax", "invalid-value.tax-near", "invalid-value.tax-not-yet"]
    parts = tuple(Instalment(due=day("2026-03-01"), amount=Decimal(amount)) for amount in ("60.00", "53.00"))
    assert docs(invoice(instalments=parts)).slugs == []
    assert docs(invoice(price="99.00", instalments=parts)).slugs == ["invalid-value.instalments-sum"]


def test_a_dispute_ends_for_good_when_its_charge_is_settled():
    log = (Activity(id="d1", kind="dispute", date=day("2026-01-25"), customer="acme", invoices=("INV-1",)),)
    returned = """
2026-02-10 (X-1) returned
    assets:receivable:acme  CNY 113.00  ; reverses:R-1
    assets:bank
"""
    found = docs(invoice(), text=PAID + returned, activities=log)
    assert found.on("2026-01-31").positions[0].amount_disputed == 11300
    assert found.on("2026-02-10").positions[0].amount_open == 11300
    assert found.on("2026-02-10").positions[0].amount_disputed == 0


def test_a_number_that_looks_like_an_instalment_is_no_breach():
    found = docs(invoice(instalments=INSTALMENTS), invoice("INV-1/1"))
    assert found.on("2026-12-31").positions  # the same number twice: a check reports it


def test_what_documents_post_reads_back_from_print():
    text = (
        posted(number="J-1", amount="CNY 50.00")
        + PAID
        + """
2026-03-05 (R-2) x
    assets:bank  CNY 40.00
    assets:receivable:acme  ; invoice:INV-2/1, invoice:INV-2/2
"""
    )
    found = docs(
        invoice(), invoice("INV-2", instalments=INSTALMENTS), invoice("INV-3", void=VOID, instalments=INSTALMENTS), note(corrects="INV-2"),
        invoice("J-1", lines=(Line(price=Decimal("50.00")),)), text=text,
    )  # fmt: skip
    printed = print_journal(read_journal(text), extra=found.transactions)
    again = book(printed)
    assert (found.slugs, again.slugs) == ([], [])
    for on in ("2026-01-20", "2026-02-28", "2026-03-01", "2026-12-31"):
        assert again.open(on) == found.open(on)
        assert again.balance(on) == found.balance(on)

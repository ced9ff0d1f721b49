"""Documents from rows."""

from decimal import Decimal

import pytest

from custledger.book.customer import Customer
from custledger.intake.invoices import read_invoices
from custledger.intake.parties import Parties
from import_tables import SETTINGS, a_map, keys, reading

HEAD = "Number,Customer,Date,Due,Text,Qty,Price,Amount,Tax,Total,Currency,Paid\n"
MAP = """\
import: invoices
columns: {number: Number, customer: Customer, date: Date, due: Due, text: Text, quantity: Qty, price: Price,
          amount: Amount, tax_amount: Tax, total: Total, currency: Currency, paid: Paid}
rows: lines
continued: true
group_mark: ","
accounts: {tax: "liabilities:tax"}
"""


def documents(rows, map_=MAP, customers=(), create=True):
    read = reading(HEAD + rows, a_map(map_))
    parties = Parties(customers, create=create)
    invoices, paid = read_invoices(read, parties, SETTINGS)
    return invoices, read, parties, paid


def test_rows_with_one_number_are_lines_of_one_document():
    invoices, read, parties, _ = documents(
        "0007,Acme Ltd,2026-01-05,2026-02-04,Bolts,10,2.50,25.00,2.00,30.00,,\n"
        "0007,,,,Nuts,1,3.00,3.00,,,,\n"
        ",,,,Washers,,,0.00,,,,\n"
        "0008,Acme Ltd,2026-01-06,,Bolts,,,4.00,,,EUR,\n"
    )
    assert keys(read.diagnostics) == []
    first, second = invoices
    assert (first.number, first.customer, str(first.due)) == ("0007", "acme-ltd", "2026-02-04")
    assert [(line.text, line.quantity, line.price, line.account) for line in first.lines] == [
        ("Bolts", 10, Decimal("2.50"), None),
        ("Nuts", 1, Decimal("3.00"), None),
        ("Washers", 1, Decimal("0.00"), None),
        ("tax", 1, Decimal("2.00"), "liabilities:tax"),
    ]
    assert first.expect_total == 30
    assert (second.currency, second.due, second.lines[0].price) == ("EUR", None, 4)
    assert parties.new == {"acme-ltd": "Acme Ltd"}


def test_every_cell_that_cannot_be_read_is_reported_at_its_line():
    invoices, read, _, _ = documents(
        "1,A,05/01/2026,,x,,,1.00,,,,\n"
        '2,A,2026-01-05,,x,,,"1,23",,,,\n'
        "3,A,2026-01-05,,x,,,,,,,\n"
        "4 5,A,2026-01-05,,x,,,1.00,,,,\n"
        "6,,2026-01-05,,x,,,1.00,,,,\n"
        "7,A,,,x,,,1.00,,,,\n"
        "8,A,2026-01-05,,x,,,1.005,,,,\n"
        "9,A\u202e,2026-01-05,,x,,,1.00,,,,\n"
        "10,A,2026-01-05,,x,,,1.00,,,,\n"
    )
    found = dict.fromkeys(keys(read.diagnostics))
    for expected in [
        ("import-cell.date", 2), ("import-cell.amount", 3), ("import-cell.empty", 4), ("import-cell.number", 5),
        ("import-cell.empty", 6), ("import-cell.empty", 7), ("import-cell.digits", 8), ("import-cell.characters", 9),
    ]:  # fmt: skip
        assert expected in found
    assert not any(line == 10 for _, line in found)
    assert [one.number for one in invoices] == ["10"]


@pytest.mark.parametrize(
    ("rows", "key", "line"),
    [
        ("1,A,2026-01-05,,x,,,1.00,,,,\n1,B,,,y,,,1.00,,,,\n", "import-document.differs", 3),
        ("1,A,2026-01-05,,x,,,1.00,,,,\n1,A,2026-01-06,,y,,,1.00,,,,\n", "import-document.differs", 3),
        ("1,A,2026-01-05,,x,2,3.00,7.00,,,,\n", "import-document.line", 2),
        ("1,A,2026-01-05,,x,,,7.00,,7.01,,\n", "import-document.total", 2),
    ],
)
def test_documents_whose_rows_disagree(rows, key, line):
    invoices, read, _, _ = documents(rows)
    assert keys(read.diagnostics) == [(key, line)]
    assert len(invoices) <= 1


def test_a_number_twice_where_rows_are_documents():
    _, read, _, _ = documents(
        "1,A,2026-01-05,,x,,,1.00,,,,\n1,A,2026-01-05,,x,,,1.00,,,,\n",
        MAP.replace("rows: lines\ncontinued: true\n", ""),
    )
    assert keys(read.diagnostics) == [("import-document.twice", 3)]


def test_what_is_paid_already():
    _, read, _, paid = documents("1,A,2026-01-05,,x,,,10.00,,,,4.00\n2,A,2026-01-05,,x,,,10.00,,,,0.00\n")
    assert keys(read.diagnostics) == []
    assert [(one.invoice.number, one.amount) for one in paid] == [("1", 4)]


def test_customers_by_id_name_alias_and_earlier_id():
    acme = Customer(id="acme", name="Acme Ltd", aliases=("ACME Trading",), was=("old-acme",))
    names = ["acme", "ACME", "Acme Ltd", "acme  ltd", "Acme Trading", "old-acme"]
    rows = "".join(f"{at},{name},2026-01-05,,x,,,1.00,,,,\n" for at, name in enumerate(names, 1))
    invoices, read, parties, _ = documents(rows, customers=[acme], create=False)
    assert keys(read.diagnostics) == []
    assert {one.customer for one in invoices} == {"acme"}
    assert parties.new == {}


def test_unknown_customers_once_each_and_ids_that_collide():
    rows = "1,B,2026-01-05,,x,,,1.00,,,,\n2,B,2026-01-05,,x,,,1.00,,,,\n3,C,2026-01-05,,x,,,1.00,,,,\n"
    _, read, _, _ = documents(rows, create=False)
    assert keys(read.diagnostics) == [("import-customer.unknown", 2), ("import-customer.unknown", 4)]
    rows = "1,A & B,2026-01-05,,x,,,1.00,,,,\n2,A+B,2026-01-05,,x,,,1.00,,,,\n3,acme!,2026-01-05,,x,,,1.00,,,,\n"
    _, read, _, _ = documents(rows, customers=[Customer(id="acme", name="Acme Ltd")])
    assert keys(read.diagnostics) == [("import-customer.collision", 3), ("import-customer.collision", 4)]
    two = [Customer(id="a1", name="Twin"), Customer(id="a2", name="Twin")]
    _, read, _, _ = documents("1,Twin,2026-01-05,,x,,,1.00,,,,\n", customers=two)
    assert keys(read.diagnostics) == [("import-customer.several", 2)]


def test_credit_notes_are_positive_whatever_the_export_says():
    map_ = MAP.replace("text: Text", "kind: Text") + "values: {kind: {Credit: credit-note, Sale: invoice}}\n"
    invoices, read, _, _ = documents(
        "1,A,2026-01-05,,Credit,,,-5.00,,-5.00,,\n2,A,2026-01-05,,Sale,,,5.00,,,,\n3,A,2026-01-05,,Bill,,,5.00,,,,\n",
        map_,
    )
    assert [(one.kind, one.lines[0].price, one.expect_total) for one in invoices] == [
        ("credit-note", 5, 5),
        ("invoice", 5, None),
    ]
    assert ("import-cell.value", 4) in keys(read.diagnostics)


def test_rows_left_out():
    map_ = MAP + "skip: {Text: [void, '']}\nonly: {Currency: USD}\n"
    invoices, read, _, _ = documents(
        "1,A,2026-01-05,,VOID ,,,1.00,,,USD,\n2,A,2026-01-05,,x,,,1.00,,,EUR,\n3,A,2026-01-05,,x,,,1.00,,,usd,\n"
        "4,A,2026-01-05,,,,,1.00,,,USD,\n",
        map_,
    )
    assert ([one.number for one in invoices], read.skipped) == (["3"], 3)


def test_columns_that_are_missing_or_twice():
    assert (
        keys(reading("Number,Customer,Date\n1,A,2026-01-05\n", a_map(MAP)).diagnostics)
        == [("import-heading.missing", 1)] * 2
    )
    text = "Number,Customer,Date,Amount,amount\n1,A,2026-01-05,1,2\n"
    assert keys(reading(text, a_map(MAP)).diagnostics) == [("import-heading.twice", 1)]

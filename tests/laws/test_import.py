"""Laws of imports: what a table says is what is read and written; no bytes make the reader raise."""

import csv
import datetime as dt
import io
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from custledger.core.ids import valid_id
from custledger.core.patterns import parse_amount, parse_date
from custledger.edit.document_values import customer_value, invoice_value
from custledger.edit.yaml_text import document
from custledger.intake.customers import read_customers
from custledger.intake.invoices import read_invoices
from custledger.intake.parties import Parties
from custledger.intake.reading import Reading
from custledger.intake.table import read_table
from custledger.parse.yaml.compose import compose
from custledger.schema.documents import lower_customers, lower_invoices
from import_tables import SETTINGS, a_map, shipped

DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31))
TEXTS = st.text(
    st.characters(exclude_categories=["Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp"]) | st.just("\t"), max_size=30
)
NAMES = st.builds("{}{}".format, st.sampled_from("Aé海Ж7("), TEXTS)
NUMBERS = st.from_regex(r"[A-Z0-9][A-Z0-9/_.-]{0,12}", fullmatch=True)
AMOUNTS = st.decimals(Decimal("-99999999.99"), Decimal("99999999.99"), places=2)
SHOWN = {
    "Y-M-D": "{:%Y-%m-%d}",
    "D/M/Y": "{:%d/%m/%Y}",
    "M/D/Y": "{:%m/%d/%Y}",
    "YMD": "{:%Y%m%d}",
    "Y年M月D日": "{:%Y年%m月%d日}",
}


@given(DAYS, st.sampled_from(sorted(SHOWN)))
def test_a_day_written_by_its_pattern_is_that_day(day, pattern):
    assert parse_date(SHOWN[pattern].format(day), (pattern,)) == day


@given(AMOUNTS, st.sampled_from([(".", ","), (",", "."), (".", " "), (",", "’")]), st.sampled_from(["", "¥", "USD "]))
def test_an_amount_written_by_its_marks_is_that_amount(amount, marks, sign):
    mark, group = marks
    text = f"{abs(amount):,.2f}".replace(",", "\0").replace(".", mark).replace("\0", group)
    for shown in (f"{'-' if amount < 0 else ''}{sign}{text}", f"{sign}({text})" if amount < 0 else f"{sign}{text}"):
        assert parse_amount(shown, mark, group, ("¥", "USD")) == amount


@given(
    st.lists(
        st.tuples(NUMBERS, NAMES, DAYS, AMOUNTS, TEXTS),
        max_size=8,
        unique_by=lambda r: r[0],
    )
)
def test_what_a_table_says_is_read_and_what_is_written_is_read_again(rows):
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(["number", "customer", "date", "amount", "description"])
    for number, name, day, amount, text in rows:
        writer.writerow([number, name, day, amount, text])
    map_ = shipped("invoices")
    table, found = read_table("t.csv", buffer.getvalue().encode(), map_)
    assert found == []
    reading = Reading(table, map_)
    invoices, _ = read_invoices(reading, Parties((), create=True), SETTINGS)
    assert {problem.variant for problem in reading.diagnostics} <= {"id", "collision"}
    if not reading.diagnostics:
        assert [(i.number, i.date, i.lines[0].price) for i in invoices] == [(r[0], r[2], r[3]) for r in rows]
        assert [i.lines[0].text for i in invoices] == [" ".join(r[4].split()) for r in rows]
    text = "---\n".join(document(invoice_value(invoice)) for invoice in invoices)
    again, found = lower_invoices([compose("x.yaml", text.encode())])
    assert found == []
    assert [invoice_value(one) for one in again] == [invoice_value(one) for one in invoices]
    assert all(valid_id(one.customer) for one in invoices)


@given(NAMES, TEXTS, TEXTS)
def test_a_profile_that_is_written_is_read_again(name, street, email):
    table = io.StringIO()
    csv.writer(table).writerows([["id", "name", "address", "email"], ["x", name, street, email]])
    map_ = shipped("customers")
    read, found = read_table("t.csv", table.getvalue().encode(), map_)
    assert found == []
    reading = Reading(read, map_)
    (made,) = read_customers(reading, ()).new
    again, found = lower_customers([compose("x.yaml", document(customer_value(made)).encode())])
    assert found == []
    assert [customer_value(one) for one in again] == [customer_value(made)]


MAP = a_map(
    "import: invoices\npreamble: true\nencoding: [utf-8, utf-16, latin-1]\ncolumns: {number: n, customer: c, date: d, amount: a}\n"
)


@given(
    st.binary(max_size=300) | st.text('n,c,d,a"\r\n;\0\t\ufeff1é').map(str.encode),
    st.sampled_from(["t.csv", "t.xlsx", "t"]),
)
def test_no_bytes_make_the_reader_raise(data, file):
    for start in (b"", b"n,c,d,a\n", b"PK\x03\x04"):
        table, found = read_table(file, start + data, MAP)
        assert table is not None or found
        if table is not None:
            read_invoices(Reading(table, MAP), Parties((), create=True), SETTINGS)

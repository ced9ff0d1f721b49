"""Imports of real exports (see CUSTLEDGER_SHARED_DATA): the figures are computed here a second time, from the file."""

import csv
import datetime as dt
import functools
import io
import json
from decimal import Decimal
from pathlib import Path

import pytest

from custledger import pipeline
from custledger.cli.main import main

HERE = Path(__file__).parent
BOOK = "book: 1\ncurrency: USD\nterms: net 30\n"


@pytest.fixture(scope="module")
def ibm_file(shared_data):
    path = shared_data / "ar" / "ibm-accounts-receivable.csv"
    if not path.is_file():
        pytest.skip(f"{path} is not there")
    return path


@pytest.fixture(scope="module")
def ibm_book(ibm_file, tmp_path_factory):
    """The book that the two imports of the file give."""
    root = tmp_path_factory.mktemp("ibm")
    (root / "custledger.yaml").write_text(BOOK)
    data = HERE / "data"
    given = ["--book", str(root), "import"]
    assert main([*given, "invoices", str(ibm_file), "--map", f"{data}/ibm-invoices.yaml", "--create-customers"]) == 0
    assert main([*given, "payments", str(ibm_file), "--map", f"{data}/ibm-payments.yaml"]) == 0
    return root


@pytest.fixture(scope="module")
def ibm_opened(ibm_book):
    return pipeline.open_folder(ibm_book, ibm_book)


@functools.cache
def rows(path):
    """The file as values, read with nothing of ours."""

    def day(text):
        month, day, year = map(int, text.split("/"))
        return dt.date(year, month, day)

    return [
        (
            row["customerID"].lower(), row["invoiceNumber"], Decimal(row["InvoiceAmount"]),
            day(row["InvoiceDate"]), day(row["DueDate"]), day(row["SettledDate"]),
        )
        for row in csv.DictReader(io.StringIO(path.read_text()))
    ]  # fmt: skip


def expected(path, as_of):
    """Customer → current, 1-30, 31-60, 61-90, over 90, by due date; customers with nothing open left out."""
    found = {}
    for customer, _, amount, date, due, settled in rows(path):
        if date <= as_of < settled:
            late = (as_of - due).days
            bucket = 0 if late <= 0 else min(4, (late + 29) // 30)
            found.setdefault(customer, [Decimal(0)] * 5)[bucket] += amount
    return found


def aged(opened, day):
    """The same from the book."""
    found = {}
    for position in pipeline.stand(opened, day, day).positions:
        assert not position.unapplied
        for item in position.open_items:
            late = (day - item.charge.date_due).days
            bucket = 0 if late <= 0 else min(4, (late + 29) // 30)
            found.setdefault(position.customer, [Decimal(0)] * 5)[bucket] += Decimal(item.amount_open).scaleb(-2)
    return found


@pytest.mark.parametrize(
    ("day", "amounts"),
    [
        ("2012-12-31", ["4936.32", "788.74", "0", "0", "0"]),
        ("2012-09-30", ["5416.55", "542.72", "69.95", "0", "0"]),
        ("2014-01-31", ["0", "0", "0", "0", "0"]),
    ],
)
def test_the_published_figures(ibm_opened, day, amounts):
    rows = aged(ibm_opened, dt.date.fromisoformat(day)).values()
    assert [sum(row[at] for row in rows) for at in range(5)] == [Decimal(amount) for amount in amounts]


def test_the_published_figures_as_aging_prints_them(ibm_book, capsys):
    assert main(["--book", str(ibm_book), "aging", "--as-of", "2012-12-31", "--format", "json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)["totals"]
    assert found["amounts"] == ["4936.32", "788.74", "0.00", "0.00", "0.00"]
    assert (found["total"], found["unapplied"]) == ("5725.06", "0.00")


@pytest.mark.parametrize("step", [61, pytest.param(1, marks=pytest.mark.slow)])
def test_each_customer_at_many_dates(ibm_opened, ibm_file, step):
    for day in (dt.date(2012, 1, 1) + dt.timedelta(days=n) for n in range(0, 770, step)):
        assert aged(ibm_opened, day) == expected(ibm_file, day), day


def test_numbers_names_and_dates_are_the_files(ibm_opened, ibm_file):
    theirs = {(number, customer, amount, date, due) for customer, number, amount, date, due, _ in rows(ibm_file)}
    ours = {(i.number, i.customer, i.lines[0].price, i.date, i.due) for i in ibm_opened.invoices}
    assert ours == theirs
    assert any(number.startswith("00") for number, *_ in ours)
    assert {c.id: c.name for c in ibm_opened.customers} == {c.name.lower(): c.name for c in ibm_opened.customers}


def test_a_second_import_adds_nothing(ibm_book, ibm_file, capsys):
    def files():
        return {path: path.read_bytes() for path in sorted(ibm_book.rglob("*")) if path.is_file()}

    before = files()
    given = ["--book", str(ibm_book), "import"]
    for kind in ("invoices", "payments"):
        assert main([*given, kind, str(ibm_file), "--map", f"{HERE}/data/ibm-{kind}.yaml"]) == 0
        assert "2466" in capsys.readouterr().out
    assert files() == before


@pytest.mark.parametrize(
    ("kind", "name", "file", "counts"),
    [
        ("customers", "zoho-customers", "zoho_contacts.csv", (5, 0)),
        ("customers", "freshbooks-customers", "freshbooks_clients.csv", (2, 0)),
        ("customers", "wave-customers", "wave_clients.csv", (4, 0)),
        ("invoices", "freshbooks-invoices", "freshbooks_invoices.csv", (1, 1)),
        ("invoices", "wave-invoices", "wave_invoices.csv", (3, 3)),
        ("invoices", "zoho-invoices", "zoho_invoices.csv", (0, 0)),
    ],
)
def test_shipped_maps_read_real_exports(shared_data, tmp_path, kind, name, file, counts):
    (tmp_path / "custledger.yaml").write_text(BOOK)
    given = ["--book", str(tmp_path), "import", kind, str(shared_data / "import" / file), "--map", name]
    assert main(given + (["--create-customers"] if kind == "invoices" else [])) == 0
    opened = pipeline.open_folder(tmp_path, tmp_path)
    read = opened.customers if kind == "customers" else opened.invoices
    assert (len(read), len(opened.book.charges)) == counts
    assert not pipeline.errors(opened, dt.date(2026, 6, 30))


def test_totals_of_real_exports(shared_data, tmp_path):
    (tmp_path / "custledger.yaml").write_text(BOOK)
    folder = shared_data / "import"
    zoho = (Path(pipeline.__file__).parent / "maps" / "zoho-invoices.yaml").read_text().replace("[Draft, Void]", "Void")
    (tmp_path / "zoho.yaml").write_text(zoho)
    given = ["--book", str(tmp_path), "import", "invoices"]
    for file, map_ in (("zoho_invoices.csv", f"{tmp_path}/zoho.yaml"), ("wave_invoices.csv", "wave-invoices")):
        assert main([*given, str(folder / file), "--map", map_, "--create-customers"]) == 0
    given[-1] = "payments"
    assert main([*given, str(folder / "wave_invoices.csv"), "--map", "wave-payments"]) == 0
    opened = pipeline.open_folder(tmp_path, tmp_path)
    commodities = opened.book.commodities
    totals = {number: commodities.plain(total.total) for number, total in opened.book.totals.items()}
    assert totals == {
        "INV-000001": "489.75", "INV-000002": "460.00", "INV-000003": "390.00",
        "2": "4974.00", "3": "590.50", "4": "3500.41",
    }  # fmt: skip
    standing = pipeline.stand(opened, dt.date(2021, 12, 31), dt.date(2021, 12, 31))
    assert {p.customer: p.balance for p in standing.positions if not p.balance} == {"lucas-cage": 0}

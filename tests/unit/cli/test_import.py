"""The import commands: what they refuse, what they leave alone, and that a workbook gives what its CSV gives."""

import csv
import datetime as dt
import io

import pytest

from custledger.cli.main import main
from custledger.cli.shell import Shell

BOOK = "book: 1\ncurrency: CNY\nterms: net 30\ndecimal_mark: '.'\n"
ROWS = [
    ["number", "customer", "date", "due", "amount", "description"],
    ["0001", "Acme Ltd", dt.date(2026, 1, 5), dt.date(2026, 2, 4), 1234.5, "bolts"],
    ["0002", "Bolt AG", dt.date(2026, 2, 6), dt.date(2026, 3, 8), 80, "=1+1"],
]


@pytest.fixture
def book(tmp_path):
    root = tmp_path / "book"
    root.mkdir()
    (root / "custledger.yaml").write_text(BOOK)
    return root


@pytest.fixture
def run(book):
    def call(*words):
        out, err = io.StringIO(), io.StringIO()
        variables = {"COLUMNS": "100", "CUSTLEDGER_TODAY": "2026-06-30"}
        status = main(["--book", str(book), "import", *words], Shell(io.StringIO(), out, err, variables, book.parent))
        return status, out.getvalue(), err.getvalue()

    return call


def files(book):
    kept = [path for path in sorted(book.rglob("*")) if path.is_file() and ".custledger" not in path.parts]
    return {path.relative_to(book).as_posix(): path.read_text() for path in kept}


def as_csv(path, rows=ROWS):
    with path.open("w", newline="") as file:
        csv.writer(file).writerows(rows)


def test_a_workbook_gives_what_its_csv_gives(book, run, tmp_path):
    xlsxwriter = pytest.importorskip("xlsxwriter")
    pytest.importorskip("python_calamine")
    made = xlsxwriter.Workbook(str(tmp_path / "t.xlsx"), {"strings_to_formulas": False})
    page, day = made.add_worksheet(), made.add_format({"num_format": "d/m/yyyy"})
    for at, row in enumerate(ROWS):
        for column, value in enumerate(row):
            if isinstance(value, dt.date):
                page.write_datetime(at, column, value, day)
            else:
                page.write(at, column, value)
    made.close()
    as_csv(tmp_path / "t.csv")
    status, _, err = run("invoices", "t.xlsx", "--map", "invoices", "--create-customers")
    assert (status, err) == (0, "")
    from_xlsx = files(book)
    status, out, _ = run("invoices", "t.csv", "--map", "invoices")
    assert (status, "nothing new" in out) == (0, True)
    for name in from_xlsx:
        if name != "custledger.yaml":
            (book / name).unlink()
    assert run("invoices", "t.csv", "--map", "invoices", "--create-customers")[0] == 0
    assert files(book) == from_xlsx
    assert 'text: "=1+1"' in from_xlsx["invoices/imported-2026-02.yaml"]


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("invoices", "t.csv"), 2),
        (("invoices", "--map", "invoices"), 2),
        (("invoices", "t.csv", "--map", "no-such"), 2),
        (("invoices", "t.csv", "--map", "payments"), 2),
        (("invoices", "t.csv", "--map", "./no-such.yaml"), 2),
        (("invoices", "no-such.csv", "--map", "invoices"), 2),
        (("invoices", "book", "--map", "invoices"), 4),
        (("invoices", "t.csv", "--map", "invoices"), 3),
        (("payments", "t.csv", "--map", "payments"), 3),
        (("invoices", "t.csv", "--map", "t.csv"), 2),
    ],
)
def test_what_is_refused_writes_nothing(book, run, tmp_path, words, status):
    as_csv(tmp_path / "t.csv")
    before = files(book)
    found, out, err = run(*words)
    assert (found, out) == (status, "")
    assert "Traceback" not in err
    assert files(book) == before


def test_an_import_into_a_book_with_errors_stops(book, run, tmp_path):
    as_csv(tmp_path / "t.csv")
    (book / "journals").mkdir()
    (book / "journals" / "a.journal").write_text("2026-01-01 x\n    a  1\n")
    assert run("invoices", "t.csv", "--map", "invoices", "--create-customers")[0] == 3
    assert "invoices" not in {path.name for path in book.iterdir()}


def test_what_the_book_cannot_hold_is_reported_where_it_would_stand(book, run, tmp_path):
    as_csv(tmp_path / "t.csv")
    map_ = "import: invoices\ncolumns: {number: number, customer: customer, date: date, amount: amount}\nconstants: {tax: vat99}\n"
    (tmp_path / "my.yaml").write_text(map_)
    status, _, err = run("invoices", "t.csv", "--map", "./my.yaml", "--create-customers")
    assert status == 3
    assert "vat99" in err
    assert "invoices/imported-2026-01.yaml:" in err
    assert set(files(book)) == {"custledger.yaml"}


def test_new_documents_go_behind_what_is_there(book, run, tmp_path):
    as_csv(tmp_path / "t.csv")
    (book / "customers").mkdir()
    (book / "customers" / "imported.yaml").write_text("id: zeta\nname: Zeta\n")
    (book / "invoices").mkdir()
    (book / "invoices" / "2026.yaml").write_text(
        "# mine\nnumber: A-1\ncustomer: zeta\ndate: 2026-01-01\nlines: [{price: 1}]"
    )
    map_ = "import: invoices\ncolumns: {number: number, customer: customer, date: date, amount: amount}\ninto: invoices/{year}.yaml\n"
    (tmp_path / "my.yaml").write_text(map_)
    before = files(book)
    assert run("invoices", "t.csv", "--map", "./my.yaml", "--create-customers")[0] == 0
    after = files(book)
    for name in ("customers/imported.yaml", "invoices/2026.yaml"):
        assert after[name].startswith(before[name])
    assert after["invoices/2026.yaml"].count("---\n") == 2


def test_a_payment_entered_by_hand_with_its_tag_is_known(book, run, tmp_path):
    as_csv(tmp_path / "t.csv")
    as_csv(
        tmp_path / "p.csv",
        [["date", "customer", "amount", "invoice"], [dt.date(2026, 2, 3), "Acme Ltd", "1234.50", "0001"]],
    )
    assert run("invoices", "t.csv", "--map", "invoices", "--create-customers")[0] == 0
    assert run("payments", "p.csv", "--map", "payments")[0] == 0
    written = book / "journals" / "imported-2026-02.journal"
    written.rename(book / "journals" / "february.journal")
    (book / "book.journal").write_text("decimal-mark .\ninclude journals/february.journal\n")
    status, out, _ = run("payments", "p.csv", "--map", "payments")
    assert (status, "nothing new" in out) == (0, True)

"""Profiles from rows."""

import pytest

from custledger.book.customer import Customer
from custledger.intake.customers import read_customers
from import_tables import a_map, keys, reading, shipped

MAP = "import: customers\ncolumns: {id: Id, name: Name, terms_days: Days, credit_limit: Limit, tags: Tags, street: A, street2: B}\n"
HEAD = "Id,Name,Days,Limit,Tags,A,B\n"


def customers(rows, book=(), text=MAP):
    read = reading(HEAD + rows, a_map(text))
    return read_customers(read, book), read


def test_a_row_is_a_profile():
    found, read = customers('C 001,Acme Ltd,30,500.00,"east, vip",1 Street,Floor 2\n,Bolt AG,0,0,,,\n')
    assert keys(read.diagnostics) == []
    acme, bolt = found.new
    assert (acme.id, acme.name, acme.tags) == ("c-001", "Acme Ltd", ("east", "vip"))
    assert acme.terms.versions[0][1].text == "net 30"
    assert acme.credit_limit.versions[0][1] == 500
    assert acme.address == {"street": "1 Street, Floor 2"}
    assert (bolt.id, bolt.terms.versions[0][1].text, bolt.credit_limit.versions) == ("bolt-ag", "due on receipt", ())


def test_who_is_there_already_is_left_alone():
    book = [Customer(id="acme", name="Acme Ltd", aliases=("ACME",), was=("old",))]
    found, read = customers("acme,Acme Ltd,,,,,\nold,acme,,,,,\n", book)
    assert (keys(read.diagnostics), found.new, found.known) == ([], (), 2)
    found, read = customers(",Acme Ltd,,,,,\n", book, "import: customers\ncolumns: {name: Name}\n")
    assert (keys(read.diagnostics), found.new, found.known) == ([], (), 1)


@pytest.mark.parametrize(
    ("rows", "key", "line"),
    [
        ("acme,Other Ltd,,,,,\n", "import-customer.collision", 2),
        ("bolt,Acme Ltd,,,,,\n", "import-customer.renamed", 2),
        ("x,X,,,,,\nx,X,30,,,,\n", "import-customer.twice", 3),
        (",,,,,Street,\n", "import-cell.empty", 2),
        ("!!!,X,,,,,\n", "import-cell.id", 2),
        ("x,X,soon,,,,\n", "import-cell.terms", 2),
    ],
)
def test_what_cannot_be_a_profile_is_reported(rows, key, line):
    found, read = customers(rows, [Customer(id="acme", name="Acme Ltd")])
    assert keys(read.diagnostics) == [(key, line)]
    assert len(found.new) <= 1


def test_two_rows_that_are_alike_are_one():
    found, read = customers("x,X,,,,,\nx,X,,,,,\n")
    assert (keys(read.diagnostics), len(found.new)) == ([], 1)


def test_names_of_people_where_there_is_no_company():
    text = "Organization,First Name,Last Name,Email\n,Ann,Lee,a@x.example\nX-Men,Scott,Summer,\n"
    found = read_customers(reading(text, shipped("freshbooks-customers")), ())
    assert [(one.name, one.contacts[0].name) for one in found.new] == [
        ("Ann Lee", "Ann Lee"),
        ("X-Men", "Scott Summer"),
    ]

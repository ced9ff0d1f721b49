"""Payments from rows, and what makes each of them the one it is."""

from decimal import Decimal

from custledger.book.customer import Customer
from custledger.intake.parties import Parties
from custledger.intake.payments import read_payments
from import_tables import SETTINGS, a_map, keys, reading

MAP = """\
import: payments
columns: {date: Date, value_date: Value, customer: Customer, amount: Amount, fee: Fee, invoices: Invoice, text: Text,
          number: No, account: Account}
group_mark: ","
"""
HEAD = "Date,Value,Customer,Amount,Fee,Invoice,Text,No,Account\n"
CUSTOMERS = [Customer(id="acme", name="Acme Ltd"), Customer(id="bolt", name="Bolt AG")]


def payments(rows, known=frozenset(), customers=CUSTOMERS, text=MAP):
    read = reading(HEAD + rows, a_map(text))
    return read_payments(read, Parties(customers), SETTINGS, known), read


def test_a_row_is_a_payment():
    found, read = payments(
        '2026-02-03,2026-02-02,Acme Ltd,"1,000.50",0.50,"INV-1, INV-2；INV-3",thanks,R-7,assets:bank:x\n'
    )
    assert keys(read.diagnostics) == []
    (one,) = found.new
    assert (str(one.date), str(one.value_date), one.customer) == ("2026-02-03", "2026-02-02", "acme")
    assert (one.amount, one.fee, one.currency, one.account) == (
        Decimal("1000.50"),
        Decimal("0.50"),
        "USD",
        "assets:bank:x",
    )
    assert (one.invoices, one.number, one.text) == (("INV-1", "INV-2", "INV-3"), "R-7", "thanks")


def test_rows_that_are_alike_both_stay_and_are_known_the_next_time():
    rows = "2026-02-03,,Acme Ltd,5.00,,,,,\n" * 2 + "2026-02-03,,Bolt AG,5.00,,,,,\n"
    found, _ = payments(rows)
    identities = [one.identity for one in found.new]
    assert len(set(identities)) == 3
    again, _ = payments(rows, frozenset(identities))
    assert (again.new, again.known) == ((), 3)
    # A longer file that begins alike: only what is new.
    more, _ = payments(rows + "2026-02-03,,Acme Ltd,5.00,,,,,\n", frozenset(identities))
    assert (len(more.new), more.known) == (1, 3)


def test_an_identity_is_the_rows_and_not_the_books():
    rows = "2026-02-03,,Acme Ltd,5.00,,,,,\n"
    renamed = [Customer(id="acme-2", name="Acme Ltd")]
    assert payments(rows)[0].new[0].identity == payments(rows, customers=renamed)[0].new[0].identity
    other = "2026-02-03,,Acme Ltd,5.0,,,,,\n"
    assert payments(rows)[0].new[0].identity == payments(other)[0].new[0].identity
    for change in (
        "2026-02-04,,Acme Ltd,5.00,,,,,\n",
        "2026-02-03,,Acme Ltd,5.00,,,x,,\n",
        "2026-02-03,,Acme Ltd,5.00,,INV-1,,,\n",
    ):
        assert payments(rows)[0].new[0].identity != payments(change)[0].new[0].identity


def test_what_is_no_payment_is_reported():
    found, read = payments(
        "2026-02-03,,Acme Ltd,0.00,,,,,\n"
        "2026-02-03,,Acme Ltd,-5.00,,,,,\n"
        "2026-02-03,,Nobody,5.00,,,,,\n"
        "2026-02-03,,Acme Ltd,5.001,,,,,\n"
        "2026-02-03,,Acme Ltd,5.00,,INV|1,,,\n"
        "2026-02-03,,Acme Ltd,5.00,,,,,assets;x\n"
        "2026-02-03,,Acme Ltd,,,,,,\n"
        "2026-02-03,,Acme Ltd,5.00,,,,a b,\n"
    )
    assert found.new == ()
    assert keys(read.diagnostics) == [
        ("import-cell.not-positive", 2),
        ("import-cell.not-positive", 3),
        ("import-customer.unknown-payer", 4),
        ("import-cell.digits", 5),
        ("import-cell.number", 6),
        ("import-cell.account", 7),
        ("import-cell.empty", 8),
        ("import-cell.number", 9),
    ]

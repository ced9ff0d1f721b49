"""Whose a posting is."""

from custledger.book.customer import Customer
from engine import book, read


def test_the_component_below_the_receivable_account():
    found = book("""
2026-01-05 (A) x
    assets:receivable:acme:retention   CNY 10
    liabilities:advances:acme          CNY 20
    income
""")
    assert found.kinds() == [("Charge", "A", "invoice", 3000)]
    assert found.book.charges[0].accounts == ("assets:receivable:acme:retention", "liabilities:advances:acme")


def test_an_earlier_id_and_names_where_nothing_follows_the_account():
    acme = Customer(id="acme", name="Acme Ltd", was=("acm",), aliases=("ACME",))
    found = book(
        """
2026-01-05 (A) x
    assets:receivable:acm   CNY 1
    income
2026-01-06 (B) Acme Ltd | goods
    assets:receivable   CNY 2
    income
2026-01-07 (C) whoever  ; customer:ACME
    assets:receivable   CNY 3
    income
""",
        customers=(acme,),
    )
    assert found.slugs == []
    assert {c.customer for c in found.book.charges} == {"acme"}


def test_each_posting_to_nobody_is_reported():
    entries = "".join(f"2026-01-0{day} (A{day})\n    assets:receivable   CNY 1\n    income\n" for day in (5, 6))
    assert book(entries, customers=(Customer(id="acme", name="Acme"),)).slugs == ["unknown-customer.nobody"] * 2


def test_a_customer_nobody_knows_is_reported_once_with_the_nearest():
    found = book("""
2026-01-05 (A) x
    assets:receivable:acne   CNY 1
    income
2026-01-06 (B) x
    assets:receivable:acne   CNY 1
    income
2026-01-07 (C) x
    assets:receivable:zzzzzz   CNY 1
    income
""")
    assert found.slugs == ["unknown-customer.near", "unknown-customer"]
    assert dict(found.diagnostics[0].args)["nearest"] == "acme"
    assert found.diagnostics[0].span.line == 3


def test_bare_journals_make_up_their_customers():
    found = read("""
2026-01-05 x
    Assets:Accounts Receivable:Big Corp   $10
    Income
2026-01-06 Small Shop
    Assets:Accounts Receivable   $5
    Income
2026-01-06 x
    assets:receivables:c   $5
    Income
2026-01-06 x
    资产:应收账款:蓝海   $5
    收入
2026-01-07 x
    assets:receivable notes:d   $5
    Income
""")
    assert list(found.book.customers) == ["Big Corp", "Small Shop", "c", "蓝海"]


def test_any_account_may_be_called_receivable():
    found = read("2026-01-05 x\n    assets:a:b   $10\n    assets:a  $5\n    income\n", receivable=("assets",))
    assert [(c.customer, c.kind, c.money.minor) for c in found.book.charges] == [("a", "invoice", 1500)]

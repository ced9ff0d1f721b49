"""Questions on a terminal: a slip is said, and the question is asked again."""

from __future__ import annotations

import io

import pytest

from custledger.cli.commands import customer_add, invoice_new, payment_add, unmatch
from custledger.cli.context import Context
from custledger.cli.shell import Shell
from custledger.core.trouble import UsageError

FILES = {
    "custledger.yaml": (
        "book: 1\ncurrency: CNY\ndecimal_mark: '.'\nterms: net 30\n"
        "accounts: {receivable: [assets:receivable], cash: [assets:bank], revenue: [income]}\n"
    ),
    "customers/all.yaml": "id: acme\nname: Acme Tools\n---\nid: bolt\nname: Bolt\n",
    "invoices/a.yaml": "number: INV-2026-0001\ncustomer: acme\ndate: 2026-05-10\nlines: [{price: 113.00}]\n",
    "journals/2026-06.journal": (
        "2026-06-01 (R-1) x\n  assets:bank   CNY 113.00\n  assets:receivable:acme   CNY -113.00  ; invoice:INV-2026-0001\n"
    ),
}
ENV = {"CUSTLEDGER_TODAY": "2026-06-30", "COLUMNS": "80", "NO_COLOR": "1"}


class Typed(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def asked(tmp_path):
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)

    def run(command, *answers: str, **options):
        out, err = io.StringIO(), Typed()
        shell = Shell(Typed("".join(f"{answer}\n" for answer in answers)), out, err, ENV, tmp_path)
        command.run(Context(shell, {"book": str(tmp_path)}), **options)
        return out.getvalue(), err.getvalue()

    return run


def test_a_payment(asked):
    out, said = asked(payment_add, "acmee", "", "acme", "12.345", "x", "12.34")
    assert "CNY 12.34" in out
    assert said.count("which customer") == 3
    assert "there is no customer `acmee`; did you mean acme?\n" in said
    assert said.count("the amount, e.g.") == 3
    assert "`12.345`" in said


def test_an_invoice(asked):
    out, said = asked(invoice_new, "acme", "-5", "10.00")
    assert "CNY 10.00" in out
    assert said.count("the net amount") == 2


def test_a_customer(asked):
    out, said = asked(customer_add, "Bolt", "New   Ltd")
    assert "New Ltd" in out
    assert said.count("full name") == 2
    assert "customers/all.yaml" in said


def test_what_is_taken_back(asked):
    out, said = asked(unmatch, "R-11", "R-1")
    assert "R-1 no longer pays INV-2026-0001" in out
    assert "did you mean R-1" in said


def test_the_end_of_input_and_what_was_given_end_it(asked):
    with pytest.raises(UsageError) as raised:
        asked(payment_add, "nobody")
    assert raised.value.key == "edit.missing"
    with pytest.raises(UsageError) as raised:
        asked(payment_add, "acme", customer="nobody")
    assert raised.value.key.startswith("cli.unknown_customer")
    with pytest.raises(UsageError) as raised:
        asked(customer_add, "Bolt", "New Ltd", id_="bolt")
    assert raised.value.key == "edit.id_taken"


def test_the_words_of_the_other_language(asked, monkeypatch):
    monkeypatch.setitem(ENV, "LANG", "zh_CN.UTF-8")
    _, said = asked(payment_add, "nobody", "acme", "5")
    assert "没有客户" in said

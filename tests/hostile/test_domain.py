"""Records that are well written and make no sense: reported, never applied, never a crash."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import attack
from attack import SALE

PAID = "2026-02-10 (R-1) Acme\n    assets:bank                CNY {0}\n    assets:receivable:acme    CNY -{0}  ; {1}\n"
INVOICE = "number: INV-1\ncustomer: acme\ndate: 2026-01-20\nlines: [{text: x, price: 100.00}]\n"
NOTE = "kind: credit-note\nnumber: CN-1\ncorrects: INV-1\ndate: 2026-01-25\nlines: [{text: x, price: 100.00}]\n"
BETA = "id: beta\nname: Beta\n"
OWE = "2026-01-15 (INV-1) January\n    assets:receivable:{0}    {1} 100.00\n    income:sales\n\n"


def paid(amount: str = "100.00", tags: str = "") -> str:
    return PAID.format(amount, tags).replace("  ; \n", "\n")


RETURNED = "2026-02-20 (B-1) returned\n    assets:receivable:acme    CNY 100.00  ; reverses:R-1\n    assets:bank\n"

#: Name, files, the slugs of `check`.
ROWS = [
    ("due before issue", {"invoices/a.yaml": INVOICE + "due: 2026-01-01\n"}, ["due-before-date"]),
    ("total is not its lines", {"invoices/a.yaml": INVOICE + "expect: {total: 99.99}\n"}, ["total-differs"]),
    ("credit note above its invoice", {"invoices/a.yaml": INVOICE + "---\n" + NOTE.replace("100.00", "100.01")}, ["credit-note-exceeds-invoice"]),
    ("credit note of a credit note", {"invoices/a.yaml": INVOICE + "---\n" + NOTE + "---\n" + NOTE.replace("CN-1", "CN-2").replace("corrects: INV-1", "corrects: CN-1")}, None),
    ("credit note of itself", {"invoices/a.yaml": NOTE.replace("corrects: INV-1", "corrects: CN-1\ncustomer: acme")}, None),
    ("credit note before its invoice", {"invoices/a.yaml": INVOICE + "---\n" + NOTE.replace("2026-01-25", "2026-01-01")}, None),
    ("another customer's invoice", {"customers/b.yaml": BETA, "journals/a.journal": OWE.format("beta", "CNY") + paid("100.00", "invoice:INV-1")}, ["wrong-customer"]),
    ("another currency", {"journals/a.journal": OWE.format("acme", "USD") + paid("100.00", "invoice:INV-1")}, ["wrong-commodity"]),
    ("over-payment", {"journals/a.journal": OWE.format("acme", "CNY") + paid("150.00", "invoice:INV-1")}, ["allocation-exceeds-charge"]),
    ("reversal of nothing", {"journals/a.journal": RETURNED}, ["unknown-receipt"]),
    ("reversal twice", {"journals/a.journal": paid() + "\n" + RETURNED + "\n" + RETURNED.replace("B-1", "B-2")}, ["allocation-exceeds-credit"]),
    ("reversal of a reversal", {"journals/a.journal": paid() + "\n" + RETURNED + "\n" + RETURNED.replace("B-1", "B-2").replace("reverses:R-1", "reverses:B-1")}, None),
    ("reversal before the payment", {"journals/a.journal": paid() + "\n" + RETURNED.replace("2026-02-20", "2026-01-20")}, None),
    ("reversal of more", {"journals/a.journal": paid() + "\n" + RETURNED.replace("100.00", "100.01")}, ["allocation-exceeds-credit"]),
    ("void before the invoice", {"invoices/a.yaml": INVOICE + "void: {date: 2026-01-01, reason: x}\n"}, None),
    ("void and paid", {"invoices/a.yaml": INVOICE + "void: {date: 2026-03-01, reason: x}\n", "journals/a.journal": paid("100.00", "invoice:INV-1")}, None),
    ("paid twice in one posting", {"journals/a.journal": OWE.format("acme", "CNY") + paid("100.00", "invoice:INV-1, invoice:INV-1")}, None),
    ("its own parent", {"customers/b.yaml": BETA + "parent: beta\n"}, ["invalid-value"]),
    ("a circle of three hundred parents", {"customers/b.yaml": "---\n".join(f"id: c{n}\nname: C\nparent: c{(n + 1) % 300}\n" for n in range(300))}, ["parent-cycle"]),
    ("pays for each other", {"customers/b.yaml": BETA + "pays_for: [acme]\n---\nid: c\nname: C\npays_for: [beta]\n"}, []),
    ("terms that end on a day that is none", {"invoices/a.yaml": INVOICE.replace("2026-01-20", "2026-01-31") + "terms: day 31 of next month\n"}, []),
    ("a leap day", {"invoices/a.yaml": INVOICE.replace("2026-01-20", "2024-02-29") + "terms: 2/10 net 365\n"}, []),
    ("terms of a million days", {"invoices/a.yaml": INVOICE + "terms: net 1000000\n"}, ["invalid-value"]),
    ("the last day there is", {"invoices/a.yaml": INVOICE.replace("2026-01-20", "2199-12-31") + "terms: eom + 400\n"}, None),
    ("shares that make no whole", {"invoices/a.yaml": INVOICE + "instalments: [{due: 2026-02-01, share: 50%}, {due: 2026-03-01, share: 49%}]\n"}, ["invalid-value"]),
    ("two hundred instalments of half a cent and more", {"invoices/a.yaml": INVOICE + "instalments: [" + ", ".join("{due: 2026-02-01, share: 0.5%}" for _ in range(200)) + "]\n"}, None),
    ("a tax that there is none", {"invoices/a.yaml": INVOICE.replace("100.00}", "100.00, tax: vat99}")}, None),
    ("an invoice over nothing", {"invoices/a.yaml": INVOICE.replace("100.00", "0.00")}, []),
    ("an invoice below nothing", {"invoices/a.yaml": INVOICE.replace("100.00", "-5.00")}, None),
    ("no lines", {"invoices/a.yaml": INVOICE.replace("{text: x, price: 100.00}", "")}, None),
    ("one id in customers and was", {"customers/b.yaml": BETA + "was: [acme]\n"}, ["duplicate-id"]),
    ("a dispute of what is not there", {"activity/a.yaml": "- {id: 2026-02-20-000000, kind: dispute, date: 2026-02-20, customer: acme, invoices: [INV-9], amount: 5}\n"}, ["unknown-invoice"]),
    ("a closing of itself", {"activity/a.yaml": "- {id: 2026-02-20-000000, closes: 2026-02-20-000000, outcome: kept, date: 2026-02-20}\n"}, ["unknown-activity"]),
    ("a posting and its document differ", {"invoices/a.yaml": INVOICE, "journals/a.journal": OWE.format("acme", "CNY").replace("100.00", "99.00").replace("01-15", "01-20")}, ["posting-differs"]),
    ("a posting twice", {"invoices/a.yaml": INVOICE, "journals/a.journal": OWE.format("acme", "CNY").replace("01-15", "01-20") * 2}, ["duplicate-number"]),
]  # fmt: skip


@pytest.mark.parametrize(("files", "expected"), [pytest.param(f, e, id=n) for n, f, e in ROWS])
def test_in_a_book(files: dict[str, str], expected: list[str] | None, tmp_path: Path) -> None:
    attack.book(tmp_path, files)
    printed, status = attack.run(tmp_path, "check")
    if expected is not None:
        assert attack.slugs(printed) == expected, printed
        assert status == ("error[" in printed)
    attack.every_reader(tmp_path)


@pytest.mark.parametrize(("number", "tag"), [("wrong-customer", "INV-1"), ("unknown-invoice", "INV-9")])
def test_what_is_wrong_is_never_applied(number: str, tag: str, tmp_path: Path) -> None:
    journal = OWE.format("beta", "CNY") + paid("100.00", f"invoice:{tag}")
    attack.book(tmp_path, {"customers/b.yaml": BETA, "journals/a.journal": journal})
    printed, status = attack.run(tmp_path, "balance", "--format", "json")
    assert status == 3
    assert [d["slug"] for d in json.loads(printed[: printed.rindex("}") + 1])["diagnostics"]] == [number]
    printed, status = attack.run(tmp_path, "balance", "beta", "--format", "json")
    assert status == 0, "nothing is wrong with what beta owes"
    assert '"balance": "100.00"' in printed


def test_a_doubled_number_stops_the_book(tmp_path: Path) -> None:
    attack.book(tmp_path, {"journals/a.journal": SALE + "\n" + SALE})
    printed, status = attack.run(tmp_path, "balance")
    assert (status, attack.slugs(printed)) == (3, ["duplicate-number"])

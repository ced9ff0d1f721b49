"""YAML documents of one file, lowered, for tests; problems as rows."""

from custledger.i18n.catalogue import Catalogue
from custledger.parse.yaml.compose import compose
from custledger.schema.documents import lower_customers, lower_invoices

INVOICE = "number: A-1\ncustomer: acme\ndate: 2026-01-20\nlines: [{price: 8.50}]\n"
CUSTOMER = "id: acme\nname: Acme\n"
SETTINGS = "book: 1\n"
ENTRY = "- {id: 2026-01-01-aaaaaa, kind: note, date: 2026-01-01, customer: acme}\n"


def file(text):
    found = compose("a.yaml", text.encode())
    assert not found.diagnostics
    return found


def told(found):
    """(slug.variant, line, column, hint) of each problem."""
    words = Catalogue("en")
    rows = []
    for problem in found:
        for language in ("en", "zh"):
            assert Catalogue(language).has(problem.key), problem.key
            text = Catalogue(language).message(problem) + Catalogue(language).hint(problem)
            assert problem.slug not in text
        rows.append(
            (
                f"{problem.slug}.{problem.variant}".rstrip("."),
                problem.span.line,
                problem.span.column,
                words.hint(problem),
            )
        )
    return rows


def first(found):
    return [row[:3] for row in told(found)]


def invoices(text):
    return lower_invoices([file(text)])


def customers(text):
    return lower_customers([file(text)])


#: Documents that we and the JSON Schemas accept, and that both refuse.
GOOD = {
    "settings": [
        "book: 1",
        ("book: 1\ncurrency: [{from: 2026-01-01, is: CNY}]\ncommodities: {CNY: {digits: 2, also: [¥]}}\ndecimal_mark: '.'\n"
        "language: zh-CN\ntimezone: Asia/Shanghai\nterms: net 30\naccounts: {cash: [assets:bank]}\n"
        "taxes: {vat13: {rate: 13%, account: a:b}, e: {rate: [{from: 2020-01-01, is: 0%}]}}\nprices: gross\nrounding: {tax: line}\n"
        "numbering: {invoice: 'I-{year}-{seq:04}', from: 2026-01-01}\naging: {basis: due, edges: [30, 6m]}\n"
        "matching: {fifo: false, rival_size: 2, coincidence: 0.0001, tolerance: 0.00, withholding: [6%], fx_tolerance: 0%}\n"
        "company: {name: A, address: , bank_accounts: [{account: 123}]}\nx-mine: [1]"),
    ],
    "customer": [
        "id: acme\nname: Acme",
        ("id: 1001\nname: 1234\nwas: [a]\nkind: individual\nstatus: on-hold\ntags: [yes, 2024]\ncurrency: CNY\nterms: [{from: 2023-04-01, is: eom}]\n"
        "credit: {limit: 500000.00, x-who: me}\ncontacts: [{name: true, receives: [statement]}]\naddress: {country: NO, postcode: 00420}\n"
        "matching: {fifo: true}\nreviewed: 2026-01-10\nparent:\nlanguage: zh\nnote: |\n  a\n  b"),
    ],
    "invoice": [
        "number: INV-1\ncustomer: a\ndate: 2026-01-20\nlines: [{price: 8.50}]",
        ("number: 0042\ncustomer: a\ndate: 2026-01-20\ndue:\nlines:\n  - {price: 1, quantity: 1.5, discount: 12.5%, tax: vat, text: 1, account: a:b c}\n"
        "instalments: [{due: 2026-02-28, share: 30%}, {due: 2026-06-30, share: 70%}]\nrefs: {po: 1, delivery: [a, 2]}\n"
        "expect: {total: -1039.68}\nvoid: {date: 2026-03-01}\nterms: 2/10 net 30"),
        "kind: credit-note\nnumber: C\ncorrects: I\ndate: 2026-01-25\nlines: [{price: 1}]",
    ],
    "activity": [
        ("- {id: 2026-02-20-3f9c1a, kind: promise, date: 2026-02-20, customer: a, invoices: [1], amount: 5, until: 2026-02-28, text: x}\n"
        "- {id: b, closes: 2026-02-20-3f9c1a, outcome: kept, date: 2026-03-05, by: li}"),
    ],
}  # fmt: skip
BAD = {
    "settings": ["book: 2", "{}", "book: 1\ncolour: red", "book: 1\nprices: brutto", "book: 1\ntaxes: {a: {rate: 0.13}}",
                 "book: 1\nterms: []", "book: 1\nterms: [{is: eom}]", "book: 1\naging: {edges: []}", "book: 1\nmatching: {set_size: 99}",
                 "book: 1\naccounts: {cash: assets:bank}", "- a"],
    "customer": ["id: acme", "id: -a\nname: A", "id: a b\nname: A", "id: a\nname: A\nstatus: actve", "id: a\nname: A\ncredit: {limit: -5}",
                 "id: a\nname: A\ncredit: {limit: 1e}", "id: a\nname: A\ntags: x", "id: a\nname: A\nreviewed: 01/02/2026",
                 "id: a\nname: ''"],
    "invoice": ["number: A\ndate: 2026-01-20\nlines: [{price: 1}]", "number: A\ncustomer: a\ndate: 2026-01-20\nlines: []",
                "number: A\ncustomer: a\ndate: 2026-01-20\nlines: [{prise: 1}]", "number: A 1\ncustomer: a\ndate: 2026-01-20\nlines: [{price: 1}]",
                "number: A\ncustomer: a\ndate: 2026-01-20\nlines: [{price: 1,000}]",
                "number: A\ncustomer: a\ndate: 2026-01-20\nlines: [{price: '1,000'}]",
                "number: A\ncustomer: a\ndate: 2026-01-20\nlines: [{price: 1, discount: 5}]",
                "number: A\ncustomer: a\ndate: 2026-01-20\nlines: [{price: 1}]\ninstalments: [{due: 2026-02-28, share: 130%}]"],
    "activity": ["id: a", "- {id: a, date: 2026-01-01}", "- {id: a, date: 2026-01-01, kind: promis, customer: b}"],
}  # fmt: skip

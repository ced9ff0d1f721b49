import datetime as dt
import time

import pytest

from custledger.parse.yaml.compose import compose
from custledger.schema.documents import lower_activities, lower_settings
from documents import CUSTOMER, ENTRY, INVOICE, customers, file, first, invoices, told

D = dt.date.fromisoformat


# what is refused -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("due: 01/02/2026", ("invalid-value.date", 5, 6)),
        ("due: 2026-02-30", ("invalid-value.date", 5, 6)),
        ("due: 1704412800", ("invalid-value.date", 5, 6)),
        ("terms: net thirty", ("invalid-value.terms", 5, 8)),
        ("prices: brutto", ("invalid-value.choice", 5, 9)),
        ("prices: gros", ("invalid-value.choice-nearest", 5, 9)),
        ("expect: {total: 1e3}", ("invalid-value.amount", 5, 17)),
        ("expect: {total: 1_000}", ("invalid-value.amount", 5, 17)),
        ("expect: {total: '１２'}", ("invalid-value.amount", 5, 17)),
        ("expect: {total: '1,000.00'}", ("invalid-value.amount", 5, 17)),
        ("expect: {total: .inf}", ("invalid-value.amount", 5, 17)),
        ("expect: {totl: 1}", ("unknown-key.nearest", 5, 10)),
        ("expect: 5", ("invalid-value.mapping", 5, 9)),
        ("refs: {po: [a, {b: c}]}", ("invalid-value.text", 5, 12)),
        ("salesperson: [a]", ("invalid-value.text", 5, 14)),
        ("salesperson: ''", ("invalid-value.empty", 5, 14)),
        ("salesperson: |\n  a\n  b", ("invalid-value.one-line", 5, 14)),
        ("void: {reason: x}", ("missing-key", 5, 8)),
        ("void: {date: 2026-01-19, reason: x}", ("invalid-value.void-before", 5, 14)),
        ("instalments: {due: 2026-01-01}", ("invalid-value.list", 5, 14)),
        ("instalments: [{due: 2026-01-01}]", ("invalid-value.share-or-amount", 5, 16)),
        ("instalments: [{due: 2026-01-01, share: 50%}]", ("invalid-value.shares", 5, 1)),
        (
            "instalments: [{due: 2026-01-01, share: 100%}, {due: 2026-02-01, amount: 5}]",
            ("invalid-value.mixed-shares", 5, 1),
        ),
        ("instalments: [{due: 2026-01-01, share: 0%}]", ("invalid-value.positive", 5, 40)),
        ("instalments: [{due: 2026-01-01, share: 0.5}]", ("invalid-value.percent", 5, 40)),
        ("due: 2026-02-01\ninstalments: [{due: 2026-01-01, share: 100%}]", ("invalid-value.due-and-instalments", 6, 1)),
        ("corrects: A-0", ("invalid-value.invoice-key", 5, 1)),
        ("currency: 'a;b'", ("invalid-value.commodity", 5, 11)),
        ("colour: red", ("unknown-key", 5, 1)),
        ("colour:", ("unknown-key", 5, 1)),
        ("amonut: 5", ("unknown-key", 5, 1)),
        ("kind: creditnote", ("invalid-value.choice-nearest", 5, 7)),
    ],
)
def test_wrong_invoices(line, expected):
    values, found = invoices(INVOICE + line + "\n")
    assert first(found) == [expected]
    assert values == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- a\n", [("invalid-value.document", 1, 1)]),
        ("hello\n", [("invalid-value.document", 1, 1)]),
        ("{}\n", [("missing-key", 1, 1)] * 4),
        (INVOICE.replace("A-1", "A 1"), [("invalid-value.document-number", 1, 9)]),
        (INVOICE.replace("acme", "Acme"), [("invalid-value.id-nearest", 2, 11)]),
        (INVOICE.replace("acme", "../x"), [("invalid-value.id-nearest", 2, 11)]),
        (INVOICE.replace("acme", "…"), [("invalid-value.id", 2, 11)]),
        (INVOICE.replace("customer", "custmer"), [("unknown-key.nearest", 2, 1)]),
        (INVOICE.replace("{price: 8.50}", "{pirce: 8.50}"), [("unknown-key.nearest", 4, 10)]),
        (INVOICE.replace("{price: 8.50}", ""), [("invalid-value.empty", 4, 8)]),
        (INVOICE.replace("{price: 8.50}", "{price: 8.50, discount: 101%}"), [("invalid-value.percent-range", 4, 33)]),
        (INVOICE.replace("{price: 8.50}", "{price:8.50}"), [("unknown-key.nearest", 4, 10)]),
        (INVOICE.replace("{price: 8.50}", "{price: }"), [("missing-key", 4, 10)]),
        ("kind: credit-note\nnumber: C\ndate: 2026-01-01\nlines: [{price: 1}]\n", [("missing-key", 1, 1)]),
        (
            "kind: credit-note\nnumber: C\ncorects: A\ndate: 2026-01-01\nlines: [{price: 1}]\n",
            [("unknown-key.nearest", 3, 1)],
        ),
        (
            "kind: credit-note\nnumber: C\ncustomer: a\ndue: 2026-01-01\ndate: 2026-01-01\nlines: [{price: 1}]\n",
            [("invalid-value.credit-note-key", 4, 1)],
        ),
    ],
)
def test_wrong_documents(text, expected):
    assert first(invoices(text)[1]) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("was: [acme]", ("invalid-value.own-id", 3, 7)),
        ("parent: acme", ("invalid-value.own-id", 3, 9)),
        ("was: lanhai", ("invalid-value.list", 3, 6)),
        ("aliases: [a, , b]", None),
        ("tags: [{a: b}]", ("invalid-value.text", 3, 8)),
        ("status: actve", ("invalid-value.choice-nearest", 3, 9)),
        ("credit: {limit: -5}", ("invalid-value.not-negative", 3, 17)),
        ("credit: {limit: [{from: 2026-01-01, is: x}]}", ("invalid-value.amount", 3, 41)),
        ("terms: []", ("invalid-value.empty", 3, 8)),
        ("terms: {from: 2026-01-01, is: net 30}", ("invalid-value.text", 3, 8)),
        ("terms: [net 30]", ("invalid-value.mapping", 3, 9)),
        ("terms: [{is: net 30}]", ("missing-key", 3, 10)),
        ("terms: [{form: 2026-01-01, is: net 30}]", ("unknown-key.nearest", 3, 10)),
        ("terms: [{from: 2026-01-01, is: eom}, {from: 2026-01-01, is: net 30}]", ("invalid-value.dated-order", 3, 8)),
        ("language: klingon", ("invalid-value.language", 3, 11)),
        ("matching: {fifo: yes}", ("invalid-value.choice", 3, 18)),
        ("matching: {set_size: 99}", ("invalid-value.count", 3, 22)),
        ("contacts: [{receives: [statments]}]", ("invalid-value.choice-nearest", 3, 24)),
        ("bank_accounts: [x]", ("invalid-value.mapping", 3, 17)),
    ],
)
def test_wrong_customers(line, expected):
    if expected is None:
        assert compose("a.yaml", (CUSTOMER + line).encode()).diagnostics
        return
    assert first(customers(CUSTOMER + line + "\n")[1]) == [expected]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("taxes: {vat: }", ("invalid-value.empty", 2, 14)),
        ("taxes: {vat: {rte: 5%}}", ("unknown-key.nearest", 2, 15)),
        ("taxes: {vat: {rate: 0.13}}", ("invalid-value.percent", 2, 21)),
        ("commodities: {CNY: {digits: two}}", ("invalid-value.count", 2, 29)),
        ("commodities: {CNY: {also: [x]}, USD: {also: [x]}}", ("invalid-value.same-spelling", 2, 46)),
        ("commodities: {'a;b': {digits: 2}}", ("invalid-value.commodity", 2, 15)),
        ("accounts: {recievable: [a]}", ("unknown-key.nearest", 2, 12)),
        ("accounts: {receivable: ['a  b']}", ("invalid-value.account", 2, 25)),
        ("timezone: Shanghai", ("invalid-value.timezone", 2, 11)),
        ("timezone: ../../etc/passwd", ("invalid-value.timezone", 2, 11)),
        ("decimal_mark: ;", ("invalid-value.choice", 2, 15)),
        ("numbering: {invoice: 'INV-{year}'}", ("invalid-value.pattern", 2, 22)),
        ("numbering: {invoice: '{seq}{0.__class__}'}", ("invalid-value.pattern", 2, 22)),
        ("aging: {edges: [60, 30]}", ("invalid-value.edges", 2, 16)),
        ("aging: {edges: [1w]}", ("invalid-value.edge", 2, 16)),
        ("matching: {coincidence: 2}", ("invalid-value.probability", 2, 25)),
        ("company: acme", ("invalid-value.mapping", 2, 10)),
    ],
)
def test_wrong_settings_keep_the_rest(line, expected):
    settings_, found = lower_settings(file(f"book: 1\n{line}\ncurrency: EUR\n"))
    assert first(found) == [expected]
    assert settings_ is not None
    assert settings_.currency.on(D("2026-01-01")) == "EUR"


def test_settings_without_a_version_or_with_nothing():
    settings_, found = lower_settings(file("currency: EUR\n"))
    assert first(found) == [("missing-key", 1, 1)]
    assert settings_ is not None
    assert settings_.currency.on(D("2026-01-01")) == "EUR"
    assert first(lower_settings(file("book: 2\n"))[1]) == [("invalid-value.version", 1, 7)]
    assert first(lower_settings(file(""))[1]) == [("missing-key", 1, 1)]
    assert first(lower_settings(file("book: 1\n---\nbook: 1\n"))[1]) == [("invalid-value.settings", 3, 1)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("id: a\n", [("invalid-value.activities", 1, 1)]),
        ("- {id: a, date: 2026-01-01}\n", [("missing-key", 1, 4)] * 2),
        ("- {id: a, date: 2026-01-01, kind: promis, customer: b}\n", [("invalid-value.choice-nearest", 1, 35)]),
        ("- {id: a, date: 2026-01-01, closes: b, kind: note}\n", [("invalid-value.closing-key", 1, 40)]),
        ("- {id: a, date: 2026-01-01, kind: note, customer: b, outcome: kept}\n", [("invalid-value.outcome", 1, 54)]),
        ("- {id: a, date: 2026-01-01, kind: note, custmer: b}\n", [("unknown-key.nearest", 1, 41)]),
        ("- x\n-\n" + ENTRY, [("invalid-value.document", 1, 3), ("invalid-value.document", 2, 2)]),
    ],
)
def test_wrong_activities(text, expected):
    assert first(lower_activities([file(text)])[1]) == expected


def test_all_problems_at_once_in_the_order_of_the_text():
    text = (
        "number: A 1\ncustmer: acme\ndate: 2026-13-01\ndue: soon\ncolour: red\n"
        "lines:\n  - {price: 1e3, quantity: many}\n  - {pirce: 1}\nnote: [x]\n---\n"
        + INVOICE
        + "---\n"
        + INVOICE.replace("8.50", "x")
    )
    values, found = invoices(text)
    assert [value.number for value in values] == ["A-1"]
    assert [problem.span.line for problem in found] == [1, 2, 3, 4, 5, 7, 7, 8, 9, 19]
    assert len({problem.slug for problem in found}) == 2


def test_hints_name_the_nearest_and_only_what_is_missing():
    found = told(invoices(INVOICE.replace("{price: 8.50}", "{pirce: 8.50, txt: a}"))[1])
    assert [row[3] for row in found] == ["did you mean `price`?", "did you mean `text`?"]
    (known,) = told(invoices(INVOICE + "expect: {zzz: 1}\n")[1])
    assert known[3] == "known here: `total`; keys of your own begin with `x-`"


def test_long_values_are_cut_and_many_problems_end_quickly():
    (problem,) = invoices(INVOICE + f"due: '{'9' * 60_000}'\n")[1]
    assert len(dict(problem.args)["value"]) <= 80
    started = time.perf_counter()
    keys = "".join(f"zz{number}: 1\n" for number in range(30_000))
    found = invoices(INVOICE + keys)[1]
    assert time.perf_counter() - started < 10
    assert len(found) == 100

"""The quick reader gives what the precise one gives, or nothing."""

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custledger.core.span import Span
from custledger.parse.yaml.compose import compose
from custledger.parse.yaml.nodes import Mapping, Scalar, Sequence
from custledger.schema import quick as tables
from custledger.schema.activity_model import ActivityShape
from custledger.schema.customer_model import AddressShape, ContactShape, CustomerShape
from custledger.schema.invoice_model import InstalmentShape, InvoiceShape, LineShape
from custledger.schema.quick import REQUIRED, quick
from custledger.schema.reading import as_dict, read
from custledger.schema.settings_model import (
    AccountsShape,
    BankAccount,
    CompanyShape,
    MatchingShape,
    NumberingShape,
    SettingsShape,
)
from documents import BAD, GOOD

KINDS = {
    "settings": (tables.SETTINGS, SettingsShape),
    "customer": (tables.CUSTOMER, CustomerShape),
    "invoice": (tables.INVOICE, InvoiceShape),
    "activity": (tables.ACTIVITY, ActivityShape),
}


def keys_of(shape):
    return {field.alias or name for name, field in shape.model_fields.items()}


@pytest.mark.parametrize(
    ("table", "shape"),
    [
        *KINDS.values(),
        (tables.BANK_ACCOUNT, BankAccount),
        (tables.MATCHING, MatchingShape),
        (tables.COMPANY, CompanyShape),
        (tables.ACCOUNTS, AccountsShape),
        (tables.NUMBERING, NumberingShape),
        (tables.CONTACT, ContactShape),
        (tables.ADDRESS, AddressShape),
        (tables.LINE, LineShape),
        (tables.INSTALMENT, InstalmentShape),
    ],
)
def test_the_keys_are_the_same(table, shape):
    assert table.keys() == keys_of(shape)


@pytest.mark.parametrize("kind", KINDS)
def test_the_required_keys_are_the_same(kind):
    _, shape = KINDS[kind]
    assert set(REQUIRED[kind]) == {name for name, field in shape.model_fields.items() if field.is_required()}


def compare_nodes(kind, node):
    table, shape = KINDS[kind]
    found = quick(table, REQUIRED[kind], node)
    precise, problems = read(shape, node)
    assert (found is None) == bool(problems)
    assert found is None or found == as_dict(precise)


def compare(kind, text):
    file = compose("a.yaml", (text + "\n").encode())
    for node in file.documents:
        for item in node.items if kind == "activity" and isinstance(node, Sequence) else [node]:
            compare_nodes(kind, item)
    return len(file.documents)


EVERY = [(kind, text) for books in (GOOD, BAD) for kind, texts in books.items() for text in texts]


@pytest.mark.parametrize(("kind", "text"), EVERY)
def test_documents(kind, text):
    assert compare(kind, text)


SPAN = Span("a.yaml", 1, 1, 1, 2)
SCALARS = st.builds(
    Scalar,
    st.sampled_from(
        ["", "a", "A b", "上海", "0", "-1", "+1", "1.5", "1e3", "99", "0%", "5%", "100%", "101%", "2026-01-01", "2026-02-30", "net 30", "CNY",
         "a:b", "a;b", "true", "yes", "line\nline", "6m", "30", "20", "net", "vat"]
    ),
    st.just(SPAN),
    st.booleans(),
)  # fmt: skip
KEYS = st.sampled_from(
    sorted(
        {key for table in vars(tables).values() if isinstance(table, dict) for key in table if isinstance(key, str)}
        | {"is", "x-own", "zz"}
    )
)


def exchanged(draw, node, depth=0):
    """The node with one thing changed somewhere in it."""
    if isinstance(node, Scalar) or not node.items or draw(st.integers(0, 4 + 4 * depth)) == 0:
        other = draw(st.sampled_from(["scalar", "list", "twice", "mapping", "same"]))
        if other == "scalar":
            return draw(SCALARS)
        if other == "list":
            return Sequence((), SPAN)
        if other == "mapping":
            return Mapping(((Scalar(draw(KEYS), SPAN), draw(SCALARS)),), SPAN)
        return Sequence((node, node), SPAN) if other == "twice" else node
    place = draw(st.integers(0, len(node.items) - 1))
    items = list(node.items)
    change = draw(st.sampled_from(["within"] * 6 + ["drop", "repeat", "key"]))
    if change == "drop":
        del items[place]
    elif isinstance(node, Sequence):
        items[place] = items[place] if change == "repeat" else exchanged(draw, items[place], depth + 1)
        items += [items[place]] * (change == "repeat")
    elif change == "key":
        items[place] = (Scalar(draw(KEYS), SPAN), items[place][1])
    else:
        items[place] = (items[place][0], exchanged(draw, items[place][1], depth + 1))
    return type(node)(tuple(items), SPAN)


@settings(max_examples=800, deadline=None)
@given(st.data())
def test_documents_with_something_changed(data):
    kind, text = data.draw(st.sampled_from([case for case in EVERY if "book: 2" not in case[1]]))
    node = compose("a.yaml", (text + "\n").encode()).documents[0]
    if kind == "activity" and isinstance(node, Sequence):
        node = node.items[0]
    for _ in range(data.draw(st.integers(1, 2))):
        node = exchanged(data.draw, node)
    compare_nodes(kind, node)


def dated(text):
    return ("customer", f"id: a\nname: A\nterms: {text}")


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        dated("[{from: 2026-01-01, is: eom}, {from: 2026-01-01, is: eom}]"),
        dated("[{from: 2026-02-01, is: eom}, {from: 2026-01-01, is: eom}]"),
        dated("[{from: , is: eom}]"),
        (
            "invoice",
            "number: A\ncustomer: a\ndate: 2026-01-20\nlines: [{price: 1, quantity: -1}, {price: -1, quantity: 0}]",
        ),
        ("invoice", "number: A\ncustomer: a\ndate: 2026-01-20\nlines: [{price: 1, text: ''}]\nrefs: {po: []}"),
        ("customer", "id: a\nname: A\naliases: [a, ~, '']"),
        ("customer", "id: a\nname: A\naliases:\n  - a\n  -\n"),
        ("customer", "id: a\nname: A\ncontacts: []\naddress: {}\nmatching: {withholding: []}"),
        ("settings", "book: 1\ntaxes: {x-tax: {rate: 1%}, a: }"),
        ("settings", "book: 1\ntaxes: {}\ncommodities: {CNY: }"),
    ],
)
def test_corners(kind, text):
    assert compare(kind, text)


@pytest.mark.parametrize("key", ["rival_size", "set_size", "coincidence", "tolerance", "withholding", "fx_tolerance"])
def test_ranges_are_the_same(key):
    for value in ["0", "1", "2", "5", "6", "8", "9", "13", "-1", "0%", "50%", "100%", "101%", "[0%]", "[100%]", "[x]"]:
        compare("customer", f"id: a\nname: A\nmatching: {{{key}: {value}}}")
        compare("settings", f"book: 1\ncommodities: {{A: {{digits: '{value}'}}}}")


def test_a_good_book_needs_no_pydantic():
    code = (
        "import sys; from custledger.parse.yaml.compose import compose; from custledger.schema.documents import *; "
        f"lower_settings(compose('a', {GOOD['settings'][1].encode()!r})); "
        f"lower_customers([compose('a', {GOOD['customer'][1].encode()!r})]); "
        f"lower_invoices([compose('a', {GOOD['invoice'][1].encode()!r})]); "
        f"lower_activities([compose('a', {GOOD['activity'][0].encode()!r})]); "
        "sys.exit('pydantic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0

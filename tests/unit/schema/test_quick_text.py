"""Documents read line by line are what the precise reader makes of them, problems and places included."""

import pickle
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from custledger.core.diagnostic import Diagnostic, Severity
from custledger.edit.yaml_text import document
from custledger.parse.yaml import compose as composing
from custledger.parse.yaml.readable import readable
from custledger.schema import quick_file
from custledger.schema.documents import lower_customers, lower_invoices, read_customers, read_invoices
from custledger.schema.quick_customer import CustomerReader
from custledger.schema.quick_invoice import InvoiceReader
from custledger.schema.quick_places import Places
from custledger.schema.quick_record import KNOWN_MAX
from documents import BAD, GOOD
from yaml_texts import NASTY, SHAPES, changed_documents

ROOT = Path(__file__).parents[3]
KINDS = {
    "invoice": (read_invoices, lower_invoices, InvoiceReader),
    "customer": (read_customers, lower_customers, CustomerReader),
}

BLOCK = """\
number: INV-2026-0001
customer: blueocean
date: 2026-01-20
due: 2026-02-19
currency: CNY
terms: 2/10 net 30
salesperson: 王芳
refs:
  po: PO-7781
  delivery: [SH-0107, SH-0108]
lines:
  - item: BRG-6204
    text: "深沟球轴承: 6204"
    quantity: 100
    price: 8.50
    discount: 5%
    tax: vat13
  - text: '运费 # 1'
    price: -120.00
    tax: vat6
    account: income:freight
note: 请按合同 HT-2026-018 付款，货到验收
expect:
  total: 1039.68"""
FLOW = """\
number: INV-2026-0002
customer: blueocean
date: 2026-01-20
refs: {po: [A, B], contract: HT-1}
lines:
- {item: BRG-6204, text: 深沟球轴承 6204, quantity: 100, unit: 套, price: 8.50, discount: 5%, tax: vat13}
- {text: "a, b: c", price: 120.00, account: income:freight}
expect: {total: 1039.68}"""
CREDIT_NOTE = """\
kind: credit-note
number: CN-2026-0001
corrects: INV-2026-0002
date: 2026-01-25
lines:
    - text: 退货
      price: 8.50
      tax: vat13"""
CUSTOMER = """\
id: blueocean
was: [lanhai]
name: 上海蓝海湾贸易有限公司
aliases: [蓝海湾贸易, "Blue Bay Trading Co., Ltd."]
status: active
parent: group
contacts:
  - {name: 王芳, role: 应付会计, email: "ap@blueocean.example", receives: [statement, reminder]}
  - name: 李
    phone: "+86 21 5555 0101"
address: {country: CN, city: 上海, postcode: "200120"}
bank_accounts:
  - {bank: 工商银行, account: "6222 0000 0000 0200"}
terms:
  - from: 2023-04-01
    is: net 30
  - {from: 2026-06-01, is: net 60}
currency: CNY
credit: {limit: 500000}
since: 2023-04-01"""
PROFILE = """\
id: weilan
name: 威澜
tags:
  - north
  - "1"
terms: net 30
credit:
  limit: 5.00
address:
  country: CN
  street: 海棠路 100 号
matching: {fifo: true, withholding: [6%]}"""
QUICK = {"invoice": [BLOCK, FLOW, CREDIT_NOTE], "customer": [CUSTOMER, PROFILE]}


def by_library(name, data):
    found = readable(name, data)
    return composing.compose(name, data) if isinstance(found, Diagnostic) else composing.by_library(name, found)


def precisely(kind, data):
    file = by_library("a.yaml", data)
    values, problems = KINDS[kind][1]([file])
    return values, [*file.diagnostics, *problems]


def compare(kind, data):
    found = KINDS[kind][0]([("a.yaml", data)])
    expected = precisely(kind, data)
    assert found == expected
    for value, precise in zip(found[0], expected[0], strict=True):
        places, known = value.spans, precise.spans
        assert all(
            places.get(key) == known.get(key)
            for key in [*known, "due", "terms", "parent", "refs.po", "refs.x", "x", "x.y"]
        )
    return found


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in QUICK.items() for text in texts])
def test_it_reads_what_people_write(kind, text):
    value = KINDS[kind][2]().read("a.yaml", 1, text)
    assert value is not None
    assert isinstance(value.spans, Places)
    assert compare(kind, f"{text}\n".encode()) == ((value,), [])
    assert (
        compare(kind, f"---\n{text}\n---\n{text}\n\n---\n{text}\n".replace("\n", "\r\n").encode())[0][0].span.line == 2
    )


@pytest.mark.parametrize("folder", ["ledgers", "examples/wholesaler"])
@pytest.mark.parametrize("kind", KINDS)
def test_it_reads_the_books_that_are_here(folder, kind, monkeypatch):
    read, lower, _ = KINDS[kind]
    files = [(path.name, path.read_bytes()) for path in sorted((ROOT / folder / f"{kind}s").rglob("*.yaml"))]
    slow = []
    monkeypatch.setattr(quick_file, "compose_part", lambda *told: slow.append(told) or None)
    values, problems = read(files)
    texts = [by_library(name, data) for name, data in files]
    assert (values, problems) == lower(texts)
    assert len(slow) <= len(values) / 10


LINE_KEYS = st.sampled_from(["item", "text", "unit", "tax"])
LINES = st.lists(
    st.builds(
        lambda price, texts: {"price": price, **texts},
        st.decimals(-(10**6), 10**6, places=2),
        st.dictionaries(LINE_KEYS, st.text("abc深 :,#'-[]{}\"\\&*!|>%@`?.0", min_size=1)),
    ),
    min_size=1,
    max_size=3,
)


@settings(deadline=None)
@given(LINES, st.text("ab深 :,#'-[]{}\"\\\n&*.0"), st.booleans())
def test_what_the_program_writes(lines, note, before):
    value = {"number": "A-1", "customer": "a", **({"note": note} if before else {}), "lines": lines, "note": note}
    text = document({"date": "2026-01-20"} | value).replace('"2026-01-20"', "2026-01-20")
    compare("invoice", f"{text}---\n{text}".encode())


PLACES = [
    "number: A\ncustomer: a\ndate: 2026-01-01\nlines:\n  - price: 1\nnote: {}",
    "number: A\ncustomer: a\ndate: 2026-01-01\nlines:\n  - price: 1\n    text: {}\n    tax: x",
    "number: A\ncustomer: a\ndate: 2026-01-01\nlines:\n  - text: {}\n    price: 1\n  - price: 1",
    "number: A\ncustomer: a\ndate: 2026-01-01\nlines:\n- {{text: {}, price: 1, tax: b}}",
    "number: A\ncustomer: a\ndate: 2026-01-01\nlines:\n- {{price: 1, tax: {}}}",
    "number: A\ncustomer: a\ndate: 2026-01-01\nlines:\n- price: 1\nrefs: {{po: [a, {}]}}",
    "number: A\ncustomer: a\ndate: 2026-01-01\nlines:\n- price: 1\nrefs:\n  po: {}\n  contract: c",
    "number: A\ncustomer: a\ndate: 2026-01-01\n{}\nlines:\n- price: 1",
    "number: A\ncustomer: a\ndate: 2026-01-01\nlines:\n- price: 1\n{}\n- price: 1",
    "number: A\ncustomer: a\ndate: 2026-01-01\nlines:\n- price: 1\n  {}\n- price: 1",
]


@pytest.mark.parametrize("place", PLACES)
def test_every_sign_at_every_place(place):
    for sign in NASTY:
        texts = [place.format(shape.format(sign)) for shape in SHAPES]
        for text in texts:
            compare("invoice", text.encode())
            compare("invoice", f"{text}\n---\n{FLOW}".encode())


@pytest.mark.parametrize(
    "change",
    [
        ("number:", "x-a: 1\nx-a: 2\nnumber:"),
        ("number:", "x-a: 1\nx-b: 2\nnumber:"),
        ("number:", "x-a:\n  x: 1\nnumber:"),
        ("number:", "x-a: b: c\nnumber:"),
        ("refs: {po: [A, B], ", "refs: {po: [A, B], po: C, "),
        ("quantity: 100", "quantity: 100, quantity: 100"),
        ("[A, B]", "[A,B]"),
        ("[A, B]", "[A, , B]"),
        ("[A, B]", "[A, B,]"),
        ("[A, B]", "[ A, B ]"),
        ("[A, B]", "[A, b  c]"),
        ("[A, B]", "[A, {a: b}]"),
        ("[A, B]", "[[A], B]"),
        ("[A, B]", "[[[[[A]]]]]"),
        ("[A, B]", "[A, B"),
        ("[A, B]", "[A, B] c"),
        ("[A, B]", "[]"),
        ("{po: [A, B], contract: HT-1}", "{}"),
        (" {po: [A, B], contract: HT-1}", "\n  po: [A]\n   contract: 1"),
        (" {po: [A, B], contract: HT-1}", "\n  po:\n  - A\n  - B"),
        (" {po: [A, B], contract: HT-1}", "\n  po: 1\n  po: 2"),
        (" {po: [A, B], contract: HT-1}", "\n  po: 1\n   contract: 2"),
        (" {po: [A, B], contract: HT-1}", "\n  po: 1\n contract: 2"),
        (" {po: [A, B], contract: HT-1}", "\n  po: 1\ncontract: 2"),
        (" {po: [A, B], contract: HT-1}", "\npo: 1"),
        ("lines:\n", "lines:\n\n"),
        ("lines:\n", "lines:\n \n"),
        ("lines:\n", "lines: \n"),
        ("lines:\n", "lines:\n# c\n"),
        ("expect: {total: 1039.68}", "expect: {total: }"),
        ("expect: {total: 1039.68}", "expect:"),
        ("expect: {total: 1039.68}", "expect:\n    total: 1"),
        (" {total: 1039.68}", "\n  total: 1"),
        (" {total: 1039.68}", "\n "),
        ("expect: {total: 1039.68}", "lines: [{price: 1}]"),
        ("date: 2026-01-20", "date:\n  2026-01-20"),
        ("date: 2026-01-20", "date: 2026-01-20\n  "),
        ("date: 2026-01-20", "due: 2026-01-20"),
    ],
)
def test_corners(change):
    text = FLOW.replace(*change)
    assert text != FLOW
    compare("invoice", text.encode())
    compare("invoice", f"{BLOCK}\n---\n{text}\n".encode())


@st.composite
def mutilated(draw):
    """Documents of one file with a few things changed in their text."""
    kind = draw(st.sampled_from(sorted(KINDS)))
    return kind, draw(changed_documents([*QUICK[kind], *GOOD[kind], *BAD[kind]]))


@settings(max_examples=600, deadline=None)
@given(mutilated())
@example(("invoice", f"{FLOW}\n---\n{BLOCK}\n  - price: 1\n"))
@example(("invoice", FLOW.replace("\n- {text", "\n  tax: x\n- {text")))
@example(("invoice", BLOCK.replace("  - item", "  - {price: 1}\n  - item")))
@example(("invoice", BLOCK.replace("    price: 8.50", "    price: 8.50\n    price: 8.50")))
@example(("customer", CUSTOMER.replace("parent: group", "parent: blueocean")))
def test_documents_with_something_changed(case):
    kind, text = case
    compare(kind, text.encode())


def test_a_document_that_is_not_covered_goes_alone(monkeypatch):
    parts = []
    precise = quick_file.compose_part
    monkeypatch.setattr(quick_file, "compose_part", lambda *told: parts.append(told[1:]) or precise(*told))
    monkeypatch.setattr(quick_file, "compose", None)
    other = FLOW.replace("date:", "# as agreed\ndate:").replace("INV-2026-0002", "INV-2026-0003")
    values, problems = read_invoices([("a.yaml", f"{BLOCK}\n---\n{other}\n---\n{FLOW}\n".encode())])
    assert [value.number[-4:] for value in values] == ["0001", "0003", "0002"]
    assert parts == [(f"{other}\n", BLOCK.count("\n") + 2)]
    assert problems == []


def test_problems_of_shape_are_those_of_the_document():
    values, problems = compare("invoice", f"{BLOCK}\n---\n{BLOCK.replace('8.50', '8,50')}\n---\n{FLOW}\n".encode())
    assert [value.number[-1] for value in values] == ["1", "2"]
    assert [(one.slug, one.span.line, one.severity) for one in problems] == [("invalid-value", 40, Severity.ERROR)]


def test_what_is_remembered_is_bounded():
    reader = InvoiceReader()
    for number in range(KNOWN_MAX + 10):
        reader.read("a.yaml", 1, BLOCK.replace("8.50", f"{number}").replace("customer: b", f"customer: b{number}"))
    assert all(
        len(known) <= KNOWN_MAX for known in (reader._known, *(shelf.known for shelf in reader._shelves.values()))
    )
    assert reader.read("a.yaml", 1, BLOCK) == precisely("invoice", BLOCK.encode())[0][0]


def test_a_file_that_may_have_too_many_nodes_is_left_to_the_precise_reader(monkeypatch):
    monkeypatch.setattr(quick_file, "NODES_MAX", 10)
    monkeypatch.setattr(quick_file, "compose_part", None)
    compare("invoice", f"{FLOW}\n".encode())


def test_places_are_a_mapping_like_any_other():
    value = InvoiceReader().read("a.yaml", 5, BLOCK)
    assert value is not None
    assert value.spans["due"].line == 8
    assert "expect.total" in value.spans
    assert value.spans.get("void") is None
    assert len(value.spans) == len(dict(value.spans))
    assert pickle.loads(pickle.dumps(value)) == value  # noqa: S301 - our own bytes
    assert repr(value.spans) == repr(dict(value.spans))

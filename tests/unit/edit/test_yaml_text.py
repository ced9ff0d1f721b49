from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custledger.core.trouble import InternalError
from custledger.edit.yaml_text import Plain, document, flow, scalar
from custledger.parse.yaml.compose import compose
from custledger.parse.yaml.nodes import Mapping, Node, Scalar


def values(node: Node) -> Any:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Mapping):
        return {key.text: values(value) for key, value in node.items}
    return [values(item) for item in node.items]


def texts(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: texts(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [texts(item) for item in value]
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("上海蓝海贸易有限公司", "上海蓝海贸易有限公司"),
        ("Blue Ocean Trading Co., Ltd.", '"Blue Ocean Trading Co., Ltd."'),
        ("Blue Ocean (Asia)", "Blue Ocean (Asia)"),
        ("杭州（分公司）", "杭州（分公司）"),
        ("INV-2026-0001", "INV-2026-0001"),
        ("no", '"no"'),
        ("NaN", '"NaN"'),
        ("0049", '"0049"'),
        ("1e3", '"1e3"'),
        ("2026-01-01", '"2026-01-01"'),
        ("+86 21", '"+86 21"'),
        ("a: b", '"a: b"'),
        ("a #b", '"a #b"'),
        ("- a", '"- a"'),
        ("", '""'),
        (" a", '" a"'),
        ("a ", '"a "'),
        ('a\nb\t"\\', '"a\\nb\\t\\"\\\\"'),
        ("a\x1b\u202e\x85", '"a\\x1b\\u202e\\x85"'),
        (Plain("net 30"), "net 30"),
        (Decimal("1E+2"), "100"),
        (Decimal("8.50"), "8.50"),
        (dt.date(2026, 1, 2), "2026-01-02"),
        (7, "7"),
    ],
)
def test_scalars(value: Any, expected: str) -> None:
    assert scalar(value) == expected


def test_a_document_reads_like_one_written_by_hand() -> None:
    invoice = {
        "number": "INV-2026-0002",
        "customer": "blueocean",
        "date": dt.date(2026, 1, 20),
        "terms": Plain("net 30"),
        "salesperson": "",
        "refs": {"po": "PO-7781"},
        "delivery": ["SH-0107"],
        "lines": [
            {"text": "深沟球轴承 6204", "quantity": 100, "price": Decimal("8.50"), "tax": "vat13"},
            {"text": "x" * 80, "price": Decimal(1), "account": "income:other sales"},
        ],
    }
    assert document(invoice) == (
        "number: INV-2026-0002\n"
        "customer: blueocean\n"
        "date: 2026-01-20\n"
        "terms: net 30\n"
        "refs: {po: PO-7781}\n"
        "delivery: [SH-0107]\n"
        "lines:\n"
        "  - {text: 深沟球轴承 6204, quantity: 100, price: 8.50, tax: vat13}\n"
        f"  - text: {'x' * 80}\n"
        "    price: 1\n"
        '    account: "income:other sales"\n'
    )


def test_a_lone_surrogate_is_our_bug() -> None:
    with pytest.raises(InternalError):
        scalar("\udcff")


TEXT = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12),
    st.sampled_from(
        ["no", "~", "null", "1.5", "-", "?", "a:", "a: b", "#", "a #", "[a]", "{a}", "*a", "&a", "!a", "%a", "'", '"']
    ),
    st.text("ab:#-?,[]{}&*!|>'\"%@` \n中", min_size=1, max_size=8),
)
LEAF = st.one_of(TEXT, st.integers(), st.decimals(allow_nan=False, allow_infinity=False, places=2), st.dates())
KEY = st.one_of(st.sampled_from(["a", "b", "x-ü", "no", "1"]), TEXT)
VALUE = st.recursive(
    LEAF,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3), st.dictionaries(KEY, inner, min_size=1, max_size=3)
    ),
    max_leaves=10,
)


@given(st.dictionaries(KEY, VALUE, min_size=1, max_size=4))
@settings(max_examples=400)
def test_our_reader_gives_the_same_scalars_back(value: dict[str, Any]) -> None:
    read = compose("f.yaml", document(value).encode())
    assert read.diagnostics == ()
    assert [values(node) for node in read.documents] == [texts(value)]
    assert [values(node) for node in compose("f.yaml", flow(value).encode()).documents] == [texts(value)]

"""Import maps: their shape and its problems."""

import pytest

from custledger.parse.yaml.compose import compose
from custledger.schema.import_map import lower_import_map

GOOD = "import: payments\ncolumns: {date: Date, customer: Customer, amount: Amount}\n"


def lowered(text):
    map_, found = lower_import_map(compose("map.yaml", text.encode()))
    return map_, [(problem.key.removeprefix("diagnostics."), problem.span.line) for problem in found]


def test_what_is_left_out_has_its_default():
    map_, found = lowered(GOOD)
    assert found == []
    assert (map_.kind, map_.encodings, map_.delimiter, map_.dates, map_.id_from) == (
        "payments",
        ("utf-8",),
        ",",
        ("Y-M-D",),
        "slug",
    )
    assert map_.columns["amount"] == ("Amount",)


def test_one_or_several():
    map_, found = lowered(
        GOOD + "encoding: [utf-8-sig, GBK]\ndelimiter: tab\nskip: {Status: ['', 0012]}\nrows: lines\n"
    )
    assert found == []
    assert (map_.encodings, map_.delimiter, map_.skip, map_.lines) == (
        ("utf-8", "gbk"),
        "\t",
        {"Status": ("", "0012")},
        True,
    )


@pytest.mark.parametrize(
    ("text", "key", "line"),
    [
        ("columns: {date: D}\n", "missing-key", 1),
        ("import: bills\ncolumns: {date: D}\n", "invalid-value.choice", 1),
        (GOOD + "coding: utf-8\n", "unknown-key.nearest", 3),
        (GOOD + "encoding: klingon\n", "invalid-value.encoding", 3),
        (GOOD + "encoding: rot13\n", "invalid-value.encoding", 3),
        (GOOD + "delimiter: '--'\n", "invalid-value.delimiter", 3),
        (GOOD + "dates: Y-D\n", "invalid-value.date-pattern", 3),
        (GOOD + "dates: [D/M/Y, M-D-Y]\n", "invalid-value.date-orders", 3),
        (GOOD + "into: ../elsewhere.journal\n", "invalid-value.into", 3),
        (GOOD + "into: activity/x.yaml\n", "invalid-value.into", 3),
        (GOOD + "group_mark: '.'\n", "import-map.marks", 2),
        (GOOD + "id: random\n", "invalid-value.choice", 3),
        ("import: payments\ncolumns: {date: Date, amount: Amount}\n", "import-map.field", 2),
        (GOOD.replace("amount:", "ammount:"), "unknown-key.nearest", 2),
        (GOOD + "---\n" + GOOD, "import-map.documents", 0),
        ("- a\n", "invalid-value.document", 1),
        ("import: [x\n", "yaml-syntax.list", 1),
    ],
)
def test_problems_have_their_place(text, key, line):
    map_, found = lowered(text)
    assert map_ is None
    assert (key, line) in found

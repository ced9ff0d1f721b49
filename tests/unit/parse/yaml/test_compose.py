import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custledger.core.span import Span
from custledger.parse.yaml import events
from custledger.parse.yaml.compose import compose
from custledger.parse.yaml.nodes import Mapping, Scalar, Sequence


def read(text):
    return compose("a.yaml", text.encode() if isinstance(text, str) else text)


def problems(text):
    return [(d.slug, d.variant, *d.span[1:3]) for d in read(text).diagnostics]


def plain(node):
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {key.text: plain(value) for key, value in node.items}


def documents(text):
    return [plain(node) for node in read(text).documents]


def test_scalars_stay_text():
    (document,) = documents("a: no\nb: 0049\nc: 1e3\nd: 2026-01-02\ne: ~\nf:\ng: 'x'\nh: 1:30\ni: 10_000.00\n")
    assert document == {
        "a": "no",
        "b": "0049",
        "c": "1e3",
        "d": "2026-01-02",
        "e": "~",
        "f": "",
        "g": "x",
        "h": "1:30",
        "i": "10_000.00",
    }


def test_places_count_code_points():
    (node,) = read("名称: 上海\n列表: [😀, {乙: 丙}]   # 完\n\n# 尾\n").documents
    assert isinstance(node, Mapping)
    assert node.span == Span("a.yaml", 1, 1, 2, 16)
    name = node.get("名称")
    assert name == Scalar("上海", Span("a.yaml", 1, 5, 1, 7))
    listed = node.get("列表")
    assert isinstance(listed, Sequence)
    assert listed.span == Span("a.yaml", 2, 5, 2, 16)
    assert listed.items[0].span == Span("a.yaml", 2, 6, 2, 7)
    assert listed.items[1].span == Span("a.yaml", 2, 9, 2, 15)


def test_places_are_the_same_after_a_byte_order_mark():
    assert read(b"\xef\xbb\xbfa: b\n") == read("a: b\n")


def test_a_block_ends_at_its_last_leaf():
    (node,) = read("a:\n  - b: 1\n    c: 2   # x\n\n# y\n\nd: 3\n").documents
    value = node.get("a")
    assert value.span == Span("a.yaml", 2, 3, 3, 9)


def test_plain_or_not():
    (node,) = read("a:\nb: ''\nc: |\n  x\n").documents
    assert [value.plain for _, value in node.items] == [True, False, False]


def test_documents():
    assert documents("---\n---\na: 1\n...\n---\n- b\n") == [{"a": "1"}, ["b"]]
    assert documents("") == documents("# nothing\n") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("%YAML 1.1\n---\na: no\n", ("yaml-feature", "directive", 1, 1)),
        ("%FOO 1\n---\na: no\n", ("yaml-feature", "directive", 1, 1)),
        ("a: !!python/object:os.system x\n", ("yaml-feature", "tag", 1, 4)),
        ("a: ! x\n", ("yaml-feature", "tag", 1, 4)),
        ("a: !x {b: c}\n", ("yaml-feature", "tag", 1, 4)),
        ("a: &b c\n", ("yaml-feature", "anchor", 1, 4)),
        ("a: *b\n", ("yaml-feature", "alias", 1, 4)),
        ("<<: {a: 1}\n", ("yaml-feature", "merge-key", 1, 1)),
        ("? [a]\n: b\n", ("yaml-feature", "key", 1, 3)),
        ("? \n: b\n", ("yaml-feature", "key", 1, 2)),
        ("a:\n\tb: 1\n", ("yaml-feature", "tab", 2, 1)),
        ("a: 1\nb: 2\na: 3\n", ("duplicate-key", "", 3, 1)),
        ("a: b: c\n", ("yaml-syntax", "colon", 1, 5)),
        ("a: - b\n", ("yaml-syntax", "dash", 1, 4)),
        ("a: 1\nbcd\ne: 2\n", ("yaml-syntax", "no-colon", 2, 1)),
        ("a: @x\n", ("yaml-syntax", "character", 1, 4)),
        ("a:\n  - b\n c: d\n", ("yaml-syntax", "indent", 3, 2)),
        ("a: [1 2\n", ("yaml-syntax", "list", 1, 4)),
        ("a: {b: 1\nc: 2\n", ("yaml-syntax", "mapping", 1, 4)),
        ("a: 'x\n", ("yaml-syntax", "quote", 1, 4)),
        ('a: "\\q"\n', ("yaml-syntax", "escape", 1, 5)),
        ("a: }\n", ("yaml-syntax", "", 1, 4)),
        ("a: b\x00c\n", ("unreadable-text", "", 1, 5)),
        ("a: b\x1b[31m\n", ("unreadable-text", "", 1, 5)),
        ("a: b\u2028\n", ("unreadable-text", "", 1, 5)),
        ("a: b\rc: d\n", ("unreadable-text", "line-end", 1, 5)),
        ("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n", ("unreadable-text", "lfs", 1, 1)),
        ("\ufeff-----BEGIN PGP MESSAGE-----\n", ("unreadable-text", "encrypted", 1, 1)),
        ("\x00GITCRYPT\x00\x9f", ("unreadable-text", "encrypted", 1, 1)),
        ("id: ENC[AES256_GCM,data:x]\nsops:\n  mac: x\n", ("unreadable-text", "encrypted", 2, 1)),
        ("<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> x\n", ("merge-conflict", "", 1, 1)),
        ("a: " + "x" * 70_000 + "\n", ("too-large", "scalar", 1, 4)),
        ("- " * 40 + "\n", ("too-deep", "", 1, 65)),
    ],
)  # fmt: skip
def test_refused(text, expected):
    assert problems(text) == [expected]
    assert read(text).broken


def test_bytes_that_are_no_utf8():
    assert [(d.slug, d.variant, *d.span[1:3]) for d in read("a: 1\nb: 上".encode("gb18030")).diagnostics] == [
        ("not-utf8", "gb18030", 2, 4)
    ]
    assert read("a: 1".encode("utf-16")).diagnostics[0].variant == "utf16"
    assert read(b"\xef\xbb\xbfa: \xff").diagnostics[0].span[1:3] == (1, 4)
    assert read(b"a: " + b"x" * 20_000_000).diagnostics[0].variant == "file"


def test_a_key_twice_keeps_the_first_and_shows_both():
    file = read("a: 1\nb: {c: 1, c: 2}\n")
    (found,) = file.diagnostics
    assert found.related[0].span == Span("a.yaml", 2, 5, 2, 6)
    assert documents("a: 1\nb: {c: 1, c: 2}\n") == [{"a": "1", "b": {"c": "1"}}]


@pytest.mark.parametrize(
    "bad",
    [
        "a: b: c",
        "a: [",
        "a: 'x",
        "a: *b",
        "a: {b\nc: '",
        "\ta: 1",
        "a: \x07",
        "- " * 50,
        "a: |\n x\nb\n  c: 1",
        "<<<<<<< H\na\n=======\nb\n>>>>>>> J",
    ],
)
def test_a_broken_document_hides_no_other(bad):
    text = f"x: 1\n---\n{bad}\n---\ny: 2\n---\n{bad}\n---\nz: 3\n"
    assert documents(text) == [{"x": "1"}, {"y": "2"}, {"z": "3"}]
    assert len(problems(text)) == 2
    assert len([span for span in read(text).broken if 2 <= span.line <= 3]) == 1


def test_every_line_of_control_characters_is_reported_once():
    assert [p[2] for p in problems("a: \x01\x02\n---\nb: 1\n---\nc: \x03\t\n")] == [1, 5]
    assert documents("a: \x01\x02\n---\nb: 1\n---\nc: \x03\t\n") == [{"b": "1"}]


@pytest.mark.parametrize(
    "text", ["[" * 200_000, "- " * 100_000, "{a: " * 60_000, "? " * 100_000, "---\n[\n" * 20_000, "[" * 9 + "]" * 9]
)
def test_hostile_files_end_quickly(text):
    started = time.perf_counter()
    file = read(text)
    assert time.perf_counter() - started < 2
    assert len(file.diagnostics) <= 60


def test_windows_line_ends():
    assert documents("a: 1\r\n---\r\nb: |\r\n  x\r\n  y\r\n") == [{"a": "1"}, {"b": "x\ny\n"}]
    assert problems("a: 1\r\n---\r\nb: *c\r\n") == [("yaml-feature", "alias", 3, 4)]


fragments = st.sampled_from(
    ["a: ", "b", ": ", "\n", "\n---\n", "  ", "- ", "[", "]", "{", "}", ", ", "'", '"', "|\n", "# c", "&x ", "*x", "!y ", "?", "<<: ", "\t", "上海", "%", "@", "\\", "\r\n", "\x00", "..."]
)  # fmt: skip


@settings(max_examples=300)
@given(st.lists(fragments, max_size=25).map("".join))
def test_any_text_is_read_or_refused(text):
    file = read(text)
    assert list(file.diagnostics) == sorted(file.diagnostics, key=lambda d: d.order)
    assert bool(file.broken) == bool(file.diagnostics)
    lines = text.split("\n")
    for found in file.diagnostics:
        assert 1 <= found.span.line <= len(lines) + 1
        assert found.span.column >= 1


@settings(max_examples=200)
@given(st.lists(fragments.filter(lambda f: f not in {"&x ", "!y ", "\x00", "\t", "%"}), max_size=12).map("".join))
def test_the_pure_parser_reads_the_same_where_both_read(text):
    one = read(text)
    original, events_module = events.event_source, compose.__globals__
    events_module["event_source"] = events.pure_event_source
    try:
        other = read(text)
    finally:
        events_module["event_source"] = original
    if not one.diagnostics and not other.diagnostics:
        assert [plain(node) for node in one.documents] == [plain(node) for node in other.documents]


json_like = st.recursive(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="\ufeff\uffff\ufffe"), max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc上", min_size=1, max_size=4), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip


def written(value):
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    if isinstance(value, list):
        return "[" + ", ".join(written(item) for item in value) + "]"
    return "{" + ", ".join(f"{key}: {written(item)}" for key, item in value.items()) + "}"


@given(json_like)
def test_what_is_written_is_read_back(value):
    file = read(written(value) + "\n")
    if not any(ord(c) > 0xFFFF and ord(c) & 0xFFFE == 0xFFFE for c in written(value)):
        assert file.diagnostics == ()
        assert [plain(node) for node in file.documents] == [value]


@pytest.mark.parametrize(
    "line",
    ["\t\n", "\x01\n", "<<<<<<< x\n", "<<<<<<< x\n>>>>>>> x\n", "- *a\n", "- &a b\n", "a: 1\n", "{\n", "---\n{\n"],
)
@pytest.mark.timeout(20)
def test_files_of_nothing_but_problems_end_quickly(line):
    started = time.perf_counter()
    file = read(line * (1_000_000 // len(line)))
    assert time.perf_counter() - started < 8
    assert 0 < len(file.diagnostics) <= 1100

"""Laws of reading, printing and aligning journals."""

from __future__ import annotations

import random
import time
from dataclasses import fields, is_dataclass
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custledger.core.money import EXACT
from custledger.core.span import Span
from custledger.edit.fmt import align
from custledger.edit.splice import spliced
from custledger.i18n.catalogue import Catalogue
from custledger.parse.journal.load import load
from custledger.parse.journal.model import Amount, AmountStyle, Transaction
from custledger.parse.journal.printing import print_journal, transaction_text
from custledger.parse.journal.text import amount_text
from journals import DictSource, changes, journals, read, separated, triples

PIECES = st.sampled_from(
    ["2026-01-01 x\n", "  a  1 CNY\n", "  b\n", "\n", " ", "\t", "\r\n", "\r", ";", "@", "@@", "=", "==*", "(", ")", "[", "]", "{", "}",
     "1,000", "1.000.000,00", "1E1000000", "9" * 120, '"', "-", "+", "~ monthly\n", "= x\n", "comment\n", "end comment\n", "D 1.00 CNY\n",
     "alias /(a+)+$/ = b\n", "alias a = b\n", "apply account x\n", "include x\n", "Y2026\n", "1/2 y\n", "<<<<<<< a\n", ">>>>>>> b\n",
     "=======\n", "date:", "[2026-01-01]", "上海 ", "\u3000", "\u202e", "\x00", "\ufeff", "a:b:c", "P 2026-01-01 X 1\n", "*", "!", "; > x:y\n"]
)  # fmt: skip


def meaning(value: object) -> object:
    """A value without where it stands and how its numbers are laid out."""
    if isinstance(value, (Span, AmountStyle)):
        return None
    if isinstance(value, Decimal):
        return EXACT.normalize(value)
    if is_dataclass(value) and not isinstance(value, type):
        skipped = {"index", "account_written", "column_code", "column_description"}
        return tuple(meaning(getattr(value, f.name)) for f in fields(value) if f.name not in skipped)
    if isinstance(value, tuple):
        return tuple(meaning(one) for one in value)
    return value


def total(data: bytes) -> None:
    """Whatever it is, it gives transactions or problems with words, in time, and always the same."""
    begin = time.perf_counter()
    first = load(DictSource({"a": data}), ["a"])
    assert time.perf_counter() - begin < 5
    for diagnostic in first.diagnostics:
        span = diagnostic.span
        assert span.file == "a"
        assert (span.line, span.column) <= (span.end_line, span.end_column)
        for language in ("en", "zh"):
            assert not Catalogue(language).message(diagnostic).startswith("diagnostics."), diagnostic
    assert load(DictSource({"a": data}), ["a"]) == first


@settings(max_examples=150)
@given(st.lists(PIECES, max_size=25).map("".join))
def test_any_pieces_of_a_journal_are_read_or_refused(text: str) -> None:
    total(text.encode("utf-8", "surrogatepass"))


@settings(max_examples=100)
@given(st.one_of(st.binary(max_size=300), st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace"))))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    total(data)


@settings(max_examples=150)
@given(text=journals, data=st.data())
def test_a_damaged_journal_is_read_or_refused(text: str, data: st.DataObject) -> None:
    raw = bytearray(text.encode())
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, max(0, len(raw) - 1)))
        kind = data.draw(st.integers(0, 2))
        if kind == 0:
            del raw[at : at + data.draw(st.integers(1, 10))]
        elif kind == 1:
            raw[at:at] = data.draw(PIECES).encode()
        elif raw:
            raw[at] ^= 1 << data.draw(st.integers(0, 7))
    total(bytes(raw))


@settings(max_examples=150)
@given(text=journals)
def test_printing_keeps_the_meaning(text: str) -> None:
    first = read(text)
    if first.diagnostics:
        return
    again = read(print_journal(first))
    assert not again.diagnostics, print_journal(first)
    key = lambda one: (one.date, meaning(one))  # noqa: E731 - used once more below

    def told(transactions: tuple[Transaction, ...]) -> list[object]:
        return sorted((repr(key(one)) for one in transactions), key=str)

    assert told(again.transactions) == told(first.transactions), print_journal(first)
    for transaction in first.transactions:
        alone = read(transaction_text(transaction, assertions=False))
        assert changes(alone.transactions) == changes((transaction,)), transaction_text(transaction, assertions=False)


@settings(max_examples=150)
@given(text=journals)
def test_aligning_changes_no_meaning_and_is_done_once(text: str) -> None:
    data = text.encode()
    edit, problems = align("a.journal", data)
    if edit is None:
        return
    assert not problems
    new = spliced(data, edit.splices)
    assert align("a.journal", new) == (None, ())
    before, after = read(data), read(new)
    assert [meaning(one) for one in before.transactions] == [meaning(one) for one in after.transactions]
    assert [(d.slug, d.args) for d in before.diagnostics] == [(d.slug, d.args) for d in after.diagnostics]
    assert data.split() == new.split()


quantities = st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**12), max_value=10**12)
styles = st.builds(
    AmountStyle,
    commodity_left=st.booleans(),
    spaced=st.booleans(),
    decimal_mark=st.sampled_from(".,"),
    group_mark=st.sampled_from(["", ",", ".", " "]),
    groups=st.sampled_from([(), (3,), (3, 2)]),
    digits=st.integers(0, 5),
).filter(lambda style: style.decimal_mark != style.group_mark)


@given(
    quantities, st.sampled_from(["CNY", "", "$", "元", "A 1", "E", "x-y"]), styles, st.sampled_from([None, ".", ","])
)
def test_amounts_are_read_as_they_are_written(
    quantity: Decimal, name: str, style: AmountStyle, mark: str | None
) -> None:
    quantity = quantity.normalize()
    text = amount_text(Amount(quantity, name, style), mark)
    head = f"decimal-mark {mark}\n" if mark else ""
    journal = read(f"{head}2026-01-01 x\n  (a)  {text}\n")
    assert not journal.diagnostics, text
    amount = journal.transactions[0].postings[0].amount
    assert amount is not None
    assert (amount.quantity, amount.commodity) == (quantity, name), text


@settings(max_examples=60)
@given(parts=triples, shuffle=st.randoms(use_true_random=False))
def test_the_order_of_root_files_given_does_not_matter(parts: list[list[str]], shuffle: random.Random) -> None:
    files = separated(parts, ("b", "", ""))
    names = sorted(files)
    expected = load(DictSource(files), names)
    shuffle.shuffle(names)
    assert load(DictSource(files), names) == expected


@pytest.mark.parametrize(
    "text",
    [
        "x" * 1_000_000,
        "2026-01-01 x\n  " + "a" * 1_000_000 + "  1\n",
        "2026-01-01 x\n  a  " + "9" * 60_000 + "\n",
        "2026-01-01 x\n  a  1E1000000\n  b\n",
        "2026-01-01 x\n  a  1E-1000000\n  b\n",
        "2026-01-01 x\n  a  " + "1," * 30_000 + "\n",
        "2026-01-01 x  ; " + "a:" * 30_000 + "\n",
        "2026-01-01 x  ; " + ":" * 60_000 + "\n",
        "2026-01-01 x\n  a  1  ; " + "[" * 60_000 + "\n",
        "2026-01-01 x\n  a  1  ; " + "[1/1" * 15_000 + "\n",
        "2026-01-01 x\n  a  " + "(" * 60_000 + "\n",
        "2026-01-01 x\n  a  1 " + "{" * 60_000 + "\n",
        "2026-01-01 x\n  a  1 " + "@ 1 " * 15_000 + "\n",
        "~ " + "every " * 10_000 + "\n",
        "~ " + "1-" * 30_000 + "\n",
        "a " * 30_000,
        " " * 60_000 + "\n",
        "<<<<<<<\n" * 20_000,
        "comment\n" * 20_000,
        "alias /(((a*)*)*)*$/ = b\n2026-01-01 x\n  " + "a" * 200 + "!  1\n  b\n",
        "alias /a*a*a*!/ = b\n2026-01-01 x\n  " + "a" * 190 + "  1\n  b\n",
        "alias /" + "(" * 150 + "a" + ")" * 150 + "/ = b\n2026-01-01 x\n  a  1\n  b\n",
        "apply account x\n" * 20_000 + "2026-01-01 x\n  a  1\n  b\n",
        "Y99999\n",
        "999999999999-01-01 x\n",
        "2026-01-01 x\n" + "  a  1\n" * 5_000 + "  b\n",
        "foo\n" * 50_000,
        "  foo\n" * 50_000,
        "2026-01-01 x\n  a  1 A @ " + "1" * 90 + " B\n" * 2,
    ],
    ids=lambda text: f"{text[:30]!r}",
)  # fmt: skip
def test_hostile_text_is_answered_in_time(text: str) -> None:
    total(text.encode())

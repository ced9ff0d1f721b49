"""Laws of the quick ways that an index is made by: each says what the slow way says, or nothing."""

from __future__ import annotations

import datetime as dt
import random

import pytest
from hypothesis import given, settings

from custledger.book.plain import CHARGE, NO_NUMBER, TAGGED, UNTAGGED, Row, Stretch
from custledger.indexed.setup import ids_of, readers
from custledger.parse.journal.load import load
from custledger.parse.journal.plain import is_plain_text
from custledger.parse.yaml.compose import compose
from custledger.reconcile.engine import reconcile
from custledger.reconcile.plain import stretches
from custledger.reconcile.stretches import stretches_of
from custledger.resolve.book import resolve
from custledger.schema.documents import lower_settings, read_customers
from engine import book, day
from facts import days, facts, read
from indexed_books import Making
from indexed_texts import CUSTOMERS, DIRECTIVES, ODD, SETTINGS, STRANGE
from journals import DictSource

FIRST = day("2026-01-01").toordinal()
READ, _ = lower_settings(compose("custledger.yaml", SETTINGS.encode()))
PROFILES, _ = read_customers([("customers/all.yaml", "---\n".join(CUSTOMERS).encode())])


# --- resolve.plain: rows of plain transactions


def resolved(text: str):
    """The book of a journal, as the precise reader has it."""
    journal = load(DictSource({"a.journal": text}), ["a.journal"], decimal_mark=".")
    return resolve(journal=journal, settings=READ, customers=PROFILES), journal


def rows_of(text: str, owner: str) -> list[Row]:
    """What `resolve` makes of a plain text: the rows of one customer, in order of the text."""
    found, journal = resolved(text)
    assert not found.diagnostics
    assert not journal.diagnostics
    rows = []
    for each in found.book.charges:
        assert (each.kind, each.date_value, each.date_claim) == ("invoice", each.date, each.date), text
        assert not {"dispute", "kind", "invoice", "reverses", "terms", "dated"}.intersection(each.tags)
        assert not each.refs
        said = (each.date.toordinal(), CHARGE, each.number.encode(), each.money.minor, each.date_due.toordinal())
        rows.append((each.span, said, each.customer))
    for each in found.book.credits:
        (part,) = each.parts
        assert (each.kind, each.date_value, part.applied, each.rejected, each.corrects) == (
            "payment", each.date, None, (), None,
        ), text  # fmt: skip
        assert not each.refs
        assert [text.kind for text in each.texts if text.kind not in {"code", "note"}] == []
        what, number = (TAGGED, part.invoices[0].encode()) if part.invoices else (UNTAGGED, b"")
        assert len(part.invoices) <= 1
        rows.append(
            (
                each.span,
                (each.date.toordinal(), what, number, each.money.minor, (each.code or "").encode()),
                each.customer,
            )
        )
    assert not found.book.debits
    assert not found.book.advances
    assert len(rows) == len(found.book.postings)
    return [row for _, row, customer in sorted(rows, key=lambda one: one[0]) if customer == owner]


@pytest.mark.parametrize("seed", range(60))
def test_rows_say_what_resolve_says(seed: int) -> None:
    """Of every block that is plain; the blocks leave nothing out, and what is no plain block is a gap."""
    making = Making(random.Random(seed))
    blocks = [making.entry(0.2) for _ in range(14)]
    blocks += [making.filled(DIRECTIVES), making.filled(STRANGE), making.filled(ODD)]
    making.chance.shuffle(blocks)
    data = "\n".join(blocks).encode()
    if not is_plain_text(data):
        return
    ids, names = ids_of(PROFILES, {})
    profiles = {customer.id: customer for customer in PROFILES}
    _, reader, _ = readers(READ, load(DictSource({"d": ""}), ["d"]), ids, names, profiles.get)
    found = reader.read(data)
    ends = [*found.starts[1:], len(data)]
    pieces = [data[start:end] for start, end in zip(found.starts, ends, strict=True)]
    assert b"".join(pieces) == data
    assert [data.count(b"\n", 0, start) + 1 for start in found.starts] == found.lines
    assert [(gap.start, gap.end, gap.line) for gap in found.gaps] == [
        (start, end, line)
        for start, end, line, owner in zip(found.starts, ends, found.lines, found.owners, strict=True)
        if owner < 0
    ]
    places = {place: name for name, place in ids.items() if name in profiles}
    plain = [(piece.decode(), owner) for piece, owner in zip(pieces, found.owners, strict=True) if owner >= 0]
    assert any(owner > 0 for _, owner in plain)
    for text, owner in plain:
        one = reader.read(text.encode())
        assert (one.gaps, one.owners) == ([], [owner])
        if owner:
            assert one.rows == {owner: [row for row in rows_of(text, places[owner])]}  # noqa: C416
            (only,) = resolved(text)[0].book.postings
            assert one.units == {owner: only.money.commodity}
            assert only.customer == places[owner]
        else:
            assert resolved(text)[0].book.postings == ()
    for owner, rows in found.rows.items():
        assert rows == [row for text, its in plain if its == owner for row in rows_of(text, places[owner])]


# --- reconcile.plain: the story of plain rows


def journal_of(rows: list[Row]) -> str:
    """The rows as a journal has them."""
    blocks = []
    for when, what, number, minor, extra in rows:
        date, amount = dt.date.fromordinal(when), f"{minor // 100}.{minor % 100:02d}"
        if what == CHARGE:
            due = dt.date.fromordinal(extra)
            blocks.append(
                f"{date} ({number.decode()}) x  ; due:{due}\n    assets:receivable:acme  CNY {amount}\n    income\n"
            )
        else:
            tag = f"  ; invoice:{number.decode()}" if what == TAGGED else ""
            code = f"({extra.decode()}) " if extra else ""
            lines = f"    assets:bank  CNY {amount}\n    assets:receivable:acme  CNY -{amount}{tag}\n"
            blocks.append(f"{date} {code}acme\n{lines}")
    return "\n".join(blocks)


def alike(chance: random.Random) -> list[Row]:
    """Few amounts and numbers: nearly everything has two explanations."""
    amounts = chance.choice(
        ((10000, 20000, 30000, 15000), (10000,), (12345, 777, 5000, 13), (10000, 10050, 9950, 9800))
    )
    pattern = chance.choice(("INV-{}", "{}", "2026-{:04d}", "A{}", "F/{}"))
    codes = chance.choice(("RC-{}", "", "{}", "B{}", "R-2026-{:05d}"))
    rows: list[Row] = []
    for place in range(chance.randrange(1, 7)):
        when, amount = FIRST + chance.randrange(chance.choice((5, 40, 200))), chance.choice(amounts)
        number = pattern.format(chance.choice((place + 1, place + 1, 100 + place))).encode()
        rows.append((when, CHARGE, number, amount, when + chance.choice((0, 10, 30))))
    charges = list(rows)
    for place in range(chance.randrange(6)):
        when, _, number, amount, _ = chance.choice(charges)
        when = max(FIRST, when + chance.choice((0, 0, 1, 5, 30, -3)))
        amount = chance.choice((amount, amount, amount // 2, amount + 100, sum(row[3] for row in charges)))
        code = codes.format(chance.choice((place + 1, place + 1, 7))).encode()
        rows.append((when, *((TAGGED, number) if chance.random() < 0.5 else (UNTAGGED, b"")), amount, code))
    chance.shuffle(rows)
    return rows


def distinct(chance: random.Random) -> list[Row]:
    """Amounts that tell whose they are, for the most part."""
    span, step, top = (
        chance.choice((3, 30, 120, 400)),
        chance.choice((1, 100, 1000, 12345)),
        chance.choice((8, 40, 400)),
    )
    codes = chance.choice(("RC{}", "", "W{}", "R-2026-{:05d}", "rcpt {}"))
    rows: list[Row] = []
    for place in range(chance.randrange(2, 9)):
        when, amount = FIRST + chance.randrange(span), step * chance.randrange(1, top)
        number = f"INV-{place}" if chance.random() < 0.9 else f"{900 + place}"
        rows.append((when, CHARGE, number.encode(), amount, when + chance.choice((0, 10, 30))))
        if chance.random() < 0.2:
            continue
        amount = chance.choice((amount, amount, amount, amount, amount, amount * 98 // 100 or 1))
        paid = when + chance.choice((0, 1, 2, 10, 40))
        code = codes.format(60 + place).encode() if chance.random() < 0.9 else b""
        if chance.random() < 0.15:
            code = chance.choice([row[2] for row in rows if row[1] == CHARGE])
        tagged = (TAGGED, number.encode()) if chance.random() < 0.3 else (UNTAGGED, b"")
        rows.append((paid, *tagged, amount, code))
        if chance.random() < 0.1:
            rows.append((paid + chance.choice((0, 1, 5)), UNTAGGED, b"", amount, b""))
    chance.shuffle(rows)
    return rows


def told(rows: list[Row]) -> bool:
    """Whether the quick way has an answer, which then is the engine's."""
    quick = stretches(rows)
    if quick is None:
        return False
    found = book(journal_of(rows), customers=("acme",)).book
    assert stretches_of(found, reconcile(found)).get(("acme", "CNY"), []) == quick, journal_of(rows)
    return True


@pytest.mark.parametrize(("draw", "least"), [(alike, 60), (distinct, 60)])
def test_the_story_of_plain_rows_is_the_engines(draw, least: int) -> None:
    assert sum(told(draw(random.Random(seed))) for seed in range(400)) > least


@pytest.mark.slow
@pytest.mark.parametrize("first", range(1000, 41_000, 4000))
@pytest.mark.parametrize("draw", [alike, distinct])
def test_the_story_of_many_plain_rows_is_the_engines(draw, first: int) -> None:
    for seed in range(first, first + 4000):
        told(draw(random.Random(seed)))


# --- reconcile.stretches: every standing in one list


def holding(several: list[Stretch], on: dt.date) -> list[Stretch]:
    return [each for each in several if each.first <= on.toordinal() < each.until]


@settings(max_examples=60)
@given(facts())
def test_stretches_are_the_standing_on_every_day(books) -> None:
    found = read(books, fifo=True, tiers=None)
    every = stretches_of(found.book, reconcile(found.book))
    for on in days():
        standing = found.on(str(on))
        stands = {(position.customer, position.commodity): position for position in standing.positions}
        for place, several in every.items():
            held = holding(several, on)
            position = stands.pop(place, None)
            items = [] if position is None else position.open_items
            assert [(each.name, each.amount, each.day, each.claim, each.due) for each in held if each.charge] == [
                (
                    item.charge.number or NO_NUMBER + item.charge.span.place,
                    item.amount_open,
                    item.charge.date.toordinal(),
                    item.charge.date_claim.toordinal(),
                    item.charge.date_due.toordinal(),
                )
                for item in items
            ]
            unapplied = 0 if position is None else position.amount_unapplied
            assert sum(each.amount for each in held if not each.charge) == unapplied
        assert stands == {}

"""Laws of plain invoices in YAML: a row says what the book says of the document, and no check finds anything in it."""

from __future__ import annotations

import datetime as dt
import random
from typing import TYPE_CHECKING

import pytest

from custledger import pipeline
from custledger.book.plain import CHARGE, TAGGED, UNTAGGED
from custledger.indexed.documents import activities, invoices
from custledger.indexed.setup import ids_of, readers
from custledger.parse.journal.load import load
from custledger.parse.yaml.compose import compose
from custledger.reconcile.plain import stretches
from custledger.resolve.book import resolve
from custledger.schema.documents import lower_settings, read_customers, read_invoices
from indexed_asking import made, said
from indexed_books import BETWEEN
from indexed_texts import CUSTOMERS, SETTINGS
from journals import DictSource

if TYPE_CHECKING:
    from pathlib import Path

TAXES = "taxes: {vat: {rate: 13%}, old: {rate: [{from: 2026-03-01, is: 6%}]}}\n"
PEOPLE = "---\n".join(
    [
        *CUSTOMERS,
        "id: gross\nname: Gross\nprices: gross\ncurrency: [{from: 2026-01-01, is: CNY}, {from: 2026-04-01, is: USD}]\n",
        "id: yen\nname: Yen\ncurrency: JPY\n",
    ]
)
READ, _ = lower_settings(compose("custledger.yaml", (SETTINGS + TAXES).encode()))
PROFILES, _ = read_customers([("customers/all.yaml", PEOPLE.encode())])
IDS, NAMES = ids_of(PROFILES, {})
_, _, READER = readers(
    READ, load(DictSource({"d": ""}), ["d"]), IDS, NAMES, {customer.id: customer for customer in PROFILES}.get
)
EXTRA = (
    "kind: invoice\n", "currency: CNY\n", "currency: USD\n", "currency: RMB\n", "currency: JPY\n", "terms: net 30\n",
    "terms: net 7\n", "terms: eom + 15\n", "prices: gross\n", "salesperson: li.wei\n", "refs: {po: PO-7}\n",
    "note: words\n", "expect: {total: 113.00}\n", "expect: {total: 1.00}\n", "due: 2026-05-31\n", "due: 2025-05-31\n",
    "void: {date: 2026-07-01}\n", "instalments: [{due: 2026-08-01, share: 50%}, {due: 2026-09-01, share: 50%}]\n",
    "x-own: word\n",
)  # fmt: skip
LINES = (
    "{text: parts, price: 100.00, tax: vat}", "{text: parts, price: 113.00}", "{price: 33.335, quantity: 3, tax: vat}",
    "{price: 10.00, tax: old}", "{price: 10.00, tax: nobody's}", "{price: -5.00}", "{price: 0.00}",
    "{text: more, quantity: 2, price: 50.00, discount: 10%, tax: vat}", "{price: 7, account: income:other}",
)  # fmt: skip


def drawn(chance: random.Random, count: int) -> str:
    """One document, with a few of everything that may stand in one."""
    day = dt.date(2026, 1, 1) + dt.timedelta(days=chance.randrange(170))
    who = chance.choice([*sorted(IDS), "bolt", "echo"])
    more = chance.sample(EXTRA, chance.choice((0, 0, 1, 1, 2, 3)))
    lines = ", ".join(chance.sample(LINES, chance.choice((1, 1, 2, 3))))
    return f"number: N-{count}\ncustomer: {who}\ndate: {day}\n{''.join(more)}lines: [{lines}]\n"


def plain_ones(seed: int) -> tuple[list[str], int]:
    """Documents whose rows say all of them, each beside what `resolve` says; and how many were drawn."""
    chance = random.Random(seed)
    found = []
    for count in range(40):
        text = drawn(chance, count)
        read, wrong = read_invoices([("invoices/a.yaml", text.encode())])
        said = READER.row(read[0]) if read and not wrong else None
        if said is None:
            continue
        row, unit = said
        book = resolve(
            journal=load(DictSource({"d": ""}), ["d"]), settings=READ, customers=PROFILES, invoices=read
        )  # fmt: skip
        assert book.diagnostics == ()
        (charge,) = book.book.charges
        assert not book.book.credits
        assert not book.book.debits
        assert row == (
            charge.date.toordinal(), CHARGE, charge.number.encode(), charge.money.minor, charge.date_due.toordinal(),
        ), text  # fmt: skip
        assert (unit, IDS[charge.customer]) == (charge.money.commodity, IDS[read[0].customer])
        assert (charge.date_claim, charge.date_value, charge.kind) == (charge.date, charge.date, "invoice")
        found.append(text)
    return found, 40


@pytest.mark.parametrize("seed", range(12))
def test_a_row_says_what_the_book_says(seed: int, tmp_path: Path) -> None:
    plain, drawn_ = plain_ones(seed)
    assert 2 < len(plain) < drawn_
    for name, text in {
        "custledger.yaml": SETTINGS + TAXES,
        "customers/all.yaml": PEOPLE,
        "invoices/a.yaml": BETWEEN["invoices"].join(plain),
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    opened = pipeline.open_folder(tmp_path, tmp_path)
    assert pipeline.check(opened, dt.date(2026, 6, 30)) == ()
    assert made(tmp_path)
    told = said(tmp_path, "check")
    assert told == said(tmp_path, "check", "--no-index")
    assert f" {len(plain)} invoices" in told[0]


def test_whose_a_credit_note_is_may_stand_in_another_file() -> None:
    text = b"kind: credit-note\nnumber: C-1\ncorrects: N-1\ndate: 2026-02-01\nlines: [{price: 1.00}]\n"
    made = invoices("a.yaml", text, READER)
    assert (made.pending, list(made.whose), made.hard) == ({"N-1"}, [], set())
    made = invoices("a.yaml", text, READER, {"N-1": IDS["bolt"]})
    assert (made.pending, list(made.whose), made.hard) == (set(), [IDS["bolt"]], {IDS["bolt"]})


def test_a_line_feed_more_changes_no_digest_of_a_plain_invoice() -> None:
    """What a customer's documents say is the same wherever they stand."""
    one, other = (f"number: N-{n}\ncustomer: bolt\ndate: 2026-02-01\nlines: [{{price: 1.00}}]\n" for n in (1, 2))
    moved = "number: M\ncustomer: echo\ndate: 2026-02-01\nlines: [{price: 1.00}]\n"
    before = invoices("a.yaml", f"{one}---\n{other}".encode(), READER)
    after = invoices("a.yaml", f"{moved}---\n{one}---\n{other}".encode(), READER)
    at = list(after.whose).index(IDS["bolt"])
    assert before.digests == after.digests[8 * at : 8 * at + 8]
    assert list(before.blocks) == [0, 1]
    assert list(after.blocks[after.begins[at] : after.begins[at + 1]]) == [1, 2]


SOLD = "number: N-1\ncustomer: bolt\ndate: 2026-02-01\nlines: [{price: 1.00}]\n"


def of_bolt(text: str) -> tuple[bytes, bool, bool]:
    """The digest of a file of one customer's documents, whether they are all plain, and refer to other numbers."""
    made = invoices("a.yaml", text.encode(), READER)
    assert list(made.whose) == [IDS["bolt"]]
    return made.digests, not made.hard, bool(made.refers)


def test_a_digest_is_of_all_that_matters() -> None:
    digest, plain, refers = of_bolt(SOLD)
    assert (plain, refers) == (True, False)
    assert of_bolt(f"{SOLD}note: words\n") == (digest, True, False)
    other, plain, refers = of_bolt(f"{SOLD}refs: {{contract: HT-7}}\n")
    assert (other != digest, plain, refers) == (True, True, True)
    shares = "instalments: [{due: 2026-03-01, share: %d%%}, {due: 2026-05-01, share: %d%%}]\n"
    one, other = of_bolt(SOLD + shares % (30, 70)), of_bolt(SOLD + shares % (40, 60))
    assert (one[1], other[1], one[0] != other[0]) == (False, False, True)


def test_a_number_that_is_spelt_otherwise_is_not_plain() -> None:
    """It is looked for in the text."""
    assert not of_bolt(SOLD.replace("N-1", '"N\\x2d1"'))[1]


def test_a_payment_that_names_nothing_may_name_what_an_invoice_refers_to() -> None:
    rows = [(1, CHARGE, b"N-1", 100, 31), (5, UNTAGGED, b"", 100, b"")]
    assert stretches(rows)
    assert stretches(rows, refers=True) is None
    assert stretches([rows[0], (5, TAGGED, b"N-1", 100, b"")], refers=True)


@pytest.mark.parametrize(
    ("said", "hard"),
    [
        ("kind: call, customer: bolt, text: x", False),
        ("kind: feedback, customer: bolt", False),
        ("kind: dispute, customer: bolt, invoices: [N-1]", True),
        ("kind: note, customer: bolt, invoices: [N-1]", True),
        ("kind: note, customer: bolt, amount: 5.00", True),
        ("kind: credit-limit, customer: bolt, amount: 5.00", True),
        ("kind: promise, customer: bolt", True),
    ],
)
def test_talk_says_nothing_of_what_is_owed(said: str, hard: bool) -> None:
    made = activities("a.yaml", f"- {{id: 2026-01-01-a, date: 2026-01-01, {said}}}\n".encode(), IDS)
    assert (made.hard == {IDS["bolt"]}) is hard
    assert made.codes == b"\n2026-01-01-a\n"

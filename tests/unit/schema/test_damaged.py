"""What can be read of documents that gave no value."""

from __future__ import annotations

from custledger.parse.yaml.compose import compose
from custledger.schema.damaged import damaged
from custledger.schema.documents import lower_activities, lower_customers, lower_invoices

LOWER = {"customer": lower_customers, "invoice": lower_invoices, "activity": lower_activities}


def read(kind: str, text: str):
    file = compose("a.yaml", text.encode())
    values, problems = LOWER[kind]([file])
    return damaged(file, kind, {value.span for value in values}, problems)


def test_only_documents_that_gave_no_value():
    (one,) = read("customer", "id: acme\nname: A\n---\nid: bolt\nname: B\nsince: soon\nparent: acme\nwas: [nut]\n")
    assert (one.kind, one.name, one.span_name.line) == ("customer", "bolt", 4)
    assert [(r.key, r.text, r.span.line) for r in one.references] == [("parent", "acme", 7)]
    assert [was.text for was in one.was] == ["nut"]
    assert set(one.defines.split("\n")) == {"bolt", "nut", "B"}


def test_what_is_wrong_is_not_read():
    (one,) = read(
        "invoice", "number: {a: b}\ncustomer: Big Letters\ndate: 2026-01-05\nlines: [{tax: x, price: y}, z]\n"
    )
    assert (one.name, str(one.date)) == ("", "2026-01-05")
    assert [(r.key, r.text) for r in one.references] == [("tax", "x")]


def test_what_stands_behind_an_unknown_key_may_be_its_name():
    (one,) = read("invoice", "nmuber: INV-1\ncustomer: acme\ndate: soon\nlines: [{price: 1}]\nnote: INV-9\n")
    assert one.defines == "INV-1"
    assert one.date is None


def test_entries_of_the_log_are_looked_at_one_by_one():
    text = "- {id: 2026-01-01-aaaaaa, kind: note, date: 2026-01-01, customer: a, by: x}\n- {id: b, closes: c, date: 1}\n- x\n"
    (one,) = read("activity", text)
    assert [(r.key, r.text) for r in one.references] == [("closes", "c")]

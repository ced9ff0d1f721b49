"""Problems as data."""

from __future__ import annotations

from custledger.core.diagnostic import Scope, Severity, problem
from custledger.core.span import Span


def test_arguments_are_text_in_a_fixed_order() -> None:
    one = problem("unknown-key", Span("a.yaml", 3, 1), key="nmae", near="name")
    other = problem("unknown-key", Span("a.yaml", 3, 1), near="name", key="nmae")
    assert one == other
    assert one.args == (("key", "nmae"), ("near", "name"))


def test_key_names_slug_and_variant() -> None:
    assert problem("bad-date", Span("a")).key == "diagnostics.bad-date"
    assert problem("bad-date", Span("a"), variant="no-such-day").key == "diagnostics.bad-date.no-such-day"


def test_an_error_of_the_whole_book_unless_said_otherwise() -> None:
    plain = problem("x", Span("a"))
    assert (plain.severity, plain.scope) == (Severity.ERROR, Scope.BOOK)


def test_order_is_that_of_the_files() -> None:
    spans = [Span("b", 1, 1), Span("a", 10, 1), Span("a", 2, 9), Span("a", 2, 1), Span("a")]
    ordered = sorted((problem("x", span) for span in spans), key=lambda p: p.order)
    assert [p.span for p in ordered] == list(reversed(spans))


def test_place_of_a_span() -> None:
    assert Span("a.journal", 7, 5).place == "a.journal:7"
    assert Span("a.journal").place == "a.journal"

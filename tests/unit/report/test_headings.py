"""What a heading says: whose, as of when, by which definition, and what limits the numbers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from custledger.book.book import CarryForward
from custledger.i18n.catalogue import LANGUAGES, Catalogue
from custledger.render import draw
from standings import Hand, day, trading_company
from unit.render.pages import every_page

CARRIED = CarryForward(closed=day("2025-12-31"), opened=day("2026-01-01"), places=("a.journal:1", "a.journal:9"))


def heads(standing, lang="en"):
    for name, document, result in every_page(standing):
        yield name, draw(document, result, "text", Catalogue(document.language or lang)).split("\n\n")[0]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_report_says_as_of_when(lang):
    for name, head in heads(trading_company().standing(), lang):
        assert "2026-06-30" in head, name


@pytest.mark.parametrize(("as_of", "said"), [("2025-12-30", False), ("2025-12-31", True), ("2026-01-01", False)])
def test_between_the_halves_of_a_carry_forward_the_heading_says_so(as_of, said):
    hand = Hand().charge("INV-1", "acme", 100, "2025-12-01")
    hand.extra = {"carry_forwards": (CARRIED,)}
    for name, head in heads(hand.standing(as_of)):
        if not name.startswith("summary"):
            assert ("carry-forward" in head) is said, name


def test_recorded_only_is_said():
    standing = replace(trading_company().standing(), recorded_only=True)
    for name, head in heads(standing):
        if not name.startswith("summary"):
            assert "--recorded-only" in head, name


def test_recorded_only_counts_the_tags_alone():
    from custledger.report import reconcile

    hand = Hand().charge("INV-1", "acme", 100, "2026-01-01")
    hand.credit("R-1", "acme", 100, "2026-02-01", pays=[("INV-1", 100)], state="inferred", rule="exact")
    standing = hand.standing()
    assert len(reconcile.build(standing).allocations) == 1
    assert reconcile.build(replace(standing, recorded_only=True)).allocations == ()


def test_nothing_of_a_withheld_customer_is_in_the_overview():
    from custledger.report import overview

    standing = trading_company().standing()
    held = replace(standing, book=replace(standing.book, withheld=frozenset(["chenguang"])))
    result = overview.build(held.book, held, as_of=held.as_of, errors=1)
    assert (result.withheld, [one.customer for one in result.late]) == (("chenguang",), ["blueocean", "nordwind"])
    assert result.totals[0].balance.minor == 590_050

"""From a book and its story to what was open from when to when: every `standing` of it in one list of numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.book.plain import FOREVER, NO_NUMBER, Stretch

if TYPE_CHECKING:
    from collections.abc import Iterable

    from custledger.book.allocation import Story
    from custledger.book.book import Book
    from custledger.book.entry import Entry

Moves = list[tuple[int, int]]
"""(day, minor units) by which what is open of an entry changes."""


def stretches_of(book: Book, story: Story) -> dict[tuple[str, str], list[Stretch]]:
    """By customer and commodity, every stretch of every entry, by due day, then day, number and place.

    On every day D those with `first` <= D < `until` are what `reconcile.standing.stand` gives, disputes left out.
    """
    moves: dict[str, Moves] = {}
    for each in story.allocations:
        for key in (each.credit, each.charge):
            found = moves.setdefault(key, [])
            found.append((each.first.toordinal(), -each.amount))
            if each.until is not None:
                found.append((each.until.toordinal(), each.amount))
    made: dict[tuple[str, str], list[tuple[tuple[object, ...], list[Stretch]]]] = {}

    def add(entries: Iterable[Entry], sign: int) -> None:
        for entry in entries:
            place = (entry.customer, entry.money.commodity)
            found = _stretches(entry, sign, moves.get(entry.key, []))
            due = found[0].due if found else 0
            made.setdefault(place, []).append(((due, *entry.order), found))

    add(book.charges, 1)
    add(book.credits, 1)
    add(book.debits, -1)
    for posting in book.postings:
        made.setdefault((posting.customer, posting.money.commodity), [])
    return {
        place: [each for _, several in sorted(made[place], key=lambda one: one[0]) for each in several]
        for place in sorted(made)
    }


def _stretches(entry: Entry, sign: int, moves: Moves) -> list[Stretch]:
    """What of one entry was open when; nothing where it was settled on its day."""
    day = entry.date.toordinal()
    due = getattr(entry, "date_due", entry.date).toordinal()
    claim = getattr(entry, "date_claim", entry.date).toordinal()
    charge = hasattr(entry, "date_due")
    name = (getattr(entry, "number", None) or NO_NUMBER + entry.span.place) if charge else ""
    found: list[Stretch] = []
    first, rest = day, entry.money.minor
    for until, change in sorted(moves):
        if until > first:
            if rest:
                found.append(Stretch(first, until, sign * rest, charge, day, claim, due, name))
            first = until
        rest += change
    if rest:
        found.append(Stretch(first, FOREVER, sign * rest, charge, day, claim, due, name))
    return found

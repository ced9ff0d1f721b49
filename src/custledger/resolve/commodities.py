"""How many digits each commodity has: settings, else directives, else ISO 4217, else as written (formats.md §3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.core.money import DIGITS_UNKNOWN, ISO_DIGITS, ISO_TWO, Commodities, Commodity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from custledger.parse.journal.model import CommodityDeclared


def commodities_of(settings: Commodities, declared: Mapping[str, CommodityDeclared]) -> Commodities:
    """The commodities of a book. A spelling that `also:` lists is the commodity that lists it."""
    known: dict[str, Commodity] = {}
    for name in sorted(declared):
        found = declared[name]
        canonical = settings.canonical(name)
        if canonical in settings.known:
            continue
        if found.declared:
            known[canonical] = Commodity(canonical, found.digits, found.digits, declared=True)
        elif canonical not in ISO_DIGITS and canonical not in ISO_TWO and canonical not in known:
            known[canonical] = Commodity(canonical, DIGITS_UNKNOWN, min(found.digits, DIGITS_UNKNOWN))
    known.update(settings.known)
    return Commodities(dict(sorted(known.items())), settings.also)

"""Grouping rows by what a customer's profile says."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from custledger.book.book import Book

BY = ("segment", "owner", "industry", "kind", "region", "status")


def group_of(book: Book, customer: str, by: str | None) -> str | None:
    """The customer's group; an empty text where the profile does not say, None where no grouping is asked for."""
    if by is None:
        return None
    profile = book.customers.get(customer)
    if profile is None:
        return ""
    return profile.address.get("region", "") if by == "region" else str(getattr(profile, by))

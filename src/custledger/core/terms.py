"""Terms of payment."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Terms:
    """Terms as written, understood (see `parse_terms`)."""

    text: str

"""Mappings with scalars behind their keys, read from their text by the tables of `quick`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from custledger.parse.yaml.one_line import flow_scalar, scalar
from custledger.schema.quick import SCALARS
from custledger.schema.values import Fault

if TYPE_CHECKING:
    from collections.abc import Callable

    from custledger.schema.quick import Table

KNOWN_MAX: Final = 50_000
"""Distinct texts that a reader remembers, some 10 MB; then remembering begins anew."""


def scalars(table: Table) -> dict[str, Callable[[object], Any]]:
    """What reads the text behind those keys of the table that may have scalars."""
    return {key: SCALARS[reader] for key, reader in table.items() if reader in SCALARS}


class Record:
    """The values of such a mapping, as `quick.record` has them. What is written again and again is read once."""

    def __init__(self, table: Table, required: tuple[str, ...]) -> None:
        self.scalars = scalars(table)
        self._required = required
        self._pairs: dict[str, tuple[str, Any]] = {}

    def in_flow(self, text: str) -> dict[str, Any] | None:
        """The values of `{key: value, key: value}`; None for what is not covered. Raises Fault for a value."""
        if text[:1] != "{" or text[-1:] != "}":
            return None
        pairs, known = text[1:-1].split(", "), self._pairs
        found: dict[str, Any] = {}
        for pair in pairs:
            read = known.get(pair) or self._pair(pair)
            if read is None:
                return None
            key, value = read
            found[key] = value
        return self._whole(found, len(pairs))

    def _pair(self, pair: str) -> tuple[str, Any] | None:
        """The key and value of `key: value` in a flow mapping that was not seen before."""
        key, _, text = pair.partition(": ")
        said, read = flow_scalar(text), self.scalars.get(key)
        if said is None or read is None:
            return None
        if len(self._pairs) >= KNOWN_MAX:
            self._pairs.clear()
        self._pairs[pair] = key, read(said)
        return self._pairs[pair]

    def in_block(self, lines: list[str], first: int, last: int) -> dict[str, Any] | None:
        """The values of `key: value` on each of the lines from `first` to before `last`; else as `in_flow`."""
        found: dict[str, Any] = {}
        indent = 0
        for at in range(first, last):
            key, _, text = lines[at].partition(": ")
            name = key.lstrip(" ")
            width = len(key) - len(name)
            said, read = scalar(text), self.scalars.get(name)
            if said is None or read is None or width != (indent or width):
                return None
            indent = width
            found[name] = read(said)
        return self._whole(found, last - first)

    def _whole(self, found: dict[str, Any], written: int) -> dict[str, Any] | None:
        if len(found) != written or not written:  # a key twice
            return None
        for name in self._required:
            if name not in found:
                raise Fault("missing")
        return found

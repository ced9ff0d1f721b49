"""Keys in a fixed order, cheap to add to and to take from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


class Pool:
    """A sorted set of keys; the order is given with each key and never changes.

    Most keys come and go between two looks at the pool. So it is put in order when somebody looks, and what was taken
    out is only struck off until then.
    """

    __slots__ = ("_gone", "_items", "_listed", "_new", "keys")

    def __init__(self) -> None:
        self.keys: set[str] = set()
        """To look at, in no order; only the pool changes it."""
        self._items: list[tuple[Any, str]] = []
        """In order, with the keys in `_gone` among them."""
        self._new: list[tuple[Any, str]] = []
        self._gone: set[str] = set()
        self._listed: list[str] | None = None
        """The keys in order, while they are the same."""

    def put(self, key: str, order: tuple[object, ...]) -> None:
        """Add a key; one that is there already stays."""
        if key in self.keys:
            return
        self.keys.add(key)
        self._listed = None
        if key in self._gone:
            self._gone.discard(key)
        else:
            self._new.append((order, key))

    def drop(self, key: str) -> None:
        """Take a key out, if it is there."""
        if key in self.keys:
            self.keys.discard(key)
            self._listed = None
            self._gone.add(key)

    @property
    def first(self) -> str | None:
        """The first key in order."""
        items = self._ordered()
        while items:
            key = items[0][1]
            if key not in self._gone:
                return key
            self._gone.discard(key)
            del items[0]
        return None

    def __iter__(self) -> Iterator[str]:
        """The keys in order, as they are now."""
        if self._listed is None:
            gone = self._gone
            if len(gone) > len(self.keys):
                self._strike()
            self._listed = [key for _, key in self._ordered() if key not in gone]
        return iter(self._listed)

    def __len__(self) -> int:
        return len(self.keys)

    def __contains__(self, key: object) -> bool:
        return key in self.keys

    def _ordered(self) -> list[tuple[Any, str]]:
        if not self.keys:
            self._strike()
        if self._new:
            self._items += self._new
            self._new = []
            self._items.sort()
        return self._items

    def _strike(self) -> None:
        """Forget what was taken out."""
        gone = self._gone
        self._items = [item for item in self._items if item[1] not in gone]
        self._new = [item for item in self._new if item[1] not in gone]
        gone.clear()

"""Keys in a fixed order, cheap to add to and to take from."""

from __future__ import annotations

from bisect import bisect_left, insort
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


class Pool:
    """A sorted set of keys; the order is given with each key and never changes."""

    def __init__(self) -> None:
        self._items: list[tuple[Any, str]] = []
        self._orders: dict[str, Any] = {}

    def put(self, key: str, order: tuple[object, ...]) -> None:
        """Add a key; one that is there already stays."""
        if key not in self._orders:
            self._orders[key] = order
            insort(self._items, (order, key))

    def drop(self, key: str) -> None:
        """Take a key out, if it is there."""
        order = self._orders.pop(key, None)
        if order is not None:
            del self._items[bisect_left(self._items, (order, key))]

    def keep(self, key: str, order: tuple[object, ...], *, wanted: bool) -> None:
        """Have the key in the pool, or not."""
        if wanted:
            self.put(key, order)
        else:
            self.drop(key)

    @property
    def first(self) -> str | None:
        """The first key in order."""
        return self._items[0][1] if self._items else None

    def __iter__(self) -> Iterator[str]:
        """The keys in order, as they are now."""
        return iter([key for _, key in self._items])

    def __len__(self) -> int:
        return len(self._items)

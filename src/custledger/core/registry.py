"""Finding the files that each add one thing: a command, a report, a format, a check."""

from __future__ import annotations

import importlib
import pkgutil
from functools import lru_cache
from typing import Any

from custledger.core.trouble import ensure


@lru_cache(maxsize=1)
def extended() -> bool:
    """Whether a package called `custledger_…` is installed: looking into every package's metadata takes 40 ms."""
    return any(module.name.startswith("custledger_") for module in pkgutil.iter_modules())


def discover(package: str, constant: str, *, group: str | None = None) -> dict[str, Any]:
    """The constants called `constant` in the modules of `package`, by their `.name`, sorted.

    Modules whose name begins with `_` and modules without the constant are helpers. With `group`, third
    parties add theirs by entry point, from packages called `custledger_…`. A name twice is an internal error.
    """
    found: dict[str, Any] = {}
    parent = importlib.import_module(package)
    objects: list[Any] = []
    for module in sorted(m.name for m in pkgutil.iter_modules(parent.__path__) if not m.name.startswith("_")):
        thing = getattr(importlib.import_module(f"{package}.{module}"), constant, None)
        if thing is not None:
            objects.append(thing)
    if group and extended():
        from importlib.metadata import entry_points

        objects += [point.load() for point in sorted(entry_points(group=group), key=lambda p: p.name)]
    for thing in objects:
        ensure(thing.name not in found, f"{package}: {thing.name!r} is defined twice")
        found[thing.name] = thing
    return dict(sorted(found.items()))

"""Finding the files that each add one thing: a command, a report, a format, a check."""

from __future__ import annotations

import importlib
import pkgutil
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from custledger.core.trouble import ensure

if TYPE_CHECKING:
    from collections.abc import Iterable


@lru_cache(maxsize=1)
def extended() -> bool:
    """Whether a package called `custledger_…` is installed: looking into every package's metadata takes 40 ms."""
    return any(module.name.startswith("custledger_") for module in pkgutil.iter_modules())


def modules(paths: Iterable[str]) -> list[str]:
    """The names of the modules in a package's places, helpers (`_…`) left out, sorted.

    A folder with sources is listed here: `pkgutil`, which knows every other place, imports 7 ms of modules for it.
    """
    found: set[str] = set()
    for path in paths:
        folder = Path(path)
        sources = [each.stem for each in folder.iterdir() if each.suffix == ".py"] if folder.is_dir() else []
        found.update(sources or (module.name for module in pkgutil.iter_modules([path])))
    return sorted(name for name in found if not name.startswith("_"))


def discover(package: str, constant: str, *, group: str | None = None) -> dict[str, Any]:
    """The constants called `constant` in the modules of `package`, by their `.name`, sorted.

    Modules whose name begins with `_` and modules without the constant are helpers. With `group`, third
    parties add theirs by entry point, from packages called `custledger_…`. A name twice is an internal error.
    """
    found: dict[str, Any] = {}
    parent = importlib.import_module(package)
    objects: list[Any] = []
    for module in modules(parent.__path__):
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

"""Making many frozen values quickly."""

from __future__ import annotations

from dataclasses import MISSING, Field, fields
from typing import TYPE_CHECKING, Any, TypeVar

from custledger.core.trouble import ensure

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


def maker(kind: type[T]) -> Callable[..., T]:
    """A function with the keywords of a frozen dataclass with slots that gives what the class itself would give.

    The class's own `__init__` sets each field through `object.__setattr__`, which looks the slot up by its name; here
    each slot's descriptor is asked directly, which takes a third of the time. Like `dataclasses`, this writes the
    function's source and executes it; the names in it are those of the fields, and nothing else goes in.
    """
    parts: tuple[Field[Any], ...] = fields(kind)  # type: ignore[arg-type]
    ensure(not hasattr(kind, "__post_init__"), "a class that makes nothing of its own accord")
    known: dict[str, Any] = {"_new_": object.__new__, "_kind_": kind, "_MISSING_": MISSING}
    words, body = [], []
    for part in parts:
        name = part.name
        known[f"_put_{name}"] = getattr(kind, name).__set__
        known[f"_default_{name}"] = part.default
        known[f"_made_{name}"] = part.default_factory
        if part.default_factory is not MISSING:
            body.append(f"    if {name} is _MISSING_: {name} = _made_{name}()")
        required = part.default is MISSING and part.default_factory is MISSING
        words.append(name if required else f"{name}=_default_{name}")
        body.append(f"    _put_{name}(_it_, {name})")
    source = "\n".join([f"def make(*, {', '.join(words)}):", "    _it_ = _new_(_kind_)", *body, "    return _it_"])
    exec(source, known)  # noqa: S102 - our own words only
    made: Callable[..., T] = known["make"]
    return made

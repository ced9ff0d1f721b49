"""The YAML library: events of a text, from the C parser where it is installed, else from the pure one.

Only events are asked for: the composers of both libraries recurse and crash the process on deep nesting.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


def event_source(text: str) -> Callable[[], Any]:
    """A function that gives the next event, then None. Raises `yaml_error()` where the text is no YAML."""
    try:
        from yaml._yaml import CParser  # type: ignore[import-untyped]
    except ImportError:
        return pure_event_source(text)
    next_event: Callable[[], Any] = CParser(text).get_event
    return next_event


def pure_event_source(text: str) -> Callable[[], Any]:
    """The same from the library's pure Python parser."""
    from yaml import parse  # type: ignore[import-untyped]

    events = parse(text)
    return lambda: next(events, None)


def yaml_error() -> type[Exception]:
    """The root of what event sources raise."""
    from yaml import YAMLError

    error: type[Exception] = YAMLError
    return error

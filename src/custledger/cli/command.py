"""What a command's file exports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.core.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Callable

    from custledger.cli.context import Context

__all__ = ["Command", "Context"]


@frozen
class Command:
    """One verb. `run` takes a `Context` first, then its own parameters (`declared`).

    `options` names groups of common options (cli/options.py): book, as_of, format, write.
    The help is `help.<name with _>` in the catalogue; its section in the list of verbs is `section`.
    """

    name: str
    run: Callable[..., None]
    options: tuple[str, ...] = ()
    section: str = "daily"
    """daily, records, exchange, control or help: where the list of verbs shows it."""
    several: bool | None = None
    """Whether it is run on each of several books (cli/group.py); None: where it does not write."""
    folder: bool = False
    """Whether `-o` may name a folder, for several documents."""

    @property
    def key(self) -> str:
        """The catalogue key of its help."""
        return "help." + self.name.replace(" ", "_").replace("-", "_")


def __getattr__(name: str) -> object:
    """`Context`, for command files to annotate with, without a cycle of imports."""
    if name == "Context":
        from custledger.cli.context import Context

        return Context
    raise AttributeError(name)

"""Questions for what a command line leaves out, asked again until the answer can be used."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from custledger.cli.failure import worded
from custledger.core.trouble import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from custledger.cli.context import Context

T = TypeVar("T")


def required(context: Context, value: str | None, option: str, question: str, understand: Callable[[str], T]) -> T:
    """What `understand` makes of `value`, else of the answer to a question where somebody is there to answer it.

    `question` is a catalogue key. An answer that `understand` refuses (UsageError) is not the end: what is wrong with
    it is said, and the question is asked again, until input ends. Raises UsageError: of `understand` for a `value`
    that was given; `edit.missing` with the option's name where there is neither value nor answer.
    """
    if value is not None and value.strip():
        return understand(value)
    while context.asks:
        context.shell.stderr.write(f"{context.say.text(question)}: ")
        context.shell.stderr.flush()
        answer = context.shell.stdin.readline()
        if not answer:
            context.shell.stderr.write("\n")
            break
        if not answer.strip():
            continue
        try:
            return understand(answer.strip())
        except UsageError as error:
            context.note(worded(error, context.say))
    raise UsageError("edit.missing", option=option)

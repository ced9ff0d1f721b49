"""`custledger check`: every problem of the book, at once."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

from custledger.cli.command import Command, Context
from custledger.cli.declared import argument, option
from custledger.core.text import listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from custledger.core.diagnostic import Diagnostic
    from custledger.pipeline import Opened


def run(
    context: Context,
    checks: Annotated[
        list[str] | None, argument(metavar="[SLUG]...", help="help.check.checks", show_default=False)
    ] = None,
    strict: Annotated[bool, option("--strict", help="help.check.strict")] = False,
) -> None:
    """Print every problem with its place and a summary; status 1 where one of them is an error."""
    from custledger import pipeline
    from custledger.core.diagnostic import Severity
    from custledger.core.trouble import UsageError

    if context.format not in {"text", "json"}:
        raise UsageError("cli.bad_format", value=context.format, known="text, json")
    names = _known(checks or [])
    part = None if names or strict else context.checked()
    opened, counts, found = part if part is not None else (context.opened(), None, None)
    if found is None:
        found = pipeline.check(opened, context.today, names or None, strict=strict)
    errors = sum(problem.severity is Severity.ERROR for problem in found)
    if context.format == "json":
        _emit(context, _json(context, opened, found, errors))
    else:
        _emit(context, _text(context, opened, found, errors, counts))
    if errors:
        context.exit(1)


def _known(words: Sequence[str]) -> list[str]:
    """The slugs named; one that is none is wrong usage."""
    from custledger.check import catalogue
    from custledger.core.nearest import nearest
    from custledger.core.trouble import UsageError

    known = catalogue()
    for word in words:
        if word not in known:
            near = nearest(word, known, most=3)
            key = "check.unknown_check_near" if near else "check.unknown_check"
            raise UsageError(key, word=word, near=listed(near))
    return list(dict.fromkeys(words))


def _text(
    context: Context, opened: Opened, found: Sequence[Diagnostic], errors: int, whole: tuple[int, int] | None
) -> str:
    from custledger.render.diagnostics_text import draw_diagnostics

    drawn = draw_diagnostics(
        found,
        context.say,
        read=opened.source.read,
        colour=context.colour and context.output is None,
        width=context.width,
    )
    return drawn + _summary(context, opened, found, errors, whole) + "\n"


def _summary(
    context: Context, opened: Opened, found: Sequence[Diagnostic], errors: int, whole: tuple[int, int] | None
) -> str:
    """How many problems; without any, what was read, so that nobody takes an empty folder for a clean book.

    `whole`: the documents and transactions of the whole book, where `opened` is a part of it.
    """
    text = context.say.text
    if not found:
        documents, transactions = whole or (len(opened.invoices), len(opened.journal.transactions))
        read = {"customers": len(opened.book.customers), "documents": documents, "transactions": transactions}
        parts = [text(f"check.{what}_1" if n == 1 else f"check.{what}", count=n) for what, n in read.items() if n]
        return text("check.clean", counts=text("check.comma").join(parts)) if parts else text("check.empty")
    warnings = len(found) - errors
    counts = []
    if errors:
        counts.append(text("check.errors" if errors > 1 else "check.error", count=errors))
    if warnings:
        counts.append(text("check.warnings" if warnings > 1 else "check.warning", count=warnings))
    files = len({problem.span.file for problem in found})
    return text(
        "check.found" if files > 1 else "check.found_in_one", counts=text("check.comma").join(counts), files=files
    )


def _json(context: Context, opened: Opened, found: Sequence[Diagnostic], errors: int) -> str:
    from custledger.render.diagnostics_json import as_rows
    from custledger.report.result import label

    page = {
        "custledger": 1,
        "report": "check",
        "book": label(opened.book),
        "as_of": context.today.isoformat(),
        "ok": not errors,
        "summary": {"errors": errors, "warnings": len(found) - errors},
        "diagnostics": as_rows(found, context.say),
    }
    return json.dumps(page, ensure_ascii=False, indent=2) + "\n"


def _emit(context: Context, text: str) -> None:
    """Print, or write to `-o`."""
    if context.output is None or context.output == "-":
        context.print(text)
        return
    from custledger.store.output import write_output

    write_output(context.shell.folder / context.output, text.encode("utf-8"))
    context.note(context.say.text("cli.wrote", file=context.output))


COMMAND = Command("check", run, options=("book", "format"))

"""`custledger` alone: where the book is, how it stands, what to do next."""

from __future__ import annotations

from custledger.cli.command import Command, Context


def run(context: Context) -> None:
    """Print the overview; a book with errors has one, too, which says so."""
    from custledger import pipeline
    from custledger.core.diagnostic import Severity
    from custledger.report.overview import build, document

    told = context.overview()
    if told is not None:
        standing, problems, future = told
        book = standing.book
        result = build(book, standing, as_of=context.as_of, warnings=len(problems), future=future)
        context.show(document(result, standing, book.settings.company.name), result)
        return
    opened = context.opened()
    problems = pipeline.check(opened, context.today)
    errors = sum(1 for problem in problems if problem.severity is Severity.ERROR)
    stands = None if pipeline.stops(context.diagnostics) else context.standing(partial=True)
    book = opened.book if stands is None else stands.book
    result = build(book, stands, as_of=context.as_of, errors=errors, warnings=len(problems) - errors)
    context.show(document(result, stands, opened.settings.company.name), result)


COMMAND = Command("overview", run, options=("book", "as_of", "format"))

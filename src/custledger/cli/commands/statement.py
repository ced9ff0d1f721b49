"""`custledger statement`: statements of account, one customer or a batch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from custledger.cli.command import Command, Context
from custledger.cli.declared import argument, option
from custledger.core.text import listed
from custledger.core.trouble import UsageError

if TYPE_CHECKING:
    import datetime as dt

    from custledger.book.position import Standing
    from custledger.report.statement import StatementResult

PARTLY = 5
"""Exit status of a batch with customers withheld."""


def run(
    context: Context,
    *,
    customers: Annotated[list[str] | None, argument(help="help.statement.customers")] = None,
    layout: Annotated[str | None, option("--layout", metavar="NAME", help="help.statement.layout")] = None,
    period: Annotated[str | None, option("--period", metavar="P", help="help.statement.period")] = None,
    by: Annotated[str | None, option("--by", metavar="BASIS", help="help.aging.by")] = None,
    edges: Annotated[str | None, option("--edges", metavar="EDGES", help="help.aging.edges")] = None,
    net: Annotated[str | None, option("--net", metavar="HOW", help="help.aging.net")] = None,
) -> None:
    """Print statements, or write one file a customer into a folder with a summary; exit 5 with some withheld."""
    from custledger.cli.identity import identity
    from custledger.report.aging import AgingOptions
    from custledger.report.statement import StatementOptions, build

    first, last = _days(context, period)
    chosen = context.select_part(customers)
    held = context.withheld
    partial = chosen is None or any(customer not in held for customer in chosen)
    standing = context.standing(last, customers=chosen, partial=partial)
    known = identity(context)
    options = StatementOptions(
        customers=None if chosen is None else tuple(chosen),
        layout=layout,
        date_from=first,
        aging=AgingOptions(basis=by, edges=None if edges is None else tuple(edges.split(",")), net=net),
        withheld={
            customer: [problem.slug for problem in problems]
            for customer, problems in held.items()
            if chosen is None or customer in chosen
        },
        book_id=known.id,
        commit=known.commit,
    )
    result = build(standing, options)
    if _into_folder(context, result):
        _write(context, result, standing)
    else:
        _show(context, result, standing)
    if any(one.reason == "withheld" for one in result.skipped):
        context.exit(PARTLY)


def _days(context: Context, period: str | None) -> tuple[dt.date | None, dt.date]:
    """The first day of the period, and the day of the statement: the period's last unless --as-of says otherwise."""
    if period is None:
        return None, context.as_of
    first, last = context.period(period)
    return first, context.as_of if context.options.get("as_of") else last


def _into_folder(context: Context, result: StatementResult) -> bool:
    """Whether `-o` names a folder: it ends with /, is one, or has no ending while there are several documents."""
    from custledger.store.output_folder import is_folder

    output = context.output
    if output is None or output == "-":
        return False
    plain = "." not in output.rpartition("/")[2]
    return output.endswith("/") or is_folder(context.shell.folder / output) or (plain and len(result.customers) > 1)


def _show(context: Context, result: StatementResult, standing: Standing) -> None:
    from custledger.document import Document, Paragraph, word
    from custledger.render import draw
    from custledger.report.statement_page import document

    single = len(result.customers) <= 1
    if not result.statements and len(result.skipped) != 1:
        nothing = Document(
            title=word("reports.statement.title"),
            definition=(word("reports.statement.day", day=result.as_of),),
            blocks=(Paragraph((word("reports.nothing.rows"),)),),
        )
        context.show(nothing, result)
    elif single or context.format in {"json", "csv"}:
        customer = result.skipped[0].customer if not result.statements else None
        context.show(document(result, standing, customer), result)
    elif context.format == "html":
        raise UsageError("reports.statement.several_html")
    else:
        pages = [document(result, standing, customer) for customer in result.customers]
        width = context.width if context.terminal else None
        colour = context.colour and context.output is None
        mark = "\n---\n\n" if context.format == "md" else "\n\n"
        drawn = [draw(page, result, context.format, context.say, width=width, colour=colour) for page in pages]
        if context.output in {None, "-"}:
            context.print(mark.join(drawn))
        else:
            from custledger.store.output import write_output

            write_output(context.shell.folder / str(context.output), mark.join(drawn).encode("utf-8"))
            context.note(context.say.text("cli.wrote", file=context.output))
    for one in result.skipped:
        if one.reason == "withheld":
            context.note(
                context.say.text("reports.statement.withheld_one", customer=one.customer, why=listed(one.problems))
            )


def _write(context: Context, result: StatementResult, standing: Standing) -> None:
    """One file a customer, and a summary with everybody who has none and why."""
    from custledger.core.frozen import replace
    from custledger.render import draw, suffixes
    from custledger.report.statement_files import file_names
    from custledger.report.statement_page import document, summary
    from custledger.store.output_folder import write_folder

    endings = {name: ending for ending, name in suffixes().items()}
    wanted = context.format
    ending = endings.get(wanted, ".txt")
    names = file_names(result.customers, ending)
    files: dict[str, bytes] = {}
    for customer in result.customers:
        mine = replace(result, statements=tuple(s for s in result.statements if s.customer == customer), skipped=())
        text = draw(document(mine, standing, customer), mine, wanted, context.say)
        files[names[customer]] = text.encode("utf-8")
    page = summary(result, names)
    files[f"_summary{ending}"] = draw(page, result, wanted, context.say).encode("utf-8")
    folder = str(context.output)
    write_folder(context.shell.folder / folder, files)
    width = context.width if context.shell.terminal else None
    context.print(draw(page, result, "text", context.say, width=width, colour=context.colour))
    context.note(context.say.text("reports.statement.wrote", count=len(files), folder=folder))


COMMAND = Command("statement", run, options=("book", "as_of", "format"), folder=True)

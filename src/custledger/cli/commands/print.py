"""`custledger print`: the whole book as one hledger journal."""

from __future__ import annotations

from custledger.cli.command import Command, Context


def run(context: Context) -> None:
    """Print all transactions, those that documents post included."""
    from custledger.parse.journal.printing import print_journal

    opened = context.book()
    apart = opened.bare and len(opened.journal.roots) > 1
    text = print_journal(opened.journal, opened.posted, assertions=not apart)
    output = context.output
    if output is None or output == "-":
        context.print(text)
        return
    from custledger.store.output import write_output

    write_output(context.shell.folder / output, text.encode())
    context.note(context.say.text("cli.wrote", file=output))


COMMAND = Command("print", run, options=("book", "output"), section="exchange", several=False)

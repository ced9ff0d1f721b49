"""`custledger init`: a new book, empty or with a year of a small trading firm's life."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from custledger.cli.command import Command, Context
from custledger.cli.declared import argument, option

if TYPE_CHECKING:
    from pathlib import Path

    from custledger.edit.plan import FileEdit

Text = str | None

_KEPT = {".gitignore", ".gitattributes"}
"""Files that may be there already: what they lack is put at their end."""


def run(
    context: Context,
    folder: Annotated[str, argument(metavar="DIR", help="help.init.folder")] = ".",
    example: Annotated[bool, option("--example", help="help.init.example_book")] = False,
    language: Annotated[Text, option("--language", metavar="LANG", help="help.init.language")] = None,
    currency: Annotated[Text, option("--currency", help="help.init.currency")] = None,
    name: Annotated[Text, option("--name", help="help.init.name")] = None,
) -> None:
    """Make the files of a new book in `folder`; nothing that is there is overwritten."""
    from custledger.cli.schemas import install_schemas
    from custledger.cli.writing import readable
    from custledger.core.money import ISO_DIGITS, ISO_TWO, Commodities
    from custledger.core.trouble import UsageError
    from custledger.edit.example_book import example_book
    from custledger.edit.new_book import LOCAL, NewBook, new_book
    from custledger.edit.plan import Plan
    from custledger.i18n.catalogue import Catalogue
    from custledger.store.layout import is_book
    from custledger.store.reading import finish_interrupted

    root = context.shell.folder / folder
    readable(name=name, currency=currency)
    tongue = (language or context.say.language).replace("-", "_").split("_")[0]
    if tongue not in LOCAL:
        raise UsageError("edit.init_bad_language", language=language)
    money = currency or ("CNY" if tongue == "zh" else "USD")
    if not (money.isascii() and money.isalpha() and (money in ISO_TWO or money in ISO_DIGITS)):
        raise UsageError("edit.init_bad_currency", currency=money)
    finish_interrupted(root)
    if is_book(root):
        raise UsageError("edit.init_there", folder=folder)
    today = context.shell.today(LOCAL[tongue].timezone)
    book = NewBook(
        name=name or "",
        language=tongue,
        say=Catalogue(tongue).text,
        currency=money,
        numbering_from=today.replace(month=1, day=1),
    )
    files = example_book(book, today) if example else new_book(book, Commodities())
    plan = Plan(tuple(edit for file, text in files.items() for edit in _edits(root, file, text)))
    following = "custledger" if example else "custledger customer add NAME"
    done = [context.say.text("edit.init_done", folder=folder, count=len(files))]
    there = folder in {".", "./"}
    key = "edit.next" if there else "edit.init_next_cd"
    context.write(plan, [*done, context.say.text(key, folder=folder, command=following)], root=root)
    if not context.options.get("dry_run"):
        install_schemas(root)


def _edits(root: Path, file: str, text: str) -> list[FileEdit]:
    """The edit that makes the file; for git's own files, the one that completes them."""
    from custledger.core.trouble import UsageError
    from custledger.edit.append import appended, new_file
    from custledger.edit.new_book import completed_lines
    from custledger.store.files import FolderSource

    if not (root / file).exists():
        return [new_file(file, text)]
    if file == "README.md":
        return []
    if file not in _KEPT:
        raise UsageError("edit.init_file_there", name=file)
    old = FolderSource(root).read(file)
    lacking = completed_lines(old.decode("utf-8", "replace"), tuple(text.splitlines()))
    return [appended(file, old, lacking, gap=False)] if lacking else []


COMMAND = Command("init", run, options=("write",))

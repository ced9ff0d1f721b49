"""What a shell offers behind the cursor: verbs, options, their values, customers and numbers of the book."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.cli import app
from custledger.cli.options import WITH_VALUE, WITHOUT_VALUE, hoist
from custledger.core.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from custledger.cli.command import Command
    from custledger.cli.context import Context
    from custledger.cli.shell import Shell

#: Values of options that are one of a few words.
VALUES: Mapping[str, tuple[str, ...]] = {
    "--format": ("text", "json", "csv", "md", "html"),
    "--lang": ("en", "zh"),
    "--color": ("auto", "always", "never"),
    "--by": ("due", "invoice"),
    "--net": ("oldest", "none"),
    "--group-by": ("segment", "owner", "industry", "status"),
    "--layout": ("open-item", "balance-forward", "detailed", "itemised"),
    "--as-of": ("today", "yesterday", "last month", "last quarter", "last year"),
    "--period": ("this month", "last month", "this quarter", "last quarter", "this year", "last year"),
}
READ_MAX = 4_000_000
"""Bytes of documents that are read for one key: a fifth of a second."""
#: Parameters that take something of the book, by name.
CUSTOMERS = frozenset(["customer", "customers"])
NUMBERS = frozenset(["number", "numbers", "invoice", "invoices"])


def offer(words: list[str], shell: Shell) -> int:
    """Print what may stand behind the cursor, as a shell's script asks for it at every key: without typer."""
    from custledger.cli.context import Context

    context = Context(shell, {})
    context.print("".join(f"{word}\n" for word in candidates(context, words)))
    return 0


def candidates(context: Context, words: list[str]) -> list[str]:
    """What may stand where the last of `words` is being typed, sorted; [] leaves it to the shell (a file)."""
    words = _joined(words) or [""]
    *before, partial = words
    found = _values(before, partial)
    if found is None:
        _, rest = hoist(before)
        module, _ = app.module_of(rest)
        if module is None:
            found = _verbs(rest)
            found += [*WITH_VALUE, *WITHOUT_VALUE] if partial.startswith("-") else []
        else:
            found = _of_command(context, app.load(module), before, partial)
    return sorted({word for word in found if word.startswith(partial) and visible(word) == word})


def _joined(words: list[str]) -> list[str]:
    """`--format = js`, as bash splits it, is `--format js`."""
    return [word for position, word in enumerate(words) if word != "=" or position + 1 == len(words)]


def _values(before: list[str], partial: str) -> list[str] | None:
    """The values of the option just before; None where that takes none; [] where it takes anything."""
    last = before[-1] if before else ""
    if last in VALUES:
        return [*VALUES[last]]
    if partial.startswith("--") and "=" in partial:
        option = partial.partition("=")[0]
        return [f"{option}={value}" for value in VALUES.get(option, ())]
    return [] if last in WITH_VALUE else None


def _verbs(rest: list[str]) -> list[str]:
    """The next word of a command's name: all first words, or the second ones of a group."""
    names = [module.replace("_", " ", 1) for module in app.modules()]
    if not rest:
        return [name.split()[0] for name in names]
    return [name.split()[1] for name in names if name.split()[0] == rest[0] and " " in name]


def _of_command(context: Context, command: Command, before: list[str], partial: str) -> list[str]:
    known = [each for each in (*app.own(command), *app.common(command)) if each.declared is not None]
    if partial.startswith("-"):
        return [spelling for each in known for spelling in each.spellings]
    last = before[-1] if before else ""
    wanted = {each.name for each in known if not each.spellings}
    wanted = next(({each.name} for each in known if each.type is not bool and last in each.spellings), wanted)
    if command.name == "explain":
        from custledger.check import catalogue

        return list(catalogue())
    return list(_of_book(context, before, wanted))


def _of_book(context: Context, before: list[str], wanted: set[str]) -> Iterable[str]:
    """Customers or numbers of the book that the command line names; nothing where it cannot be read."""
    if not wanted & (CUSTOMERS | NUMBERS):
        return []
    from custledger.cli.context import Context as Fresh
    from custledger.store.layout import distinct, listed

    options = _book_options(before)
    here = context.shell.folder
    books = distinct(options.pop("book") or listed(context.env.get("CUSTLEDGER_BOOK", ""), here), here)
    found: list[str] = []
    for book in books or [""]:  # none is the one that is found from here
        found += _of_one(Fresh(context.shell, {**options, "book": book}), wanted)
    return found


def _of_one(fresh: Context, wanted: set[str]) -> list[str]:
    try:
        if not fresh.given_files:
            return _of_documents(fresh, customers=bool(wanted & CUSTOMERS), numbers=bool(wanted & NUMBERS))
        book = fresh.opened().book
    except Exception:  # noqa: BLE001 - a shell's line editor is no place for messages
        return []
    return [*(book.customers if wanted & CUSTOMERS else ()), *(book.invoices if wanted & NUMBERS else ())]


def _of_documents(context: Context, *, customers: bool, numbers: bool) -> list[str]:
    """Ids and numbers of a book's documents; its journals are not read for that, nor more than can be waited for."""
    from custledger.schema.documents import read_customers, read_invoices
    from custledger.store.files import FolderSource
    from custledger.store.layout import layout

    found = layout(context.root())
    source = FolderSource(found.root)

    def read(names: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        room = READ_MAX
        for name in names:
            data = source.read(name)
            room -= len(data)
            if room < 0:
                return
            yield name, data

    ids = [each.id for each in read_customers(read(found.customers))[0]] if customers else []
    return ids + ([each.number for each in read_invoices(read(found.invoices))[0]] if numbers else [])


def _book_options(before: list[str]) -> dict[str, list[str]]:
    """`-f`, `--book` and `--receivable` of a command line that is still being typed."""
    found: dict[str, list[str]] = {"file": [], "book": [], "receivable": []}
    spelt = {"-f": "file", "--file": "file", "--book": "book", "--receivable": "receivable"}
    for position, word in enumerate(before[:-1]):
        if word in spelt:
            found[spelt[word]].append(before[position + 1])
    return found

"""Options that many commands share, declared once; they may stand before or after the verb."""

from __future__ import annotations

from typing import Annotated, Any

from custledger.cli import declared

#: Every common option that takes a value, by its spellings: what may be moved from before the verb to behind it.
WITH_VALUE = frozenset(
    (
        "-f --file --book --at --receivable --terms --decimal-mark --as-of --format -o --output --lang --color "
        "--lock-timeout"
    ).split()
)
WITHOUT_VALUE = frozenset(["--dry-run", "--recorded-only", "--no-index"])

Parameter = tuple[str, Any, Any]


def groups() -> dict[str, list[Parameter]]:
    """Name, annotation and default of each common option, by group, in the terminal's language."""

    def option(*spellings: str, key: str, metavar: str | None = None) -> Any:  # noqa: ANN401 - as `declared` has it
        return declared.option(*spellings, help=f"help.common.{key}", metavar=metavar)

    texts = list[str] | None
    text = str | None
    return {
        "book": [
            ("file", Annotated[texts, option("-f", "--file", key="file", metavar="FILE")], None),
            ("book", Annotated[texts, option("--book", key="book", metavar="DIR")], None),
            ("at", Annotated[text, option("--at", key="at", metavar="REV")], None),
            ("no_index", Annotated[bool, option("--no-index", key="no_index")], False),
            ("receivable", Annotated[texts, option("--receivable", key="receivable", metavar="ACCOUNT")], None),
            ("terms", Annotated[text, option("--terms", key="terms", metavar="TERMS")], None),
            ("decimal_mark", Annotated[text, option("--decimal-mark", key="decimal_mark", metavar="C")], None),
        ],
        "index": [("no_index", Annotated[bool, option("--no-index", key="no_index")], False)],
        "place": [("book", Annotated[texts, option("--book", key="book", metavar="DIR")], None)],
        "as_of": [
            ("as_of", Annotated[text, option("--as-of", key="as_of", metavar="DATE")], None),
            ("recorded_only", Annotated[bool, option("--recorded-only", key="recorded_only")], False),
        ],
        "format": [
            ("format", Annotated[text, option("--format", key="format", metavar="FORMAT")], None),
            ("output", Annotated[text, option("-o", "--output", key="output", metavar="FILE")], None),
        ],
        "output": [("output", Annotated[text, option("-o", "--output", key="output", metavar="FILE")], None)],
        "write": [
            ("dry_run", Annotated[bool, option("--dry-run", key="dry_run")], False),
            ("lock_timeout", Annotated[text, option("--lock-timeout", key="lock_timeout", metavar="SECONDS")], None),
        ],
        "always": [
            ("lang", Annotated[text, option("--lang", key="lang", metavar="LANG")], None),
            ("color", Annotated[str, option("--color", key="color", metavar="WHEN")], "auto"),
        ],
    }


def hoist(words: list[str]) -> tuple[list[str], list[str]]:
    """Split a command line into the common options before the verb and the rest, which begins with the verb."""
    before: list[str] = []
    position = 0
    while position < len(words):
        word = words[position]
        spelling = word.split("=", 1)[0] if word.startswith("--") else word[:2]
        if spelling in WITH_VALUE:
            attached = "=" in word if word.startswith("--") else len(word) > 2  # noqa: PLR2004 - `-fFILE`
            before += words[position : position + (1 if attached else 2)]
            position += 1 if attached else 2
        elif word in WITHOUT_VALUE:
            before.append(word)
            position += 1
        else:
            break
    return before, words[position:]

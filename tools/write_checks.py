"""Writes docs/CHECKS.md from the checks' own documentation; with --check says whether it is current (exit 1 if not)."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from custledger.check import catalogue
from custledger.check.pages import page
from custledger.i18n.catalogue import Catalogue

if TYPE_CHECKING:
    from custledger.check._rule import Check

FILE = Path(__file__).resolve().parent.parent / "docs" / "CHECKS.md"
HEAD = """# Checks

<!-- Written by tools/write_checks.py from the checks themselves: `make cases-update` writes it again. -->

`custledger check` finds every problem of a book in one run, in file order, one per cause: what an unreadable document
would have defined is not reported missing elsewhere. It ends with status 1 if one of them is an error. `custledger check
SLUG …` looks for some of them only; with `--strict` every warning is an error. `custledger explain SLUG` shows the page of
one, in English or Chinese.

- An **error of the book** stops every report and every write (status 3).
- An **error of a customer** stops what would show that customer: the totals of the book; a batch of documents goes on
  for all others and ends with status 5.
- A **warning** stops nothing.
"""
#: The parts of the page: heading, stages.
PARTS = (
    ("Over the whole book", ("book", "story")),
    ("While the book is put together", ("resolve",)),
    ("While journals are read", ("journal",)),
    ("While documents are read", ("yaml", "schema")),
    ("While any file is read", ("text",)),
    ("While tables are imported", ("import",)),
)


def kind(check: Check) -> str:
    """`error of the book`, `error of a customer`, `warning`."""
    if check.strict:
        return "warning, with `--strict` only"
    if check.severity.value == "warning":
        return "warning"
    return "error of a customer" if check.scope.value == "customer" else "error of the book"


def text() -> str:
    """The whole page."""
    known = catalogue().values()
    words = Catalogue("en")
    lines = [HEAD]
    for heading, stages in PARTS:
        here = [check for check in known if check.stage in stages]
        lines += [f"## {heading}", "", "| check | kind | what it says |", "| --- | --- | --- |"]
        lines += [f"| [{c.name}](#{c.name}) | {kind(c)} | {page(c, words.language).summary} |" for c in here]
        lines += [""]
        for check in here:
            found = page(check, words.language)
            lines += [f"### {check.name}", "", f"*{kind(check)}*. {found.summary}", ""]
            for title, body in found.sections:
                lines += [f"**{title}.** {body}" if not body.startswith("```") else f"**{title}.**\n\n{body}", ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def main(arguments: list[str]) -> int:
    """Write the page, or compare it."""
    wanted = text()
    if "--check" not in arguments:
        FILE.write_text(wanted, "utf-8", newline="\n")
        return 0
    if FILE.exists() and FILE.read_text("utf-8") == wanted:
        return 0
    sys.stderr.write("docs/CHECKS.md is not what the checks say: make cases-update\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

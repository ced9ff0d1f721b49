"""The documentation of a check as data: English from the docstring of its file, other languages from a page each."""

from __future__ import annotations

import inspect
import pkgutil
import sys
from typing import TYPE_CHECKING

from custledger.core.frozen import frozen
from custledger.core.trouble import ensure

if TYPE_CHECKING:
    from custledger.check._rule import Check

#: The headings of a page, in order, by language.
HEADINGS = {
    "en": ("What", "Why", "Example", "Instead"),
    "zh": ("含义", "原因", "示例", "处理"),
}


@frozen
class Page:
    """One line that says it all, and sections of Markdown text: (heading, text)."""

    summary: str
    sections: tuple[tuple[str, str], ...]


def page(check: Check, language: str) -> Page:
    """The page of a check in a language; in English where the language has none."""
    if language != "en":
        text = translated(check.name, language)
        if text is not None:
            return parse(text)
    return parse(docstring(check))


def docstring(check: Check) -> str:
    """The docstring of the file that a check stands in."""
    module = "rules" if check.run is not None else "reading"
    name = f"custledger.check.{module}.{check.name.replace('-', '_')}"
    ensure(name in sys.modules, f"{check.name} stands in no file of its own")
    return inspect.cleandoc(sys.modules[name].__doc__ or "")


def translated(name: str, language: str) -> str | None:
    """The page of a slug in a language other than English, or None."""
    try:
        data = pkgutil.get_data(f"custledger.i18n.{language}", f"explain/{name}.md")
    except (FileNotFoundError, ModuleNotFoundError):
        return None
    return None if data is None else data.decode("utf-8")


def parse(text: str) -> Page:
    """A page from its text: the first paragraph, then sections that begin with `## `. Fences are left alone."""
    summary, _, rest = text.strip().partition("\n## ")
    sections: list[tuple[str, str]] = []
    for part in ("\n" + rest).split("\n## ") if rest else ():
        heading, _, body = part.strip("\n").partition("\n")
        sections.append((heading.strip(), body.strip("\n")))
    return Page(" ".join(summary.split()), tuple(sections))

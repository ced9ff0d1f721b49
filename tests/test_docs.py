"""The documentation is whole: every command, check, setting and format is in it, and its links lead somewhere."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

from custledger.cli import app
from custledger.core.registry import discover

REPOSITORY = Path(__file__).resolve().parent.parent
DOCS = REPOSITORY / "docs"
PAGES = sorted(
    [
        *REPOSITORY.glob("*.md"),
        *DOCS.glob("*.md"),
        *REPOSITORY.glob("examples/*/*.md"),
        *REPOSITORY.glob("ledgers/*.md"),
    ]
)


def text(*names: str) -> str:
    return "\n".join((DOCS / name).read_text("utf-8") for name in names)


def test_the_page_of_commands_is_current() -> None:
    spec = importlib.util.spec_from_file_location("write_commands", REPOSITORY / "tools" / "write_commands.py")
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    assert (DOCS / "COMMANDS.md").read_text("utf-8") == tool.page(), "run: make cases-update"


@pytest.mark.parametrize("name", sorted(app.every()))
def test_every_command_is_documented(name: str) -> None:
    assert f"### {name}\n" in text("COMMANDS.md")


def test_every_command_has_words_in_both_languages() -> None:
    from custledger.i18n.catalogue import messages

    for command in app.every().values():
        key = command.key.removeprefix("help.")
        assert key in messages("en", "help"), f"help.{key}"
        assert key in messages("zh", "help"), f"help.{key}"


def settings_keys() -> list[str]:
    """Every key of custledger.yaml, customers, invoices and activity, by JSON Schema."""
    from custledger.schema.json_schema import schema_of

    found = []
    for name in ("settings", "customer", "invoice", "activity"):
        schema = schema_of(name)
        parts = [schema, *schema.get("$defs", {}).values()]
        found += [f"{name}:{key}" for part in parts for key in part.get("properties", {})]
    return sorted(set(found))


def test_every_key_of_a_document_is_documented() -> None:
    page = text("FORMATS.md", "ARITHMETIC.md")
    missing = [key for key in settings_keys() if not re.search(rf"\b{re.escape(key.split(':')[1])}\b", page)]
    assert not missing


def test_every_format_is_documented() -> None:
    from custledger.render import formats

    page = text("REPORTS.md", "COMMANDS.md")
    assert [name for name in formats() if not re.search(rf"\b{name}\b", page)] == []


def test_every_report_is_documented() -> None:
    page = text("REPORTS.md", "COMMANDS.md").lower()
    missing = [name for name in discover("custledger.report", "REPORT") if name.split("-")[0] not in page]
    assert not missing


def headings(path: Path) -> set[str]:
    """The anchors of a page's headings, as forges make them."""
    fenced = re.sub(r"^(```+|~~~+).*?^\1", "", path.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    titles = re.findall(r"^#+ +(.+?) *$", fenced, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(REPOSITORY).as_posix())
def test_links_lead_somewhere(path: Path) -> None:
    prose = re.sub(r"^ *(```+|~~~+).*?^ *\1", "", path.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    wrong = []
    for target in re.findall(r"\[[^\]]*\]\(([^)\s]+)\)", re.sub(r"`[^`\n]*`", "", prose)):
        if target.startswith(("http:", "https:", "mailto:")):
            continue
        file, _, anchor = target.partition("#")
        page = (path.parent / file).resolve() if file else path
        if not page.exists() or (anchor and page.suffix == ".md" and anchor not in headings(page)):
            wrong.append(target)
    assert not wrong

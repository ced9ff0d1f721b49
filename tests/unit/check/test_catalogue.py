"""Every kind of problem has its file, its words, its page in both languages and its literate case; and nothing else has."""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
import re
from pathlib import Path

import pytest

import custledger.i18n.en
from custledger.check import book_rules, catalogue
from custledger.check.pages import HEADINGS, docstring, page, parse, translated
from custledger.core.diagnostic import Scope, Severity

REPOSITORY = Path(__file__).resolve().parents[3]
SLUGS = sorted(catalogue())


def spoken(language: str) -> dict[str, list[str]]:
    """Message keys by slug."""
    found: dict[str, list[str]] = {}
    for key in importlib.import_module(f"custledger.i18n.{language}.diagnostics").MESSAGES:
        slug = key.partition(".")[0]
        if slug != "related":
            found.setdefault(slug, []).append(key)
    return found


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_is_spoken_of_is_documented_and_the_reverse(language: str) -> None:
    assert sorted(spoken(language)) == SLUGS


def test_every_slug_in_the_code_is_in_the_catalogue() -> None:
    """Slugs are literals where problems are made; none is missing here, and none here is never made."""
    made: set[str] = set(book_rules())
    for path in sorted((REPOSITORY / "src" / "custledger").rglob("*.py")):
        text = path.read_text("utf-8")
        made |= set(
            re.findall(
                r'\b(?:problem|Refused|_problem|refuse|refused)\(\s*"([a-z]+(?:-[a-z0-9]+)+|syntax|unsupported)"', text
            )
        )
    assert sorted(made - set(SLUGS)) == []


@pytest.mark.parametrize("slug", SLUGS)
def test_the_page_is_whole(slug: str) -> None:
    english = parse(docstring(catalogue()[slug]))
    assert [heading for heading, _ in english.sections] == list(HEADINGS["en"])
    text = translated(slug, "zh")
    assert text is not None, f"i18n/zh/explain/{slug}.md is missing"
    chinese = parse(text)
    assert [heading for heading, _ in chinese.sections] == list(HEADINGS["zh"])
    for found in (english, chinese):
        assert found.summary.endswith((".", "。"))
        assert "```" in dict(enumerate(found.sections))[2][1], "an example is fenced text"
        assert all(text.strip() for _, text in found.sections)
        assert all(text.count("```") % 2 == 0 for _, text in found.sections)


@pytest.mark.parametrize("slug", SLUGS)
def test_it_has_a_literate_case(slug: str) -> None:
    path = REPOSITORY / "tests" / "diagnostics" / f"{slug}.md"
    assert path.is_file(), f"tests/diagnostics/{slug}.md is missing"
    text = path.read_text("utf-8")
    assert f"[{slug}]" in text, "the case shows the problem"


def test_no_case_or_page_without_a_check() -> None:
    for folder in (REPOSITORY / "tests" / "diagnostics", REPOSITORY / "src" / "custledger" / "i18n" / "zh" / "explain"):
        assert sorted({path.stem for path in folder.glob("*.md")} - set(SLUGS)) == []


def test_no_message_is_said_in_two_files() -> None:
    """The files are merged: of two with one key the later would win, with the other's arguments missing."""
    for language in ("en", "zh"):
        seen: dict[str, str] = {}
        package = importlib.import_module(f"custledger.i18n.{language}")
        for module in pkgutil.iter_modules(package.__path__):
            if module.name.startswith("_diag_"):
                for key in importlib.import_module(f"{package.__name__}.{module.name}").MESSAGES:
                    assert key not in seen, f"{key}: both in {seen.get(key)} and in {module.name} ({language})"
                    seen[key] = module.name


def test_severities_and_scopes_are_those_of_the_format() -> None:
    """docs/FORMATS.md: which problems only warn, and which stop one customer alone."""
    warnings = {name for name, check in catalogue().items() if check.severity is Severity.WARNING and not check.strict}
    assert warnings == {
        "number-gap", "future-date", "stale-review", "due-before-date", "allocation-exceeds-charge",
        "allocation-exceeds-credit", "credit-note-exceeds-invoice", "undated-change", "glued-tag",
        "incomplete-book-journal",
    }  # fmt: skip
    customers = {name for name, check in catalogue().items() if check.scope is Scope.CUSTOMER}
    assert customers == {"unknown-invoice", "wrong-customer", "wrong-commodity", "total-differs", "posting-differs"}


def test_an_unknown_language_reads_the_english_page() -> None:
    check = catalogue()["unknown-key"]
    assert page(check, "fr") == page(check, "en") != page(check, "zh")
    assert custledger.i18n.en is not None


def test_the_page_of_checks_is_current() -> None:
    spec = importlib.util.spec_from_file_location("write_checks", REPOSITORY / "tools" / "write_checks.py")
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    assert (REPOSITORY / "docs" / "CHECKS.md").read_text("utf-8") == tool.text(), "run: make cases-update"

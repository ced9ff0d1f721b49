"""The catalogues: the same keys and fields in every language, every key in use there, none unused."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import string
from functools import cache
from pathlib import Path

import pytest

from custledger.core.diagnostic import problem
from custledger.core.span import Span
from custledger.core.text import listed
from custledger.core.trouble import UsageError
from custledger.i18n.catalogue import LANGUAGES, Catalogue, messages
from custledger.i18n.glossary import TERMS

PACKAGE = Path(__file__).resolve().parents[3] / "src" / "custledger"
SOURCES = sorted(path for path in PACKAGE.rglob("*.py") if "i18n" not in path.relative_to(PACKAGE).parts)
KEY = re.compile(r"[a-z][a-z_]*(\.[a-z0-9][a-z0-9_-]*)+")
#: What may differ: English has a plural where Chinese has none.
PUNCTUATION = re.compile(r"[,;!?](?!\d)")


def modules(language: str) -> list[str]:
    package = importlib.import_module(f"custledger.i18n.{language}")
    return sorted(m.name for m in pkgutil.iter_modules(package.__path__) if not m.ispkg)


PUBLIC = [name for name in modules("en") if not name.startswith("_")]


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


def test_every_module_is_in_every_language() -> None:
    assert modules("en") == modules("zh")


@pytest.mark.parametrize("module", modules("en"))
def test_the_same_keys_with_the_same_fields(module: str) -> None:
    english, chinese = messages("en", module), messages("zh", module)
    assert sorted(english) == sorted(chinese)
    differ = {key: (english[key], chinese[key]) for key in english if fields(english[key]) != fields(chinese[key])}
    assert not differ


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_key_in_two_files_says_the_same(language: str) -> None:
    differ = []
    for prefix in ("_diag_", "_help_"):
        seen: dict[str, str] = {}
        for module in modules(language):
            if module.startswith(prefix):
                texts = messages(language, module)
                differ += [f"{module}: {key}" for key, text in texts.items() if seen.setdefault(key, text) != text]
    assert not differ


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("module", PUBLIC)
def test_messages_are_whole(language: str, module: str) -> None:
    wrong = [
        key
        for key, text in messages(language, module).items()
        if not text or text != text.strip("\n") or "" in fields(text) or any(name.isdigit() for name in fields(text))
    ]
    assert not wrong, "no empty lines around a message, fields have names"


def test_messages_of_problems_begin_small_and_end_without_a_full_stop() -> None:
    wrong = []
    for key, text in messages("en", "diagnostics").items():
        first = text.split()[0]
        small = not first[0].isupper() or first.isupper() or not first.isalpha()
        if not small or (text.endswith(".") and text.count(". ") == 0):
            wrong.append(f"{key}: {text}")
    assert not wrong


def test_chinese_is_written_with_chinese_punctuation() -> None:
    wrong = []
    for module in PUBLIC:
        for key, text in messages("zh", module).items():
            outside = re.sub(r"`[^`]*`|\{[^}]*\}|\([^\u4e00-\u9fff]*\)", "", text)
            if re.search(r"[\u4e00-\u9fff][,;!?]( ?[\u4e00-\u9fff]|$)", outside):
                wrong.append(f"{module}.{key}: {text}")
    assert not wrong


# --- what the code asks for ------------------------------------------------------------------------------------------


@cache
def nodes() -> list[tuple[Path, ast.AST]]:
    """Every node of every file."""
    return [(path, node) for path in SOURCES for node in ast.walk(ast.parse(path.read_text("utf-8")))]


@cache
def calls() -> list[tuple[Path, ast.Call]]:
    """Every call that has arguments."""
    return [(path, node) for path, node in nodes() if isinstance(node, ast.Call) and node.args]


@cache
def literals() -> dict[str, str]:
    """Every text in the code outside docstrings: the text, and a file that has it."""
    found: dict[str, str] = {}
    documented = {id(node.value) for _, node in nodes() if isinstance(node, ast.Expr)}
    for path, node in nodes():
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documented:
            found.setdefault(node.value, path.relative_to(PACKAGE).as_posix())
        elif isinstance(node, ast.JoinedStr):
            parts = [v.value if isinstance(v, ast.Constant) else "\0" for v in node.values]
            found.setdefault("".join(str(part) for part in parts), path.relative_to(PACKAGE).as_posix())
    return found


def test_every_key_in_the_code_is_in_the_catalogue() -> None:
    catalogue = Catalogue("en")
    missing = [
        f"{text} ({path})"
        for text, path in literals().items()
        if KEY.fullmatch(text) and text.split(".")[0] in PUBLIC and not text.endswith((".py", ".md", ".sqlite"))
        if not catalogue.has(text) and not _prefix(text)
    ]
    assert not missing


def _prefix(text: str) -> bool:
    """Whether longer keys begin with it (`reports.aging` + `.title`)."""
    module, _, name = text.partition(".")
    return any(key.startswith(f"{name}.") for key in messages("en", module))


@cache
def patterns() -> list[re.Pattern[str]]:
    """Keys that the code puts together: `f"reports.kind.{kind}"`."""
    made = [text for text in literals() if "\0" in text and text.split("\0")[0].split(".")[0] in PUBLIC]
    return [re.compile(re.escape(text).replace("\0", ".*").replace("\\\0", ".*")) for text in made]


def used(module: str, key: str) -> bool:
    key = re.sub(r"\.(hint|example)$", "", key)  # of a message that is used
    full = f"{module}.{key}"
    if full in literals() or key in literals():
        return True
    return any(pattern.fullmatch(full) for pattern in patterns())


@pytest.mark.parametrize("module", [name for name in PUBLIC if name not in {"diagnostics", "explain", "help"}])
def test_no_key_is_unused(module: str) -> None:
    unused = [key for key in messages("en", module) if not used(module, key)]
    assert not unused


# --- problems --------------------------------------------------------------------------------------------------------


@cache
def emitted() -> dict[tuple[str, str], str]:
    """(slug, variant) of every `problem("slug", …, variant="…")` in the code that has them as plain text."""
    found: dict[tuple[str, str], str] = {}
    for path, node in calls():
        if ast.unparse(node.func).split(".")[-1] != "problem":
            continue
        slug = node.args[0]
        variant = next((k.value for k in node.keywords if k.arg == "variant"), ast.Constant(""))
        place = f"{path.relative_to(PACKAGE).as_posix()}:{node.lineno}"
        choices = [variant.body, variant.orelse] if isinstance(variant, ast.IfExp) else [variant]
        for choice in choices:
            if isinstance(slug, ast.Constant) and isinstance(choice, ast.Constant):
                found.setdefault((str(slug.value), str(choice.value)), place)
    return found


def test_every_problem_that_the_code_finds_has_its_words() -> None:
    known = messages("en", "diagnostics")
    missing = [
        f"{slug}.{variant} ({place})" if variant else f"{slug} ({place})"
        for (slug, variant), place in sorted(emitted().items())
        if (f"{slug}.{variant}" if variant else slug) not in known
    ]
    assert not missing


def test_every_message_of_a_problem_is_about_one_that_the_code_finds() -> None:
    texts = literals()
    slugs = {slug for slug, _ in emitted()} | {text for text in texts if re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", text)}
    unknown = [key for key in messages("en", "diagnostics") if key.split(".")[0] not in slugs]
    assert not unknown


# --- what fills the fields -------------------------------------------------------------------------------------------

NOT_FIELDS = {"variant", "severity", "scope", "customer", "related", "read"}


def given(node: ast.Call) -> set[str] | None:
    """The names of a call's keyword arguments; None where it hands on a mapping that cannot be seen here."""
    names = {keyword.arg for keyword in node.keywords}
    for extra in node.args[1:]:
        if isinstance(extra, ast.Dict):
            names |= {key.value if isinstance(key, ast.Constant) else None for key in extra.keys}
    return None if None in names else {name for name in names if name}


def unfilled() -> list[str]:
    """Calls with a plain key whose message has fields that the call does not fill."""
    found = []
    for path, node in calls():
        first, names = getattr(node.args[0], "value", None), given(node)
        if not isinstance(first, str) or names is None:
            continue
        called = ast.unparse(node.func).split(".")[-1]
        if called == "problem":
            texts = of_problem(node, first)
            names = names - NOT_FIELDS
        elif KEY.fullmatch(first) and first.split(".")[0] in PUBLIC:
            module, _, name = first.partition(".")
            texts = [messages("en", module).get(name, "")]
            texts += [messages("en", module).get(f"{name}.hint", "")] if called.endswith("Error") else []
        else:
            continue
        wanted = {field for text in texts for field in fields(text)}
        if wanted - names:
            found.append(f"{path.relative_to(PACKAGE).as_posix()}:{node.lineno} {first}: {sorted(wanted - names)}")
    return found


def of_problem(node: ast.Call, slug: str) -> list[str]:
    """The message and the hint of a problem; nothing where its variant is not plain text."""
    variant = next((k.value for k in node.keywords if k.arg == "variant"), ast.Constant(""))
    if not isinstance(variant, ast.Constant):
        return []
    key = f"{slug}.{variant.value}" if variant.value else slug
    known = messages("en", "diagnostics")
    return [known.get(key, ""), known.get(f"{key}.hint") or known.get(f"{slug}.hint", "")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_term_has_a_text_without_fields(language: str) -> None:
    words = Catalogue(language)
    assert all(len(words.text(f"glossary.{term.key}")) > 10 for term in TERMS)


def test_every_field_of_a_message_is_filled() -> None:
    assert not unfilled()


def test_each_language_parts_the_names_of_a_list_in_its_own_way() -> None:
    error = UsageError("cli.unknown_customer_near", word="x", near=listed(["a", "b", "c"]))
    assert "did you mean a, b, c?" in Catalogue("en").text(error.key, **error.args_named)
    assert "是否指 a、b、c？" in Catalogue("zh").text(error.key, **error.args_named)
    found = problem("invalid-tag", Span("a"), variant="kind", value="x", kinds=listed(["`a`", "`b`"]))
    assert dict(found.args)["kinds"] == "`a`, `b`"
    assert "`a`、`b`" in Catalogue("zh").hint(found) + Catalogue("zh").message(found)

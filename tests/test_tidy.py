"""House rules that a machine can see: sizes, and what not to write with what to write instead."""

from __future__ import annotations

import ast
import re
import subprocess
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

REPOSITORY = Path(__file__).resolve().parent.parent
PACKAGE = REPOSITORY / "src" / "custledger"
LINES_MAX = 400
FUNCTION_MAX = 70
OLDEST = (3, 11)
SOURCES = sorted([*PACKAGE.rglob("*.py")])
CODE = sorted(
    path for folder in ("src", "tests", "tools", "benchmarks") for path in (REPOSITORY / folder).rglob("*.py")
)


def name_of(path: Path) -> str:
    return path.relative_to(REPOSITORY).as_posix()


def inside(path: Path, *places: str) -> bool:
    return path.relative_to(PACKAGE).as_posix().startswith(places)


@cache
def tree(path: Path) -> ast.Module:
    try:
        return ast.parse(path.read_text("utf-8"), feature_version=OLDEST)
    except SyntaxError:
        return ast.Module([], [])  # its own test says so


def test_every_file_is_for_the_oldest_python() -> None:
    wrong = []
    for path in CODE:
        try:
            ast.parse(path.read_text("utf-8"), feature_version=OLDEST)
        except SyntaxError as error:
            wrong.append(f"{name_of(path)}:{error.lineno}: {error.msg}")
    assert not wrong


def test_files_are_short() -> None:
    lengths = {name_of(path): len(path.read_text("utf-8").splitlines()) for path in CODE}
    too_long = {name: length for name, length in lengths.items() if length > LINES_MAX}
    assert not too_long, "when a file wants two layers, it is two files"


def test_functions_are_short() -> None:
    too_long = {
        f"{name_of(path)}:{node.lineno} {node.name}": length
        for path in CODE
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        if (length := (node.end_lineno or node.lineno) - node.lineno + 1) > FUNCTION_MAX
    }
    assert not too_long


#: (what a call looks like, the folders where it is right, what to write instead). Names are as written in the code.
CALLS: list[tuple[str, tuple[str, ...], str]] = [
    ("float", (), "money is `core.money.Money`, other numbers are `Decimal`"),
    ("round", ("store/",), "`core.money.rounded(value, digits, where=...)`"),
    ("print", ("cli/", "render/"), "return a `Document`; `context.print` is the command line's"),
    ("input", ("cli/",), "questions are the command line's"),
    ("open", ("store/",), "`core.source.Source` reads, `store.apply` writes"),
    ("eval", (), "nothing a file says is code"),
    # What `dataclasses` does for itself: the source is made of names of fields and our own words.
    ("exec", ("core/frozen.py",), "nothing a file says is code"),
    ("hash", (), "`hashlib`: hash() differs from run to run"),
    ("date.today", ("cli/",), "`today` comes in from the command line"),
    ("dt.date.today", ("cli/",), "`today` comes in from the command line"),
    ("datetime.now", ("cli/",), "`today` comes in from the command line"),
    ("dt.datetime.now", ("cli/",), "`today` comes in from the command line"),
    ("datetime.utcnow", (), "`today` comes in from the command line"),
    ("time.time", ("cli/",), "nothing depends on the clock"),
    ("time.sleep", ("store/",), "only a lock waits"),
    ("os.getenv", ("cli/",), "`context.env`"),
    ("os.system", (), "`subprocess` in store/, without a shell"),
    ("os.listdir", ("store/",), "`core.source.Source`"),
    ("Path.cwd", ("cli/",), "paths come in from the command line"),
    ("os.getcwd", ("cli/",), "paths come in from the command line"),
    ("datetime.fromtimestamp", (), "dates are in the text"),
    ("locale.setlocale", (), "numbers and dates are written by `render`"),
]
#: Methods of files: the same ban, by the name behind the last dot.
METHODS: list[tuple[str, tuple[str, ...], str]] = [
    ("read_text", ("store/",), "`core.source.Source` reads"),
    ("read_bytes", ("store/",), "`core.source.Source` reads"),
    ("write_text", ("store/",), "`store.apply` writes"),
    ("write_bytes", ("store/",), "`store.apply` writes"),
    ("unlink", ("store/",), "`store.apply` writes"),
]


@cache
def calls(path: Path) -> list[tuple[int, str]]:
    """(line, dotted name) of every call in a file."""
    return [
        (node.lineno, ast.unparse(node.func))
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute)
    ]


@pytest.mark.parametrize(("call", "places", "instead"), CALLS, ids=[call for call, _, _ in CALLS])
def test_calls_that_have_a_better_one(call: str, places: tuple[str, ...], instead: str) -> None:
    wrong = [
        f"{name_of(path)}:{line}"
        for path in SOURCES
        if not inside(path, *places or ("-",))
        for line, name in calls(path)
        if name == call
    ]
    assert not wrong, f"{call}(): {instead}: {', '.join(wrong)}"


@pytest.mark.parametrize(("method", "places", "instead"), METHODS, ids=[method for method, _, _ in METHODS])
def test_methods_that_have_a_better_one(method: str, places: tuple[str, ...], instead: str) -> None:
    wrong = [
        f"{name_of(path)}:{line}"
        for path in SOURCES
        if not inside(path, *places)
        for line, name in calls(path)
        if name.endswith(f".{method}")
    ]
    assert not wrong, f".{method}(): {instead}: {', '.join(wrong)}"


def places_of(kind: type[ast.AST], wrong: Callable[[ast.AST], bool], *, allowed: tuple[str, ...] = ()) -> list[str]:
    """Every node of a kind that is wrong, as file:line."""
    return [
        f"{name_of(path)}:{node.lineno}"
        for path in SOURCES
        if not (allowed and inside(path, *allowed))
        for node in ast.walk(tree(path))
        if isinstance(node, kind) and wrong(node)
    ]


def test_no_statement_that_an_option_of_python_removes() -> None:
    assert not places_of(ast.Assert, lambda _: True), "`core.trouble.ensure` survives `python -O`"


def test_no_floating_point_number() -> None:
    likeness = ("core/nearest.py", "cli/", "store/")  # ratios of likeness, seconds to wait
    wrong = places_of(ast.Constant, lambda node: isinstance(node.value, float), allowed=likeness)
    assert not wrong, "money and rates are `Decimal` or whole numbers"


def test_the_environment_is_the_command_lines() -> None:
    wrong = places_of(ast.Attribute, lambda node: ast.unparse(node) == "os.environ", allowed=("cli/",))
    assert not wrong, "`context.env` hands it in"


def test_sentences_are_in_the_catalogues() -> None:
    def sentence(node: ast.AST) -> bool:  # names of accounts and headings are shorter
        return (
            isinstance(node.value, str)
            and re.search(r"[\u4e00-\u9fff]{12,}|[\u4e00-\u9fff][，。；]", node.value) is not None
        )

    documented = {
        id(node.body[0].value)
        for path in SOURCES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        if node.body and isinstance(node.body[0], ast.Expr)
    }
    wrong = places_of(ast.Constant, lambda n: sentence(n) and id(n) not in documented, allowed=("i18n/zh",))
    assert not wrong, "sentences belong in i18n/zh/"


def tracked() -> list[Path]:
    done = subprocess.run(["git", "ls-files", "-z"], cwd=REPOSITORY, capture_output=True, check=False)
    names = [name for name in done.stdout.decode().split("\0") if name]
    return [path for path in (REPOSITORY / name for name in names) if path.is_file()]


def test_text_files_are_tidy() -> None:
    wrong = []
    for path in tracked():
        if path.suffix not in {".py", ".md", ".toml", ".yaml", ".sh", ".txt"} or "golden" in path.parts:
            continue
        data = path.read_bytes()
        if (
            b"\r" in data
            or (not data.endswith(b"\n") and data)
            or (path.suffix == ".py" and re.search(rb"[ \t]$", data, re.MULTILINE))
        ):
            wrong.append(name_of(path))
    assert not wrong, "a line ends in LF, a file in one; no blanks at the end of a line of code"


def test_no_download_host_is_written_down() -> None:
    wrong = [
        name_of(path)
        for path in tracked()
        if path.name in {"pyproject.toml", "Makefile", "run"} or path.parent.name == "requirements"
        if re.search(
            r"https?://|--index-url|--find-links [^-]", path.read_text("utf-8").replace("--no-emit-find-links", "")
        )
    ]
    assert not wrong, "the machine's own configuration says where packages come from"

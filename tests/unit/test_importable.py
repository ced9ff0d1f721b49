"""Every module imports by itself, and a small job imports little: what start-up costs is decided here."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
PACKAGE = REPOSITORY / "src" / "custledger"
MODULES = sorted(
    ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__")
    for path in PACKAGE.rglob("*.py")
    if path.name != "__main__.py"
)
JOURNAL = """2026-01-15 * (101) Acme | work  ; due:2026-02-14
    assets:receivable:acme   EUR 100.00
    income:sales
"""
BOOK = {
    "custledger.yaml": "book: 1\ncompany: {name: Us}\ncurrency: EUR\n",
    "customers/acme.yaml": "id: acme\nname: Acme\n",
    "journals/2026.journal": JOURNAL,
}
#: What none of these jobs needs. Whoever adds a line here keeps a command fast; whoever takes one away makes it slow.
HEAVY = {
    "version": "typer rich pydantic yaml dateutil sqlite3 subprocess tempfile importlib.metadata custledger.pipeline decimal",
    "journal": (
        "pydantic pydantic_core yaml dateutil.parser dateutil.rrule importlib.metadata sqlite3 rich "
        "markdown_it pygments asyncio multiprocessing concurrent.futures unittest pdb http email xml csv html tkinter "
        "custledger.intake custledger.schema custledger.cli.commands.init custledger.i18n.zh custledger.render.as_html"
    ),
    "book": (  # pydantic gives its documents their shape
        "dateutil.parser dateutil.rrule sqlite3 rich markdown_it pygments asyncio "
        "multiprocessing unittest http xml tkinter custledger.intake custledger.render.as_html custledger.i18n.zh"
    ),
}


def python(code: str, *arguments: str, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    env = {"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8", "CUSTLEDGER_TODAY": "2026-06-30"}
    return subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code, *arguments],
        cwd=folder,
        env=env,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def import_alone(modules: list[str]) -> None:
    """Each before any other of ours: in one process, which forgets our modules in between."""
    code = (
        "import importlib, sys\n"
        "for name in sys.argv[1:]:\n"
        "    for known in [m for m in sys.modules if m.split('.')[0] == 'custledger']: del sys.modules[known]\n"
        "    importlib.import_module(name)\n"
    )
    done = python(code, *modules)
    assert done.returncode == 0, done.stderr


def test_each_package_and_command_imports_alone() -> None:
    packages = {name.rpartition(".")[0] for name in MODULES} - {""}
    import_alone(sorted(packages) + [name for name in MODULES if name.startswith("custledger.cli.commands.")])


@pytest.mark.slow
def test_each_module_imports_alone() -> None:
    import_alone(MODULES)


def loaded(*words: str, folder: Path) -> set[str]:
    """The modules in memory after one command line; it must succeed."""
    code = (
        "import sys\n"
        "from custledger.cli.main import main\n"
        "status = main(sys.argv[1:])\n"
        "sys.stderr.write('\\n@'.join(['', *sys.modules]))\n"
        "sys.exit(status)\n"
    )
    done = python(code, *words, folder=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return {line[1:] for line in done.stderr.split("\n") if line.startswith("@")}


@pytest.mark.parametrize(
    ("job", "words"),
    [
        ("version", ["--version"]),
        ("journal", ["-f", "sales.journal", "balance", "acme"]),
        ("journal", ["-f", "sales.journal", "balance", "acme", "--format", "json"]),
        ("journal", ["-f", "sales.journal", "aging"]),
        ("book", ["balance", "acme"]),
    ],
    ids=lambda value: value if isinstance(value, str) else " ".join(value),
)
def test_a_small_job_imports_little(job: str, words: list[str], tmp_path: Path) -> None:
    for name, text in (BOOK | {"sales.journal": JOURNAL}).items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    heavy = HEAVY[job].split()
    found = sorted(name for name in loaded(*words, folder=tmp_path) if name in heavy)
    assert not found

"""Every literate case: tests/cases, tests/diagnostics, the documentation and the books' own pages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import literate

CASES = ("tests/cases/*.md", "tests/diagnostics/*.md")
DOCUMENTATION = ("README*.md", "docs/*.md", "ledgers/README*.md", "examples/*/README*.md")


def cases_of(path: Path) -> list[literate.Case]:
    """The cases of one file of the repository, with the folder that a book's own page runs in."""
    name = path.relative_to(literate.REPOSITORY).as_posix()
    cases = literate.parse(path.read_text("utf-8"), title=path.stem, shared=name.startswith("tests/"))
    if name.startswith(("ledgers/", "examples/")):
        for case in cases:
            if "folder" not in case.options:
                case.options.setdefault("in", path.parent.relative_to(literate.REPOSITORY).as_posix())
    return cases


def collected() -> list[object]:
    """One parameter a case: (file, index), named after both."""
    found = []
    for pattern in CASES + DOCUMENTATION:
        for path in sorted(literate.REPOSITORY.glob(pattern)):
            seen: set[str] = set()
            for index, case in enumerate(cases_of(path)):
                slug = re.sub(r"[^\w.]+", "-", case.title).strip("-").lower()
                name = f"{path.relative_to(literate.REPOSITORY).as_posix()}:{slug}"
                name += f"-{index}" if name in seen else ""
                seen.add(name)
                marks = [pytest.mark.slow] if "slow" in case.options else []
                found.append(pytest.param(path, index, id=name, marks=marks))
    return found


@pytest.mark.parametrize(("path", "index"), collected())
def test_case(path: Path, index: int, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    case = cases_of(path)[index]
    for program in case.options.get("needs", "").split(","):
        if program and literate.shutil.which(program) is None:
            pytest.skip(f"{program} is not installed")
    outcomes = literate.run_case(case, tmp_path)
    failed = [outcome for outcome in outcomes if not outcome.matches]
    if failed and request.config.getoption("--update"):
        indents = {command.line: block.indent for block in case.blocks for command in block.commands}
        path.write_text(literate.rewritten(path.read_text("utf-8"), outcomes, indents), "utf-8", newline="")
        return
    name = path.relative_to(literate.REPOSITORY).as_posix()
    if failed:
        pytest.fail("\n\n".join(literate.difference(name, outcome) for outcome in failed), pytrace=False)
    if missing := sorted({outcome.missing for outcome in outcomes if outcome.missing}):
        pytest.skip(f"all but the commands of {', '.join(missing)}, which is not installed")

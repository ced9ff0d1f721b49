"""The page that the benchmarks write: each has a section of its own between marks, and leaves the others alone."""

from __future__ import annotations

import os
import platform
from pathlib import Path

PAGE = Path(__file__).resolve().parent.parent / "docs" / "PERFORMANCE.md"
HEAD = """# Performance

Numbers from one machine, for their ratios: everything in a table ran in turns, within the same minutes.
"""


def machine() -> str:
    """`Linux x86_64, 2 cores, Python 3.11.7`."""
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"


def put(name: str, title: str, text: str) -> None:
    """Write a section, in its place or as the last one. `name` is in its marks, `title` its heading."""
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    page = PAGE.read_text("utf-8") if PAGE.exists() else HEAD
    if begin not in page:
        page = f"{page.rstrip()}\n\n## {title}\n\n{begin}\n{end}\n"
    before, _, rest = page.partition(begin)
    _, _, after = rest.partition(end)
    PAGE.write_text(f"{before}{begin}\n{text.strip()}\n{end}{after}", "utf-8")

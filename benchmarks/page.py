"""The page that the benchmarks write: each has a section of its own between marks, and leaves the others alone."""

from __future__ import annotations

import os
import platform
from pathlib import Path

PAGE = Path(__file__).resolve().parent.parent / "docs" / "PERFORMANCE.md"
HEAD = """# Performance

Numbers from one machine, for their ratios: everything in a table ran in turns, within the same minutes, so that a busy
machine slows all alike. `make bench` makes the data, measures and writes this page; `make bench SIZES=1000000 RUNS=1`
measures a book of another size.

The book of N invoices and N payments of N/50 customers stands in 24 monthly journals, about 200 bytes a transaction;
92 of 100 payments carry `invoice:`, the others equal one open invoice to the cent; the customers stand as one document
each in one YAML file. hledger, ledger and bean-check read the same transactions and give balances. We say who owes what
since when, after deciding which payment settles which invoice, and check everything on the way.
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

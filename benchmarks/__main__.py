"""All benchmarks but that of matching, which takes longer and has a page of its own.

python -m benchmarks                           N = 10,000 and 100,000
python -m benchmarks --sizes 1000000 --runs 1  another N
"""

from __future__ import annotations

import argparse
import sys

from benchmarks import books, documents, engine, startup


def main() -> int:
    """Run them one after the other; each prints its table and writes its section of docs/PERFORMANCE.md."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", help="N, several with commas between them; then nothing but the books is measured")
    parser.add_argument("--runs", type=int, default=3, help="rounds of the books")
    parser.add_argument("--folder", help="where the books are, kept; else a temporary folder")
    parser.add_argument("--dry", action="store_true", help="print only")
    options = parser.parse_args()
    dry = ["--dry"] * options.dry
    folder = ["--folder", options.folder] if options.folder else []
    sizes = ["--sizes", options.sizes] if options.sizes else []
    parts = [
        ("a book", books.main, [*sizes, "--runs", str(options.runs), *folder, *dry]),
        ("documents", documents.main, dry),
        ("start-up", startup.main, dry),
        ("the engine", engine.main, dry),
    ]
    for title, main_of, words in parts[: 1 if options.sizes else None]:
        print(f"\n{title}\n", file=sys.stderr)
        main_of(words)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""What no reader of a book can do without: reading all bytes, hashing them, and finding the lines.

python benchmarks/floor.py DIR
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path


def main() -> int:
    """Read every file of a book and count its lines."""
    lines = 0
    for path in sorted(Path(sys.argv[1]).rglob("*")):
        if path.suffix in {".journal", ".yaml"}:
            data = path.read_bytes()
            hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).digest()
            lines += len(data.split(b"\n"))
    print(lines)
    return 0


if __name__ == "__main__":
    sys.exit(main())

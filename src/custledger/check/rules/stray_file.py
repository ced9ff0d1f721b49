"""A file in one of the book's folders is of no kind that is read there.

## What
`customers/`, `invoices/` and `activity/` hold `.yaml` files, `journals/` holds `.journal` files. Anything else in
them is an error: a `.yml` or `.hledger` file, a scan, a link that leads out of the book, a folder that may not be
listed, and in a past revision (`--at`) a git submodule, whose files are in another repository. Notes (`.md`) and
names that begin with a dot are left alone.

## Why
Nothing is skipped in silence. A customer in `redhill.yml` that nobody reads would be missing from every report,
and nobody would notice.

## Example
```text
customers/blueocean.yaml
customers/redhill.yml
```

## Instead
Rename the file (`git mv customers/redhill.yml customers/redhill.yaml`), or move what is no record out of the four
folders: scans and exports may stand anywhere else in the book.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.check._rule import Check
from custledger.core.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from custledger.check._rule import Checked
    from custledger.core.diagnostic import Diagnostic

_ENDINGS = {"customers": ".yaml", "invoices": ".yaml", "activity": ".yaml", "journals": ".journal"}
_REASONS = ("folder", "link", "special", "name", "unreadable", "deep", "submodule")


def run(checked: Checked) -> Iterator[Diagnostic]:
    """One problem a file."""
    for stray in checked.strays:
        folder = stray.name.partition("/")[0]
        variant = "rename" if stray.rename else stray.reason if stray.reason in _REASONS else ""
        ending = _ENDINGS.get(folder, ".yaml")
        yield CHECK.at(
            Span(stray.name), variant, name=stray.name, folder=folder, ending=ending, rename=stray.rename or ""
        )


CHECK = Check(name="stray-file", stage="book", run=run)

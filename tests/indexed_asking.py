"""Asking a book with its index and without, and looking into an index."""

from __future__ import annotations

import datetime as dt
import json
import shlex
import shutil
from typing import TYPE_CHECKING, Any

import literate
from custledger import opening
from custledger.indexed import keeping
from custledger.store import index_files as store
from custledger.store.files import FolderSource
from custledger.store.index_rows import HARD

if TYPE_CHECKING:
    from pathlib import Path

    from custledger.store.index_rows import FileRow

TODAY = dt.date.fromisoformat(literate.TODAY)
LINES = (
    "", "", "--format json", "--format csv", "--lang zh", "customer list", "customer list --format json",
    "invoice list", "invoice list --state overdue --format json", "payment list --state unapplied",
    "aging", "aging --detail", "aging --detail --by invoice", "aging --by invoice", "aging --group-by segment",
    "aging --group-by region", "aging --group-by owner --format json", "aging --net oldest --detail", "aging --zero",
    "aging --overdue --min 50", "aging --format json", "aging --detail --format json", "aging --detail --format csv",
    "aging --by-month --detail", "aging --edges 15,45 --sort total", "aging acme --detail", "aging segment:vip",
    "aging 蓝海 --detail", "aging 'a*'", "aging bolt --format json", "aging owner:zhao --detail", "aging tag:north",
    "aging region:CN --detail", "balance", "balance --zero", "balance --format json", "balance --by-account",
    "balance --sort balance", "balance acme", "balance bolt coda", "balance acme-old", "balance nobody", "balance Echo",
    "balance acme bolt coda dune echo fern 蓝海 --by-account", "balance echo --by-account", "balance bolt --by-account --zero", "balance 'Iris \"the\" Shop'", "check",
    "check --format json", "statement acme", "statement bolt --format json", "statement coda", "statement 蓝海",
    "statement echo", "statement dune --from 2026-02-01", "invoice list acme", "invoice list bolt --format json",
    "payment list bolt", "payment list acme --format json", "customer show acme", "customer show bolt",
    "customer show coda", "customer list segment:vip", "invoice show INV-1", "invoice show INV-3", "invoice show X-3",
    "why INV-2", "why RC-3", "why acme", "why bolt", "why RC-1", "why X-2",
)  # fmt: skip
DAYS = ("2025-12-31", "2026-02-15", "2026-04-01", "2026-05-30", "2027-01-01")


def said(root: Path, line: str, *more: str) -> tuple[str, int]:
    """What a command prints on both streams, and its status."""
    return literate.call_main([*shlex.split(line), *more], root, literate.environment(root.parent))


def made(root: Path) -> bool:
    """Make or mend the index of a book, whatever its size; whether it can stand for it."""
    settings = opening.settings_of(FolderSource(root))
    asking = None if settings is None else keeping.asking(root, root.name, settings, TODAY, make=True)
    if asking is not None:
        asking.index.connection.close()
    return asking is not None


def held(root: Path) -> dict[str, Any]:
    """All that an index says, by table; without what tells when and where it was made.

    Customers stand by id: their places are those in which they came.
    """
    index = store.opened(str(root))
    assert index is not None
    connection = index.connection
    query = "SELECT key, value FROM meta WHERE key IN ('state', 'repeated', 'directives', 'strays') ORDER BY 1"
    customers = index.customers()
    ids = {row.place: row.id for row in customers}
    found: dict[str, Any] = {"meta": connection.execute(query).fetchall()}
    accounts = connection.execute(
        "SELECT key / 1048576, unit, begin, last, live, live_names, stretches, names FROM account "
        "LEFT JOIN past USING (key)"
    )
    found["account"] = sorted((ids[place], *rest) for place, *rest in accounts)
    found["named"] = sorted((ids[place], *rest) for place, *rest in index.named())
    found["customer"] = [
        (row.id, row.name, row.state, row.marks, ",".join(sorted(ids[place] for place in json.loads(row.kin or "[]"))))
        for row in customers
    ]
    found["file"] = [_file(index.file(row[0]), ids) for row in index.signatures()]
    connection.close()
    return found


def _file(row: FileRow | None, ids: dict[int, str]) -> tuple[Any, ...]:
    """What an index says of a file, its owners by id."""
    assert row is not None
    owned = {
        ids.get(place, str(place)): (row.blocks[first:last].tolist(), row.digests[8 * at : 8 * at + 8])
        for at, (place, first, last) in enumerate(zip(row.whose, row.begins[:-1], row.begins[1:], strict=True))
    }
    columns = (row.starts.tolist(), row.lines.tolist(), row.numbers.split(), row.codes.split(), row.entries)
    return (row.name, row.kind, row.size, row.blob, *map(repr, columns), repr(sorted(owned.items())))


def anew(root: Path) -> dict[str, Any]:
    """What the index of a book says that is made anew, elsewhere."""
    other = root.parent / "anew"
    shutil.rmtree(other, ignore_errors=True)
    shutil.copytree(root, other, ignore=shutil.ignore_patterns(".custledger"))
    made(other)
    return held(other)


def differences(mended: dict[str, Any], fresh: dict[str, Any]) -> list[tuple[Any, ...]]:
    """Where an index that was mended is not one made anew.

    Who once was not plain may stay so in a mended index, and whom they were read with: their story is the same.
    """
    found: list[tuple[Any, ...]] = [
        (table, set(mended[table]) ^ set(fresh[table]))
        for table in ("account", "file", "meta")
        if mended[table] != fresh[table]
    ]
    stayed = set()
    for one, other in zip(mended["customer"], fresh["customer"], strict=True):
        (*who, state, marks, kin), (*_, fresh_state, fresh_marks, fresh_kin) = one, other
        if state != fresh_state and state >= HARD:
            stayed.add(who[0])
        elif state != fresh_state:
            found.append(("state", one, other))
        if who != list(other[:2]) or marks != fresh_marks or (fresh_kin and not kin):
            found.append(("customer", one, other))
    named = [sorted(row for row in each["named"] if row[0] not in stayed) for each in (mended, fresh)]
    if named[0] != named[1]:
        found.append(("named", *named))
    return found

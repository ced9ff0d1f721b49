"""The JSON Schemas beside a book, to which the first line of a new document points: derived, ignored by git."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from custledger.core.trouble import WorldError

if TYPE_CHECKING:
    from pathlib import Path

KINDS = ("settings", "customer", "invoice", "activity")


def install_schemas(root: Path) -> None:
    """Make the schemas that are missing. Nothing depends on them, so that nothing that goes wrong here matters."""
    from custledger.edit.append import new_file
    from custledger.edit.heading import schema_file
    from custledger.edit.plan import Plan
    from custledger.store.apply import apply

    missing = [kind for kind in KINDS if not (root / schema_file(kind)).exists()]
    with suppress(WorldError):
        apply(root, Plan(tuple(new_file(schema_file(kind), _schema(kind)) for kind in missing)))


def _schema(kind: str) -> str:
    import json

    from custledger.schema.json_schema import schema_of

    return json.dumps(schema_of(kind), ensure_ascii=False, indent=2) + "\n"

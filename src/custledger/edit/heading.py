"""The first line of a new YAML file: where an editor finds the schema of its documents (formats.md §2)."""

from __future__ import annotations

SCHEMAS = ".custledger/schema"
"""The folder of the JSON Schemas in a book: derived, made where they are missing by the commands
that make documents."""


def schema_file(kind: str) -> str:
    """The schema of `kind` (settings, customer, invoice, activity) in a book."""
    return f"{SCHEMAS}/{kind}.json"


def heading(kind: str, name: str) -> str:
    """The line for the file `name`; the path is relative to the file, as language servers read it."""
    return f"# yaml-language-server: $schema={'../' * name.count('/')}{schema_file(kind)}\n"

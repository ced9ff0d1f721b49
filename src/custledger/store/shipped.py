"""Files that come with the program: import maps, the example book."""

from __future__ import annotations

from importlib.resources import files


def shipped_maps() -> list[str]:
    """The names of the import maps that come along, sorted."""
    folder = files("custledger") / "maps"
    return sorted(entry.name.removesuffix(".yaml") for entry in folder.iterdir() if entry.name.endswith(".yaml"))


def shipped_map(name: str) -> bytes:
    """The bytes of one of them."""
    return (files("custledger") / "maps" / f"{name}.yaml").read_bytes()

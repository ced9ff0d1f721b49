"""Writing a batch of documents into a folder: each file whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.core.trouble import WorldError
from custledger.store import system
from custledger.store.output import write_output
from custledger.store.trouble import world

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def is_folder(path: Path) -> bool:
    """Whether `path` is a folder that is there."""
    return path.is_dir()


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put each of `files` (plain names) into `folder`, which is made where it is missing. Raises WorldError."""
    try:
        system.make_folders(str(folder))
    except FileExistsError as error:
        raise WorldError("files.not_a_folder", name=str(folder)) from error
    except OSError as error:
        raise world(error, str(folder)) from error
    for name, data in files.items():
        write_output(folder / name, data)

"""Some stretches of a file, read where they stand."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from custledger.store.files import signature
from custledger.store.trouble import world

if TYPE_CHECKING:
    from collections.abc import Iterable

    from custledger.store.files import Signature


def signature_at(root: str, name: str) -> Signature:
    """The signature of a file of the book in the folder `root`. Raises OSError where it is not there."""
    return signature(os.stat(os.path.join(root, name)))


def read_ranges(root: str, name: str, ranges: Iterable[tuple[int, int]]) -> list[bytes]:
    """The bytes of a file from each start to its end (-1: the file's). Raises WorldError as reading it would."""
    try:
        descriptor = os.open(os.path.join(root, name), os.O_RDONLY | getattr(os, "O_CLOEXEC", 0))
    except OSError as error:
        raise world(error, name) from error
    try:
        size = os.fstat(descriptor).st_size
        return [os.pread(descriptor, (size if end < 0 else end) - start, start) for start, end in ranges]
    except OSError as error:
        raise world(error, name) from error
    finally:
        os.close(descriptor)

"""The plan that takes another plan back: every splice undone, byte for byte, where nothing has changed since."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.core.trouble import ensure
from custledger.edit.plan import FileEdit, Plan, Splice
from custledger.edit.splice import digest_of, spliced

if TYPE_CHECKING:
    from collections.abc import Callable


def inverse(plan: Plan, read: Callable[[str], bytes]) -> Plan:
    """What undoes `plan`; `read` gives the files as they were before it. It creates no file, so nothing is removed."""
    edits = []
    for edit in plan.edits:
        ensure(edit.digest is not None, "a new file is not taken back")
        old = read(edit.name)
        splices, shift = [], 0
        for splice in edit.splices:
            start = splice.start + shift
            splices.append(Splice(start, start + len(splice.new), old[splice.start : splice.end]))
            shift += len(splice.new) - (splice.end - splice.start)
        edits.append(FileEdit(edit.name, digest_of(spliced(old, edit.splices)), tuple(splices)))
    return Plan(tuple(edits))

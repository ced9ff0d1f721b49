from __future__ import annotations

import pytest

from custledger.core.trouble import UsageError
from custledger.edit.verify import added, require


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("", "ab", "ab"),
        ("ab", "ab", ""),
        ("ab", "abc", "c"),
        ("ab", "xaybz", "xyz"),
        ("aa", "aaa", "a"),
        ("ab", "ba", None),
        ("ab", "b", None),
        ("ab", "aB", None),
    ],
)
def test_what_was_added(before: str, after: str, expected: str | None) -> None:
    found = added(before, after, lambda char: char)
    assert (None if found is None else "".join(found)) == expected


@pytest.mark.parametrize(("found", "right"), [("x", True), ("", False), ("xx", False), ("y", False), (None, False)])
def test_nothing_but_what_was_meant(found: str | None, right: bool) -> None:
    chars = None if found is None else list(found)
    if right:
        require("f", chars, lambda char: char, ["x"])
    else:
        with pytest.raises(UsageError, match=r"edit\.not_as_meant"):
            require("f", chars, lambda char: char, ["x"])

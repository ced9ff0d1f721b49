from __future__ import annotations

import pytest

from custledger.core.globs import is_pattern, matches
from custledger.core.trouble import WorldError


@pytest.mark.parametrize(
    ("pattern", "name", "expected"),
    [
        ("a/b.journal", "a/b.journal", True),
        ("a/*.journal", "a/b.journal", True),
        ("a/*.journal", "a/.b.journal", False),
        ("a/*.journal", "a/b/c.journal", False),
        ("**/*.journal", "a/b/c.journal", True),
        ("**/*.journal", "c.journal", True),
        ("a/**/c.journal", "a/c.journal", True),
        ("a/**/c.journal", "a/.x/c.journal", False),
        ("a/**.journal", "a/b.journal", True),
        ("a/**.journal", "a/b/c.journal", False),
        ("a", "a/b", False),
        ("[!a].journal", "b.journal", True),
        ("[^a].journal", "a.journal", False),
        ("[a-c].journal", "b.journal", True),
        ("[]a].journal", "].journal", True),
        ("a.journal", "axjournal", False),
        ("{a,b}.journal", "a.journal", False),
    ],
)
def test_patterns(pattern: str, name: str, expected: bool) -> None:
    assert matches(pattern, name) is expected


def test_what_is_a_pattern() -> None:
    assert [text for text in ["a", "a*", "[a", "a?", "<1-2>", "{a,b}"] if is_pattern(text)] == [
        "a*",
        "[a",
        "a?",
        "<1-2>",
    ]


@pytest.mark.parametrize("pattern", ["<1-2>.journal", "[z-a].journal"])
def test_patterns_that_are_refused(pattern: str) -> None:
    with pytest.raises(WorldError, match=r"files\.pattern_not_supported"):
        matches(pattern, "1.journal")

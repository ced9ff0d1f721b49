from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custledger.edit.diff import unified
from custledger.edit.plan import FileEdit, Plan, Splice
from custledger.edit.splice import digest_of, spliced

if TYPE_CHECKING:
    from pathlib import Path


def plan(old: bytes, *splices: Splice, name: str = "a.journal") -> Plan:
    return Plan((FileEdit(name, digest_of(old), splices),))


def test_appended_lines() -> None:
    old = b"1\n2\n3\n4\n"
    assert unified(plan(old, Splice(8, 8, b"5\n6\n")), lambda _: old) == (
        "--- a/a.journal\n+++ b/a.journal\n@@ -2,3 +2,5 @@\n 2\n 3\n 4\n+5\n+6\n"
    )


def test_a_file_without_a_final_newline() -> None:
    old = b"1\n2"
    assert unified(plan(old, Splice(3, 3, b"\n3\n")), lambda _: old) == (
        "--- a/a.journal\n+++ b/a.journal\n@@ -1,2 +1,3 @@\n 1\n-2\n\\ No newline at end of file\n+2\n+3\n"
    )


def test_a_new_file_and_one_with_blanks_in_its_name() -> None:
    both = Plan((FileEdit("new.yaml", None, (Splice(0, 0, b"a: 1\n"),)), FileEdit("a b", digest_of(b"x"), ())))
    assert unified(both, lambda _: b"x") == (
        "diff --git a/new.yaml b/new.yaml\nnew file mode 100644\n--- /dev/null\n+++ b/new.yaml\n@@ -0,0 +1 @@\n+a: 1\n"
    )
    assert unified(plan(b"x\n", Splice(0, 1, b"y"), name="a b"), lambda _: b"x\n").startswith(
        "--- a/a b\t\n+++ b/a b\t\n"
    )


def test_nothing_to_show_and_shown_lines() -> None:
    assert unified(plan(b"x\n", Splice(0, 1, b"x")), lambda _: b"x\n") == ""
    shown = unified(plan(b"", Splice(0, 0, b"\x1b[2J\n")), lambda _: b"", lambda line: line.replace("\x1b", "ESC"))
    assert shown.endswith("+ESC[2J\n")


TEXT = st.lists(st.sampled_from([b"a", b"b", b"", b"\n", b"\n", b"\r\n", b"\xff", "中".encode()]), max_size=60).map(
    b"".join
)


@st.composite
def edits(draw: st.DrawFn) -> tuple[bytes, tuple[Splice, ...]]:
    old = draw(TEXT)
    cuts = sorted(draw(st.lists(st.integers(0, len(old)), min_size=2, max_size=8)))
    return old, tuple(Splice(a, b, draw(TEXT)) for a, b in zip(cuts[::2], cuts[1::2], strict=False))


def patched(old: bytes, patch: str) -> bytes:
    """`old` with the patch applied by hand, every count and every context line checked."""
    lines = [line + b"\n" for line in patch.encode("utf-8", "surrogateescape").split(b"\n")[:-1]]
    source = old.split(b"\n")
    before = [line + b"\n" for line in source[:-1]] + ([source[-1]] if source[-1] else [])
    out: list[bytes] = []
    at, position = 2, 0
    while at < len(lines):
        ranges = lines[at].decode().split(" ")[1:3]
        (first, count), (_, count_new) = [
            (int(r[1:].split(",")[0]), int(r.split(",")[1]) if "," in r else 1) for r in ranges
        ]
        start = first - 1 if count else first
        out += before[position:start]
        position = start
        at += 1
        made = len(out)
        while at < len(lines) and lines[at][:1] in (b" ", b"-", b"+"):
            mark, text = lines[at][:1], lines[at][1:]
            at += 1
            if at < len(lines) and lines[at].startswith(b"\\"):
                text = text[:-1]
                at += 1
            if mark != b"+":
                assert before[position] == text
                position += 1
            if mark != b"-":
                out.append(text)
        assert position - start == count
        assert len(out) - made == count_new
    return b"".join(out + before[position:])


@given(edits())
@settings(max_examples=400)
def test_the_patch_makes_of_the_old_what_the_splices_make(case: tuple[bytes, tuple[Splice, ...]]) -> None:
    old, splices = case
    patch = unified(plan(old, *splices), lambda _: old)
    assert patched(old, patch) == spliced(old, splices)
    assert (patch == "") == (spliced(old, splices) == old)


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
@pytest.mark.parametrize("name", ["a.journal", "中文 x.yaml", 'q"\t.yaml'])
def test_git_takes_it(tmp_path: Path, name: str) -> None:
    old = b"1\n2\n3\r\n4\n5\n6\n7\n8\n9\n10"
    (tmp_path / name).write_bytes(old)
    splices = (Splice(2, 3, b"two"), Splice(len(old), len(old), b"\n11\n"))
    both = Plan((*plan(old, *splices, name=name).edits, FileEdit("new/x", None, (Splice(0, 0, b"new\n"),))))
    patch = unified(both, lambda _: old).encode()
    subprocess.run(["git", "apply", "-"], input=patch, cwd=tmp_path, check=True)
    assert (tmp_path / name).read_bytes() == spliced(old, splices)
    assert (tmp_path / "new/x").read_bytes() == b"new\n"

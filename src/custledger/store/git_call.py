"""Calls of the git program, such that nothing but git itself runs.

A repository's own configuration names programs that git starts: a file monitor, hooks, a pager, a server for objects
that a partial clone left out. A book may come from anybody, so every call overrides them, takes nothing of the
environment but where programs and the user's own configuration are, and asks only for what needs none of them.
"""

from __future__ import annotations

import os
import subprocess
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from custledger.core.trouble import WorldError
from custledger.store.trouble import world

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import IO

#: Of the caller's environment; what says which repository is meant is not among it: the book's folder says that.
_KEPT = (
    "HOME",
    "XDG_CONFIG_HOME",
    "GIT_CONFIG_GLOBAL",
    "GIT_CONFIG_SYSTEM",
    "GIT_CONFIG_NOSYSTEM",
    "GIT_CEILING_DIRECTORIES",
    "GIT_DISCOVERY_ACROSS_FILESYSTEM",
)
_SET = {
    "LC_ALL": "C",
    "GIT_ALLOW_PROTOCOL": "",  # no transport at all: a partial clone's `remote.*.uploadpack` is a program
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",  # the text that an id stands for, not another put in its place
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
}
#: As `-c`, which every git knows; GIT_CONFIG_COUNT is ignored by those before 2.31.
_CONFIG = (
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "core.pager=cat",
    "core.warnAmbiguousRefs=true",
    "safe.bareRepository=explicit",
)


class Done(NamedTuple):
    """What came of a call: exit status, output, and what it said of trouble, in English."""

    status: int
    output: bytes
    said: str


class Git:
    """The git program in one folder. `env` is the caller's environment."""

    def __init__(self, folder: str, env: Mapping[str, str]) -> None:
        self.folder = folder
        path = [place for place in env.get("PATH", os.defpath).split(os.pathsep) if os.path.isabs(place)]
        self._program = _found(path)
        self._env = {
            **{name: env[name] for name in _KEPT if name in env},
            **_SET,
            "PATH": os.pathsep.join(path),
        }

    def _line(self, words: tuple[str, ...]) -> list[str]:
        overrides = [word for setting in _CONFIG for word in ("-c", setting)]
        return [self._program, "--no-pager", "-C", self.folder, *overrides, *words]

    def run(self, *words: str) -> Done:
        """Run one command to its end. Raises WorldError where it cannot be started."""
        try:
            done = subprocess.run(  # noqa: S603 - an absolute path and a list of words, no shell
                self._line(words), env=self._env, stdin=subprocess.DEVNULL, capture_output=True, check=False
            )
        except OSError as error:
            raise world(error, "git") from error
        return Done(done.returncode, done.stdout, done.stderr.decode("utf-8", "replace").strip())

    def batch(self) -> Batch:
        """One process that gives objects. Raises WorldError where it cannot be started."""
        try:
            process = subprocess.Popen(  # noqa: S603 - as above
                self._line(("cat-file", "--batch")),
                env=self._env,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        except OSError as error:
            raise world(error, "git") from error
        return Batch(process)


def _found(path: list[str]) -> str:
    """The program, at a place that does not depend on the current folder."""
    for place in path:
        program = os.path.join(place, "git")
        if os.path.isfile(program) and os.access(program, os.X_OK):
            return program
    raise WorldError("git.missing")


class Batch:
    """`git cat-file --batch`: an object's id in, its bytes out, one after the other."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process

    def blob(self, oid: str, limit: int) -> bytes | int | None:
        """The bytes of a blob; None where git does not have it; its size where that is more than `limit` bytes.

        After a size the process is of no more use. Raises WorldError `git.stopped` where it ended by itself.
        """
        send, receive = self._process.stdin, self._process.stdout
        if send is None or receive is None:
            raise WorldError("git.stopped")
        try:
            send.write(oid.encode() + b"\n")
            send.flush()
            return _answer(receive, limit)
        except OSError as error:
            raise WorldError("git.stopped") from error

    def close(self) -> None:
        """End the process, whatever it is doing, and wait for it."""
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()
        self._process.kill()
        self._process.wait()


def _answer(receive: IO[bytes], limit: int) -> bytes | int | None:
    header = receive.readline()
    words = header.split()
    if not header.endswith(b"\n"):
        raise WorldError("git.stopped")
    if len(words) != 3 or words[1] != b"blob":  # noqa: PLR2004 - id, kind, size
        return None
    size = int(words[2])
    if size > limit:
        return size
    data = receive.read(size)
    if len(data) != size or receive.read(1) != b"\n":
        raise WorldError("git.stopped")
    return data

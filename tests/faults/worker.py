"""Runs command lines for the fault tests, each in a fork of its own, with a fault at its n-th system call.

A line of JSON in: {"folder": …, "words": […], "fault": null | {"kind": …, "at": n}, "world": {…}}; a line of JSON out:
the exit status (negative: the signal), what was printed, and the calls that were made. One process that has everything
imported and forks is some thirty times faster than a new Python a run. A fault whose kind is one of SQL is at the n-th
statement of the database instead; `world` says how the machine is: see `_in_world`.
"""

from __future__ import annotations

import errno
import gc
import importlib
import io
import json
import os
import pkgutil
import resource
import signal
import sqlite3
import sys
import time
import types
from pathlib import Path

import custledger

ERRORS = ("ENOSPC", "EIO", "EDQUOT", "EROFS", "EACCES", "EMFILE")
COUNTED = frozenset(
    [
        "open",
        "write",
        "fsync",
        "rename",
        "unlink",
        "mkdir",
        "makedirs",
        "rmdir",
        "ftruncate",
        "fchmod",
        "close",
        "flock",
        "utime",
    ]
)
#: What a full disk refuses from some call on; opening counts where it makes a file.
GROWING = frozenset(["write", "mkdir", "makedirs"])


class Faulty:
    """A module whose counted functions fail as told; everything else is the module's own."""

    def __init__(self, real: types.ModuleType, calls: list[str], fault: dict | None) -> None:
        self._real = real
        self._calls = calls
        self._fault = fault

    def __getattr__(self, name: str):
        real = getattr(self._real, name)
        if name not in COUNTED:
            return real

        def call(*args):
            self._calls.append(name)
            fault = self._fault
            if fault is not None:
                self._fail(fault, name, args, real)
                if fault["kind"] == "short" and name == "write":
                    descriptor, data = args
                    return real(descriptor, bytes(data)[: max(1, len(data) // 3)])
            return real(*args)

        return call

    def _fail(self, fault: dict, name: str, args: tuple, real) -> None:
        number, kind = len(self._calls), fault["kind"]
        if kind == "full" and number >= fault["at"]:
            if name in GROWING or (name == "open" and args[1] & os.O_CREAT):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), args[0])
            return
        if number != fault["at"]:
            return
        if kind == "KILL":
            os.kill(os.getpid(), signal.SIGKILL)
        if kind == "KILL-after":
            real(*args)
            os.kill(os.getpid(), signal.SIGKILL)
        if kind == "INT":
            raise KeyboardInterrupt
        if kind == "EINTR" and name != "close":
            raise InterruptedError(errno.EINTR, "interrupted")
        if kind in ERRORS:
            if name == "close":
                real(*args)
            raise OSError(getattr(errno, kind), os.strerror(getattr(errno, kind)), args[0])


#: Faults of the database: a kill, or what SQLite says of a full disk, a broken one, a file that may not be written.
SQL = {
    "sql-KILL": 0,
    "sql-FULL": sqlite3.SQLITE_FULL,
    "sql-IOERR": sqlite3.SQLITE_IOERR,
    "sql-READONLY": sqlite3.SQLITE_READONLY,
    "sql-BUSY": sqlite3.SQLITE_BUSY,
    "sql-CORRUPT": sqlite3.SQLITE_CORRUPT,
}


class Database:
    """The module `sqlite3`, whose connections count their statements and fail at one."""

    def __init__(self, fault: dict, calls: list[str]) -> None:
        self._fault, self._calls, self._count = fault, calls, 0

    def __getattr__(self, name: str):
        return getattr(sqlite3, name)

    def connect(self, *words, **options) -> sqlite3.Connection:
        """A connection that fails as told."""
        database = self

        class Connection(sqlite3.Connection):
            def execute(self, *words) -> sqlite3.Cursor:
                database.count(words[0])
                return super().execute(*words)

            def executemany(self, *words) -> sqlite3.Cursor:
                database.count(words[0])
                return super().executemany(*words)

            def backup(self, *words, **options) -> None:
                database.count("backup")
                super().backup(*words, **options)

        return sqlite3.connect(*words, **options, factory=Connection)

    def count(self, statement: str) -> None:
        """One more statement is about to be executed."""
        self._count += 1
        self._calls.append(f"sql {statement.split(maxsplit=1)[0]}")
        if self._count == self._fault["at"]:
            code = SQL[self._fault["kind"]]
            if not code:
                os.kill(os.getpid(), signal.SIGKILL)
            error = sqlite3.OperationalError("a fault")
            error.sqlite_errorcode = code
            raise error


def _in_world(world: dict, report: int) -> None:
    """`least`: bytes of text from which on a book gets an index; `fsize`: the largest file; `user`: the effective one;
    `killed`: seconds after which the process is.
    """
    from custledger.indexed import keeping, revisions, worth

    if "least" in world:
        for module in (keeping, revisions, worth):
            module.SIZE_LEAST = world["least"]
    if "fsize" in world:
        resource.setrlimit(resource.RLIMIT_FSIZE, (world["fsize"], world["fsize"]))
    if "user" in world:
        os.seteuid(world["user"])
    if "killed" in world:
        running = os.getpid()
        if os.fork() == 0:
            os.close(report)
            time.sleep(world["killed"])
            if os.getppid() == running:
                os.kill(running, signal.SIGKILL)
            os._exit(0)


class Output(io.StringIO):
    """A stream that is no terminal."""


def run(job: dict, report: int) -> None:
    """In the fork: the command line, then what came of it, written to `report`."""
    from custledger.cli.main import main
    from custledger.cli.shell import Shell
    from custledger.store import index_opening, system

    calls: list[str] = []
    fault = job["fault"]
    if fault is not None and fault["kind"] in SQL:
        index_opening.sqlite3 = Database(fault, calls)
        fault = None
    system.os = Faulty(os, calls, fault)
    system.fcntl = Faulty(system.fcntl, calls, fault)
    _in_world(job.get("world") or {}, report)
    out, err = Output(), Output()
    env = {"CUSTLEDGER_TODAY": "2026-06-30", "LANG": "C.UTF-8", "NO_COLOR": "1", **job.get("env", {})}
    os.chdir(job["folder"])
    status = main(job["words"], Shell(io.StringIO(), out, err, env, Path(job["folder"])))
    answer = {"status": status, "out": out.getvalue(), "err": err.getvalue(), "calls": calls}
    with os.fdopen(report, "w") as stream:
        json.dump(answer, stream)
    os._exit(0)


def serve() -> None:
    """Answer jobs until standard input ends."""
    for module in pkgutil.walk_packages(custledger.__path__, "custledger."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    gc.collect()
    gc.freeze()  # forks share what is there now: nobody walks through it and so copies it
    for line in sys.stdin:
        job = json.loads(line)
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reading)
            try:
                run(job, writing)
            finally:
                os._exit(99)
        os.close(writing)
        with os.fdopen(reading) as stream:
            said = stream.read()
        _, code = os.waitpid(child, 0)
        answer = (
            json.loads(said) if said else {"status": os.waitstatus_to_exitcode(code), "out": "", "err": "", "calls": []}
        )
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    serve()

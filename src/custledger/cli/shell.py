"""The world as the command line sees it: streams, environment, folder, clock. The only place that asks for them."""

from __future__ import annotations

import errno
import io
import os
import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from custledger.core.frozen import frozen
from custledger.core.trouble import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping


class Closed(io.StringIO):
    """Standard output that was closed by whoever started us."""

    def write(self, text: str) -> int:
        """Fail, as writing to it does."""
        del text
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))


def silence() -> None:
    """Nothing more can be written to standard output: let what is left go nowhere, also when Python ends."""
    try:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, sys.stdout.fileno())
    except (AttributeError, OSError, ValueError):
        pass


@frozen
class Shell:
    """Streams, environment, current folder. Tests make their own; the program takes the process's."""

    stdin: TextIO
    stdout: TextIO
    stderr: TextIO
    env: Mapping[str, str]
    folder: Path

    @classmethod
    def of_process(cls) -> Shell:
        """This process's. Output is UTF-8 whatever the locale, and never fails on a character."""
        for stream in (sys.stdout, sys.stderr):
            reconfigure = getattr(stream, "reconfigure", None)
            if reconfigure is not None:
                reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
        # A stream that was closed before we began is None: results cannot go there, other words need not.
        stdin, stdout, stderr = sys.stdin or io.StringIO(), sys.stdout or Closed(), sys.stderr or io.StringIO()
        return cls(stdin, stdout, stderr, dict(os.environ), Path.cwd())

    @property
    def terminal(self) -> bool:
        """Whether results go to a terminal."""
        return self.stdout.isatty()

    @property
    def asks(self) -> bool:
        """Whether somebody is there to be asked: both ends are a terminal."""
        return self.stdin.isatty() and self.stderr.isatty()

    def read_stdin(self) -> bytes:
        """All of standard input, as bytes."""
        raw = getattr(self.stdin, "buffer", None)
        data = self.stdin.read().encode("utf-8") if raw is None else raw.read()
        return bytes(data)

    @property
    def width(self) -> int:
        """Columns of the terminal: $COLUMNS, else the terminal's, else 80; at least 40."""
        given = self.env.get("COLUMNS", "")
        columns = int(given) if given.isascii() and given.isdigit() and len(given) < 5 else 0  # noqa: PLR2004
        if columns:
            return max(40, columns)
        import shutil

        return max(40, shutil.get_terminal_size((80, 24)).columns)

    def colour(self, choice: str, stream: TextIO) -> bool:
        """Whether `stream` gets colour: --color, then NO_COLOR, then TERM, then whether it is a terminal."""
        if choice != "auto":
            return choice == "always"
        if self.env.get("NO_COLOR") or self.env.get("TERM") == "dumb":
            return False
        return bool(self.env.get("FORCE_COLOR")) or stream.isatty()

    def language(self, given: str | None) -> str:
        """The terminal's language: --lang, then LC_ALL, LC_MESSAGES, LANG."""
        for value in (given, self.env.get("LC_ALL"), self.env.get("LC_MESSAGES"), self.env.get("LANG")):
            if value:
                return value
        return "en"

    def today(self, timezone: str | None) -> date:
        """Today in the book's time zone (None: the machine's). $CUSTLEDGER_TODAY stands in for the clock."""
        given = self.env.get("CUSTLEDGER_TODAY")
        if given:
            try:
                return date.fromisoformat(given)
            except ValueError:
                raise UsageError("cli.bad_today", value=given) from None
        from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

        try:
            zone = ZoneInfo(timezone) if timezone else None
        except (ZoneInfoNotFoundError, ValueError, OSError):
            zone = None
        return datetime.now(zone).date()

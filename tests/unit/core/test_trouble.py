"""Errors and the exit statuses they end with."""

from __future__ import annotations

import pytest

from custledger.core.trouble import BookError, CustledgerError, InternalError, UsageError, WorldError, ensure


def test_statuses_are_those_of_the_documentation() -> None:
    assert (UsageError.status, BookError.status, WorldError.status, InternalError.status) == (2, 3, 4, 70)


def test_arguments_are_text() -> None:
    error = UsageError("cli.x", number=3)
    assert (error.key, error.args_named, str(error)) == ("cli.x", {"number": "3"}, "cli.x {'number': '3'}")
    assert isinstance(error, CustledgerError)


def test_ensure() -> None:
    ensure(True, "never")
    with pytest.raises(InternalError) as caught:
        ensure(0, "a law is broken")
    assert caught.value.args_named == {"why": "a law is broken"}

"""The id of a book: the same from its folder, its index and git; another with every change."""

from __future__ import annotations

import hashlib
import io
import json

import pytest

from custledger.cli.commands import statement
from custledger.cli.context import Context
from custledger.cli.identity import identity
from custledger.cli.shell import Shell
from repositories import ENV as GIT
from repositories import commit, git, put

FILES = {
    "custledger.yaml": (
        "book: 1\ncurrency: CNY\ndecimal_mark: '.'\nterms: net 30\n"
        "accounts: {receivable: [assets:receivable], cash: [assets:bank], revenue: [income]}\n"
    ),
    "customers/all.yaml": "id: acme\nname: Acme Tools\n",
    "book.journal": "decimal-mark .\ninclude journals/a.journal\n",
    "journals/a.journal": "2026-06-01 (INV-1) x\n  assets:receivable:acme   CNY 113.00\n  income\n",
}


@pytest.fixture
def book(tmp_path):
    put(tmp_path, **FILES)
    return tmp_path


def known(folder, **options):
    env = GIT | {"CUSTLEDGER_TODAY": "2026-06-30"}
    return identity(Context(Shell(io.StringIO(), io.StringIO(), io.StringIO(), env, folder), options))


def test_it_can_be_made_with_git_alone(book):
    lines = b""
    for name in sorted(FILES):
        blob = git(book, "hash-object", name)
        lines += f"{name}\0{blob}\n".encode()
    assert known(book) == (hashlib.sha256(lines).hexdigest(), None)


@pytest.mark.parametrize("name", FILES)
def test_every_file_counts_and_what_was_issued_does_not(book, name):
    before = known(book).id
    put(book, **{"activity/issued/2026-06.yaml": "[]\n", "notes.txt": "x"})
    assert known(book).id == before
    put(book, **{name: FILES[name] + "\n"})
    assert known(book).id != before


def test_the_commit_is_told_where_it_has_just_these_files(book):
    git(book, "init", "-q")
    assert known(book).commit is None
    first = commit(book)
    assert known(book).commit == first[:10]
    put(book, **{"notes.txt": "x"})
    assert known(book).commit == first[:10]
    put(book, **{"journals/a.journal": FILES["journals/a.journal"] + "; more\n"})
    changed = known(book)
    assert changed.commit is None
    assert known(book, at="HEAD") == (known(book, at=first).id, first[:10])
    assert known(book, at="HEAD").id != changed.id
    second = commit(book)
    assert known(book) == (changed.id, second[:10])


def test_the_index_tells_the_same(book):
    plain = known(book, no_index=True)
    many = "".join(
        f"2026-06-01 (INV-{n}) x\n  assets:receivable:acme   CNY {n}.00\n  income   CNY -{n}.00\n\n"
        for n in range(2, 9)
    )
    put(book, **{"journals/a.journal": many + "; " + "x" * 2_000_000 + "\n"})
    indexed = known(book)
    assert (book / ".custledger" / "index.sqlite").exists()
    assert indexed.id == known(book, no_index=True).id != plain.id


def test_a_bare_journal_has_one_too(tmp_path):
    put(tmp_path, **{"sales.journal": FILES["journals/a.journal"]})
    first = known(tmp_path, file=["sales.journal"])
    assert first.commit is None
    put(tmp_path, **{"sales.journal": FILES["journals/a.journal"] + "\n"})
    assert known(tmp_path, file=["sales.journal"]).id != first.id


def test_a_statement_bears_it(book):
    def run(**options):
        out = io.StringIO()
        shell = Shell(io.StringIO(), out, io.StringIO(), GIT | {"CUSTLEDGER_TODAY": "2026-06-30"}, book)
        statement.run(Context(shell, options), customers=["acme"])
        return out.getvalue()

    assert f"book id {known(book).id[:16]}" in run()
    found = json.loads(run(format="json"))
    assert (found["book_id"], found["commit"]) == known(book)

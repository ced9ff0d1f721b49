"""Laws of the index: whatever a book holds and however it was edited, it answers as its text does, to the byte.

What is made by mending is what is made anew; and the two quick ways to rows and to stretches of time say what the
precise reader and the engine say.
"""

from __future__ import annotations

import json
import random
import shutil
from typing import TYPE_CHECKING

import pytest

import literate
from custledger.indexed import updating
from custledger.indexed.keeping import differing
from indexed_asking import DAYS, LINES, TODAY, anew, differences, held, made, said
from indexed_books import Draft, Making
from indexed_texts import CUSTOMERS, DIRECTIVES, ODD, SETTINGS, STRANGE

if TYPE_CHECKING:
    from pathlib import Path

BOOKS = [
    "ledgers",
    *sorted(
        str(path.parent.relative_to(literate.REPOSITORY))
        for path in literate.REPOSITORY.glob("examples/*/custledger.yaml")
    ),
]
TEMPLATES = {"odd": ODD, "directive": DIRECTIVES, "strange": STRANGE}
EVERYBODY = ("balance acme bolt coda dune echo fern 蓝海 --by-account",)
WAYS = 8
"""Edits of a book, one after the other."""


def agree(root: Path, chance: random.Random, count: int, lines: tuple[str, ...] = LINES) -> bool:
    """Some commands say the same with and without the index; whether there is one that stands for the book."""
    whole = made(root)
    for line in chance.sample(lines, min(count, len(lines))):
        dated = [] if line.startswith("check") else chance.choice(([], [], ["--as-of", chance.choice(DAYS)]))
        assert said(root, line, *dated) == said(root, line, *dated, "--no-index"), (line, dated)
    if whole:  # and is still there: one that did not say what was written would have been deleted
        assert differences(held(root), anew(root)) == []
        assert differing(root, root.name, TODAY) == []
    return whole


def wander(root: Path, seed: int) -> int:
    """Make a book, edit it again and again; how often an index stood for it."""
    draft = Draft.made(root, seed)
    chance = random.Random(seed)
    stood = 0
    for step in range(WAYS + 1):
        if step:
            draft.edit()
        whole = agree(root, chance, 7)
        if not whole and step and chance.random() < 0.7:
            draft.undo()
            whole = agree(root, chance, 3)
        stood += whole
    return stood


def test_an_index_says_what_the_text_says_through_edits(tmp_path: Path) -> None:
    stood = [wander(folder(tmp_path, f"{seed}/book"), seed) for seed in range(4)]
    assert sum(stood) > 5 * len(stood)  # a law of books without an index would show nothing


def test_files_that_are_read_again_as_a_whole_say_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As they are where many customers change at once; else each is looked up."""
    monkeypatch.setattr(updating.Update, "_many", lambda *_: True)
    assert sum(wander(folder(tmp_path, f"{seed}/book"), seed) for seed in range(10, 14)) > 8


@pytest.mark.slow
@pytest.mark.parametrize("first", range(100, 1100, 50))
def test_an_index_says_what_the_text_says_through_many_edits(first: int, tmp_path: Path) -> None:
    for seed in range(first, first + 50):
        wander(folder(tmp_path, f"{seed}/book"), seed)
        shutil.rmtree(tmp_path / str(seed))


def folder(tmp_path: Path, name: str) -> Path:
    path = tmp_path / name
    path.mkdir(parents=True)
    return path


@pytest.mark.parametrize("name", BOOKS)
def test_a_shipped_book_says_the_same_with_an_index(name: str, tmp_path: Path) -> None:
    root = tmp_path / "book"
    shutil.copytree(literate.REPOSITORY / name, root, ignore=shutil.ignore_patterns(".custledger"))
    chance = random.Random(name)
    ids = [line.partition(",")[0] for line in said(root, "customer list --no-index --format csv")[0].split("\n")[1:-1]]
    lines = tuple(line for line in LINES if len(line.split()) < 2 or line.split()[1].startswith("-"))
    own = tuple(f"{report} {one}" for one in ids for report in ("balance", "aging --detail", "statement", "why"))
    assert agree(root, chance, 99, lines)
    agree(root, chance, 12, own)
    for path in sorted((root / "journals").glob("*.journal")):
        blocks = path.read_text().split("\n\n")
        chance.shuffle(blocks)
        path.write_text("\n\n".join(block.strip("\n") for block in blocks) + "\n")
        agree(root, chance, 4, lines + own)
        path.write_text("\n\n".join(blocks[1:]))
        agree(root, chance, 4, lines + own)


def small(root: Path, seed: int) -> Draft:
    """A book of a few plain entries."""
    making = Making(random.Random(seed))
    draft = Draft(root, making)
    draft.files["custledger.yaml"] = [SETTINGS]
    draft.files["customers/all.yaml"] = list(CUSTOMERS)
    draft.files["journals/0.journal"] = [making.invoice() for _ in range(6)] + [making.payment() for _ in range(3)]
    draft.files["journals/1.journal"] = [making.payment() for _ in range(2)]
    for name in draft.files:
        draft.write(name)
    return draft


@pytest.mark.parametrize(
    ("kind", "place"), [(kind, place) for kind, texts in TEMPLATES.items() for place in range(len(texts))]
)
def test_one_oddity_is_told_alike_when_it_comes_and_when_it_goes(kind: str, place: int, tmp_path: Path) -> None:
    """Each by itself: in a mended index, in one made anew, taken out again, and behind a byte order mark or CRLF."""
    chance = random.Random(place)
    draft = small(folder(tmp_path, "book"), place)
    root, path = draft.root, draft.root / "journals/0.journal"
    plain = path.read_bytes()
    assert agree(root, chance, 1)
    draft.files["journals/0.journal"].insert(chance.randrange(9), draft.making.filled([TEMPLATES[kind][place]]))
    draft.write("journals/0.journal")
    agree(root, chance, 1, EVERYBODY)
    agree(root, chance, 2)
    odd = path.read_bytes()
    shutil.rmtree(root / ".custledger")
    agree(root, chance, 2)
    for text in (plain, chance.choice((odd.replace(b"\n", b"\r\n"), b"\xef\xbb\xbf" + odd)), plain):
        path.write_bytes(text)
        agree(root, chance, 1)
    draft.files["journals/1.journal"][:0] = draft.files.pop("journals/0.journal")
    draft.write("journals/0.journal")
    draft.write("journals/1.journal")
    agree(root, chance, 2)


def test_a_refund_of_what_was_not_paid_is_no_credit_that_is_unmatched(tmp_path: Path) -> None:
    draft = small(folder(tmp_path, "book"), 1)
    draft.files["journals/0.journal"] = [
        "2026-01-02 * refund\n    assets:receivable:fern  CNY 50.00  ; kind:refund\n    assets:bank\n",
        "2026-01-05 * (RC-90) fern\n    assets:bank  CNY 80.00\n    assets:receivable:fern  CNY -80.00\n",
    ]
    draft.files["journals/1.journal"] = []
    draft.write("journals/0.journal")
    draft.write("journals/1.journal")
    assert made(draft.root)
    for day, unmatched, unapplied in (("2026-01-03", 0, "50.00"), ("2026-01-06", 1, "-30.00")):
        told = json.loads(said(draft.root, f"--as-of {day} --format json")[0])
        assert (told["unmatched"], told["totals"][0]["unapplied"]) == (unmatched, unapplied)
        assert said(draft.root, f"--as-of {day}") == said(draft.root, f"--as-of {day} --no-index")

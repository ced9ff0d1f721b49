"""Lists of everybody from the index: of plain customers only what is open is read, and it is the same list."""

from __future__ import annotations

import datetime as dt
import random
from typing import TYPE_CHECKING

import pytest

from custledger import pipeline
from indexed_asking import held, made, said
from indexed_books import Draft
from indexed_texts import CUSTOMERS, SETTINGS

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

LISTS = (
    "", "--format json", "customer list --format json", "customer list --columns customer,limit,terms,currency,open",
    "customer list --sort -overdue", "invoice list", "invoice list --format json", "invoice list --state overdue",
    "invoice list --period 2026-02 --columns number,name,text,kind,paid", "payment list --state unapplied",
    "payment list --state unapplied --format json", "balance --by-account", "balance --by-account --format json",
)  # fmt: skip
DAYS = ("2025-12-31", "2026-02-10", "2026-03-31", "2026-12-31")
PLAIN = ("dune", "echo", "fern", "limes")
LIMES = "id: limes\nname: Limes\ncurrency: CNY\ncredit: {limit: 500.00}\nterms: [{from: 2026-02-01, is: net 10}]\n"
QUIET = "id: quiet\nname: Quiet\ncurrency: USD\ncredit:\n  limit: 1.50\n"
FIRST = dt.date(2026, 1, 1)


def book(root: Path, seed: int, settings: str = SETTINGS, without: Collection[int] = ()) -> None:
    """Invoices that are open, paid in part or in full; whoever has them has nothing that is not plain."""
    chance = random.Random(seed)
    entries: list[str] = []
    papers: list[str] = []
    for count in range(1, 41):
        who, minor = chance.choice(PLAIN), chance.randrange(2, 90_000)
        at = chance.randrange(100)
        sub = chance.choice(("", ":a"))
        owed = f"{minor // 100}.{minor % 100:02d}"
        rest = chance.choice((f"    income  CNY -{owed}", "    income"))
        date = FIRST + dt.timedelta(days=at)
        if count in without:
            continue
        if chance.random() < 0.3:
            number = chance.choice(
                ("INV-2026-{:03}", "'INV-2026-{:03}'", '"INV-2026-{:03}"', "INV-2026-{:03}  # here")
            ).format(count)
            papers.append(f"customer: {who}\nnumber: {number}\ndate: {date}\nlines: [{{text: 货, price: {owed}}}]\n")
        else:
            entries.append(
                f"{date} * (INV-2026-{count:03}) {who} | 货款\n    assets:receivable:{who}{sub}  CNY {owed}\n{rest}\n"
            )
        if chance.random() < 0.6:
            paid = minor if chance.random() < 0.5 else max(1, minor // 2)
            money = f"{paid // 100}.{paid % 100:02d}"
            less = chance.choice((f"  CNY -{money}", ""))
            later = date + dt.timedelta(days=chance.randrange(40))
            entries.append(
                f"{later} * {who}\n    assets:bank  CNY {money}\n"
                f"    assets:receivable:{who}{sub}{less}  ; invoice:INV-2026-{count:03}\n"
            )
    chance.shuffle(entries)
    for folder in ("customers", "invoices", "journals"):
        (root / folder).mkdir(parents=True)
    (root / "custledger.yaml").write_text(settings)
    (root / "customers/all.yaml").write_text("---\n".join([*CUSTOMERS, LIMES, QUIET]))
    (root / "invoices/all.yaml").write_text("---\n".join(papers))
    for at in range(2):
        (root / f"journals/{at}.journal").write_text("\n".join(entries[at::2]))


@pytest.mark.parametrize("seed", range(3))
def test_lists_of_plain_customers_are_the_same(seed: int, tmp_path: Path) -> None:
    root = tmp_path / "book"
    book(root, seed)
    assert made(root)
    assert all(state == 0 for _, customer, _, state, *_ in held(root)["customer"] if customer in PLAIN)
    for line in LISTS:
        for dated in ([], *(["--as-of", day] for day in DAYS)):
            assert said(root, line, *dated) == said(root, line, *dated, "--no-index"), (line, dated)


@pytest.mark.parametrize("line", LISTS)
def test_lists_of_plain_customers_do_not_read_all_of_the_text(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "book"
    book(root, 1)
    assert made(root)
    monkeypatch.setattr(pipeline, "open_folder", None)
    assert said(root, line)[1] == 0
    assert said(root, line, "--no-index")[1] != 0


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("pattern", ["INV-{year}-{seq:03}", "INV-2026-{seq:02}", "INV-{year}-{seq:04}"])
def test_missing_numbers_are_found_by_those_beside_them(
    pattern: str, seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, chance = tmp_path / "book", random.Random(seed)
    since = chance.choice(("2025-01-01", "2026-01-01", "2026-02-01", "2027-01-01"))
    without = {count for count in range(1, 41) if chance.random() < chance.choice((0.0, 0.1, 0.4))}
    book(root, seed, f'{SETTINGS}numbering: {{invoice: "{pattern}", from: {since}}}\n', without)
    assert made(root)
    lines = ("check", "check --format json", "", "--as-of 2026-02-10")
    told = [said(root, line, "--no-index") for line in lines]
    monkeypatch.setattr(pipeline, "open_folder", None)
    assert [said(root, line) for line in lines] == told


@pytest.mark.parametrize("seed", range(4))
def test_missing_numbers_are_found_through_edits(seed: int, tmp_path: Path) -> None:
    root = tmp_path / "book"
    root.mkdir()
    draft = Draft.made(root, seed)
    numbering = 'numbering: {invoice: "INV-{seq}", credit_note: "X-{seq}", from: 2026-01-01}\n'
    draft.files["custledger.yaml"] = [SETTINGS + numbering]
    draft.write("custledger.yaml")
    for _ in range(8):
        draft.edit()
        made(root)
        for line in ("check", "check --format json", "", "--as-of 2026-03-01 --format json"):
            assert said(root, line) == said(root, line, "--no-index"), line

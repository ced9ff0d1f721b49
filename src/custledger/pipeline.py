"""The table of contents of the program: bytes to a book, a book to where everybody stands.

    files ─► parse ─► schema ─► resolve ─► check ─► reconcile ─► stand

Every stage gives values and the problems it met; none raises for what the user's text does wrong.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from custledger.book.allocation import Story
from custledger.core.diagnostic import Scope, Severity
from custledger.core.frozen import replace
from custledger.opening import (
    Documents,
    Opened,
    label_of,
    open_files,
    open_folder,
    open_revision,
    planned,
    read_documents,
    resolved,
    settings_of,
    stops,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from custledger.book.position import Standing
    from custledger.check._rule import Checked
    from custledger.core.diagnostic import Diagnostic
    from custledger.schema.damaged import Damaged
    from custledger.store.layout import Layout


__all__ = [
    "Documents",
    "Opened",
    "check",
    "errors",
    "label_of",
    "open_files",
    "open_folder",
    "open_revision",
    "planned",
    "read_documents",
    "resolved",
    "settings_of",
    "stand",
    "stops",
    "story",
    "withheld",
]


@lru_cache(maxsize=8)
def story(opened: Opened) -> Story:
    """Which credit settles which charge, over all time. Nothing, where the book's text cannot be read."""
    from custledger.reconcile.engine import reconcile
    from custledger.workers import workers

    return Story() if stops(opened.problems) and not opened.sound else reconcile(opened.book, workers)


def check(
    opened: Opened,
    today: dt.date,
    names: Sequence[str] | None = None,
    *,
    strict: bool = False,
    elsewhere: Collection[str] = (),
) -> tuple[Diagnostic, ...]:
    """All problems of the book, or those of the named checks, in file order; `strict` makes warnings errors.

    `elsewhere`: numbers of documents that are not in it, where it is a part of a book.
    """
    from custledger.check._damaged import missing
    from custledger.check.run import one_per_cause, run_checks, strictly

    tell = None if stops(opened.problems) else lambda: story(opened)
    checked = replace(_checked(opened, today), elsewhere=elsewhere)
    ruled = run_checks(checked, names, strict=strict, tell=tell)
    if checked.damaged:
        told = {dict(p.args).get("customer_name", "") for p in opened.problems if p.slug == "unknown-customer"}
        ruled = (*ruled, *missing(checked, told))
    found = one_per_cause((*opened.problems, *ruled), opened.source.read, opened.journal.broken, checked.damaged)
    found = tuple(p for p in found if names is None or p.slug in names)
    return strictly(found) if strict else found


@lru_cache(maxsize=8)
def errors(opened: Opened, today: dt.date) -> tuple[Diagnostic, ...]:
    """The errors that may stop a report; the rules that only warn are not asked."""
    from custledger.check import book_rules

    if opened.sound:
        return ()
    names = [name for name, rule in book_rules().items() if rule.severity is Severity.ERROR and not rule.strict]
    met = {p.slug: None for p in opened.problems}
    found = check(opened, today, [*names, *met, *(("invalid-value", "unknown-customer") if met else ())])
    return tuple(problem for problem in found if problem.severity is Severity.ERROR)


def _checked(opened: Opened, today: dt.date) -> Checked:
    from custledger.check._rule import Checked

    layout = opened.layout
    return Checked(
        journal=opened.journal,
        settings=opened.settings,
        customers=opened.customers,
        invoices=opened.invoices,
        activities=opened.activities,
        damaged=_damaged(opened),
        book=opened.book,
        today=today,
        files=() if layout is None else _files(layout),
        strays=() if layout is None else layout.strays,
        read=opened.source.read,
    )


@lru_cache(maxsize=8)
def _damaged(opened: Opened) -> tuple[Damaged, ...]:
    """The documents that gave no value: only files with errors are looked at again."""
    layout = opened.layout
    found: list[Damaged] = []
    wrong = {p.span.file for p in opened.problems if p.severity is Severity.ERROR}
    if layout is None or not wrong:
        return ()

    from custledger.parse.yaml.compose import compose
    from custledger.schema.damaged import damaged

    for kind, names, values in (
        ("customer", layout.customers, opened.customers),
        ("invoice", layout.invoices, opened.invoices),
        ("activity", layout.activities, opened.activities),
    ):
        sound = {value.span for value in values if value.span.file in wrong}
        for name in names:
            if name in wrong:
                found += damaged(compose(name, opened.source.read(name)), kind, sound, opened.problems)
    return tuple(found)


def _files(layout: Layout) -> tuple[str, ...]:
    single = [name for name in (layout.settings, layout.book_journal) if name]
    many = (layout.customers, layout.invoices, layout.journals, layout.activities)
    return tuple(sorted([*single, *(name for names in many for name in names)]))


def withheld(problems: Iterable[Diagnostic]) -> Mapping[str, tuple[Diagnostic, ...]]:
    """The customers that errors of their own withhold, with these, by id."""
    held: dict[str, list[Diagnostic]] = {}
    for p in problems:
        if p.severity is Severity.ERROR and p.scope is Scope.CUSTOMER:
            held.setdefault(p.customer or "", []).append(p)
    return {customer: tuple(held[customer]) for customer in sorted(held)}


def stand(
    opened: Opened,
    as_of: dt.date,
    today: dt.date,
    *,
    withheld: frozenset[str] = frozenset(),
    recorded_only: bool = False,
) -> Standing:
    """Where everybody stands at the end of `as_of`, every law checked."""
    from custledger.reconcile.standing import stand as stand_on

    book = replace(opened.book, withheld=opened.book.withheld | withheld)
    return stand_on(book, story(opened), as_of=as_of, today=today, recorded_only=recorded_only)

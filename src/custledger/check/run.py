"""Running the rules over a book, and keeping one problem to one cause."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from custledger.check import book_rules, catalogue
from custledger.check._text import Texts
from custledger.core.diagnostic import Diagnostic, Scope, Severity
from custledger.core.frozen import replace
from custledger.core.trouble import ensure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from custledger.book.allocation import Story
    from custledger.check._rule import Check, Checked
    from custledger.core.span import Span
    from custledger.schema.damaged import Damaged

#: Problems that say a name is missing, and the arguments that hold such names.
MISSING = {
    "unknown-customer": ("customer_name",),
    "unknown-invoice": ("name",),
    "unknown-receipt": ("name",),
    "unknown-activity": ("name",),
    "number-gap": ("first", "last"),
}
#: Problems after which nothing of the file was read: it may have defined anything.
WHOLE_FILE = frozenset({"not-utf8", "unreadable-text", "too-large"})

_TAX = frozenset({"tax", "tax-near", "tax-not-yet"})
_READING = frozenset({"text", "journal", "yaml", "schema"})
_DOCUMENTS = (".yaml", ".journal", ".hledger", ".ledger", ".j")
_DOCUMENT = re.compile(r"---(?:[ \t].*)?$")


def run_checks(
    checked: Checked,
    names: Sequence[str] | None = None,
    *,
    strict: bool = False,
    tell: Callable[[], Story] | None = None,
) -> tuple[Diagnostic, ...]:
    """What the rules find, in file order; `names` are the slugs to look for, None all of them.

    Rules of stage `story` come last. They see `checked.story`, else what `tell` gives: it is only asked where no
    rule before found an error of the book, since the engine needs unique numbers. With neither they are left out.
    Strict rules only run with `strict`. Nothing is said here of what reading found before.
    """
    found: list[Diagnostic] = []
    chosen = [check for name, check in book_rules().items() if names is None or name in names]
    chosen = [check for check in chosen if strict or not check.strict]
    for check in (c for c in chosen if c.stage != "story"):
        found += _run(check, checked)
    late = [check for check in chosen if check.stage == "story"]
    if late and checked.story is None and tell is not None and not any(_stops(d) for d in found):
        checked = replace(checked, story=tell())
    if checked.story is not None:
        for check in late:
            found += _run(check, checked)
    return tuple(sorted(found, key=lambda d: d.order))


def _run(check: Check, checked: Checked) -> list[Diagnostic]:
    found = list(check.run(checked)) if check.run else []
    ensure(all(d.slug == check.name for d in found), f"check {check.name} reports another slug")
    return found


def _stops(diagnostic: Diagnostic) -> bool:
    return diagnostic.severity is Severity.ERROR and diagnostic.scope is Scope.BOOK


def one_per_cause(
    diagnostics: Iterable[Diagnostic],
    read: Callable[[str], bytes],
    broken: Sequence[Span] = (),
    damaged: Sequence[Damaged] = (),
) -> tuple[Diagnostic, ...]:
    """All problems of a book in file order, without those that only follow from another (formats.md §4).

    Dropped are exact repetitions, a posting that differs from its document by a customer who is nobody, a credit
    note of nobody where the invoice that would say whose it is is not there, a total that differs where a tax is not
    known, an assertion that fails where none can be made, and "X is not there" where X, as a whole word, stands in
    text that could not be read: the YAML document that a reading error lies in (of those `damaged` by their fields
    alone what they define), an entry of `broken`, a whole file that could not be decoded or is not read at all.
    """
    kept = _whose(sorted(dict.fromkeys(diagnostics), key=lambda d: d.order))
    nobody = {d.span for d in kept if d.slug == "unknown-customer"}
    kept = [d for d in kept if not (d.slug == "posting-differs" and d.span in nobody)]
    unfit = {(d.span.file, d.span.line) for d in kept if d.slug == "assertion-on-receivable"}
    kept = [d for d in kept if d.slug != "failed-assertion" or (d.span.file, d.span.line) not in unfit]
    untaxed = {dict(d.args).get("number") for d in kept if d.slug == "invalid-value" and d.variant in _TAX}
    kept = [d for d in kept if d.slug != "total-differs" or dict(d.args).get("name") not in untaxed]
    if not any(d.slug in MISSING for d in kept):
        return tuple(kept)
    unread = list(_unread(kept, Texts(read), broken, damaged))
    return tuple(d for d in kept if not any(_may_define(name, unread) for name in _missing(d)))


def _missing(diagnostic: Diagnostic) -> list[str]:
    """The names that a problem says are not there."""
    args = dict(diagnostic.args)
    return [args[name] for name in MISSING.get(diagnostic.slug, ()) if name in args]


def _whose(diagnostics: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Of a credit note that names no customer and an unknown invoice, only the invoice is reported, for the book."""
    nobody = [d for d in diagnostics if d.slug == "unknown-customer" and d.variant == "nobody"]
    told: set[Diagnostic] = set()
    kept: list[Diagnostic] = []
    for one in diagnostics:
        around = [d for d in nobody if one.slug == "unknown-invoice" and _within(one.span, d.span)]
        told.update(around)
        kept.append(replace(one, scope=Scope.BOOK) if around else one)
    return [d for d in kept if d not in told]


def _within(inner: Span, outer: Span) -> bool:
    return inner.file == outer.file and outer.line <= inner.line <= max(outer.line, outer.end_line)


def strictly(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The same problems, every warning an error (`check --strict`)."""
    return tuple(replace(d, severity=Severity.ERROR) for d in diagnostics)


def _unread(
    diagnostics: Sequence[Diagnostic], texts: Texts, broken: Sequence[Span], damaged: Sequence[Damaged]
) -> Iterator[str | None]:
    """The stretches of text that could not be read; None stands for text that could say anything."""
    for span in broken:
        yield texts.between(span.file, span.line, span.end_line or span.line)
    yield from (one.defines for one in damaged)
    known = catalogue()
    starts: dict[str, list[int]] = {}
    seen: set[tuple[str, int]] = set()
    for diagnostic in diagnostics:
        check = known.get(diagnostic.slug)
        file, line = diagnostic.span.file, diagnostic.span.line
        stray = diagnostic.slug == "stray-file" and file.endswith((*_DOCUMENTS, ".yml"))
        if not stray and (check is None or check.stage not in _READING or diagnostic.severity is not Severity.ERROR):
            continue
        whole = diagnostic.slug in WHOLE_FILE or not line
        if not whole and not file.endswith(".yaml"):
            continue
        of_shape = check is not None and check.stage == "schema"
        if of_shape and any(one.span.file == file and _within(diagnostic.span, one.span) for one in damaged):
            continue
        if file not in starts:
            starts[file] = [1, *(n for n, text in enumerate(texts.lines(file), 1) if _DOCUMENT.match(text))]
        position = 0 if whole else bisect_right(starts[file], line)
        if (file, position) in seen:
            continue
        seen.add((file, position))
        if whole:
            yield texts.whole(file)
        else:
            end = starts[file][position] - 1 if position < len(starts[file]) else len(texts.lines(file))
            yield texts.between(file, starts[file][position - 1], end)


def _may_define(name: str, unread: Iterable[str | None]) -> bool:
    if not name:
        return False
    whole = re.compile(rf"(?<![\w.-]){re.escape(name)}(?![\w-])")
    return any(text is None or whole.search(text) for text in unread)

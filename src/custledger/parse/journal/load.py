"""Reading journals: roots and what they include, bound in order, then balanced as one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.core.diagnostic import Diagnostic
from custledger.core.frozen import field, mutable
from custledger.core.span import Span
from custledger.core.trouble import WorldError
from custledger.parse.journal.assertions import settle
from custledger.parse.journal.bind import Binder
from custledger.parse.journal.context import Context
from custledger.parse.journal.draft import Draft, Gathered
from custledger.parse.journal.model import CommodityDeclared, Journal
from custledger.parse.journal.problems import found
from custledger.parse.journal.raw import RawDirective, Scan
from custledger.parse.journal.scan import scan

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from custledger.core.source import Source
    from custledger.parse.journal.model import Transaction

DEPTH_MAX = 16
"""How deep includes may nest."""
FILES_MAX = 10_000
"""How many files may be read, an included one counted each time."""
_FORMATS = ("timeclock:", "timedot:", "csv:", "tsv:", "ssv:", "rules:", "journal:")
_ENDINGS = (".timeclock", ".timedot", ".csv", ".tsv", ".ssv", ".rules", ".beancount", ".bean")
#: What the world may say of an included file that is a problem of the text which includes it.
_UNREADABLE = {
    "files.not_found": "",
    "files.no_home": "",
    "files.name_too_long": "",
    "files.link_loop": "not-regular",
    "files.not_regular": "not-regular",
    "files.no_permission": "no-permission",
    "files.too_big": "too-big",
    "files.include_too_many": "too-many",
    "files.pattern_not_supported": "pattern",
}


def load(
    source: Source,
    files: Sequence[str],
    *,
    decimal_mark: str | None = None,
    commodities: Mapping[str, int] | None = None,
    separate: bool = False,
    scans: Mapping[str, Scan] | None = None,
    asserting: bool = True,
) -> Journal:
    """Read journals.

    In a book `files` are all files under `journals/`: those that no other includes are the roots, read by path;
    number styles flow from root to root, and balances are asserted over all of them. With `separate` each file is
    a root and a journal by itself, as hledger has it for several `-f`.

    `decimal_mark` and `commodities` (digits by commodity) are the book's settings. `scans` are files that are scanned
    already, perhaps not all of them (`parse.journal.pieces`); then nothing can be said of balances, and without
    `asserting` nothing is. Problems are in the journal's
    `diagnostics`, in file order.
    """
    loader = _Loader(source, decimal_mark, scans=dict(scans or {}))
    roots = list(files) if separate else loader.roots(files)
    gathered = loader.gathered
    ends: list[int] = []
    for root in roots:
        context = Context(decimal_mark, marks={} if separate else loader.marks)
        loader.read(root, context, ())
        ends.append(len(gathered.drafts))
    declared = {name: one.digits for name, one in gathered.commodities.items() if one.declared}
    declared.update(commodities or {})
    good: list[Draft] = []
    begin = 0
    for end in ends if separate else ends[-1:]:
        good += settle(gathered, gathered.drafts[begin:end], declared, asserting=asserting)
        begin = end
    return _journal(gathered, good, tuple(roots))


def _journal(gathered: Gathered, drafts: list[Draft], roots: tuple[str, ...]) -> Journal:
    commodities = dict(gathered.commodities)
    for name, style in gathered.styles.items():
        known = commodities.get(name)
        if known is None or not known.declared:
            span = known.span if known else Span("")
            commodities[name] = CommodityDeclared(
                name=name, digits=style.digits, declared=False, style=style, span=span
            )
    styles = {name: one.style for name, one in commodities.items()}
    # Each draft is let go as soon as it is finished: there may be a million.
    gathered.drafts = []
    drafts.reverse()
    transactions: list[Transaction] = []
    while drafts:
        transactions.append(drafts.pop().finished(len(transactions), styles))
    return Journal(
        transactions=tuple(transactions),
        accounts=tuple(gathered.accounts),
        commodities=commodities,
        prices=tuple(gathered.prices),
        payees=frozenset(gathered.payees),
        tags=frozenset(gathered.tags),
        files=tuple(dict.fromkeys(gathered.files)),
        roots=roots,
        diagnostics=tuple(sorted(gathered.diagnostics, key=lambda one: one.order)),
        broken=tuple(gathered.broken),
    )


@mutable
class _Loader:
    source: Source
    decimal_mark: str | None
    gathered: Gathered = field(default_factory=Gathered)
    marks: dict[str, str | None] = field(default_factory=dict)
    scans: dict[str, Scan | None] = field(default_factory=dict)
    bound: set[str] = field(default_factory=set)
    reads: int = 0

    def roots(self, files: Sequence[str]) -> list[str]:
        """The files that no other of them includes, by path; where all include each other, the first."""
        names = sorted(set(files))
        children = {name: self._children(name) for name in names}
        included = {child for name in names for child in children[name] if child != name}
        roots = [name for name in names if name not in included]
        reached: set[str] = set()
        pending = list(roots)
        while True:
            while pending:
                name = pending.pop()
                if name not in reached:
                    reached.add(name)
                    pending.extend(children.get(name, ()))
            lost = next((name for name in names if name not in reached), None)
            if lost is None:
                return sorted(roots)
            roots.append(lost)
            pending.append(lost)

    def _children(self, name: str) -> list[str]:
        if name not in self.scans and b"include" not in self.source.read(name):
            return []
        scanned = self._scan(name)
        found_children: list[str] = []
        for item in scanned.items if scanned else ():
            if isinstance(item, RawDirective) and item.kind == "include":
                try:
                    found_children += self.source.include(name, str(item.args[0]))
                except WorldError:
                    continue
        return found_children

    def _scan(self, name: str, include: Span | None = None) -> Scan | None:
        if name not in self.scans:
            try:
                self.scans[name] = scan(self.source.read(name))
            except WorldError as error:
                if include is None or error.key not in _UNREADABLE:
                    raise
                self._problem("include-missing", include, _UNREADABLE[error.key], pattern=found(name))
                self.scans[name] = None
        return self.scans[name]

    def read(self, name: str, context: Context, chain: tuple[str, ...], include: Span | None = None) -> None:
        """Bind one file, and at their places the files it includes."""
        self.reads += 1
        scanned = self._scan(name, include)
        if scanned is None:
            self.gathered.holes = True
            return
        self.gathered.files.append(name)
        chain = (*chain, name)

        def including(pattern: str, span: Span, at: Context) -> None:
            for child in self._included(name, pattern, span, chain):
                self.read(child, at.included(), chain, span)

        again = name in self.bound
        Binder(name, context, self.gathered, including).run(scanned)
        self.bound.add(name)
        if not again:
            # Most files are read once. One that is included again is scanned again, and then kept.
            self.scans.pop(name, None)

    def _included(self, name: str, pattern: str, span: Span, chain: tuple[str, ...]) -> list[str]:
        """The files that an include means, or none and a problem."""
        if pattern.startswith(_FORMATS) or pattern.endswith(_ENDINGS):
            kind = pattern.partition(":")[0] if pattern.startswith(_FORMATS) else pattern.rpartition(".")[2]
            return self._problem("unsupported", span, "include-format", format=kind, found=found(pattern))
        try:
            files = self.source.include(name, pattern)
        except WorldError as error:
            if error.key == "files.include_escapes":
                return self._problem("include-escape", span, pattern=found(pattern))
            if error.key not in _UNREADABLE:
                raise
            return self._problem("include-missing", span, _UNREADABLE[error.key], pattern=found(pattern))
        if not files:
            return self._problem("include-missing", span, pattern=found(pattern))
        if len(chain) >= DEPTH_MAX or self.reads + len(files) > FILES_MAX:
            limit = DEPTH_MAX if len(chain) >= DEPTH_MAX else FILES_MAX
            return self._problem("too-large", span, "includes", limit=limit)
        cyclic = next((child for child in files if child in chain), None)
        if cyclic is not None:
            loop = " → ".join((*chain[chain.index(cyclic) :], cyclic))
            return self._problem("include-cycle", span, chain=loop)
        return files

    def _problem(self, slug: str, span: Span, variant: str = "", **args: str | int) -> list[str]:
        texts = tuple(sorted((name, str(value)) for name, value in args.items()))
        self.gathered.diagnostics.append(Diagnostic(slug, span, texts, variant))
        self.gathered.holes = True
        return []

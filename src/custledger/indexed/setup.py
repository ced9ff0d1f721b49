"""What reading files for the index needs to know of the rest of the book, and who is read together with whom."""

from __future__ import annotations

import json
from itertools import count
from typing import TYPE_CHECKING

from custledger.core.diagnostic import Severity
from custledger.core.frozen import mutable, replace
from custledger.indexed import NotIndexed
from custledger.indexed.reading import Names
from custledger.parse.journal.load import load
from custledger.resolve.commodities import commodities_of
from custledger.resolve.documents import terms_of
from custledger.resolve.plain import Reader, reader_of
from custledger.resolve.plain_documents import DocumentReader
from custledger.resolve.roles import Receivables, Roles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from custledger.book.customer import Customer
    from custledger.book.settings import Settings
    from custledger.core.source import Source
    from custledger.parse.journal.model import Journal
    from custledger.pipeline import Documents
    from custledger.store.layout import Layout


@mutable
class Setup:
    """What reading journals, invoices and the log needs to know of the rest of the book."""

    documents: Documents
    places: dict[str, int]
    names: Names
    reader: Reader
    papers: DocumentReader
    facts: tuple[object, ...]
    """What the directives said, by which files were read."""

    @classmethod
    def of(cls, found: Documents, directives: Iterable[bytes], there: Mapping[str, int]) -> Setup:
        """For a book with these documents and directives; `there` are the places that customers have already.

        Raises NotIndexed for another decimal mark, and for a directive that gives a commodity other digits.
        """
        settings = found.settings
        said = said_by_directives(directives, settings)
        marks = [settings.decimal_mark, *(each.style.decimal_mark for each in said.commodities.values())]
        if "," in marks:
            raise NotIndexed("decimal-mark")
        known = settings.commodities
        for each in commodities_of(known, said.commodities).known.values():
            usual = known.get(each.name)
            if each.declared and (each.digits, each.digits_shown) != (usual.digits, usual.digits_shown):
                raise NotIndexed("commodity")
        ids, names = ids_of(found.customers, there)
        profiles = {customer.id: customer for customer in found.customers}
        places = {customer: ids[customer] for customer in profiles}
        return cls(found, places, *readers(settings, said, ids, names, profiles.get), facts_of(said))


def ids_of(customers: Sequence[Customer], there: Mapping[str, int]) -> tuple[dict[str, int], dict[str, int]]:
    """Places by id and earlier id, and by name and alias, as `resolve.customers.Directory` has them.

    Who is not `there` comes behind, by id.
    """
    every = sorted({customer.id for customer in customers})
    ids = {name: there[name] for name in every if name in there}
    free = count(max(there.values(), default=0) + 1)
    ids.update((name, next(free)) for name in every if name not in there)
    names: dict[str, int] = {}
    for customer in customers:
        for earlier in customer.was:
            ids.setdefault(earlier, ids[customer.id])
        for name in (customer.name, *customer.aliases):
            names.setdefault(name, ids[customer.id])
    return ids, names


def readers(
    settings: Settings,
    said: Journal,
    ids: Mapping[str, int],
    names: Mapping[str, int],
    profile: Callable[[str], Customer | None],
) -> tuple[Names, Reader, DocumentReader]:
    """What tells whose an entry is, and what reads the plain ones of journals and of documents."""
    receivables = Receivables(settings.accounts.get("receivable", ()))
    commodities = commodities_of(settings.commodities, said.commodities)
    made = reader_of(
        commodities,
        ids,
        receivables,
        Roles(settings.accounts, said.accounts),
        lambda customer, day: terms_of(profile(customer), settings, day),
    )
    present = {place: name for name, place in reversed(list(ids.items()))}
    papers = DocumentReader(
        replace(settings, commodities=commodities), made.units, ids, lambda word: profile(present[ids[word]])
    )
    return Names(receivables, ids, names), made, papers


def facts_of(journal: Journal) -> tuple[object, ...]:
    """What directives say that plain rows depend on."""
    commodities = [(each.name, each.digits, each.style.decimal_mark) for each in journal.commodities.values()]
    return (
        tuple(sorted((account.name, account.type) for account in journal.accounts)),
        tuple(sorted(commodities)),
    )


def said_by_directives(texts: Iterable[bytes], settings: Settings) -> Journal:
    """What directives say, read by themselves."""
    text = b"".join(each if each.endswith(b"\n") else each + b"\n" for each in texts)
    known = {c.name: c.digits for c in settings.commodities.known.values()}
    return load(_Text(text), ["directives"], decimal_mark=settings.decimal_mark, commodities=known)


@mutable
class _Text:
    text: bytes

    def read(self, _: str) -> bytes:
        """The one text."""
        return self.text

    def include(self, _: str, __: str) -> list[str]:
        """Nothing."""
        return []


def families(
    together: Iterable[tuple[int, ...]], customers: Sequence[Customer], ids: Mapping[str, int]
) -> dict[int, tuple[int, ...]]:
    """By place, everybody that a customer is read together with: who pays for whom, who is credited with whom."""
    links = [
        tuple({ids[each.id], *(ids[other] for other in (*each.pays_for, each.parent or "") if other in ids)})
        for each in customers
        if each.pays_for or each.parent
    ]
    return united([*links, *together])


def united(links: Iterable[tuple[int, ...]]) -> dict[int, tuple[int, ...]]:
    """The connected sets of linked places, by each of their members."""
    sets: dict[int, set[int]] = {}
    for link in links:
        joined = set(link).union(*(sets.get(each, ()) for each in link))
        for each in joined:
            sets[each] = joined
    return {place: tuple(sorted(sets[place])) for place in sorted(sets)}


def kin_text(place: int, kin: Iterable[int]) -> str:
    """Whom a customer is read together with, as the index keeps it."""
    others = sorted({each for each in kin if each != place})
    return json.dumps(others) if others else ""


def hold(source: Source, layout: Layout, settings: Settings) -> None:
    """Raises NotIndexed where a balance that is asserted does not hold. All entries are read for it, precisely."""
    known = {c.name: c.digits for c in settings.commodities.known.values()}
    read = load(source, layout.journals, decimal_mark=settings.decimal_mark, commodities=known)
    if any(problem.severity is Severity.ERROR for problem in read.diagnostics):
        raise NotIndexed("problems")

"""Who is meant: a posting's customer, an id in a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.book.customer import Customer
from custledger.core.diagnostic import Diagnostic, Severity, problem
from custledger.core.frozen import field, mutable
from custledger.core.nearest import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from custledger.core.span import Span


@mutable
class Directory:
    """The customers of a book by id, earlier id and name; in a bare journal they are made up as they come.

    Whoever is not there is reported once, at the first place; their entries are kept under the name as
    written, so that what refers to them is not reported missing as well.
    """

    bare: bool
    profiles: dict[str, Customer] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    _ids: dict[str, str] = field(default_factory=dict)
    _names: dict[str, str] = field(default_factory=dict)
    _missing: set[str] = field(default_factory=set)

    def add(self, customers: Iterable[Customer]) -> None:
        """Take in the profiles; of two with one id the first holds (a check reports them)."""
        found = list(customers)
        for customer in found:
            self.profiles.setdefault(customer.id, customer)
            self._ids.setdefault(customer.id, customer.id)
        for customer in found:
            for earlier in customer.was:
                self._ids.setdefault(earlier, customer.id)
            for name in (customer.name, *customer.aliases):
                self._names.setdefault(name, customer.id)

    def by_id(self, word: str, span: Span) -> str:
        """The id that `word` means as an id or earlier id. Reports it where nobody has it."""
        return self._ids[word] if word in self._ids else self._made_up(word, span, self._ids)

    def by_name(self, word: str, span: Span) -> str:
        """The same for a payee or a `customer:` tag, where names and aliases count too."""
        return self._ids.get(word) or self._names.get(word) or self._made_up(word, span, [*self._ids, *self._names])

    def _made_up(self, word: str, span: Span, known: Iterable[str]) -> str:
        if self.bare:
            self._ids[word] = word
            self.profiles[word] = Customer(id=word, name=word)
        elif not word or word not in self._missing:  # who names nobody has no cause in common with the next
            self._missing.add(word)
            self._report(word, span, known)
        return word

    def _report(self, word: str, span: Span, known: Iterable[str]) -> None:
        near = nearest(word, known, most=1)
        if not word:
            found = problem("unknown-customer", span, variant="nobody")
        elif near:
            found = problem("unknown-customer", span, variant="near", customer_name=word, nearest=near[0])
        else:
            found = problem("unknown-customer", span, customer_name=word)
        self.diagnostics.append(found)

    @property
    def severity(self) -> Severity:
        """Of what is wrong in a tag: a bare journal's author may mean something else by it."""
        return Severity.WARNING if self.bare else Severity.ERROR

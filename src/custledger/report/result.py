"""What all results have in common, and the heading of all pages."""

from __future__ import annotations

from shlex import quote
from typing import TYPE_CHECKING, Any, TypeVar

from custledger.core.frozen import field, frozen
from custledger.core.money import Money
from custledger.document import Cell, Column, Value, word

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Sequence

    from custledger.book.book import Book
    from custledger.book.entry import Entry
    from custledger.book.position import Account, Position, Standing
    from custledger.core.money import Commodities


_PIPES = ("/dev/fd/", "/proc/self/fd/", "/dev/stdin")

T = TypeVar("T")


@frozen(kw_only=True)
class Result:
    """The envelope of cli.md §3: which report, of which book, as of when. Fields stand in the order of the JSON."""

    report: str
    book: str | tuple[str, ...]
    """The book's folder, with the git revision that it was read at; of bare journals the list of `-f`."""
    as_of: dt.date
    commodities: Commodities = field(metadata={"json": None}, repr=False, compare=False)


@frozen
class Report:
    """What a report's file exports: its name, its numbers, its page."""

    name: str
    build: Callable[..., Any]
    document: Callable[..., Any]


def given(book: Book) -> str:
    """What says which book is meant, ready to be typed behind `custledger`: ` -f FILE …`, ` --at REV`, or nothing."""
    if book.revision is not None:
        return f" --at {quote(book.revision.name)}"
    return "".join(f" -f {quote(name)}" for name in book.label) if book.settings.bare else ""


def given_of(standing: Standing) -> str:
    """The same of a standing's book."""
    return given(standing.book)


def written_to(book: Book) -> bool:
    """Whether commands may write to what was read: a book as it is now, journals that are files."""
    files = book.label if book.settings.bare else ()
    return book.revision is None and not any(name == "-" or name.startswith(_PIPES) for name in files)


def envelope(report: str, standing: Standing) -> dict[str, Any]:
    """The arguments that every result begins with."""
    book = standing.book
    return {
        "report": report,
        "book": label(book),
        "as_of": standing.as_of,
        "commodities": book.commodities,
    }


def label(book: Book) -> str | tuple[str, ...]:
    """What JSON calls the book."""
    if book.settings.bare or len(book.label) != 1:
        return book.label
    at = book.revision
    return book.label[0] if at is None else f"{book.label[0]} at {at.name} ({at.commit})"


def name_of(book: Book, customer: str) -> str:
    """The customer's name, or the id where there is none."""
    if book.names is not None:
        return book.names.get(customer) or customer
    profile = book.customers.get(customer)
    return profile.name if profile is not None and profile.name else customer


def chosen(standing: Standing, customers: Iterable[str] | None) -> Sequence[Position]:
    """The positions of the customers asked for (None: all), in the book's order."""
    if customers is None:
        return standing.positions
    wanted = frozenset(customers)
    return tuple(position for position in standing.positions if position.customer in wanted)


def accounts(standing: Standing, customers: Iterable[str] | None) -> Sequence[Account]:
    """The same positions in numbers."""
    if customers is None:
        return standing.accounts()
    wanted = frozenset(customers)
    return [account for account in standing.accounts() if account.customer in wanted]


def overdue(position: Position, as_of: dt.date) -> Money:
    """What is open past its due date: overdue begins the day after."""
    late = sum(item.amount_open for item in position.open_items if item.charge.date_due < as_of)
    return Money(late, position.commodity)


def definition(standing: Standing, *lines: Value, partly: bool = False) -> tuple[Value, ...]:
    """The lines below a title: whose book and as of when; the report's own definition; what limits it."""
    book = standing.book
    company = book.settings.company.name
    whose = company or (word("reports.head.stdin") if book.label == ("-",) else ", ".join(book.label))
    nobody = whose == "."  # the book here, of a company without a name: the day says enough
    day = word("reports.statement.day", day=standing.as_of)
    head: list[Value] = [day if nobody else word("reports.head.as_of", whose=whose, date=standing.as_of), *lines]
    if partly:
        head.append(word("reports.head.partly"))
    return (*head, *limits(standing))


def limits(standing: Standing) -> tuple[Value, ...]:
    """What every heading says of a standing that is not the usual one: of a revision, recorded only, amid a
    carry-forward.
    """  # noqa: D205 (one sentence, too long for one line)
    at = standing.book.revision
    revision = () if at is None else (word("reports.head.revision", revision=at.name, commit=at.commit),)
    recorded = (word("reports.head.recorded_only"),) if standing.recorded_only else ()
    carried = (
        word("reports.head.carried_forward", closed=carry.closed, opened=carry.opened)
        for carry in standing.book.carry_forwards
        if carry.closed <= standing.as_of < carry.opened
    )
    return (*revision, *recorded, *carried)


def said(entry: Entry, book: Book) -> str:
    """What an entry says of itself: in a journal the part behind `payee |`; nothing where that is only the name."""
    if entry.transaction is None:
        return entry.text
    payee, bar, note = entry.text.partition("|")
    if bar:
        return note.strip()
    profile = book.customers.get(entry.customer)
    names = (entry.customer,) if profile is None else (profile.id, profile.name, *profile.aliases)
    return "" if payee.strip().casefold() in {name.casefold() for name in names} else payee.strip()


def in_currency(currencies: Iterable[str]) -> tuple[Value, ...]:
    """The line that names the one currency of a page; nothing where there are several, or one without a name."""
    found = list(dict.fromkeys(currencies))
    return (word("reports.head.currency", currency=found[0]),) if len(found) == 1 and found[0] else ()


@frozen
class Who:
    """The leading columns of a table with a row per customer and currency: only those that tell something."""

    names: bool
    currencies: bool

    @classmethod
    def of(cls, rows: Iterable[Any]) -> Who:
        """From rows with `customer`, `name`, `currency`."""
        every = list(rows)
        return cls(any(row.name != row.customer for row in every), len({row.currency for row in every}) > 1)

    @property
    def columns(self) -> tuple[Column, ...]:
        """Customer, name, currency."""
        names = (Column(word("reports.column.name"), shrink=True),) if self.names else ()
        currencies = (Column(word("reports.column.currency")),) if self.currencies else ()
        return (Column(word("reports.column.customer"), shrink=True), *names, *currencies)

    def values(self, first: T, name: Value, currency: str) -> tuple[T | Value, ...]:
        """What stands in them of a row."""
        if self.currencies:
            return (first, name, currency) if self.names else (first, currency)
        return (first, name) if self.names else (first,)

    def cells(self, first: Value, name: Value, currency: str, *, style: str = "") -> tuple[Cell, ...]:
        """The leading cells of a row."""
        return tuple([Cell(value, style) for value in self.values(first, name, currency)])


def sums(amounts: Iterable[Money], currency: str) -> Money:
    """The sum in one currency; zero of nothing."""
    return Money(sum([minor for minor, commodity in amounts if commodity == currency]), currency)


def currencies_of(rows: Iterable[Any]) -> list[str]:
    """The currencies of rows, by name."""
    return sorted({row.currency for row in rows})

"""What the commands share that write one record: whom and what is meant, the proof of the edit, questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.core.trouble import BookError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date
    from decimal import Decimal

    from custledger.book.customer import Customer
    from custledger.cli.context import Context
    from custledger.core.money import Money
    from custledger.core.span import Span
    from custledger.core.terms import Terms
    from custledger.edit.plan import Plan
    from custledger.pipeline import Opened


def whole_text(opened: Opened) -> Callable[[str], bytes]:
    """What reads files in full, of a part of a book, too: what is written goes to all of a file."""
    from custledger.indexed.parts import PartSource

    source = opened.source
    return source.whole.read if isinstance(source, PartSource) else source.read


def journals_to_write(context: Context) -> Opened:
    """The book, or the bare journals, where nothing is wrong with them; postings in them may be changed.

    Raises UsageError where a journal is no file: standard input, a pipe.
    """
    from custledger.store.files import FilesSource

    if context.revision is not None:
        raise UsageError("cli.writes_now", option="--at")
    source = context.opened().source
    if isinstance(source, FilesSource) and source.unwritable is not None:
        raise UsageError("cli.writes_need_file", name=source.unwritable)
    return context.book()


def written_in(opened: Opened, span: Span) -> bool:
    """Whether a command may write to the file of a place: of bare journals, those that `-f` names itself."""
    return not opened.bare or span.file in opened.journal.roots


def readable(**texts: str | Sequence[str] | None) -> None:
    """Refuse text that is no text (bytes of the command line that are no UTF-8), and control characters."""
    for option, value in texts.items():
        for text in [value] if isinstance(value, str) else value or []:
            if any(0xD800 <= ord(char) <= 0xDFFF or (ord(char) < 0x20 and char != "\n") for char in text):  # noqa: PLR2004
                raise UsageError("edit.not_text", option="--" + option.replace("_", "-"))


def positive(text: str, option: str) -> Decimal:
    """A number above zero as options have it: `11300.00`."""
    from custledger.core.numbers import plain

    number = plain(text.strip())
    if number is None or number <= 0:
        raise UsageError("edit.bad_number", value=text, option=option)
    return number


def money(opened: Opened, text: str, currency: str, option: str) -> Money:
    """An amount above zero, exact in `currency`."""
    found = opened.book.commodities.money(positive(text, option), currency)
    if found is None:
        digits = opened.book.commodities.get(currency).digits
        raise UsageError("edit.too_many_digits", value=text, currency=currency, digits=digits)
    return found


def amount_in(opened: Opened, currency: str, option: str, text: str) -> str:
    """`text`, which must be an amount above zero, exact in `currency`."""
    money(opened, text, currency, option)
    return text


def currency_of(opened: Opened, customer: Customer, day: date, given: str | None) -> str:
    """`given`, else the customer's currency on that day, else the book's. Raises UsageError where none says."""
    found = known_currency(opened, given) or customer.currency.on(day) or opened.settings.currency.on(day)
    if not found:
        raise UsageError("edit.missing", option="--currency")
    return opened.book.commodities.canonical(found)


def known_currency(opened: Opened, given: str | None) -> str | None:
    """`given`, which must be a currency of ISO 4217, or a commodity of the settings or the journals; None for none."""
    from custledger.core.money import ISO_DIGITS, ISO_TWO
    from custledger.core.nearest import nearest

    if not given:
        return None
    commodities = opened.book.commodities
    own = [*commodities.known, *commodities.also, *opened.journal.commodities]
    if given in ISO_DIGITS or given in ISO_TWO or given in own:
        return given
    upper = given.upper()
    near = [upper] if upper in ISO_DIGITS or upper in ISO_TWO else nearest(given, own, most=1)
    key = "edit.no_such_currency_near" if near else "edit.no_such_currency"
    raise UsageError(key, currency=given, near="".join(near))


def terms_from(text: str) -> Terms:
    """Terms as an option gives them."""
    from custledger.core.terms import parse_terms

    found = parse_terms(text)
    if found is None:
        raise UsageError("cli.bad_terms", value=text)
    return found


def numbers_taken(opened: Opened) -> list[str]:
    """Every number and code in use: of documents, charges, credits and transactions."""
    book = opened.book
    taken = [invoice.number for invoice in opened.invoices]
    taken += [charge.number for charge in book.charges if charge.number]
    taken += [credit.code for credit in book.credits if credit.code]
    return taken + [transaction.code for transaction in opened.journal.transactions if transaction.code]


def monthly(opened: Opened, folder: str, ending: str, day: date, given: str | None) -> str:
    """The file that a record of `day` goes to: `given`, else a file of that month or year, else a new one.

    Raises UsageError where `given` is no file of its kind in the book's folder.
    """
    from custledger.cli.importing import exists

    if given is not None:
        name = given.removeprefix("./")
        if not name.startswith(f"{folder}/") or not name.endswith(ending) or ".." in name.split("/") or "/." in name:
            raise UsageError("edit.bad_file", name=given, folder=folder, ending=ending)
        return name
    month = f"{folder}/{day:%Y-%m}{ending}"
    choices = [month, f"{folder}/{day:%Y}/{day:%m}{ending}", f"{folder}/{day:%Y}/{day:%Y-%m}{ending}"]
    return next((name for name in [*choices, f"{folder}/{day:%Y}{ending}"] if exists(opened, name)), month)


def prove(context: Context, opened: Opened, plan: Plan) -> Opened:
    """The book with `plan` made, read anew. An error that it had not before stops the command; nothing is written."""
    from custledger import pipeline

    after = pipeline.planned(opened, plan)
    before = set(context.diagnostics)
    worse = [problem for problem in pipeline.errors(after, context.today) if problem not in before]
    if worse:
        context.note(context.say.text("edit.would_break"))
        raise BookError(worse, after.source.read)
    return after


def prove_record(context: Context, opened: Opened, plan: Plan, customers: Sequence[str]) -> tuple[Opened, Opened]:
    """The book, or of a part of one the part that `plan` changes, before and after `plan`, which is for `customers`."""
    if opened.sound:
        return context.prove_part(opened, plan, customers)
    return opened, prove(context, opened, plan)


def done(context: Context, plan: Plan, lines: Iterable[str], following: str) -> None:
    """Write `plan` (or show it), then say what was done and the next step."""
    from custledger.cli.schemas import install_schemas

    context.write(plan, [*lines, context.say.text("edit.next", command=following)])
    documents = any(edit.digest is None and edit.name.endswith(".yaml") for edit in plan.edits)
    if documents and not context.options.get("dry_run"):
        install_schemas(context.root())

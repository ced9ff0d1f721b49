"""What stands above an entry, and what it makes of dates, names and numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.core.frozen import field, mutable
from custledger.core.numbers import NumberRefused, as_groups
from custledger.core.span import Span
from custledger.parse.journal.aliases import Alias, apply_aliases
from custledger.parse.journal.dates import make_date
from custledger.parse.journal.model import Amount, AmountStyle, Assertion, Cost
from custledger.parse.journal.problems import Refused, in_file

if TYPE_CHECKING:
    import datetime as dt

    from custledger.core.numbers import WrittenNumber
    from custledger.parse.journal.draft import Gathered
    from custledger.parse.journal.raw import RawAmount, RawAssertion, RawCost, RawDate

THOUSANDS = 3
"""Digits behind a comma that make it doubtful."""


@mutable
class Context:
    """What the text above an entry decides about it.

    `marks` (decimal marks by commodity) is shared with included and following files: number styles alone
    flow back and on. All else reaches the rest of the file and what it includes from there.
    """

    decimal_mark: str | None = None
    year: int | None = None
    default: Amount | None = None
    default_mark: str | None = None
    aliases: tuple[Alias, ...] = ()
    parents: tuple[str, ...] = ()
    marks: dict[str, str | None] = field(default_factory=dict)

    def included(self) -> Context:
        """The context an included file begins with."""
        return Context(
            self.decimal_mark, self.year, self.default, self.default_mark, self.aliases, self.parents, self.marks
        )


class InContext:
    """One file being bound: what is written, in the context of where it stands."""

    def __init__(self, file: str, context: Context, gathered: Gathered) -> None:
        self.file = file
        self.context = context
        self.gathered = gathered
        self.names: dict[str, tuple[str, str]] = {}
        """Accounts as written and what they mean, until an alias or `apply account` changes that."""
        self.style_cache: dict[tuple[object, ...], AmountStyle] = {}

    def span(self, line: int, column: int, end: int) -> Span:
        """A place on one line of this file."""
        return Span(self.file, line, column, line, end)

    def report(self, refused: Refused, line: int) -> None:
        """Keep a problem."""
        self.gathered.diagnostics.append(in_file(refused.at(line), self.file))

    def bound_date(self, raw: RawDate) -> dt.date:
        """The day of an entry.

        Raises:
            Refused: it has no year, and none is in force; or there is no such day.
        """
        if raw.year is None and self.context.year is None:
            raise Refused("date-without-year", "", raw.column, raw.end, found=raw.written)
        return make_date(raw, self.context.year or 0)

    def account(self, written: str) -> tuple[str, str]:
        """The account in full, and the brackets it stands in."""
        known = self.names.get(written)
        if known is None:
            virtual = ""
            name = written
            if len(name) > 1 and name[0] + name[-1] in {"()", "[]"}:
                virtual = name[0] + name[-1]
                name = name[1:-1]
            if self.context.parents:
                name = ":".join((*self.context.parents, name))
            known = self.names[written] = (apply_aliases(self.context.aliases, name), virtual)
        return known

    def number(self, raw: RawAmount, commodity: str) -> WrittenNumber:
        """The number, its one mark read as the context says.

        Raises:
            Refused: nothing says how, or what it says makes no sense.
        """
        number = raw.number
        if not number.single:
            return number
        context = self.context
        mark = context.decimal_mark or context.marks.get(commodity) or context.default_mark
        if mark is None:
            if number.mark == "," and (number.digits == THOUSANDS or number.exponent):
                raise Refused(
                    "ambiguous-number", "", raw.column, raw.end, found=f"{number.quantity:f}".replace(".", ",")
                )
            return number
        if mark == number.mark:
            return number
        try:
            groups = as_groups(number)
        except NumberRefused:
            raise Refused("invalid-amount", "exponent", raw.column, raw.end, found=str(number.quantity)) from None
        if number.digits != THOUSANDS:
            shown = f"{number.quantity:f}".replace(".", number.mark)
            raise Refused("ambiguous-number", "group", raw.column, raw.end, found=shown, mark=mark)
        return groups

    def amount(self, raw: RawAmount) -> Amount:
        """The amount, with the default commodity where none was written.

        Raises:
            Refused: its number may be read in two ways.
        """
        commodity = raw.commodity
        default = self.context.default
        number = self.number(raw, commodity or "")
        quantity = number.quantity.copy_negate() if raw.negative else number.quantity
        if commodity is None and default is not None:
            style = default.style
            if style.digits < number.digits:
                style = style._replace(digits=number.digits)
            return Amount(quantity, default.commodity, style)
        key = (raw.left, raw.spaced, number.mark, number.group, number.groups, number.digits)
        style_known = self.style_cache.get(key)
        if style_known is None:
            style_known = self.style_cache[key] = AmountStyle(
                commodity_left=raw.left,
                spaced=raw.spaced,
                decimal_mark=number.mark or ("," if number.group == "." else "."),
                group_mark=number.group,
                groups=number.groups,
                digits=number.digits,
            )
        return Amount(quantity, commodity or "", style_known)

    def cost(self, raw: RawCost, line: int, *, negative: bool) -> Cost:
        """A cost; a total one takes the sign of its amount (`negative`)."""
        amount = self.amount(raw.amount)
        if raw.total and negative:
            amount = amount._replace(quantity=amount.quantity.copy_negate())
        return Cost(raw.total, amount, self.span(line, raw.column, raw.end))

    def assertion(self, raw: RawAssertion, line: int) -> Assertion:
        """An assertion or assignment."""
        amount = self.amount(raw.amount)
        cost = self.cost(raw.cost, line, negative=amount.quantity < 0) if raw.cost else None
        return Assertion(amount, raw.sole, raw.inclusive, cost, self.span(line, raw.column, raw.end))

    def seen(self, amount: Amount) -> None:
        """Keep how a commodity was first written, and its most digits."""
        styles = self.gathered.styles
        style = styles.get(amount.commodity)
        if style is None:
            styles[amount.commodity] = amount.style
        elif style is not amount.style and (
            style.digits < amount.style.digits or (amount.style.group_mark and not style.group_mark)
        ):
            styles[amount.commodity] = style._replace(
                digits=max(style.digits, amount.style.digits),
                group_mark=style.group_mark or amount.style.group_mark,
                groups=style.groups or amount.style.groups,
            )

"""Entries in their context: dates get their year, numbers their decimal mark, accounts their full name."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from custledger.core.diagnostic import problem
from custledger.core.numbers import DIGITS_MAX, NumberRefused, as_groups
from custledger.core.span import Span
from custledger.parse.journal.aliases import Alias, apply_aliases, compiled
from custledger.parse.journal.dates import make_date
from custledger.parse.journal.draft import NO_COMMENT, Draft, DraftPosting, Part
from custledger.parse.journal.model import (
    AccountDeclared,
    Amount,
    AmountStyle,
    Assertion,
    Comment,
    CommodityDeclared,
    Cost,
    PriceDeclared,
    Tag,
)
from custledger.parse.journal.problems import Refused, found, in_file
from custledger.parse.journal.raw import RawTransaction

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from custledger.core.numbers import WrittenNumber
    from custledger.parse.journal.draft import Gathered
    from custledger.parse.journal.raw import (
        RawAmount,
        RawAssertion,
        RawComment,
        RawCost,
        RawDate,
        RawDirective,
        RawPosting,
        Scan,
    )

_TYPES = {
    "a": "A", "asset": "A", "l": "L", "liability": "L", "e": "E", "equity": "E", "r": "R", "revenue": "R",
    "x": "X", "expense": "X", "c": "C", "cash": "C", "v": "V", "conversion": "V",
}  # fmt: skip


@dataclass(slots=True)
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


#: Reads the files of an include directive: pattern, its span, the context there.
Including = "Callable[[str, Span, Context], None]"


class Binder:
    """Binds the scan of one file."""

    def __init__(
        self, file: str, context: Context, gathered: Gathered, include: Callable[[str, Span, Context], None]
    ) -> None:
        self.file = file
        self.context = context
        self.gathered = gathered
        self.include = include
        self.names: dict[str, tuple[str, str]] = {}
        self.style_cache: dict[tuple[object, ...], AmountStyle] = {}

    def run(self, scan: Scan) -> None:
        """Take in all entries, in order."""
        gathered = self.gathered
        gathered.diagnostics.extend(in_file(one, self.file) for one in scan.problems)
        for first, last in scan.broken:
            gathered.broken.append(Span(self.file, first, 1, last + 1, 1))
            gathered.holes = True
        for item in scan.items:
            if isinstance(item, RawTransaction):
                self._transaction(item)
            else:
                try:
                    self._directive(item)
                except Refused as refused:
                    gathered.diagnostics.append(in_file(refused.at(item.line), self.file))
                    gathered.broken.append(self._span(item.line, item.column, item.end))
                    gathered.holes = True

    # Transactions

    def _transaction(self, raw: RawTransaction) -> None:
        gathered = self.gathered
        span = Span(self.file, raw.line, 1, raw.end_line, raw.end_column)
        draft = Draft()
        draft.doubtful = raw.broken
        draft.span = span
        draft.cut = raw.cut
        line = raw.line
        postings: list[DraftPosting] = []
        try:
            if raw.date is not None:
                draft.date = self._date(raw.date)
                second = raw.date_secondary
                draft.date_secondary = make_date(second, draft.date.year) if second else None
            else:
                draft.doubtful = True
        except Refused as refused:
            self._report(refused, line)
            draft.doubtful = True
            raw = raw._replace(date=None)
        for posting in raw.postings:
            try:
                postings.append(self._posting(posting, draft.date if raw.date else None))
            except Refused as refused:
                self._report(refused, posting.line)
                draft.doubtful = True
        if draft.doubtful:
            gathered.broken.append(span)
            for name in (*(posting.account for posting in raw.postings), *raw.accounts):
                gathered.tainted.add(self._account(name)[0])
            return
        draft.status = raw.status
        draft.code = raw.code
        draft.description = raw.description
        draft.comment = self._comment(raw.comment)
        draft.postings = postings
        gathered.drafts.append(draft)

    def _posting(self, raw: RawPosting, date: dt.date | None) -> DraftPosting:
        file, line = self.file, raw.line
        posting = DraftPosting()
        posting.account, posting.virtual = self._account(raw.account)
        posting.account_written = raw.account
        posting.status = raw.status
        posting.span = Span(file, line, raw.column, line, raw.end)
        posting.span_account = Span(file, line, raw.account_column, line, raw.account_end)
        posting.span_amount = None
        posting.amount = None
        posting.cost = None
        posting.assertion = None
        posting.parts = None
        if raw.amount is not None:
            amount = posting.amount = self._amount(raw.amount)
            posting.span_amount = Span(file, line, raw.amount.column, line, raw.amount.end)
            if raw.cost is not None:
                posting.cost = self._cost(raw.cost, line, negative=amount.quantity < 0)
            posting.parts = [Part(amount.quantity, amount.commodity, posting.cost)]
            self._seen(amount)
        if raw.assertion is not None:
            posting.assertion = self._assertion(raw.assertion, line)
        posting.date_secondary = None
        posting.dated = False
        if date is not None:
            posting.date = date
        if raw.comment is None:
            posting.comment = NO_COMMENT
        else:
            posting.comment = self._comment(raw.comment)
            if raw.comment.dates and date is not None:
                self._posting_dates(raw.comment, posting, date)
        return posting

    def _posting_dates(self, comment: RawComment, posting: DraftPosting, date: dt.date) -> None:
        for line, first, second in comment.dates:
            try:
                own = make_date(first, date.year) if first else None
                if own and not posting.dated:
                    posting.date, posting.dated = own, True
                if second:
                    later = make_date(second, (own or date).year)
                    posting.date_secondary = posting.date_secondary or later
            except Refused as refused:
                self._report(refused, line)

    def _comment(self, raw: RawComment | None) -> Comment:
        if raw is None:
            return NO_COMMENT
        file = self.file
        tags = tuple([Tag(t.name, t.value, Span(file, t.line, t.column, t.line, t.end)) for t in raw.tags])
        outside = tuple([(text, Span(file, line, begin, line, end)) for text, line, begin, end in raw.outside])
        return Comment(text=raw.text, tags=tags, outside=outside)

    # Their parts

    def _date(self, raw: RawDate) -> dt.date:
        if raw.year is None and self.context.year is None:
            shown = f"{raw.month}-{raw.day}"
            raise Refused("date-without-year", "", raw.column, raw.end, found=shown)
        return make_date(raw, self.context.year or 0)

    def _account(self, written: str) -> tuple[str, str]:
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

    def _number(self, raw: RawAmount, commodity: str) -> WrittenNumber:
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
            if number.mark == "," and (number.digits == 3 or number.exponent):  # noqa: PLR2004 - thousands
                raise Refused("ambiguous-number", "", raw.column, raw.end, found=str(number.quantity).replace(".", ","))
            return number
        if mark == number.mark:
            return number
        try:
            groups = as_groups(number)
        except NumberRefused:
            raise Refused("invalid-amount", "exponent", raw.column, raw.end, found=str(number.quantity)) from None
        if number.digits != 3:  # noqa: PLR2004 - thousands
            shown = str(number.quantity).replace(".", number.mark)
            raise Refused("ambiguous-number", "group", raw.column, raw.end, found=shown, mark=mark)
        return groups

    def _amount(self, raw: RawAmount) -> Amount:
        commodity = raw.commodity
        default = self.context.default
        number = self._number(raw, commodity or "")
        quantity = -number.quantity if raw.negative else number.quantity
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

    def _cost(self, raw: RawCost, line: int, *, negative: bool) -> Cost:
        amount = self._amount(raw.amount)
        if raw.total and negative:
            amount = amount._replace(quantity=-amount.quantity)
        return Cost(raw.total, amount, self._span(line, raw.column, raw.end))

    def _assertion(self, raw: RawAssertion, line: int) -> Assertion:
        amount = self._amount(raw.amount)
        cost = self._cost(raw.cost, line, negative=amount.quantity < 0) if raw.cost else None
        return Assertion(amount, raw.sole, raw.inclusive, cost, self._span(line, raw.column, raw.end))

    def _seen(self, amount: Amount) -> None:
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

    # Directives

    def _directive(self, item: RawDirective) -> None:
        """Let a directive take effect.

        Raises:
            Refused: in its context it cannot.
        """
        handler = getattr(self, "_on_" + item.kind.replace("-", "_"), None)
        if handler is not None:
            handler(item, *item.args)

    def _on_include(self, item: RawDirective, path: Any, column: Any, end: Any) -> None:
        self.include(path, self._span(item.line, column, end), self.context)

    def _on_account(self, item: RawDirective, name: Any, column: Any, end: Any) -> None:
        full, _ = self._account(name)
        kind = ""
        for tag in item.comment.tags if item.comment else ():
            if tag.name == "type":
                kind = _TYPES.get(tag.value.lower(), "")
                if not kind:
                    refused = Refused("syntax", "account-type", tag.column, tag.end, found=found(tag.value))
                    self._report(refused, tag.line)
                break
        span = self._span(item.line, column, end)
        self.gathered.accounts.append(AccountDeclared(name=full, type=kind, span=span))

    def _on_commodity(self, item: RawDirective, symbol: Any, raw: RawAmount | None) -> None:
        name = symbol or ""
        span = self._span(item.line, item.column, item.end)
        if raw is None:
            self.context.marks[name] = None
            known = self.gathered.commodities.get(name)
            if known is None:
                style = AmountStyle()
                self.gathered.commodities[name] = CommodityDeclared(
                    name=name, digits=0, declared=False, style=style, span=span
                )
            return
        number = self._number(raw, name)
        if not number.mark:
            raise Refused("syntax", "decimal-mark", raw.column, raw.end, directive="commodity", found=number.quantity)
        if raw.commodity is None and self.context.default is not None:
            name = self.context.default.commodity
        self.context.marks[name] = number.mark
        style = self._amount(raw).style
        self._declare(name, style, number.digits, span)

    def _declare(self, name: str, style: AmountStyle, digits: int, span: Span) -> None:
        self.gathered.commodities[name] = CommodityDeclared(
            name=name, digits=digits, declared=True, style=style, span=span
        )

    def _on_default(self, item: RawDirective, raw: RawAmount) -> None:
        number = self._number(raw, raw.commodity or "")
        if not number.mark:
            raise Refused("syntax", "decimal-mark", raw.column, raw.end, directive="D", found=number.quantity)
        amount = self._amount(raw)
        self.context.default = amount
        self.context.default_mark = number.mark
        known = self.gathered.commodities.get(amount.commodity)
        if known is None or not known.declared:
            self._declare(amount.commodity, amount.style, number.digits, self._span(item.line, item.column, item.end))

    def _on_decimal_mark(self, _item: RawDirective, mark: str) -> None:
        self.context.decimal_mark = mark

    def _on_payee(self, _item: RawDirective, name: str) -> None:
        self.gathered.payees.add(name)

    def _on_tag(self, _item: RawDirective, name: str) -> None:
        self.gathered.tags.add(name)

    def _on_year(self, _item: RawDirective, year: int) -> None:
        self.context.year = year

    def _on_price(self, item: RawDirective, date: RawDate, symbol: str, raw: RawAmount) -> None:
        price = self._amount(raw)
        span = self._span(item.line, item.column, item.end)
        self.gathered.prices.append(
            PriceDeclared(date=self._date(date), commodity=symbol, price=price, span=span)
        )

    def _on_automatic(self, _item: RawDirective, *names: str) -> None:
        self.gathered.automatic.update(self._account(name)[0] for name in names)

    def _on_apply_account(self, _item: RawDirective, name: str) -> None:
        self.context.parents = (*self.context.parents, name)
        self.names.clear()

    def _on_end_apply_account(self, item: RawDirective) -> None:
        if not self.context.parents:
            raise Refused("syntax", "end-apply", item.column, item.end)
        self.context.parents = self.context.parents[:-1]
        self.names.clear()

    def _on_alias(self, _item: RawDirective, old: str, new: str, regex: bool, column: int, end: int) -> None:  # noqa: PLR0913, PLR0917
        pattern = compiled(old) if regex else None
        if regex and pattern is None:
            raise Refused("unsafe-alias", "", column, end, pattern=old)
        if pattern is not None and _groups_wanted(new) > pattern.groups:
            raise Refused("unsafe-alias", "group", column, end, pattern=old, replacement=new)
        self.context.aliases = (*self.context.aliases, Alias(old, new, pattern))
        self.names.clear()

    def _on_end_aliases(self, _item: RawDirective) -> None:
        self.context.aliases = ()
        self.names.clear()

    def _span(self, line: int, column: int, end: int) -> Span:
        return Span(self.file, line, column, line, end)

    def _report(self, refused: Refused, line: int) -> None:
        self.gathered.diagnostics.append(in_file(refused.at(line), self.file))


def _groups_wanted(new: str) -> int:
    """The highest `\\N` in a replacement."""
    numbers = [int("".join(takewhile_digits(part))) for part in new.split("\\")[1:] if part[:1].isdigit()]
    return max(numbers, default=0)


def takewhile_digits(text: str) -> str:
    """The digits that `text` begins with."""
    return text[: len(text) - len(text.lstrip("0123456789"))]


__all__ = ["DIGITS_MAX", "Binder", "Context", "problem"]

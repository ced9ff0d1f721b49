"""What directives do: to the context below them, or to the journal as a whole."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from custledger.parse.journal.aliases import Alias, compiled, entangled
from custledger.parse.journal.context import InContext
from custledger.parse.journal.model import AccountDeclared, AmountStyle, CommodityDeclared, PriceDeclared
from custledger.parse.journal.problems import Refused, found

if TYPE_CHECKING:
    from collections.abc import Callable

    from custledger.core.span import Span
    from custledger.parse.journal.context import Context
    from custledger.parse.journal.draft import Gathered
    from custledger.parse.journal.raw import RawAmount, RawDate, RawDirective

    #: Reads the files of an include directive: pattern, its span, the context there.
    Including = Callable[[str, Span, Context], None]

_TYPES = {
    "a": "A", "asset": "A", "l": "L", "liability": "L", "e": "E", "equity": "E", "r": "R", "revenue": "R",
    "x": "X", "expense": "X", "c": "C", "cash": "C", "v": "V", "conversion": "V",
}  # fmt: skip


class Effects(InContext):
    """The directives of one file. `args` of each are those of `directives`."""

    def __init__(self, file: str, context: Context, gathered: Gathered, include: Including) -> None:
        super().__init__(file, context, gathered)
        self.include = include

    def directive(self, item: RawDirective) -> None:
        """Let a directive take effect.

        Raises:
            Refused: in its context it cannot.
        """
        handler = getattr(self, "_on_" + item.kind.replace("-", "_"), None)
        if handler is not None:
            handler(item, *item.args)

    def _on_include(self, item: RawDirective, path: str, column: int, end: int) -> None:
        self.include(path, self.span(item.line, column, end), self.context)

    def _on_account(self, item: RawDirective, name: str, column: int, end: int) -> None:
        full, _ = self.account(name)
        kind = ""
        for tag in item.comment.tags if item.comment else ():
            if tag.name == "type":
                kind = _TYPES.get(tag.value.lower(), "")
                if not kind:
                    refused = Refused("syntax", "account-type", tag.column, tag.end, found=found(tag.value))
                    self.report(refused, tag.line)
                break
        span = self.span(item.line, column, end)
        self.gathered.accounts.append(AccountDeclared(name=full, type=kind, span=span))

    def _on_commodity(self, item: RawDirective, symbol: str | None, raw: RawAmount | None) -> None:
        name = symbol or ""
        span = self.span(item.line, item.column, item.end)
        if raw is None:
            self.context.marks[name] = None
            known = self.gathered.commodities.get(name)
            if known is None:
                style = AmountStyle()
                self.gathered.commodities[name] = CommodityDeclared(
                    name=name, digits=0, declared=False, style=style, span=span
                )
            return
        number = self.number(raw, name)
        if not number.mark:
            raise Refused(
                "syntax", "decimal-mark", raw.column, raw.end, directive="commodity", found=str(number.quantity)
            )
        if raw.commodity is None and self.context.default is not None:
            name = self.context.default.commodity
        self.context.marks[name] = number.mark
        style = self.amount(raw).style
        self._declare(name, style, number.digits, span)

    def _declare(self, name: str, style: AmountStyle, digits: int, span: Span) -> None:
        self.gathered.commodities[name] = CommodityDeclared(
            name=name, digits=digits, declared=True, style=style, span=span
        )

    def _on_default(self, item: RawDirective, raw: RawAmount) -> None:
        number = self.number(raw, raw.commodity or "")
        if not number.mark:
            raise _no_mark(raw, "D")
        amount = self.amount(raw)
        self.context.default = amount
        self.context.default_mark = number.mark
        known = self.gathered.commodities.get(amount.commodity)
        if known is None or not known.declared:
            self._declare(amount.commodity, amount.style, number.digits, self.span(item.line, item.column, item.end))

    def _on_decimal_mark(self, _item: RawDirective, mark: str) -> None:
        self.context.decimal_mark = mark

    def _on_payee(self, _item: RawDirective, name: str) -> None:
        self.gathered.payees.add(name)

    def _on_tag(self, _item: RawDirective, name: str) -> None:
        self.gathered.tags.add(name)

    def _on_year(self, _item: RawDirective, year: int) -> None:
        self.context.year = year

    def _on_price(self, item: RawDirective, date: RawDate, symbol: str, raw: RawAmount) -> None:
        price = self.amount(raw)
        span = self.span(item.line, item.column, item.end)
        self.gathered.prices.append(PriceDeclared(date=self.bound_date(date), commodity=symbol, price=price, span=span))

    def _on_automatic(self, _item: RawDirective, *names: str) -> None:
        self.gathered.automatic.update(self.account(name)[0] for name in names)

    def _on_apply_account(self, _item: RawDirective, name: str) -> None:
        self.context.parents = (*self.context.parents, name)
        self.names.clear()

    def _on_end_apply_account(self, item: RawDirective) -> None:
        if not self.context.parents:
            raise Refused("syntax", "end-apply", item.column, item.end)
        self.context.parents = self.context.parents[:-1]
        self.names.clear()

    def _on_alias(self, _item: RawDirective, old: str, new: str, regex: bool, column: int, end: int) -> None:
        pattern = compiled(old) if regex else None
        if regex and (pattern is None or (_groups_wanted(new) and entangled(old))):
            raise Refused("unsafe-alias", "", column, end, pattern=old)
        if pattern is not None and _groups_wanted(new) > pattern.groups:
            raise Refused("unsafe-alias", "group", column, end, pattern=old, replacement=new)
        self.context.aliases = (*self.context.aliases, Alias(old, new, pattern))
        self.names.clear()

    def _on_end_aliases(self, _item: RawDirective) -> None:
        self.context.aliases = ()
        self.names.clear()


def _no_mark(raw: RawAmount, directive: str) -> Refused:
    return Refused("syntax", "decimal-mark", raw.column, raw.end, directive=directive, found=str(raw.number.quantity))


def _groups_wanted(new: str) -> int:
    """The highest number of a group in a replacement."""
    numbers = [int(digits[0]) for digits in re.findall(r"\\([0-9]+)", new)]
    return max(numbers, default=0)

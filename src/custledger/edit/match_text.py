"""One posting as text: taken apart, split into the parts that a match writes, joined again.

```
posting = head gap amount cost assertion blanks comment newline below*
head    = indentation status account
```
The parts stand in the posting's place, shares in order, the untagged rest last (formats.md, "An allocation lives in
the journal"). `join` undoes `split` to the byte: what an amount looked like and its parts do not show (`1,000.00`
from `600.00` and `400.00`) is kept as the value of the first `split:`, in full-width twins.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from custledger.core.frozen import frozen, replace
from custledger.core.money import EXACT, round_half_up
from custledger.core.text import width
from custledger.core.trouble import InternalError
from custledger.parse.journal.text import amount_text, number_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from custledger.book.recording import Share
    from custledger.parse.journal.model import Amount, AmountStyle, Posting

OWN = frozenset({"invoice", "applied", "not-invoice", "split", "instead-of"})
"""Tags that are not repeated on the parts of a split posting."""
COMMENT = "  ; "
_QUOTED = re.compile(r'"[^"]*"')
_NUMBER = re.compile(r"[0-9.,](?:[0-9.,' \u00a0\u2002\u2003\u2008\u2009\u202f\u205f]*[0-9.,])?(?:[eE][-+]? *[0-9]+)?")
_DATES = re.compile(r"\[[-0-9/.=]*[0-9][-0-9/.=]*\]")
_RUN = re.compile(r"invoice:([^,]*)(?:, applied:([0-9-]{10}))?$")
TWINS = str.maketrans(",:;|[]", "，：；｜［］")
"""What cannot stand in a tag's value, as what can."""
TWINS_BACK = str.maketrans("，：；｜［］", ",:;|[]")
_FEWEST_BLANKS = 2


@frozen(kw_only=True)
class Text:
    """A posting's first line in pieces that make it up again; `repeated` is what each part says in its comment."""

    head: str
    gap: str
    amount: str
    cost: str
    """With the blanks before it; so `assertion`."""
    assertion: str
    blanks: str
    comment: str
    """From its `;` on."""
    repeated: tuple[str, ...]
    style: AmountStyle
    quantity: Decimal
    cost_style: AmountStyle | None = None
    cost_total: Decimal | None = None
    """The quantity of a total cost (`@@`) as written, without a sign."""
    lots: bool = False

    @property
    def line(self) -> str:
        """The posting's first line."""
        return f"{self.head}{self.gap}{self.amount}{self.cost}{self.assertion}{self.blanks}{self.comment}"


def take_apart(posting: Posting, line: str) -> Text:
    """A posting whose amount is written. `line` is the text of its first line."""
    span, amount = posting.span_amount, posting.amount
    if span is None or amount is None:
        raise InternalError("an amount that is not written")
    end = span.end_column - 1
    cost = assertion = ""
    tail_end = end
    if posting.cost is not None:
        tail_end = posting.cost.span.end_column - 1
        cost = line[end:tail_end]
    lots = "{" in cost or "[" in cost
    if posting.assertion is not None:
        last = posting.assertion.span.end_column - 1
        lots |= bool(line[tail_end : posting.assertion.span.column - 1].strip())
        assertion, tail_end = line[tail_end:last], last
    rest = line[tail_end:]
    before, mark, after = rest.partition(";")
    lots |= bool(before.strip())
    account_end = posting.span_account.end_column - 1
    total = posting.cost if posting.cost is not None and posting.cost.total else None
    return Text(
        head=line[:account_end],
        gap=line[account_end : span.column - 1],
        amount=line[span.column - 1 : end],
        cost=cost,
        assertion=assertion,
        blanks=before,
        comment=mark + after,
        repeated=repeated(posting),
        style=amount.style,
        quantity=amount.quantity.copy_abs(),
        cost_style=total.amount.style if total else None,
        cost_total=total.amount.quantity.copy_abs() if total else None,
        lots=lots,
    )


def written_out(posting: Posting, line: str, amount: Amount, end: int, mark: str | None) -> Text:
    """A posting whose amount is left out, with it written: it ends at column `end` where there is room."""
    account_end = posting.span_account.end_column - 1
    head, text = line[:account_end], amount_text(amount, mark)
    before, comment_mark, after = line[account_end:].partition(";")
    return Text(
        head=head,
        gap=" " * max(_FEWEST_BLANKS, end - width(head) - width(text)),
        amount=text,
        cost="",
        assertion="",
        blanks=before,
        comment=comment_mark + after,
        repeated=repeated(posting),
        style=amount.style,
        quantity=amount.quantity.copy_abs(),
    )


def repeated(posting: Posting) -> tuple[str, ...]:
    """What every part of a posting says beside what it pays: its tags and its date."""
    tags = tuple(f"{tag.name}:{tag.value}" for tag in posting.comment.tags if tag.name not in OWN)
    outside = {text for text, _ in posting.comment.outside}
    lines = [line for line in posting.comment.text.split("\n") if line.removeprefix(">").strip() not in outside]
    return (*tags, *(match[0] for line in lines for match in _DATES.finditer(line)))


# --- splitting


def split(whole: Text, shares: Sequence[Share], amount: int, digits: int, cost_digits: int = 0) -> list[str]:
    """The first lines of the parts. `amount` is the whole in minor units of `digits` digits, >= the shares' sum."""
    rest = amount - sum(share.amount for share in shares)
    amounts = [share.amount for share in shares] + ([rest] if rest else [])
    says = [_run(share) for share in shares] + ([""] if rest else [])
    if len(amounts) == 1:
        return [tagged(whole, says[0]).line]
    numbers = _numbers(amounts, digits, whole.style)
    costs = _costs(whole, amounts, cost_digits)
    parts = [
        replace(
            _with_amount(whole, with_number(whole.amount, number)),
            cost=cost,
            assertion=whole.assertion if place == len(amounts) - 1 else "",
        )
        for place, (number, cost) in enumerate(zip(numbers, costs, strict=True))
    ]
    kept = kept_look(whole, parts)
    lines = [tagged(parts[0], says[0]).line]
    for place, (part, run) in enumerate(zip(parts[1:], says[1:], strict=True)):
        words = [*([run] if run else []), *whole.repeated, f"split:{kept if not place else ''}"]
        blanks = whole.blanks if whole.comment and len(whole.blanks) > 1 else COMMENT[:2]
        lines.append(replace(part, blanks=blanks, comment="; " + ", ".join(words)).line)
    return lines


def _run(share: Share) -> str:
    applied = f", applied:{share.applied.isoformat()}" if share.applied else ""
    return f"invoice:{share.number}{applied}"


def tagged(text: Text, run: str) -> Text:
    """The posting with `run` at the end of its first line's comment; what `untagged` takes away again."""
    if not run:
        return text
    if not text.comment:
        return replace(text, blanks=COMMENT[:2], comment=COMMENT[2:] + run + text.blanks)
    body = text.comment[1:].rstrip()
    if not body:
        return replace(text, comment=f";{run}{text.comment[1:]}")
    trailing = text.comment[1 + len(body) :]
    return replace(text, comment=f";{body}, {run}{trailing}")


def untagged(text: Text) -> Text | None:
    """The posting without what `tagged` put at the end of its comment; None where nothing like it stands there."""
    body = text.comment.rstrip()
    at = body.rfind("invoice:")
    return without_end(text, at) if at >= 0 and _RUN.match(body, at) else None


def without_end(text: Text, at: int) -> Text | None:
    """The posting without what stands in its comment from `at` on; None where `tagged` has not put it there."""
    trailing = text.comment[len(text.comment.rstrip()) :]
    before = text.comment[:at]
    if before == ";":
        return replace(text, comment=";" + trailing)
    if before == "; " and text.blanks == COMMENT[:2]:
        return replace(text, blanks=trailing, comment="")
    if before.endswith(", "):
        return replace(text, comment=before[:-2] + trailing)
    return None


def with_number(amount: str, number: str) -> str:
    """The amount with another number in the place of its own; sign and commodity stay as they are."""
    masked = _QUOTED.sub(lambda match: "_" * len(match[0]), amount)
    match = _NUMBER.search(masked)
    return amount if match is None else amount[: match.start()] + number + amount[match.end() :]


def number_in(amount: str) -> str:
    """The number of an amount, as written, without its sign."""
    match = _NUMBER.search(_QUOTED.sub(lambda quoted: "_" * len(quoted[0]), amount))
    return match[0] if match else ""


def _with_amount(whole: Text, amount: str) -> Text:
    """Another amount in the whole's place: it ends where the whole's did, if it is shorter."""
    more = max(0, len(whole.amount) - len(amount)) if not whole.gap.strip(" ") else 0
    return replace(whole, gap=whole.gap + " " * more, amount=amount)


def _numbers(amounts: Sequence[int], digits: int, style: AmountStyle) -> list[str]:
    return [
        number_text(_plain(Decimal(minor).scaleb(-digits, EXACT), style.digits, digits), style) for minor in amounts
    ]


def _plain(quantity: Decimal, digits: int, digits_full: int = 0) -> Decimal:
    """With as many digits as were written, if that is exact; else with all of its commodity's."""
    needed = max(0, -int(quantity.normalize(EXACT).as_tuple().exponent))
    shown = digits if needed <= digits else max(needed, digits_full)
    return quantity.quantize(Decimal((0, (1,), -shown)), context=EXACT)


def _costs(whole: Text, amounts: Sequence[int], digits: int) -> list[str]:
    """The cost of each part: `@` repeated, `@@` shared out in smallest units, so that it sums exactly."""
    if whole.cost_total is None or whole.cost_style is None:
        return [whole.cost] * len(amounts)
    written = whole.cost_total.as_tuple().exponent
    digits = max(digits, -int(written), whole.cost_style.digits)
    total = int(whole.cost_total.scaleb(digits, EXACT))
    so_far, costs, spent = 0, [], 0
    for amount in amounts:
        so_far += amount
        until = round_half_up(Fraction(total * so_far, sum(amounts)))
        quantity = _plain(Decimal(until - spent).scaleb(-digits, EXACT), whole.cost_style.digits, digits)
        costs.append(_with_cost(whole.cost, number_text(quantity, whole.cost_style)))
        spent = until
    return costs


def _with_cost(cost: str, number: str) -> str:
    begin = cost.index("@@") + 2
    return cost[:begin] + with_number(cost[begin:], number)


# --- joining


def join(parts: Sequence[Text], kept: str = "") -> Text:
    """The posting that these parts were split from; the first one's comment is taken as it stands.

    `kept` is the value of the first `split:`.
    """
    first, last = parts[0], parts[-1]
    looks = [look.translate(TWINS_BACK) for look in kept.split("@@")] if kept else []
    quantity = _total(part.quantity for part in parts)
    number, style = _joined(quantity, [part.style for part in parts], looks[:1])
    cost, cost_total, cost_style = first.cost, None, first.cost_style
    if first.cost_total is not None:
        cost_total = _total(part.cost_total or Decimal(0) for part in parts)
        styles = [part.cost_style for part in parts if part.cost_style is not None]
        cost_number, cost_style = _joined(cost_total, styles, looks[1:])
        cost = _with_cost(cost, cost_number)
    amount = with_number(first.amount, number)
    more = max(0, len(amount) - len(first.amount)) if not first.gap.strip(" ") else 0
    return replace(
        first,
        gap=first.gap[: max(_FEWEST_BLANKS, len(first.gap) - more)] if more else first.gap,
        amount=amount,
        cost=cost,
        assertion=last.assertion,
        style=style,
        quantity=quantity,
        cost_style=cost_style,
        cost_total=cost_total,
    )


def _joined(quantity: Decimal, styles: Sequence[AmountStyle], looks: Sequence[str]) -> tuple[str, AmountStyle]:
    """The sum as a number with the digits that all show, in groups where one of them has groups; or as it was kept."""
    digits = max(style.digits for style in styles)
    grouped = next((style for style in styles if style.group_mark), styles[0])
    mark = next((style.decimal_mark for style in styles if style.digits), grouped.decimal_mark)
    style = grouped._replace(digits=digits, decimal_mark=mark)
    if looks and _NUMBER.fullmatch(looks[0]) and value_of(looks[0], style) == quantity:
        return looks[0], _like(looks[0], style)
    return number_text(_plain(quantity, digits), style), style


def _like(number: str, style: AmountStyle) -> AmountStyle:
    """The style of a number that was kept, read with the decimal mark of `style`."""
    whole, mark, fraction = number.partition(style.decimal_mark)
    marks = [char for char in whole if not char.isdigit()]
    sizes = [len(group) for group in whole.split(marks[0])][:0:-1] if marks else []
    return style._replace(
        digits=len(fraction) if mark else 0, group_mark=marks[0] if marks else "", groups=tuple(dict.fromkeys(sizes))
    )


def kept_look(whole: Text, parts: Sequence[Text]) -> str:
    """What joining the parts could not know of the whole's numbers: the value for the first `split:`."""
    sums = [
        replace(part, quantity=value_of(number_in(part.amount), part.style), cost_total=_cost_value(part))
        for part in parts
    ]
    styled = [replace(part, style=_seen(number_in(part.amount), part.style)) for part in sums]
    styled = [
        replace(part, cost_style=_seen(number_in(part.cost.partition("@@")[2]), part.cost_style))
        if part.cost_style
        else part
        for part in styled
    ]
    joined = join(styled)
    if joined.amount == whole.amount and joined.cost == whole.cost:
        return ""
    looks = [number_in(whole.amount)]
    if joined.cost != whole.cost:
        looks.append(number_in(whole.cost.partition("@@")[2]))
    return "@@".join(look.translate(TWINS) for look in looks)


def _cost_value(part: Text) -> Decimal | None:
    if part.cost_style is None:
        return None
    return value_of(number_in(part.cost.partition("@@")[2]), part.cost_style)


def _seen(number: str, style: AmountStyle) -> AmountStyle:
    """The style that a reader of this number sees."""
    _, mark, fraction = number.partition(style.decimal_mark)
    group = style.group_mark if style.group_mark and style.group_mark in number else ""
    return style._replace(digits=len(fraction) if mark else 0, group_mark=group, groups=style.groups if group else ())


def value_of(number: str, style: AmountStyle) -> Decimal:
    """What a number of this style comes to."""
    kept = "".join(char for char in number if char.isdigit() or char in "eE+-" or char == style.decimal_mark)
    return Decimal(kept.replace(style.decimal_mark, ".") or "0")


def _total(quantities: Iterable[Decimal]) -> Decimal:
    total = Decimal(0)
    for quantity in quantities:
        total = EXACT.add(total, quantity)
    return total

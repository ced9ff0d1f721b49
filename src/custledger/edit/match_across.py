"""Writing what reaches beyond an account: money re-accounted to another customer, payments at the invoice's own cost.

`Proposal` says what each kind is. All of it stands in the credit's transaction; a proposal that needs more than that
(a posting that pays several, an assertion, another day for a payment in another commodity) is left to a person.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from custledger.book.recording import Share
from custledger.core.frozen import replace
from custledger.core.money import EXACT
from custledger.core.text import width
from custledger.core.trouble import ensure
from custledger.edit.match_plan import parts_of_posting
from custledger.edit.match_text import COMMENT, TWINS, TWINS_BACK, tagged, without_end
from custledger.parse.journal.model import Amount, AmountStyle
from custledger.parse.journal.text import amount_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from custledger.book.allocation import Proposal
    from custledger.book.book import Book
    from custledger.book.entry import Credit
    from custledger.core.money import Money
    from custledger.edit.match_plan import Pages, Place
    from custledger.edit.match_text import Text
    from custledger.parse.journal.model import CommodityDeclared

PAYS_FOR, FX = "pays-for", "fx"
_BLANKS = 2
_TAG = "instead-of:"


class Across:
    """Writes proposals into the pages of a book's journals, one after another."""

    def __init__(self, pages: Pages, book: Book, declared: Mapping[str, CommodityDeclared], account_fx: str) -> None:
        self._pages = pages
        self._book = book
        self._declared = declared
        self._fx = account_fx
        self._charges = {charge.key: charge for charge in book.charges}
        self._credits = {credit.key: credit for credit in book.credits}

    def write(self, proposal: Proposal) -> bool:
        """Write one; False where it needs a person. Each credit is written once."""
        credit = self._credits[proposal.credit]
        if credit.transaction is None or any(part.span not in self._pages.places for part in credit.parts):
            return False
        if proposal.reason == PAYS_FOR:
            return self._moved(proposal, credit)
        units = {self._charges[key].money.commodity for key, _ in proposal.parts}
        if proposal.difference is None or (proposal.difference and not self._fx):
            return False
        written = self._at_cost if units == {credit.money.commodity} else self._converted
        return written(proposal, credit)

    # --- money for another customer

    def _moved(self, proposal: Proposal, credit: Credit) -> bool:
        charges = [self._charges[key] for key, _ in proposal.parts]
        if any(not charge.number or not charge.accounts for charge in charges):
            return False
        place = self._pages.places[credit.parts[-1].span]
        if any(charge.customer == credit.customer for charge in charges) and not self._own(proposal, credit, place):
            return False
        day = proposal.first
        dated = (f"date:{day.isoformat()}",) if day != place.transaction.date else ()
        back = f"reverses:{credit.code}" if credit.code else "kind:adjustment"
        lines: list[str] = []
        for charge, (_, amount) in zip(charges, proposal.parts, strict=True):
            if charge.customer == credit.customer:
                continue
            money = self._money(credit.money._replace(minor=amount), place)
            lines.append(self._line(place, place.posting.account_written, money, (back, *dated)))
            less = self._money(credit.money._replace(minor=-amount), place)
            lines.append(self._line(place, charge.accounts[0], less, (f"invoice:{charge.number}", *dated)))
        self._pages.insert(place.transaction, lines)
        return True

    def _own(self, proposal: Proposal, credit: Credit, place: Place) -> bool:
        """Split off and tag what of the credit pays its own customer's charges."""
        if len(credit.parts) > 1 or credit.parts[0].invoices or self._pages.refused(place.posting.span):
            return False
        shares: list[Share] = []
        for key, amount in proposal.parts:
            charge = self._charges[key]
            if charge.customer == credit.customer:
                later = proposal.first > max(charge.date, credit.date)
                shares.append(Share(charge.number or "", amount, proposal.first if later else None))
        self._pages.put(place, place, parts_of_posting(self._pages, place, shares))
        return True

    # --- exchange differences

    def _at_cost(self, proposal: Proposal, credit: Credit) -> bool:
        """Each part is a posting that already says what it pays: it gets the invoice's cost."""
        found: list[tuple[Place, Money]] = []
        for (key, amount), cost in zip(proposal.parts, proposal.costs, strict=True):
            number = self._charges[key].number
            parts = [part for part in credit.parts if part.invoices == (number,)]
            if not number or sum(part.amount for part in parts) != amount or any(part.cost is None for part in parts):
                return False
            shares = cost.split([part.amount for part in parts])
            found += [(self._pages.places[part.span], share) for part, share in zip(parts, shares, strict=True)]
        lines: list[tuple[Place, Text]] = []
        for place, share in found:
            text, written = self._pages.text(place), place.posting.cost
            if written is None or text.lots:
                return False
            shown = self._text(share, written.amount.commodity, written.amount.style)
            old = text.cost.lstrip()
            blanks = text.cost[: len(text.cost) - len(old)]
            made = _instead(replace(text, cost=f"{blanks}@@ {shown}"), old)
            if made is None:
                return False
            lines.append((place, made))
        for place, made in lines:
            self._pages.put(place, place, [made.line])
        self._difference(proposal, found[0][0])
        return True

    def _converted(self, proposal: Proposal, credit: Credit) -> bool:
        """The posting becomes one in the charges' commodity, at their cost."""
        place = self._pages.places[credit.parts[0].span]
        posting, text = place.posting, self._pages.text(place)
        charges = [self._charges[key] for key, _ in proposal.parts]
        plain = len(credit.parts) == 1 and posting.cost is None and posting.assertion is None and not text.lots
        if not plain or len(charges) != 1 or not charges[0].number or proposal.first != credit.date:
            return False
        amount = charges[0].money._replace(minor=-proposal.parts[0][1])
        shown = self._text(
            amount, self._spelt(amount.commodity), self._style(amount.commodity, posting.amounts[0].style)
        )
        cost = self._text(proposal.costs[0], posting.amounts[0].commodity, posting.amounts[0].style)
        more = max(0, len(text.amount) - len(shown))
        line = replace(text, gap=text.gap + " " * more, amount=shown, cost=f" @@ {cost}")
        made = _instead(tagged(line, f"invoice:{charges[0].number}"), text.amount)
        if made is None:
            return False
        self._pages.put(place, place, [made.line])
        self._difference(proposal, place)
        return True

    def _difference(self, proposal: Proposal, place: Place) -> None:
        money = proposal.difference
        if money:
            self._pages.insert(place.transaction, [self._line(place, self._fx, self._money(money, place), ())])

    # --- amounts as text

    def _money(self, money: Money, place: Place) -> str:
        """An amount as the transaction writes its commodity."""
        for posting in place.transaction.postings:
            for amount in (posting.amount, posting.cost.amount if posting.cost else None):
                if amount is not None and self._book.commodities.canonical(amount.commodity) == money.commodity:
                    return self._text(money, amount.commodity, amount.style)
        style = self._style(money.commodity, place.posting.amounts[0].style)
        return self._text(money, self._spelt(money.commodity), style)

    def _text(self, money: Money, commodity: str, style: AmountStyle) -> str:
        quantity = Decimal(money.minor).scaleb(-self._pages.digits(commodity), EXACT)
        return amount_text(Amount(quantity, commodity, style), self._pages.decimal_mark)

    def _spelt(self, commodity: str) -> str:
        """A commodity as the journals spell it."""
        names = (name for name in self._declared if self._book.commodities.canonical(name) == commodity)
        return next(names, commodity)

    def _style(self, commodity: str, otherwise: AmountStyle) -> AmountStyle:
        declared = self._declared.get(self._spelt(commodity))
        return declared.style if declared is not None else otherwise

    def _line(self, place: Place, account: str, amount: str, words: Sequence[str]) -> str:
        whole = self._pages.text(place)
        indent = whole.head[: len(whole.head) - len(whole.head.lstrip())]
        line = aligned(indent, account, amount, width(whole.head + whole.gap + whole.amount))
        return line + (COMMENT + ", ".join(words) if words else "")


def aligned(indent: str, account: str, amount: str, end: int) -> str:
    """A posting whose amount ends at column `end`, where there is room."""
    return f"{indent}{account}{' ' * max(_BLANKS, end - width(indent + account) - width(amount))}{amount}"


# --- what stood there


def _instead(text: Text, old: str) -> Text | None:
    """The posting with `old`, its amount or cost as it was, in its comment; None where that cannot be kept."""
    kept = old.translate(TWINS)
    return tagged(text, _TAG + kept) if kept.translate(TWINS_BACK) == old else None


def stood_there(text: Text) -> str | None:
    """The amount or cost (it begins with `@`) that a posting stands in the place of; None where it is no such one."""
    at = text.comment.rfind(_TAG)
    body = text.comment.rstrip()
    if at < 0 or "," in body[at:] or without_end(text, at) is None:
        return None
    return body[at + len(_TAG) :].translate(TWINS_BACK)


def as_it_was(text: Text) -> Text:
    """The posting with what stood there, and without the word of it."""
    before = stood_there(text)
    left = without_end(text, text.comment.rfind(_TAG))
    ensure(before is not None and left is not None, "a posting that stands in no other's place")
    if before is None or left is None:
        return text
    if before.startswith("@"):
        return replace(left, cost=left.cost[: len(left.cost) - len(left.cost.lstrip())] + before)
    more = max(0, len(before) - len(left.amount))
    gap = left.gap[: len(left.gap) - more] if left.gap.endswith(" " * more) and len(left.gap) > more else left.gap
    return replace(left, gap=gap, amount=before, cost="")

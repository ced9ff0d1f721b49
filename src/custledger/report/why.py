"""`why`: the whole story of one receipt, invoice, customer or aging cell (来龙去脉).

What stands where, what settles what from when to when, by which rule and on which evidence, what ended it; what is
left now and why, what could settle it and why it did not; what is proposed, and what to type next.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.core.frozen import field, frozen
from custledger.report.aging import AgingOptions, scheme_of
from custledger.report.result import Report, Result, envelope
from custledger.report.why_account import AccountStory, account_story
from custledger.report.why_entry import EntryStory, Teller
from custledger.report.why_names import asked
from custledger.report.why_page import document

if TYPE_CHECKING:
    from custledger.book.position import Standing


@frozen(kw_only=True)
class WhyResult(Result):
    """The story asked for: of `entries` (one, or those that belong together), or of a customer's `account`."""

    asked: str
    about: str
    """entry, customer or cell."""
    customer: str
    entries: tuple[EntryStory, ...] = ()
    account: AccountStory | None = field(default=None)

    def columns(self) -> tuple[str, ...]:
        """The headings of the records."""
        return tuple("entry credit charge currency amount rule state from until".split())

    def records(self) -> list[dict[str, object]]:
        """One record an allocation; of a customer or a cell, an open item or a credit that is left."""
        if self.account is not None:
            return self.account.records()
        return [
            {
                "entry": entry.name,
                "currency": entry.currency,
                **{name: getattr(one, "date_from" if name == "from" else name) for name in _TAKEN},
            }
            for entry in self.entries
            for one in entry.allocations
        ]


_TAKEN = ("credit", "charge", "amount", "rule", "state", "from", "until")


def build(standing: Standing, name: str, options: AgingOptions | None = None) -> WhyResult:
    """The story of what `name` means; buckets as `options` say, else by the book's rule.

    Raises UsageError where the name means nothing, several things, or something later than the standing's day.
    """
    options = options or AgingOptions()
    scheme, net = scheme_of(standing, options)
    buckets = scheme.buckets(standing.as_of)
    what = asked(standing, name, [bucket.name for bucket in buckets])
    head = {**envelope("why", standing), "asked": name}
    if what.customer is None:
        teller = Teller(standing, scheme)
        entries = tuple(teller.story(entry) for entry in what.entries)
        return WhyResult(**head, about="entry", customer=entries[0].customer, entries=entries)
    if what.cell is None and options.net is None:
        net = "none"  # a story tells what settles what: netting is for display
    account = account_story(standing, what.customer, what.cell, scheme, net)
    about = "customer" if what.cell is None else "cell"
    return WhyResult(**head, about=about, customer=what.customer, account=account)


REPORT = Report("why", build, document)

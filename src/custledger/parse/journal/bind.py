"""Entries in their context: dates get their year, numbers their decimal mark, accounts their full name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.core.span import Span
from custledger.parse.journal.aliases import writable
from custledger.parse.journal.dates import make_date
from custledger.parse.journal.draft import NO_COMMENT, Draft, DraftPosting, Part
from custledger.parse.journal.effects import Effects
from custledger.parse.journal.model import Comment, Tag
from custledger.parse.journal.problems import Refused, found, in_file
from custledger.parse.journal.raw import RawTransaction

if TYPE_CHECKING:
    import datetime as dt

    from custledger.parse.journal.raw import RawComment, RawPosting, Scan


class Binder(Effects):
    """Binds the scan of one file."""

    def run(self, scan: Scan) -> None:
        """Take in all entries, in order."""
        gathered = self.gathered
        gathered.diagnostics.extend(in_file(one, self.file) for one in scan.problems)
        for first, last in scan.broken:
            gathered.broken.append(Span(self.file, first, 1, last + 1, 1))
        gathered.holes |= scan.hole
        for item in scan.items:
            if isinstance(item, RawTransaction):
                self._transaction(item)
            else:
                try:
                    self.directive(item)
                except Refused as refused:
                    gathered.diagnostics.append(in_file(refused.at(item.line), self.file))
                    gathered.broken.append(self.span(item.line, item.column, item.end))
                    gathered.holes |= item.kind not in {"account", "price"}

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
                draft.date = self.bound_date(raw.date)
                second = raw.date_secondary
                draft.date_secondary = make_date(second, draft.date.year) if second else None
            else:
                draft.doubtful = True
        except Refused as refused:
            self.report(refused, line)
            draft.doubtful = True
            raw = raw._replace(date=None)
        for posting in raw.postings:
            try:
                postings.append(self._posting(posting, draft.date if raw.date else None))
            except Refused as refused:
                self.report(refused, posting.line)
                draft.doubtful = True
        if draft.doubtful:
            gathered.broken.append(span)
            for name in (*(posting.account for posting in raw.postings), *raw.accounts):
                gathered.tainted.add(self.account(name)[0])
            return
        draft.status = raw.status
        draft.code = raw.code
        draft.columns = raw.columns
        draft.description = raw.description
        draft.comment = self._comment(raw.comment)
        draft.postings = postings
        gathered.drafts.append(draft)

    def _posting(self, raw: RawPosting, date: dt.date | None) -> DraftPosting:
        file, line = self.file, raw.line
        posting = DraftPosting()
        posting.account, posting.virtual = self.account(raw.account)
        if self.context.aliases and not writable(posting.account):
            raise Refused("unsafe-alias", "result", raw.account_column, raw.account_end, account=found(raw.account))
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
            amount = posting.amount = self.amount(raw.amount)
            posting.span_amount = Span(file, line, raw.amount.column, line, raw.amount.end)
            if raw.cost is not None:
                posting.cost = self.cost(raw.cost, line, negative=amount.quantity < 0)
            posting.parts = [Part(amount.quantity, amount.commodity, posting.cost)]
            self.seen(amount)
        if raw.assertion is not None:
            posting.assertion = self.assertion(raw.assertion, line)
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
                self.report(refused, line)

    def _comment(self, raw: RawComment | None) -> Comment:
        if raw is None:
            return NO_COMMENT
        file = self.file
        tags = tuple([Tag(t.name, t.value, Span(file, t.line, t.column, t.line, t.end)) for t in raw.tags])
        outside = tuple([(text, Span(file, line, begin, line, end)) for text, line, begin, end in raw.outside])
        return Comment(text=raw.text, tags=tags, outside=outside)

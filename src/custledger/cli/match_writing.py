"""`reconcile --write`: inferred matches become tags in the journals, proved on the book as it would be."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from custledger.book.recording import Match, Recording, Unwritten
from custledger.core.money import Money
from custledger.core.text import listed
from custledger.core.trouble import BookError, InternalError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from custledger.book.allocation import Left
    from custledger.book.book import Book
    from custledger.cli.context import Context
    from custledger.core.diagnostic import Diagnostic
    from custledger.core.span import Span
    from custledger.edit.match_plan import Pages
    from custledger.edit.plan import Plan
    from custledger.pipeline import Opened
    from custledger.reconcile.recording import Text

_ROUNDS = 20


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What of the inferred is to be written. None: all of it."""

    customers: Sequence[str] | None = None
    rules: Sequence[str] | None = None
    min_tier: str | None = None
    period: str | None = None


class Proved(NamedTuple):
    """A plan with the book as it would be; `plan` is empty where nothing is to be written."""

    plan: Plan
    after: Opened
    recording: Recording


def writes(
    context: Context,
    customers: Sequence[str] | None,
    *,
    write: bool,
    only: Sequence[str] | None,
    min_tier: str | None,
    period: str | None,
) -> bool:
    """Write, where the options of `reconcile` ask for it; whether they did."""
    if not write and not context.options.get("dry_run"):
        for option, value in (("--only", only), ("--min-tier", min_tier), ("--period", period)):
            if value:
                raise UsageError("recording.needs_write", option=option)
        return False
    write_chosen(context, Choice(customers=customers, rules=only, min_tier=min_tier, period=period))
    return True


def write_chosen(context: Context, choice: Choice) -> None:
    """Write what is inferred as of the day and chosen; then say what was written, and what was left and why."""
    from custledger.cli.match_across import with_across
    from custledger.cli.writing import journals_to_write

    if context.format != "text" or context.output is not None:
        raise UsageError("recording.text_only")
    if context.options.get("recorded_only"):
        raise UsageError("recording.recorded_only")
    opened = journals_to_write(context)
    wanted = chosen(context, choice)
    proved, more = with_across(context, prove(context, opened, wanted), wanted)
    lines = [*_told(context, opened, proved, more), *_left(context, proved, choice)]
    if proved.plan.edits:
        context.write(proved.plan, lines)
    if context.options.get("dry_run") or not proved.plan.edits:
        for line in lines:
            (context.note if context.options.get("dry_run") else context.print)(line)


def chosen(context: Context, choice: Choice) -> Callable[[Match], bool]:
    """Which matches the options ask for."""
    from custledger.core.nearest import nearest
    from custledger.reconcile.across import PAYS_FOR
    from custledger.reconcile.engine import matchers
    from custledger.reconcile.exchange import REASON as FX

    ranks = {matcher.name: matcher.rank for matcher in matchers() if not matcher.recorded}
    # Money for others rests on a number in the text, a payment in another commodity may rest on its amount alone.
    ranks |= {PAYS_FOR: ranks["reference+difference"], FX: ranks["exact"]}
    rules = [rule for given in choice.rules or () for rule in given.replace("，", ",").split(",") if rule.strip()]
    rules = [rule.strip() for rule in rules]
    for rule in [*rules, *([choice.min_tier] if choice.min_tier else [])]:
        if rule not in ranks:
            near = nearest(rule, list(ranks), most=1)
            raise UsageError("recording.no_rule", rule=rule, rules=listed(near or ranks))
    lowest = ranks[choice.min_tier] if choice.min_tier else None
    first, last = context.period(choice.period) if choice.period else (None, None)

    def wanted(match: Match) -> bool:
        rank = ranks.get(match.rule)
        return (
            (choice.customers is None or match.customer in choice.customers)
            and (not rules or match.rule in rules)
            and (lowest is None or (rank is not None and rank <= lowest))
            and (first is None or last is None or first <= match.date <= last)
        )

    return wanted


def prove(context: Context, opened: Opened, wanted: Callable[[Match], bool]) -> Proved:
    """The plan, proved: the book it makes has no new error, the same balances, and the same allocations every day.

    A match that does not keep them is left. Raises BookError where matches are not the cause.
    """
    from custledger import pipeline
    from custledger.reconcile.recording import found, largest, record

    book = replace(opened.book, withheld=opened.book.withheld | frozenset(context.withheld))
    story = pipeline.story(opened)
    text = allowed(opened)
    matches = [match for match in found(book, story, context.as_of) if wanted(match)]
    recording = record(book, story, matches, text)
    trial = _Trial(context, opened, book)
    for _ in range(_ROUNDS):
        proved = trial.run(recording.matches)
        bad, reason = trial.bad(recording.matches, proved)
        if not bad and not trial.worse(proved):
            return Proved(proved.plan, proved.after, recording)
        if not bad:
            adjusted = [match for match in recording.matches if match.adjusting is not None]
            if not adjusted:
                context.note(context.say.text("edit.would_break"))
                raise BookError(trial.worse(proved), proved.after.source.read)
            others = [match for match in recording.matches if match.adjusting is None]
            good = largest(adjusted, partial(trial.sound, others))
            bad, reason = [match for match in adjusted if match not in good], "would-break"
        recording = Recording(
            tuple(match for match in recording.matches if match not in bad),
            (*recording.unwritten, *(Unwritten(match, reason) for match in bad)),
        )
    raise InternalError("matches that cannot be written as they were meant")


class _Trial:
    """The book as some matches would make it, against the book as it is."""

    def __init__(self, context: Context, opened: Opened, book: Book) -> None:
        self.context = context
        self.opened = opened
        self.book = book
        self._before = Counter(cause(problem) for problem in context.diagnostics)

    def run(self, matches: Sequence[Match]) -> Proved:
        """The plan and the book it makes."""
        from custledger import pipeline
        from custledger.edit.match_plan import write_matches

        pages = self.pages()
        taggings = [tagging for match in matches for tagging in match.taggings]
        adjustings = [match.adjusting for match in matches if match.adjusting is not None]
        plan = write_matches(pages, taggings, adjustings, self.opened.journal.commodities)
        after = pipeline.planned(self.opened, plan) if plan.edits else self.opened
        return Proved(plan, after, Recording(tuple(matches)))

    def pages(self) -> Pages:
        """The journals, with no splice made yet."""
        from custledger.edit.match_plan import Pages

        opened = self.opened
        return Pages(opened.journal, opened.source.read, self.book.commodities, opened.settings.decimal_mark)

    def sound(self, others: Sequence[Match], some: Sequence[Match]) -> bool:
        """Whether the book has no new error with these."""
        return not self.worse(self.run([*others, *some]))

    def worse(self, proved: Proved) -> list[Diagnostic]:
        """The errors that the book has not now. Those that only moved are not among them."""
        from custledger import pipeline

        if not proved.plan.edits:
            return []
        left = Counter(self._before)
        found: list[Diagnostic] = []
        for problem in pipeline.errors(proved.after, self.context.today):
            left[cause(problem)] -= 1
            if left[cause(problem)] < 0:
                found.append(problem)
        return found

    def bad(self, matches: Sequence[Match], proved: Proved) -> tuple[list[Match], str]:
        """The matches that do something else than they were meant to, and the reason that is given."""
        from custledger import pipeline
        from custledger.edit.match_proof import differing as sums_differing
        from custledger.reconcile.recording import differing

        if not proved.plan.edits or self.worse(proved):
            return [], ""
        adjustings = [match.adjusting for match in matches if match.adjusting is not None]
        pages = self.pages()
        moved = sums_differing(self.opened.journal, proved.after.journal, pages, adjustings)
        if moved is None:
            return list(matches), "not-as-meant"
        spans = {posting.span for index in moved for posting in self.opened.journal.transactions[index].postings}
        bad = [match for match in matches if spans & _spans(match)]
        if moved:
            return (bad or list(matches)), "not-as-meant"
        told = (self.book, pipeline.story(self.opened)), (proved.after.book, pipeline.story(proved.after))
        customers = set(differing(*told, matches))
        mine = [match for match in matches if match.customer in customers]
        return (mine or list(matches) if customers else []), "changes-others"


def _spans(match: Match) -> set[object]:
    spans: set[object] = {tagging.span for tagging in match.taggings}
    return spans | ({match.adjusting.span} if match.adjusting else set())


def cause(problem: Diagnostic) -> tuple[object, ...]:
    """What a problem is, wherever it stands."""
    return (problem.slug, problem.variant, problem.severity, problem.customer)


def allowed(opened: Opened) -> Text:
    """What the text of the journals lets be written."""
    from custledger.cli.writing import written_in
    from custledger.edit.match_plan import Pages
    from custledger.reconcile.recording import Text

    pages = Pages(opened.journal, opened.source.read, opened.book.commodities, opened.settings.decimal_mark)

    def refused(span: Span) -> str:
        return pages.refused(span) if written_in(opened, span) else "not-named"

    return Text(refused=refused, account=lambda role: account_of(opened, role))


def account_of(opened: Opened, role: str) -> tuple[str, str]:
    """The account that takes a difference of this role, and why nothing can be posted to it (or nothing)."""
    names = opened.settings.accounts.get(role, ())
    if not names:
        return "", "no-account-bare" if opened.bare else "no-account"
    declared = {account.name for account in opened.journal.accounts}
    used = any(p.account == names[0] for t in opened.journal.transactions for p in t.postings)
    return names[0], "" if not declared or names[0] in declared or used else "account-missing"


# --- what is said


def _told(context: Context, opened: Opened, proved: Proved, more: Sequence[str]) -> list[str]:
    """What was written, or would be: the sums by rule, what is said `more` of proposals, the files and their lines."""
    say, matches = context.say, proved.recording.matches
    only_shown = bool(context.options.get("dry_run"))
    if not matches and not more:
        return [say.text("recording.nothing")]
    if not matches:
        head = say.text("recording.across_would" if only_shown else "recording.across_written", count=len(more))
        return [head, *more, *places_of(context, opened, proved.plan)]
    receipts = len({key for match in matches for key in match.credits})
    count = sum(len(match.allocations) for match in matches)
    head = say.text("recording.would_write" if only_shown else "recording.written", count=count, credits=receipts)
    lines = [head, *more]
    for rule in dict.fromkeys(match.rule for match in matches):
        mine = [match for match in matches if match.rule == rule]
        count = sum(len(match.allocations) for match in mine)
        sums = sums_of(opened, [(match.commodity, match.amount) for match in mine])
        lines.append(f"  {say.text('recording.by_rule', rule=_rule(context, rule), count=count, amount=sums)}")
    adjusted = [match for match in matches if match.adjusting is not None]
    for match in adjusted:
        if match.adjusting is not None and match.proposal is not None:
            amount = sums_of(opened, [(match.commodity, match.adjusting.amount)])
            reason = say.text(f"reports.difference.{match.proposal.reason}")
            account = match.adjusting.account
            lines.append(f"  {say.text('recording.adjusted', reason=reason, amount=amount, account=account)}")
    return [*lines, *places_of(context, opened, proved.plan)]


def places_of(context: Context, opened: Opened, plan: Plan) -> list[str]:
    """The files that a plan changes, and their lines as they are then."""
    lines = []
    for edit in plan.edits:
        places = _ranges(changed_lines(opened.source.read(edit.name), plan, edit.name))
        lines.append(f"  {context.say.text('recording.file', file=edit.name, lines=places)}")
    return lines


def _left(context: Context, proved: Proved, choice: Choice) -> list[str]:
    """What was left of what was chosen, and what nothing was found for, each with its reason."""
    from custledger.reconcile.leftovers import leftovers
    from custledger.workers import workers

    say, book = context.say, proved.after.book
    show = book.commodities.named
    credits_ = {credit.key: credit for credit in context.book().book.credits}
    lines = []
    for left in proved.recording.unwritten:
        match = left.match
        names = ", ".join(credits_[key].name for key in match.credits)
        amount = match.amount or (match.proposal.amount if match.proposal else 0)
        why = say.text(f"recording.left.{left.reason}", **left.args)
        money = show(Money(amount, match.commodity))
        lines.append(
            f"  {say.text('recording.left_one', name=names, amount=money, rule=_rule(context, match.rule), why=why)}"
        )
    found = leftovers(book, context.as_of, choice.customers, workers)
    first, last = context.period(choice.period) if choice.period else (None, None)
    open_ = _unapplied(book, found.left, context.withheld, first, last)
    unapplied = _amounts(proved, context.as_of)
    after = {credit.key: credit for credit in book.credits}
    for key in open_:
        credit = after[key]
        rest = Money(unapplied.get(key, credit.money.minor), credit.money.commodity)
        why = _reason(context, found.left[key].reason)
        lines.append(f"  {say.text('recording.open_one', name=credit.name, amount=show(rest), why=why)}")
    return [say.text("recording.left_count", count=len(lines)), *lines] if lines else []


def _unapplied(
    book: Book, left: Mapping[str, Left], withheld: Mapping[str, object], first: date | None, last: date | None
) -> list[str]:
    """The credits with something left, in order of customer and day."""
    mine = [credit for credit in book.credits if credit.key in left and credit.customer not in withheld]
    if first is not None and last is not None:
        mine = [credit for credit in mine if first <= credit.date <= last]
    return [credit.key for credit in sorted(mine, key=lambda credit: (credit.customer, credit.order))]


def _amounts(proved: Proved, as_of: date) -> dict[str, int]:
    """What of each credit nothing uses on the day."""
    from custledger import pipeline

    rests = {credit.key: credit.money.minor for credit in proved.after.book.credits}
    for each in pipeline.story(proved.after).allocations:
        if each.holds(as_of) and each.credit in rests:
            rests[each.credit] -= each.amount
    return rests


def _reason(context: Context, slug: str) -> str:
    key = f"reports.reason.{slug}"
    return context.say.text(key) if context.say.has(key) else slug


def _rule(context: Context, rule: str) -> str:
    keys = (f"reports.rule.{rule}", f"reports.difference.{rule}")
    return next((context.say.text(key) for key in keys if context.say.has(key)), rule)


def sums_of(opened: Opened, amounts: Iterable[tuple[str, int]]) -> str:
    """Minor units by commodity as text: `CNY 12.00, USD 3.00`."""
    sums: dict[str, int] = {}
    for commodity, minor in amounts:
        sums[commodity] = sums.get(commodity, 0) + minor
    return listed(opened.book.commodities.named(Money(sums[name], name)) for name in sorted(sums))


def changed_lines(old: bytes, plan: Plan, name: str) -> list[int]:
    """The lines of the new file that a plan changed or added, from 1."""
    found: list[int] = []
    shift = 0
    for splice in next(edit.splices for edit in plan.edits if edit.name == name):
        line = old.count(b"\n", 0, splice.start) + 1 + shift
        removed, added = old.count(b"\n", splice.start, splice.end), splice.new.count(b"\n")
        above, whole = splice.new.startswith((b"\n", b"\r\n")), splice.new.endswith(b"\n") or not splice.new
        found += range(line + 1 if above else line, line + added + (0 if whole else 1))
        shift += added - removed
    return sorted(set(found))


def _ranges(lines: Sequence[int]) -> str:
    """`5-7, 12`."""
    runs: list[list[int]] = []
    for line in lines:
        if runs and line == runs[-1][1] + 1:
            runs[-1][1] = line
        else:
            runs.append([line, line])
    return listed(str(first) if first == last else f"{first}-{last}" for first, last in runs)

"""Balancing a whole journal: transactions, balance assignments and assertions, in hledger's order.

Postings run by their date, then as they stand; a transaction with an assignment runs whole, at its own date.
Source: hledger 1.25, "Balance assertions", "Balance assignments"; balances are exact and without cost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.core.diagnostic import problem
from custledger.core.money import EXACT
from custledger.parse.journal.balance import ZERO, Sums, balance, shown
from custledger.parse.journal.draft import Part

if TYPE_CHECKING:
    from collections.abc import Mapping

    from custledger.core.diagnostic import Diagnostic
    from custledger.parse.journal.draft import Draft, DraftPosting, Gathered


def settle(
    gathered: Gathered, drafts: list[Draft], declared: Mapping[str, int], *, asserting: bool = True
) -> list[Draft]:
    """Balance the drafts of one journal; those that could be, in their order. Problems go to `gathered`.

    Without `asserting` no balance is looked at: the drafts are not all that there are, and none is an assignment.
    """
    asserted = asserting and any(posting.assertion for draft in drafts for posting in draft.postings)
    if asserted:
        return _Ledger(gathered, declared).run(drafts)
    good: list[Draft] = []
    for draft in drafts:
        problems, _ = balance(draft, declared)
        if problems:
            gathered.diagnostics.extend(problems)
            gathered.broken.append(draft.span)
        else:
            good.append(draft)
    return good


class _Ledger:
    """Running balances of all accounts, without cost."""

    def __init__(self, gathered: Gathered, declared: Mapping[str, int]) -> None:
        self.gathered = gathered
        self.declared = declared
        self.balances: dict[str, Sums] = {}

    def run(self, drafts: list[Draft]) -> list[Draft]:
        steps: list[tuple[object, Draft, DraftPosting | None]] = []
        for draft in drafts:
            assigned = any(posting.amount is None and posting.assertion for posting in draft.postings)
            if assigned:
                steps.append((draft.date, draft, None))
                continue
            self._finish(draft)
            steps.extend((posting.date, draft, posting) for posting in draft.postings)
        steps.sort(key=lambda step: step[0])  # type: ignore[arg-type,return-value]
        for _, draft, posting in steps:
            if posting is None:
                self._assign(draft)
            elif posting.parts is not None:
                self._add(posting)
                self._check(posting)
        return [draft for draft in drafts if not draft.doubtful]

    def _finish(self, draft: Draft) -> list[DraftPosting]:
        problems, inferred = balance(draft, self.declared)
        if problems:
            self._refuse(draft, [] if self._in_doubt_any(draft) else problems)
            for posting in draft.postings:
                if posting.parts is None:
                    self.gathered.tainted.add(posting.account)
        return inferred

    def _refuse(self, draft: Draft, problems: list[Diagnostic]) -> None:
        draft.doubtful = True
        self.gathered.diagnostics.extend(problems)
        self.gathered.broken.append(draft.span)

    def _in_doubt_any(self, draft: Draft) -> bool:
        """Whether an assigned amount in it rests on something unreadable."""
        return any(p.assertion and p.amount is None and self._in_doubt(p) for p in draft.postings)

    def _assign(self, draft: Draft) -> None:
        problems = [found for posting in draft.postings for found in self._illegal(posting)]
        dates = [posting.date for posting in draft.postings]
        if not problems and dates != sorted(dates):
            problems = [problem("unsupported", draft.span, variant="assignment-order")]
        if problems:
            self._refuse(draft, problems)
            self.gathered.tainted.update(posting.account for posting in draft.postings)
            return
        for posting in draft.postings:
            if posting.amount is not None:
                self._add(posting)
                self._check(posting)
            elif posting.assertion is not None:
                self._assigned(posting)
        for posting in self._finish(draft):
            self._add(posting)

    def _illegal(self, posting: DraftPosting) -> list[Diagnostic]:
        """What hledger refuses: an assignment with a posting date of its own, or where a rule may add to it.

        Beside an assignment hledger 1.25 balances without costs and newer versions with them: neither is taken.
        Likewise it takes postings as they stand, newer versions by date.
        """
        if posting.amount is not None:
            return [problem("unsupported", posting.cost.span, variant="assignment-with-cost")] if posting.cost else []
        if posting.assertion is None:
            return []
        if posting.dated:
            return [problem("syntax", posting.assertion.span, variant="assignment-dated")]
        if posting.account in self.gathered.automatic:
            return [problem("syntax", posting.assertion.span, variant="assignment-rule", account=posting.account)]
        return []

    def _assigned(self, posting: DraftPosting) -> None:
        assertion = posting.assertion
        if assertion is None:  # pragma: no cover - the caller has looked
            return
        amount = assertion.amount
        old = self.balances.setdefault(posting.account, {})
        target: Sums = {} if assertion.sole else {name: old[name] for name in old if name != amount.commodity}
        target[amount.commodity] = amount.quantity
        if assertion.inclusive:
            below = self._inclusive(posting.account, own=False)
            names = sorted({*target, *below})
            target = {name: EXACT.subtract(target.get(name, ZERO), below.get(name, ZERO)) for name in names}
        change = {name: EXACT.subtract(target.get(name, ZERO), old.get(name, ZERO)) for name in sorted({*target, *old})}
        parts = []
        for name, quantity in change.items():
            if name == amount.commodity and assertion.cost is not None:
                before = EXACT.subtract(quantity, amount.quantity)
                parts.append(Part(amount.quantity, name, assertion.cost))
                parts.extend([Part(before, name, None)] if before else [])
            elif quantity:
                parts.append(Part(quantity, name, None))
        posting.parts = parts
        self.balances[posting.account] = target

    def _add(self, posting: DraftPosting) -> None:
        sums = self.balances.setdefault(posting.account, {})
        for quantity, commodity, _ in posting.parts or ():
            sums[commodity] = EXACT.add(sums.get(commodity, ZERO), quantity)

    def _inclusive(self, account: str, *, own: bool = True) -> Sums:
        total: Sums = {}
        below = account + ":"
        for name, sums in self.balances.items():
            if (own and name == account) or name.startswith(below):
                for commodity, quantity in sums.items():
                    total[commodity] = EXACT.add(total.get(commodity, ZERO), quantity)
        return total

    def _check(self, posting: DraftPosting) -> None:
        """Compare what is asserted with the balance; a failure is made good so that it is reported once."""
        assertion = posting.assertion
        if assertion is None:
            return
        own = self.balances.get(posting.account, {})
        actual = self._inclusive(posting.account) if assertion.inclusive else own
        expected = {assertion.amount.commodity: assertion.amount.quantity}
        if assertion.sole:
            expected.update({name: ZERO for name in own if name != assertion.amount.commodity})
        for commodity in sorted(expected):
            wanted, there = expected[commodity], actual.get(commodity, ZERO)
            if wanted == there:
                continue
            difference = EXACT.subtract(there, wanted)
            own[commodity] = EXACT.subtract(own.get(commodity, ZERO), difference)
            if self._in_doubt(posting):
                continue
            self.gathered.diagnostics.append(
                problem(
                    "failed-assertion",
                    assertion.span,
                    variant="inclusive" if assertion.inclusive else "",
                    account=posting.account,
                    date=posting.date.isoformat(),
                    expected=shown(wanted, commodity),
                    actual=shown(there, commodity),
                    difference=shown(difference, commodity),
                )
            )

    def _in_doubt(self, posting: DraftPosting) -> bool:
        gathered = self.gathered
        if gathered.holes or posting.account in gathered.tainted:
            return True
        inclusive = posting.assertion is not None and posting.assertion.inclusive
        return inclusive and any(name.startswith(posting.account + ":") for name in gathered.tainted)

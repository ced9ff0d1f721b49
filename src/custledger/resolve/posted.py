"""Which journal transaction is which document's posting, and whether they agree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.core.diagnostic import Diagnostic, Related, Scope, problem
from custledger.core.frozen import field, mutable
from custledger.core.money import Commodities, Money

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from custledger.resolve.documents import Paper
    from custledger.resolve.rows import Row


@mutable
class Claims:
    """Documents found in the journal, what differs, and whose figures are therefore withheld."""

    papers: Mapping[str, Paper]
    commodities: Commodities
    claimed: dict[str, tuple[Row, ...]] = field(default_factory=dict)
    """The rows that post a document, by its number."""
    differing: set[str] = field(default_factory=set)
    """Documents whose posting says otherwise: the book has the journal's figures."""
    diagnostics: list[Diagnostic] = field(default_factory=list)
    withheld: set[str] = field(default_factory=set)

    def claim(self, rows: Sequence[Row]) -> tuple[Paper | None, list[Row], bool]:
        """(document, its rows, whether they agree) of a transaction; (None, [], True) where it posts none.

        The first transaction of the document's kind that has its number as code is its posting; a second one
        is a charge of the same number, which a check reports.
        """
        transaction = rows[0].transaction
        paper = self.papers.get(transaction.code) if transaction.code else None
        if paper is None or paper.number in self.claimed:
            return None, [], True
        mine = [row for row in rows if _posts(row, paper)]
        if not mine:
            return None, [], True
        self.claimed[paper.number] = tuple(mine)
        return paper, mine, self._agrees(paper, mine)

    def _agrees(self, paper: Paper, rows: Sequence[Row]) -> bool:
        invoice, row = paper.invoice, rows[0]
        customers = list(dict.fromkeys(each.customer for each in rows))
        commodities = list(dict.fromkeys(each.money.commodity for each in rows))
        dates = list(dict.fromkeys(each.date for each in rows))
        differing: list[tuple[str, str, str]] = []
        if customers != [invoice.customer]:
            differing.append(("customer", ", ".join(customers), invoice.customer))
        if dates != [invoice.date]:
            differing.append(("date", ", ".join(str(day) for day in dates), str(invoice.date)))
        if commodities != [paper.money.commodity]:
            differing.append(("commodity", ", ".join(commodities), paper.money.commodity))
        else:
            posted = Money(sum(each.money.minor for each in rows), paper.money.commodity)
            if posted != paper.money:
                differing.append(("total", self._named(posted), self._named(paper.money)))
        for variant, theirs, ours in differing:
            self.differs(paper, row, variant, theirs, ours)
        if differing:
            self.differing.add(paper.number)
            self.withheld.update(customers)
        return not differing

    def differs(self, paper: Paper, row: Row, variant: str, posted: str, document: str) -> None:
        """Report that the journal says otherwise than the document."""
        invoice = paper.invoice
        place = invoice.spans.get("customer" if variant == "customer" else "date", invoice.span)
        self.withheld.add(invoice.customer)
        self.diagnostics.append(
            problem(
                "posting-differs",
                row.posting.span_account if variant == "customer" else row.posting.span_amount or row.posting.span,
                variant=variant,
                scope=Scope.CUSTOMER,
                customer=invoice.customer,
                related=(Related(place, "document"),),
                number=invoice.number,
                posted=posted,
                document=document,
            )
        )

    def _named(self, money: Money) -> str:
        return self.commodities.named(Money(abs(money.minor), money.commodity))


def _posts(row: Row, paper: Paper) -> bool:
    if paper.is_charge:
        fits = row.sign > 0 and row.kind == "invoice" and not row.tags.get("reverses")
    else:
        fits = row.sign < 0 and row.kind in {"credit-note", "invoice"} and not row.tags.get("reverses")
    own = row.posting.tag("invoice")
    if not fits or own is None or not paper.is_charge:
        return fits
    return own.value.strip() == paper.number or own.value.strip().startswith(f"{paper.number}/")

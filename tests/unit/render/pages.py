"""Every page that there is, of one standing: for tests that look at all of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from custledger.document import Document
from custledger.report import (
    aging,
    aging_page,
    balance,
    customer_show,
    customers,
    invoice_show,
    invoice_show_page,
    invoices,
    overview,
    payments,
    reconcile,
    reconcile_page,
    statement,
    statement_page,
)


def every_page(standing) -> Iterable[tuple[str, Document, Any]]:
    result: Any = balance.build(standing, by_account=True)
    yield "balance", balance.document(result, standing), result
    for name, options in {
        "aging": aging.AgingOptions(),
        "aging-detail": aging.AgingOptions(detail=True, group_by="segment"),
        "aging-provision": aging.AgingOptions(preset="cn-provision"),
        "aging-months": aging.AgingOptions(months=3),
    }.items():
        result = aging.build(standing, options)
        yield name, aging_page.document(result, standing), result
    for layout in statement.LAYOUTS:
        everybody = statement.build(standing, statement.StatementOptions(layout=layout))
        for customer in everybody.customers:
            yield f"statement-{layout}", statement_page.document(everybody, standing, customer), everybody
        yield f"summary-{layout}", statement_page.summary(everybody, {}), everybody
    for report in (customers, payments):
        result = report.build(standing)
        yield result.report, report.document(result, standing), result
    result = invoices.build(standing, state="all", columns=",".join(field.name for field in invoices.FIELDS))
    yield "invoice-list", invoices.document(result, standing), result
    result = reconcile.build(standing)
    yield "reconcile", reconcile_page.document(result, standing, detail=True), result
    result = overview.build(standing.book, standing, as_of=standing.as_of)
    yield "overview", overview.document(result, standing, standing.book.settings.company.name), result
    for customer in standing.book.customers:
        result = customer_show.build(standing, customer)
        yield "customer", customer_show.document(result, standing), result
    for charge in standing.book.charges:
        result = invoice_show.build(standing, charge.name)
        yield "invoice", invoice_show_page.document(result, standing), result

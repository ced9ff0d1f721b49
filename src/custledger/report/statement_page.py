"""The page of a statement: a document a customer, in the customer's language, a section a currency."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.core.text import listed
from custledger.document import Cell, Column, Document, Facts, Heading, Paragraph, Row, Table, word
from custledger.i18n.catalogue import Catalogue
from custledger.report.capitals import RENMINBI, capitals
from custledger.report.result import Who, in_currency, limits
from custledger.report.statement_tables import activity_table, foot, open_item_table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from custledger.book.customer import Customer
    from custledger.book.position import Standing
    from custledger.core.money import Money
    from custledger.document import Block, Value
    from custledger.report.statement import Skipped, Statement, StatementResult


_ID_SHOWN = 16
"""Digits of the book's id that a page shows."""


def language_of(standing: Standing, customer: str) -> str | None:
    """The language of what this customer receives: theirs, else the book's; None (the reader's) for bare journals."""
    profile = standing.book.customers.get(customer)
    if profile is not None and profile.language:
        return profile.language
    return None if standing.book.settings.bare else standing.book.settings.language


def document(result: StatementResult, standing: Standing, customer: str | None = None) -> Document:
    """The page of one customer (the first, where none is named)."""
    customer = customer or next(iter(result.customers), "")
    mine = [statement for statement in result.statements if statement.customer == customer]
    profile = standing.book.customers.get(customer)
    language = language_of(standing, customer)
    blocks: list[Block] = [_parties(standing, profile, customer)]
    for statement in mine:
        blocks += _section(statement, language, several=len(mine) > 1)
    if not mine:
        blocks.append(Paragraph((word("reports.statement.nothing", day=standing.as_of),)))
    if any(statement.closing.minor > 0 for statement in mine):
        blocks += _payment(standing)
    blocks += _contact(standing, profile)
    if any(statement.layout == "itemised" for statement in mine):
        blocks += _slip(mine, standing, customer)
    blocks += _identity(result, standing)
    return Document(
        title=word("reports.statement.title"),
        definition=_definition(mine, standing),
        blocks=tuple(block for block in blocks if not isinstance(block, Facts) or block.items),
        commodities=result.commodities,
        language=language,
    )


def _definition(mine: list[Statement], standing: Standing) -> tuple[Value, ...]:
    lines: list[Value] = []
    if mine and mine[0].date_from is not None:
        period = word("reports.statement.period", first=mine[0].date_from, last=mine[0].date_to)
        lines = [period, word(f"reports.statement.definition.{mine[0].layout}")]
    elif mine:
        lines = [word("reports.statement.day", day=mine[0].date_to), word("reports.statement.definition.open-item")]
    return (*lines, *limits(standing), *in_currency(statement.currency for statement in mine))


def _parties(standing: Standing, profile: Customer | None, customer: str) -> Facts:
    company = standing.book.settings.company
    items: list[tuple[Value, Cell]] = []
    if company.name:
        items.append((word("reports.statement.from"), Cell(company.name)))
    items.append((word("reports.statement.to"), Cell(profile.name if profile is not None else customer, "strong")))
    if profile is not None:
        address = _address(profile.address)
        if address:
            items.append((word("reports.statement.address"), Cell(address)))
        if profile.tax_id:
            items.append((word("reports.statement.tax_id"), Cell(profile.tax_id)))
        if profile.name != customer:
            items.append((word("reports.statement.customer"), Cell(customer)))
    return Facts(tuple(items))


def _address(address: Mapping[str, str]) -> str:
    """In the order of the country: from large to small for Chinese addresses, street first elsewhere."""
    if address.get("country") in {"CN", "TW", "HK", "MO", "JP"}:
        parts = [address.get(name, "") for name in ("postcode", "region", "city", "street")]
        unlike = [part for index, part in enumerate(parts) if part and part not in parts[:index]]
        return " ".join(unlike)
    town = " ".join(filter(None, (address.get("postcode", ""), address.get("city", ""))))
    return ", ".join(
        filter(None, (address.get("street", ""), town, address.get("region", ""), address.get("country", "")))
    )


def _section(statement: Statement, language: str | None, *, several: bool) -> list[Block]:
    blocks: list[Block] = []
    if several:
        blocks.append(Heading(word("reports.statement.currency", currency=statement.currency), 2))
    if statement.layout == "open-item":
        blocks.append(open_item_table(statement) if statement.lines else Paragraph((word("reports.nothing.settled"),)))
    else:
        blocks.append(activity_table(statement))
    if statement.layout == "itemised":
        blocks.append(_turnover(statement, language))
    words = _in_words(statement.closing, language)
    if words:
        blocks.append(Facts(((word("reports.statement.in_words"), Cell(words)),)))
    return [*blocks, *foot(statement)]


def _turnover(statement: Statement, language: str | None) -> Facts:
    period = statement.period
    if period is None:
        return Facts(())
    items: list[tuple[Value, Cell]] = [
        (word("reports.statement.opening"), Cell(statement.opening)),
        (word("reports.statement.charged"), Cell(period.charged)),
        (word("reports.statement.received"), Cell(period.received)),
    ]
    if period.credited:
        items.append((word("reports.statement.credited"), Cell(period.credited)))
    items.append((word("reports.statement.closing"), Cell(statement.closing, "strong")))
    # 已开票 / 未开票 is a question of Chinese trade; elsewhere an invoice is its own tax invoice.
    if period.tax_invoiced or Catalogue(language or "en").language == "zh":
        items += [
            (word("reports.statement.tax_invoiced"), Cell(period.tax_invoiced)),
            (word("reports.statement.not_tax_invoiced"), Cell(period.not_tax_invoiced)),
        ]
    return Facts(tuple(items), title=word("reports.statement.summary"))


def _in_words(money: Money, language: str | None) -> str:
    if money.commodity not in RENMINBI or Catalogue(language or "en").language != "zh":
        return ""
    return capitals(money.minor)


def _payment(standing: Standing) -> list[Block]:
    known = ("bank", "account", "iban", "bic", "name", "currency", "branch")
    facts = [
        Facts(
            tuple((word(f"reports.bank.{name}") if name in known else name, Cell(value)) for name, value in one.items())
        )
        for one in standing.book.settings.company.bank_accounts
    ]
    if not facts:
        return []
    head = Heading(word("reports.statement.how_to_pay"), 3)
    return [head, *facts, Paragraph((word("reports.statement.quote"),), "muted")]


def _contact(standing: Standing, profile: Customer | None) -> list[Block]:
    company = standing.book.settings.company
    owner = profile.owner if profile is not None else ""
    pairs = (("owner", owner), ("phone", company.phone), ("email", company.email))
    items = [(word(f"reports.contact.{name}"), Cell(value)) for name, value in pairs if value]
    return [Facts(tuple(items), title=word("reports.statement.who_to_ask"))] if items else []


def _identity(result: StatementResult, standing: Standing) -> list[Block]:
    """Which state of the book it is of."""
    if not result.book_id:
        return []
    short = result.book_id[:_ID_SHOWN]
    if standing.book.settings.bare:
        files: Value = word("reports.head.stdin") if standing.book.label == ("-",) else listed(standing.book.label)
        said = word("reports.statement.journal_id", files=files, id=short)
    elif result.commit:
        said = word("reports.statement.book_commit", id=short, commit=result.commit)
    else:
        said = word("reports.statement.book_id", id=short)
    return [Paragraph((said,), "muted")]


def _slip(mine: list[Statement], standing: Standing, customer: str) -> list[Block]:
    """The confirmation slip (回执): to be stamped and sent back."""
    profile = standing.book.customers.get(customer)
    company = standing.book.settings.company.name or word("reports.statement.us")
    lines: list[Value] = [
        word("reports.slip.to", company=company),
        *(word("reports.slip.amount", day=standing.as_of, amount=statement.closing) for statement in mine),
        word("reports.slip.agree"),
        word("reports.slip.differ"),
        word("reports.slip.sign", name=profile.name if profile is not None else customer),
    ]
    return [Heading(word("reports.slip.title"), 2), Paragraph(tuple(lines))]


def summary(result: StatementResult, files: Mapping[str, str]) -> Document:
    """The page of a batch: who got a statement, in which file, and who did not and why."""
    who = Who.of(result.statements)
    rows = [
        Row(
            (
                *who.cells(one.customer, one.name, one.currency),
                Cell(one.closing),
                Cell(files.get(one.customer)),
            )
        )
        for one in result.statements
    ]
    columns = (
        *who.columns,
        Column(word("reports.statement.closing"), right=True),
        Column(word("reports.column.file"), shrink=True),
    )
    blocks: list[Block] = [Table(columns, tuple(rows))] if rows else [Paragraph((word("reports.nothing.rows"),))]
    withheld = [one for one in result.skipped if one.reason == "withheld"]
    others = [one for one in result.skipped if one.reason != "withheld"]
    for title, skipped in (("withheld", withheld), ("skipped", others)):
        if skipped:
            blocks.append(_skipped(f"reports.statement.{title}", skipped))
    return Document(
        title=word("reports.statement.batch"),
        definition=(
            word("reports.statement.batch_of", count=len(files), day=result.as_of),
            *in_currency(one.currency for one in result.statements),
        ),
        blocks=tuple(blocks),
        commodities=result.commodities,
    )


def _skipped(title: str, skipped: list[Skipped]) -> Table:
    rows = [
        Row((Cell(one.customer), Cell(one.name), Cell(", ".join(one.problems) or word("reports.nothing.settled"))))
        for one in skipped
    ]
    columns = (
        Column(word("reports.column.customer"), shrink=True),
        Column(word("reports.column.name"), shrink=True),
        Column(word("reports.column.reason")),
    )
    return Table(columns, tuple(rows), title=word(title))

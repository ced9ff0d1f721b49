"""Rendered documents, letter for letter. `pytest --update` rewrites them: read the difference."""

from __future__ import annotations

import pytest

from custledger.book.settings import Company, Settings
from custledger.i18n.catalogue import Catalogue
from custledger.render import draw, suffixes
from custledger.report import aging, aging_page, balance, overview, reconcile, reconcile_page, statement, statement_page
from standings import Hand, trading_company
from unit.report.test_lists import with_document

ENDINGS = {name: ending for ending, name in suffixes().items()}


def company(language: str, hand: Hand | None = None) -> Hand:
    hand = hand or trading_company()
    bank = {"bank": "工商银行杭州支行", "account": "1202 0210 0990 1234"}
    firm = Company(name="杭州清流机电有限公司", phone="0571-8888 0000", bank_accounts=(bank,))
    hand.settings = Settings(language=language, company=firm)
    return hand


def page(name: str, language: str):
    standing = company(language).standing()
    if name == "aging":
        result = aging.build(standing, aging.AgingOptions(detail=True))
        return aging_page.document(result, standing), result
    if name == "aging-provision":
        result = aging.build(standing, aging.AgingOptions(preset="cn-provision", group_by="segment"))
        return aging_page.document(result, standing), result
    if name == "balance":
        result = balance.build(standing, by_account=True)
        return balance.document(result, standing), result
    if name == "reconcile":
        result = reconcile.build(standing)
        return reconcile_page.document(result, standing, detail=True), result
    if name == "overview":
        result = overview.build(standing.book, standing, as_of=standing.as_of)
        return overview.document(result, standing, "杭州清流机电有限公司"), result
    layout = name.removeprefix("statement-")
    if layout == "itemised":
        standing = company(language, with_document(Hand().customer("acme", "上海蓝海贸易有限公司"))).standing(
            "2026-06-30"
        )
    options = statement.StatementOptions(
        customers=("acme",) if layout == "itemised" else ("blueocean",),
        layout=layout,
        date_from=standing.as_of.replace(month=5, day=1) if layout != "open-item" else None,
    )
    result = statement.build(standing, options)
    return statement_page.document(result, standing), result


CASES = [
    *[(name, kind, lang) for name in ("balance", "aging", "aging-provision", "reconcile", "overview") for lang in ("en", "zh") for kind in ("text",)],
    *[(f"statement-{layout}", kind, lang) for layout in statement.LAYOUTS for lang in ("en", "zh") for kind in ("text",)],
    *[("statement-detailed", kind, "zh") for kind in ("md", "html", "csv", "json")],
    *[("aging", kind, "en") for kind in ("md", "html", "csv", "json")],
]  # fmt: skip


@pytest.mark.parametrize(("name", "kind", "lang"), CASES)
def test_the_document_is_what_it_was(name, kind, lang, request):
    document, result = page(name, lang)
    drawn = draw(document, result, kind, Catalogue(lang))
    golden = request.config.rootpath / "tests" / "golden" / "reports" / f"{name}.{lang}{ENDINGS[kind]}"
    if request.config.getoption("--update"):
        golden.write_bytes(drawn.encode("utf-8"))
    assert golden.read_bytes().decode("utf-8") == drawn

"""`why`: names, cells that sum to the aging, and every reason with words in both languages."""

import re
from pathlib import Path

import pytest

from custledger.core.trouble import UsageError
from custledger.i18n.catalogue import Catalogue, messages
from custledger.reconcile import candidates, ladder
from custledger.render import draw
from custledger.report import aging, why, why_page
from custledger.report.why_names import asked
from custledger.report.why_words import SENTENCES
from engine import back, book, paid, sale
from standings import trading_company


def standing(text, on="2026-12-31"):
    return book(text, tiers=None).on(on)


@pytest.mark.parametrize("options", [{}, {"basis": "invoice"}, {"edges": ("10", "2m", "1y")}, {"net": "oldest"}])
def test_the_items_of_a_cell_sum_to_it(options):
    stand = trading_company().standing()
    chosen = aging.AgingOptions(**options)
    for row in aging.build(stand, chosen).rows:
        buckets = aging.build(stand, chosen).buckets
        amounts = dict(zip([*buckets, "unapplied", "total"], [*row.amounts, row.unapplied, row.total], strict=True))
        for name, amount in amounts.items():
            account = why.build(stand, f"{row.customer}:{name}", chosen).account
            (shown,) = [one.shown for one in account.totals if one.currency == row.currency]
            assert shown == amount, (row.customer, name)
            items = sum(item.open.minor for item in account.items if item.currency == row.currency)
            assert name in {"unapplied", "total"} or items == amount.minor


def test_a_number_that_several_have_is_refused_with_all_of_them():
    stand = standing(sale("I-1", "2026-01-01", 100) + paid("R", "2026-02-01", 50) + paid("R", "2026-02-02", 20))
    with pytest.raises(UsageError) as caught:
        asked(stand, "R", [])
    assert caught.value.args_named["found"] == "R@0.journal:6, R@0.journal:9"
    assert asked(stand, "R@0.journal:9", []).entries[0].money.minor == 2000


@pytest.mark.parametrize("name", ["r-1", "Ｒ－１", "0.journal:6", "0.journal:4", "R-1@0.journal:6"])
def test_an_entry_is_found_by_every_spelling(name):
    stand = standing(sale("I-1", "2026-01-01", 100) + paid("R-1", "2026-02-01", 50))
    assert asked(stand, name, []).entries[0].name == "R-1"


def test_a_customer_and_an_entry_of_one_name():
    stand = standing(sale("acme", "2026-01-01", 100))
    with pytest.raises(UsageError) as caught:
        asked(stand, "acme", [])
    assert caught.value.args_named["found"] == "customer:acme, acme@0.journal:2"
    assert asked(stand, "customer:acme", []).customer == "acme"


def test_what_ended_an_allocation_is_named():
    text = (
        sale("I-1", "2026-01-01", 100)
        + paid("R-1", "2026-02-01", (100, "invoice:I-1"))
        + back("B-1", "2026-03-01", 100, "R-1")
    )
    (entry,) = why.build(standing(text), "I-1").entries
    (step,) = entry.allocations
    assert (step.released_by, step.released_rule, str(step.until)) == ("B-1", "reverses", "2026-03-01")
    (before,) = why.build(standing(text, "2026-02-28"), "I-1").entries
    assert before.allocations[0].until is None


def test_every_outcome_has_a_sentence():
    source = Path(ladder.__file__).read_text() + Path(candidates.__file__).read_text()
    told = set(re.findall(r'(?:return|\(\(?|Candidate\([^"]*?)"([a-z]+(?:-[a-z]+)+)"', source))
    known = {key.rpartition(".")[2] for key in SENTENCES}
    rules = {"reference+difference", "reference-partial", "oldest-first"}
    assert told - rules - known == {"text-short", "text-unknown", "text-differs", "text-settled"} & told
    for language in ("en", "zh"):
        assert {key.removeprefix("why.") for key in SENTENCES} <= set(messages(language, "why"))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_pages_fit_a_terminal(language):
    stand = trading_company().standing()
    for name in [*(c.name for c in stand.book.credits), *(c.name for c in stand.book.charges), *stand.book.customers]:
        result = why.build(stand, name)
        page = draw(why_page.document(result, stand), result, "text", Catalogue(language), width=80)
        from custledger.core.text import width

        assert all(width(line) <= 80 for line in page.splitlines()), page
        assert not re.search(r"\b(why|reports)\.[a-z]", page)

"""What reaches beyond an account, taken back: only where it stands as it was written."""

from __future__ import annotations

import pytest

from matching_books import GROUP, Written

SALE = "2026-01-05 (INV-1) x\n    assets:receivable:north    CNY 100.00\n    income\n\n"
MOVED = (
    "2026-02-05 (R) x\n    assets:bank                CNY 100.00\n    assets:receivable:group   CNY -100.00\n"
    "    assets:receivable:group    CNY 100.00  ; reverses:R\n    assets:receivable:north   CNY -100.00  ; invoice:INV-1\n"
)
ABROAD = "2026-01-05 (INV-9) x\n    assets:receivable:acme   USD 100.00 @ CNY 7.10\n    income\n\n"
PAID = "2026-02-05 (R) x\n    assets:bank              CNY 700.00\n    assets:receivable:acme  "
AT_COST = (
    "USD -100.00 @@ CNY 710.00  ; invoice:INV-9, instead-of:@@ CNY 700.00\n    expenses:fx               CNY 10.00\n"
)


def back(text: str, **options) -> str:
    """The last transaction, with its matches taken back."""
    options.setdefault("customers", (*GROUP,))
    return Written({"0.journal": text.encode()}, **options).undo().text.rpartition("(R)")[2]


def test_money_for_another_goes_back():
    assert back(SALE + MOVED).split("\n")[1:] == [
        "    assets:bank                CNY 100.00",
        "    assets:receivable:group   CNY -100.00",
        "",
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("reverses:R\n", "reverses:R, seen\n"),
        ("reverses:R\n", "reverses:R\n    ; and more\n"),
        ("CNY 100.00  ; reverses:R", "CNY 100.00 @ CNY 1  ; reverses:R"),
        ("    assets:receivable:group    CNY 100.00", "    ! assets:receivable:group    CNY 100.00"),
        ("reverses:R", "kind:transfer"),
    ],
)
def test_what_somebody_changed_since_keeps_its_postings(old, new):
    changed = SALE + MOVED.replace(old, new)
    assert back(changed) == changed.replace("  ; invoice:INV-1", "").rpartition("(R)")[2]


def test_of_two_only_the_one_that_is_meant():
    sales = SALE + SALE.replace("INV-1", "INV-2")
    both = MOVED.replace("CNY -100.00\n", "CNY -200.00\n").replace("bank                CNY 100", "bank  CNY 200")
    both += "    assets:receivable:group    CNY 100.00  ; reverses:R\n"
    both += "    assets:receivable:north   CNY -100.00  ; invoice:INV-2\n"
    book = Written({"0.journal": (sales + both).encode()}, customers=GROUP)
    assert book.undo(number="INV-1").text.count("INV-1") == 1
    assert "INV-2\n" in book.undo(number="INV-1").text
    assert book.undo(number="INV-1").undo(number="INV-2").files == book.undo().files


def test_a_difference_goes_with_its_posting():
    assert back(ABROAD + PAID + AT_COST).split("\n")[2:] == [
        "    assets:receivable:acme  USD -100.00 @@ CNY 700.00",
        "",
    ]
    converted = AT_COST.replace("@@ CNY 700.00", "CNY -700.00")
    assert back(ABROAD + PAID + converted).split("\n")[2:] == ["    assets:receivable:acme  CNY -700.00", ""]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("expenses:fx  ", "expenses:fxs "),
        ("CNY 10.00", "CNY 10.00  ; checked"),
        ("CNY 10.00", "CNY 9.00\n    expenses:charges          CNY 1.00"),
    ],
)
def test_a_difference_that_is_not_found_stays(old, new):
    changed = ABROAD + PAID + AT_COST.replace(old, new)
    kept = changed.replace("invoice:INV-9, instead-of", "instead-of")
    assert back(changed) == kept.rpartition("(R)")[2]


def test_differences_of_two_days_go_with_their_own():
    sales = ABROAD + ABROAD.replace("INV-9", "INV-8")
    text = PAID.replace("700", "1,405") + AT_COST + "    assets:receivable:acme  "
    text += "USD -100.00 @@ CNY 710.00  ; invoice:INV-8, instead-of:@@ CNY 705.00\n"
    text += "    expenses:fx                CNY 5.00\n"
    book = Written({"0.journal": (sales + text).encode()}, customers=GROUP)
    one = book.undo(number="INV-8")
    assert "CNY 10.00" in one.text
    assert "CNY 5.00" not in one.text
    assert "USD -100.00 @@ CNY 705.00\n" in one.text


def test_an_amount_that_a_tag_cannot_keep_is_left_to_a_person():
    sale = ABROAD.replace("CNY", '"元：x"')
    text = sale + PAID.replace("CNY", '"元：x"') + 'USD -100.00 @@ "元：x" 700.00  ; invoice:INV-9\n'
    book = Written({"0.journal": text.encode()}, customers=GROUP)
    assert book.story.proposals
    assert book.write_across().files == book.files


def test_a_rejection_goes_to_the_payers_posting():
    book = Written({"0.journal": (SALE + MOVED).encode()}, customers=GROUP)
    assert book.undo(reject=True).text.endswith("assets:receivable:group   CNY -100.00  ; not-invoice:INV-1\n")

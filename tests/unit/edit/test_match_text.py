"""What writing matches makes of single postings, and what taking them back leaves."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from custledger.book.settings import Matching
from matching_books import Written, one

SALES = """\
2026-01-01 (INV-1001) x
    assets:receivable:acme  CNY 100.00
    income

2026-01-02 (INV-1002) x
    assets:receivable:acme  CNY 50.00
    income

"""
PLAIN = Matching()


def paid(*lines: str, head: str = "2026-01-10 (R1) Acme | INV-1001 INV-1002") -> Written:
    return one(SALES + "\n".join([head, *lines]) + "\n", matching=PLAIN)


def after(book: Written) -> list[str]:
    """The lines of the payment."""
    return book.text.partition("(R1)")[2].split("\n")[1:-1]


def both(*lines: str, **options) -> list[str]:
    """The payment as written; that it is taken back to the byte is shown on the way."""
    book = paid(*lines, **options)
    written = book.write()
    assert written.undo().files == book.files
    assert written.write().files == written.files
    return after(written)


def test_an_assertion_goes_on_the_last_part():
    assert both("    assets:bank", "    assets:receivable:acme   CNY -150.00 =  CNY 0.00 ; all") == [
        "    assets:bank",
        "    assets:receivable:acme   CNY -100.00 ; all, invoice:INV-1001",
        "    assets:receivable:acme    CNY -50.00 =  CNY 0.00  ; invoice:INV-1002, split:",
    ]


def test_a_cost_each_is_repeated():
    assert both("    assets:bank", "    assets:receivable:acme  CNY -150.00 @ USD 0.14") == [
        "    assets:bank",
        "    assets:receivable:acme  CNY -100.00 @ USD 0.14  ; invoice:INV-1001",
        "    assets:receivable:acme   CNY -50.00 @ USD 0.14  ; invoice:INV-1002, split:",
    ]


def test_a_cost_in_all_is_shared_out_to_the_smallest_unit():
    assert both("    assets:bank", "    assets:receivable:acme  CNY -150.00 @@ USD 20.00") == [
        "    assets:bank",
        "    assets:receivable:acme  CNY -100.00 @@ USD 13.33  ; invoice:INV-1001",
        "    assets:receivable:acme   CNY -50.00 @@ USD 6.67  ; invoice:INV-1002, split:",
    ]


def test_tags_and_dates_are_repeated_and_other_words_are_not():
    assert both(
        "    assets:bank",
        "    ! assets:receivable:acme  CNY -150.00  ; [2026-01-12] why, method:wire",
        "    ; po:7",
        "    ; > INV-1001",
    ) == [
        "    assets:bank",
        "    ! assets:receivable:acme  CNY -100.00  ; [2026-01-12] why, method:wire, invoice:INV-1001",
        "    ; po:7",
        "    ; > INV-1001",
        "    ! assets:receivable:acme   CNY -50.00  ; invoice:INV-1002, method:wire, po:7, [2026-01-12], split:",
    ]


def test_virtual_postings_keep_their_brackets():
    assert both("    (assets:receivable:acme)  CNY -150.00") == [
        "    (assets:receivable:acme)  CNY -100.00  ; invoice:INV-1001",
        "    (assets:receivable:acme)   CNY -50.00  ; invoice:INV-1002, split:",
    ]


def test_a_look_that_the_parts_do_not_show_is_kept():
    text = SALES.replace("100.00", "600.00").replace("50.00", "550.00")
    pays = "2026-01-10 (R1) INV-1001 INV-1002\n  assets:bank\n  assets:receivable:acme  CNY -1,150.00\n"
    book = one(text + pays, matching=PLAIN)
    written = book.write()
    assert after(written)[1:] == [
        "  assets:receivable:acme    CNY -600.00  ; invoice:INV-1001",
        "  assets:receivable:acme    CNY -550.00  ; invoice:INV-1002, split:1，150.00",
    ]
    assert written.undo().files == book.files


def test_an_amount_left_out_is_written_out_and_stays_so():
    written = paid("    assets:bank   CNY 150.00", "    assets:receivable:acme  ; x").write()
    assert after(written)[1:] == [
        "    assets:receivable:acme  CNY -100.00  ; x, invoice:INV-1001",
        "    assets:receivable:acme   CNY -50.00  ; invoice:INV-1002, split:",
    ]
    assert after(written.undo())[1:] == ["    assets:receivable:acme  CNY -150.00  ; x"]


def test_an_assigned_amount_is_left():
    book = paid("    assets:bank  CNY 150.00", "    assets:receivable:acme  = CNY 0.00")
    (left,) = book.recording().unwritten
    assert left.reason == "amount-not-written"
    assert book.write().files == book.files


def test_what_somebody_changed_since_is_left_as_it_is():
    written = paid("    assets:bank", "    assets:receivable:acme  CNY -150.00").write()
    edited = one(written.text.replace("split:", "split:, seen"), matching=PLAIN)
    assert after(edited.undo())[-2:] == [
        "    assets:receivable:acme  CNY -100.00",
        "    assets:receivable:acme   CNY -50.00  ; split:, seen",
    ]


@pytest.mark.parametrize(
    ("comment", "left"),
    [
        ("  ; invoice:INV-1001", ""),
        ("  ; invoice:INV-1001, method:wire", "  ; method:wire"),
        ("  ; a, invoice:INV-1001, applied:2026-01-11, b", "  ; a, b"),
        ("  ; a invoice:INV-1001", "  ; a"),
        ("  ; invoice:INV-1001 INV-1009", ""),
        ("\n    ; invoice:INV-1001", ""),
        ("  ; a\n    ; b, invoice:INV-1001\n    ; c", "  ; a\n    ; b\n    ; c"),
    ],
)
def test_tags_of_a_user_go_by_name(comment, left):
    book = one(
        SALES + f"2026-01-10 (R1) x\n    assets:bank\n    assets:receivable:acme  CNY -100.00{comment}\n",
        matching=PLAIN,
    )
    assert "\n".join(after(book.undo())[1:]) == f"    assets:receivable:acme  CNY -100.00{left}"


def test_a_difference_is_posted_beside_on_the_day_it_was_decided():
    late = "2026-01-03 (R1) Acme | INV-1003\n  assets:bank    CNY 97.00\n  assets:receivable:acme   CNY -97.00\n\n"
    sale = "2026-01-05 (INV-1003) x\n    assets:receivable:acme  CNY 100.00\n    income\n"
    fee = Matching(bank_fee=Decimal(5))
    book = one(SALES + late + sale, matching=fee)
    written = book.write()
    assert after(written)[1:5] == [
        "  assets:receivable:acme   CNY -97.00  ; invoice:INV-1003",
        "  expenses:bank charges      CNY 3.00  ; date:2026-01-05",
        "  assets:receivable:acme    CNY -3.00  ; invoice:INV-1003, kind:adjustment, date:2026-01-05",
        "",
    ]
    assert written.undo().files == book.files
    accounts = {role: names for role, names in book.accounts.items() if role != "fee"}
    (left,) = one(SALES + late + sale, matching=fee, accounts=accounts).recording().unwritten
    assert (left.reason, left.args["role"]) == ("no-account", "fee")


def test_a_number_that_cannot_stand_in_a_tag_is_left():
    text = SALES.replace("INV-1001", "INV,1001").replace("INV-1002", "INV[2]")
    book = one(text + "2026-01-10 (R1) x\n  assets:bank\n  assets:receivable:acme  CNY -100.00\n")
    assert [left.reason for left in book.recording().unwritten] == ["no-number"]


def test_a_later_entry_that_settles_otherwise_is_not_forestalled():
    later = "2026-01-20 (R2) x\n  assets:bank\n  assets:receivable:acme  CNY -100.00  ; invoice:INV-1001\n"
    first = "2026-01-10 (R1) INV-1001\n  assets:bank\n  assets:receivable:acme  CNY -100.00\n\n"
    book = one(SALES + first + later, matching=PLAIN)
    assert [left.reason for left in book.recording(dt.date(2026, 1, 15)).unwritten] == ["released-later"]

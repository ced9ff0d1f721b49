"""Period expressions of rules; hledger's answers were asked for one by one."""

from __future__ import annotations

import pytest

from custledger.parse.journal.periods import check_period
from custledger.parse.journal.problems import Refused


@pytest.mark.parametrize(
    "text",
    ["monthly", "Monthly", "weekly from 2019-09-30", "monthly from 2018/1", "monthly in 2018", "every 2 weeks from 2019-09-30", "every 15th day of month",
     "every 2nd day of week", "every monday", "every mon,wed", "every weekday", "every 2nd monday", "every 12/25", "every dec 25th", "every 25th dec",
     "2019-01-04", "2019q1", "from 2019-01-01 to 2019-02-01", "2019-01-01..", "to 2019", "this month", "today", "every 3 days", "yearly to 2020",
     "monthly  2019-01-02 in a description", "monthly ; comment", "monthly from 2/1", "every day from 2019-05-05"],
)  # fmt: skip
def test_periods(text: str) -> None:
    check_period(f"~ {text}", None)


@pytest.mark.parametrize(
    ("text", "variant"),
    [("", "period"), ("foo", "period"), ("monthly foo", "period"), ("every 2 months in 2020, we will review", "period"), ("every 3 day", "period"),
     ("2019-13-01", "period"), ("every", "period"), ("weekly from 2019/10/1", "period-start"), ("monthly from 2018/1/15", "period-start"),
     ("quarterly from 2019-02-01", "period-start"), ("yearly from 2019-02-01", "period-start"), ("every 2 weeks from 2019-10-01", "period-start")],
)  # fmt: skip
def test_what_is_none(text: str, variant: str) -> None:
    with pytest.raises(Refused) as refused:
        check_period(f"~ {text}", None)
    assert refused.value.variant == variant


def test_the_year_in_force_says_where_a_period_starts() -> None:
    with pytest.raises(Refused, match="syntax"):
        check_period("~ monthly from 2/2", 2026)

"""`not-invoice:` behind a posting: one insertion, and the tag is read."""

import pytest

from custledger.core.money import Commodities
from custledger.edit.match_plan import Pages
from custledger.edit.match_reject import reject
from custledger.edit.splice import spliced
from custledger.parse.journal.load import load
from journals import DictSource


@pytest.mark.parametrize(
    ("line", "after"),
    [
        ("    a:b  CNY -1", "    a:b  CNY -1  ; not-invoice:X-1"),
        ("    a:b  CNY -1   ", "    a:b  CNY -1  ; not-invoice:X-1   "),
        ("    a:b  CNY -1 ;", "    a:b  CNY -1 ;not-invoice:X-1"),
        ("    a:b  ; 货款", "    a:b  ; 货款, not-invoice:X-1"),
        ("    a:b  CNY -1  ; not-invoice:X-0", "    a:b  CNY -1  ; not-invoice:X-0, not-invoice:X-1"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_tag_is_put_at_the_end_of_the_line(line, after, end):
    text = end.join(["2026-01-01 x", "    bank  CNY 1", line, ""])
    journal = load(DictSource({"j.journal": text}), ["j.journal"], separate=True)
    pages = Pages(journal, lambda _: text.encode(), Commodities())
    plan = reject(pages, journal.transactions[0].postings[1].span, ["X-1"])
    made = spliced(text.encode(), plan.edits[0].splices).decode()
    assert made == text.replace(line, after)
    read = load(DictSource({"j.journal": made}), ["j.journal"], separate=True).transactions[0].postings[1]
    assert "X-1" in [tag.value for tag in read.comment.tags if tag.name == "not-invoice"]

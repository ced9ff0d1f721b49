"""Who paid, from what a bank or an import tells: accounts, names, remittance text.

In this order, and the first that finds anybody decides:

1. a bank account that stands in the customer's profile;
2. an alias that stands there;
3. the customer's name, exactly;
4. the name without region and legal form (上海蓝海贸易有限公司 → 蓝海贸易; Blue Ocean Ltd → blue ocean), exactly by
   character. Where another customer's name is a slip of the pen away (上海晨光, 上海辰光) nobody is taken.

Width, case, blanks and punctuation do not count. Two customers at one step are nobody. Only 1 and 2 were written by
a person for this purpose: a name alone never posts anything (`Payer.sure`).
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from custledger.core.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from custledger.book.book import Book
    from custledger.book.customer import Customer

ACCOUNT, ALIAS, NAME, SHORT_NAME = "account", "alias", "name", "short-name"

_ACCOUNT_MIN = 6
"""Shorter account numbers are in too many texts by chance."""
_LONG = 8
"""Names from this length on are near each other with two slips, shorter ones with one."""
_CJK = "\u3400-\u9fff"
_REGION = re.compile(
    "^(?:(?:北京|上海|天津|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南"
    "|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门|中国|杭州|宁波|温州|南京|苏州|无锡|常州|广州|深圳|东莞|佛山|珠海"
    "|厦门|福州|泉州|青岛|济南|烟台|武汉|长沙|成都|西安|郑州|合肥|昆明|大连|沈阳|哈尔滨|长春|石家庄|太原|南昌|贵阳|南宁|海口"
    "|兰州|嘉兴|绍兴|金华|台州|义乌|昆山)(?:特别行政区|自治区|省|市)?)"
)
_FORM_CJK = re.compile("(?:股份有限公司|有限责任公司|有限公司|股份公司|集团公司|集团|公司|股份|个体工商户)$")
_FORM_LATIN = re.compile(
    r"(?:\s|^)(?:co|company|corp|corporation|inc|incorporated|ltd|limited|llc|llp|plc|gmbh|ag|kg|ug|sa|sas|sarl|srl|spa|"
    r"bv|nv|oy|ab|as|aps|pty|pte|kk|group|holdings?)$"
)


@frozen
class Payer:
    """The customer who paid, `by` account, alias, name or short-name, as `text` says it."""

    customer: str
    by: str
    text: str

    @property
    def sure(self) -> bool:
        """Whether somebody wrote down that this is the customer: an account or an alias, not a name alone."""
        return self.by in {ACCOUNT, ALIAS}


@frozen
class Ambiguous:
    """Customers (ids, in order) among whom the texts do not decide."""

    customers: tuple[str, ...]
    by: str


def identify(book: Book, texts: Sequence[str]) -> Payer | Ambiguous | None:
    """Whom these texts (an account, the payer's name, remittance text …) mean; None where nobody is found."""
    customers = [book.customers[key] for key in sorted(book.customers)]
    steps: tuple[tuple[str, Callable[[Customer, str], bool]], ...] = (
        (ACCOUNT, _has_account),
        (ALIAS, lambda customer, text: any(_says(text, alias) for alias in customer.aliases)),
        (NAME, lambda customer, text: _says(text, customer.name)),
    )
    for by, fits in steps:
        found = {customer.id: text for text in reversed(texts) for customer in customers if fits(customer, text)}
        if len(found) > 1:
            return Ambiguous(tuple(sorted(found)), by)
        for customer_id, text in found.items():
            return Payer(customer_id, by, text)
    return _by_short_name(customers, texts)


def plain(text: str) -> str:
    """A text without width, case and punctuation, its words apart by single blanks; none beside Chinese."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("'", "").replace(".", "")
    words = " ".join("".join(char if char.isalnum() else " " for char in folded).split())
    return re.sub(f"(?<=[{_CJK}]) | (?=[{_CJK}])", "", words)


def core(name: str) -> tuple[str, str]:
    """(region, rest) of a name without its legal form: `("上海", "蓝海贸易")`."""
    rest, region = plain(name), ""
    for pattern in (_FORM_CJK, _FORM_LATIN):
        while (shorter := pattern.sub("", rest).strip()) and shorter != rest:
            rest = shorter
    while (found := _REGION.match(rest)) and found.end() < len(rest):
        region += re.sub("(?:特别行政区|自治区|省|市)$", "", found[0])
        rest = rest[found.end() :]
    inside = re.sub(r"^.*[(（]([^)）]*)[)）].*$", r"\1", name)
    if inside != name and (found := _REGION.fullmatch(plain(inside))):
        region, rest = found[0], rest.replace(plain(inside), "", 1)
    return region, rest


def near(left: str, right: str) -> bool:
    """Whether two names are so alike that one may be a slip for the other; equal ones are."""
    most = 2 if min(len(left), len(right)) >= _LONG else 1
    if abs(len(left) - len(right)) > most:
        return False
    row = list(range(len(right) + 1))
    for place, char in enumerate(left, 1):
        above, row[0] = row[0], place
        for other, theirs in enumerate(right, 1):
            above, row[other] = row[other], min(row[other] + 1, row[other - 1] + 1, above + (char != theirs))
    return row[-1] <= most


def _has_account(customer: Customer, text: str) -> bool:
    folded = unicodedata.normalize("NFKC", text).casefold()
    for account in customer.bank_accounts:
        digits = "".join(c for c in unicodedata.normalize("NFKC", account.get("account", "")).casefold() if c.isalnum())
        if len(digits) >= _ACCOUNT_MIN:
            pattern = r"[\s-]?".join(map(re.escape, digits))
            if re.search(f"(?<![0-9a-z]){pattern}(?![0-9a-z])", folded):
                return True
    return False


def _says(text: str, name: str) -> bool:
    """Whether a text is a name, or has it as a field of its own: with more words it may be somebody else's name."""
    wanted = plain(name)
    if not wanted:
        return False
    folded = unicodedata.normalize("NFKC", text)
    fields = [text, *re.split(r"[;:|、]+", folded)]
    if not wanted.isascii():
        fields += re.split(r"[\s,;:/|、]+", folded)
    return any(plain(each) == wanted for each in fields)


def _by_short_name(customers: Iterable[Customer], texts: Sequence[str]) -> Payer | Ambiguous | None:
    """The one whose name without region and legal form a text has, where no other's is near."""
    names = [(customer.id, *core(each)) for customer in customers for each in (customer.name, *customer.aliases)]
    for text in texts:
        region, wanted = core(text)
        if len(wanted) < (4 if wanted.isascii() else 2):
            continue
        alike = {who: None for who, _, rest in names if near(rest, wanted)}
        exact = {
            who: None for who, place, rest in names if rest == wanted and not (place and region and place != region)
        }
        if exact and len(alike) > 1:
            return Ambiguous(tuple(alike), SHORT_NAME)
        for who in exact:
            return Payer(who, SHORT_NAME, text)
    return None

"""What customers and banks write: Chinese and English, whole numbers, shortened ones, lists, ranges, and noise."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

PAYEES = {
    "zh": (
        *("上海晨光贸易", "上海辰光贸易", "杭州清流机电", "深圳市前海云帆科技"),
        *("广州恒达物流", "北京中科远见", "苏州工业园区瑞泰", "宁波海曙永兴"),
    ),
    "en": (
        *("Northwind Traders", "Acme Tools", "Blue Ocean Trading"),
        *("Harbour Foods", "Kessler Maschinenbau", "Orion Labs"),
    ),
}
FORMS = {"zh": ("有限公司", "股份有限公司", "有限责任公司"), "en": ("Ltd", "GmbH", "Co., Ltd.", "Inc")}
THIRD = {
    "zh": ("王建国", "李娜", "张伟（股东）", "代付：苏州瑞泰融资租赁有限公司", "浙江众信供应链管理有限公司"),
    "en": ("Paypoint Factoring BV", "J. Miller", "Treasury Centre AG on behalf of client", "Sunrise Leasing Inc"),
}
ONE = {
    "zh": ("货款 {}", "支付{}货款", "付{}款", "发票{}", "{}", "单号{}货款", "贵司发票号{}，请查收", "结清{}"),
    "en": ("payment {}", "invoice {}", "Inv. {} thank you", "{}", "re {}", "settlement of {}", "PAYMENT FOR {}"),
}
ORDER = {
    "zh": ("订单{}货款", "合同{}", "{} 货款", "采购单号：{}"),
    "en": ("PO {}", "order {}", "{} payment", "your order {}"),
}
SEVERAL = {"zh": ("货款 {}", "支付{}货款", "发票{}", "{}"), "en": ("payment {}", "invoices {}", "{}", "for {}")}
NOTHING = {
    "zh": ("货款", "材料款", "往来款", "电汇", "转账", "付货款", "", "一月货款", "三月份货款", "设备款", "服务费"),
    "en": ("payment", "transfer", "thank you", "", "settlement", "wire", "goods", "for services", "as agreed"),
}
ADVANCE = {"zh": ("预付款", "预付{}", "定金 {}"), "en": ("advance", "prepayment {}", "deposit {}")}
JOINS = {"zh": ("、", "，", "和", " ", "/", "；", "、"), "en": (", ", " and ", "/", " ", "; ", " & ", "+")}
RANGES = ("-", "~", "至", "—", " - ", "到")
TWINS = str.maketrans({":": "：", ",": "，", ";": "；", "|": "｜", "[": "［", "]": "］"})
WIDE = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)})


def payee(rng: random.Random, language: str) -> str:
    """A customer's name."""
    return rng.choice(PAYEES[language]) + ("" if language == "zh" else " ") + rng.choice(FORMS[language])


def one(rng: random.Random, language: str, spelt: str) -> str:
    """A text that names one invoice."""
    return rng.choice(ONE[language]).format(spelt)


def several(rng: random.Random, language: str, spelt: str) -> str:
    """A text that names several."""
    return rng.choice(SEVERAL[language]).format(spelt)


def garbled(rng: random.Random, number: str) -> tuple[str, str]:
    """(how, spelling) of a number that is whole but not as we write it."""
    tokens = re.findall(r"[A-Za-z]+|[0-9]+", number)
    ways = ["wide", "case"]
    if len(tokens) > 1:
        ways += ["joined", "blanks", "dashes", "broken"]
    if tokens[0].isalpha() and len(tokens) > 2:  # noqa: PLR2004 - letters, year, number
        ways.append("bare")
    way = rng.choice(ways)
    spelt = {
        "wide": number.translate(WIDE),
        "case": number.swapcase(),
        "joined": "".join(tokens),
        "blanks": " ".join(tokens),
        "dashes": rng.choice("—–－_").join(tokens),
        "broken": tokens[0] + rng.choice((" ", "-", ". ")) + "-".join(tokens[1:]),
        "bare": "-".join(tokens[1:]),
    }[way]
    return way, spelt


def last_digits(number: str) -> str:
    """The digits that a number ends with."""
    found = re.search(r"[0-9]+$", number)
    return found.group() if found else number


def mistyped(rng: random.Random, number: str) -> str:
    """The number with one of its last digits wrong."""
    place = len(number) - 1 - rng.randrange(3)
    wrong = rng.choice([digit for digit in "0123456789" if digit != number[place]])
    return number[:place] + wrong + number[place + 1 :]


def listed(rng: random.Random, language: str, numbers: Sequence[str]) -> tuple[str, str]:
    """(how, spelling) of a list: all in full, or the first in full and what differs of the others."""
    join = rng.choice(JOINS[language])
    tail = len(last_digits(numbers[0]))
    same = len({number[:-tail] for number in numbers}) == 1 and len({len(number) for number in numbers}) == 1
    digits = last_digits(numbers[0])
    if same and rng.random() < 0.5 and len(digits) < len(numbers[0]) and join != " ":  # noqa: PLR2004
        return "completed", join.join([numbers[0], *(number[-tail:] for number in numbers[1:])])
    return "full", join.join(numbers)


def ranged(rng: random.Random, first: str, last: str) -> str:
    """`INV-2026-0012-0015`, `10021至10024`."""
    digits = last_digits(last)
    far = digits if rng.random() < 0.6 else last  # noqa: PLR2004 - most leave the beginning out
    return first + rng.choice(RANGES) + far


def noise(rng: random.Random, language: str, amount: int, date: str) -> str:
    """What else stands in a bank's text; often nothing."""
    money = f"{amount / 100:,.2f}"
    plain = f"{amount / 100:.2f}"
    chinese = (
        f" 金额{plain}元",
        f" 人民币{money}",
        f" 流水号{date}{rng.randrange(10**6):06d}",
        f" 电话13{rng.randrange(10**9):09d}",
        f" {date[:4]}年{int(date[4:6])}月{int(date[6:])}日",
        f" 经办人{rng.choice('王李张刘陈')}{rng.choice('芳伟娜敏静')}",
        f" 回单{rng.randrange(10**4):04d}",
    )
    english = (
        f" CNY {money}",
        f" amount {plain}",
        f" ref {date}-{rng.randrange(10**4):04d}",
        f" tel +86 13{rng.randrange(10**9):09d}",
        f" {date[:4]}-{date[4:6]}-{date[6:]}",
        f" BATCH{rng.randrange(10**5):05d}",
    )
    if rng.random() < 0.55:  # noqa: PLR2004
        return ""
    return rng.choice(chinese if language == "zh" else english)


def outside(text: str) -> str:
    """Text as it stands on a `; >` line: what journals read as marks is written full-width."""
    return " ".join(text.translate(TWINS).split())

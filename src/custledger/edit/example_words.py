"""The people and goods of the example book, in the languages that it can be made in. Everything is invented."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Person:
    """A customer: name, other name, terms, segment, contact, city."""

    name: str
    alias: str
    terms: str
    segment: str
    contact: str
    city: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExampleWords:
    """Names and sentences."""

    company: str
    customers: Mapping[str, Person]
    goods: tuple[tuple[str, str, str, Decimal], ...]
    """Item, text, unit, price."""
    freight: str
    owners: tuple[str, str]
    wire: str
    cash: str
    opening: str
    remittance: str
    """What payers write: `{numbers}`."""
    on_account: str
    discount: str
    deposit: str
    use_of_deposit: str
    write_off: str
    returned: str
    short_payment: str
    dispute: str
    dispute_over: str
    promise: str
    call: str
    country: str


_D = Decimal

_ENGLISH = ExampleWords(
    company="Harbour Street Trading Ltd.",
    customers={
        "blueocean": Person("Blue Ocean Fittings Ltd.", "Blue Ocean", "net 30", "vip", "Ann Weller", "Port Town"),
        "redhill": Person("Redhill Engineering Ltd.", "Redhill Eng.", "net 30", "standard", "Tom Marsh", "Redhill"),
        "sunrise": Person("Sunrise Pumps Ltd.", "Sunrise", "2/10 net 30", "vip", "Mia Cole", "Eastwick"),
        "kestrel": Person("Kestrel Marine plc", "Kestrel", "net 60", "vip", "Ian Frost", "Seaford"),
        "nordlicht": Person("Nordlicht Technik GmbH", "Nordlicht", "net 45", "export", "Jana Falk", "Kiel"),
        "marlow": Person("Marlow Hardware", "Marlow", "net 30", "standard", "Joe Marlow", "Marlow End"),
        "oakridge": Person("Oakridge Mills Ltd.", "Oakridge", "net 30", "standard", "Eve Stone", "Oakridge"),
        "pinestreet": Person("Pine Street Workshop", "Pine Street", "net 15", "standard", "Sam Pine", "Port Town"),
        "quayside": Person("Quayside Projects Ltd.", "Quayside", "net 30", "project", "Lou Grant", "Quayside"),
    },
    goods=(
        ("BRG-6204", "ball bearing 6204", "pcs", _D("8.50")),
        ("BRG-6308", "ball bearing 6308", "pcs", _D("14.20")),
        ("SEAL-40", "shaft seal 40 mm", "pcs", _D("5.75")),
        ("PUMP-2", "circulation pump 2 kW", "pcs", _D("486.00")),
        ("VALVE-25", "ball valve DN 25", "pcs", _D("31.40")),
        ("BELT-A", "V-belt A 1250", "pcs", _D("11.90")),
        ("CHAIN-08", "roller chain 08B", "m", _D("9.60")),
    ),
    freight="freight",
    owners=("li.wei", "j.harris"),
    wire="wire",
    cash="cash",
    opening="opening balance",
    remittance="payment of {numbers}",
    on_account="on account",
    discount="wire, cash discount taken",
    deposit="deposit for the spring project",
    use_of_deposit="deposit set off",
    write_off="irrecoverable, business closed",
    returned="10 pieces returned",
    short_payment="part payment, the rest in dispute",
    dispute="says that six pumps arrived damaged",
    dispute_over="goods inspected, damage by the carrier, customer agreed",
    promise="will pay by the end of the month",
    call="no answer, left a message",
    country="GB",
)

_CHINESE = ExampleWords(
    company="杭州清流机电有限公司",
    customers={
        "blueocean": Person("上海蓝海贸易有限公司", "蓝海贸易", "net 30", "vip", "王芳", "上海"),
        "redhill": Person("宁波红山机械有限公司", "红山机械", "net 30", "standard", "陈涛", "宁波"),
        "sunrise": Person("苏州旭日泵业有限公司", "旭日泵业", "2/10 net 30", "vip", "周敏", "苏州"),
        "kestrel": Person("青岛海隼船舶配件有限公司", "海隼船舶", "net 60", "vip", "刘洋", "青岛"),
        "nordlicht": Person("Nordlicht Technik GmbH", "Nordlicht", "net 45", "export", "Jana Falk", "Kiel"),
        "marlow": Person("绍兴马路五金商行", "马路五金", "net 30", "standard", "马强", "绍兴"),
        "oakridge": Person("无锡橡岭纺织机械有限公司", "橡岭纺机", "net 30", "standard", "徐静", "无锡"),
        "pinestreet": Person("杭州松街维修部", "松街维修", "net 15", "standard", "宋平", "杭州"),
        "quayside": Person("舟山码头工程有限公司", "码头工程", "net 30", "project", "林露", "舟山"),
    },
    goods=(
        ("BRG-6204", "深沟球轴承 6204", "套", _D("8.50")),
        ("BRG-6308", "深沟球轴承 6308", "套", _D("31.80")),
        ("SEAL-40", "轴用油封 40mm", "件", _D("5.75")),
        ("PUMP-2", "循环泵 2kW", "台", _D("1286.00")),
        ("VALVE-25", "球阀 DN25", "件", _D("61.40")),
        ("BELT-A", "三角带 A1250", "条", _D("21.90")),
        ("CHAIN-08", "滚子链 08B", "米", _D("19.60")),
    ),
    freight="运费",
    owners=("li.wei", "chen.jie"),
    wire="电汇",
    cash="现金",
    opening="期初余额",
    remittance="货款 {numbers}",
    on_account="货款",
    discount="电汇，享受现金折扣",
    deposit="春季项目预付款",
    use_of_deposit="预收款转应收",
    write_off="对方停业，确认无法收回",
    returned="退货 10 件",
    short_payment="部分付款，其余有争议",
    dispute="客户称六台泵到货时已损坏",
    dispute_over="已验货，系承运人损坏，客户认可",
    promise="电话答应月底前付清",
    call="无人接听，已留言",
    country="CN",
)

EXAMPLE_WORDS: Mapping[str, ExampleWords] = {"en": _ENGLISH, "zh": _CHINESE}

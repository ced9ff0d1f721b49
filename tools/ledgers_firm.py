"""The company of `ledgers/`: whom it sells to and what. Everything here is invented."""

from __future__ import annotations

from decimal import Decimal

from book_writer import Raw, social_credit_code

D = Decimal

SETTINGS = f"""\
# 杭州澄湖机电设备有限公司（虚构）的应收账款账簿。由 tools/generate_ledgers.py 生成，请勿手改。
book: 1
company:
  name: 杭州澄湖机电设备有限公司
  tax_id: "{social_credit_code(100)}"
  address: 浙江省杭州市澄湖路 18 号
  phone: "+86 571 5555 0100"
  email: finance@chenghu.example
  bank_accounts:
    - {{bank: 工商银行杭州澄湖支行, account: "1202 0000 0900 0000 018", currency: CNY}}
    - {{bank: 中国银行浙江省分行, account: "3500 0000 0000 018", currency: USD}}
currency: CNY
commodities:
  CNY: {{digits: 2, also: [¥, 元, RMB]}}
  USD: {{digits: 2}}
  EUR: {{digits: 2}}
  JPY: {{digits: 0}}
decimal_mark: "."
language: zh-CN
timezone: Asia/Shanghai
terms: net 30
accounts:
  receivable: [assets:receivable, liabilities:advances]
  cash: [assets:bank, assets:cash, assets:notes]
  revenue: [income]
  tax: [liabilities:vat:output]
  discount: [expenses:discounts]
  bad_debt: [expenses:bad debt]
  fx: [expenses:fx]
  fee: [expenses:bank charges]
  payable: [liabilities:payable]
  unidentified: [liabilities:unidentified receipts]
taxes:
  vat13: {{rate: 13%, account: liabilities:vat:output}}
  vat6: {{rate: 6%, account: liabilities:vat:output}}
  export: {{rate: 0%}}
prices: net
rounding: {{tax: document}}
numbering:
  invoice: "INV-{{year}}-{{seq:04}}"
  credit_note: "CN-{{year}}-{{seq:04}}"
  receipt: "RCPT-{{year}}-{{seq:05}}"
  from: 2026-01-01
aging: {{basis: due, edges: [30, 60, 90]}}
"""

ACCOUNTS = """\
; 科目表。应收账款的下级科目是客户编号；YAML 里的发票自己入账，不必在这里再写一遍。
account assets:bank:icbc                     ; type:C
account assets:bank:boc-usd                  ; type:C
account assets:bank:boc-eur                  ; type:C
account assets:bank:boc-jpy                  ; type:C
account assets:cash                          ; type:C
account assets:notes                         ; type:C, 应收票据
account assets:receivable                    ; type:A
account liabilities:advances                 ; type:L, 预收账款
account liabilities:payable                  ; type:L
account liabilities:vat:output               ; type:L
account liabilities:unidentified receipts    ; type:L
account income:sales                         ; type:R
account income:services                      ; type:R
account expenses:purchases                   ; type:X
account expenses:discounts                   ; type:X
account expenses:bad debt                    ; type:X
account expenses:bank charges                ; type:X
account expenses:fx                          ; type:X
account equity:opening                       ; type:E

commodity CNY 1,000.00
commodity USD 1,000.00
commodity EUR 1,000.00
commodity JPY 1,000.

; 月末汇率（虚构）
P 2025-12-31 USD CNY 7.05
P 2025-12-31 EUR CNY 8.20
P 2025-12-31 JPY CNY 0.0465
P 2026-01-31 USD CNY 7.08
P 2026-01-31 EUR CNY 8.25
P 2026-01-31 JPY CNY 0.0468
P 2026-02-28 USD CNY 7.10
P 2026-02-28 EUR CNY 8.31
P 2026-02-28 JPY CNY 0.0470
P 2026-03-31 USD CNY 7.06
P 2026-03-31 EUR CNY 8.28
P 2026-03-31 JPY CNY 0.0466
"""

#: item, text, unit, price in CNY
ITEMS = [
    ("BRG-6204", "深沟球轴承 6204", "套", D("8.50")),
    ("BRG-6308", "深沟球轴承 6308", "套", D("31.80")),
    ("BRG-22216", "调心滚子轴承 22216", "套", D("326.00")),
    ("MTR-Y2-90", "三相异步电机 Y2-90L-4", "台", D("865.00")),
    ("MTR-Y2-132", "三相异步电机 Y2-132M-4", "台", D("2180.00")),
    ("RED-WPA60", "蜗轮减速机 WPA60", "台", D("436.00")),
    ("VFD-4K0", "变频器 4.0kW", "台", D("1286.00")),
    ("VLV-DN50", "法兰闸阀 DN50", "只", D("268.50")),
    ("PMP-IS65", "离心泵 IS65-50-160", "台", D("1958.00")),
    ("SNS-M18", "接近开关 M18", "只", D("47.60")),
    ("CBL-YJV", "电力电缆 YJV 4×6", "米", D("26.35")),
    ("BLT-B1800", "三角带 B1800", "条", D("12.40")),
]

#: For customers abroad: item, text, unit, prices by currency
ITEMS_ABROAD = [
    ("BRG-6308", "Ball bearing 6308", "pcs", {"USD": D("4.85"), "EUR": D("4.20"), "JPY": D(690)}),
    ("BRG-22216", "Spherical roller bearing 22216", "pcs", {"USD": D("48.50"), "EUR": D("42.00"), "JPY": D(6900)}),
    ("RED-WPA60", "Worm gear reducer WPA60", "pcs", {"USD": D("66.00"), "EUR": D("57.50"), "JPY": D(9400)}),
    ("VLV-DN50", "Flanged gate valve DN50", "pcs", {"USD": D("39.90"), "EUR": D("34.80"), "JPY": D(5700)}),
]

SALES = {"li.wei": "李", "zhou.min": "周", "chen.jie": "陈"}

#: How a customer behaves: invoices a month, usual days from due date to payment, how payments are marked
#: (tag: `invoice:`; text: the number in the remittance text; fifo: nothing, the policy; amount: nothing at all).
BEHAVIOUR = {
    "blueocean": (3, -2, "tag"),
    "chenyao": (2, 4, "text"),
    "chenyao-wuxi": (2, 0, "tag"),
    "huajian": (2, 6, "tag"),
    "qianjiang": (3, 10, "fifo"),
    "yongshun": (2, 8, "fifo"),
    "yongxin": (2, 2, "text"),
    "kunlan": (2, 5, "tag"),
    "weilan": (2, 12, "amount"),
    "jiahe": (2, 3, "tag"),
    "xinghe": (2, 1, "tag"),
    "haoda-machinery": (2, 0, "tag"),
    "haoda-parts": (1, 0, "tag"),
    "donghan": (2, -3, "tag"),
}


def address(region: str, city: str, street: str, postcode: str, country: str = "CN") -> dict[str, str]:
    """An address as profiles have it."""
    parts = {"country": country, "region": region, "city": city, "street": street, "postcode": postcode}
    return {key: part for key, part in parts.items() if part}


def account(serial: int, bank: str = "工商银行") -> list[dict[str, str]]:
    """One bank account that does not exist."""
    return [{"bank": bank, "account": f"6222 0000 0000 {serial:04}"}]


def contact(name: str, phone: str, email: str) -> list[dict[str, object]]:
    """The one who pays, who gets statements and reminders."""
    return [{"name": name, "role": "应付会计", "email": email, "phone": phone, "receives": ["statement", "reminder"]}]


#: id, name, then what else the profile says.
CUSTOMERS: list[dict[str, object]] = [
    {"id": "blueocean", "was": ["lanhai"], "name": "上海蓝海湾贸易有限公司", "aliases": ["蓝海湾贸易", "Blue Bay Trading Co., Ltd."],
     "segment": "vip", "industry": "批发", "tags": ["east-china"], "owner": "li.wei", "terms": "net 30",
     "contacts": contact("王芳", "+86 21 5555 0101", "ap@blueocean.example"),
     "address": address("上海", "上海", "海棠路 100 号", "200120"), "limit": 500000, "since": "2023-04-01"},
    {"id": "chenyao", "name": "苏州晨曜精密机械有限公司", "aliases": ["晨曜精密"], "segment": "vip", "industry": "机械",
     "tags": ["east-china"], "owner": "li.wei", "contacts": contact("顾敏", "+86 512 5555 0102", "fin@chenyao.example"),
     "address": address("江苏", "苏州", "星桥街 22 号", "215021"), "limit": 300000, "since": "2022-09-15"},
    {"id": "chenyao-wuxi", "name": "无锡辰曜精密机械有限公司", "industry": "机械", "tags": ["east-china"], "owner": "zhou.min",
     "terms": "net 45", "contacts": contact("钱静", "+86 510 5555 0103", "ap@chenyao-wuxi.example"),
     "address": address("江苏", "无锡", "梅溪路 6 号", "214028"), "limit": 150000, "since": "2024-02-01"},
    {"id": "huajian", "name": "宁波华舰船舶配件有限公司", "industry": "船舶", "tags": ["east-china"], "owner": "chen.jie",
     "terms": "net 30", "contacts": contact("邵峰", "+86 574 5555 0104", "ap@huajian.example"),
     "address": address("浙江", "宁波", "甬港路 77 号", "315800"), "limit": 200000, "since": "2021-06-01"},
    {"id": "hengfeng", "name": "合肥恒沣自动化工程有限公司", "segment": "project", "industry": "自动化工程", "owner": "zhou.min",
     "terms": "net 30", "contacts": contact("许蕾", "+86 551 5555 0105", "ap@hengfeng.example"),
     "address": address("安徽", "合肥", "望湖路 9 号", "230088"), "limit": 600000, "since": "2025-03-10"},
    {"id": "jinlin", "name": "南京锦麟电梯工程有限公司", "segment": "project", "industry": "电梯", "owner": "zhou.min",
     "terms": "net 30", "contacts": contact("方宁", "+86 25 5555 0106", "ap@jinlin.example"),
     "address": address("江苏", "南京", "石城路 45 号", "210019"), "limit": 400000, "since": "2024-11-01"},
    {"id": "luyuan", "name": "济南鲁垣重工有限公司", "status": "on-hold", "industry": "重工", "tags": ["north-china"],
     "owner": "chen.jie", "terms": "net 30", "contacts": contact("孟涛", "+86 531 5555 0107", "ap@luyuan.example"),
     "address": address("山东", "济南", "泉北路 31 号", "250101"), "limit": 0, "since": "2020-05-01",
     "note": "已停止发货，款到发货"},
    {"id": "qianjiang", "name": "杭州潜江五金商行", "industry": "五金", "tags": ["east-china"], "owner": "li.wei",
     "terms": "net 30", "matching": {"fifo": True}, "contacts": contact("沈建国", "+86 571 5555 0108", "shen@qianjiang.example"),
     "address": address("浙江", "杭州", "江滨路 8 号", "310016"), "limit": 80000, "since": "2019-01-01"},
    {"id": "yongshun", "name": "诸暨永顺五金店", "industry": "五金", "tags": ["east-china"], "owner": "li.wei", "terms": "net 15",
     "matching": {"fifo": True}, "contacts": contact("楼永顺", "+86 575 5555 0109", "lou@yongshun.example"),
     "address": address("浙江", "诸暨", "店口路 3 号", "311835"), "limit": 30000, "since": "2020-08-01"},
    {"id": "yongxin", "name": "温州甬信阀门有限公司", "industry": "阀门", "tags": ["east-china"], "owner": "chen.jie",
     "terms": "eom + 15", "contacts": contact("林晓", "+86 577 5555 0110", "ap@yongxin.example"),
     "address": address("浙江", "温州", "瓯江路 210 号", "325000"), "limit": 120000, "since": "2022-01-01"},
    {"id": "donghan", "name": "青岛东瀚海洋装备有限公司", "segment": "vip", "industry": "海工", "tags": ["north-china"],
     "owner": "chen.jie", "terms": "2/10 net 30", "contacts": contact("曲海", "+86 532 5555 0111", "ap@donghan.example"),
     "address": address("山东", "青岛", "薛家岛路 60 号", "266555"), "limit": 350000, "since": "2023-10-01"},
    {"id": "jiahe", "name": "嘉兴嘉禾源纺织机械有限公司", "industry": "纺机", "tags": ["east-china", "supplier"], "owner": "zhou.min",
     "terms": "net 30", "contacts": contact("陆云", "+86 573 5555 0112", "ap@jiahe.example"),
     "address": address("浙江", "嘉兴", "南溪路 19 号", "314000"), "limit": 150000, "since": "2021-03-01"},
    {"id": "tianyu", "name": "天津天屿物流设备有限公司", "industry": "物流", "tags": ["north-china"], "owner": "chen.jie",
     "terms": "prepaid", "contacts": contact("韩雪", "+86 22 5555 0113", "ap@tianyu.example"),
     "address": address("天津", "天津", "滨河道 88 号", "300450"), "limit": 0, "since": "2025-12-01"},
    {"id": "xinghe", "name": "深圳星荷电子有限公司", "industry": "电子", "tags": ["south-china"], "owner": "li.wei",
     "terms": "net 30", "contacts": contact("何欣", "+86 755 5555 0114", "ap@xinghe.example"),
     "address": address("广东", "深圳", "荷坳路 5 号", "518115"), "limit": 100000, "since": "2024-06-01"},
    {"id": "kunlan", "name": "西安昆岚能源装备有限公司", "industry": "能源", "tags": ["west-china"], "owner": "zhou.min",
     "terms": "net 30", "contacts": contact("白杨", "+86 29 5555 0115", "ap@kunlan.example"),
     "address": address("陕西", "西安", "灞柳路 12 号", "710024"), "limit": 250000, "since": "2022-05-01"},
    {"id": "weilan", "name": "威海威澜渔业机械有限公司", "industry": "渔机", "tags": ["north-china"], "owner": "chen.jie",
     "terms": "net 30", "contacts": contact("丛莉", "+86 631 5555 0116", "ap@weilan.example"),
     "address": address("山东", "威海", "海滨路 301 号", "264200"), "limit": 90000, "since": "2023-07-01"},
    {"id": "haoda-group", "name": "浙江浩达源集团有限公司", "segment": "group", "industry": "集团", "owner": "li.wei",
     "pays_for": ["haoda-machinery", "haoda-parts"], "contacts": contact("金琳", "+86 571 5555 0117", "treasury@haoda.example"),
     "address": address("浙江", "杭州", "钱塘路 1 号", "310020"), "since": "2021-01-01"},
    {"id": "haoda-machinery", "name": "浙江浩达源机械有限公司", "parent": "haoda-group", "segment": "group", "industry": "机械",
     "owner": "li.wei", "terms": "net 30", "contacts": contact("徐帆", "+86 571 5555 0118", "ap@haoda-machinery.example"),
     "address": address("浙江", "湖州", "太湖路 66 号", "313000"), "limit": 300000, "since": "2021-01-01"},
    {"id": "haoda-parts", "name": "浙江浩达源零部件有限公司", "parent": "haoda-group", "segment": "group", "industry": "机械",
     "owner": "li.wei", "terms": "net 30", "contacts": contact("叶青", "+86 571 5555 0119", "ap@haoda-parts.example"),
     "address": address("浙江", "湖州", "太湖路 68 号", "313000"), "limit": 100000, "since": "2021-01-01"},
    {"id": "pacific-crest", "name": "Pacific Crest Tools, Inc.", "segment": "export", "industry": "tools", "owner": "zhou.min",
     "language": "en", "currency": "USD", "terms": "net 45", "contacts": contact("Dana Reyes", "+1 206 555 0120", "ap@pacific-crest.example"),
     "address": address("WA", "Seattle", "120 Alder Street", "98101", "US"), "limit": 60000, "since": "2024-01-15", "abroad": True},
    {"id": "harbourline", "name": "Harbourline Bearings Ltd", "segment": "export", "industry": "bearings", "owner": "zhou.min",
     "language": "en", "currency": "USD", "terms": "net 30", "contacts": contact("Tom Ellery", "+44 117 496 0121", "accounts@harbourline.example"),
     "address": address("", "Bristol", "7 Quay Lane", "BS1 4XX", "GB"), "limit": 40000, "since": "2025-02-01", "abroad": True},
    {"id": "nordlicht", "name": "Nordlicht Maschinenbau GmbH", "segment": "export", "industry": "machinery", "owner": "zhou.min",
     "language": "en", "currency": "EUR", "terms": "net 60", "contacts": contact("Jana Petersen", "+49 40 5550 0122", "rechnung@nordlicht.example"),
     "address": address("", "Hamburg", "Werftweg 4", "20457", "DE"), "limit": 50000, "since": "2023-05-01", "abroad": True},
    {"id": "minato", "name": "株式会社湊精機", "aliases": ["Minato Seiki K.K."], "segment": "export", "industry": "machinery",
     "owner": "zhou.min", "language": "en", "currency": "JPY", "terms": "eom + 30",
     "contacts": contact("湊 遥", "+81 6 5555 0123", "keiri@minato.example"),
     "address": address("", "大阪", "港町 3-2-1", "552-0001", "JP"), "limit": 4000000, "since": "2024-04-01", "abroad": True},
    {"id": "shuheng", "name": "成都蜀衡衡器有限公司", "status": "prospect", "industry": "衡器", "tags": ["west-china"], "owner": "chen.jie",
     "contacts": contact("唐果", "+86 28 5555 0124", "buyer@shuheng.example"),
     "address": address("四川", "成都", "锦衡路 15 号", "610041"), "since": "2026-03-02"},
]  # fmt: skip

#: Old items at the opening: customer, number, dated, due, amount in smallest units, currency.
OPENING = [
    ("blueocean", "INV-2025-0187", "2025-12-04", "2026-01-03", 4_520_000, "CNY"),
    ("chenyao", "INV-2025-0191", "2025-12-11", "2026-01-10", 2_338_600, "CNY"),
    ("huajian", "INV-2025-0176", "2025-11-20", "2025-12-20", 3_164_000, "CNY"),
    ("luyuan", "INV-2025-0098", "2025-06-12", "2025-07-12", 813_600, "CNY"),
    ("luyuan", "INV-2025-0112", "2025-07-25", "2025-08-24", 1_525_500, "CNY"),
    ("qianjiang", "INV-2025-0195", "2025-12-15", "2026-01-14", 1_017_000, "CNY"),
    ("kunlan", "INV-2025-0183", "2025-11-28", "2025-12-28", 2_712_000, "CNY"),
    ("jinlin", "INV-2024-0210", "2024-12-20", "2026-01-20", 1_130_000, "CNY"),
    ("pacific-crest", "INV-2025-0189", "2025-12-05", "2026-01-19", 865_000, "USD"),
    ("nordlicht", "INV-2025-0180", "2025-11-25", "2026-01-24", 612_500, "EUR"),
]


def profile(data: dict[str, object], serial: int) -> list[tuple[str, object]]:
    """A customer as the pairs of a YAML document."""
    abroad = bool(data.get("abroad"))
    keys = ["id", "was", "name", "aliases", "kind", "status", "segment", "industry", "tags", "parent", "pays_for"]
    pairs: list[tuple[str, object]] = [(key, data.get(key, "")) for key in keys]
    pairs.append(("tax_id", "" if abroad else social_credit_code(serial)))
    pairs += [(key, data.get(key, "")) for key in ("owner", "language", "currency", "contacts", "address")]
    pairs.append(("bank_accounts", account(serial, "Example Bank" if abroad else "工商银行")))
    pairs += [(key, data.get(key, "")) for key in ("terms", "matching")]
    if "limit" in data:
        pairs.append(("credit", {"limit": Raw(data["limit"])}))
    pairs.append(("reviewed", Raw("2026-01-12")))
    pairs += [("since", Raw(data["since"])), ("note", data.get("note", ""))]
    return pairs

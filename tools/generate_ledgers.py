"""Writes `ledgers/`, the book that `make demo` reports on: a Chinese trading company, January to March 2026.

    python3 tools/generate_ledgers.py [FOLDER]        default: ledgers/ beside this folder

Seeded: the same bytes every time. README.md in the folder is written by hand and stays.
"""

from __future__ import annotations

import datetime as dt
import sys
from decimal import Decimal
from pathlib import Path

from book_story import Story
from book_writer import Doc, Entry, Line, Post, amount, document_text, write
from ledgers_firm import ACCOUNTS, BEHAVIOUR, CUSTOMERS, ITEMS, ITEMS_ABROAD, OPENING, SETTINGS, profile

D = Decimal
MONTHS = ((2026, 1), (2026, 2), (2026, 3))
LAST = dt.date(2026, 3, 31)
HOLIDAYS = frozenset([dt.date(2026, 1, 1), *(dt.date(2026, 2, day) for day in range(15, 24))])
BANK = "assets:bank:icbc"


def goods(story: Story, most: int = 3) -> list[Line]:
    """One to `most` lines from the catalogue, now and then with freight."""
    rows = []
    for item, text, unit, price in story.random.sample(ITEMS, story.random.randint(1, most)):
        room = max(4, int(D(9000) / price))
        quantity = story.random.randint(room // 4 + 1, room)
        quantity = quantity if quantity < 50 else quantity // 10 * 10
        rows.append(Line(text, D(quantity), price, item, unit, story.random.choice([0, 0, 0, 3, 5])))
    if story.random.random() < 0.25:
        rows.append(Line("运费", D(1), D(story.random.choice([80, 120, 150, 260])), tax="vat6", rate=6))
    return rows


def opening(story: Story) -> None:
    """What was open when the book began, item by item; most of it is paid in January."""
    old: dict[str, Doc] = {}
    by_currency: dict[str, list[Post]] = {}
    for customer, number, dated, due, minor, currency in OPENING:
        tags: dict[str, object] = {"invoice": number, "dated": dated, "due": due}
        by_currency.setdefault(currency, []).append(Post(f"assets:receivable:{customer}", minor, currency, tags))
        old[number] = Doc(customer, story.day(dated), story.day(due), [], currency, number=number)
    for currency, posts in by_currency.items():
        posts.append(Post("equity:opening", -sum(post.minor for post in posts), currency))
        story.entries.append(Entry(story.day("01-01"), "期初余额", f"应收明细 {currency}", posts))
    story.entries.append(
        Entry(story.day("01-01"), "期初余额", "银行存款", [
            Post(BANK, 38_250_000), Post("equity:opening", -38_250_000)])
    )  # fmt: skip
    for number, date, minor in (
        ("INV-2025-0187", "01-06", 4_520_000), ("INV-2025-0191", "01-13", 2_338_600), ("INV-2025-0176", "01-09", 2_000_000),
        ("INV-2025-0183", "01-15", 2_712_000), ("INV-2024-0210", "01-26", 1_130_000),
    ):  # fmt: skip
        doc = old[number]
        story.pay(doc.customer, story.day(date), [(doc, minor)], note="电汇，上年货款")
    story.pay("huajian", story.day("02-06"), [(old["INV-2025-0176"], 1_164_000)], note="电汇，付清上年余款")
    story.pay("pacific-crest", story.day("01-21"), [(old["INV-2025-0189"], 865_000)], currency="USD", fee=2000,
              bank="assets:bank:boc-usd", note="T/T")  # fmt: skip
    story.pay("nordlicht", story.day("01-29"), [(old["INV-2025-0180"], 612_500)], currency="EUR", fee=1500,
              bank="assets:bank:boc-eur", note="SEPA")  # fmt: skip


def everyday(story: Story) -> None:
    """The usual flow: each regular customer's invoices of the three months, and how they are paid."""
    for customer, (count, late, how) in BEHAVIOUR.items():
        docs = []
        for year, month in MONTHS:
            for _ in range(count + story.random.choice([-1, 0, 0, 1]) if count > 1 else count):
                date = story.workday(dt.date(year, month, story.random.randint(4, 26)))
                docs.append(story.invoice(customer, date, goods(story), expect=story.random.random() < 0.3))
        docs.sort(key=lambda doc: doc.date)
        if customer == "donghan":
            discounted(story, docs)
            continue
        if customer in SPECIAL:
            SPECIAL[customer](story, docs)
            docs = docs[1:]
        settle(story, customer, docs, late, how)


def settle(story: Story, customer: str, docs: list[Doc], late: int, how: str) -> None:
    """Pays documents around their due dates: by tag, by text, by amount or oldest first; now and then in parts."""
    for index, doc in enumerate(docs):
        date = (doc.due or doc.date) + dt.timedelta(days=late + story.random.randint(-3, 6))
        if how == "fifo":
            story.pay(customer, date, [(doc, doc.total // 10_000 * 10_000 or doc.total)], how=how, note="货款")
        elif how == "amount":
            story.pay(customer, date, [(doc, doc.total)], how=how, outside="货款", note="电汇")
        elif how == "text" and index % 2:
            pair = [(one, one.total) for one in docs[index - 1 : index + 1]]
            story.pay(customer, date, pair, how=how, outside=["货款 ", docs[index - 1], "、", doc], note="电汇")
        elif how == "text" and doc is docs[-1]:
            story.pay(customer, date, [(doc, doc.total)], how=how, outside=["付 ", doc, " 货款"], note="电汇")
        elif how == "tag" and index % 4 == 1:
            part = doc.total * 6 // 10 // 100 * 100
            story.pay(customer, date, [(doc, part)], note="电汇，部分货款")
            story.pay(customer, date + dt.timedelta(days=14), [(doc, doc.total - part)], note="电汇，余款")
        elif how == "tag":
            story.pay(customer, date, [(doc, doc.total)], note="电汇")


def discounted(story: Story, docs: list[Doc]) -> None:
    """2/10 net 30: those paid within ten days keep two percent; every third is paid late and in full."""
    for index, doc in enumerate(docs):
        early = story.workday(doc.date + dt.timedelta(days=8))
        if index % 3 == 2 or early > doc.date + dt.timedelta(days=10):
            story.pay("donghan", (doc.due or doc.date), [(doc, doc.total)], note="电汇")
            continue
        off = (doc.total * 2 + 50) // 100
        entry = story.pay("donghan", early, [(doc, doc.total - off)], note="电汇，享受现金折扣")
        if entry:
            entry.posts.insert(1, Post("expenses:discounts", off))
            entry.posts.append(Post("assets:receivable:donghan", -off, tags={"invoice": doc, "kind": "discount"}))


def returned(story: Story, docs: list[Doc]) -> None:
    """A return with its credit note; later a payment made twice, and its refund."""
    first, receivable = docs[0], "assets:receivable:kunlan"
    line = first.lines[0]
    back = Line(f"退货：{line.text}", D(2), line.price, line.item, line.unit, line.discount)
    date = story.workday(first.date + dt.timedelta(days=9))
    note = Doc("kunlan", date, None, [back], kind="credit-note", corrects=first, expect=True)
    story.docs.append(note)
    story.pay("kunlan", first.due or first.date, [(first, first.total - note.total)], note="电汇，已扣退货")
    story.log("note", f"{note.date:%m-%d}", "kunlan", "两件外圈有划痕，同意退货", invoices=[first])
    over = story.pay("kunlan", story.day("02-26"), [("", 300_000)], how="none", note="电汇", outside="重复付款 请退回")
    story.book("03-04", "kunlan", "退回重复付款", [
        Post(receivable, 300_000, tags={"reverses": over}), Post(BANK, -300_000)])  # fmt: skip


def bounced(story: Story, docs: list[Doc]) -> None:
    """A commercial draft that is not honoured: the invoice is open again with its old due date."""
    first = docs[0]
    draft = story.pay("xinghe", story.day("02-09"), [(first, first.total)], note="商业承兑汇票", bank="assets:notes",
                      method="draft")  # fmt: skip
    story.book("03-09", "xinghe", "汇票拒付", [
        Post("assets:receivable:xinghe", first.total, tags={"reverses": draft}), Post("assets:notes", -first.total)])  # fmt: skip
    story.log("call", "03-10", "xinghe", "汇票被拒付，财务称两周内改电汇", invoices=[first])
    story.log("promise", "03-10", "xinghe", "改电汇付清", invoices=[first], amount=amount(first.total),
              until=story.day("03-24"))  # fmt: skip


def netted(story: Story, docs: list[Doc]) -> None:
    """A customer who is a supplier too: half is set off against what we owe, the rest is paid."""
    first = docs[0]
    half = first.total // 2 // 100 * 100
    story.book("01-20", "jiahe", "采购纺机配件", [
        Post("expenses:purchases", half), Post("liabilities:payable:jiahe", -half)])  # fmt: skip
    date = story.workday(first.due or first.date)
    story.book(f"{date:%m-%d}", "jiahe", "应收应付对冲协议", [
        Post("liabilities:payable:jiahe", half),
        Post("assets:receivable:jiahe", -half, tags={"invoice": first})], "DC-2026-01")  # fmt: skip
    story.pay("jiahe", date + dt.timedelta(days=2), [(first, first.total - half)], note="电汇，对冲后余款")


def disputed(story: Story, docs: list[Doc]) -> None:
    """Two disputes: one settled, one still open."""
    first, last = docs[0], docs[-1]
    date = story.workday(first.date + dt.timedelta(days=12))
    settled = story.log("dispute", f"{date:%m-%d}", "huajian", "客户称轴承型号与合同不符，要求换货", invoices=[first],
                        amount=amount(first.total // 3))  # fmt: skip
    story.close(settled, "03-12", "换货完成，客户同意全额付款")
    story.pay("huajian", story.day("03-18"), [(first, first.total)], note="电汇")
    date = story.workday(last.date + dt.timedelta(days=4))
    story.log("dispute", f"{date:%m-%d}", "huajian", "到货数量少两件，正在与承运商核对", invoices=[last])


SPECIAL = {"kunlan": returned, "xinghe": bounced, "jiahe": netted, "huajian": disputed}


def projects(story: Story) -> None:
    """Instalments with 质保金, a prepayment taken into account, a void, a write-off, services in the journal."""
    plant = story.invoice("hengfeng", story.day("01-14"), [
        Line("输送线驱动系统（含安装）", D(1), D("186000.00"), "PRJ-2601", "套"),
        Line("调试服务", D(1), D("12000.00"), tax="vat6", rate=6)],
        instalments=[(story.day("01-28"), 30, "预付款"), (story.day("03-10"), 60, "验收款"), (dt.date(2027, 1, 14), 10, "质保金")],
        refs={"po": "HF-2026-003", "contract": "HT-2026-018"}, note="请按合同 HT-2026-018 付款", expect=True)  # fmt: skip
    story.pay("hengfeng", story.day("01-27"), [((plant, 1), plant.share(0))], note="电汇，预付款")
    story.pay("hengfeng", story.day("03-16"), [((plant, 2), 8_000_000)], note="电汇，部分验收款")
    lift = story.invoice("jinlin", story.day("02-04"), [Line("曳引机及控制柜", D(2), D("43500.00"), "PRJ-2602", "套")],
        instalments=[(story.day("02-14"), 50, "发货款"), (story.day("03-06"), 45, "安装款"), (dt.date(2028, 2, 4), 5, "质保金")],
        refs={"contract": "HT-2026-022"})  # fmt: skip
    story.pay("jinlin", story.day("02-12"), [((lift, 1), lift.share(0))], note="电汇，发货款")
    story.pay("jinlin", story.day("03-11"), [((lift, 2), lift.share(1))], note="电汇，安装款")

    advance = story.pay(
        "tianyu",
        story.day("01-19"),
        [("", 5_000_000)],
        how="none",
        note="电汇，订货预付",
        outside="预付货款 合同 HT-2026-020",
    )
    if advance:
        advance.posts[-1].account = "liabilities:advances:tianyu"
    shelves = story.invoice("tianyu", story.day("02-10"), [Line("重型货架滚筒", D(260), D("318.00"), "RLR-89", "根", 5)],
                            refs={"contract": "HT-2026-020"})  # fmt: skip
    story.book("02-10", "tianyu", "预收款转应收", [
        Post("liabilities:advances:tianyu", 5_000_000),
        Post("assets:receivable:tianyu", -5_000_000, tags={"invoice": shelves, "receipt": advance})])  # fmt: skip
    story.pay("tianyu", story.day("02-12"), [(shelves, shelves.total - 5_000_000)], note="电汇，发货前付清")

    story.invoice("blueocean", story.day("01-23"), goods(story), note="客户名称有误，已作废重开",
                  void=(story.day("01-26"), "开票信息有误，作废重开"))  # fmt: skip
    story.book("03-31", "luyuan", "核销坏账，客户已停产", [
        Post("expenses:bad debt", 813_600), Post("assets:receivable:luyuan", -813_600, tags={"invoice": "INV-2025-0098"})],
        "HX-2026-01")  # fmt: skip
    promise = story.log("promise", "01-22", "luyuan", "答应春节前付 5,000 元", invoices=["INV-2025-0112"], amount=amount(500_000),
                        until=story.day("02-13"))  # fmt: skip
    story.close(promise, "02-24", "broken")
    story.log("visit", "03-05", "luyuan", "厂房已停工，老板失联，建议核销最早一笔", invoices=["INV-2025-0098"])
    for customer, date, text, price in (
        ("chenyao", "01-29", "设备年检服务", "6800.00"), ("haoda-machinery", "02-27", "安装指导服务", "9500.00"),
        ("yongxin", "03-13", "阀门检修服务", "4200.00"),
    ):  # fmt: skip
        lines = [Line(text, D(1), D(price), tax="vat6", rate=6)]
        story.invoice(customer, story.day(date), lines, journal="only")
    both = story.invoice("chenyao-wuxi", story.day("03-20"), goods(story), journal="both", note="随货同行", expect=True)
    story.pay("haoda-machinery", story.day("03-27"), [(both_of(story, "haoda-machinery"), 1_007_000)], note="集团代付",
              payee=story.names["haoda-group"], payer="haoda-group")  # fmt: skip
    story.log("call", "03-30", "chenyao-wuxi", "已收到货，四月底付款", invoices=[both])


def both_of(story: Story, customer: str) -> Doc:
    """The customer's document that stands in the journal alone."""
    return next(doc for doc in story.docs if doc.customer == customer and doc.journal == "only")


def abroad(story: Story) -> None:
    """Exports in dollars, euros and yen: bank fees, a receipt settled in CNY with its exchange difference."""

    def sell(customer: str, date: str, currency: str, *rows: tuple[int, int]) -> Doc:
        lines = [
            Line(ITEMS_ABROAD[i][1], D(quantity), ITEMS_ABROAD[i][3][currency], ITEMS_ABROAD[i][0], "pcs", tax="export", rate=0)
            for i, quantity in rows
        ]  # fmt: skip
        return story.invoice(customer, story.day(date), lines, currency=currency, expect=True)

    first = sell("pacific-crest", "01-12", "USD", (0, 1200), (2, 80))
    sell("pacific-crest", "02-25", "USD", (1, 150), (3, 60))
    story.pay("pacific-crest", story.day("02-26"), [(first, 700_000)], currency="USD", fee=2000,
              bank="assets:bank:boc-usd", note="T/T, part payment")  # fmt: skip
    bearings = sell("harbourline", "01-16", "USD", (0, 2000))
    sell("harbourline", "03-06", "USD", (0, 1000), (1, 40))
    receipt = story.pay(
        "harbourline", story.day("02-24"), [(bearings, bearings.total)], currency="USD", note="T/T，银行结汇"
    )
    if receipt:
        cost, got = bearings.total * 708 // 100, bearings.total * 7095 // 1000
        receipt.posts = [
            Post(BANK, got), Post("expenses:fx", cost - got),
            Post("assets:receivable:harbourline", -bearings.total, "USD", {"invoice": bearings}, cost="CNY 7.08")]  # fmt: skip
    sell("nordlicht", "01-20", "EUR", (2, 60), (3, 90))
    sell("nordlicht", "03-17", "EUR", (1, 110))
    yen = sell("minato", "01-22", "JPY", (0, 800), (1, 60))
    sell("minato", "03-10", "JPY", (3, 140))
    story.pay("minato", story.day("02-27"), [(yen, yen.total)], how="none", currency="JPY", bank="assets:bank:boc-jpy",
              note="海外送金", outside=["INVOICE ", yen])  # fmt: skip


def chased(story: Story) -> None:
    """Calls, promises, reminders and a change of a credit limit."""
    story.log("credit-limit", "01-12", "blueocean", "额度由 300,000 调至 500,000，周经理批准")
    late = [doc for doc in story.docs if doc.customer == "weilan" and doc.date < story.day("02-10")]
    story.log("reminder", "03-16", "weilan", "邮件催款", invoices=late[:1])
    kept = [doc for doc in story.docs if doc.customer == "huajian"][1]
    promise = story.log("promise", "02-27", "huajian", "电话答应三月付款", invoices=[kept], amount=amount(kept.total),
                        until=story.day("03-31"))  # fmt: skip
    story.close(promise, "03-31", "kept" if any(kept in map(tag_doc, e.posts) for e in story.entries) else "broken")
    story.log("email", "03-19", "pacific-crest", "Balance of the January invoice promised for the end of March")
    story.log("statement", "03-02", "blueocean", "二月对账单已寄")
    story.log("visit", "03-02", "shuheng", "首次拜访，对减速机感兴趣，暂无订单")


def tag_doc(post: Post) -> object:
    """What a posting says it pays."""
    return post.tags.get("invoice")


def bank_checks(story: Story) -> None:
    """The bank's own balances at each month's end, as assertions: hledger and we check them."""
    for last in ("01-31", "02-28", "03-31"):
        posts = [Post("assets:bank:icbc", 0, check=True), Post("assets:bank:boc-usd", 0, "USD", check=True)]
        story.entries.append(Entry(story.day(last), "银行对账单", "月末余额", posts))


def told() -> Story:
    """Everything that happens, before numbers are given and text is written."""
    story = Story(20260101, CUSTOMERS, last=LAST, currency="CNY", bank=BANK, holidays=HOLIDAYS)
    for step in (opening, everyday, projects, abroad, chased, bank_checks):
        step(story)
    return story


def files() -> dict[str, str]:
    """The whole book: name to text."""
    story = told()
    found = story.files(2026, "income:sales", "income:services")
    found |= {f"customers/{c['id']}.yaml": document_text(profile(c, 200 + i)) for i, c in enumerate(CUSTOMERS)}
    found |= {"custledger.yaml": SETTINGS, "journals/00-accounts.journal": ACCOUNTS}
    roots = sorted(name for name in found if name.startswith("journals/"))
    found["book.journal"] = "decimal-mark .\n" + "".join(f"include {name}\n" for name in roots)
    return dict(sorted(found.items()))


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent.parent / "ledgers", files())

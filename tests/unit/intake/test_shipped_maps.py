"""The maps that come along, on the headings that the systems write."""

from decimal import Decimal

import pytest

from custledger.intake.customers import read_customers
from custledger.intake.invoices import read_invoices
from custledger.intake.parties import Parties
from custledger.intake.payments import read_payments
from custledger.store.shipped import shipped_maps
from import_tables import SETTINGS, keys, reading, shipped

XERO = """\
*ContactName,EmailAddress,POAddressLine1,*InvoiceNumber,Reference,*InvoiceDate,*DueDate,InventoryItemCode,*Description,*Quantity,*UnitAmount,Discount,*AccountCode,*TaxType,TaxAmount,Currency,BrandingTheme
City Agency,a@city.example,,ORC1001,PO-9,15/01/2026,14/02/2026,,Desk hire,2,150.00,10,200,VAT,54.00,GBP,
City Agency,,,ORC1001,PO-9,15/01/2026,14/02/2026,BK,Book,1,"1,020.00",,200,VAT,204.00,GBP,
"""
QUICKBOOKS = """\
*InvoiceNo,*Customer,*InvoiceDate,*DueDate,Terms,Location,Memo,Item(Product/Service),ItemDescription,ItemQuantity,ItemRate,*ItemAmount,Service Date
1001,Amy's Bird Sanctuary,02/13/2026,03/15/2026,Net 30,,Thank you,Hours,Gardening,4,75,300,
1001,,,,,,,Pump,Fountain pump,1,"$1,275.00","$1,275.00",
1002,Bill's Windsurf Shop,02/14/2026,,,,,Hours,Surf,1,85.00,85.00,
"""
CHINESE = "单据编号,客户名称,单据日期,到期日期,价税合计,币别\nXS-0001,上海蓝海湾贸易有限公司,20260105,2026.2.4,￥11300,人民币\n"


def test_every_map_can_be_read_and_says_what_it_is_for():
    names = shipped_maps()
    assert len(names) >= 16
    for name in names:
        assert shipped(name).about


def read(text, name):
    found = reading(text, shipped(name))
    invoices, _ = read_invoices(found, Parties((), create=True), SETTINGS)
    assert keys(found.diagnostics) == []
    return invoices


def test_xero():
    (one,) = read(XERO, "xero-invoices")
    assert (one.number, str(one.date), str(one.due), one.currency, one.refs) == (
        "ORC1001", "2026-01-15", "2026-02-14", "GBP", {"po": ("PO-9",)},
    )  # fmt: skip
    assert [(line.text, line.quantity, line.price, line.discount) for line in one.lines] == [
        ("Desk hire", 2, 150, Decimal("0.1")),
        ("Book", 1, 1020, 0),
        ("VAT", 1, 258, 0),
    ]


def test_quickbooks():
    first, second = read(QUICKBOOKS, "quickbooks-invoices")
    assert (str(first.date), first.due.isoformat(), first.note) == ("2026-02-13", "2026-03-15", "Thank you")
    assert [(line.item, line.price) for line in first.lines] == [("Hours", 75), ("Pump", 1275)]
    assert (second.number, second.due) == ("1002", None)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_chinese(encoding):
    (one,) = read(CHINESE.encode(encoding), "cn-invoices")
    assert (one.customer, one.currency, one.lines[0].price) == ("上海蓝海湾贸易有限公司", "CNY", 11300)
    assert (str(one.date), str(one.due)) == ("2026-01-05", "2026-02-04")
    text = "客户编码,客户名称,纳税人识别号,账期\n0001,蓝海湾,91990000MA0002002W,60\n"
    (customer,) = read_customers(reading(text.encode(encoding), shipped("cn-customers")), ()).new
    assert (customer.id, customer.tax_id, customer.terms.versions[0][1].text) == (
        "0001",
        "91990000MA0002002W",
        "net 60",
    )
    text = "收款单号,收款日期,客户编码,收款金额,结算方式,币种,源单编号\nSK1,2026/2/3,0001,100,支付宝,美元,XS-0001\n"
    found = read_payments(reading(text.encode(encoding), shipped("cn-payments")), Parties([customer]), SETTINGS, ())
    (payment,) = found.new
    assert (payment.method, payment.currency, payment.invoices) == ("alipay", "USD", ("XS-0001",))

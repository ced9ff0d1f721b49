import datetime as dt
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from custledger.core.span import Span
from custledger.core.terms import parse_terms
from custledger.parse.yaml.compose import compose
from custledger.schema.documents import lower_activities, lower_customers, lower_invoices, lower_settings
from documents import ENTRY, INVOICE, customers, file, invoices, told

D = dt.date.fromisoformat


# what is read ----------------------------------------------------------------------------------------------------


def test_an_invoice():
    (invoice,), found = invoices(
        "number: 0042\ncustomer: acme\ndate: 2026-01-20\n"
        "instalments: [{due: 2026-02-28, share: 30%}, {due: 2026-06-30, share: 70%, text: 质保金}]\n"
        "currency: CNY\nterms: Net 30\nprices: gross\nrefs: {po: PO-1, delivery: [1, 2]}\n"
        "lines:\n  - {item: 0001, quantity: 100, price: 8.50, discount: 5%, tax: vat13, account: income:goods}\n  - price: -0.10\n"
        "expect: {total: 10.00}\nvoid: {date: 2026-02-01, reason: no}\nx-mine: {anything: [goes]}\nnote:\n"
    )
    assert found == []
    assert (invoice.number, invoice.lines[0].item, invoice.void.reason) == ("0042", "0001", "no")
    assert invoice.lines[0].discount == Decimal("0.05")
    assert invoice.lines[1].span == Span("a.yaml", 11, 5, 11, 17)
    assert invoice.instalments[1].share == Decimal("0.7")
    assert invoice.terms == parse_terms("net 30")
    assert invoice.refs == {"po": ("PO-1",), "delivery": ("1", "2")}
    assert invoice.expect_total == Decimal("10.00")
    assert invoice.spans["expect.total"] == Span("a.yaml", 12, 17, 12, 22)
    assert invoice.spans["customer"] == Span("a.yaml", 2, 11, 2, 15)
    assert invoice.due is None
    assert invoice.note == ""


def test_a_credit_note_takes_what_it_leaves_out_from_what_it_corrects():
    note = "---\nkind: credit-note\nnumber: CN-1\ncorrects: A-1\ndate: 2026-03-01\nlines: [{price: 1}]\n"
    found = compose("b.yaml", note.encode())
    (credit, invoice), problems = lower_invoices([found, file(INVOICE + "currency: EUR\nprices: gross\n")])
    assert problems == []
    assert invoice.number == "A-1"
    assert (credit.customer, credit.currency, credit.prices, credit.basis) == ("acme", "EUR", "gross", D("2026-01-20"))
    (alone,), problems = lower_invoices([found])
    assert problems == []
    assert (alone.customer, alone.basis) == ("", D("2026-03-01"))


def test_a_customer():
    (customer,), found = customers(
        "id: 蓝海\nwas: [lanhai]\nname: 上海蓝海\nkind: individual\ntags: [a, b]\ncredit: {limit: [{from: 2026-01-01, is: 5}]}\n"
        "terms: [{from: 2023-04-01, is: net 30}, {from: 2026-06-01, is: net 60}]\ncurrency: USD\n"
        "contacts: [{name: 王芳, phone: +86 21 5555, receives: [statement]}]\naddress: {country: NO}\nmatching: {fifo: true}\n"
        "bank_accounts: [{account: '6222'}]\nreviewed: 2026-01-10\n"
    )
    assert found == []
    assert customer.terms.on(D("2026-06-01")) == parse_terms("net 60")
    assert customer.terms.on(D("2023-03-31")) is None
    assert customer.terms.changes
    assert not customer.currency.changes
    assert customer.currency.on(D("1999-01-01")) == "USD"
    assert customer.credit_limit.on(D("2026-01-01")) == Decimal(5)
    assert customer.contacts[0].phone == "+86 21 5555"
    assert customer.address == {"country": "NO"}
    assert customer.bank_accounts == ({"account": "6222"},)
    assert customer.matching.fifo is True
    assert customer.matching.set_size is None
    assert customer.spans["credit.limit"].line == 6


def test_settings():
    settings_, found = lower_settings(
        file(
            "book: 1\ncurrency: CNY\ncommodities: {CNY: {digits: 3, also: [¥, 元]}, JPY: {also: [円]}}\ndecimal_mark: ','\n"
            "language: zh-CN\ntimezone: Asia/Shanghai\nterms: eom\naccounts: {receivable: [assets:receivable, 负债:预收账款], bad_debt: ['expenses:bad debt']}\n"
            "taxes: {vat: {rate: [{from: 2019-04-01, is: 13%}], account: liabilities:vat}}\nnumbering: {from: 2026-01-01}\n"
            "aging: {basis: invoice, edges: [30, 6m, 1y]}\nmatching: {withholding: [6%], coincidence: 0.01}\nrounding: {tax: line}\n"
        )
    )
    assert found == []
    assert settings_ is not None
    assert settings_.commodities.get("元").digits == 3
    assert settings_.commodities.get("円").name == "JPY"
    assert settings_.commodities.get("JPY").digits == 0
    assert settings_.accounts == {
        "receivable": ("assets:receivable", "负债:预收账款"),
        "bad_debt": ("expenses:bad debt",),
    }
    assert settings_.taxes["vat"].rate.on(D("2019-03-31")) is None
    assert settings_.taxes["vat"].rate.on(D("2019-04-01")) == Decimal("0.13")
    assert settings_.numbering.since == D("2026-01-01")
    assert settings_.aging.edges == ("30", "6m", "1y")
    assert settings_.matching.withholding == (Decimal("0.06"),)
    assert settings_.tax_rounding == "line"


def test_activities():
    entries, found = lower_activities(
        [file(ENTRY + "- {id: b, closes: 2026-01-01-aaaaaa, outcome: kept, date: 2026-01-02}\n")]
    )
    assert found == []
    assert [(entry.kind, entry.closes, entry.outcome) for entry in entries] == [
        ("note", None, ""),
        ("", "2026-01-01-aaaaaa", "kept"),
    ]


words = st.sampled_from(
    ["a", "acme", "2026-01-01", "1.00", "5%", "net 30", "", "1e3", "CNY", "kind", "credit-note", "x: y", "true", "上海"]
)
values = st.recursive(
    words.map(lambda text: "'" + text + "'"),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: "[" + ", ".join(items) + "]")
        | st.dictionaries(
            st.sampled_from(
                [
                    "from",
                    "is",
                    "price",
                    "total",
                    "due",
                    "share",
                    "limit",
                    "rate",
                    "po",
                    "x-a",
                    "digits",
                    "also",
                    "edges",
                ]
            ),
            inner,
            max_size=3,
        ).map(lambda pairs: "{" + ", ".join(f"{key}: {value}" for key, value in pairs.items()) + "}")
    ),
    max_leaves=5,
)
keys = st.sampled_from(
    "number id name date customer due instalments currency terms prices refs lines note expect void kind corrects was credit "
    "contacts taxes commodities aging accounts book matching numbering timezone closes outcome amount until x-y zz".split()
)


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(keys, values, max_size=8))
def test_whatever_is_written_is_read_or_told(pairs):
    text = "".join(f"{key}: {value}\n" for key, value in pairs.items()) or "{}\n"
    found = file(text)
    lines = text.count("\n")
    listed = file("- " + text.replace("\n", "\n  "))
    for lowered, problems in (
        lower_invoices([found]),
        lower_customers([found]),
        lower_settings(found),
        lower_activities([listed]),
    ):
        assert lowered or problems
        told(problems)
        assert problems == sorted(problems, key=lambda problem: problem.order)
        for problem in problems:
            assert 1 <= problem.span.line <= lines + 1
            assert problem.span.column >= 1

"""A book with thirty different mistakes in ten files: one run reports all thirty, each once, at its place."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import literate

FILES = {
    "custledger.yaml": """\
book: 1
currency: CNY
decimal_mark: "."
terms: net 30
numbering: {from: 2026-01-01}
langauge: zh-CN
""",
    "customers/a.yaml": """\
id: acme
name: Acme Tools
reviewed: 2024-05-01
---
id: beta
name: Beta
---
id: gamma
name: Gamma
terms: nett 30
---
id: delta
name: Delta
name: Delta Ltd
---
id: epsilon
name: Epsilon
parent: zeta
---
id: zeta
name: Zeta
parent: epsilon
""",
    "customers/b.yaml": """\
id: acme
name: Acme Trading
---
id: theta
name: &t Theta
---
id: kappa
name: "Kappa
""",
    "customers/c.yml": "id: iota\nname: Iota\n",
    "invoices/a.yaml": """\
number: INV-2026-0001
customer: acme
date: 2026-01-10
due: 2025-02-10
lines: [{text: bearings, quantity: 10, price: 8.50}]
---
number: INV-2026-0003
customer: acme
date: 2026-01-12
lines: [{text: belts, price: 100.00}]
expect: {total: 99.00}
---
number: INV-2026-0004
date: 2026-01-13
lines: [{text: belts, price: 100.00}]
---
number: INV-2026-0005
customer: epsilon
date: 2026-01-14
lines: [{text: belts, price: 100.00}]
---
number: INV-2026-0005
customer: epsilon
date: 2026-01-15
lines: [{text: chains, price: 30.00}]
---
number: INV-2026-0006
customer: epsilon
date: 2026-13-15
lines: [{text: chains, price: 30.00}]
""",
    "invoices/b.yaml": """\
number: INV-2026-0007
customer: epsilon
date: 2027-01-16
lines: [{text: wheels, price: 50.00}]
---
kind: credit-note
number: CN-2026-0001
customer: epsilon
corrects: INV-2026-0005
date: 2026-01-25
lines: [{text: returned, price: 5.00}]
""",
    "journals/a.journal": """\
2026-02-10 (RCPT-1) Acme
    assets:bank                    CNY 11.00
    assets:receivable:acme        CNY -10.00

2026-02-11 (RCPT-2) Acme
    assets:bank                    CNY 10.00
    assets:receivable:acmee       CNY -10.00

2026-02-30 (RCPT-3) Acme
    assets:bank                    CNY 10.00
    assets:receivable:acme        CNY -10.00

02-12 (RCPT-4) Acme
    assets:bank                    CNY 10.00
    assets:receivable:acme        CNY -10.00

2026-02-13 (RCPT-5) Epsilon
    assets:bank                   CNY 100.00
    assets:receivable:epsilon    CNY -100.00  ; invoice:INV-2026-0003

2026-02-14 (RCPT-6) Epsilon
    assets:bank                    USD 10.00
    assets:receivable:epsilon     USD -10.00  ; invoice:INV-2026-0005
""",
    "journals/b.journal": """\
2026-03-01 (RCPT-7) Acme
    assets:bank                    CNY 1.005
    assets:receivable:acme        CNY -1.005

2026-03-02 (RCPT-8) Acme
    assets:bank                    CNY 10.00 = CNY 1.00
    assets:receivable:acme        CNY -10.00  ; 货款invoice:INV-2026-0001

2026-03-03 (RET-1) Acme, returned
    assets:receivable:acme         CNY 10.00  ; reverses:RCPT-99
    assets:bank

include nothing.journal
what is this
""",
    "activity/a.yaml": """\
- {id: 2026-02-20-3f9c1a, kind: call, date: 2026-02-20, customer: acme, invoices: [INV-2026-0077]}
- {id: 2026-02-21-3f9c1b, closes: 2026-02-19-000000, date: 2026-02-21, outcome: kept}
""",
    "book.journal": "decimal-mark .\ninclude journals/a.journal\n",
}

#: File, line, column and slug of each.
MISTAKES = [
    ("activity/a.yaml", 1, 84, "unknown-invoice"),
    ("activity/a.yaml", 2, 35, "unknown-activity"),
    ("book.journal", 2, 1, "incomplete-book-journal"),
    ("custledger.yaml", 6, 1, "unknown-key"),
    ("customers/a.yaml", 3, 11, "stale-review"),
    ("customers/a.yaml", 10, 8, "invalid-value"),
    ("customers/a.yaml", 14, 1, "duplicate-key"),
    ("customers/a.yaml", 18, 9, "parent-cycle"),
    ("customers/b.yaml", 1, 5, "duplicate-id"),
    ("customers/b.yaml", 5, 7, "yaml-feature"),
    ("customers/b.yaml", 8, 7, "yaml-syntax"),
    ("customers/c.yml", None, None, "stray-file"),
    ("invoices/a.yaml", 4, 6, "due-before-date"),
    ("invoices/a.yaml", 7, 9, "number-gap"),
    ("invoices/a.yaml", 11, 17, "total-differs"),
    ("invoices/a.yaml", 13, 1, "missing-key"),
    ("invoices/a.yaml", 22, 9, "duplicate-number"),
    ("invoices/a.yaml", 29, 7, "invalid-value"),
    ("invoices/b.yaml", 3, 7, "future-date"),
    ("journals/a.journal", 1, 1, "unbalanced-transaction"),
    ("journals/a.journal", 7, 5, "unknown-customer"),
    ("journals/a.journal", 9, 1, "invalid-date"),
    ("journals/a.journal", 13, 1, "date-without-year"),
    ("journals/a.journal", 19, 57, "wrong-customer"),
    ("journals/a.journal", 23, 57, "wrong-commodity"),
    ("journals/b.journal", 3, 35, "too-many-digits"),
    ("journals/b.journal", 7, 49, "glued-tag"),
    ("journals/b.journal", 10, 58, "unknown-receipt"),
    ("journals/b.journal", 13, 9, "include-missing"),
    ("journals/b.journal", 14, 1, "syntax"),
]


def test_thirty_mistakes_in_ten_files(tmp_path: Path) -> None:
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    printed, status = literate.call_main(["check", "--format", "json"], tmp_path, literate.environment(tmp_path))
    assert status == 1
    found = [(d["file"], d["line"], d["column"], d["slug"]) for d in json.loads(printed)["diagnostics"]]
    assert found == MISTAKES
    assert len(FILES) == 10
    assert len(found) == 30
    assert max(Counter(found).values()) == 1

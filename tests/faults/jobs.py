"""Every command that writes, with a book to write to and a command line that does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

BOOK = {
    "custledger.yaml": (
        "book: 1\ncompany: {name: Harbour}\ncurrency: CNY\ndecimal_mark: '.'\nterms: net 30\n"
        "accounts: {receivable: [assets:receivable], cash: [assets:bank], revenue: [income]}\n"
    ),
    "customers/acme.yaml": "id: acme\nname: Acme Tools Ltd.\n",
    "invoices/2026-05.yaml": (
        "number: INV-2026-0001\ncustomer: acme\ndate: 2026-05-10\ncurrency: CNY\ndue: 2026-06-09\n"
        "lines: [{text: tools, price: 1130.00}]\n"
    ),
    "journals/2026-05.journal": (
        "2026-05-28 * (RCPT-2026-00001) Acme\n  assets:bank   CNY 130.00\n  assets:receivable:acme   CNY -130.00\n"
    ),
    "book.journal": "decimal-mark .\ninclude journals/2026-05.journal\n",
}
CUSTOMERS = "id,name,city\nbell,Bell & Sons,Seaford\ncoral,Coral Ltd.,Kiel\n"
INVOICES = (
    "number,customer id,date,due,total\nA-1,acme,2026-06-01,2026-07-01,100.00\nA-2,acme,2026-05-02,2026-06-01,50.00\n"
)
PAYMENTS = "date,customer id,amount,invoices\n2026-06-02,acme,100.00,INV-2026-0001\n2026-05-30,acme,7.00,\n"

MATCHES = (
    (
        "journals/2026-06.journal",
        "2026-06-03 * (RCPT-2026-00007) Acme | INV-2026-0001\n  assets:bank\n  assets:receivable:acme   CNY -900.00\n",
    ),
    (
        "journals/2026-07.journal",
        "2026-06-04 * (RCPT-2026-00008) Acme | INV-2026-0001\n  assets:bank\n  assets:receivable:acme   CNY -300.00\n",
    ),
)
"""Two payments of one invoice, in two files."""
BARE = ("-f", "a.journal", "-f", "b.journal")
BARE_MATCHES = (
    (
        "a.journal",
        "2026-05-10 (INV-2026-0001) Acme\n  assets:receivable:acme   CNY 1130.00\n  income\n\n" + MATCHES[0][1],
    ),
    ("b.journal", MATCHES[1][1]),
)
MATCHED = MATCHES[0][1].replace("-900.00", "-900.00  ; invoice:INV-2026-0001")


@dataclass(frozen=True)
class Job:
    """`command` is the verb, `words` its command line; `files` are added to the book; `empty`: there is no book yet."""

    command: str
    words: tuple[str, ...]
    files: tuple[tuple[str, str], ...] = ()
    empty: bool = False
    bare: tuple[str, ...] = ()
    """`-f` options: `files` are journals with no book around them."""
    indexed: bool = False
    """The book has an index, through which the command works."""
    step: int = 1
    """Every how-many-th call is failed: 1 but for a command whose hundreds of calls are all alike."""


JOBS = {
    "payment to a new month": Job("payment add", ("payment", "add", "acme", "--invoice", "INV-2026-0001")),
    "payment to a month that is there": Job(
        "payment add", ("payment", "add", "acme", "--amount", "5", "--date", "2026-05-30")
    ),
    "invoice": Job("invoice new", ("invoice", "new", "acme", "--net", "10")),
    "customer": Job("customer add", ("customer", "add", "New Ltd.")),
    "payment through an index": Job("payment add", ("payment", "add", "acme", "--amount", "5"), indexed=True),
    "invoice through an index": Job("invoice new", ("invoice", "new", "acme", "--net", "10"), indexed=True),
    "customer through an index": Job("customer add", ("customer", "add", "New Ltd."), indexed=True),
    "init": Job("init", ("init", "."), empty=True, step=3),
    "init of an example": Job("init", ("init", "deep/firm", "--example"), empty=True, step=13),
    "fmt of two files": Job(
        "fmt",
        ("fmt",),
        (("journals/2026-04.journal", "2026-04-01 x\n  assets:bank   CNY 1.00\n  income   CNY -1.00\n"),),
    ),
    "import of customers": Job(
        "import customers", ("import", "customers", "table.csv", "--map", "customers"), (("table.csv", CUSTOMERS),)
    ),
    "import of invoices": Job(
        "import invoices", ("import", "invoices", "table.csv", "--map", "invoices"), (("table.csv", INVOICES),)
    ),
    "import of payments": Job(
        "import payments", ("import", "payments", "table.csv", "--map", "payments"), (("table.csv", PAYMENTS),)
    ),
    "matches written": Job("reconcile", ("reconcile", "--write"), MATCHES),
    "matches written in bare journals": Job("reconcile", (*BARE, "reconcile", "--write"), BARE_MATCHES, bare=BARE),
    "matches taken back": Job("unmatch", ("unmatch", "RCPT-2026-00007"), (("journals/2026-06.journal", MATCHED),)),
}


def make(job: Job, folder: Path) -> None:
    """The book that the job begins with."""
    files = {} if job.empty or job.bare else BOOK
    for name, text in {**files, **dict(job.files)}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

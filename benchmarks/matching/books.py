"""A batch as custledger reads it: as values, which is fast, or as a folder of texts, which proves that they agree."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from custledger.book.book import Book
from custledger.book.customer import Customer as Profile
from custledger.book.entry import Charge, Credit, CreditPart, Debit, Text
from custledger.book.settings import Matching, Numbering, Settings
from custledger.core.money import Commodities, Money
from custledger.core.span import Span
from custledger.core.terms import parse_terms

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from benchmarks.matching.months import Batch
    from benchmarks.matching.world import Account, Item, Receipt

CNY = "CNY"
#: A difference's account, and the kind of credit that a posting against it is.
BOOKED = {
    "discount": ("expenses:discounts", "discount"),
    "rounding": ("expenses:discounts", "discount"),
    "fee": ("expenses:bank charges", "adjustment"),
    "withholding": ("assets:withholding", "withholding"),
}


def key_of(account: Account, name: str) -> str:
    """The key of an entry in the values."""
    return f"{account.id}/{name}"


def values(batch: Batch, *, closing: bool = True) -> Book:
    """The batch as a book; without `closing` nobody ever says what a receipt was for."""
    charges: list[Charge] = []
    credits_: list[Credit] = []
    debits: list[Debit] = []
    profiles: dict[str, Profile] = {}
    for account in batch.accounts:
        policy = account.policy
        rules = Matching(
            bank_fee=Decimal(policy.fee).scaleb(-2),
            tolerance=Decimal(policy.tolerance).scaleb(-2),
            withholding=(Decimal(policy.withholding).scaleb(-2),) if policy.withholding else (),
        )
        profiles[account.id] = Profile(id=account.id, name=account.name, matching=rules)
        charges += [_charge(account, item) for item in account.items.values()]
        credits_ += [_credit(account, made, closing=closing) for made in account.receipts]
        if closing:
            credits_ += list(_booked(account))
            debits += list(_refunds(account))
    return Book(
        label=("benchmark",),
        settings=Settings(numbering=Numbering(invoice=batch.pattern)),
        commodities=Commodities(),
        customers=profiles,
        charges=tuple(sorted(charges, key=lambda entry: entry.order)),
        credits=tuple(sorted(credits_, key=lambda entry: entry.order)),
        debits=tuple(debits),
    )


def _charge(account: Account, item: Item) -> Charge:
    return Charge(
        key=key_of(account, item.number),
        name=item.number,
        customer=account.id,
        kind="invoice",
        money=Money(item.amount, CNY),
        date=item.date,
        date_value=item.date,
        number=item.number,
        date_due=item.due,
        date_claim=item.date,
        terms=parse_terms(item.terms),
        refs=item.refs,
    )


def _credit(account: Account, made: Receipt, *, closing: bool) -> Credit:
    texts = [Text("code", made.code, Span("")), Text("note", description(made), Span(""))]
    if made.outside:
        texts.append(Text("outside", made.outside, Span("")))
    meant = made.meant if closing else {}
    parts = [CreditPart(amount=cents, invoices=(number,), applied=made.closed) for number, cents in meant.items()]
    rest = made.amount - sum(meant.values())
    if rest:
        parts.append(CreditPart(amount=rest))
    return Credit(
        key=key_of(account, made.code),
        name=made.code,
        customer=account.id,
        kind="payment",
        money=Money(made.amount, CNY),
        date=made.date,
        date_value=made.value_date,
        text=description(made),
        code=made.code,
        parts=tuple(parts),
        texts=tuple(texts),
    )


def description(made: Receipt) -> str:
    """`payee | note`, as the journal has it."""
    return f"{made.payee} | {made.note}" if made.note else made.payee


def _booked(account: Account) -> Iterator[Credit]:
    for place, (day, number, reason, cents) in enumerate(account.closes, 1):
        name = f"D{place:05d}"
        yield Credit(
            key=key_of(account, name),
            name=name,
            customer=account.id,
            kind=BOOKED[reason][1],
            money=Money(cents, CNY),
            date=day,
            date_value=day,
            code=name,
            parts=(CreditPart(amount=cents, invoices=(number,)),),
        )


def _refunds(account: Account) -> Iterator[Debit]:
    for place, (day, code, cents) in enumerate(account.refunds, 1):
        yield Debit(
            key=key_of(account, f"Z{place:05d}"),
            name=f"Z{place:05d}",
            customer=account.id,
            kind="refund",
            money=Money(cents, CNY),
            date=day,
            date_value=day,
            reverses=code,
        )


SETTINGS = """\
book: 1
currency: CNY
decimal_mark: "."
terms: net 30
accounts:
  receivable: [assets:receivable]
  cash: [assets:bank]
  revenue: [income]
  discount: [expenses:discounts]
  withholding: [assets:withholding]
  fee: [expenses:bank charges]
numbering: {invoice: "%s"}
"""


def folder(batch: Batch) -> dict[str, str]:
    """The same book as files: settings, customers, one journal a customer."""
    files = {"custledger.yaml": SETTINGS % batch.pattern}
    for account in batch.accounts:
        policy = account.policy
        rules = f"{{bank_fee: {money(policy.fee)}, tolerance: {money(policy.tolerance)}"
        rules += f", withholding: [{policy.withholding}%]}}" if policy.withholding else "}"
        profile = f'id: {account.id}\nname: "{account.name}"\nmatching: {rules}\n'
        files[f"customers/{account.id}.yaml"] = profile
        files[f"journals/{account.id}.journal"] = "\n".join(entry for _, entry in sorted(_journal(account)))
    files["book.journal"] = "decimal-mark .\n" + "".join(f"include {name}\n" for name in files if "journals/" in name)
    return files


def money(cents: int) -> str:
    """`1234.50`."""
    return f"{cents // 100}.{cents % 100:02d}"


def _journal(account: Account) -> Iterator[tuple[tuple[dt.date, str], str]]:
    owed = f"    assets:receivable:{account.id}  CNY"
    for item in account.items.values():
        tags = [
            f"due:{item.due}",
            f"terms:{item.terms}",
            *(f"{name}:{values[0]}" for name, values in item.refs.items()),
        ]
        entry = f"{item.date} ({item.number}) invoice  ; {', '.join(tags)}\n{owed} {money(item.amount)}\n    income\n"
        yield (item.date, item.number), entry
    for made in account.receipts:
        text = f"    ; > {made.outside}\n" if made.outside else ""
        lines = [
            f"{owed} -{money(cents)}  ; invoice:{number}, applied:{made.closed}" for number, cents in made.meant.items()
        ]
        rest = made.amount - sum(made.meant.values())
        lines += [f"{owed} -{money(rest)}"] if rest else []
        head = f"{made.date}={made.value_date} ({made.code}) {description(made)}\n"
        entry = head + text + f"    assets:bank  CNY {money(made.amount)}\n" + "\n".join(lines) + "\n"
        yield (made.date, made.code), entry
    for place, (day, number, reason, cents) in enumerate(account.closes, 1):
        head = f"{day} (D{place:05d}) difference\n    {BOOKED[reason][0]}  CNY {money(cents)}\n"
        yield (day, f"D{place:05d}"), f"{head}{owed} -{money(cents)}  ; invoice:{number}\n"
    for place, (day, code, cents) in enumerate(account.refunds, 1):
        head = f"{day} (Z{place:05d}) refund\n{owed} {money(cents)}  ; reverses:{code}\n"
        yield (day, f"Z{place:05d}"), f"{head}    assets:bank\n"

"""One receipt of each kind of difficulty, made from what the customer means to pay. None: not possible today.

The makers look at invoices as the customer sees them (`meant`). Whether anybody could tell is the oracle's question.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from benchmarks.matching import texts
from benchmarks.matching.oracle import months, readings
from benchmarks.matching.world import Named, Receipt

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from benchmarks.matching.world import Account, Item

HUNDRED = 100_00
REDRAWN_MAX = 100
ADVANCED = 0.05
"""Of clean and of unnamed single payments, how many are made before the invoice is written."""


def receipt(
    account: Account, day: dt.date, amount: int, variant: str, named: Named, text: str, meant: dict[str, int]
) -> Receipt:
    """A receipt with the customer's name in front and noise behind, half of them on a line from the bank."""
    rng, language = account.rng, account.language
    text = " ".join((text + texts.noise(rng, language, amount, f"{day:%Y%m%d}")).split())
    bank = rng.random() < 0.5  # noqa: PLR2004
    return Receipt(
        code="",
        date=day,
        value_date=day - dt.timedelta(days=rng.choice((0, 0, 0, 1))),
        amount=amount,
        kind="",
        variant=variant,
        named=named,
        payee=account.name,
        note="" if bank else texts.outside(text),
        outside=texts.outside(text) if bank else "",
        meant=meant,
    )


def pick(account: Account, items: Sequence[Item]) -> Item | None:
    """An invoice to pay: the older, the likelier."""
    if not items:
        return None
    return items[min(int(account.rng.expovariate(1) * len(items) / 3), len(items) - 1)]


def whole(item: Item) -> Named:
    """Its number, in full."""
    return Named("whole", (item.number,))


def clean(account: Account, day: dt.date) -> Receipt | None:
    """One invoice, its number or its order's in full, what is open of it."""
    rng = account.rng
    if rng.random() < ADVANCED:
        return advance(account, day, named=True)
    item = pick(account, [item for item in account.open() if item.meant > 0])
    if item is None:
        return None
    if item.refs and item.meant == item.known and not item.unclear and rng.random() < 0.2:  # noqa: PLR2004
        return ordered(account, day, item)
    text = texts.one(rng, account.language, item.number)
    return receipt(account, day, item.meant, "number", whole(item), text, {item.number: item.meant})


def ordered(account: Account, day: dt.date, item: Item) -> Receipt | None:
    """Everything open of one order."""
    ref = next(iter(item.refs.values()))[0]
    every = [other for other in account.open() if any(ref in values for values in other.refs.values())]
    if any(other.meant != other.known or other.unclear for other in every):
        return None
    text = account.rng.choice(texts.ORDER[account.language]).format(ref)
    meant = {other.number: other.meant for other in every}
    return receipt(account, day, sum(meant.values()), "order", Named("ref", ref=ref), text, meant)


def advance(account: Account, day: dt.date, *, named: bool) -> Receipt | None:
    """Paid before the invoice is written: it names the number of the pro-forma, or nothing.

    Without a number it is drawn again while somebody could take it for a payment of what is open.
    """
    item = account.announce(day)
    if item is None:
        return None
    words = account.rng.choice(texts.ADVANCE[account.language])
    if named:
        text = words.format(item.number) if "{}" in words else f"{words} {item.number}"
        return receipt(account, day, item.amount, "in advance", whole(item), text, {item.number: item.amount})
    for _ in range(REDRAWN_MAX):
        if not taken_for(account, item.amount, day):
            break
        item.amount = item.meant = item.known = account.price()
    else:
        return None  # a price list of which every price is open already
    text = words.replace("{}", "").strip()
    return receipt(account, day, item.amount, "in advance", Named(), text, {item.number: item.amount})


def taken_for(account: Account, amount: int, day: dt.date) -> bool:
    """Whether one invoice, the balance, what is overdue or a month's invoices have this amount."""
    items = account.open()
    return any(item.known == amount for item in items) or bool(readings(amount, items, day))


def garbled(account: Account, day: dt.date) -> Receipt | None:
    """One invoice, its number shortened, spelt otherwise, or mistyped.

    A mistyped number that is another invoice of exactly this amount is drawn again: number and amount both say that
    one, and nothing says the other. One that is nobody's stays so.
    """
    rng = account.rng
    item = pick(account, account.payable())
    if item is None:
        return None
    meant = {item.number: item.meant}
    roll = rng.random()
    digits = texts.last_digits(item.number)
    if roll < 0.4 and len(digits) >= 4:  # noqa: PLR2004 - fewer digits say nothing
        short = digits[-max(4, len(digits) - rng.randrange(2)) :]
        named = Named("short", (item.number,)) if short != item.number else whole(item)
        if any(other != item.number and other.endswith(short) for other in account.items):
            named = Named()  # two end so: the digits say nothing, and do not contradict
        text = texts.one(rng, account.language, rng.choice(("", "", "#", "No.")) + short)
        return receipt(account, day, item.meant, "last digits", named, text, meant)
    if roll < 0.44:  # noqa: PLR2004 - one number in twenty-five
        for _ in range(REDRAWN_MAX):
            wrong = texts.mistyped(rng, item.number)
            there = account.items.get(wrong) or account.coming.get(wrong)
            if there is None or there.known != item.meant:
                break
        else:
            return None
        if there is None:
            account.series.taken.add(wrong)
        named = whole(there) if there else Named("stranger")
        return receipt(account, day, item.meant, "mistyped", named, texts.one(rng, account.language, wrong), meant)
    way, spelt = texts.garbled(rng, item.number)
    return receipt(account, day, item.meant, way, whole(item), texts.one(rng, account.language, spelt), meant)


def listed(account: Account, day: dt.date) -> Receipt | None:
    """Several invoices by their numbers: a list, or a range of numbers of theirs."""
    rng = account.rng
    items = sorted(account.payable(), key=lambda item: item.number)
    if len(items) < 2:  # noqa: PLR2004
        return None
    if rng.random() < 0.35:  # noqa: PLR2004
        found = ranged(account, day)
        if found is not None:
            return found
    chosen = sorted(rng.sample(items, min(len(items), rng.choice((2, 2, 2, 3, 3, 4, 6)))), key=lambda item: item.number)
    numbers = tuple(item.number for item in chosen)
    way, spelt = texts.listed(rng, account.language, numbers)
    meant = {item.number: item.meant for item in chosen}
    text = texts.several(rng, account.language, spelt)
    return receipt(account, day, sum(meant.values()), f"list, {way}", Named("whole", numbers), text, meant)


def ranged(account: Account, day: dt.date) -> Receipt | None:
    """From one invoice to another, with everything of theirs between that is open."""
    rng = account.rng
    items = sorted((item for item in account.open()), key=lambda item: item.number)
    start = rng.randrange(len(items) - 1)
    chosen = items[start : start + rng.choice((2, 3, 3, 4, 5))]
    digits = len(texts.last_digits(chosen[0].number))
    alike = {(item.number[:-digits], len(item.number)) for item in chosen}
    if len(chosen) < 2 or len(alike) > 1 or any(i.meant != i.known or i.unclear for i in chosen):  # noqa: PLR2004
        return None
    first, last = chosen[0].number, chosen[-1].number
    meant = {item.number: item.meant for item in chosen}
    text = texts.several(rng, account.language, texts.ranged(rng, first, last))
    return receipt(account, day, sum(meant.values()), "range", Named("whole", between=(first, last)), text, meant)


def unnamed(account: Account, day: dt.date, chosen: Sequence[Item], variant: str) -> Receipt:
    """These invoices in full, and no number."""
    meant = {item.number: item.meant for item in chosen}
    text = account.rng.choice(texts.NOTHING[account.language])
    return receipt(account, day, sum(meant.values()), variant, Named(), text, meant)


def exact(account: Account, day: dt.date) -> Receipt | None:
    """One invoice, and no number."""
    if account.rng.random() < ADVANCED:
        return advance(account, day, named=False)
    item = pick(account, account.payable())
    return unnamed(account, day, [item], "one invoice") if item else None


def balance(account: Account, day: dt.date) -> Receipt | None:
    """Everything open, everything overdue, or a month's invoices."""
    items = account.payable()
    ways: list[tuple[str, list[Item]]] = [("overdue", [item for item in items if item.due < day])]
    ways += [("a month", several) for several in months(items)]
    ways = [(way, several) for way, several in ways if 1 < len(several) < len(items)]
    if account.rng.random() < 0.4 and len(items) > 1:  # noqa: PLR2004
        ways = [("everything", items)]
    if not ways:
        return None
    way, several = account.rng.choice(ways)
    if not any(len(several) == len(one) for one in complete(account, day)):
        return None
    return unnamed(account, day, several, way)


def complete(account: Account, day: dt.date) -> list[list[Item]]:
    """The same sets, of everything known to be open."""
    items = account.open()
    return [items, [item for item in items if item.due < day], *months(items)]


def several(account: Account, day: dt.date) -> Receipt | None:
    """Two to five invoices, or all but one or two, and no number."""
    rng, items = account.rng, account.payable()
    if len(items) < 3:  # noqa: PLR2004
        return None
    size = rng.choice((2, 2, 2, 3, 3, 4, 5))
    if rng.random() < 0.15 and len(items) > 4:  # noqa: PLR2004
        size = len(items) - rng.choice((1, 2))
    chosen = rng.sample(items, min(size, len(items) - 1))
    return unnamed(account, day, sorted(chosen, key=lambda item: item.number), "two to five" if size < 6 else "all but")  # noqa: PLR2004


def part(account: Account, day: dt.date) -> Receipt | None:
    """A part of one invoice, named in full; invoices begun are paid on."""
    rng = account.rng
    items = [item for item in account.payable() if item.meant >= HUNDRED]
    begun = [item for item in items if item.meant < item.amount]
    item = pick(account, begun if begun and rng.random() < 0.6 else items)  # noqa: PLR2004
    if item is None:
        return None
    amount = item.meant * rng.choice((30, 50, 20, 40, 70, 85)) // 100
    if rng.random() < 0.5 and amount > HUNDRED:  # noqa: PLR2004
        amount -= amount % HUNDRED
    way, spelt = ("number", item.number) if rng.random() < 0.8 else texts.garbled(rng, item.number)  # noqa: PLR2004
    text = texts.one(rng, account.language, spelt)
    return receipt(account, day, amount, f"part, {way}", whole(item), text, {item.number: amount})


def overpaid(account: Account, day: dt.date) -> Receipt | None:
    """One or two invoices named, and more than their sum: by a cent, rounded up, or far more."""
    rng = account.rng
    items = account.payable()
    if not items:
        return None
    chosen = rng.sample(items, min(len(items), rng.choice((1, 1, 1, 2))))
    total = sum(item.meant for item in chosen)
    more = rng.choice((1, 10, 1000, HUNDRED - total % HUNDRED, HUNDRED, total // 10))
    numbers = tuple(item.number for item in chosen)
    text = texts.several(rng, account.language, "、".join(numbers))
    meant = {item.number: item.meant for item in chosen}
    return receipt(account, day, total + more, "named", Named("whole", numbers), text, meant)


def third(account: Account, day: dt.date) -> Receipt | None:
    """Somebody else's money, with their name in the text; half of them name the invoice."""
    rng = account.rng
    item = pick(account, account.payable())
    if item is None:
        return None
    who = rng.choice(texts.THIRD[account.language])
    meant = {item.number: item.meant}
    if rng.random() < 0.6:  # noqa: PLR2004
        text = f"{who} {texts.one(rng, account.language, item.number)}"
        return receipt(account, day, item.meant, "named", whole(item), text, meant)
    text = f"{who} {rng.choice(texts.NOTHING[account.language])}"
    return receipt(account, day, item.meant, "unnamed", Named(), text, meant)


def duplicate(account: Account, day: dt.date) -> Receipt | None:
    """The bank or the customer sends a payment again that was already right; it pays nothing."""
    before = [
        each
        for each in account.receipts
        if each.decidable and each.kind in {"clean", "garbled", "list"} and each.variant not in {"in advance", "order"}
        if day - each.date <= dt.timedelta(days=20) and all(account.items[n].known == 0 for n in each.meant)
    ]
    if not before:
        return None
    same = account.rng.choice(before)
    made = receipt(account, day, same.amount, "sent again", same.named, "", {})
    made.note, made.outside = same.note, same.outside
    return made


def undecidable(account: Account, day: dt.date) -> Receipt | None:
    """Nobody can tell: equal amounts, near twins, a free part payment in round sums."""
    way = account.rng.choice((equal, equal, twins, free, free))
    return way(account, day) or free(account, day)


def equal(account: Account, day: dt.date) -> Receipt | None:
    """One of two invoices with the same amount, and no number."""
    item = pick(account, account.payable())
    if item is None:
        return None
    account.write(day, amount=item.meant)
    return unnamed(account, day, [item], "equal amounts")


def twins(account: Account, day: dt.date) -> Receipt | None:
    """Two invoices of the same amount whose numbers end alike, and only the end is named."""
    item = pick(account, account.payable())
    if item is None or account.twin(item, day) is None:
        return None
    text = texts.one(account.rng, account.language, texts.last_digits(item.number)[-4:])
    return receipt(account, day, item.meant, "near twins", Named(), text, {item.number: item.meant})


def free(account: Account, day: dt.date) -> Receipt | None:
    """A round sum on account. Drawn again while it equals what somebody could take it for."""
    rng = account.rng
    target = pick(account, [item for item in account.payable() if item.meant > 2 * HUNDRED])
    if target is None:
        return None
    for _ in range(50):
        amount = rng.randint(1, max(1, (target.meant - 1) // HUNDRED)) * HUNDRED
        if amount < target.meant and not taken_for(account, amount, day):
            text = rng.choice(texts.NOTHING[account.language])
            return receipt(account, day, amount, "part on account", Named(), text, {target.number: amount})
    return None


MAKERS: dict[str, Callable[[Account, dt.date], Receipt | None]] = {
    "clean": clean,
    "garbled": garbled,
    "list": listed,
    "exact": exact,
    "balance": balance,
    "set": several,
    "part": part,
    "overpaid": overpaid,
    "third-party": third,
    "duplicate": duplicate,
    "undecidable": undecidable,
}

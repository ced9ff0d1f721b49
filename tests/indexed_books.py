"""Books that have an index: made at random of what may stand in one, edited at random, and asked with and without it.

A book is files of blocks (a journal's entries, a YAML file's documents), so that an edit is an edit of one of them.
"""

from __future__ import annotations

import datetime as dt
import random
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from indexed_documents import ACTIVITIES, DOCUMENTS
from indexed_texts import CUSTOMERS, DIRECTIVES, EXTRA, IDS, ODD, SETTINGS, STRANGE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

FIRST = dt.date(2026, 1, 1)
AMOUNTS = (10000, 10000, 20000, 30000, 5000, 15000, 123456, 100000, 99)
BETWEEN = {"customers": "---\n", "invoices": "---\n", "activity": ""}
"""What stands between the blocks of a file, by folder."""


def money(minor: int, unit: str = "CNY", *, grouped: bool = False) -> str:
    """An amount as plain invoices write it."""
    sign, minor = ("-", -minor) if minor < 0 else ("", minor)
    whole = f"{minor // 100:,}" if grouped else str(minor // 100)
    return f"{unit} {sign}{whole}.{minor % 100:02d}"


@dataclass
class Making:
    """Draws the blocks of a book; remembers what it drew, so that payments find their invoices."""

    chance: random.Random
    sold: list[tuple[str, str, str, int, int]] = field(default_factory=list)
    """(number, customer, commodity, minor units, day)."""
    receipts: list[tuple[str, str]] = field(default_factory=list)
    """(code, customer)."""
    logged: list[str] = field(default_factory=list)
    """Ids of the log."""
    count: int = 0

    def pick(self, *several: str) -> str:
        return self.chance.choice(several)

    def day(self, after: int = 0) -> tuple[int, str]:
        found = after + self.chance.randrange(60 if after else 150)
        return found, str(FIRST + dt.timedelta(days=found))

    def next(self, pattern: str) -> str:
        self.count += 1
        return pattern.format(self.count)

    def invoice(self) -> str:
        """A plain invoice, in one of its shapes."""
        number, who, unit = self.next("INV-{}"), self.pick(*IDS), self.pick("CNY", "CNY", "CNY", "CNY", "USD")
        minor, (at, day) = self.chance.choice(AMOUNTS), self.day()
        self.sold.append((number, who, unit, minor, at))
        due = self.pick("", "", f"  ; due:{FIRST + dt.timedelta(days=at + 20)}")
        own = self.pick("", "", "", "  ; note", "  ; a:b, c:d")
        tax, grouped = minor * 13 // 113, self.chance.random() < 0.5
        owed, net, vat = [money(each, unit, grouped=grouped) for each in (minor, tax - minor, -tax)]
        rest = self.pick(
            f"    income  {money(-minor, unit)}\n",
            "    income\n",
            f"    income:sales  {net}\n    liabilities:vat  {vat}\n",
            f"    income:sales  {net}\n    liabilities:vat\n",
        )
        status = self.pick("", "* ", "* ", "! ")
        text = self.pick(who, "货款", f"{who} | 一月", "x  y")
        return f"{day} {status}({number}) {text}{due}\n    assets:receivable:{who}  {owed}{own}\n{rest}"

    def payment(self) -> str:
        """A payment, more or less plain: of all, of half, of too much; named, hinted at or not."""
        if not self.sold:
            return self.invoice()
        number, who, unit, minor, at = self.chance.choice(self.sold[-12:])
        _, day = self.day(at + self.chance.choice((1, 1, 1, -9)) if at > 9 else at)
        minor = self.chance.choice((minor, minor, minor, minor // 2, minor + 100, self.chance.choice(AMOUNTS)))
        tag = self.pick(f"  ; invoice:{number}", f"  ; invoice:{number}", f"  ;invoice:{number}", "", "")
        code = self.next("RC-{}") if self.chance.random() < 0.97 else self.pick("RC-1", "wire", number)
        self.receipts += [(code, who)] if code.startswith("RC-") else []
        code = f"({code}) " if self.chance.random() < 0.8 else ""
        text = self.pick(who, who, "收款", f"pays {number}", number, f"{who} | 12")
        lines = [
            f"    assets:bank  {money(minor, unit)}\n",
            f"    assets:receivable:{who}  {money(-minor, unit, grouped=True)}{tag}\n",
        ]
        shape = self.chance.randrange(6)
        if shape == 0:
            lines[1] = f"    assets:receivable:{who}{tag}\n"
        elif shape == 1:
            lines.reverse()
        elif shape == 2 and minor > 300:
            lines[0] = f"    assets:bank  {money(minor - 200, unit)}\n    expenses:fees  {money(200, unit)}\n"
        return f"{day} * {code}{text}\n{''.join(lines)}"

    def filled(self, templates: list[str]) -> str:
        """One of the templates with what was drawn before in it."""
        (_, day), minor, code = self.day(), self.chance.choice(AMOUNTS), self.next("X-{}")
        number, who, unit, *_ = self.chance.choice(self.sold or [("INV-0", "acme", "CNY", 100, 0)])
        receipt, payer = self.chance.choice(self.receipts or [("RC-0", who)])
        said = self.chance.choice(templates).format(
            day=day, slashes=day.replace("-", "/"), number=number, who=who, id=who.replace("acme-old", "acme"),
            other=self.pick(*IDS), name=self.pick("Acme Ltd.", "蓝海", "echo", "Echo"), receipt=receipt, payer=payer,
            more=money(minor, unit), less=money(-minor, unit), minor=minor, code=code, low=code.lower(),
            closed=self.pick(*self.logged) if self.logged else "none",
        )  # fmt: skip
        if templates is ACTIVITIES:
            self.logged.append(re.findall(r"id: ([^,\n]*)", said)[0])
        return said

    def document(self) -> str:
        """An invoice or a credit note in YAML."""
        said = self.filled(DOCUMENTS)
        note = "corrects" in said
        number, who = re.findall(r"(?:^|\n)(?:number|customer): \"?([^\"\n]*)", f"{said}customer: ?\n")[:2]
        if not note:
            self.sold.append((number, who, "USD" if "USD" in said else "CNY", 11300, 100))
        return f"{said}lines: [{{text: parts, quantity: 2, price: {'1.00' if note else '56.50'}}}]\n"

    def entry(self, odd: float) -> str:
        """An entry of a journal; so many of them odd."""
        draw = self.chance.random()
        if draw < odd:
            return self.filled(ODD)
        return self.invoice() if draw < odd + (1 - odd) * 0.55 else self.payment()


@dataclass
class Draft:
    """A book as blocks by file, and where it stands."""

    root: Path
    making: Making
    files: dict[str, list[str]] = field(default_factory=dict)
    odd: float = 0.1
    strange: float = 0.0
    crlf: frozenset[str] = frozenset()
    _before: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def made(cls, root: Path, seed: int) -> Draft:
        """A book of a seed: from all plain to all odd, with documents or without."""
        chance = random.Random(seed)
        draft = cls(root, Making(chance))
        draft.odd, draft.strange = chance.choice((0.0, 0.03, 0.1, 0.3)), chance.choice((0.0, 0.0, 0.02))
        draft.files["custledger.yaml"] = [SETTINGS]
        extra = [each for each in EXTRA if chance.random() < 0.3]
        draft.files["customers/all.yaml"] = [*CUSTOMERS, *extra]
        for month in range(chance.randrange(1, 4)):
            draft.files[f"journals/{month}.journal"] = [
                draft.making.entry(draft.odd) for _ in range(chance.randrange(2, 14))
            ]
        if chance.random() < 0.4:
            draft.files["journals/0.journal"][:0] = [chance.choice(DIRECTIVES) for _ in range(2)]
        if chance.random() < 0.3:
            draft.files["invoices/a.yaml"] = [draft.making.document() for _ in range(2)]
        if chance.random() < 0.3:
            draft.files["activity/a.yaml"] = [draft.making.filled(ACTIVITIES)]
        if chance.random() < 0.1:
            draft.files["journals/sub/main.journal"] = ["include ../0.journal\n", draft.making.invoice()]
        if chance.random() < 0.15:
            draft.crlf = frozenset(["journals/0.journal"])
        for name in draft.files:
            draft.write(name)
        return draft

    def write(self, name: str) -> None:
        path = self.root / name
        if name not in self.files:
            path.unlink(missing_ok=True)
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        data = BETWEEN.get(name.partition("/")[0], "\n").join(self.files[name]).encode()
        path.write_bytes(data.replace(b"\n", b"\r\n") if name in self.crlf else data)

    def journals(self) -> list[str]:
        return [name for name in sorted(self.files) if name.startswith("journals/")]

    def edit(self) -> str:
        """Change the book in one of the ways there are; which one."""
        chance = self.making.chance
        self._before = {name: list(blocks) for name, blocks in self.files.items()}
        ways: dict[str, Callable[[], Iterable[str]]] = {
            "append": self._append, "insert": self._insert, "delete": self._delete, "amount": self._amount,
            "tag": self._tag, "owner": self._owner, "date": self._date, "swap": self._swap, "file": self._file,
            "remove": self._remove, "move": self._move, "directive": self._directive, "document": self._document,
            "same": self._same, "spaces": self._spaces, "code": self._code, "profile": self._profile,
            "text": self._text, "unit": self._unit,
        }  # fmt: skip
        weights = [8, 8, 6, 6, 6, 4, 4, 3, 2, 1, 2, 1, 8, 1, 1, 3, 4, 4, 2]
        way = chance.choices(list(ways), weights)[0]
        for name in ways[way]():
            self.write(name)
        return way

    def undo(self) -> None:
        """Take the last edit back."""
        changed = [name for name in {*self.files, *self._before} if self.files.get(name) != self._before.get(name)]
        self.files = self._before
        for name in sorted(changed):
            self.write(name)

    def _any(self) -> tuple[str, int]:
        names = [name for name in self.journals() if self.files[name]]
        name = self.making.chance.choice(names)
        return name, self.making.chance.randrange(len(self.files[name]))

    def _new(self) -> str:
        if self.making.chance.random() < self.strange:
            return self.making.filled(STRANGE)
        return self.making.entry(self.odd)

    def _append(self) -> list[str]:
        name = self.making.chance.choice(self.journals())
        self.files[name].append(self._new())
        return [name]

    def _insert(self) -> list[str]:
        name, at = self._any()
        self.files[name].insert(at, self._new())
        return [name]

    def _delete(self) -> list[str]:
        name, at = self._any()
        if len(self.files[name]) > 1:
            del self.files[name][at]
        return [name]

    def _changed(self, pattern: str, new: Callable[[re.Match[str]], str], count: int = 0) -> list[str]:
        name, at = self._any()
        self.files[name][at] = re.sub(pattern, new, self.files[name][at], count=count)
        return [name]

    def _amount(self) -> list[str]:
        by = self.making.chance.choice((2, 3, 10))
        return self._changed(
            r"([0-9][0-9,]*)\.([0-9][0-9])\b",
            lambda m: "{}.{:02d}".format(*divmod(int((m[1] + m[2]).replace(",", "")) * by, 100)),
        )

    def _tag(self) -> list[str]:
        said = f"  ; invoice:{self.making.chance.choice([*(each[0] for each in self.making.sold), 'INV-1'])}"
        return self._changed(r"  ; ?invoice:[^\n,]*", lambda m: self.making.pick("", said, m[0] + " ", m[0]))

    def _owner(self) -> list[str]:
        return self._changed(r"(receivable|advances):[^\s:]+", lambda m: f"{m[1]}:{self.making.pick(*IDS)}")

    def _date(self) -> list[str]:
        return self._changed(r"\A[0-9-]{10}", lambda m: self.making.day()[1], 1)

    def _code(self) -> list[str]:
        codes = ("(RC-1)", "(RC-2)", self.making.next("(N-{})"))
        return self._changed(r"\([^()\n]*\)", lambda _: self.making.pick(*codes), 1)

    def _text(self) -> list[str]:
        """Other words, which may name an invoice; all else stays."""
        said = self.making.pick("收款", "x", *(each[0] for each in self.making.sold[-6:]))
        return self._changed(r"\A([0-9-]{10} (?:[*!] )?(?:\([^()\n]*\) )?)[^;\n]*", lambda m: m[1] + said, 1)

    def _unit(self) -> list[str]:
        """Another commodity in all of a file."""
        name = self.making.chance.choice([*self.journals(), *(n for n in sorted(self.files) if "invoices/" in n)])
        other = {"CNY": "USD", "USD": "CNY"}
        self.files[name] = [re.sub("CNY|USD", lambda m: other[m[0]], block) for block in self.files[name]]
        return [name]

    def _swap(self) -> list[str]:
        (one, at), (other, to) = self._any(), self._any()
        self.files[one][at], self.files[other][to] = self.files[other][to], self.files[one][at]
        return [one, other]

    def _move(self) -> list[str]:
        (one, at), (other, to) = self._any(), self._any()
        self.files[other].insert(to, self.files[one].pop(at))
        return [one, other]

    def _file(self) -> list[str]:
        name = f"journals/{self.making.pick('', 'sub/', 'a/')}{self.making.next('n{}')}.journal"
        self.files[name] = [self._new() for _ in range(self.making.chance.randrange(4))]
        return [name]

    def _remove(self) -> list[str]:
        if len(self.journals()) < 2:
            return []
        name = self.making.chance.choice(self.journals())
        del self.files[name]
        return [name]

    def _directive(self) -> list[str]:
        name = self.making.chance.choice(self.journals())
        self.files[name].insert(0, self.making.chance.choice(DIRECTIVES))
        return [name]

    def _document(self) -> list[str]:
        making = self.making
        folder, new = making.chance.choice(
            [
                ("invoices", making.document()),
                ("invoices", making.document()),
                ("activity", making.filled(ACTIVITIES)),
                ("customers", making.chance.choice(EXTRA)),
            ]
        )
        name = f"{folder}/{'all' if folder == 'customers' else making.pick('a', 'b')}.yaml"
        there = self.files.setdefault(name, [])
        if there and making.chance.random() < 0.3:
            there.pop(making.chance.randrange(len(there)))
        elif new not in there:
            there.insert(making.chance.randrange(len(there) + 1), new)
        if not there:
            del self.files[name]
        return [name]

    def _profile(self) -> list[str]:
        """Another word in a customer's document, or the customer in a file of their own."""
        making, name = self.making, "customers/all.yaml"
        at = making.chance.randrange(len(self.files[name]))
        if making.chance.random() < 0.2:
            own = making.next("customers/own-{}.yaml")
            self.files[own] = [self.files[name].pop(at)]
            return [name, own]
        said = making.pick("terms: net 60\n", "segment: vip\n", "note: x\n", "owner: li.wei\n", "currency: USD\n")
        key = said.partition(":")[0]
        lines = [line for line in self.files[name][at].splitlines(keepends=True) if not line.startswith(key)]
        self.files[name][at] = "".join([*lines, said])
        return [name]

    def _same(self) -> list[str]:
        return [self.making.chance.choice(self.journals())]

    def _spaces(self) -> list[str]:
        return self._changed(r"\n\Z", lambda m: m[0] + "\n\n; x\n", 1)

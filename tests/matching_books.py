"""Books whose matches are written and taken back: bytes in, bytes out, without a disk."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from hypothesis import strategies as st

from custledger.book.allocation import Story
from custledger.book.book import Book
from custledger.book.customer import Customer
from custledger.book.recording import Recording
from custledger.book.settings import Matching, Settings
from custledger.edit.match_across import FX, PAYS_FOR, Across
from custledger.edit.match_plan import Pages, write_matches
from custledger.edit.match_proof import differing
from custledger.edit.match_restore import restored
from custledger.edit.match_undo import Undoing, unmatch
from custledger.edit.plan import Plan
from custledger.edit.splice import spliced
from custledger.parse.journal.load import load
from custledger.parse.journal.model import Journal
from custledger.reconcile.engine import reconcile
from custledger.reconcile.recording import Text, found, record
from custledger.resolve.book import resolve
from engine import ACCOUNTS
from journals import DictSource

LAST = dt.date(2026, 12, 31)
ROUNDS = 5


@dataclass(frozen=True)
class Written:
    """A book of journals as bytes, and what writing makes of it."""

    files: dict[str, bytes]
    matching: Matching = field(default_factory=lambda: Matching(fifo=True))
    customers: tuple[str | Customer, ...] = ("acme", "bolt")
    accounts: dict[str, tuple[str, ...]] = field(default_factory=lambda: ACCOUNTS)

    @cached_property
    def journal(self) -> Journal:
        journal = load(DictSource(self.files), sorted(self.files))
        assert not journal.diagnostics, (journal.diagnostics, self.files)
        return journal

    @cached_property
    def book(self) -> Book:
        return resolve(
            journal=self.journal,
            settings=Settings(accounts=self.accounts, matching=self.matching),
            customers=[c if isinstance(c, Customer) else Customer(id=c, name=c.title()) for c in self.customers],
        ).book

    @cached_property
    def story(self) -> Story:
        return reconcile(self.book)

    @property
    def pages(self) -> Pages:
        return Pages(self.journal, self.files.__getitem__, self.book.commodities)

    def recording(self, as_of: dt.date = LAST) -> Recording:
        def account(role: str) -> tuple[str, str]:
            names = self.accounts.get(role, ())
            return (names[0], "") if names else ("", "no-account")

        text = Text(refused=self.pages.refused, account=account)
        return record(self.book, self.story, found(self.book, self.story, as_of), text)

    def plan(self, recording: Recording) -> Plan:
        taggings = [tagging for match in recording.matches for tagging in match.taggings]
        adjustings = [match.adjusting for match in recording.matches if match.adjusting]
        return write_matches(self.pages, taggings, adjustings, self.journal.commodities)

    def made(self, plan: Plan) -> Written:
        files = dict(self.files)
        for edit in plan.edits:
            files[edit.name] = spliced(files[edit.name], edit.splices)
        return Written(files, self.matching, self.customers, self.accounts)

    def write(self, as_of: dt.date = LAST) -> Written:
        return self.made(self.plan(self.recording(as_of)))

    @property
    def fx(self) -> str:
        return self.accounts.get("fx", ("",))[0]

    def write_across(self, as_of: dt.date = LAST) -> Written:
        """With money for others and exchange differences written, too: one proposal of a credit at a time."""
        written = self.write(as_of)
        for _ in range(ROUNDS):
            pages = written.pages
            across = Across(pages, written.book, written.journal.commodities, self.fx)
            done: set[str] = set()
            for proposal in written.story.proposals:
                mine = proposal.reason in {PAYS_FOR, FX} and proposal.first <= as_of and proposal.credit not in done
                if mine and across.write(proposal):
                    done.add(proposal.credit)
            plan = pages.plan()
            if not plan.edits:
                break
            written = written.made(plan)
        return written

    def undo(self, *codes: str, number: str = "", reject: bool = False) -> Written:
        """Without the matches of these receipts (none named: of all), or those of one number."""
        numbers, rejected = {}, {}
        for credit in self.book.credits:
            for part in credit.parts:
                place = self.pages.places.get(part.span)
                if place and place.posting.tag("invoice") and (not codes or credit.code in codes):
                    if number and number not in part.invoices:
                        continue
                    numbers[part.span] = frozenset({number} if number else part.invoices)
                    if reject:
                        rejected[part.span] = part.invoices
        beyond = restored(self.pages, numbers, rejected, self.fx)
        between = self.made(beyond.plan)
        assert differing(self.journal, between.journal, self.pages, gone=beyond.gone) == []
        spans = {(t.index, at): p.span for t in between.journal.transactions for at, p in enumerate(t.postings)}
        numbers = {spans[spot]: several for spot, several in beyond.numbers.items()}
        rejected = {spans[spot]: several for spot, several in beyond.rejected.items()}
        return between.made(unmatch(between.pages, Undoing(numbers, rejected), between.journal.commodities).plan)

    @property
    def text(self) -> str:
        return self.files["0.journal"].decode()


def one(text: str, **options) -> Written:
    """A book of one journal."""
    return Written({"0.journal": text.encode()}, **options)


# Generated books: few amounts, so that much matches; and all that may stand around an amount.

_AMOUNTS = (10000, 10000, 20000, 30000, 5000, 15000, 123456, 100000)


def _number(minor: int, style: str) -> str:
    whole, cents = divmod(minor, 100)
    grouped = f"{whole:,}" if "g" in style else str(whole)
    if "i" in style and not cents:
        return str(whole)
    text = f"{grouped}.{cents:02d}"
    return text.translate(str.maketrans(",.", ".,")) if "c" in style else text


@st.composite
def decorated(draw) -> tuple[dict[str, bytes], bool]:
    """A journal's bytes, and whether an amount of a payment is left out in it."""
    style = draw(st.sampled_from(["", "g", "i", "gc", "c"]))
    end = draw(st.sampled_from(["\n", "\n", "\r\n"]))
    out = [f"decimal-mark {',' if 'c' in style else '.'}", ""]
    out += draw(
        st.sampled_from(
            [[], ["; 头部 comment", "# another", ""], ["comment", "2026-01-01 no entry", "end comment", ""]]
        )
    )
    sales: dict[str, int] = {}
    elided = False
    for place in range(draw(st.integers(3, 8))):
        amount = draw(st.sampled_from(_AMOUNTS))
        day = f"2026-01-{draw(st.integers(1, 12)):02d}"
        who = draw(st.sampled_from(["acme", "acme", "acme", "bolt"]))
        coded = draw(st.integers(0, 4)) > 0
        if draw(st.booleans()) or not sales:
            code = f"INV-{1000 + place}"
            sales[code] = amount
            out += [f"{day} ({code}) x", f"    assets:receivable:{who}  CNY {_number(amount, style)}", "    income", ""]
            continue
        text, left_out = draw(_payment(place if coded else None, day, who, amount, style, sales))
        elided |= left_out
        out += text
    final = draw(st.sampled_from(["", end]))
    while out and not out[-1] and not final:
        out.pop()
    bom = draw(st.sampled_from([b"", b"", b"\xef\xbb\xbf"]))
    return {"0.journal": bom + (end.join(out) + final).encode()}, elided


@st.composite
def _payment(draw, place, day: str, who: str, amount: int, style: str, sales: dict[str, int]) -> tuple[list[str], bool]:
    named = draw(st.sampled_from(["", "", "pays ", "货款"]))
    codes = draw(st.lists(st.sampled_from(list(sales)), max_size=2, unique=True)) if named else []
    words = named + " ".join(codes) if named else "x"
    if codes and draw(st.booleans()):
        amount = sum(sales[code] for code in codes)
    head = f"{day} * (R{place}) {words}" if place is not None else f"{day} {words}"
    head += draw(st.sampled_from(["", "  ; method:wire", " ; 一月, po:1"]))
    indent = draw(st.sampled_from(["    ", "  ", "\t", " "]))
    status = draw(st.sampled_from(["", "", "* ", "! "]))
    number = _number(amount, style)
    written = draw(
        st.sampled_from([f"CNY -{number}", f"-CNY {number}", f"-{number} CNY", f"CNY  -{number}", f'"CNY" -{number}'])
    )
    cost = draw(st.sampled_from(["", "", "", " @ USD 2", " @@ USD 7", "  @@  USD 1"]))
    gap = draw(st.sampled_from(["  ", "      ", "\t\t", " \t "]))
    left_out = draw(st.integers(0, 5)) == 0
    comment = draw(
        st.sampled_from(
            [
                "",
                "",
                "  ; 货款",
                " ;",
                "   ;  ",
                ";x:1, y",
                "  ; note,",
                "  ; [2026-01-20]",
                "  ; date:2026-01-14, due",
                "   ",
            ]
        )
    )
    below = draw(st.sampled_from([[], [], ["; more"], ["; > INV-1000 外", "; k:v, w"], ["\t;  z "]]))
    account = f"{indent}{status}assets:receivable:{who}"
    if left_out:
        bank = f"{indent}assets:bank{gap}CNY {number}"
        lines = [bank, f"{account}  {comment.strip()}" if comment.strip() else account + comment]
    else:
        lines = [f"{indent}assets:bank", f"{account}{gap}{written}{cost}{comment}"]
        if draw(st.booleans()):
            lines.reverse()
    row = next(at for at, line in enumerate(lines) if "receivable" in line)
    lines[row + 1 : row + 1] = [indent + line for line in below]
    return [head, *lines, ""], left_out


# Books in which money reaches beyond an account: a group that pays for its members, payments at other rates.

GROUP = (Customer(id="group", name="Group", pays_for=("north",)), Customer(id="north", name="North"), "acme")


@st.composite
def families(draw) -> dict[str, bytes]:
    """A journal in which a customer pays for another, often in one payment for both."""
    out, open_ = [], []
    for place in range(draw(st.integers(2, 4))):
        who, amount = draw(st.sampled_from(["group", "north", "north"])), draw(st.sampled_from([100, 250, 300]))
        code, day = f"INV-{1000 + place}", draw(st.integers(1, 12))
        open_.append((code, amount))
        out += [f"2026-01-{day:02d} ({code}) x", f"    assets:receivable:{who}  CNY {amount}.00", "    income", ""]
    for place in range(draw(st.integers(1, 3))):
        paid = draw(st.lists(st.sampled_from(open_), min_size=1, max_size=3, unique=True))
        amount = sum(each for _, each in paid) + draw(st.sampled_from([0, 0, 20, -30]))
        code = draw(st.sampled_from([f"(R{place}) ", ""]))
        line = f"assets:receivable:group{draw(_BLANKS)}CNY -{amount}.00{draw(_COMMENTS)}"
        body = draw(st.permutations([f"    {line}", f"    assets:bank  CNY {amount}.00"]))
        out += [f"2026-01-{draw(st.integers(8, 16)):02d} {code}{' '.join(c for c, _ in paid)}", *body, ""]
    return _file(draw, out)


@st.composite
def abroad(draw) -> dict[str, bytes]:
    """A journal with invoices in dollars, and payments in dollars or yuan at another rate."""
    out, open_ = [], []
    for place in range(draw(st.integers(1, 3))):
        amount, rate = draw(st.sampled_from([100, 250, 300])), draw(st.sampled_from(["7.10", "7", "0.73429"]))
        cost = draw(st.sampled_from([f" @ CNY {rate}", f" @@ CNY {Decimal(rate) * amount:.2f}"]))
        open_.append((f"INV-{1000 + place}", amount, Decimal(rate)))
        out += [f"2026-01-{place + 1:02d} (INV-{1000 + place}) x", f"    assets:receivable:acme  USD {amount}{cost}"]
        out += ["    income", ""]
    for place in range(draw(st.integers(1, 3))):
        paid = draw(st.lists(st.sampled_from(open_), min_size=1, max_size=2, unique=True))
        dollars = sum(n for _, n, _ in paid) // draw(st.sampled_from([1, 1, 2]))
        worth = sum(n * rate for _, n, rate in paid) * draw(st.sampled_from([Decimal("0.99"), Decimal("1.02")]))
        money = draw(
            st.sampled_from(
                [
                    f"USD -{dollars}.00 @@ CNY {worth:.2f}",
                    f"USD -{dollars}  @@  CNY {worth:,.2f}",
                    f"-{dollars} USD @ CNY {worth / dollars:.4f}",
                    f"-{dollars} USD@CNY {worth / dollars:.2f}",
                    f"CNY -{worth:,.2f}",
                    f"-{worth:.2f} CNY",
                    f"CNY  -{worth:.2f}",
                ]
            )
        )
        posting = f"    assets:receivable:acme{draw(_BLANKS)}{money}{draw(_COMMENTS)}"
        text = f"2026-01-{draw(st.integers(8, 16)):02d} (R{place}) {' '.join(code for code, _, _ in paid)}"
        out += [text, *draw(st.permutations(["    assets:bank", posting])), ""]
    return _file(draw, ["decimal-mark .", "", *out])


_BLANKS = st.sampled_from(["  ", "       ", "\t\t", "  \t "])
_COMMENTS = st.sampled_from(["", "", "  ; 货款", " ;", ";x:1, y", "  ; note,", "   "])


def _file(draw, lines: list[str]) -> dict[str, bytes]:
    end = draw(st.sampled_from(["\n", "\n", "\r\n"]))
    if draw(st.booleans()):
        lines = lines[:-1]
    return {"0.journal": end.join(lines).encode()}

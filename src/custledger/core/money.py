"""Money: a whole number of a commodity's smallest units. No float, no conversion, no silent rounding."""

from __future__ import annotations

from decimal import Context, Decimal, Inexact, InvalidOperation
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from custledger.core.frozen import field, frozen
from custledger.core.trouble import ensure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

DIGITS_UNKNOWN = 8
"""Digits that an undeclared, unknown commodity is stored with (formats.md §3)."""

#: Exact decimal arithmetic: what would have to be rounded raises instead.
EXACT = Context(prec=2000, Emax=999_999, Emin=-999_999, traps=[Inexact, InvalidOperation])

#: ISO 4217 minor units other than 2, and common symbols. Source: ISO 4217 list one.
ISO_DIGITS: dict[str, int] = {
    **dict.fromkeys(
        [
            "BIF",
            "CLP",
            "DJF",
            "GNF",
            "ISK",
            "JPY",
            "KMF",
            "KRW",
            "PYG",
            "RWF",
            "UGX",
            "UYI",
            "VND",
            "VUV",
            "XAF",
            "XOF",
            "XPF",
        ],
        0,
    ),
    **dict.fromkeys("BHD IQD JOD KWD LYD OMR TND".split(), 3),
    **dict.fromkeys("CLF UYW".split(), 4),
}
ISO_TWO = frozenset(
    (
        "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF "
        "CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL "
        "HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP "
        "MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD "
        "SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS "
        "VED VES WST XCD YER ZAR ZMW ZWG $ € £ ¥ 元 ₽ ₹ ₴ 港元 美元 欧元 RMB "
    ).split()
)


class Money(NamedTuple):
    """`minor` smallest units of `commodity`. How many digits that is, the book's `Commodities` knows."""

    minor: int
    commodity: str

    def __add__(self, other: object) -> Money:
        """The sum; two commodities never mix."""
        if not isinstance(other, Money):
            return NotImplemented
        ensure(other.commodity == self.commodity, f"sum of {self.commodity} and {other.commodity}")
        return Money(self.minor + other.minor, self.commodity)

    def __sub__(self, other: Money) -> Money:
        """The difference; two commodities never mix."""
        return self + (-other)

    def __neg__(self) -> Money:
        """The same amount on the other side."""
        return Money(-self.minor, self.commodity)

    def __bool__(self) -> bool:
        """Whether it is anything but zero."""
        return self.minor != 0

    def split(self, weights: Sequence[int | Decimal | Fraction]) -> list[Money]:
        """Shares by weight: each rounded half up, the remainder on the last, so that they sum to the whole."""
        total = sum((Fraction(weight) for weight in weights), Fraction(0))
        ensure(weights and total > 0, "split by weights that sum to nothing")
        shares = [round_half_up(Fraction(self.minor) * Fraction(w) / total) for w in weights[:-1]]
        shares.append(self.minor - sum(shares))
        return [Money(share, self.commodity) for share in shares]


def round_half_up(value: Fraction | Decimal) -> int:
    """To the nearest whole number, halves away from zero: the one rounding of this program."""
    exact = Fraction(value)
    whole, rest = divmod(abs(exact.numerator) * 2 + exact.denominator, exact.denominator * 2)
    del rest
    return -whole if exact < 0 else whole


def rounded(value: Decimal | Fraction, digits: int, *, where: str) -> int:
    """`value` units as minor units of `digits` digits, half up. `where` names the place (line, tax, share …)."""
    ensure(where, "a rounding without a place")
    return round_half_up(Fraction(value) * 10**digits)


def exact_minor(value: Decimal, digits: int) -> int | None:
    """`value` units as minor units, or None where it has more digits than that."""
    scaled = value.scaleb(digits, EXACT) if value else Decimal(0)
    whole = int(scaled)
    return whole if whole == scaled else None


@frozen
class Commodity:
    """How a commodity is stored and shown. `digits` scales `Money.minor`; `digits_shown` ≤ `digits`."""

    name: str
    digits: int
    digits_shown: int
    declared: bool = False


@frozen
class Commodities:
    """The commodities of a book: settings, else `commodity` directives, else ISO 4217, else 8 digits."""

    known: Mapping[str, Commodity] = field(default_factory=dict)
    also: Mapping[str, str] = field(default_factory=dict)

    def canonical(self, name: str) -> str:
        """The commodity that `name` is another spelling of (`also:`), or `name`."""
        return self.also.get(name, name)

    def get(self, name: str) -> Commodity:
        """What is known of `name`; never fails."""
        name = self.canonical(name)
        if name in self.known:
            return self.known[name]
        if name in ISO_DIGITS:
            return Commodity(name, ISO_DIGITS[name], ISO_DIGITS[name])
        if name in ISO_TWO:
            return Commodity(name, 2, 2)
        return Commodity(name, DIGITS_UNKNOWN, 0)

    def money(self, value: Decimal, name: str) -> Money | None:
        """`value` units of `name`, exactly, or None where the commodity has fewer digits."""
        name = self.canonical(name)
        minor = exact_minor(value, self.get(name).digits)
        return None if minor is None else Money(minor, name)

    def decimal(self, money: Money) -> Decimal:
        """The amount in units, exactly."""
        return Decimal(money.minor).scaleb(-self.get(money.commodity).digits, EXACT)

    def plain(self, money: Money) -> str:
        """`-8700.00`: as JSON and CSV have it, with the commodity's digits and nothing else."""
        return self.writer(money.commodity, grouped=False)(money.minor)

    def grouped(self, money: Money) -> str:
        """`-8,700.00`: as people read it, without the commodity."""
        return self.writer(money.commodity)(money.minor)

    def writer(self, name: str, *, grouped: bool = True) -> Callable[[int], str]:
        """What writes amounts of a commodity, for those who write many: as `grouped` or as `plain` does."""
        commodity = self.get(name)
        return _writer(commodity.digits, commodity.digits_shown, grouped=grouped)

    def named(self, money: Money) -> str:
        """`CNY -8,700.00`: as messages have it."""
        amount = self.grouped(money)
        return f"{money.commodity} {amount}" if money.commodity else amount


class Writers(dict[str, "Callable[[int], str]"]):
    """What writes the amounts of each commodity, as it is met."""

    def __init__(self, commodities: Commodities, *, grouped: bool) -> None:
        super().__init__()
        self._commodities = commodities
        self._grouped = grouped

    def __missing__(self, name: str) -> Callable[[int], str]:
        self[name] = found = self._commodities.writer(name, grouped=self._grouped)
        return found


@lru_cache(maxsize=64)
def _writer(digits: int, shown: int, *, grouped: bool) -> Callable[[int], str]:
    """What writes minor units: of the digits behind the point at least `shown`, and no more zeros than that."""
    scale = 10**digits
    fractions = _Fractions(digits, shown)

    def in_groups(minor: int) -> str:
        return f"{minor // scale:,}{fractions[minor % scale]}" if minor >= 0 else f"-{in_groups(-minor)}"

    def in_digits(minor: int) -> str:
        return f"{minor // scale}{fractions[minor % scale]}" if minor >= 0 else f"-{in_digits(-minor)}"

    return in_groups if grouped else in_digits


class _Fractions(dict[int, str]):
    """What stands behind whole units, point included: the same few again and again."""

    def __init__(self, digits: int, shown: int) -> None:
        super().__init__({} if digits else {0: ""})
        self._digits = digits
        self._shown = shown

    def __missing__(self, rest: int) -> str:
        text = f"{rest:0{self._digits}d}"
        text = text[: self._shown] + text[self._shown :].rstrip("0")
        found = f".{text}" if text else ""
        if len(self) < _FRACTIONS_MAX:
            self[rest] = found
        return found


_FRACTIONS_MAX = 10_000


def total(amounts: Iterable[Money]) -> dict[str, Money]:
    """The sums by commodity, in the order of the commodities' names; zero sums stay."""
    sums: dict[str, int] = {}
    for money in amounts:
        sums[money.commodity] = sums.get(money.commodity, 0) + money.minor
    return {name: Money(sums[name], name) for name in sorted(sums)}

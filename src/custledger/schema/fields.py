"""The kinds of values that documents hold: from a scalar's text to a value, or a problem by its variant.

Every scalar arrives as text, exactly as written; nothing is ever guessed from its look. Each kind has the JSON
Schema of what it accepts: editors resolve `8.50` and `no` before they look, so numbers and booleans pass as text.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from decimal import Decimal
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator, WithJsonSchema
from pydantic_core import CoreSchema, PydanticCustomError
from pydantic_core.core_schema import no_info_plain_validator_function

from custledger.core.dates import parse_iso
from custledger.core.ids import ID_MAX, NUMBER_MAX, suggest_id, valid_id, valid_number
from custledger.core.nearest import nearest
from custledger.core.numbers import percent, plain
from custledger.core.terms import Terms, parse_terms

TEXTUAL: dict[str, Any] = {"type": ["string", "number", "boolean"]}
"""Text as an editor sees it: an unquoted `0049` or `yes` is a text to us."""


class Shape(BaseModel):
    """A mapping: every key known (those that begin with `x-` are taken out before), all problems at once."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=False)


def fault(variant: str, **args: str) -> PydanticCustomError:
    """A problem `invalid-value.<variant>` with its arguments."""
    return PydanticCustomError("invalid", "{variant}", {"variant": variant, "args": args})


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    raise fault("empty" if value is None else "text")


def _one_line(value: object) -> str:
    text = _text(value)
    if "\n" in text:
        raise fault("one-line")
    if not text.strip():
        raise fault("empty")
    return text


def _date(value: object) -> dt.date:
    text = _text(value)
    day = parse_iso(text)
    if day is None:
        raise fault("date", value=text)
    return day


def _decimal(value: object, variant: str = "amount") -> Decimal:
    text = _text(value)
    number = plain(text)
    if number is None:
        raise fault(variant, value=text)
    return number


def _percent(value: object) -> Decimal:
    text = _text(value)
    rate = percent(text)
    if rate is None:
        raise fault("percent", value=text)
    if not 0 <= rate <= 1:
        raise fault("percent-range", value=text)
    return rate


def _positive_percent(value: object) -> Decimal:
    rate = _percent(value)
    if not rate:
        raise fault("positive", value=_text(value))
    return rate


def _not_negative(value: object) -> Decimal:
    number = _decimal(value)
    if number < 0:
        raise fault("not-negative", value=_text(value))
    return number


def _positive(value: object) -> Decimal:
    number = _decimal(value)
    if number <= 0:
        raise fault("positive", value=_text(value))
    return number


def _id(value: object) -> str:
    text = _text(value)
    if not valid_id(text):
        suggestion = suggest_id(text)
        raise fault("id-nearest", value=text, nearest=suggestion) if suggestion else fault("id", value=text)
    return text


def _number(value: object) -> str:
    text = _text(value)
    if not valid_number(text):
        raise fault("document-number", value=text)
    return text


def _terms(value: object) -> Terms:
    text = _text(value)
    terms = parse_terms(text)
    if terms is None:
        raise fault("terms", value=text)
    return terms


_COMMODITY = re.compile(r'[^\s";]{1,32}(?: [^\s";]{1,32}){0,3}')
_ACCOUNT = re.compile(r"[^\s:;()\[\]](?:[^\s:;]| (?! ))*(?::[^\s:;](?:[^\s:;]| (?! ))*)*(?<! )")


def _commodity(value: object) -> str:
    text = _text(value)
    if not _COMMODITY.fullmatch(text):
        raise fault("commodity", value=text)
    return text


def _account(value: object) -> str:
    text = _text(value)
    if not _ACCOUNT.fullmatch(text):
        raise fault("account", value=text)
    return text


_LANGUAGE = re.compile(r"(en|zh)([-_][A-Za-z]{2,4}){0,2}")


def _language(value: object) -> str:
    text = _text(value)
    if not _LANGUAGE.fullmatch(text):
        raise fault("language", value=text)
    return text


def _reference(value: object) -> tuple[str, ...]:
    """One reference or a list of them."""
    return tuple(_one_line(item) for item in value) if isinstance(value, list) else (_one_line(value),)


def _flag(value: object) -> bool:
    text = _text(value)
    if text not in {"true", "false"}:
        raise fault("choice", value=text, choices="`true`, `false`")
    return text == "true"


class Choice:
    """For `Annotated[str, Choice(…)]`: one of these words."""

    def __init__(self, *names: str) -> None:
        self.names = names
        self.choices = ", ".join(f"`{name}`" for name in names)

    def check(self, value: object) -> str:
        """The word, or the problem with the nearest one."""
        text = _text(value)
        if text in self.names:
            return text
        near = nearest(text, self.names, most=1)
        if near:
            raise fault("choice-nearest", value=text, choices=self.choices, nearest=near[0])
        raise fault("choice", value=text, choices=self.choices)

    def __get_pydantic_core_schema__(self, source: object, handler: object) -> CoreSchema:
        return no_info_plain_validator_function(self.check)

    def __get_pydantic_json_schema__(self, core: object, handler: object) -> dict[str, Any]:
        return {"enum": list(self.names)}


def choice(*names: str) -> Any:  # noqa: ANN401 - an annotation, for models made at run time
    """One of these words."""
    return Annotated[str, Choice(*names)]


class Count:
    """For `Annotated[int, Count(…)]`: a whole number in this range."""

    def __init__(self, least: int, most: int) -> None:
        self.least, self.most = least, most

    def check(self, value: object) -> int:
        """The number, or the problem."""
        text = _text(value)
        if not _WHOLE.fullmatch(text) or not self.least <= int(text) <= self.most:
            raise fault("count", value=text, least=str(self.least), most=str(self.most))
        return int(text)

    def __get_pydantic_core_schema__(self, source: object, handler: object) -> CoreSchema:
        return no_info_plain_validator_function(self.check)

    def __get_pydantic_json_schema__(self, core: object, handler: object) -> dict[str, Any]:
        return {"type": ["integer", "string"], "minimum": self.least, "maximum": self.most, "pattern": "^[0-9]+$"}


_WHOLE = re.compile(r"0|[1-9][0-9]{0,5}", re.ASCII)
_PLAIN_PATTERN = r"^[+-]?(0|[1-9][0-9]*)(\.[0-9]+)?$"
_PERCENT_PATTERN = r"^\+?(0|[1-9][0-9]?|100)(\.[0-9]+)?%$"


def _schema(**parts: object) -> WithJsonSchema:
    return WithJsonSchema(dict(parts))


def _decimal_schema(**bounds: object) -> WithJsonSchema:
    return WithJsonSchema({"type": ["string", "number"], "pattern": _PLAIN_PATTERN, **bounds})


Text = Annotated[str, PlainValidator(_text), WithJsonSchema(TEXTUAL)]
"""Any text; it may have several lines."""
Words = Annotated[str, PlainValidator(_one_line), WithJsonSchema({**TEXTUAL, "minLength": 1})]
"""Text on one line, not empty."""
Date = Annotated[
    dt.date, PlainValidator(_date), _schema(type="string", pattern=r"^(19|2[01])[0-9]{2}-[0-9]{2}-[0-9]{2}$")
]
Amount = Annotated[Decimal, PlainValidator(_decimal), _decimal_schema()]
Quantity = Annotated[Decimal, PlainValidator(lambda value: _decimal(value, "number")), _decimal_schema()]
NotNegative = Annotated[Decimal, PlainValidator(_not_negative), _decimal_schema(minimum=0)]
Positive = Annotated[Decimal, PlainValidator(_positive), _decimal_schema(exclusiveMinimum=0)]
Percent = Annotated[Decimal, PlainValidator(_percent), _schema(type="string", pattern=_PERCENT_PATTERN)]
Share = Annotated[Decimal, PlainValidator(_positive_percent), _schema(type="string", pattern=_PERCENT_PATTERN)]
Id = Annotated[
    str, PlainValidator(_id), _schema(type=["string", "number"], pattern=r"^[^\s.-][^\s/\\:]*$", maxLength=ID_MAX)
]
Number = Annotated[
    str,
    PlainValidator(_number),
    _schema(type=["string", "number"], pattern=r"""^[^\s,;:|()\[\]{}"`]+$""", maxLength=NUMBER_MAX),
]
# `Any`: pydantic would build a schema of a dataclass.
TermsText = Annotated[
    Any, PlainValidator(_terms), _schema(type="string", examples=["net 30", "eom + 30", "2/10 net 30"])
]
CommodityName = Annotated[str, PlainValidator(_commodity), _schema(type="string", minLength=1, examples=["CNY"])]
Account = Annotated[str, PlainValidator(_account), _schema(type="string", minLength=1)]
Language = Annotated[
    str, PlainValidator(_language), _schema(type="string", pattern="^(en|zh)([-_][A-Za-z]{2,4}){0,2}$")
]
Flag = Annotated[bool, PlainValidator(_flag), _schema(enum=[True, False, "true", "false"])]
References = Annotated[
    tuple[str, ...], PlainValidator(_reference), _schema(anyOf=[TEXTUAL, {"type": "array", "items": TEXTUAL}])
]


SINCE_EVER = object()
"""What a plain value's `from` is: nothing that a document could hold."""


def _since(value: object) -> dt.date | None:
    return None if value is SINCE_EVER else _date(value)


Since = Annotated[
    dt.date | None, PlainValidator(_since), _schema(type="string", pattern=r"^(19|2[01])[0-9]{2}-[0-9]{2}-[0-9]{2}$")
]


class Version(Shape):
    """One version of a dated value; those below say of what."""

    since: Since = Field(alias="from")


class TermsVersion(Version):
    """Terms from a day on."""

    value: TermsText = Field(alias="is")


class CurrencyVersion(Version):
    """A currency from a day on."""

    value: CommodityName = Field(alias="is")


class AmountVersion(Version):
    """An amount from a day on."""

    value: NotNegative = Field(alias="is")


class RateVersion(Version):
    """A rate from a day on."""

    value: Percent = Field(alias="is")


V = TypeVar("V", bound=Version)


def _plain_or_list(value: object) -> object:
    """A plain value holds since ever; a list is dated."""
    return value if isinstance(value, list) else [{"from": SINCE_EVER, "is": value}]


def _rising(versions: tuple[V, ...]) -> tuple[V, ...]:
    if not versions:
        raise fault("empty")
    days = [version.since for version in versions if version.since is not None]
    for before, day in itertools.pairwise(days):
        if day <= before:
            raise fault("dated-order", value=day.isoformat(), before=before.isoformat())
    return versions


class _PlainOrList:
    """JSON Schema of a dated value: the plain value or the list of its versions."""

    def __get_pydantic_json_schema__(self, core: Any, handler: Any) -> dict[str, Any]:  # noqa: ANN401 - pydantic's protocol
        listed = handler(core)
        item = handler.resolve_ref_schema(listed["items"])
        return {"anyOf": [item["properties"]["is"], {**listed, "minItems": 1}]}


_DATED = (BeforeValidator(_plain_or_list), AfterValidator(_rising), _PlainOrList())
DatedTerms = Annotated[tuple[TermsVersion, ...], *_DATED]
DatedCurrency = Annotated[tuple[CurrencyVersion, ...], *_DATED]
DatedAmount = Annotated[tuple[AmountVersion, ...], *_DATED]
DatedRate = Annotated[tuple[RateVersion, ...], *_DATED]

"""The kinds of values that documents hold, as pydantic wants them, each with the JSON Schema of what it accepts.

Editors resolve `8.50` and `no` before they look, so numbers and booleans pass as text.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator, WithJsonSchema
from pydantic_core import CoreSchema, PydanticCustomError
from pydantic_core.core_schema import no_info_plain_validator_function

from custledger.core.ids import ID_MAX, NUMBER_MAX
from custledger.schema import values
from custledger.schema.values import Fault

TEXTUAL: dict[str, Any] = {"type": ["string", "number", "boolean"]}
"""Text as an editor sees it: an unquoted `0049` or `yes` is a text to us."""


class Shape(BaseModel):
    """A mapping: every key known (those that begin with `x-` are taken out before), all problems at once."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=False)


def fault(variant: str, **args: str) -> PydanticCustomError:
    """A problem `invalid-value.<variant>` with its arguments."""
    return PydanticCustomError("invalid", "{variant}", {"variant": variant, "args": args})


def valued(read: Callable[[object], Any]) -> PlainValidator:
    """A reader of values (`schema.values`) as pydantic wants it."""

    def check(value: object) -> Any:  # noqa: ANN401 - whatever the reader gives
        try:
            return read(value)
        except Fault as found:
            raise fault(found.variant, **found.args_named) from None

    return PlainValidator(check)


def checked(check: Callable[[Any], None]) -> AfterValidator:
    """A check of a whole list (`schema.values`) as pydantic wants it."""

    def after(found: Any) -> Any:  # noqa: ANN401 - what is checked is given back
        try:
            check(found)
        except Fault as wrong:
            raise fault(wrong.variant, **wrong.args_named) from None
        return found

    return AfterValidator(after)


class Choice:
    """For `Annotated[str, Choice(…)]`: one of these words."""

    def __init__(self, *names: str) -> None:
        self.names = names

    def __get_pydantic_core_schema__(self, source: object, handler: object) -> CoreSchema:
        return no_info_plain_validator_function(valued(values.choice(*self.names)).func)  # type: ignore[arg-type]

    def __get_pydantic_json_schema__(self, core: object, handler: object) -> dict[str, Any]:
        return {"enum": list(self.names)}


def choice(*names: str) -> Any:  # noqa: ANN401 - an annotation, for models made at run time
    """One of these words."""
    return Annotated[str, Choice(*names)]


class Count:
    """For `Annotated[int, Count(…)]`: a whole number in this range."""

    def __init__(self, least: int, most: int) -> None:
        self.least, self.most = least, most

    def __get_pydantic_core_schema__(self, source: object, handler: object) -> CoreSchema:
        return no_info_plain_validator_function(valued(values.count(self.least, self.most)).func)  # type: ignore[arg-type]

    def __get_pydantic_json_schema__(self, core: object, handler: object) -> dict[str, Any]:
        return {"type": ["integer", "string"], "minimum": self.least, "maximum": self.most, "pattern": "^[0-9]+$"}


_PLAIN_PATTERN = r"^[+-]?(0|[1-9][0-9]*)(\.[0-9]+)?$"
_PERCENT_PATTERN = r"^\+?(0|[1-9][0-9]?|100)(\.[0-9]+)?%$"


def _schema(**parts: object) -> WithJsonSchema:
    return WithJsonSchema(dict(parts))


def _decimal_schema(**bounds: object) -> WithJsonSchema:
    return WithJsonSchema({"type": ["string", "number"], "pattern": _PLAIN_PATTERN, **bounds})


Text = Annotated[str, valued(values.text), WithJsonSchema(TEXTUAL)]
"""Any text; it may have several lines."""
Words = Annotated[str, valued(values.words), WithJsonSchema({**TEXTUAL, "minLength": 1})]
"""Text on one line, not empty."""
Date = Annotated[
    dt.date, valued(values.date), _schema(type="string", pattern=r"^(19|2[01])[0-9]{2}-[0-9]{2}-[0-9]{2}$")
]
Amount = Annotated[Decimal, valued(values.amount), _decimal_schema()]
Quantity = Annotated[Decimal, valued(values.quantity), _decimal_schema()]
NotNegative = Annotated[Decimal, valued(values.not_negative), _decimal_schema(minimum=0)]
Positive = Annotated[Decimal, valued(values.positive), _decimal_schema(exclusiveMinimum=0)]
Percent = Annotated[Decimal, valued(values.percent), _schema(type="string", pattern=_PERCENT_PATTERN)]
Share = Annotated[Decimal, valued(values.share), _schema(type="string", pattern=_PERCENT_PATTERN)]
Id = Annotated[
    str, valued(values.identifier), _schema(type=["string", "number"], pattern=r"^[^\s.-][^\s/\\:]*$", maxLength=ID_MAX)
]
Number = Annotated[
    str,
    valued(values.number),
    _schema(type=["string", "number"], pattern=r"""^[^\s,;:|()\[\]{}"`]+$""", maxLength=NUMBER_MAX),
]
# `Any`: pydantic would build a schema of a dataclass.
TermsText = Annotated[Any, valued(values.terms), _schema(type="string", examples=["net 30", "eom + 30", "2/10 net 30"])]
CommodityName = Annotated[str, valued(values.commodity), _schema(type="string", minLength=1, examples=["CNY"])]
Account = Annotated[str, valued(values.account), _schema(type="string", minLength=1)]
Language = Annotated[str, valued(values.language), _schema(type="string", pattern="^(en|zh)([-_][A-Za-z]{2,4}){0,2}$")]
Flag = Annotated[bool, valued(values.flag), _schema(enum=[True, False, "true", "false"])]
References = Annotated[
    tuple[str, ...], valued(values.references), _schema(anyOf=[TEXTUAL, {"type": "array", "items": TEXTUAL}])
]


SINCE_EVER = object()
"""What a plain value's `from` is: nothing that a document could hold."""


def _since(value: object) -> dt.date | None:
    return None if value is SINCE_EVER else values.date(value)


Since = Annotated[
    dt.date | None, valued(_since), _schema(type="string", pattern=r"^(19|2[01])[0-9]{2}-[0-9]{2}-[0-9]{2}$")
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


def _plain_or_list(value: object) -> object:
    """A plain value holds since ever; a list is dated."""
    return value if isinstance(value, list) else [{"from": SINCE_EVER, "is": value}]


def _rising(versions: Sequence[Version]) -> None:
    values.rising([version.since for version in versions])


class _PlainOrList:
    """JSON Schema of a dated value: the plain value or the list of its versions."""

    def __get_pydantic_json_schema__(self, core: Any, handler: Any) -> dict[str, Any]:  # noqa: ANN401 - pydantic's protocol
        listed = handler(core)
        item = handler.resolve_ref_schema(listed["items"])
        return {"anyOf": [item["properties"]["is"], {**listed, "minItems": 1}]}


_DATED = (BeforeValidator(_plain_or_list), checked(_rising), _PlainOrList())
DatedTerms = Annotated[tuple[TermsVersion, ...], *_DATED]
DatedCurrency = Annotated[tuple[CurrencyVersion, ...], *_DATED]
DatedAmount = Annotated[tuple[AmountVersion, ...], *_DATED]
DatedRate = Annotated[tuple[RateVersion, ...], *_DATED]

"""The shape of an entry of the activity log (formats.md §2)."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict

from custledger.schema.fields import Choice, Date, Id, NotNegative, Number, Shape, Text, Words
from custledger.schema.quick import ACTIVITY_KINDS


class ActivityShape(Shape):
    """What was said or done, or (`closes`) how it ended."""

    model_config = ConfigDict(
        json_schema_extra={"anyOf": [{"required": ["closes"]}, {"required": ["kind", "customer"]}]}
    )

    id: Id
    kind: Annotated[str, Choice(*ACTIVITY_KINDS)] | None = None
    date: Date
    customer: Id | None = None
    by: Words = ""
    invoices: tuple[Number, ...] = ()
    amount: NotNegative | None = None
    until: Date | None = None
    text: Text = ""
    closes: Id | None = None
    outcome: Words = ""

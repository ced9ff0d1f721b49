"""JSON, from the typed result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.render.serialise import to_json
from custledger.render.sheet import Renderer

if TYPE_CHECKING:
    from custledger.render.sheet import Sheet


def draw_json(sheet: Sheet) -> str:
    """The result as one JSON document."""
    return to_json(sheet.result)


RENDERER = Renderer("json", ".json", draw_json, data=True)

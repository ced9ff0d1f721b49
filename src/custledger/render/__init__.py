"""Drawing a page: one output format a file (`as_<format>.py`), each exporting its `RENDERER`."""

from __future__ import annotations

from custledger.render.draw import draw, formats, suffixes

__all__ = ["draw", "formats", "suffixes"]

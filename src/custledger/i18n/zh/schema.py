"""Words of `schema`."""

from __future__ import annotations

MESSAGES: dict[str, str] = {
    "unknown": "没有名为 `{name}` 的模式；`custledger schema` 会列出全部",
    "unknown_near": "没有名为 `{name}` 的模式；是否指 {near}？",
}

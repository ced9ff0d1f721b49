"""Words of `schema`."""

from __future__ import annotations

MESSAGES: dict[str, str] = {
    "unknown": "there is no schema `{name}`; `custledger schema` lists them",
    "unknown_near": "there is no schema `{name}`; did you mean {near}?",
}

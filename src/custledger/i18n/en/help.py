"""All help: the dicts of `_help_*.py` together."""

from __future__ import annotations

import importlib
import pkgutil

import custledger.i18n.en as here

MESSAGES: dict[str, str] = {}
for _module in sorted(m.name for m in pkgutil.iter_modules(here.__path__) if m.name.startswith("_help_")):
    MESSAGES.update(importlib.import_module(f"{here.__name__}.{_module}").MESSAGES)

"""Words in the reader's language. Keys are `module.name`; the module is a file in `en/` and `zh/`.

Each such file has one dict, `MESSAGES`, from name to a `str.format` template with named fields. A key that is
missing in a language fails a test; at run time it falls back to English, then to the key itself.
"""

from __future__ import annotations

import importlib
from functools import lru_cache
from typing import TYPE_CHECKING

from custledger.core.text import Listed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from custledger.core.diagnostic import Diagnostic

LANGUAGES = ("en", "zh")
_SEPARATORS = {"zh": "、"}
"""What stands between the names of a list, where that is not `, `."""


@lru_cache(maxsize=64)
def messages(language: str, module: str) -> Mapping[str, str]:
    """The templates of one module in one language; {} where there is no such file."""
    try:
        loaded = importlib.import_module(f"custledger.i18n.{language}.{module}")
    except ModuleNotFoundError:
        return {}
    found: Mapping[str, str] = loaded.MESSAGES
    return found


def short(language: str) -> str:
    """`zh` of a locale such as `zh_CN.UTF-8` or `zh-CN`."""
    return language.replace("-", "_").split("_")[0].split(".")[0].lower()


class Catalogue:
    """The words of one language. `language` may be a locale (`zh_CN.UTF-8`, `zh-CN`); unknown ones are English."""

    def __init__(self, language: str = "en") -> None:
        wanted = short(language)
        self.language = wanted if wanted in LANGUAGES else "en"

    def has(self, key: str) -> bool:
        """Whether this language or English has the key."""
        module, _, name = key.partition(".")
        return name in messages(self.language, module) or name in messages("en", module)

    def text(self, key: str, /, **args: object) -> str:
        """The text of `key`, its fields filled in."""
        module, _, name = key.partition(".")
        template = messages(self.language, module).get(name) or messages("en", module).get(name)
        if template is None:
            return key if not args else f"{key} " + ", ".join(f"{k}={v}" for k, v in sorted(args.items()))
        if self.language in _SEPARATORS:
            between = _SEPARATORS[self.language]
            args = {k: between.join(arg.parts) if isinstance(arg, Listed) else arg for k, arg in args.items()}
        return template.format_map(args) if args else template.format_map({})

    def message(self, diagnostic: Diagnostic) -> str:
        """What a diagnostic says, in one line that stands alone."""
        return self.text(diagnostic.key, **dict(diagnostic.args))

    def hint(self, diagnostic: Diagnostic) -> str:
        """The next step, or nothing."""
        for key in (f"{diagnostic.key}.hint", f"diagnostics.{diagnostic.slug}.hint"):
            if self.has(key):
                return self.text(key, **dict(diagnostic.args))
        return ""

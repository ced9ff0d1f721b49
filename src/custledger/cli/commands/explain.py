"""`custledger explain`: what a check looks for, what a term means."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from custledger.cli.command import Command, Context
from custledger.cli.declared import argument
from custledger.core.text import listed

if TYPE_CHECKING:
    from custledger.check._rule import Check
    from custledger.i18n.catalogue import Catalogue
    from custledger.i18n.glossary import Term

_COLUMNS_MAX = 100


def run(
    context: Context,
    topic: Annotated[
        list[str] | None, argument(metavar="[NAME]", help="help.explain.topic", show_default=False)
    ] = None,
) -> None:
    """Print one page, or the list of all."""
    from custledger.check import catalogue
    from custledger.core.nearest import nearest
    from custledger.core.trouble import UsageError
    from custledger.i18n.glossary import TERMS, find

    columns = min(context.width, _COLUMNS_MAX)
    if not topic:
        context.print(_list(context.say, columns))
        return
    word = " ".join(topic).strip("`[]")
    known = catalogue()
    term = find(word)
    if word in known:
        context.print(_check(known[word], context.say, columns))
    elif term:
        context.print(_term(term, context.say, columns))
    else:
        near = nearest(word, [*known, *(name for t in TERMS for name in t.names)], most=3)
        key = "check.unknown_topic_near" if near else "check.unknown_topic"
        raise UsageError(key, word=word, near=listed(near))


def _kind(check: Check, words: Catalogue) -> str:
    if check.strict:
        return words.text("check.kind.strict")
    if check.severity.value == "warning":
        return words.text("check.kind.warning")
    return words.text(f"check.kind.error.{check.scope.value}")


def _check(check: Check, words: Catalogue, columns: int) -> str:
    from custledger.check.pages import page
    from custledger.cli.wrap import markdown, wrap

    found = page(check, words.language)
    lines = [check.name, _kind(check, words), "", *wrap(found.summary, columns)]
    for heading, text in found.sections:
        lines += ["", heading, *markdown(text, columns)]
    return "\n".join(lines) + "\n"


def _term(term: Term, words: Catalogue, columns: int) -> str:
    from custledger.cli.wrap import wrap
    from custledger.i18n.glossary import find

    lines = [" · ".join(term.names), "", *wrap(words.text(f"glossary.{term.key}"), columns)]
    if term.also:
        others = [(name, find(name)) for name in term.also]
        names = words.text("check.comma").join(_name(other, words) if other else name for name, other in others)
        lines += ["", *wrap(words.text("check.see_also", names=names), columns)]
    return "\n".join(lines) + "\n"


def _list(words: Catalogue, columns: int) -> str:
    from custledger.check import catalogue
    from custledger.check.pages import page
    from custledger.cli.wrap import wrap
    from custledger.core.text import pad, width
    from custledger.i18n.glossary import TERMS

    known = catalogue()
    room = max(map(width, known))
    lines = [words.text("check.list.checks")]
    for name, check in known.items():
        text = wrap(page(check, words.language).summary, columns - room - 4)
        lines.append(f"  {pad(name, room)}  {text[0]}")
        lines += [" " * (room + 4) + more for more in text[1:]]
    names = ", ".join(_name(term, words) for term in TERMS)
    lines += ["", words.text("check.list.terms"), *("  " + line for line in wrap(names, columns - 2))]
    return "\n".join([*lines, "", words.text("check.list.more")]) + "\n"


def _name(term: Term, words: Catalogue) -> str:
    chinese = [name for name in term.names if not name.isascii()]
    return chinese[0] if words.language == "zh" and chinese else term.names[0]


COMMAND = Command("explain", run, section="help")

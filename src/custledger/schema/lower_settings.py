"""`custledger.yaml` → `Settings`."""

from __future__ import annotations

from typing import Any

from custledger.book.settings import ROLES, AgingRule, Company, Numbering, Settings, Tax
from custledger.core.diagnostic import Diagnostic, problem
from custledger.core.money import Commodities, Commodity
from custledger.core.span import Span
from custledger.parse.yaml.nodes import Mapping, Node, Scalar, YamlFile
from custledger.schema.places import dated, items_at, matching, spans_of, start_of
from custledger.schema.quick import REQUIRED, SETTINGS, quick
from custledger.schema.values import FORMAT


def lower_settings(file: YamlFile) -> tuple[Settings | None, list[Diagnostic]]:
    """The settings, and what is wrong with their shape (not with their text: that is in `file.diagnostics`).

    Where keys are wrong the rest still holds, so that one typing mistake does not make a whole book look wrong.
    None where there is nothing to read.
    """
    if not file.documents:
        place = Span(file.file, 1, 1, 1, 1)
        return None, [] if file.broken else [problem("missing-key", place, key="book")]
    first, *others = file.documents
    found = [problem("invalid-value", start_of(node), variant="settings") for node in others]
    if not isinstance(first, Mapping):
        return None, [problem("invalid-value", start_of(first), variant="document"), *found]
    values, wrong = _values(first)
    if values is None:
        return None, wrong + found
    problems = sorted([*wrong, *_same_spellings(values, first), *found], key=lambda one: one.order)
    return _settings(values, first), problems


def _values(node: Mapping) -> tuple[dict[str, Any] | None, list[Diagnostic]]:
    """The values behind the keys, without those that are wrong, and what is wrong with these."""
    values = quick(SETTINGS, REQUIRED["settings"], node)
    if values is not None:
        return values, []
    from custledger.schema.reading import as_dict, read, rescue
    from custledger.schema.settings_model import SettingsShape

    shape, wrong = read(SettingsShape, node)
    if shape is not None:
        return as_dict(shape), wrong
    rest = tuple((key, value) for key, value in node.items if key.text != "book")
    versioned = Mapping(((Scalar("book", node.span), Scalar(str(FORMAT), node.span)), *rest), node.span)
    return rescue(SettingsShape, versioned), wrong


_AS_THEY_ARE = ("decimal_mark", "language", "timezone", "prices")


def _settings(values: dict[str, Any], node: Mapping) -> Settings:
    spans = spans_of(node)
    numbering = dict(values.get("numbering", {}))
    if "from" in numbering:
        numbering["since"] = numbering.pop("from")
    given = {name: values[name] for name in _AS_THEY_ARE if name in values}
    if "rounding" in values and "tax" in values["rounding"]:
        given["tax_rounding"] = values["rounding"]["tax"]
    return Settings(
        **given,
        company=Company(**values.get("company", {})),
        currency=dated(values.get("currency", ()), spans.get("currency")),
        commodities=_commodities(values),
        terms=dated(values.get("terms", ()), spans.get("terms")),
        accounts={role: names for role in ROLES if (names := values.get("accounts", {}).get(role))},
        taxes=_taxes(values, node),
        numbering=Numbering(**numbering),
        aging=AgingRule(**values.get("aging", {})),
        matching=matching(values.get("matching", {})),
        span=node.span,
        spans=spans,
    )


def _taxes(values: dict[str, Any], node: Mapping) -> dict[str, Tax]:
    listed = node.get("taxes")
    taxes: dict[str, Tax] = {}
    for name, tax in values.get("taxes", {}).items():
        written = listed.get(name) if isinstance(listed, Mapping) else None
        rate = written.get("rate") if isinstance(written, Mapping) else None
        taxes[name] = Tax(name, dated(tax["rate"], rate.span if rate else None), tax.get("account"))
    return taxes


def _commodities(values: dict[str, Any]) -> Commodities:
    known: dict[str, Commodity] = {}
    also: dict[str, str] = {}
    for name, commodity in values.get("commodities", {}).items():
        digits = commodity.get("digits", Commodities().get(name).digits)
        known[name] = Commodity(name, digits, digits, declared=True)
        also.update(dict.fromkeys(commodity.get("also", ()), name))
    return Commodities(known, {spelling: name for spelling, name in also.items() if spelling not in known})


def _same_spellings(values: dict[str, Any], node: Mapping) -> list[Diagnostic]:
    """Each spelling may mean one commodity only."""
    commodities = values.get("commodities", {})
    taken = {name: name for name in commodities}
    found: list[Diagnostic] = []
    listed = node.get("commodities")
    for name, commodity in commodities.items():
        written: Node | None = listed.get(name) if isinstance(listed, Mapping) else None
        places = items_at(written.get("also") if isinstance(written, Mapping) else None)
        for spelling, place in zip(commodity.get("also", ()), places, strict=False):
            if taken.setdefault(spelling, name) != name or spelling == name:
                found.append(
                    problem(
                        "invalid-value",
                        place.span,
                        variant="same-spelling",
                        value=spelling,
                        other=taken[spelling],
                        key="also",
                    )
                )
    return found

"""`custledger.yaml` → `Settings`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.book.settings import ROLES, AgingRule, Company, Numbering, Settings, Tax
from custledger.core.diagnostic import Diagnostic, problem
from custledger.core.money import Commodities, Commodity
from custledger.core.span import Span
from custledger.parse.yaml.nodes import Mapping, Node, YamlFile
from custledger.schema.places import bank_accounts, dated, items_at, matching, spans_of
from custledger.schema.reading import read, rescue, start_of
from custledger.schema.settings_model import SettingsShape

if TYPE_CHECKING:
    from collections.abc import Mapping as Table


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
    shape, wrong = read(SettingsShape, first)
    if not isinstance(first, Mapping):
        return None, wrong + found
    if shape is None:
        shape = rescue(SettingsShape, first) or rescue_without_version(first)
    spellings = _same_spellings(shape, first) if shape else []
    problems = sorted([*wrong, *spellings, *found], key=lambda one: one.order)
    return (None if shape is None else _settings(shape, first)), problems


def rescue_without_version(node: Mapping) -> SettingsShape | None:
    """The settings of a document that says no version, or a wrong one."""
    from custledger.parse.yaml.nodes import Scalar

    key = Scalar("book", node.span)
    rest = tuple((name, value) for name, value in node.items if name.text != "book")
    return rescue(SettingsShape, Mapping(((key, Scalar("1", node.span)), *rest), node.span))


def _settings(shape: SettingsShape, node: Mapping) -> Settings:
    spans = spans_of(node)
    company = shape.company
    accounts = {role: tuple(names) for role in ROLES if (names := getattr(shape.accounts, role))}
    numbering = shape.numbering
    return Settings(
        company=Company(
            name=company.name,
            tax_id=company.tax_id,
            address=company.address,
            phone=company.phone,
            email=company.email,
            bank_accounts=bank_accounts(company.bank_accounts),
        ),
        currency=dated(shape.currency, lambda version: version.value, spans.get("currency")),
        commodities=_commodities(shape),
        decimal_mark=shape.decimal_mark,
        language=shape.language,
        timezone=shape.timezone,
        terms=dated(shape.terms, lambda version: version.value, spans.get("terms")),
        accounts=accounts,
        taxes=_taxes(shape, node),
        prices=shape.prices,
        tax_rounding=shape.rounding.tax,
        numbering=Numbering(numbering.invoice, numbering.credit_note, numbering.receipt, numbering.since),
        aging=AgingRule(shape.aging.basis, shape.aging.edges),
        matching=matching(shape.matching),
        span=node.span,
        spans=spans,
    )


def _taxes(shape: SettingsShape, node: Mapping) -> Table[str, Tax]:
    listed = node.get("taxes")
    taxes: dict[str, Tax] = {}
    for name, tax in shape.taxes.items():
        written = listed.get(name) if isinstance(listed, Mapping) else None
        rate = written.get("rate") if isinstance(written, Mapping) else None
        taxes[name] = Tax(
            name, dated(tax.rate, lambda version: version.value, rate.span if rate else None), tax.account
        )
    return taxes


def _commodities(shape: SettingsShape) -> Commodities:
    known: dict[str, Commodity] = {}
    also: dict[str, str] = {}
    for name, commodity in shape.commodities.items():
        digits = Commodities().get(name).digits if commodity.digits is None else commodity.digits
        known[name] = Commodity(name, digits, digits, declared=True)
        also.update(dict.fromkeys(commodity.also, name))
    return Commodities(known, {spelling: name for spelling, name in also.items() if spelling not in known})


def _same_spellings(shape: SettingsShape, node: Mapping) -> list[Diagnostic]:
    """Each spelling may mean one commodity only."""
    taken = {name: name for name in shape.commodities}
    found: list[Diagnostic] = []
    listed = node.get("commodities")
    for name, commodity in shape.commodities.items():
        written: Node | None = listed.get(name) if isinstance(listed, Mapping) else None
        places = items_at(written.get("also") if isinstance(written, Mapping) else None)
        for spelling, place in zip(commodity.also, places, strict=False):
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

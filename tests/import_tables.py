"""Tables and maps for the tests of intake."""

from custledger.book.settings import Dated, Settings
from custledger.core.terms import parse_terms
from custledger.intake.reading import Reading
from custledger.intake.table import read_table
from custledger.parse.yaml.compose import compose
from custledger.schema.import_map import lower_import_map
from custledger.store.shipped import shipped_map

SETTINGS = Settings(currency=Dated(((None, "USD"),)), terms=Dated(((None, parse_terms("net 30")),)))


def a_map(text):
    """The map that `text` is; it must have no problem."""
    map_, found = lower_import_map(compose("map.yaml", text if isinstance(text, bytes) else text.encode()))
    assert found == []
    return map_


def shipped(name):
    return a_map(shipped_map(name))


def reading(data, map_, file="table.csv"):
    """A `Reading` of `data`; the table itself must have no problem."""
    table, found = read_table(file, data if isinstance(data, bytes) else data.encode(), map_)
    assert found == []
    return Reading(table, map_)


def keys(found):
    return [(problem.key.removeprefix("diagnostics."), problem.span.line) for problem in found]

"""YAML documents of one file, lowered, for tests; problems as rows."""

from custledger.i18n.catalogue import Catalogue
from custledger.parse.yaml.compose import compose
from custledger.schema.documents import lower_customers, lower_invoices

INVOICE = "number: A-1\ncustomer: acme\ndate: 2026-01-20\nlines: [{price: 8.50}]\n"
CUSTOMER = "id: acme\nname: Acme\n"
SETTINGS = "book: 1\n"
ENTRY = "- {id: 2026-01-01-aaaaaa, kind: note, date: 2026-01-01, customer: acme}\n"


def file(text):
    found = compose("a.yaml", text.encode())
    assert not found.diagnostics
    return found


def told(found):
    """(slug.variant, line, column, hint) of each problem."""
    words = Catalogue("en")
    rows = []
    for problem in found:
        for language in ("en", "zh"):
            assert Catalogue(language).has(problem.key), problem.key
            text = Catalogue(language).message(problem) + Catalogue(language).hint(problem)
            assert problem.slug not in text
        rows.append(
            (
                f"{problem.slug}.{problem.variant}".rstrip("."),
                problem.span.line,
                problem.span.column,
                words.hint(problem),
            )
        )
    return rows


def first(found):
    return [row[:3] for row in told(found)]


def invoices(text):
    return lower_invoices([file(text)])


def customers(text):
    return lower_customers([file(text)])

"""Common options before or after the verb."""

import pytest

from custledger.cli.options import hoist


@pytest.mark.parametrize(
    ("line", "before", "rest"),
    [
        ("balance", "", "balance"),
        ("-f a.journal balance x", "-f a.journal", "balance x"),
        ("-fa.journal balance", "-fa.journal", "balance"),
        ("--as-of=2026-01-31 --lang zh aging --detail", "--as-of=2026-01-31 --lang zh", "aging --detail"),
        ("--dry-run payment add", "--dry-run", "payment add"),
        ("aging -f a.journal", "", "aging -f a.journal"),
        ("--book b", "--book b", ""),
        ("--unknown balance", "", "--unknown balance"),
        ("-f", "-f", ""),
    ],
)
def test_hoist_parts_what_stands_before_the_verb(line, before, rest):
    assert hoist(line.split()) == (before.split(), rest.split())

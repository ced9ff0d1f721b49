"""What the imports say."""

from __future__ import annotations

MESSAGES: dict[str, str] = {
    "extra_missing": "`{file}` is a workbook; reading it needs the extra `xlsx`",
    "extra_missing.hint": 'pip install "custledger[xlsx]", or save the sheet as CSV',
    "no_such_map": "no map `{map}`; there are {near}",
    "no_such_map.hint": "give a file (`./{map}.yaml`), or see `custledger import {kind} --maps`",
    "map_of_other_kind": "`{map}` is a map for {other}, not for {kind}",
    "map_of_other_kind.hint": "custledger import {kind} --maps",
    "file_and_map": "import {kind} needs a file and `--map`",
    "file_and_map.hint": "custledger import {kind} --maps",
    "nothing_written": "nothing was imported",
    "nothing_written.hint": "mend the file, or what the map says of it, and import it again: what is there already is not added twice",
    "added.customers": "customers added: {count}",
    "added.invoices": "documents added: {count}",
    "added.payments": "payments added: {count}",
    "added.known": "in the book already: {count}",
    "skipped": "rows left out by the map: {count}",
    "nothing_new": "nothing new: the book stays as it is",
}

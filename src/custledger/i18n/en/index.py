"""The index."""

from __future__ import annotations

MESSAGES = {
    "one_of": "--verify and --forget do not go together",
    "one_of.hint": "give one of them",
    "forgotten": "the index is deleted; the next report of a large book makes it anew",
    "unfit": "this book has no index, and every report reads all of its text: {why}",
    "not_written": "`{name}`: the index could not be written",
    "not_written.hint": "see whether the folder may be written to; reports read the text meanwhile",
    "busy": "`{name}`: another process is writing the index",
    "busy.hint": "run the command again; reports read the text meanwhile",
    "holds": "the index is up to date: {files} files, {customers} customers, {size} kB",
    "verified": "it is what the text says",
    "differs": "it is not what the text says, in: {tables}",
    "why.alias": "a journal has the directive `alias`, which changes the meaning of what stands below it",
    "why.amount": "an amount is too large for eight bytes",
    "why.apply_account": "a journal has the directive `apply account`, which changes the meaning of what stands below it",
    "why.assignment": "an amount is given by a balance (`= AMOUNT` alone)",
    "why.commodity": "a commodity has no declared number of digits",
    "why.decimal_mark": "amounts are written with a decimal comma",
    "why.default": "a journal has the directive `D`, which changes the meaning of what stands below it",
    "why.directives": "a directive changed",
    "why.duplicate_number": "two invoices have one number",
    "why.end_aliases": "a journal has the directive `end aliases`, which changes the meaning of what stands below it",
    "why.end_apply_account": "a journal has the directive `end apply account`, which changes the meaning of what stands below it",
    "why.include": "a journal is included twice, or from outside `journals/`",
    "why.problems": "it has errors, or warnings that only the whole text explains (`custledger check`)",
    "why.unknown_customer": "an entry names a customer who is nobody",
    "why.year": "a journal has the directive `Y`, which changes the meaning of what stands below it",
}

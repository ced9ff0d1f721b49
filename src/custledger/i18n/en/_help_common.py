"""Help of the options that many commands share."""

MESSAGES = {
    "common.file": "a bare hledger journal to read instead of a book; repeatable; - is standard input",
    "common.book": "the book's folder; repeatable: the command is run on each (else $CUSTLEDGER_BOOK, the nearest custledger.yaml upwards, ./ledgers)",
    "common.at": "read the book as it stood in a git revision (main~20, a tag, a commit), not the files as they are",
    "common.no_index": "read the whole text: neither ask nor write the index in .custledger/",
    "common.receivable": "with -f: the account whose sub-accounts are customers; repeatable",
    "common.terms": "with -f: terms of payment where an entry has no due: tag, e.g. net 30",
    "common.decimal_mark": "with -f: the decimal mark, . or ,",
    "common.as_of": "the day to report on (default: today): 2026-01-31, yesterday, last month, 2026Q1",
    "common.recorded_only": "count only allocations that are written in the book, none that are inferred",
    "common.format": "text, json, csv, md or html",
    "common.output": "write to a file; its ending picks the format",
    "common.dry_run": "show the patch as a unified diff and write nothing",
    "common.lang": "language of the terminal: en or zh",
    "common.color": "colour: auto, always or never",
}

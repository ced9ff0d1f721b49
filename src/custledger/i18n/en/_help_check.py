"""Help of `check` and `explain`."""

MESSAGES = {
    "check": "every problem of the book, each with its place and what to do",
    "check.checks": "check only these (`custledger explain` lists them)",
    "check.strict": "also look at what is merely untidy, and take every warning for an error",
    "explain": "what a check looks for, what a term or a rule means",
    "explain.topic": "a check (`unknown-invoice`), a term (aging, 账龄) or a rule (oldest-first); none: list all",
    "index": "the index beside the text of a large book: bring it up to date and say what it holds",
    "index.verify": "make it anew beside it and compare; status 1 where they differ",
    "index.forget": "delete it",
}

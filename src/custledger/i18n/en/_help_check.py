"""Help of `check` and `explain`."""

MESSAGES = {
    "check": "Look for every problem in the book, and say where each one is.",
    "check.checks": "check only these (`custledger explain` lists them)",
    "check.strict": "also look at what is merely untidy, and take every warning for an error",
    "explain": "Tell more about a check, a term or a rule.",
    "explain.topic": "a check (`unknown-invoice`), a term (aging, 账龄) or a rule (oldest-first); none: list all",
}

"""The words of the field, explained."""

MESSAGES = {
    "charge": "What a customer owes us for: an invoice or one instalment of it, a debit note, a late fee, an opening "
    "debit. In a journal it is a debit posting on a receivable account; its number is its `invoice:` tag, else the "
    "transaction's code.",
    "credit": "What reduces a customer's debt: a payment, a credit note, a discount, a write-off, tax withheld, an "
    "opening credit, a void. All credit postings of one transaction to one customer in one commodity and of one kind "
    "are one credit, however they are split.",
    "allocation": "This much of that credit settles this charge, from a first day to a last, by this rule, on this "
    "evidence. Allocations never cross customers or commodities; of a credit they, what was taken back and what is "
    "unapplied always make up the whole.",
    "open-item": "A charge that is not fully settled on a day: what is left of it is its open amount.",
    "unapplied": "What of a credit no allocation uses on a day: an overpayment, an advance, money that names no "
    "invoice. It is shown negative where we hold a customer's money, so that open + unapplied = balance.",
    "as-of": "The day that a report looks at: only entries dated up to and including it exist, and only what could be "
    "known by then. An entry dated later changes nothing of it.",
    "aging": "Open items by how long they are overdue. Days count from the due date: on the due date an item is still "
    "current, `1-30` is 1 to 30 days after it, and the last bucket is open. With `--by invoice` days count from the "
    "invoice's date, and the first bucket is `0-30`. Unapplied credits stand in a column of their own.",
    "bucket": "One column of an aging, `31-60` for instance: both edges are included. Edges are days, months (`6m`) or "
    "years (`1y`), the latter two by the calendar.",
    "overdue": "An open item is overdue from the day after its due date.",
    "due-date": "The last day on which an invoice is paid in time: written on the invoice (`due:`), else what its "
    "terms give from its date.",
    "terms": "When an invoice is due: `net 30`, `eom`, `eom + 15`, `day 15 of next month`, `2/10 net 30` (2 % off if "
    "paid within 10 days), `due on receipt`, `prepaid`. What an invoice leaves out comes from the customer, then the "
    "book, as they stood on the invoice's date.",
    "statement": "What happened on a customer's account in a period: opening balance, entries, closing balance. "
    "Opening + entries = closing, and closing is the total of the aging on the same day.",
    "advance": "Money received before there is an invoice. It is unapplied until a tag, a rule or a transaction "
    "between the receivable accounts of the customer applies it.",
    "credit-note": "A document by which we give back all or a part of an invoice; `corrects:` names the invoice that "
    "it settles first.",
    "void": "An invoice that was withdrawn stays, with `void: {{date: …, reason: …}}`. Before that day it stands; on "
    "that day it is settled as a whole, and what had paid it is released.",
    "reversal": "A transaction that takes back a payment: it bounced, or was entered by mistake. With "
    "`reverses: RCPT-7` that payment's allocations end that day, and its invoices are open again with their old due "
    "dates.",
    "refund": "Money that goes back to a customer. It settles credits, never charges: the one named by `reverses:`, "
    "else an unapplied one of the same amount, else the oldest.",
    "write-off": "A claim given up: its other side is the bad debt account or the allowance.",
    "dispute": "A customer contests an invoice or a part of it. It stays in the aging, flagged, until the dispute is "
    "closed or the invoice is settled.",
    "instalment": "A part of an invoice with a due date of its own: `INV-7/1`, `INV-7/2`. A payment that names "
    "`INV-7` pays them in order of due date.",
    "receivable": "The accounts whose sub-accounts are customers. A customer's balance is the sum of all postings on "
    "them; the customers together are the control account.",
    "balance": "What a customer owes: open charges less unapplied credits, which always equals the sum of the "
    "receivable postings. Negative where we owe.",
    "carry-forward": "A transaction that takes balances to zero at a year's end, and its mirror at the next year's "
    "beginning. Reports read the book without both.",
    "recorded": "A recorded allocation is written in the book as an `invoice:` tag. An inferred one follows from the "
    "entries and counts in reports, marked as such; `--recorded-only` leaves it out. A proposed one needs postings "
    "that are not in the text yet, and counts once they are written.",
    "posting-date": "The date by which a posting counts: its own (`date:`), else the transaction's.",
    "value-date": "The second date of a transaction (`2026-02-10=2026-02-09`): when the bank credited the money. "
    "Early-payment discounts look at it; everything else at the posting's date.",
    "corrects": "A credit note that names its invoice (`corrects:`) settles it, up to what is open; the rest stays "
    "unapplied. Recorded.",
    "explicit": "A payment tagged `invoice:` pays the invoices it names, in the order named, each up to what is open; "
    "the rest stays unapplied. With `applied:` DATE this holds from that day. Recorded; it takes precedence over "
    "whatever was inferred.",
    "oldest-first": "What nothing else decides pays open charges by due date, then date, then number. Only where the "
    "customer or the book says `matching: {{fifo: true}}`. Inferred.",
}

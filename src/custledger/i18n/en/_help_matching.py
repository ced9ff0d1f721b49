"""Help of the commands that write matches and take them back."""

MESSAGES = {
    "reconcile.write": "write what is inferred into the journals, as tags",
    "reconcile.only": "write only what these rules matched: reference, exact, pays-for, fx …; repeatable",
    "reconcile.min_tier": "write only what this rule or a stronger one matched",
    "reconcile.period": "write only credits dated in this period: 2026-06, last month …",
    "reconcile.example": "custledger reconcile blueocean --detail\ncustledger reconcile --write --min-tier exact --dry-run",
    "unmatch": "take back matches that are written in the journals",
    "unmatch.what": "number of a receipt or an invoice; RECEIPT@FILE:LINE where several receipts share it",
    "unmatch.reject": "and never propose it again (`not-invoice:`)",
    "unmatch.example": "custledger unmatch RCPT-2026-00007\ncustledger unmatch INV-2026-0001 --reject",
}

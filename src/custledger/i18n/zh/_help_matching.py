"""写入与撤销核销的帮助。"""

MESSAGES = {
    "reconcile.write": "把推断的核销以标签写入日记账",
    "reconcile.only": "只写入由这些规则得出的核销：reference、exact、pays-for、fx 等；可重复",
    "reconcile.min_tier": "只写入由此规则或更强的规则得出的核销",
    "reconcile.period": "只写入此期间的贷项：2026-06、last month 等",
    "reconcile.example": "custledger reconcile blueocean --detail\ncustledger reconcile --write --min-tier exact --dry-run",
    "unmatch": "撤销已写入日记账的核销",
    "unmatch.what": "收款单号或发票号；单号重复时写作 收款单号@文件:行号",
    "unmatch.reject": "并且今后不再建议（`not-invoice:`）",
    "unmatch.example": "custledger unmatch RCPT-2026-00007\ncustledger unmatch INV-2026-0001 --reject",
}

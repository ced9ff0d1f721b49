"""Help of `check` and `explain`, in Chinese."""

MESSAGES = {
    "check": "检查账簿中的全部问题，指出位置和处理办法",
    "check.checks": "只做这些检查（`custledger explain` 列出全部）",
    "check.strict": "也检查不够规范之处，并把警告一律视为错误",
    "explain": "解释一项检查、一个术语或一条规则",
    "explain.topic": "检查（`unknown-invoice`）、术语（账龄、aging）或规则（oldest-first）；不写则列出全部",
    "index": "大账簿文本旁的索引：更新并说明其内容",
    "index.verify": "另行重建并比较；不一致时退出码为 1",
    "index.forget": "删除索引",
}

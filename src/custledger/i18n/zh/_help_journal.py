"""日记账命令的帮助."""

MESSAGES = {
    "print": "把整个账簿写成一份 hledger 日记账，含单据自动过账的分录",
    "print.example": "custledger print\ncustledger print -o book-2026.journal\ncustledger print | hledger -f - balance",
    "fmt": "对齐日记账的金额，其余一字不动",
    "fmt.files": "日记账文件；不写则为账簿的全部日记账",
    "fmt.check": "不写入；有文件未对齐时以 1 退出",
    "fmt.example": "custledger fmt\ncustledger fmt journals/2026-02.journal --dry-run\ncustledger fmt --check",
}

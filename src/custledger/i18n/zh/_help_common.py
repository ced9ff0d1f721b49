"""通用选项的帮助。"""

MESSAGES = {
    "common.file": "读取单独的 hledger 日记账而不是账簿；可重复；- 为标准输入",
    "common.book": "账簿目录，可重复：对每个账簿执行该命令（默认：$CUSTLEDGER_BOOK，向上最近的 custledger.yaml，./ledgers）",
    "common.at": "读取账簿在某个 git 版本（main~20、标签、提交）时的内容，而非现有文件",
    "common.no_index": "读取全部文本，不使用也不写入 .custledger/ 里的索引",
    "common.receivable": "与 -f 同用：其下级科目为客户的应收科目；可重复",
    "common.terms": "与 -f 同用：分录没有 due: 标签时的付款条件，如 net 30",
    "common.decimal_mark": "与 -f 同用：小数点符号，. 或 ,",
    "common.as_of": "截至日期（默认今天）：2026-01-31、昨天、上月、2026Q1",
    "common.recorded_only": "只计账簿中已记录的核销，不计推断的核销",
    "common.format": "text、json、csv、md 或 html",
    "common.output": "写入文件；格式由扩展名决定",
    "common.dry_run": "以统一差异格式显示将做的修改，不写入",
    "common.lang": "终端语言：en 或 zh",
    "common.color": "颜色：auto、always 或 never",
}

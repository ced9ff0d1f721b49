"""The texts of a new book, in Chinese."""

MESSAGES = {
    "company": "我的公司",
    "settings": """\
# 本账簿的规则。`custledger check` 查找错误，`custledger explain 词语` 给出解释。
book: 1                         # 格式版本
company:
  name: {company}
  # tax_id: "91330100MA2XXXXX0Q"
  # address: 浙江省杭州市某某路 1 号
  # bank_accounts: [{{bank: 工商银行, account: "6222 0210 0101 2345"}}]   # 印在对账单上
currency: {currency}                   # 单据未注明时的货币
commodities:
  {currency}: {{digits: {digits}{also}}}
decimal_mark: "."
language: {language}                 # 客户收到的单据所用语言；终端语言取决于您的系统
timezone: {timezone}         # “今天”以此时区为准
terms: net 30                   # net N、eom、eom + N、day 15 of next month、2/10 net 30、due on receipt、prepaid
accounts:
  receivable: [assets:receivable, liabilities:advances]   # 应收账款、预收账款；其下级科目即客户
  cash: [assets:bank, assets:cash]                        # 视为收到款项的科目
  revenue: [income]                                       # 收入
  tax: [liabilities:vat:output]                           # 销项税额
  discount: [expenses:discounts]                          # 现金折扣
  bad_debt: [expenses:bad debt]                           # 坏账损失
  allowance: [assets:bad debt allowance]                  # 坏账准备
  fx: [expenses:fx]                                       # 汇兑损益
  fee: [expenses:bank charges]                            # 银行手续费
  payable: [liabilities:payable]                          # 应付账款
  unidentified: [liabilities:unidentified receipts]       # 待查收款
taxes:
  {tax}: {{rate: {rate}, account: liabilities:vat:output}}
  {lower}: {{rate: {lower_rate}, account: liabilities:vat:output}}
  zero: {{rate: 0%}}
prices: net                     # 或 gross：单价含税
numbering:
  invoice: "INV-{{year}}-{{seq:04}}"
  credit_note: "CN-{{year}}-{{seq:04}}"
  receipt: "RCPT-{{year}}-{{seq:05}}"
  from: {since}             # 自此日起号码不得中断
aging: {{basis: due, edges: [30, 60, 90]}}
# matching: {{fifo: true}}        # 无其他依据时先核销最早的应收项""",
    "accounts": "科目与货币。assets:receivable 的下级科目就是客户。",
    "readme": """\
# 应收账款账簿

纯文本账簿，由 custledger 管理：客户欠多少，为什么。

| 文件 | 内容 |
| --- | --- |
| `custledger.yaml` | 公司信息与本账簿的规则 |
| `customers/` | 客户档案，每个客户一份文档 |
| `invoices/` | 发票和贷项通知单及其明细行 |
| `journals/` | 收款、期初余额、坏账核销：hledger 日记账 |
| `activity/` | 往来记录：电话、付款承诺、争议 |
| `book.journal` | 日记账清单，供 hledger 使用：`hledger -f book.journal balance` |

    custledger customer add 上海蓝海贸易有限公司 --id blueocean
    custledger invoice new blueocean --net 1000.00 --tax vat13 --text 首批货款
    custledger payment add blueocean --invoice INV-2026-0001
    custledger check
    custledger aging""",
    "folder.customers": "每个客户一份 YAML 文档。`custledger customer add 名称` 新增客户；`custledger schema customer` 列出所有字段。",
    "folder.invoices": "发票和贷项通知单，每月一个文件。`custledger invoice new 客户` 开具发票；`custledger schema invoice` 列出所有字段。",
    "folder.activity": "往来记录：电话、付款承诺、争议。`custledger schema activity` 列出所有字段。",
}

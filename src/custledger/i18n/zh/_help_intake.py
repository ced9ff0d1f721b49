"""导入命令的帮助。"""

from __future__ import annotations

MESSAGES: dict[str, str] = {
    "import.file": "要导入的表格：CSV，或 XLSX（需安装附加组件 `xlsx`）",
    "import.map": "映射：YAML 文件，或自带映射的名称（见 --maps）",
    "import.maps": "列出自带的映射后退出",
    "import.create_customers": "账簿中没有的客户，自动建立最简档案",
    "import.paid_on": "表中已付金额从哪一天起算",
    "import_invoices": "从其他系统的表格导入发票和红字发票",
    "import_invoices.example": "custledger import invoices --maps\ncustledger import invoices sales.csv --map xero-invoices --create-customers\ncustledger import invoices 应收.csv --map cn-invoices --paid-on 2026-01-01 --dry-run",
    "import_customers": "从其他系统的表格导入客户",
    "import_customers.example": "custledger import customers 客户档案.xlsx --map cn-customers\ncustledger import customers clients.csv --map my-map.yaml --dry-run",
    "import_payments": "从其他系统的表格导入收款",
    "import_payments.example": "custledger import payments 收款单.csv --map cn-payments\ncustledger import payments receipts.csv --map payments --dry-run",
}

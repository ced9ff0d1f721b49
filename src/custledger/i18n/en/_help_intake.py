"""Help of the imports."""

from __future__ import annotations

MESSAGES: dict[str, str] = {
    "import.file": "the table: CSV, or XLSX (needs the extra `xlsx`)",
    "import.map": "the map: a YAML file, or the name of a shipped one (see --maps)",
    "import.maps": "list the shipped maps and stop",
    "import.create_customers": "add customers that the book does not have, with a minimal profile",
    "import.paid_on": "the day from which amounts that the table says are paid count",
    "import_invoices": "add invoices and credit notes from a table of another system",
    "import_invoices.example": "custledger import invoices --maps\ncustledger import invoices sales.csv --map xero-invoices --create-customers\ncustledger import invoices 应收.csv --map cn-invoices --paid-on 2026-01-01 --dry-run",
    "import_customers": "add customers from a table of another system",
    "import_customers.example": "custledger import customers 客户档案.xlsx --map cn-customers\ncustledger import customers clients.csv --map my-map.yaml --dry-run",
    "import_payments": "add payments from a table of another system",
    "import_payments.example": "custledger import payments 收款单.csv --map cn-payments\ncustledger import payments receipts.csv --map payments --dry-run",
}

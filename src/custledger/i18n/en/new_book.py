"""The texts of a new book: what `init` writes into its files."""

MESSAGES = {
    "company": "My Company",
    "settings": """\
# The rules of this book. `custledger check` finds mistakes, `custledger explain WORD` tells more.
book: 1                         # version of the format
company:
  name: {company}
  # tax_id: "123456789"
  # address: 1 Harbour Street, Port Town
  # bank_accounts: [{{bank: First Bank, account: "1234 5678"}}]   # printed on statements
currency: {currency}                   # of documents that name none
commodities:
  {currency}: {{digits: {digits}{also}}}
decimal_mark: "."
language: {language}                    # of what customers receive; the terminal follows your own locale
timezone: {timezone}                   # whose day "today" is, e.g. Europe/London
terms: net 30                   # net N, eom, eom + N, day 15 of next month, 2/10 net 30, due on receipt, prepaid
accounts:
  receivable: [assets:receivable, liabilities:advances]   # customers are the accounts below these
  cash: [assets:bank, assets:cash]                        # what counts as being paid
  revenue: [income]
  tax: [liabilities:vat:output]
  discount: [expenses:discounts]
  bad_debt: [expenses:bad debt]
  allowance: [assets:bad debt allowance]
  fx: [expenses:fx]
  fee: [expenses:bank charges]
  payable: [liabilities:payable]
  unidentified: [liabilities:unidentified receipts]
taxes:
  {tax}: {{rate: {rate}, account: liabilities:vat:output}}
  {lower}: {{rate: {lower_rate}, account: liabilities:vat:output}}
  zero: {{rate: 0%}}
prices: net                     # or gross: prices include tax
numbering:
  invoice: "INV-{{year}}-{{seq:04}}"
  credit_note: "CN-{{year}}-{{seq:04}}"
  receipt: "RCPT-{{year}}-{{seq:05}}"
  from: {since}             # no gaps from this day on
aging: {{basis: due, edges: [30, 60, 90]}}
# matching: {{fifo: true}}        # settle the oldest first where nothing else is known""",
    "accounts": "Accounts and currencies. Customers are the accounts below assets:receivable.",
    "readme": """\
# A receivables book

Plain text, kept by custledger: what customers owe, and why.

| file | what is in it |
| --- | --- |
| `custledger.yaml` | who we are, and the rules of this book |
| `customers/` | a document per customer |
| `invoices/` | invoices and credit notes with their lines |
| `journals/` | payments, opening balances, write-offs: hledger journals |
| `activity/` | what was said and done: calls, promises, disputes |
| `book.journal` | the list of journals, for hledger: `hledger -f book.journal balance` |

    custledger customer add 'Blue Ocean Trading Ltd.' --id blueocean
    custledger invoice new blueocean --net 1000.00 --tax vat20 --text 'first delivery'
    custledger payment add blueocean --invoice INV-2026-0001
    custledger check
    custledger aging""",
    "folder.customers": "One YAML document per customer. `custledger customer add NAME` writes one; `custledger schema customer` shows every key.",
    "folder.invoices": "Invoices and credit notes, a file per month. `custledger invoice new CUSTOMER` writes one; `custledger schema invoice` shows every key.",
    "folder.activity": "What was said and done: calls, promises, disputes. `custledger schema activity` shows every key.",
}

"""Texts of books that have an index: settings, customers, and templates of all that may stand in one."""

SETTINGS = """\
book: 1
company: {name: Harbour}
currency: CNY
commodities: {CNY: {digits: 2, also: [RMB]}, USD: {digits: 2}, JPY: {digits: 0}}
decimal_mark: "."
terms: net 30
accounts:
  receivable: [assets:receivable, liabilities:advances]
  cash: [assets:bank]
  revenue: [income]
  tax: [liabilities:vat]
  discount: [expenses:discounts]
  bad_debt: [expenses:bad debt]
  fx: [expenses:fx]
  fee: [expenses:fees]
"""
IDS = ("acme", "acme-old", "蓝海", "bolt", "coda", "dune", "echo", "fern")
CUSTOMERS = """\
id: acme
name: Acme Ltd.
segment: vip
owner: li.wei
was: [acme-old]
terms: net 45
---
id: 蓝海
name: 上海蓝海贸易有限公司
aliases: [蓝海]
segment: retail
owner: zhao
address: {country: CN, region: 上海}
---
id: bolt
name: Bolt & Söhne
terms: [{from: 2025-01-01, is: net 30}, {from: 2026-03-01, is: net 14}]
---
id: coda
name: Coda
segment: vip
parent: bolt
status: on-hold
---
id: dune
name: Dune SA
terms: eom + 15
tags: [wholesale, north]
---
id: echo
name: Echo
---
id: fern
name: Fern
terms: 2/10 net 30
""".split("---\n")
EXTRA = """\
id: gulf
name: Gulf
pays_for: [echo]
---
id: hawk
name: Hawk
matching: {fifo: true}
---
id: iris
name: Iris
aliases: [Echo Shop, 'Iris "the" Shop', 'a*']
""".split("---\n")

#: Entries that are not plain: each says something that only the precise reader, or only the engine, understands.
ODD = """\
{day} ({code}) note
    assets:receivable:{who}  {less}  ; invoice:{number}
    income  {more}
%
{day} ({code}) refund
    assets:receivable:{who}  {more}
    assets:bank  {less}
%
{day} ({code}) bad
    expenses:bad debt  {more}
    assets:receivable:{who}  {less}  ; invoice:{number}
%
{day} * moved
    assets:receivable:{who}  {more}
    assets:receivable:{other}  {less}
%
{day} * ({code}) advance
    assets:bank  {more}
    liabilities:advances:{who}  {less}
%
{day} use of an advance
    liabilities:advances:{who}  {more}
    assets:receivable:{who}  {less}  ; invoice:{number}
%
{day} * opening
    assets:receivable:{who}  {more}  ; invoice:OLD-{code}, dated:2025-11-05, due:2025-12-05
    assets:receivable:{other}  {more}  ; invoice:OLDER-{code}
    equity:opening
%
{day} ({code}) {name} | by name
    assets:receivable  {more}
    income
%
{day} ({code}) x  ; customer:{who}
    assets:receivable  {more}
    income
%
{day} (INV-x{code}) yen
    assets:receivable:{other}  JPY {minor}
    income
%
{day}={day} ({code}) two dates
    assets:receivable:{who}  {more}
    income
%
{day} ({code}) own date
    assets:receivable:{who}  {more}  ; date:2026-02-03
    income
%
{day} ({code}) own date in brackets
    assets:receivable:{who}  {more}  ; [2026-02-03]
    income
%
{day} ({code}) dollars
    assets:receivable:{other}  USD 100.00 @ CNY 7.10
    income
%
{day} ({code}) the bank's words
    ; > {number} from the bank
    assets:bank  {more}
    assets:receivable:{who}  {less}
%
{day} ({code}) two owe
    assets:receivable:{who}  {more}
    assets:receivable:{other}  {more}
    income
%
{day} ({code}) two pay
    assets:bank
    assets:receivable:{who}  {less}
    assets:receivable:{other}  {less}
%
{day} ({code}) retention
    assets:receivable:{who}:retention  {more}
    income
%
{day} ({code}) later
    assets:bank  {more}
    assets:receivable:{who}  {less}  ; invoice:{number}, applied:2026-05-30
%
{day} ({code}) rejected
    assets:bank  {more}
    assets:receivable:{who}  {less}  ; not-invoice:{number}
%
{day} ({code}) bounced
    assets:receivable:{payer}  {more}  ; reverses:{receipt}
    assets:bank
%
{day} ({code}/1) part
    assets:receivable:{who}  {more}  ; due:2026-03-01
    income
%
{day} ({code}) kind  ; kind:invoice
    assets:receivable:{who}  {more}
    expenses:other
%
{day} ({code}) paid  ; due:2026-05-05
    assets:bank  {more}
    assets:receivable:{who}  {less}
%
{day} ({code}) virtual
    (assets:receivable:{who})  {more}
%
{day} ({code}) due before its day  ; due:2025-05-05
    assets:receivable:{who}  {more}
    income
%
{day} no receivable
    expenses:rent  {more}
    assets:bank  {less}
%
{day} no receivable  ; due:2026-01-01
    expenses:rent  {more}
    assets:bank  {less}
%
{day} * ({code})   spaces  \x20
\tassets:receivable:{who}\t\t{more}
  income  \x20


%
{day} ({code}) spelt otherwise
    assets:receivable:{other}  RMB 77.00
    income
%
{day} ({code}) unit behind
    assets:receivable:{other}  77 CNY
    income
%
{day} nothing
    assets:receivable:{who}  CNY 0.00
    income
%
{slashes} ({code}) slashes
    assets:receivable:{who}  {more}
    income
%
; a comment

{day} ({code}) behind a comment, before one
    assets:receivable:{who}  {more}
    income
    ; due:2026-04-04
%
{day} ({code}) disputed
    assets:receivable:{who}  {more}  ; dispute:late
    income
%
{day} ({code}) order  ; po:PO-7, contract:HT-1
    assets:receivable:{who}  {more}
    income
%
{day} (RC-1) again
    assets:bank  {more}
    assets:receivable:{who}  {less}
%
{day} ({code}) euros
    assets:receivable:{other}  EUR 12.50
    income
%
{day} shares
    assets:shares  3 AAPL @ CNY 100.00
    assets:bank  CNY -300.00
%
{day} no number
    assets:receivable:{who}  {more}
    income
""".split("%\n")

DIRECTIVES = """\
account assets:receivable
%
account income  ; type:R
%
account expenses:other  ; type:R
%
account assets:bank  ; type:X
%
commodity CNY 1,000.00
%
commodity USD 1,000.00
%
commodity JPY
%
commodity EUR 1,000.00
%
payee Acme Ltd.
%
tag a
%
P 2026-01-01 USD CNY 7.10
%
; words
%
~ monthly
    a  CNY 1.00
    b
%
comment
2026-01-01 no
  a
end comment
""".split("%\n")

#: What an index does not stand for, or what is wrong.
STRANGE = """\
alias r = assets:receivable
%
D CNY 1,000.00
%
Y2026
%
decimal-mark .
%
apply account x
end apply account
%
{day} asserted
    assets:bank  CNY 0.00 = CNY 0.00
    income
%
{day} asserted
    assets:receivable:{who}  CNY 1.00 = CNY 1.00
    income
%
{day} assigned
    assets:receivable:{who}  = CNY 7.00
    income
%
{day} nobody
    assets:receivable:nobody  CNY 1.00
    income
%
{day} ({code}) unbalanced
    assets:receivable:{who}  CNY 1.00
    income  CNY -2.00
%
{day} ({number}) again
    assets:receivable:{other}  CNY 1.00
    income
%
{day} ({number}) a note of that number
    assets:receivable:{other}  CNY -1.00
    income
%
{day} ({code}) unknown
    assets:bank  CNY 1.00
    assets:receivable:{who}  ; invoice:NONE
%
2026-01-01
%
{day} ({code}) gold
    assets:receivable:{who}  GOLD 1.000
    income
%
{day} ({code}) what number
    assets:receivable:{who}  EUR 1,000
    income
%
{day} unbalanced, nobody's
    expenses:rent  CNY 5.00
    assets:bank  CNY -4.00
%
commodity EUR 1,000.000
%
{day} ({code}) too many digits
    assets:receivable:{other}  EUR 12.505
    income
%
{day} carried
    assets:receivable:{who}  CNY -100.00
    equity:opening/closing balances
%
{day} ({code} 2) blanks in the number
    assets:receivable:{who}  CNY 1.00
    income
""".split("%\n")

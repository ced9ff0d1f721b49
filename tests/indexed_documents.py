"""Templates of the YAML documents that may stand in a book which has an index."""

DOCUMENTS = """\
number: {code}
customer: {id}
date: {day}
%
number: {code}
customer: {id}
date: {day}
due: 2026-07-01
note: '{number} and more'
%
number: {code}
customer: {who}
date: {day}
currency: CNY
terms: net 30
%
number: {code}
customer: {id}
date: {day}
currency: USD
%
number: {code}
customer: {id}
date: {day}
refs: {{po: PO-7}}
%
number: {code}
customer: {id}
date: {day}
expect: {{total: 113.00}}
%
number: "{code}"
customer: {id}
date: {day}
due: 2025-12-31
%
number: {number}
customer: {id}
date: {day}
%
number: {code}
customer: {id}
date: {day}
due: 2026-04-01
%
number: {code}
customer: {id}
date: {day}
terms: net 7
%
number: {code}
customer: {id}
date: {day}
instalments: [{{due: 2026-03-01, share: 30%}}, {{due: 2026-05-01, share: 70%}}]
%
number: {code}
customer: {id}
date: {day}
void: {{date: 2026-06-01, reason: no}}
%
kind: credit-note
number: {code}
customer: {id}
corrects: {number}
date: {day}
%
kind: credit-note
number: {code}
corrects: {number}
date: {day}
""".split("%\n")

ACTIVITIES = """\
- {{id: {day}-{low}, kind: call, date: {day}, customer: {id}, text: asked}}
%
- {{id: {day}-{low}, kind: visit, date: {day}, customer: {who}, text: "{number}"}}
%
- {{id: {day}-{low}, closes: {closed}, date: {day}, outcome: done}}
%
- {{id: {day}-{low}, kind: dispute, date: {day}, customer: {id}, invoices: [{number}], amount: 20.00, text: x}}
%
- {{id: {day}-{low}, kind: dispute, date: {day}, customer: {id}, invoices: [{number}], text: x}}
%
- {{id: {day}-{low}, kind: note, date: {day}, customer: {id}, text: x}}
- {{id: {day}-{low}b, closes: {day}-{low}, date: {day}, outcome: done}}
%
- id: {day}-{low}
  kind: promise
  date: {day}
  customer: {id}
  until: 2026-06-01
  amount: 5.00
  text: x
""".split("%\n")

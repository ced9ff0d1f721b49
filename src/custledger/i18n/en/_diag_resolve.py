"""Problems found when texts are put together to a book."""

MESSAGES: dict[str, str] = {
    "unknown-customer": "there is no customer `{customer_name}`",
    "unknown-customer.hint": "write its profile (`custledger customer add {customer_name}`), or correct the name here",
    "unknown-customer.near": "there is no customer `{customer_name}`; did you mean `{nearest}`?",
    "unknown-customer.near.hint": (
        "correct the name here, or write the new customer's profile (`custledger customer add {customer_name}`)"
    ),
    "unknown-customer.nobody": "nothing says which customer this is",
    "unknown-customer.nobody.hint": (
        "post to a sub-account that is the customer's id, or add a tag `customer:ID`, or name the payee"
    ),
    "too-many-digits": "`{amount}` has more digits than {commodity} has ({digits})",
    "too-many-digits.hint": (
        "round the amount, or declare the commodity's digits under `commodities` in custledger.yaml "
        "or with a `commodity` directive"
    ),
    "posting-differs.customer": "{number} is posted to `{posted}`, but its document is for `{document}`",
    "posting-differs.date": "{number} is posted on {posted}, but its document is dated {document}",
    "posting-differs.commodity": "{number} is posted in {posted}, but its document is in {document}",
    "posting-differs.total": "{number} is posted with {posted}, but its document comes to {document}",
    "posting-differs.void": "{number} is voided with {posted}, but it comes to {document}",
    "posting-differs.hint": (
        "make the two agree, or take the posting out of the journal: the document then posts itself"
    ),
    "assertion-on-receivable": (
        "a balance is asserted on `{account}`, whose customer has documents that post themselves"
    ),
    "assertion-on-receivable.hint": (
        "post the documents in a journal as well, or assert the balance of another account; "
        "`custledger balance` shows this one"
    ),
    "invalid-tag.date": "`{tag}:{value}` is no date",
    "invalid-tag.date.hint": "write it as YYYY-MM-DD, e.g. `{tag}:2026-02-14`",
    "invalid-tag.terms": "`terms:{value}` are no terms of payment",
    "invalid-tag.terms.hint": (
        "write `net 30`, `eom`, `eom + 15`, `day 15 of next month`, `2/10 net 30`, `due on receipt` or `prepaid`"
    ),
    "invalid-tag.kind": "there is no kind `{value}`",
    "invalid-tag.kind.hint": "kinds are {kinds}",
    "invalid-tag.kind_near": "there is no kind `{value}`; did you mean `{nearest}`?",
    "invalid-tag.kind_near.hint": "kinds are {kinds}",
    "unknown-receipt.credit": "`reverses:{number}` names nothing that this customer has",
    "unknown-receipt.credit.hint": (
        "name the code of the payment or the number of the invoice that is taken back; without it the entry "
        "takes back an unapplied credit"
    ),
    "invalid-value.tax": "{number} uses tax `{tax}`, which custledger.yaml does not name",
    "invalid-value.tax.hint": "add it under `taxes` in custledger.yaml, with its rate",
    "invalid-value.tax-near": "{number} uses tax `{tax}`, which custledger.yaml does not name; did you mean `{near}`?",
    "invalid-value.tax-near.hint": "correct the name, or add the tax under `taxes` in custledger.yaml",
    "invalid-value.tax-not-yet": "tax `{tax}` of {number} has no rate on {date}",
    "invalid-value.tax-not-yet.hint": "give it a rate from an earlier day under `taxes` in custledger.yaml",
    "invalid-value.instalments-sum": "the instalments of {number} come to {sum}, the document to {total}",
    "invalid-value.instalments-sum.hint": "correct an amount, or write shares (`share: 30%`), which always sum up",
    "no-currency": "nothing says in which currency {number} is",
    "no-currency.hint": "add `currency:` to the document, to the customer or to custledger.yaml",
    "related.document": "the document",
}

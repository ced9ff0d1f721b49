"""Help of `schema`."""

MESSAGES = {
    "schema": "the JSON Schema of a document, or of a report's JSON",
    "schema.name": "settings, customer, invoice, activity, import-map or report-NAME; none: list all",
}

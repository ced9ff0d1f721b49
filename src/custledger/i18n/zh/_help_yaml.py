"""Help of `schema`."""

MESSAGES = {
    "schema": "输出文档或报表 JSON 的 JSON Schema",
    "schema.name": "settings、customer、invoice、activity、import-map 或 report-名称；不写则列出全部",
}

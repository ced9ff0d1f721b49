"""`fmt` 的话."""

MESSAGES = {
    "aligned": "已对齐 {file}（改动 {lines} 行）",
    "would_align": "{file}：未对齐",
    "nothing": "全部已经对齐",
}

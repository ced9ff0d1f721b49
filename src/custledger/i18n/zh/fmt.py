"""`fmt` 的话."""

MESSAGES = {
    "aligned": "{file}：已对齐 {lines} 行",
    "would_align": "{file}：未对齐",
    "nothing": "全部已经对齐",
}

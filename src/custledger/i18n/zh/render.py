"""渲染时用到的词。"""

MESSAGES = {
    "error": "错误",
    "warning": "警告",
    "help": "提示",
    "more_problems": "……另有 {count} 个问题；用 `--format json` 可全部列出",
    "unknown_format": "没有 `{value}` 这种输出格式",
    "unknown_format.hint": "可用的格式：{known}",
}

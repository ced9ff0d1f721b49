"""What `completion` says, in Chinese."""

MESSAGES = {
    "no_such_shell": "没有 `{shell}` 的补全脚本；可用的有 {known}",
}

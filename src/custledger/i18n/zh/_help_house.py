"""Help of `completion`, in Chinese."""

MESSAGES = {
    "completion": "输出脚本，使命令行能自动补全命令、选项、客户和单据号",
    "completion.shell": "bash、zsh 或 fish",
    "completion.words": "命令行上已输入的内容（供脚本使用）",
    "completion.example": 'eval "$(custledger completion bash)"        # 写入 ~/.bashrc；zsh 同理\n'
    "custledger completion fish > ~/.config/fish/completions/custledger.fish",
}

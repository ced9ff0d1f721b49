"""Help of `completion` and `reconcile`, in Chinese."""

MESSAGES = {
    "reconcile": "哪笔回款核销了哪张发票、依据什么规则，以及未核销的余额",
    "reconcile.history": "同时列出已解除的核销",
    "completion": "输出脚本，使命令行能自动补全命令、选项、客户和单据号",
    "completion.shell": "bash、zsh 或 fish",
    "completion.words": "命令行上已输入的内容（供脚本使用）",
    "completion.example": 'eval "$(custledger completion bash)"        # 写入 ~/.bashrc；zsh 同理\n'
    "custledger completion fish > ~/.config/fish/completions/custledger.fish",
}

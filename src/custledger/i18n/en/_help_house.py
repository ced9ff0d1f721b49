"""Help of `completion`."""

MESSAGES = {
    "completion": "print what makes a shell complete commands, options, customers and numbers",
    "completion.shell": "bash, zsh or fish",
    "completion.words": "what stands on the line so far (for the scripts)",
    "completion.example": 'eval "$(custledger completion bash)"        # in ~/.bashrc; zsh likewise\n'
    "custledger completion fish > ~/.config/fish/completions/custledger.fish",
}

"""Help of `completion` and `reconcile`."""

MESSAGES = {
    "reconcile": "which payment settles which invoice, by which rule, and what is left over",
    "reconcile.history": "also show allocations that were released again",
    "completion": "print what makes a shell complete commands, options, customers and numbers",
    "completion.shell": "bash, zsh or fish",
    "completion.words": "what stands on the line so far (for the scripts)",
    "completion.example": 'eval "$(custledger completion bash)"        # in ~/.bashrc; zsh likewise\n'
    "custledger completion fish > ~/.config/fish/completions/custledger.fish",
}

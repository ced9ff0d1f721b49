"""What `completion` says."""

MESSAGES = {
    "no_such_shell": "there is no completion for `{shell}`; there is for {known}",
}

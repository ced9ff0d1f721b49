"""What `fmt` says."""

MESSAGES = {
    "aligned": "{file}: aligned ({lines} lines)",
    "would_align": "{file}: not aligned",
    "nothing": "everything is aligned",
}

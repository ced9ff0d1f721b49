"""What `fmt` says."""

MESSAGES = {
    "aligned": "aligned {file} (lines changed: {lines})",
    "would_align": "{file}: not aligned",
    "nothing": "everything is aligned",
}

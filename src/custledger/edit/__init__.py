"""Text edits as values."""

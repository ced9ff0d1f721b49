"""Source text to trees with spans."""

"""What to say: one report a file."""

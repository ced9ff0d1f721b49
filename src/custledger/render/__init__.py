"""How to draw it: one output format a file."""

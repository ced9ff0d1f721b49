"""Rules over a whole book."""

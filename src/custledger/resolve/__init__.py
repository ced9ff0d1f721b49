"""From texts that are understood one by one to a book that is understood as a whole."""

"""One rule, one file, one slug."""

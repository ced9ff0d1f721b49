"""The only file and git I/O."""

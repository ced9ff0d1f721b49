"""The shell: arguments, clock, environment, terminal, exit status."""

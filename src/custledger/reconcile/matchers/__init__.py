"""One tier a file; the engine finds them by `MATCHER` and runs them by rank, strongest first."""

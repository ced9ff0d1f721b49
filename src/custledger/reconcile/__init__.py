"""Which credit settles which charge, forward in time."""

"""A benchmark of matching: months with known truth, six ways to match them, and what each got right and wrong."""

"""From charges and credits to who paid what, forward in time (docs/ENGINE.md)."""

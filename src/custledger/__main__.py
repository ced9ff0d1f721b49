"""`python -m custledger`."""

from __future__ import annotations

from custledger.cli.main import run

if __name__ == "__main__":
    run()

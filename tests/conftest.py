"""Options of the test suite, the profile of hypothesis, and what several folders of tests share."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

REPOSITORY = Path(__file__).resolve().parent.parent

# Examples are the same on every run and machine; `--hypothesis-profile=search` looks for new ones.
settings.register_profile(
    "house", derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("search", deadline=None, max_examples=1000, print_blob=True)
settings.load_profile("house")


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("custledger")
    group.addoption("--update", action="store_true", help="rewrite the expected output of literate cases in place")
    group.addoption("--slow", action="store_true", help="run the tests marked slow, too")
    group.addoption("--slow-slice", metavar="N", type=int, help="run only every N-th slow test, picked by --slow-seed")
    group.addoption("--slow-seed", metavar="TEXT", default="", help="what the slice is picked by")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out slow tests unless they are asked for."""
    slice_of, seed = config.getoption("--slow-slice"), config.getoption("--slow-seed")

    def picked(item: pytest.Item) -> bool:
        slow = item.get_closest_marker("slow") is not None
        if slice_of:
            digest = hashlib.sha256(f"{seed}:{item.nodeid}".encode()).digest()
            return slow and int.from_bytes(digest[:8], "big") % slice_of == 0
        return not slow or config.getoption("--slow") or bool(config.getoption("-m"))

    left_out = [item for item in items if not picked(item)]
    if left_out:
        items[:] = [item for item in items if picked(item)]
        config.hook.pytest_deselected(items=left_out)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real files to try the tool on, which are not part of the repository; skips where they are absent."""
    path = Path(os.environ.get("CUSTLEDGER_SHARED_DATA") or REPOSITORY.parent / "shared" / "data")
    if not path.is_dir():
        pytest.skip(f"no folder of real files at {path} (CUSTLEDGER_SHARED_DATA says where)")
    return path

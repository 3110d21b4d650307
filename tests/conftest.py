"""Settings for every test: examples are drawn alike each time, and nothing is timed."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "house",
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
# pytest --hypothesis-profile=explore: other examples each time, for whoever goes looking for trouble.
settings.register_profile("explore", parent=settings.get_profile("house"), derandomize=False)
settings.load_profile("house")

DATABASE = "HECHT_DATABASE"
_numbers = count(1)


@pytest.fixture(scope="session")
def databases() -> Iterator[Path]:
    """Return a folder for databases that is thrown away."""
    with tempfile.TemporaryDirectory(prefix="hecht-tests-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@pytest.fixture(autouse=True)
def _own_database(databases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give every test an empty database of its own; nobody's courses are ever touched."""
    monkeypatch.setenv(DATABASE, f"sqlite:///{databases / str(next(_numbers))}.db")

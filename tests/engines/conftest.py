"""Engines on tiny classes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from planner.engines.local_search import search as search_engine


@pytest.fixture(scope="module")
def look_often() -> Iterator[None]:
    """Look at the watch, and go downhill, in small steps: a tiny class needs no more."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search_engine, "CHUNK", 5_000)
        yield

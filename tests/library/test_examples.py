"""The examples in the docstrings of the library run as they stand."""

from __future__ import annotations

import doctest
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODULES = (
    "planner.library.audits",
    "planner.library.files",
    "planner.library.forecasts",
    "planner.library.group_plan",
    "planner.library.planning",
    "planner.model.domain",
    "planner.rosters.remarks",
    "planner.rules.settings",
)


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_say_what_happens(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    found = doctest.testmod(import_module(name))
    assert found.attempted
    assert not found.failed

"""The examples in the docstrings of the library run as they stand."""

from __future__ import annotations

import doctest
import re
from importlib import import_module
from pathlib import Path

import pytest

import planner

ROOT = Path(__file__).parents[2]
MODULES = (
    "planner.library",
    "planner.library.audits",
    "planner.library.files",
    "planner.library.forecasts",
    "planner.library.group_plan",
    "planner.library.asking",
    "planner.library.places",
    "planner.library.planning",
    "planner.library.why",
    "planner.model.domain",
    "planner.rosters.remarks",
    "planner.rules.purposes",
    "planner.rules.settings",
    "planner.services.explain",
)


def test_every_public_name_is_in_an_example() -> None:
    modules = [import_module(name) for name in MODULES]
    found = [test for module in modules for test in doctest.DocTestFinder().find(module)]
    written = "".join(example.source for test in found for example in test.examples)
    missing = [name for name in planner.__all__ if not re.search(rf"planner\.{name}\b", written)]
    # Results are what functions return.
    assert missing == ["GroupPlan", "GroupingAudit", "Places", "SessionPlan", "__version__"]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_say_what_happens(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    found = doctest.testmod(import_module(name))
    assert found.attempted
    assert not found.failed

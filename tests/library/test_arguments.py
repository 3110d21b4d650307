"""Wrong arguments are refused before any work, in words that name the argument and what it takes."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

import planner
from planner.library import arguments, audits, forecasts, planning

FRAME = pd.DataFrame({"Student number": range(1001, 1013), "Name": list("ABCDEFGHIJKL")})
RULES = planner.Rules(language="en", groups=planner.GroupSizes(size=(3, 5)))


@pytest.fixture(scope="module")
def roster() -> planner.Roster:
    return planner.Roster.from_frame(FRAME)


@pytest.fixture(scope="module")
def plan(roster: planner.Roster) -> planner.GroupPlan:
    return planner.plan(roster, RULES, effort="quick", seed=np.int64(3), time_limit=np.float64(600))


@pytest.fixture
def idle(monkeypatch: pytest.MonkeyPatch) -> None:
    def works(*_: object, **__: object) -> None:
        raise AssertionError("some work was begun")

    for module, name in ((planning, "run_here"), (forecasts, "run_here"), (audits, "hold_against")):
        monkeypatch.setattr(module, name, works)


WRONG = [
    ("effort", "fast"),
    ("effort", None),
    ("seed", 2**70),
    ("seed", -1),
    ("seed", 1.5),
    ("seed", True),
    ("time_limit", -1),
    ("time_limit", 0),
    ("time_limit", float("nan")),
    ("time_limit", "10"),
    ("progress", 3),
]
WRONG_AGAIN = [
    ("from_week", 0),
    ("extra_moves", -1),
    ("dissolve", "Group 1"),
    ("keep_groups", 1),
    ("keep_students", "1001"),
    ("keep_students", [1001.5]),
    ("top_up", [None]),
    ("merge", ("Group 1", "Group 2")),
    ("merge", [("Group 1",)]),
    *WRONG[2:],
]
WRONG_AHEAD = [
    ("terms", 1),
    ("terms", 30.0),
    ("sizes", 4),
    ("sizes", [0]),
    ("sizes", "34"),
    ("groups", ["2"]),
    ("dropout", 1.5),
    ("dropout", "0.1"),
    ("roster", FRAME),
    *WRONG[2:],
]


def refused(name: str, call: Callable[[], object]) -> None:
    with pytest.raises((TypeError, ValueError), match=f"^{name}: it takes "):
        call()


@pytest.mark.usefixtures("idle")
@pytest.mark.parametrize(("name", "value"), WRONG)
def test_of_a_first_plan(name: str, value: object, roster: planner.Roster) -> None:
    """Some were a KeyError, or failed when the whole run was done."""
    refused(name, lambda: planner.plan(roster, RULES, **{name: value}))


@pytest.mark.usefixtures("idle")
@pytest.mark.parametrize(("name", "value"), WRONG_AGAIN)
def test_of_a_rerun(name: str, value: object, roster: planner.Roster, plan: planner.GroupPlan) -> None:
    refused(name, lambda: planner.replan(plan, roster, **{name: value}))


@pytest.mark.usefixtures("idle")
@pytest.mark.parametrize(("name", "value"), WRONG_AHEAD)
def test_of_a_forecast(name: str, value: object, plan: planner.GroupPlan) -> None:
    refused(name, lambda: planner.forecast(plan, **{name: value}))


@pytest.mark.usefixtures("idle")
def test_of_class_lists_rules_and_plans(roster: planner.Roster, plan: planner.GroupPlan) -> None:
    refused("roster", lambda: planner.plan(FRAME, RULES))
    refused("rules", lambda: planner.check(roster, "rules.toml"))
    refused("previous", lambda: planner.replan(plan.groups, roster))
    refused("plan", lambda: planner.forecast(roster))
    refused("time_limit", lambda: planner.audit(roster, RULES, plan, time_limit=0))


def test_numbers_of_numpy_and_ids_that_are_numbers_are_fine(
    roster: planner.Roster, plan: planner.GroupPlan
) -> None:
    assert plan.course.plan.seed == 3
    after = planner.replan(plan, roster, from_week=np.int32(2), keep_students=[1001, np.int64(1002)])
    assert after.outcome.moves == 0


def test_what_is_long_is_told_by_its_kind() -> None:
    with pytest.raises(TypeError, match=r"not DataFrame$"):
        arguments.whole("seed", FRAME)

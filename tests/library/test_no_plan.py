"""Where there is no plan, the error is the explanation, and its remedies can be used at once."""

from __future__ import annotations

import pickle

import pandas as pd
import pytest

import planner
from planner.model.no_plan import NoPlan

NAMES = ["Noor", "Sem", "Ali", "Juul", "Bram", "Yara", "Teun", "Mila"]


@pytest.fixture(scope="module")
def roster() -> planner.Roster:
    return class_of(NAMES)


def class_of(names: list[str]) -> planner.Roster:
    frame = pd.DataFrame({"Student number": [2000 + NAMES.index(one) for one in names], "Name": names})
    return planner.Roster.from_frame(frame.assign(Job=["yes" if n < 6 else "no" for n in range(len(names))]))


def refused(roster: planner.Roster, rules: planner.Rules) -> planner.NoPlan:
    with pytest.raises(planner.NoPlan) as error:
        planner.plan(roster, rules, effort="quick")
    return error.value


def asked(language: str = "en", at_most: int = 1) -> planner.Rules:
    return planner.Rules(
        language=language,
        groups=planner.GroupSizes(size=(4, 4)),
        rules=[planner.Limit(column="Job", value="yes", at_most=at_most, importance="must")],
        roles=planner.RoleSettings(names=()),
    )


def test_the_text_is_what_a_coordinator_reads(roster: planner.Roster) -> None:
    error = refused(roster, asked())
    lines = str(error).splitlines()
    assert lines[0] == "No plan can meet every required rule."
    assert any(line.startswith("Solutions. Each of these is enough") for line in lines)
    assert any(line.strip().startswith("1. ") for line in lines)
    assert str(refused(roster, asked("nl"))).startswith("Er is geen plan waarin elke verplichte regel klopt.")
    assert error.text("nl").startswith("Er is geen plan")


def test_the_rules_in_the_way_and_the_remedies(roster: planner.Roster) -> None:
    error = refused(roster, asked())
    assert "At most 1 × Job = yes" in error.rules
    assert error.remedies
    for remedy in error.remedies:
        assert remedy.text in str(error)
        assert (
            planner.plan(remedy.roster, remedy.rules, effort="quick", **remedy.options).report["holds"].all()
        )


def test_it_is_the_error_that_every_layer_knows(roster: planner.Roster) -> None:
    error = refused(roster, asked())
    assert isinstance(error, NoPlan)
    assert error.proven
    again = pickle.loads(pickle.dumps(error))
    assert str(again) == str(error)
    assert again.rules == error.rules


def test_a_rerun_says_it_too_and_its_remedies_are_ready_to_use(roster: planner.Roster) -> None:
    plan = planner.plan(roster, asked(at_most=3), effort="quick")
    group = plan.groups["group"].iloc[0]
    fewer = class_of([name for name in NAMES if name not in plan.groups["name"].iloc[:1].tolist()])
    with pytest.raises(planner.NoPlan) as error:
        planner.replan(plan, fewer, from_week=2, keep_groups=[group])
    assert str(error.value).startswith("No plan can meet every required rule")
    for remedy in error.value.remedies:
        after = planner.replan(plan, remedy.roster, remedy.rules, **remedy.options)
        assert after.report["holds"].all()
    assert error.value.remedies


def test_a_rule_that_fits_no_class_list_is_an_input_error(roster: planner.Roster) -> None:
    with pytest.raises(planner.InputError) as error:
        planner.plan(roster, planner.Rules(rules=[planner.Balance(column="Jobs")]))
    assert "Did you mean “Job”?" in str(error.value)

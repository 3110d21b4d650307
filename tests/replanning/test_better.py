"""Which of two plans is better, what one proves of the other, and which group is which."""

from __future__ import annotations

import itertools

import pytest

from planner.model.domain import Group, Plan, Roster, Student
from planner.model.reports import Outcome, StageReport, Status
from planner.planning.formation import form
from planner.plans.course import Course
from planner.replanning.better import (
    fewer_asked,
    is_better,
    like,
    of_the_same,
    with_proof_of,
    worth_moving_for,
)
from planner.rules import Rules

ROSTER = Roster(
    students=tuple(
        Student(id=f"s{n}", name=f"Student {n}", call_name="Student", sort_name=f"{n:02}") for n in range(12)
    )
)
RULES = Rules.model_validate(
    {
        "language": "en",
        "groups": {"size": [3, 3]},
        "rule": [{"kind": "apart", "students": ["s0", "s1", "s2", "s3", "s4"], "importance": "nice"}],
    }
)


@pytest.fixture(scope="module")
def course() -> Course:
    return Course(roster=ROSTER, rules=RULES, plan=form(RULES, ROSTER, effort="quick"))


def with_outcome(course: Course, **changes: object) -> Course:
    outcome = course.plan.outcome.model_copy(update=changes)
    return course.model_copy(update={"plan": course.plan.but(outcome=outcome)})


def plan(course: Course, **changes: object) -> Plan:
    return with_outcome(course, **changes).plan


def broken(outcome: Outcome, units: int) -> dict[str, object]:
    placement = outcome.rules[0].model_copy(update={"units": units})
    return {"rules": (placement, *outcome.rules[1:]), "status": Status.BROKEN}


def test_required_rules_count_before_the_cost_and_the_cost_before_its_proof(course: Course) -> None:
    rising = [
        plan(course, cost=10, bound=10, status=Status.OPTIMAL),
        plan(course, cost=10, bound=4),
        plan(course, cost=11, bound=11, status=Status.OPTIMAL),
        plan(course, cost=0, bound=0, **broken(course.plan.outcome, 1)),
        plan(course, cost=0, bound=0, **broken(course.plan.outcome, 2)),
    ]
    for better, worse in itertools.pairwise(rising):
        assert is_better(better, worse)
        assert not is_better(worse, better)
        assert not is_better(better, better)
    assert not worth_moving_for(rising[0], rising[1])  # proof can be had without moving
    assert worth_moving_for(rising[1], rising[2])


def test_only_the_same_class_list_and_rules_can_be_compared(course: Course) -> None:
    assert of_the_same(course, with_outcome(course, cost=99))
    other = RULES.model_copy(update={"rule": ()})
    assert not of_the_same(course, course.model_copy(update={"rules": other}))
    fewer = ROSTER.model_copy(update={"students": ROSTER.students[1:]})
    assert not of_the_same(course, course.model_copy(update={"roster": fewer}))


def test_a_rerun_is_better_by_what_it_keeps_small_first() -> None:
    def rerun(*values: int) -> Plan:
        stages = tuple(
            StageReport(name=name, value=value, proven=False)
            for name, value in zip(("moves", "pairs", "cost"), values, strict=True)
        )
        outcome = Outcome(status=Status.FEASIBLE, cost=values[-1], bound=0, moves=values[0], seconds=0)
        return Plan(
            language="en",
            seed=0,
            version="",
            effort="rerun",
            groups=(),
            turns=(),
            outcome=outcome.model_copy(update={"stages": stages}),
        )

    assert fewer_asked(rerun(1, 5, 900), rerun(2, 0, 0))
    assert fewer_asked(rerun(1, 4, 900), rerun(1, 5, 0))
    assert not fewer_asked(rerun(1, 5, 0), rerun(1, 5, 0))


def test_what_another_run_proves_of_each_rule_is_taken_over_and_nothing_is_lost(course: Course) -> None:
    place = next(at for at, report in enumerate(course.plan.outcome.rules) if report.kind == "apart")
    report = course.plan.outcome.rules[place]
    assert report.units

    def knowing(bound: int | None) -> Course:
        known = report.model_copy(update={"bound": bound, "proof": report.title})
        rules = course.plan.outcome.rules
        return with_outcome(course, rules=(*rules[:place], known, *rules[place + 1 :]), bound=0)

    for mine, theirs, both in ((None, report.units, report.units), (report.units, None, report.units)):
        found = with_proof_of(knowing(mine), knowing(theirs).plan).plan.outcome.rules[place]
        assert found.bound == both
        assert found.proof is not None
        assert found.proof.text("en") == "proven best"


def test_a_stopped_plan_that_another_run_proves_best_is_said_to_be_best(course: Course) -> None:
    cost = course.plan.outcome.cost
    stopped = with_outcome(course, status=Status.STOPPED, cut_short=True, bound=0)
    proven = plan(course, status=Status.OPTIMAL, bound=cost)
    found = with_proof_of(stopped, proven).plan.outcome
    assert (found.status, found.bound, found.cut_short) == (Status.OPTIMAL, cost, False)
    # Of a plan that was edited until a required rule broke nothing is proven.
    edited = with_outcome(course, **broken(course.plan.outcome, 1))
    assert with_proof_of(edited, proven).plan.outcome.status is Status.BROKEN
    # And where nothing is new, it is the same plan.
    assert with_proof_of(course, course.plan) is course


def test_each_group_has_the_name_of_the_one_it_has_most_people_of(course: Course) -> None:
    before = (
        Group(name="Ada", members=("s0", "s1", "s2")),
        Group(name="Bob", members=("s3", "s4", "s5")),
        Group(name="Cas", members=("s6", "s7", "gone")),
    )
    groups = (
        Group(name="Group 1", members=("s3", "s4", "s0")),
        Group(name="Group 2", members=("s8", "s9", "s10")),
        Group(name="Group 3", members=("s1", "s2", "s5")),
        Group(name="Group 4", members=("s6", "s7", "s11")),
    )
    made = course.model_copy(update={"plan": course.plan.but(groups=groups, turns=())})
    named = like(made, before)
    assert [(group.name, group.members) for group in named.plan.groups] == [
        ("Ada", groups[2].members),
        ("Bob", groups[0].members),
        ("Cas", groups[3].members),
        ("Group 1", groups[1].members),
    ]
    assert {finding.group for report in named.plan.outcome.rules for finding in report.findings} <= {
        None,
        "Ada",
        "Bob",
        "Cas",
        "Group 1",
    }

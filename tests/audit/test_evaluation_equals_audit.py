"""What a rule finds in a plan and what its compiled costs count are one and the same."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from planner.audit.plan_audit import Audit, audit
from planner.model.domain import Group, Roster
from planner.model.evaluation import evaluate, members_of
from planner.model.instance import Instance, subinstance
from planner.rules import Rules, build_instance
from tests.builders.classes import ROLES, classes


def audited(rules: Rules, roster: Roster, assignment: Sequence[int], count: int) -> Audit:
    names = rules.group_names(count)
    groups = [
        Group(name=name, members=tuple(roster.students[place].id for place in places))
        for name, places in zip(names, members_of(assignment, count), strict=True)
    ]
    return audit(rules, roster, groups)


def units_by_rule(rules: Rules, instance: Instance, assignment: Sequence[int]) -> list[int]:
    """Units of every active rule by the compiled costs; sizes, which `Instance` carries, plainly."""
    counted = evaluate(instance, assignment)
    units = [0] * len(rules.active())
    for cost, count in zip(instance.costs, counted.units, strict=True):
        units[cost.rule] += count
    smallest, largest = rules.groups.size
    sizes = [len(members) for members in members_of(assignment, instance.groups)]
    units[0] = sum(max(0, smallest - size) + max(0, size - largest) for size in sizes)
    return units


@st.composite
def assigned(draw: st.DrawFn) -> tuple[Rules, Roster, int, list[int]]:
    """Draw a tiny class, a number of groups, and any division at all, empty groups included."""
    rules, roster = draw(classes())
    count = draw(st.integers(1, 4))
    anywhere = st.integers(0, count - 1)
    assignment = draw(st.lists(anywhere, min_size=len(roster.students), max_size=len(roster.students)))
    # Roles that no group of an allowed size fills are not compiled at all.
    largest = max(rules.groups.size[1], *(len(m) for m in members_of(assignment, count)))
    assume(rules.roles.opt_out is None or min(largest, len(ROLES)) <= rules.groups.size[1])
    # Nor is a spread that only groups above the allowed size could lose.
    assume(largest <= rules.groups.size[1] or not any(rule.kind == "steady" for rule in rules.rule))
    return rules, roster, count, assignment


@given(assigned())
@settings(max_examples=300)
def test_the_audit_and_the_account_agree(case: tuple[Rules, Roster, int, list[int]]) -> None:
    rules, roster, count, assignment = case
    instance = build_instance(rules, roster, count)
    counted = evaluate(instance, assignment)
    checked = audited(rules, roster, assignment, count)
    reports = checked.reports[1:]  # the first is that everyone has a place

    assert [report.units for report in reports] == units_by_rule(rules, instance, assignment)
    assert checked.cost == counted.cost
    assert any(report.broken for report in reports) == (counted.violation > 0)
    assert sum(report.cost for report in reports) == checked.cost
    assert not checked.reports[0].broken


@given(assigned(), st.data())
@settings(max_examples=200)
def test_a_corner_changes_by_as_much_as_the_whole(
    case: tuple[Rules, Roster, int, list[int]], data: st.DataObject
) -> None:
    rules, roster, count, assignment = case
    instance = build_instance(rules, roster, count)
    groups = data.draw(st.lists(st.integers(0, count - 1), min_size=1, unique=True), label="groups")
    students = [student for student, group in enumerate(assignment) if group in groups]
    assume(students)
    part = subinstance(instance, students, groups)
    there = data.draw(
        st.lists(st.integers(0, len(groups) - 1), min_size=len(students), max_size=len(students)),
        label="where they go",
    )
    here = [groups.index(assignment[student]) for student in students]
    after = list(assignment)
    for student, place in zip(students, there, strict=True):
        after[student] = groups[place]

    whole, whole_after = evaluate(instance, assignment), evaluate(instance, after)
    small, small_after = evaluate(part, here), evaluate(part, there)
    assert small_after.cost - small.cost == whole_after.cost - whole.cost
    assert small_after.violation - small.violation == whole_after.violation - whole.violation


def test_a_corner_renumbers_students_and_groups_in_the_order_given() -> None:
    from planner.model.instance import (
        CompanyCost,
        HomeCost,
        OverlapCost,
        PairCost,
        SumCost,
    )

    n = 6
    instance = Instance(
        n,
        3,
        1,
        4,
        (
            SumCost(must=False, price=1, weights=np.asarray([1, 2, 4, 8, 16, 32])),
            PairCost(
                must=True,
                price=1,
                pairs=np.asarray([[0, 4], [4, 2], [1, 5]]),
                weights=np.asarray([3, 5, 7]),
            ),
            CompanyCost(must=False, price=1, students=np.asarray([1, 2]), others=np.asarray([0, 3, 4])),
            CompanyCost(must=False, price=1, students=np.asarray([1, 3]), others=np.asarray([0, 2, 4])),
            OverlapCost(must=False, price=1, masks=np.asarray([1, 2, 3, 4, 5, 6]), at_least=1),
            HomeCost(must=False, price=1, home=np.asarray([0, 1, 2, -1, 0, 1]), weights=np.asarray([1] * 6)),
        ),
    )
    part = subinstance(instance, [4, 2, 0], [2, 0])
    sums, pairs, company, overlap, homes = part.costs  # nobody of the second company is here
    assert (part.students, part.groups, part.smallest, part.largest) == (3, 2, 1, 4)
    assert isinstance(sums, SumCost)
    assert sums.weights.tolist() == [16, 4, 1]
    assert isinstance(pairs, PairCost)
    assert (pairs.pairs.tolist(), pairs.weights.tolist()) == ([[2, 0], [0, 1]], [3, 5])
    assert isinstance(company, CompanyCost)
    assert (company.students.tolist(), company.others.tolist()) == ([1], [0, 2])
    assert isinstance(overlap, OverlapCost)
    assert overlap.masks.tolist() == [5, 3, 1]
    assert isinstance(homes, HomeCost)
    assert homes.home.tolist() == [1, 0, 1]  # group 0 is second here, group 2 first


def test_a_home_outside_the_corner_is_away_wherever_the_student_goes() -> None:
    from planner.model.instance import HomeCost

    cost = HomeCost(must=False, price=1, home=np.asarray([0, 2]), weights=np.asarray([3, 5]))
    part = subinstance(Instance(2, 3, 1, 2, (cost,)), [0, 1], [0, 1])
    assert evaluate(part, [0, 1]).cost == 5
    assert evaluate(part, [1, 0]).cost == 3 + 5

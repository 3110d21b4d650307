"""What topics, tutors, times and rooms come to in names and in compiled numbers is one and the same."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from planner.audit.plan_audit import audit
from planner.model.domain import Group, Roster
from planner.model.evaluation import evaluate
from planner.model.instance import Instance, IntArray
from planner.rules import Rules, build_instance
from planner.rules.go_together import GoTogether
from planner.rules.taken_once import TakenOnce
from tests.builders.topic_classes import topic_classes, with_taken


@st.composite
def taken_groups(draw: st.DrawFn) -> tuple[Rules, Roster, list[int], IntArray]:
    """Draw a tiny class, a division of it, and any topic, tutor, time and room for each group."""
    rules, roster = draw(topic_classes())
    count = draw(st.integers(1, 4))
    students = len(roster.students)
    others = draw(st.lists(st.integers(0, count - 1), min_size=students - count, max_size=students - count))
    numbers = [len(rules.resources.names(kind, roster)) for kind in rules.resources.kinds]
    assume(all(numbers))  # a course with no times at all is refused before
    taken = [[draw(st.integers(0, number - 1)) for number in numbers] for _ in range(count)]
    return rules, roster, [*range(count), *others], np.asarray(taken, np.int64).reshape(count, len(numbers))


def _groups(rules: Rules, roster: Roster, assignment: Sequence[int], taken: IntArray) -> tuple[Group, ...]:
    members: list[list[str]] = [[] for _ in taken]
    for student, place in zip(roster.students, assignment, strict=True):
        members[place].append(student.id)
    plain = [Group(name=str(place), members=tuple(those)) for place, those in enumerate(members)]
    return with_taken(rules.resources, roster, plain, taken.tolist())


def _off(instance: Instance, taken: IntArray) -> int:
    """Count groups too few, too many, or too many at once, from the numbers that engines get."""
    off = 0
    for place, kind in enumerate(instance.resources):
        number = np.bincount(taken[:, place], minlength=len(kind.most))
        off += int(np.maximum(0, np.maximum(kind.least - number, number - kind.most)).sum())
    for link in instance.links:
        for one, other in set(map(tuple, taken[:, list(link.kinds)].tolist())):
            both = (taken[:, link.kinds[0]] == one) & (taken[:, link.kinds[1]] == other)
            off += max(0, int(both.sum()) - int(link.most[one, other]))
    return off


@given(taken_groups())
@settings(max_examples=300)
def test_the_audit_and_the_account_agree(case: tuple[Rules, Roster, list[int], IntArray]) -> None:
    rules, roster, assignment, taken = case
    instance = build_instance(rules, roster, len(taken))
    counted = evaluate(instance, assignment, taken)
    checked = audit(rules, roster, _groups(rules, roster, assignment, taken))

    units = [0] * len(rules.active())
    for cost, count in zip(instance.costs, counted.units, strict=True):
        units[cost.rule] += count
    by_settings = [isinstance(rule, TakenOnce | GoTogether) for rule in rules.active()]
    found = [report.units for report in checked.reports[1:]]
    assert [n for n, apart in zip(found, by_settings, strict=True) if not apart] == [
        n for n, apart in zip(units, by_settings, strict=True) if not apart
    ]
    assert sum(n for n, apart in zip(found, by_settings, strict=True) if apart) == _off(instance, taken)
    assert checked.cost == counted.cost
    assert checked.holds == counted.holds

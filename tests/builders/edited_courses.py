"""Courses whose groups anyone may have made, to change by hand or to lay side by side."""

from __future__ import annotations

from hypothesis import assume
from hypothesis import strategies as st

from planner.audit.plan_audit import audit
from planner.model.domain import Group, Plan, Roster
from planner.model.problems import Level
from planner.model.reports import Outcome, Status
from planner.planning.counting import IMPOSSIBLE
from planner.planning.roles import plan_turns
from planner.plans.course import Course, only_used
from planner.rules import Rules
from tests.builders.classes import classes, partitions


def course_of(rules: Rules, roster: Roster, groups: tuple[Group, ...]) -> Course:
    """Return a course with these groups, whoever made them."""
    turns = plan_turns(rules, roster, groups, 0)
    found = audit(rules, roster, groups, turns)
    outcome = Outcome(
        status=Status.FEASIBLE if found.holds else Status.BROKEN,
        cost=found.cost,
        bound=0,
        seconds=0,
        rules=found.reports,
    )
    plan = Plan(
        language="nl", seed=0, version="0", effort="quick", groups=groups, turns=turns, outcome=outcome
    )
    return Course(roster=only_used(roster, rules), rules=rules, plan=plan)


@st.composite
def courses(draw: st.DrawFn) -> Course:
    rules, roster = draw(classes())
    assume({p.code for p in rules.check(roster) if p.level is Level.ERROR} <= IMPOSSIBLE)
    ids = draw(st.permutations([student.id for student in roster.students]))
    count = draw(st.integers(2, len(ids) // 2))
    division = next(partitions(ids, count, 1, len(ids) - count + 1))
    names = rules.group_names(count)
    return course_of(
        rules, roster, tuple(Group(name=n, members=tuple(m)) for n, m in zip(names, division, strict=True))
    )

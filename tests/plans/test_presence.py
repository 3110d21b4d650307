"""Everybody stands in every week in which they were there, held against a plain record kept beside it."""

from __future__ import annotations

import csv
import io

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.exports import target
from planner.model.domain import Left, Roster
from planner.model.replan_options import ReplanOptions
from planner.planning.formation import form
from planner.plans.course import Course
from planner.plans.folder import with_presence
from planner.plans.plan_file import read_course, write_course
from planner.plans.previous import previous_from_course
from planner.replanning.changes import compare
from planner.replanning.previous_assignment import next_course, previous_assignment
from planner.replanning.replan import replan
from planner.reporting.course_changes import changes_in
from planner.rules import Rules
from tests.builders.classes import make_roster, make_rules

RULES = make_rules(
    'language = "en"\n[groups]\nsize = [2, 4]\nprefer = 3\n[roles]\nnames = ["A", "B"]\n[term]\nweeks = 8'
)
Record = dict[int, dict[str, str]]  # week -> student -> group


def people(ids: str) -> Roster:
    return make_roster([{"id": one, "name": f"Name {one.upper()}"} for one in ids])


def planned(rules: Rules, ids: str) -> Course:
    roster = people(ids)
    return Course(roster=roster, rules=rules, plan=form(rules, roster, seed=1, effort="quick"))


def rerun(course: Course, ids: str, week: int) -> Course:
    """Return the course after a rerun, by way of its file."""
    course = read_course(write_course(course))
    previous, roster = previous_from_course(course), people(ids)
    changes = compare(previous, roster)
    earlier = previous_assignment(previous.groups, previous.turns, course, changes)
    plan = replan(course.rules, roster, earlier, options=ReplanOptions(from_week=week))
    return next_course(course.rules, roster, earlier, plan)


def rows(course: Course) -> list[dict[str, str]]:
    files = target("groups").write(course.roster, course.plan, with_presence(course, None))
    content = next(file.content for file in files if file.name == "roles.csv")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def listed(course: Course) -> Record:
    found: Record = {}
    for row in rows(course):
        assert row["name"] == f"Name {row['student_id'].upper()}"
        found.setdefault(int(row["week"]), {})[row["student_id"]] = row["group"]
    return found


def roles(course: Course, until: int) -> set[tuple[str, ...]]:
    return {tuple(row.values()) for row in rows(course) if int(row["week"]) < until}


@given(
    st.lists(
        st.tuples(st.integers(1, 3), st.sets(st.sampled_from("abcdefghij"), min_size=6, max_size=9)),
        min_size=1,
        max_size=3,
    )
)
@settings(max_examples=15, deadline=None)
def test_students_leave_join_and_come_back(steps: list[tuple[int, set[str]]]) -> None:
    course, week = planned(RULES, "abcdefgh"), 1
    record: Record = {w: dict(course.plan.group_of) for w in range(1, 9)}
    for later, ids in steps:
        week += later
        if ids == set(course.roster.by_id) or week > RULES.term.weeks:
            continue
        before = course
        course = rerun(course, "".join(sorted(ids)), week)
        record |= {w: dict(course.plan.group_of) for w in range(week, 9)}
        assert listed(course) == record
        assert roles(course, week) == roles(before, week)  # weeks that are over stay as they were
    assert read_course(write_course(course)).left == course.left


def test_a_second_rerun_loses_nobody() -> None:
    """Who had no role in a week was missing from it, and who left was missing from the weeks before."""
    course = rerun(rerun(planned(RULES, "abcdefgh"), "abcdefg", 3), "abcdef", 5)
    assert [len(listed(course)[week]) for week in range(1, 9)] == [8, 8, 7, 7, 6, 6, 6, 6]
    had = {turn.week: turn.role for turn in planned(RULES, "abcdefgh").plan.turns if turn.student_id == "h"}
    assert course.left["h"] == Left(name="Name H", roles=tuple(sorted(x for x in had.items() if x[0] < 3)))
    assert course.names("ah") == ("Name A", "Name H")


def test_without_roles_everybody_is_listed_all_the_same() -> None:
    rules = RULES.model_copy(update={"roles": RULES.roles.model_copy(update={"names": ()})})
    course = rerun(planned(rules, "abcdef"), "abcde", 4)
    assert [len(listed(course)[week]) for week in range(1, 9)] == [6, 6, 6, 5, 5, 5, 5, 5]


def test_the_sheet_names_who_left_without_the_file_of_changes() -> None:
    course = rerun(planned(RULES, "abcdef"), "abcde", 4)
    assert [one.name for one in changes_in(course, {}) if one.to_group is None] == ["Name F"]

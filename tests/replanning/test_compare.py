"""Two plans side by side: held against the same rules, counted as the audit counts."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from planner.audit.plan_audit import audit, moves
from planner.edit import Move, Rename, Swap, apply
from planner.exports.tables import groups_csv
from planner.model.domain import Group, Roster
from planner.model.problems import InputError
from planner.plans.course import Course
from planner.plans.plan_file import write_course
from planner.replanning.compare import (
    Other,
    compare,
    other_of,
    read_other,
)
from planner.rosters import SourceFile
from tests.builders.classes import make_groups, make_roster, make_rules
from tests.builders.edited_courses import course_of, courses


@given(courses(), st.data())
@settings(max_examples=40, deadline=None)
def test_what_is_compared_is_what_the_audits_say(course: Course, data: st.DataObject) -> None:
    first, second = data.draw(st.permutations([s.id for s in course.roster.students]))[:2]
    assume(course.plan.group_of[first] != course.plan.group_of[second])
    other = apply(course, Swap(first=first, second=second))
    found = compare(course, other_of(course, other))
    for beside, here, there in zip(
        found.rules, course.plan.outcome.rules[1:], other.plan.outcome.rules[1:], strict=False
    ):
        assert beside.units == (here.units, there.units)
    assert found.cost == (course.plan.outcome.cost, other.plan.outcome.cost)
    assert [one.student for one in found.elsewhere] == list(moves(other.plan.groups, course.plan.groups))
    assert {one.student for one in found.elsewhere} == {first, second}
    same = compare(course, other_of(course, course))
    assert same.same
    assert same.kept == same.pairs
    assert {one.closer for one in same.rules} == {-1}


@given(courses())
@settings(max_examples=20, deadline=None)
def test_a_plan_is_the_same_after_a_journey_through_a_file(course: Course) -> None:
    for name, content in (
        ("plan.json", write_course(course)),
        ("groepen.csv", groups_csv(course.roster, course.plan, 1)),
    ):
        found = compare(course, read_other(course, SourceFile(name, content)))
        assert found.same
        assert found.cost == (course.plan.outcome.cost,) * 2


RULES = """[groups]
size = [2, 3]
[[rule]]
kind = "similar"
column = "Doel"
importance = "nice"
[[rule]]
kind = "apart"
students = ["a", "c"]
"""


@pytest.fixture(scope="module")
def course() -> Course:
    roster = make_roster([{"Doel": goal} for goal in ("lezen", "lezen", "praten", "lezen", "praten")])
    return course_of(make_rules(RULES), roster, make_groups("ab", "cde"))


def test_every_rule_is_told_in_its_own_units(course: Course) -> None:
    found = compare(course, Other(make_groups("ce", "abd")))
    rows = {
        one.rule.text("en"): (*(d.text("en") for d in one.distance), one.gap.text("en"), one.closer)
        for one in found.rules
    }
    assert rows["Same Doel together"] == ("off by 2 pairs", "met", "2 pairs", 1)
    assert rows["Apart: Noor and Ali"] == ("met", "met", "0 pairs", -1)
    worse = compare(course, Other(make_groups("ac", "bde")))
    apart = worse.rules[-1]
    assert (apart.gap.text("nl"), apart.closer) == ("1 tweetal", 0)
    assert {one.student: (one.here, one.there) for one in worse.elsewhere} == {
        "b": ("Groep 1", "Groep 2"),
        "c": ("Groep 2", "Groep 1"),
    }
    assert (worse.pairs, worse.kept) == (4, 1)


def test_pairs_are_kept_whatever_the_groups_are_called(course: Course) -> None:
    renamed = apply(course, Rename(group="Groep 1", name="Rood"))
    found = compare(renamed, other_of(renamed, course))
    assert {one.student for one in found.elsewhere} == {"a", "b"}
    assert (found.pairs, found.kept) == (4, 4)


def test_who_is_in_one_plan_only_is_named(course: Course) -> None:
    other = (Group(name="Groep 1", members=("a",)), Group(name="Groep 2", members=("c", "d", "e")))
    found = compare(course, Other(other, ("Pien",)))
    assert found.only_here == ("b",)
    assert found.only_there == ("Pien",)
    assert not found.same
    kept = [set(pair) for pair in combinations("cde", 2)]
    assert found.pairs == found.kept == len(kept)


def test_a_list_of_people_under_other_ids_is_matched_by_name(course: Course) -> None:
    text = "student_id;name;group\n9001;Noor;Groep 2\n9002;Sem;Groep 2\n9003;Ali;Groep 1\n9004;Juul;Groep 1\n"
    other = read_other(course, SourceFile("groepen.csv", text.encode()))
    assert [group.members for group in other.groups] == [("a", "b"), ("c", "d")]
    found = compare(course, other)
    assert found.only_here == ("e",)
    assert audit(course.rules, course.roster, other.groups).reports[0].units == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("plan.json", b"{}"),
        ("groepen.csv", b""),
        ("groepen.csv", b"student_id;name;group\n1;Xan;A\n2;Wes;B\n"),
    ],
)
def test_what_is_no_plan_of_this_class_is_refused_in_words(course: Course, name: str, content: bytes) -> None:
    with pytest.raises(InputError) as error:
        read_other(course, SourceFile(name, content))
    assert all(problem.hint is not None for problem in error.value.problems)


def test_an_edit_that_was_undone_is_the_same_plan(course: Course) -> None:
    there = apply(course, Move(student="d", group="Groep 1"))
    back = apply(there, Move(student="d", group="Groep 2"))
    assert compare(course, other_of(course, back)).same


def test_numbers_that_were_swapped_since_are_compared_by_person(course: Course) -> None:
    """With the same numbers in both plans, everybody was taken for whoever has theirs now."""
    ids = {"a": "c", "c": "a"}
    students = tuple(one.model_copy(update={"id": ids.get(one.id, one.id)}) for one in course.roster.students)
    groups = tuple(
        group.model_copy(update={"members": tuple(ids.get(one, one) for one in group.members)})
        for group in course.plan.groups
    )
    swapped = course.model_copy(
        update={
            "roster": Roster(students=students, columns=course.roster.columns),
            "plan": course.plan.but(groups=groups),
        }
    )
    other = other_of(course, swapped)
    assert {group.name: set(group.members) for group in other.groups} == {
        group.name: set(group.members) for group in course.plan.groups
    }

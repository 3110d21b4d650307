"""Groups for one session: everybody who is there once, with their own people where that is possible."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.model.domain import Group
from planner.model.reports import Importance
from planner.model.role_catalogue import positions
from planner.planning.session_groups import SessionGroup, session_groups
from planner.planning.session_roles import with_roles
from planner.plans.course import Course
from planner.rules.asked_roles import can_take
from tests.builders.classes import make_roster, make_rules
from tests.builders.edited_courses import course_of, courses


def members(groups: tuple[SessionGroup, ...]) -> list[str]:
    return ["".join(group.members) for group in groups]


def apart_of(course: Course) -> set[frozenset[str]]:
    """Return the pairs who must not be in one group."""
    return {
        frozenset(pair)
        for rule in course.rules.rule
        if rule.kind == "apart" and rule.importance is Importance.MUST
        for pair in combinations(rule.students, 2)  # type: ignore[union-attr]
    }


def together(group: SessionGroup, apart: set[frozenset[str]]) -> int:
    return sum(frozenset(pair) in apart for pair in combinations(group.members, 2))


@given(courses(), st.data())
@settings(max_examples=100, deadline=None)
def test_everybody_who_is_there_is_in_one_group_and_nobody_alone(course: Course, data: st.DataObject) -> None:
    absent = data.draw(st.sets(st.sampled_from(sorted(course.plan.group_of))))
    made = session_groups(course, course.plan.groups, absent)
    here = sorted(one for group in made for one in group.members)
    assert here == sorted(course.plan.group_of.keys() - absent)
    assert len(here) == 1 or all(len(group.members) > 1 for group in made)
    for group in made:
        home = {course.plan.group_of[one] for one in group.members if one not in group.guests}
        assert home == {group.of}
        assert all(course.plan.group_of[one] != group.of for one in group.guests)
    assert session_groups(course, course.plan.groups, absent) == made


@given(courses(), st.data())
@settings(max_examples=100, deadline=None)
def test_a_group_that_nobody_is_away_from_stays(course: Course, data: st.DataObject) -> None:
    absent = data.draw(st.sets(st.sampled_from(sorted(course.plan.group_of)), max_size=3))
    made = session_groups(course, course.plan.groups, absent)
    for group in course.plan.groups:
        if absent.isdisjoint(group.members) and len(group.members) > 1 and not apart_of(course):
            assert any(set(group.members) <= set(one.members) for one in made)


@given(courses(), st.data())
@settings(max_examples=100, deadline=None)
def test_a_guest_is_with_somebody_to_be_apart_from_only_where_no_group_is_without(
    course: Course, data: st.DataObject
) -> None:
    apart = apart_of(course)
    absent = data.draw(st.sets(st.sampled_from(sorted(course.plan.group_of))))
    made = session_groups(course, course.plan.groups, absent)
    for group in made:
        for guest in group.guests:
            if any(frozenset((guest, one)) in apart for one in group.members):
                for other in made:
                    assert any(frozenset((guest, one)) in apart for one in other.members)


@given(courses(), st.data())
@settings(max_examples=60, deadline=None)
def test_roles_of_a_session_are_held_by_who_can_take_them_and_each_once(
    course: Course, data: st.DataObject
) -> None:
    absent = data.draw(st.sets(st.sampled_from(sorted(course.plan.group_of))))
    made = with_roles(course, 1, session_groups(course, course.plan.groups, absent))
    planned = {(turn.student_id, turn.role) for turn in course.plan.turns if turn.week == 1}
    for group in made:
        names = course.rules.role_names
        asked = Counter(names[place] for place in positions(names, len(group.members)))
        assert Counter(role.role for role in group.roles) <= asked
        assert len({role.student for role in group.roles}) == len(group.roles)
        for role in group.roles:
            number = course.rules.role_names.index(role.role)
            assert role.student in group.members
            assert number in can_take(course.rules, course.roster.by_id[role.student])
            assert role.instead_of not in group.members
            assert role.instead_of is None or (role.instead_of, role.role) in planned
        if group.as_usual:
            usual = {one for one in planned if one[0] in group.members}
            assert {(role.student, role.role) for role in group.roles} <= usual


RULES = """language = "en"
[groups]
size = [2, 6]
[term]
weeks = 3
[roles]
names = ["Chair", "Notes", "Voice"]
[[rule]]
kind = "mix"
column = "Programme"
[[rule]]
kind = "apart"
students = ["e", "g"]
importance = "must"
"""
NINE = make_roster(
    [{"Programme": one} for one in ("bio", "law", "bio", "law", "law", "law", "bio", "bio", "bio")]
)


def nine(*groups: str) -> Course:
    made = tuple(Group(name=f"Team {n}", members=tuple(one)) for n, one in enumerate(groups, 1))
    return course_of(make_rules(RULES), NINE, made)


def test_who_is_left_alone_joins_the_smallest_group_and_then_whom_they_share_an_answer_with() -> None:
    course = nine("abc", "def", "ghi")
    assert members(session_groups(course, course.plan.groups, {"e", "f", "g"})) == ["abc", "hid"]
    course = nine("ab", "cd", "ei", "fgh")
    made = session_groups(course, course.plan.groups, {"i"})  # e: law, as both b and d, and f too
    assert members(made) == ["abe", "cd", "fgh"]
    assert made[0].guests == ("e",)


def test_who_must_be_apart_are_not_brought_together_as_long_as_another_group_is_there() -> None:
    course = nine("gh", "abcd", "ef", "i")
    made = session_groups(course, course.plan.groups, {"f", "i"})
    assert members(made) == ["gh", "abcde"]  # the smallest has g, whom e must not be with


def test_what_is_left_of_a_larger_group_works_in_twos_and_threes() -> None:
    course = nine("abcdef", "ghi")
    sizes = [
        [len(one.members) for one in session_groups(course, course.plan.groups, away)]
        for away in (set(), {"a"}, {"a", "b"}, {"a", "b", "c"})
    ]
    assert sizes == [[6, 3], [3, 2, 3], [2, 2, 3], [3, 3]]


def test_two_who_are_left_alone_are_a_pair_where_no_group_is_left_or_they_go_better_together() -> None:
    course = nine("ab", "cd", "ef", "ghi")
    assert members(session_groups(course, course.plan.groups, set("bdfghi"))) == ["ace"]
    course = nine("eb", "ad", "gh", "cfi")
    assert members(session_groups(course, course.plan.groups, set("bd"))) == ["gha", "cfie"]
    course = nine("eb", "ad", "gh", "cfi")
    assert members(session_groups(course, course.plan.groups, set("bdcfi"))) == ["ea", "gh"]


def test_the_role_of_who_is_away_passes_to_somebody_who_has_none_that_week() -> None:
    course = nine("abcd", "efg", "hi")
    holder = {
        turn.role: turn.student_id for turn in course.plan.turns if turn.week == 1 and turn.group == "Team 1"
    }
    away = holder["Chair"]
    (free,) = set("abcd") - set(holder.values())
    first, *_ = with_roles(course, 1, session_groups(course, course.plan.groups, {away}))
    told = {role.role: (role.student, role.instead_of) for role in first.roles}
    assert told == {"Chair": (free, away), "Notes": (holder["Notes"], None), "Voice": (holder["Voice"], None)}


def test_roles_that_a_smaller_group_cannot_hold_are_said_with_who_could_take_them() -> None:
    """With two of four there, two roles were gone without a word."""
    names = ("Facilitator", "Note-taker", "Spokesperson", "Reflector")
    rules = make_rules(f'language = "en"\n[groups]\nsize = [2, 4]\n[roles]\nnames = {list(names)}\n')
    course = course_of(rules, make_roster([{}] * 7), groups_of("abcd", "efg"))
    first, second = with_roles(course, 1, session_groups(course, course.plan.groups, {"a", "c"}))
    held = {role.role: role.student for role in first.roles}
    assert set(held) == {"Facilitator", "Note-taker"}
    told = {one.role: one.proposed for one in first.vacant}
    assert told == {"Spokesperson": held["Note-taker"], "Reflector": held["Facilitator"]}
    assert not second.vacant  # nobody of it is away


def groups_of(*members: str) -> tuple[Group, ...]:
    return tuple(
        Group(name=f"Team {number}", members=tuple(some)) for number, some in enumerate(members, start=1)
    )

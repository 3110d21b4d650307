"""The best places: ranked as two whole audits would rank them; and a place given moves nobody else."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from planner.audit.plan_audit import Audit, audit
from planner.edit import BY_HAND, History, Join, apply, handed_over, weeks_to_edit
from planner.edit.best_places import BestPlaces, PlaceInGroup
from planner.edit.newcomer import with_student
from planner.model.domain import Block, Group, Plan, Roster, Student
from planner.model.handover import Handover
from planner.model.reports import Importance
from planner.model.text import message
from planner.plans.course import Course
from planner.plans.plan_file import read_course, write_course
from tests.builders.classes import make_roster, make_rules
from tests.builders.edited_courses import course_of, courses


def newcomer_of(course: Course) -> tuple[Course, Student]:
    """Return a course in which the last student of the list is not yet, and that student."""
    *others, last = course.roster.students
    roster = Roster(students=tuple(others), columns=course.roster.columns)
    groups = tuple(
        Group(name=group.name, members=tuple(one for one in group.members if one != last.id))
        for group in course.plan.groups
    )
    return course_of(course.rules, roster, groups), last


def fits(course: Course) -> bool:
    """Whether a class can do without its last student: no rule names them, and others are in their group."""
    last = course.roster.students[-1].id
    alone = any(group.members == (last,) for group in course.plan.groups)
    return not alone and not any(last in getattr(rule, "students", ()) for rule in course.rules.rule)


def with_places(groups: Sequence[Group], places: dict[str, str]) -> list[Group]:
    return [
        Group(
            name=group.name,
            members=(
                *(one for one in group.members if places.get(one, group.name) == group.name),
                *(one for one, to in places.items() if to == group.name and one not in group.members),
            ),
        )
        for group in groups
    ]


def differ(before: Audit, after: Audit) -> tuple[int, int]:
    """Return how many required rules would break, and what the penalty goes up by; placement left aside."""
    pairs = list(zip(before.reports[1:], after.reports[1:], strict=True))
    broken = sum(now.importance is Importance.MUST and now.units > max(0, was.units) for was, now in pairs)
    return broken, sum(now.cost - was.cost for was, now in pairs)


@given(courses())
@settings(max_examples=60, deadline=None)
def test_groups_for_a_newcomer_are_ranked_as_whole_audits_rank_them(course: Course) -> None:
    assume(fits(course))
    course, student = newcomer_of(course)
    groups = course.plan.groups
    roster = with_student(course, student).roster
    ranked = BestPlaces(course.rules, roster, groups).groups_for(student.id, most=None)
    before = audit(course.rules, roster, groups)
    order = {group.name: number for number, group in enumerate(groups)}
    told = {}
    for group in groups:
        after = audit(course.rules, roster, with_places(groups, {student.id: group.name}))
        told[group.name] = (*differ(before, after), len(group.members) + 1, order[group.name])
    assert [one.group for one in ranked] == sorted(told, key=told.__getitem__)
    for one in ranked:
        assert (len(one.effect.broken), one.effect.cost, one.size) == told[one.group][:3]


@given(courses(), st.data())
@settings(max_examples=60, deadline=None)
def test_partners_are_all_with_whom_a_swap_breaks_nothing_and_the_best_first(
    course: Course, data: st.DataObject
) -> None:
    student = data.draw(st.sampled_from(sorted(course.plan.group_of)))
    home, groups = course.plan.group_of[student], course.plan.groups
    ranked = BestPlaces(course.rules, course.roster, groups).partners_for(student, most=None)
    before, told = audit(course.rules, course.roster, groups), {}
    for other, group in course.plan.group_of.items():
        if group != home:
            places = {student: group, other: home}
            broken, cost = differ(before, audit(course.rules, course.roster, with_places(groups, places)))
            if not broken:
                told[other] = cost
    assert {one.partner: one.effect.cost for one in ranked} == told
    assert [one.effect.cost for one in ranked] == sorted(told.values())
    assert BestPlaces(course.rules, course.roster, groups).partners_for(student, most=2) == ranked[:2]


@given(courses(), st.data())
@settings(max_examples=60, deadline=None)
def test_who_comes_into_a_group_moves_nobody_else_and_the_course_is_audited(
    course: Course, data: st.DataObject
) -> None:
    assume(fits(course))
    course, student = newcomer_of(course)
    group = data.draw(st.sampled_from([one.name for one in course.plan.groups]))
    week = data.draw(st.sampled_from(weeks_to_edit(course)))
    history = History(course).do(Join(student=student, group=group), week)
    made, plan = history.now, history.now.plan
    assert dict(plan.group_of) == {**course.plan.group_of, student.id: group}
    found = audit(made.rules, made.roster, plan.groups, plan.turns, plan.from_week)
    assert plan.outcome.cost == found.cost
    assert [one.units for one in plan.outcome.rules] == [one.units for one in found.reports]
    assert plan.outcome.bound == 0  # what was proven of the class of before says nothing of this one
    past = [turn for turn in course.plan.turns if turn.week < week]
    assert [turn for turn in plan.turns if turn.week < week] == past
    elsewhere = [turn for turn in course.plan.turns if turn.group != group]
    assert [turn for turn in plan.turns if turn.group != group] == elsewhere
    assert made.placed[student.id] == BY_HAND
    assert history.undo().now == course
    assert read_course(write_course(made), "plan.json").roster == made.roster


RULES = """language = "en"
[groups]
size = [2, 4]
[term]
weeks = 6
refresh_after = [3]
[roles]
names = ["Chair", "Notes"]
"""


def small() -> Course:
    roster = make_roster([{} for _ in range(7)])
    groups = (Group(name="Otters", members=tuple("abc")), Group(name="Beavers", members=tuple("defg")))
    return course_of(make_rules(RULES), roster, groups)


def test_who_comes_is_in_the_list_of_changes_as_placed_by_hand() -> None:
    ada = Student(id="z", name="Ada", call_name="Ada", sort_name="Ada")
    history = History(small()).do(Join(student=ada, group="Otters"), 2)
    handed = handed_over(Handover(previous=small().plan.group_of), history)
    assert handed is not None
    (change,) = handed.changes
    assert (change.student_id, change.from_group, change.to_group) == ("z", None, "Otters")
    assert change.reason == message("Placed here by hand.")
    assert history.now.history[-1].groups == small().plan.groups


def test_who_comes_before_a_refresh_has_a_place_after_it_too() -> None:
    """A newcomer was in no group of the blocks to come."""
    ada = Student(id="z", name="Ada", call_name="Ada", sort_name="Ada")
    course = small()
    later = (Group(name="Otters", members=tuple("abde")), Group(name="Beavers", members=tuple("cfg")))
    plan: Plan = course.plan.but(later=(Block(from_week=4, groups=later),))
    course = course.model_copy(update={"plan": plan})
    made = apply(course, Join(student=ada, group="Otters"), 2)
    homes = [[g.name for g in block.groups if "z" in g.members] for block in made.plan.blocks]
    assert homes == [["Otters"], ["Beavers"]]  # the otters are four by then, which is the most


def ranked(places: Sequence[PlaceInGroup]) -> list[tuple[str, bool, bool]]:
    return [(one.group, one.full, one.locked) for one in places]


def test_full_and_locked_groups_are_told_apart() -> None:
    ada = Student(id="z", name="Ada", call_name="Ada", sort_name="Ada")
    roster = make_roster([{} for _ in range(9)])
    groups = (
        Group(name="Otters", members=tuple("abcd")),
        Group(name="Beavers", members=tuple("ef")),
        Group(name="Herons", members=tuple("ghi")),
    )
    course = with_student(course_of(make_rules(RULES), roster, groups), ada)
    best = BestPlaces(course.rules, course.roster, groups, locked_groups={"Beavers"})
    assert ranked(best.groups_for("z")) == [
        ("Herons", False, False),
        ("Otters", True, False),
        ("Beavers", False, True),
    ]

"""One student's way through the term, in words that a page and a dialog share."""

from __future__ import annotations

from planner.model.domain import Block, Group, Plan
from planner.model.text import Language
from planner.plans.course import Course
from planner.reporting.story import describe_way
from tests.builders.classes import make_groups, make_roster, make_rules
from tests.builders.edited_courses import course_of

RULES = """language = "en"
[groups]
size = [2, 3]
[term]
weeks = 4
[roles]
names = ["Chair"]
"""


def told(course: Course, student: str, language: Language) -> list[tuple[str, list[str], list[str]]]:
    return [
        (
            part.heading.text(language),
            [line.text(language) for line in part.people],
            [line.text(language) for line in part.roles],
        )
        for part in describe_way(course, student)
    ]


def test_a_way_through_the_term_tells_where_with_whom_and_as_what() -> None:
    course = course_of(make_rules(RULES), make_roster([{} for _ in range(5)]), make_groups("ab", "cde"))
    later = (Group(name="Groep 1", members=("b", "c")), Group(name="Groep 2", members=("a", "d", "e")))
    plan: Plan = course.plan.but(later=(Block(from_week=3, groups=later),), turns=course.plan.turns[:2])
    course = course.model_copy(update={"plan": plan})
    chair = [turn.week for turn in plan.turns if turn.student_id == "a"]
    roles = [f"Chair (week {', '.join(map(str, chair))})"] if chair else []
    assert told(course, "a", "en") == [
        ("Weeks 1–2: Groep 1", ["With new people: Sem"], roles),
        ("Weeks 3–4: moves to Groep 2", ["With new people: Juul and Bram"], []),
    ]
    assert [part[:2] for part in told(course, "b", "nl")] == [
        ("Week 1–2: Groep 1", ["Met nieuwe mensen: Noor"]),
        ("Week 3–4: Groep 1", ["Met nieuwe mensen: Ali"]),
    ]
    assert describe_way(course, "nobody") == ()


def test_weeks_between_which_nothing_changes_for_this_student_are_one() -> None:
    """The window was split at week 4 for everybody, also where a refresh left somebody's group as it was."""
    roster = make_roster([{} for _ in range(6)])
    course = course_of(make_rules(RULES), roster, make_groups("ab", "cd", "ef"))
    later = make_groups("ab", "ce", "df")
    course = course.model_copy(
        update={"plan": course.plan.but(later=(Block(from_week=3, groups=later),), turns=course.plan.turns)}
    )
    ((heading, people, roles),) = told(course, "a", "en")
    assert (heading, people) == ("Weeks 1–4: Groep 1", ["With Sem"])
    weeks = [str(turn.week) for turn in course.plan.turns if turn.student_id == "a"]
    assert roles == ([f"Chair (week {', '.join(weeks)})"] if weeks else [])
    assert [part[0] for part in told(course, "c", "en")] == ["Weeks 1–2: Groep 2", "Weeks 3–4: Groep 2"]

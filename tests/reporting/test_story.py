"""One student's way through the term, in words that a page and a dialog share."""

from __future__ import annotations

from planner.model.domain import Block, Group, Plan
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


def test_a_way_through_the_term_tells_where_with_whom_and_as_what() -> None:
    course = course_of(make_rules(RULES), make_roster([{} for _ in range(5)]), make_groups("ab", "cde"))
    later = (Group(name="Groep 1", members=("b", "c")), Group(name="Groep 2", members=("a", "d", "e")))
    plan: Plan = course.plan.but(later=(Block(from_week=3, groups=later),), turns=course.plan.turns[:2])
    course = course.model_copy(update={"plan": plan})
    chair = [turn.week for turn in plan.turns if turn.student_id == "a"]
    told = [line.text("en") for line in describe_way(course, "a")]
    assert told == [
        "Weeks 1–2: Groep 1",
        "with new people: Sem",
        *(f"Chair (week {week})" for week in chair),
        "Weeks 3–4: moves to Groep 2",
        "with new people: Juul and Bram",
    ]
    stays = [line.text("nl") for line in describe_way(course, "b")]
    assert stays[0] == "De hele periode dezelfde groep"
    assert "met nieuwe mensen: Ali" in stays
    assert describe_way(course, "nobody") == ()

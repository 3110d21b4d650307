"""Rules and groups at a glance: what is drawn, and what is counted instead."""

from __future__ import annotations

from planner.plans.course import Course
from planner.reporting.picture import outcome_of, picture
from planner.reporting.standing import Standing
from tests.builders.classes import make_groups, make_roster, make_rules
from tests.builders.edited_courses import course_of

RULES = """
[groups]
size = [1, 2]
prefer = 2
[roles]
names = []
[[rule]]
kind = "limit"
column = "Job"
value = "yes"
at_most = 0
importance = "nice"
[[rule]]
kind = "similar"
column = "Goal"
importance = "must"
"""


def course(*answers: tuple[str, str]) -> Course:
    """Return groups of two, with a job and a goal for everyone."""
    rows = [{"id": str(n), "Job": job, "Goal": goal} for n, (job, goal) in enumerate(answers)]
    groups = make_groups(*((str(n), str(n + 1)) for n in range(0, len(rows), 2)))
    return course_of(make_rules(RULES), make_roster(rows), groups)


def test_a_row_for_every_rule_that_is_not_met_everywhere_and_a_mark_for_every_group() -> None:
    made = course(("yes", "a"), ("no", "a"), ("no", "b"), ("no", "c"))
    drawn = picture(made, made.plan.blocks[0], made.plan.outcome)
    assert drawn.groups == ("Groep 1", "Groep 2")
    marks = {row.rule.text("en"): [mark.standing for mark in row.marks] for row in drawn.rows}
    assert marks == {
        "At most 0 × Job = yes": [Standing.OPEN, Standing.FINE],
        "Same Goal together": [Standing.FINE, Standing.BROKEN],
    }
    limit = drawn.rows[0]
    assert limit.stands.text("nl") == "kan misschien nog beter; dat scheelt hooguit 1 student"
    assert [one.text("en") for one in limit.marks[0].found]
    assert drawn.met == len(made.plan.outcome.rules) - 2
    assert (drawn.well, drawn.left_out) == (0, 0)


def test_of_four_hundred_groups_those_are_drawn_in_which_something_is_not_met() -> None:
    short = {7, 250, 399}
    answers = [("yes" if n // 2 in short and n % 2 else "no", "a") for n in range(800)]
    made = course(*answers)
    drawn = picture(made, made.plan.blocks[0], made.plan.outcome)
    assert drawn.groups == ("Groep 8", "Groep 251", "Groep 400")
    assert (drawn.well, drawn.left_out) == (397, 0)


def test_the_worst_groups_are_drawn_where_there_is_no_room_for_all() -> None:
    answers = [("yes", "a" if n != 41 else "z") for n in range(80)]
    made = course(*answers)
    drawn = picture(made, made.plan.blocks[0], made.plan.outcome, most=3)
    assert drawn.groups == ("Groep 1", "Groep 2", "Groep 21")
    assert (drawn.well, drawn.left_out) == (0, 37)


def test_a_plan_in_which_all_is_met_has_nothing_to_draw() -> None:
    made = course(("no", "a"), ("no", "a"))
    drawn = picture(made, made.plan.blocks[0], outcome_of(made, made.plan.blocks[0]))
    assert drawn.rows == ()
    assert drawn.met == len(made.plan.outcome.rules)

"""A wish for somebody who left says so: before they left it pointed to exactly one student."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from planner.model.domain import Roster
from planner.model.mentions import name_words
from planner.model.problems import Problem
from planner.model.text import message
from planner.plans.course import Course
from planner.rules.people import lookup


def gone_from(course: Course | None, roster: Roster) -> dict[str, str]:
    """Return the names of those who were in a course and are not in a class list, by id.

    Parameters
    ----------
    course : Course or None
    roster : Roster

    Returns
    -------
    dict of str to str
    """
    if course is None:
        return {}
    everybody = {one: left.name for one, left in course.left.items()} | dict(course.roster.shown_names)
    return {one: name for one, name in everybody.items() if one not in roster.by_id}


def tell_left(problems: Iterable[Problem], gone: Mapping[str, str], then: Roster | None) -> list[Problem]:
    """Return problems in which a wish for somebody who left says that they left.

    Parameters
    ----------
    problems : iterable of Problem
    gone : mapping of str to str
        Names of those who left, by id.
    then : Roster or None
        The class list that they were in.

    Returns
    -------
    list of Problem
        The others as they were.
    """
    named = {name_words(key): name for one, name in gone.items() for key in (one, name)}
    if then is not None:
        named |= {key: gone[one] for key, one in lookup(then).items() if one in gone}
    return [_told(problem, named) for problem in problems]


def _told(problem: Problem, named: Mapping[str, str]) -> Problem:
    wish, name = problem.message.values.get("wish"), problem.message.values.get("name")
    if problem.code != "unknown-wish" or not isinstance(wish, str) or not isinstance(name, str):
        return problem
    other = named.get(name_words(wish))
    if other is None:
        return problem
    return problem.model_copy(
        update={
            "code": "wish-of-somebody-who-left",
            "message": message(
                "{name}'s wish for {other} does not count: {other} has left.", name=name, other=other
            ),
            "hint": None,
            "item": message("{name} (for {other})", name=name, other=other),
            "together": message("Wishes for students who have left do not count: {items}.", items=()),
        }
    )

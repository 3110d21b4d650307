"""Better groups around what was done by hand: who was placed or locked stays, the rest may move."""

from __future__ import annotations

from collections.abc import Iterable

from planner.model.domain import Plan
from planner.model.replan_options import ReplanOptions
from planner.plans.course import Course
from planner.replanning.previous_assignment import PreviousAssignment


def around(course: Course, placed: Iterable[str], most: int) -> tuple[PreviousAssignment, ReplanOptions]:
    """Return what a run is asked, to make the rest of the groups better.

    Parameters
    ----------
    course : Course
        As the coordinator left it; what is locked in it stays.
    placed : iterable of str
        Ids of students who were placed by hand; they stay where they are now.
    most : int
        How many others may move beyond those who have to, so that every `must` rule holds.

    Returns
    -------
    tuple of (PreviousAssignment, ReplanOptions)
    """
    plan, locks = course.plan, course.locks
    earlier = PreviousAssignment.of(course)
    here = {group.name for group in earlier.groups}
    return earlier, ReplanOptions(
        from_week=plan.from_week,
        extra_moves=most,
        locked=frozenset(locks.students) | frozenset(placed),
        closed=frozenset(locks.groups) & here,
    )


def improved(course: Course, plan: Plan) -> Course:
    """Return the course with better groups; the ones they came from never were in use.

    Parameters
    ----------
    course : Course
        As it was before the run.
    plan : Plan
        What the run came to.

    Returns
    -------
    Course
    """
    was, now = course.plan.group_of, plan.group_of
    placed = {one: how for one, how in course.placed.items() if now.get(one) == was.get(one)}
    return course.model_copy(update={"plan": plan, "placed": placed})

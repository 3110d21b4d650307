"""Groups that were made anew while there were groups already: kept aside until the coordinator decides."""

from __future__ import annotations

from dataclasses import dataclass

from planner.audit.plan_audit import moves
from planner.model.domain import Roster
from planner.model.text import Message, message
from planner.plans.course import Course
from planner.replanning.better import (
    like,
    of_the_same,
    with_proof_of,
    worth_moving_for,
)
from planner.ui.session.run import Run


@dataclass(frozen=True, eq=False)
class Aside:
    """Groups that were made anew, beside those in use.

    Attributes
    ----------
    course : Course
        Each group has the name of the group of before that it has most people of.
    run : Run
        Where they come from.
    """

    course: Course
    run: Run

    @property
    def roster(self) -> Roster:
        """The class list that they were made for, all its columns in it."""
        return self.run.roster

    def moved_from(self, course: Course) -> int:
        """Return how many students would be in another group than they are in now."""
        return len(moves(course.plan.groups, self.course.plan.groups))

    def known_to(self, course: Course) -> int:
        """Return how many of the students have a group now."""
        return len(course.plan.group_of.keys() & self.course.plan.group_of.keys())


@dataclass(frozen=True)
class Weighed:
    """What a run came to beside the groups in use: something to decide, or nothing better.

    Attributes
    ----------
    course : Course
        The groups in use, with what the run proved of them.
    aside : Aside or None
    note : Message or None
        Why there is nothing to decide.
    """

    course: Course
    aside: Aside | None = None
    note: Message | None = None


def weigh(course: Course, run: Run, made: Course) -> Weighed:
    """Lay a plan that was made from nothing beside the one in use.

    Of the same class list and rules the better one stays; what cannot be compared, the coordinator decides.
    """
    if of_the_same(course, made) and not worth_moving_for(made.plan, course.plan):
        return Weighed(with_proof_of(course, made.plan), note=_stays(made))
    return Weighed(course, Aside(like(made, course.plan.groups), run))


def _stays(made: Course) -> Message:
    if made.plan.outcome.cut_short:
        return message(
            "The new calculation ended early and found no better plan. Your groups stay as they are."
        )
    return message("The new calculation found no better plan. Your groups stay as they are.")

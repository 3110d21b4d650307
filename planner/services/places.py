"""The best places: for somebody new, and for a student who wants to be elsewhere; and placing them there.

Nothing is searched for: nobody else moves, and the answer is there at once, also for a large class.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from planner.edit import History, Join, Move, Swap, handed_over, weeks_to_edit
from planner.edit.best_places import TOLD, BestPlaces, PlaceInGroup
from planner.edit.newcomer import with_student
from planner.edit.refusals import here_already, leaving_problems, refused_week
from planner.edit.values import Edit
from planner.model.domain import Group, Student
from planner.model.handover import Handover
from planner.model.problems import InputError, Problem
from planner.model.text import Message
from planner.plans.course import Course
from planner.reporting.places import describe_place, describe_size

Kind = Callable[[BestPlaces, str, int | None], tuple[PlaceInGroup, ...]]


@dataclass(frozen=True)
class PlacesRequest:
    """For whom places are looked for.

    Attributes
    ----------
    course : Course
    student : Student or str
        Somebody new (`planner.edit.newcomer.new_student` makes one), or the id of somebody in the class.
    week : int or None
        First week in which the place holds; None is the first week of the plan.
    most : int or None
        How many places at the most; None is all of them.
    """

    course: Course
    student: Student | str
    week: int | None = None
    most: int | None = TOLD

    @property
    def first_week(self) -> int:
        """The week in which the place begins to hold."""
        return self.course.plan.from_week if self.week is None else self.week


@dataclass(frozen=True)
class PlacesResult:
    """Places for a student, the best first.

    Attributes
    ----------
    request : PlacesRequest
    course : Course
        With the new student in the class, where there is one.
    places : tuple of PlaceInGroup
    remarks : tuple of Problem
        What the rules assume of a new student, such as of an answer that is missing.
    """

    request: PlacesRequest
    course: Course = field(repr=False)
    places: tuple[PlaceInGroup, ...]
    remarks: tuple[Problem, ...] = ()

    @property
    def full(self) -> tuple[str, ...]:
        """Names of the groups that have the largest size already."""
        largest, groups = self.course.rules.groups.size[1], self._groups
        return tuple(group.name for group in groups if len(group.members) >= largest)

    @property
    def locked(self) -> tuple[str, ...]:
        """Names of the groups that nobody joins until they are unlocked."""
        closed = set(self.course.locks.groups)
        return tuple(group.name for group in self._groups if group.name in closed)

    @property
    def _groups(self) -> tuple[Group, ...]:
        return self.course.plan.block_of(self.request.first_week).groups

    def lines(self, place: PlaceInGroup) -> tuple[Message, ...]:
        """Return what a place means, rule by rule, in a few words each."""
        return describe_place(place, self.course.rules, self.course.roster)

    def size(self, place: PlaceInGroup) -> Message:
        """Return how large the group is then, and whether it is full or locked."""
        return describe_size(place)

    def edit(self, place: PlaceInGroup) -> Edit:
        """Return the edit that puts the student there: what a history can do and undo."""
        student = self.request.student
        if isinstance(student, Student):
            return Join(student=student, group=place.group)
        if place.partner is not None:
            return Swap(first=student, second=place.partner)
        return Move(student=student, group=place.group)

    def placed(self, place: PlaceInGroup, base: Handover | None = None) -> PlacedResult:
        """Return the course with the student there; nobody else moves, but for who swaps.

        Parameters
        ----------
        place : PlaceInGroup
        base : Handover, optional
            What was changed before and is handed over with it; None where the groups are in use as they are.

        Returns
        -------
        PlacedResult

        Raises
        ------
        InputError
            Where the group is locked.
        """
        start = self.request.course
        history = History(start).do(self.edit(place), self.request.week)
        before = base or Handover(start.plan.from_week, start.plan.group_of)
        return PlacedResult(history.now, handed_over(before, history) or before)


@dataclass(frozen=True)
class PlacedResult:
    """A course after somebody was placed by hand, and what it is handed over with."""

    course: Course
    handover: Handover


def best_places(request: PlacesRequest) -> PlacesResult:
    """Rank the groups for a student: those who would break a required rule last, then by penalty and size.

    Parameters
    ----------
    request : PlacesRequest

    Returns
    -------
    PlacesResult

    Raises
    ------
    InputError
        Where nothing can be changed from that week on, somebody new is in the class already, or a
        student who is to move is locked.
    """
    return _ranked(request, BestPlaces.groups_for)


def swap_partners(request: PlacesRequest) -> PlacesResult:
    """Rank with whom a student can swap so that no required rule breaks.

    Parameters
    ----------
    request : PlacesRequest
        For somebody in the class.

    Returns
    -------
    PlacesResult

    Raises
    ------
    InputError
        Where nothing can be changed from that week on, or the student is locked.
    """
    return _ranked(request, BestPlaces.partners_for)


def _ranked(request: PlacesRequest, rank: Kind) -> PlacesResult:
    course, student = request.course, request.student
    groups = course.plan.block_of(request.first_week).groups
    weeks, new = weeks_to_edit(course), isinstance(student, Student)
    problems = [] if request.first_week in weeks else [refused_week(weeks)]
    if isinstance(student, Student):
        problems += here_already(course, student.id)
        course = with_student(course, student)
    else:
        problems += leaving_problems(course, student, groups)
    if problems:
        raise InputError(problems)
    locks = course.locks
    ranker = BestPlaces(course.rules, course.roster, groups, set(locks.students), set(locks.groups))
    places = rank(ranker, student.id if isinstance(student, Student) else student, request.most)
    return PlacesResult(request, course, places, _assumed(request.course, course) if new else ())


def _assumed(before: Course, now: Course) -> tuple[Problem, ...]:
    """Return what the rules say of the class with somebody new in it, and did not say of it before."""
    known = before.rules.check(before.roster)
    return tuple(one for one in now.rules.check(now.roster) if one not in known)

"""The best places: for somebody new, and for a student who wants to be elsewhere; and placing them there.

Nothing is searched for: nobody else moves, and the answer is there at once, also for a large class.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

from planner.edit import History, Join, Move, Swap, handed_over, weeks_to_edit
from planner.edit.best_places import TOLD, BestPlaces, PlaceInGroup
from planner.edit.newcomer import with_student
from planner.edit.refusals import here_already, leaving_problems, refused_week
from planner.edit.values import Edit, moved_by
from planner.model.domain import Group, Student
from planner.model.handover import Handover
from planner.model.problems import InputError, Problem
from planner.model.text import Message, message
from planner.plans.course import Course
from planner.reporting.places import PlaceLine, costs_nothing, describe_place, describe_size
from planner.rules.wish import Wish
from planner.services.pending import answered_by_most

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
    gone : set of str
        Ids of who stopped, though it is not carried out yet: their places are free.
    """

    course: Course
    student: Student | str
    week: int | None = None
    most: int | None = TOLD
    gone: AbstractSet[str] = frozenset()

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
        What the rules assume of a new student.
    unknown : tuple of str
        Columns of which nothing is known of a new student, and is of most others.
    """

    request: PlacesRequest
    course: Course = field(repr=False)
    places: tuple[PlaceInGroup, ...]
    remarks: tuple[Problem, ...] = ()
    unknown: tuple[str, ...] = ()

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
    def _all_groups(self) -> tuple[Group, ...]:
        return self.course.plan.block_of(self.request.first_week).groups

    @property
    def _groups(self) -> tuple[Group, ...]:
        return remaining(self._all_groups, self.request.gone)

    def lines(self, place: PlaceInGroup) -> tuple[Message, ...]:
        """Return what a place means, rule by rule, in a sentence each; what is worst first."""
        return tuple(line.said for line in self.told(place))

    def told(self, place: PlaceInGroup) -> tuple[PlaceLine, ...]:
        """Return the same, with whether that is worse or better."""
        return describe_place(place, self.course.rules, self.course.roster)

    def changed(self, place: PlaceInGroup) -> tuple[PlaceLine, ...]:
        """Return what gets worse or better, and nothing that stays as it is."""
        return tuple(line for line in self.told(place) if line.worse or line.better)

    def fine(self, place: PlaceInGroup) -> bool:
        """Return whether every rule is met as well as before, whatever the size of the group."""
        return costs_nothing(place, self.course.rules, self.course.roster)

    def shared(self) -> tuple[Message, ...]:
        """Return what is the same for all of these places, where there are several."""
        every = [self.lines(place) for place in self.places]
        return (
            tuple(one for one in every[0] if all(one in lines for lines in every)) if len(every) > 1 else ()
        )

    def size(self, place: PlaceInGroup) -> Message:
        """Return how large the group is then, whether it is full or locked, and whose place is free in it."""
        size, names = describe_size(place), self.course.roster.shown_names
        here = next(group.members for group in self._all_groups if group.name == place.group)
        left = tuple(names[one] for one in here if one in self.request.gone)
        return message("{size}; a place is free: {names} stopped", size=size, names=left) if left else size

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


def places_in(request: PlacesRequest, group: str, stays: str | None = None) -> PlacesResult:
    """Rank the ways into one group: in addition, or in exchange for one of its members.

    Parameters
    ----------
    request : PlacesRequest
    group : str
        Its name.
    stays : str, optional
        Id of the member with whom the student is to be.

    Returns
    -------
    PlacesResult
        Also with what would break a required rule, at the end.

    Raises
    ------
    InputError
        Where nothing can be changed from that week on, or the student is locked.
    """
    return _ranked(request, lambda ranker, student, most: ranker.places_in(student, group, stays, most))


def place_of(request: PlacesRequest, edit: Move | Swap) -> PlacesResult:
    """Tell of one edit what the ranking tells of each place.

    Parameters
    ----------
    request : PlacesRequest
        For whom the edit moves, or the first of those who swap.
    edit : Move or Swap

    Returns
    -------
    PlacesResult
        With that place alone, also where it breaks a required rule.

    Raises
    ------
    InputError
        Where nothing can be changed from that week on, or the student is locked.
    """
    there = replace(request, gone=frozenset(request.gone) - {*moved_by(edit)})
    return _ranked(there, lambda ranker, _student, _most: (ranker.place(edit),))


def wished_by(course: Course, student: str) -> tuple[str, ...]:
    """Return whom a student wishes to be with, as far as a rule about wishes reads it.

    Parameters
    ----------
    course : Course
    student : str
        Id.

    Returns
    -------
    tuple of str
        Ids, in the order of the wishes.
    """
    rules = (rule for rule in course.rules.active() if isinstance(rule, Wish))
    one = course.roster.by_id[student]
    return tuple(dict.fromkeys(peer for rule in rules for peer in rule.wished(one, course.roster)))


def _ranked(request: PlacesRequest, rank: Kind) -> PlacesResult:
    course, student = request.course, request.student
    groups = course.plan.block_of(request.first_week).groups
    weeks = weeks_to_edit(course)
    problems = [] if request.first_week in weeks else [refused_week(weeks)]
    if isinstance(student, Student):
        problems += here_already(course, student.id)
        course = with_student(course, student)
    else:
        problems += leaving_problems(course, student, groups)
    if problems:
        raise InputError(problems)
    locks = course.locks
    here = remaining(groups, request.gone)
    ranker = BestPlaces(course.rules, course.roster, here, set(locks.students), set(locks.groups))
    places = rank(ranker, student.id if isinstance(student, Student) else student, request.most)
    if not isinstance(student, Student):
        return PlacesResult(request, course, places)
    asked = answered_by_most(request.course.roster, course.rules)
    unknown = tuple(heading for heading in asked if not student.answer(heading).strip())
    assumed = _assumed(request.course, course)
    remarks = tuple(one for one in assumed if one.code != "missing-answers" or one.column not in unknown)
    return PlacesResult(request, course, places, remarks, unknown)


def remaining(groups: Sequence[Group], gone: AbstractSet[str]) -> tuple[Group, ...]:
    """Return groups without who stopped.

    Parameters
    ----------
    groups : sequence of Group
    gone : set of str
        Ids.

    Returns
    -------
    tuple of Group
    """
    return tuple(
        group.model_copy(update={"members": tuple(one for one in group.members if one not in gone)})
        for group in groups
    )


def _assumed(before: Course, now: Course) -> tuple[Problem, ...]:
    """Return what the rules say of the class with somebody new in it, and did not say of it before."""
    known = before.rules.check(before.roster)
    return tuple(one for one in now.rules.check(now.roster) if one not in known)

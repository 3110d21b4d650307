"""Why a student is in this group: what can be sent to the student, and what another place would mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from planner.edit.best_places import PlaceInGroup
from planner.model.domain import Group, Roster
from planner.model.handover import Change
from planner.model.text import Language, Message, message
from planner.plans.course import Course
from planner.reporting.places import company_of, describe_place, noticed_cost
from planner.reporting.reasons import PLACED
from planner.rules.people import NamedStudents
from planner.rules.titles import title


@dataclass(frozen=True)
class WhyHere:
    """Why a student is in a group.

    Attributes
    ----------
    student : str
        Id.
    group : str
    here : tuple of Message
        Sentences that can be sent to the student: of others they hold names of group members alone.
    elsewhere : tuple of Message
        What another place would mean, for the coordinator: the conclusion, then a line for each rule
        and those it is about.
    """

    student: str
    group: str
    here: tuple[Message, ...]
    elsewhere: tuple[Message, ...]

    def text(self, language: Language) -> str:
        """Return what can be sent to the student, a sentence a line."""
        return "\n".join(line.text(language) for line in self.here)


def what_is_here(course: Course, student: str, group: Group, changes: Iterable[Change]) -> Iterator[Message]:
    """Yield what a student has in a group, in sentences that the student may read.

    Parameters
    ----------
    course : Course
    student : str
        Id.
    group : Group
        With the student in it.
    changes : iterable of Change
        What the last replan changed, with its reasons.

    Yields
    ------
    Message
    """
    roster = course.roster
    name = roster.shown_names[student]
    mates = roster.names(one for one in group.members if one != student)
    if mates:
        yield message("{name} is in {group} with {names}.", name=name, group=group.name, names=mates)
    else:
        yield message("{name} is in {group}.", name=name, group=group.name)
    yield from _came(course, student, group, changes)
    said = [*_by_rule(course, student, group)]
    yield from said or [message("No rule says more about {name} than about others.", name=name)]


def _came(course: Course, student: str, group: Group, changes: Iterable[Change]) -> Iterator[Message]:
    """Yield how somebody came to be there, where the last replan or somebody by hand put them there."""
    name = course.roster.shown_names[student]
    change = next((one for one in changes if (one.student_id, one.to_group) == (student, group.name)), None)
    if change is None:
        if course.placed.get(student) == "by-hand":
            yield PLACED["by-hand"]
    elif change.from_group is None:
        yield message("{name} is new. {why}", name=name, why=change.reason)
    else:
        yield message("{name} comes from {old}. {why}", name=name, old=change.from_group, why=change.reason)


def _by_rule(course: Course, student: str, group: Group) -> Iterator[Message]:
    for rule in course.rules.active():
        found = rule.findings(course.roster, [group])
        said = rule.for_student(course.roster, company_of(student, group.members, group.name, found))
        if said is not None:
            yield said


def none_better() -> Message:
    """Return what can be said to a student where no other place is better."""
    return message("Every other group and every possible swap was compared: none is better overall.")


def what_is_elsewhere(
    course: Course, student: str, groups: Sequence[Group], best: PlaceInGroup | None
) -> Iterator[Message]:
    """Yield what the best other place would mean, for the coordinator: others are named.

    Parameters
    ----------
    course : Course
    student : str
        Id.
    groups : sequence of Group
        As they are.
    best : PlaceInGroup or None
        The best other place; None where there is none.

    Yields
    ------
    Message
    """
    yield from _by_name(course, student, groups)
    if best is None:
        yield message("There is no other group to go to.")
        return
    where = _where(best, course.roster)
    cost, noticed = best.effect.cost, noticed_cost(best)
    if best.breaks:
        yield message("Every other place breaks a required rule. The closest is {place}.", place=where)
    elif cost > 0 and noticed > 0:
        yield message("No other place is better overall. The closest is {place}.", place=where)
    elif cost < 0 and noticed < 0:
        yield message("One place is better overall: {place}.", place=where)
    else:
        yield message("One place is just as good overall: {place}.", place=where)
    for line in describe_place(best, course.rules, course.roster):
        if line.worse or line.better:
            yield line.said


def _by_name(course: Course, student: str, groups: Sequence[Group]) -> Iterator[Message]:
    """Yield how rules stand that name the student: nobody else is told of them."""
    for rule in course.rules.active():
        if isinstance(rule, NamedStudents) and student in rule.students:
            named = title(rule, course.roster)
            short = [one for one in rule.findings(course.roster, groups) if student in one.students]
            for one in short:
                yield message("{rule}: not met. {finding}", rule=named, finding=one.message)
            if not short:
                yield message("{rule}: met.", rule=named)


def _where(place: PlaceInGroup, roster: Roster) -> Message:
    if place.partner is None:
        return message("{group}, as an extra member", group=place.group)
    name = roster.shown_names[place.partner]
    return message("{group}, in exchange for {name}", group=place.group, name=name)

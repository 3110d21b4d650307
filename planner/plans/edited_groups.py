"""A list of groups that somebody changed by hand, beside the plan that it was written from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from planner.exports.tables import roles_of
from planner.model.domain import Group
from planner.model.invisible import seen_only
from planner.model.labels import renamed
from planner.model.problems import InputError, Level, Problem
from planner.model.text import Message, message
from planner.model.values import normalize_text
from planner.plans.course import Course
from planner.plans.weeks import labels_of, relabelled

CHANGED = frozenset({"groups-edited", "group-renamed"})  # a list that says something else than the plan


def as_planned(groups: Sequence[Group], course: Course) -> tuple[Group, ...]:
    """Return groups under the labels of the plan where Excel or a hand only spelled them otherwise.

    Capitals and zeros in front of a number: "7" is group "007" of the plan.

    Parameters
    ----------
    groups : sequence of Group
        As a list has them.
    course : Course
        That the list was written from.

    Returns
    -------
    tuple of Group
    """
    planned: dict[str, list[str]] = {}
    for group in course.plan.groups:
        planned.setdefault(_loose_label(group.name), []).append(group.name)
    taken = {group.name for group in groups}
    found = []
    for group in groups:
        meant = planned.get(_loose_label(group.name), [])
        known = group.name in meant or len(meant) != 1 or meant[0] in taken
        found.append(group if known else group.model_copy(update={"name": meant[0]}))
        taken.add(found[-1].name)
    return tuple(found)


def _loose_label(label: str) -> str:
    bare = " ".join(seen_only(label).split()).casefold()
    return bare.lstrip("0") if bare.isdigit() else bare


def as_called(course: Course, groups: Sequence[Group], file: str) -> tuple[Course, tuple[Problem, ...]]:
    """Return the course with its groups called as in a list of them, and what was called otherwise.

    Parameters
    ----------
    course : Course
    groups : sequence of Group
        As a list has them.
    file : str
        Name of the list.

    Returns
    -------
    tuple of (Course, tuple of Problem)

    Raises
    ------
    InputError
        Where a group has the name of another one of this term.
    """
    called = renamed(course.plan.groups, groups)
    if not called:
        return course, ()
    others = labels_of(course).keys() - called.keys()
    taken = [label for label in called.values() if label in others]
    if taken:
        raise InputError([_taken(label, file) for label in taken])
    return relabelled(course, called), tuple(_describe_renames(called, file))


def _describe_renames(called: Mapping[str, str], file: str) -> list[Problem]:
    """Say which groups are called otherwise than before."""
    return [
        Problem(
            code="group-renamed",
            level=Level.ASSUMED,
            message=message("{old} is now called {new}; it is the same group.", old=old, new=new),
            hint=message("Rename it in your learning platform too, if it is there."),
            file=file,
        )
        for old, new in called.items()
    ]


def _taken(label: str, file: str) -> Problem:
    return Problem(
        code="group-name-taken",
        level=Level.ERROR,
        message=message("There is, or was this term, a group called “{name}”.", name=label),
        hint=message("Choose another name; capitals alone make no difference."),
        file=file,
    )


def edited(file: str) -> Problem:
    """Say that a list of groups says something else than the plan."""
    return Problem(
        code="groups-edited",
        level=Level.ASSUMED,
        message=message("The groups were edited after the plan was made. Hecht uses the edited groups."),
        hint=message("If that is not right, remove this file from the folder of the plan."),
        file=file,
    )


def other_roles(course: Course, groups: Sequence[Group], roles: Mapping[str, str]) -> bool:
    """Whether a list has other roles than the plan for people whom it leaves in their groups.

    Parameters
    ----------
    course : Course
    groups : sequence of Group
        As the list has them.
    roles : mapping
        Role by student id; empty where the list has none.

    Returns
    -------
    bool
    """
    planned, home = roles_of(course.plan, course.plan.from_week), course.plan.group_of
    stayed = [student for group in groups for student in group.members if home.get(student) == group.name]
    return bool(roles) and any(
        normalize_text(roles.get(one, "")) != normalize_text(planned.get(one, "")) for one in stayed
    )


def roles_edited(file: str) -> Problem:
    """Say that roles cannot be changed in a list of groups."""
    return Problem(
        code="roles-edited",
        level=Level.ASSUMED,
        message=message("The roles in this list were edited. Hecht uses the roles of the plan."),
        hint=message("Students who would rather not have a role can say so in a column of the class list."),
        file=file,
    )


def edited_since(file: str, hint: Message) -> Problem:
    """Say that groups were edited after their plan was made, where its roles are needed.

    Parameters
    ----------
    file : str
        The list of groups, or the folder.
    hint : Message
        What to do about it.

    Returns
    -------
    Problem
    """
    return Problem(
        code="groups-edited-since",
        level=Level.ERROR,
        message=message("The groups were edited after the plan was made; the roles do not fit them yet."),
        hint=hint,
        file=file,
    )

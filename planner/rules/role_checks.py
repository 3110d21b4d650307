"""What is said of roles before a run: wishes for roles that there are not, and roles that nobody gets."""

from __future__ import annotations

from planner.model.domain import Roster
from planner.model.problems import Level, Problem
from planner.model.role_catalogue import minded, place_of
from planner.model.text import Message, message, plural_message
from planner.model.values import choices, normalize_text
from planner.model.wording import did_you_mean, nearest, shortened
from planner.rules.group_settings import GroupSizes
from planner.rules.role_coverage import EVERY_ROLE, NO_ROLE
from planner.rules.role_settings import RoleSettings

MOST_ROLES = 8  # of one course


def check_roles(
    names: tuple[str, ...], roles: RoleSettings, groups: GroupSizes, roster: Roster
) -> list[Problem]:
    """Return what is wrong with roles for a class list, and what is assumed of them.

    Parameters
    ----------
    names : tuple of str
        The roles of the course, the most needed first.
    roles : RoleSettings
    groups : GroupSizes
    roster : Roster

    Returns
    -------
    list of Problem
        Wishes for roles that there are not, and roles for which every group is too small.
    """
    if not names:
        return []
    heading = roles.wish
    if heading is not None and heading not in roster.headings:
        return [_no_column(heading, roster)]
    wished = [] if heading is None else _not_roles(names, heading, roster)
    return [*wished, *_for_nobody(names, groups, len(roster.students))]


def _no_column(heading: str, roster: Roster) -> Problem:
    hint = message("Leave `wish` out under [roles], or name a column of the class list.")
    return Problem(
        code="unknown-column",
        level=Level.ERROR,
        message=message("The class list has no column “{heading}” with wished roles.", heading=heading),
        hint=did_you_mean(heading, roster.headings, hint),
        column=heading,
    )


def _not_roles(names: tuple[str, ...], heading: str, roster: Roster) -> list[Problem]:
    """Name the wished roles that there are not: what looks like one by itself, the others together."""
    wishing: dict[str, tuple[str, list[str]]] = {}
    for student in roster.students:
        for answer in choices(student.answer(heading)):
            if normalize_text(answer) not in EVERY_ROLE | NO_ROLE and place_of(names, answer) is None:
                wishing.setdefault(normalize_text(answer), (answer, []))[1].append(student.id)
    found, strange = [], []
    for answer, students in wishing.values():
        near = nearest(answer, names)
        if near is None:
            strange.append(answer)
            continue
        sentence = message(
            "A wish for “{role}” does not count, because this course does not have that role: {names}.",
            role=answer,
            names=shortened(roster.names(students)),
        )
        problem = _unknown(heading, sentence, message("Did you mean “{near}”?", near=near))
        several = message("Wishes for roles that this course does not have do not count: {items}.", items=())
        item = message("“{role}” ({names})", role=answer, names=shortened(roster.names(students)))
        found.append(problem.model_copy(update={"item": item, "together": several}))
    if strange:
        sentence = message(
            "Wishes for roles that this course does not have do not count: {roles}.", roles=shortened(strange)
        )
        found.append(_unknown(heading, sentence, message("Roles: {roles}.", roles=names)))
    return found


def roles_named(names: tuple[str, ...], roles: RoleSettings, roster: Roster) -> tuple[str, ...]:
    """Return the roles of a course as students name them where they say what they would like, or rather not.

    Parameters
    ----------
    names : tuple of str
        The roles of the course.
    roles : RoleSettings
        With the columns in which roles are named.
    roster : Roster

    Returns
    -------
    tuple of str
        Those of the course that somebody names, then what is none of it yet, most named first; where the
        course lists its roles itself, all of these come first. Eight at the most.
    """
    counts: dict[str, int] = {}
    written: dict[str, str] = {}
    for student in roster.students:
        for heading in (roles.opt_out, roles.wish):
            for answer in choices(student.answer(heading)) if heading else ():
                key = normalize_text(answer)
                if key not in EVERY_ROLE | NO_ROLE:
                    written.setdefault(key, answer)
                    counts[key] = counts.get(key, 0) + 1
    ordered = sorted(counts, key=lambda key: -counts[key])
    places = {place_of(names, written[key]) for key in ordered}
    kept = [name for place, name in enumerate(names) if roles.names is not None or place in places]
    new = [written[key] for key in ordered if place_of(names, written[key]) is None]
    return tuple([*kept, *new][:MOST_ROLES])


def _unknown(heading: str, message: Message, hint: Message) -> Problem:
    return Problem(code="unknown-role", level=Level.ASSUMED, message=message, hint=hint, column=heading)


def _for_nobody(names: tuple[str, ...], groups: GroupSizes, students: int) -> list[Problem]:
    """Name the roles that groups are too small for, where nobody does their work beside another role."""
    largest, count = groups.size[1], groups.count
    size = min(largest, -(-students // count)) if count else groups.preferred
    cared_for = minded(names, size)
    return [
        Problem(
            code="role-for-nobody",
            level=Level.ASSUMED,
            message=_too_small(names[place], place + 1, size, largest),
            hint=message("Name it earlier in the list of roles, or allow larger groups."),
        )
        for place in range(size, len(names))
        if place not in cared_for
    ]


def _too_small(role: str, needed: int, size: int, largest: int) -> Message:
    if needed > largest:
        return plural_message(
            "Nobody gets the role “{role}”: a group has one member at most, and fills the first role.",
            "Nobody gets the role “{role}”: a group has {n} members at most, and fills the first {n} roles.",
            largest,
            role=role,
        )
    return message(
        "In groups of {size} nobody gets the role “{role}”: only groups of {needed} or more have it.",
        size=size,
        role=role,
        needed=needed,
    )

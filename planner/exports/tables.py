"""Our own CSV files: groups, roles and changes, for people and for the way back in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from planner.exports.files import people_csv, placed
from planner.model.domain import (
    BESIDE_MEMBERS,
    Group,
    Left,
    Plan,
    Roster,
    Turn,
)
from planner.model.handover import Change, Presence
from planner.model.text import Language


def groups_csv(roster: Roster, plan: Plan, week: int = 1, separator: str | None = None) -> bytes:
    """Write who is in which group.

    Parameters
    ----------
    roster : Roster
        The class list.
    plan : Plan
    week : int
        The first week that is still to come; the role is the one of that week.
    separator : str or None
        None takes ``;`` in Dutch and ``,`` in English, as Excel splits there.

    Returns
    -------
    bytes
        ``student_id, name, group, role``, and what groups have besides members (``class, topic, tutor,
        moment, room``, as far as any has it), one row per student, by group and then surname.
        `planner.model.cells.restore` gives every cell back as it was.
    """
    roles = roles_of(plan, week)
    beside, had = beside_members(plan.groups), {group.name: group for group in plan.groups}
    rows = [
        (one.id, one.name, group, roles.get(one.id, ""), *(had[group].has(what) or "" for what in beside))
        for group, one in placed(roster, plan)
    ]
    headings = ("student_id", "name", "group", "role", *beside)
    return people_csv([headings, *rows], separator or separator_of(plan.language))


def beside_members(groups: Iterable[Group]) -> tuple[str, ...]:
    """Return what some groups have besides members, of `BESIDE_MEMBERS`; nothing where none has any."""
    listed = tuple(groups)
    return tuple(what for what in BESIDE_MEMBERS if any(group.has(what) is not None for group in listed))


def roles_csv(
    roster: Roster, plan: Plan, separator: str | None = None, presence: Presence | None = None
) -> bytes:
    """Write who has which role in which week: ``week, group, student_id, name, role``.

    Everybody is in every week in which they were there, also without a role, and also who left
    since: it is where one can read who is with whom.

    Parameters
    ----------
    roster : Roster
        The class list.
    plan : Plan
    separator : str, optional
        Between cells; None takes the one that Excel splits at in the language of the plan.
    presence : Presence, optional
        Who was and will be in which group in every week; None for the groups of the plan all along.

    Returns
    -------
    bytes
    """
    presence = presence or Presence.of(plan)
    planned = [(turn.week, turn.group, turn.student_id, turn.role) for turn in ordered_turns(plan)]
    rows = [
        (str(week), group, student, name_of(roster, student, presence.left), role)
        for week, group, student, role in [*planned, *_others(plan, presence)]
    ]
    place = {group.name: at for at, group in enumerate(plan.groups)}
    rows.sort(key=lambda row: (int(row[0]), place.get(row[1], len(place))))
    headings = ("week", "group", "student_id", "name", "role")
    return people_csv([headings, *rows], separator or separator_of(plan.language))


def _others(plan: Plan, presence: Presence) -> list[tuple[int, str, str, str]]:
    """Return who has no turn in the plan in a week: without a role, or left since."""
    busy = {(turn.week, turn.student_id) for turn in plan.turns}
    return [
        (week, group.name, student, role)
        for week in range(1, presence.weeks + 1)
        for group in presence.groups(week)
        for student in group.members
        if (week, student) not in busy
        for role in roles_of_left(presence.left, student, week) or ("",)
    ]


def roles_of_left(left: Mapping[str, Left], student: str, week: int) -> tuple[str, ...]:
    """Return the roles that somebody had in a week who left since.

    Parameters
    ----------
    left : mapping of str to Left
        Who left, by id.
    student : str
        Id.
    week : int
        Of the term.

    Returns
    -------
    tuple of str
    """
    return tuple(role for then, role in left[student].roles if then == week) if student in left else ()


def changes_csv(changes: Iterable[Change], language: Language, separator: str | None = None) -> bytes:
    """Write what a new plan changes: ``student_id, name, from_group, to_group, reason``.

    Parameters
    ----------
    changes : iterable of Change
    language : Language
    separator : str, optional
        Between cells; None takes the one that Excel splits at in the language.

    Returns
    -------
    bytes
    """
    rows = [
        (one.student_id, one.name, one.from_group or "", one.to_group or "", one.reason.text(language))
        for one in changes
    ]
    headings = ("student_id", "name", "from_group", "to_group", "reason")
    return people_csv([headings, *rows], separator or separator_of(language))


def separator_of(language: Language) -> str:
    """Return what Excel splits on in the country of a language."""
    return ";" if language == "nl" else ","


def roles_of(plan: Plan, week: int) -> dict[str, str]:
    """Return the role by student id in a week; someone with two roles has both.

    Parameters
    ----------
    plan : Plan
    week : int

    Returns
    -------
    dict of str to str
    """
    roles: dict[str, str] = {}
    for turn in plan.turns:
        if turn.week == week:
            before = roles.get(turn.student_id)
            roles[turn.student_id] = turn.role if before is None else f"{before} + {turn.role}"
    return roles


def ordered_turns(plan: Plan) -> list[Turn]:
    """Return the turns by week, by group in the order of the plan, then as they were."""
    place = {group.name: at for at, group in enumerate(plan.groups)}
    return sorted(plan.turns, key=lambda turn: (turn.week, place.get(turn.group, len(place))))


def name_of(roster: Roster, student_id: str, left: Mapping[str, Left] | None = None) -> str:
    """Return a name, also of who left, or the id of somebody nobody knows.

    Parameters
    ----------
    roster : Roster
        The class list.
    student_id : str
    left : mapping of str to Left, optional
        Who left, by id.

    Returns
    -------
    str
    """
    student = roster.by_id.get(student_id) or (left or {}).get(student_id)
    return student.name if student else student_id

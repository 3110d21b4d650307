"""Our own CSV files: groups, roles and changes, for people and for the way back in."""

from __future__ import annotations

from collections.abc import Iterable

from planner.domain import Plan, Roster, Turn
from planner.exports.files import Change, people_csv, placed
from planner.text import Language


def groups_csv(roster: Roster, plan: Plan, week: int = 1, separator: str | None = None) -> bytes:
    """Write who is in which group.

    Parameters
    ----------
    week : int
        The first week that is still to come; the role is the one of that week.
    separator : str or None
        None takes ``;`` in Dutch and ``,`` in English, as Excel splits there.

    Returns
    -------
    bytes
        ``student_id, name, group, role``, one row per student, by group and then
        surname. `planner.cells.restore` gives every cell back as it was.
    """
    roles = roles_of(plan, week)
    rows = [(one.id, one.name, group, roles.get(one.id, "")) for group, one in placed(roster, plan)]
    headings = ("student_id", "name", "group", "role")
    return people_csv([headings, *rows], separator or separator_of(plan.language))


def roles_csv(roster: Roster, plan: Plan, separator: str | None = None) -> bytes:
    """Write who has which role in which week: ``week, group, student_id, name, role``.

    Where the groups change during the term, everybody is in every week, also without a
    role: it is where one can read who is with whom.
    """
    rows = [
        (str(week), group, student, name_of(roster, student), role)
        for week, group, student, role in [*_told(plan), *_without_role(plan)]
    ]
    if plan.later:
        order = {group.name: place for place, group in enumerate(plan.groups)}
        rows.sort(key=lambda row: (int(row[0]), order.get(row[1], len(order))))
    headings = ("week", "group", "student_id", "name", "role")
    return people_csv([headings, *rows], separator or separator_of(plan.language))


def _told(plan: Plan) -> list[tuple[int, str, str, str]]:
    return [(turn.week, turn.group, turn.student_id, turn.role) for turn in ordered_turns(plan)]


def _without_role(plan: Plan) -> list[tuple[int, str, str, str]]:
    """Members without a role, in every week of a plan with more than one block."""
    if not plan.later:
        return []
    last = max([plan.later[-1].from_week, *(turn.week for turn in plan.turns)])
    busy = {(turn.week, turn.student_id) for turn in plan.turns}
    return [
        (week, group.name, student, "")
        for week in range(plan.from_week, last + 1)
        for group in plan.block_of(week).groups
        for student in group.members
        if (week, student) not in busy
    ]


def changes_csv(changes: Iterable[Change], language: Language, separator: str | None = None) -> bytes:
    """Write what a new plan changes: ``student_id, name, from_group, to_group, reason``."""
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
    """Return the role by student id in a week; someone with two roles has both."""
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


def name_of(roster: Roster, student_id: str) -> str:
    """Return a name, or the id of someone who is not in the class list any more."""
    student = roster.by_id.get(student_id)
    return student.name if student else student_id

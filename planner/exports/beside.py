"""What to know beside the files for a learning system: what is not in them, and what it may not take."""

from __future__ import annotations

from planner.exports import brightspace as its
from planner.exports.files import Elsewhere
from planner.exports.moodle import needs_course
from planner.model.domain import Plan, Roster
from planner.model.handover import Handover
from planner.model.problems import Level, Problem
from planner.model.text import Message, message
from planner.rosters.reading_log import some

MOST_IN_ZOOM, MOST_ROOMS = 200, 100

Problems = tuple[Problem, ...]


def brightspace(_roster: Roster, plan: Plan, now: Handover, _there: Elsewhere) -> Problems:
    """Say what Brightspace may refuse, and where there is nothing to import.

    Parameters
    ----------
    _roster : Roster
        The class list.
    plan : Plan
    now : Handover
        Who moved where, and from which week.
    _there : Elsewhere
        What the system has already.

    Returns
    -------
    Problems
    """
    home = plan.group_of
    rows = len(home)
    if now.previous is not None:
        before = now.previous
        moved = [student for student, group in home.items() if before.get(student) != group]
        rows = len(moved) + sum(student in before for student in moved)
        if not rows:
            nothing = message("Everyone is in the same group as before: there is nothing to import.")
            return (_known("import-nothing", nothing),)
    found = [
        _known(
            "brightspace-students",
            message("Only those who are in the course as a student can be put in groups."),
        )
    ]
    if len(plan.groups) > its.MOST_GROUPS:
        room = message(
            "There are {n} groups. At many institutions Brightspace has room for {most} in a category.",
            n=len(plan.groups),
            most=its.MOST_GROUPS,
        )
        found.append(_too_many(room, message("Divide the groups over two categories there.")))
    if rows > its.MOST_ROWS:
        long = message(
            "The file for Brightspace has {n} rows. At many institutions it may have {most}.",
            n=rows,
            most=its.MOST_ROWS,
        )
        found.append(_too_many(long, message("Cut the file in two, and import the first part first.")))
    return tuple(found)


def moodle(roster: Roster, plan: Plan, now: Handover, there: Elsewhere) -> Problems:
    """Say what the import of members needs, and whom it leaves in their old group.

    Parameters
    ----------
    roster : Roster
        The class list.
    plan : Plan
    now : Handover
        Who moved where, and from which week.
    there : Elsewhere
        What the system has already.

    Returns
    -------
    Problems
    """
    if not there.moodle_course:
        return (needs_course(),)
    choose = message(
        "In Upload users, choose to update existing users only; "
        "where the file has e-mail addresses, let it match on these."
    )
    return (_known("moodle-update-only", choose), *moodle_plugin(roster, plan, now, there))


def moodle_plugin(roster: Roster, plan: Plan, now: Handover, _there: Elsewhere) -> Problems:
    """Say whom Moodle leaves in their old group as well.

    Parameters
    ----------
    roster : Roster
        The class list.
    plan : Plan
    now : Handover
        Who moved where, and from which week.
    _there : Elsewhere
        What the system has already.

    Returns
    -------
    Problems
    """
    return _left_behind("Moodle", roster, plan, now)


def blackboard(roster: Roster, plan: Plan, now: Handover, there: Elsewhere) -> Problems:
    """Say which codes are used, and whom Blackboard leaves in their old group as well.

    Parameters
    ----------
    roster : Roster
        The class list.
    plan : Plan
    now : Handover
        Who moved where, and from which week.
    there : Elsewhere
        What the system has already.

    Returns
    -------
    Problems
    """
    codes = message("The members file has the codes of the groups file: import that one first.")
    hint = message(
        "Does Blackboard already have groups that were made in another way? Then add its export of groups: "
        "it knows these by its own codes."
    )
    if there.blackboard is None:
        return (
            Problem(code="blackboard-codes", level=Level.NOTE, message=codes, hint=hint),
            *_left_behind("Blackboard", roster, plan, now),
        )
    return _left_behind("Blackboard", roster, plan, now)


def zoom(_roster: Roster, plan: Plan, _now: Handover, _there: Elsewhere) -> Problems:
    """Say where there are more people or rooms than Zoom may take.

    Parameters
    ----------
    _roster : Roster
        The class list.
    plan : Plan
    _now : Handover
        Who moved where, and from which week.
    _there : Elsewhere
        What the system has already.

    Returns
    -------
    Problems
    """
    found = []
    people, rooms = len(plan.group_of), len(plan.groups)
    if people > MOST_IN_ZOOM:
        many = message(
            "There are {n} people. At many institutions Zoom puts {most} in rooms beforehand.",
            n=people,
            most=MOST_IN_ZOOM,
        )
        found.append(
            _too_many(
                many,
                message(
                    "Ask how many are possible at your institution, or divide the class over more meetings."
                ),
            )
        )
    if rooms > MOST_ROOMS:
        many = message(
            "There are {n} rooms. Zoom can make at most {most} beforehand.", n=rooms, most=MOST_ROOMS
        )
        found.append(_too_many(many, message("Divide the class over more meetings.")))
    return tuple(found)


def _left_behind(system: str, roster: Roster, plan: Plan, now: Handover) -> Problems:
    """Say who move, where a system adds people to groups and takes nobody out."""
    before = now.previous or {}
    movers = [student for student, group in plan.group_of.items() if before.get(student, group) != group]
    if not movers:
        return ()
    return (
        Problem(
            code="import-only-adds",
            level=Level.ASSUMED,
            message=message("{system} adds people to groups and removes nobody.", system=system),
            hint=message("Remove from their old group there: {names}.", names=some(roster.names(movers))),
        ),
    )


def _too_many(message: Message, hint: Message) -> Problem:
    return Problem(code="import-too-many", level=Level.ASSUMED, message=message, hint=hint)


def _known(code: str, message: Message) -> Problem:
    return Problem(code=code, level=Level.NOTE, message=message)

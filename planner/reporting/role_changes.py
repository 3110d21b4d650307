"""What a rerun says of roles: what is asked now that was not asked before."""

from __future__ import annotations

from collections.abc import Iterable

from planner.model.domain import Roster
from planner.model.role_catalogue import place_of
from planner.model.text import Message, message, plural_message
from planner.model.wording import shortened
from planner.replanning.previous_assignment import PreviousAssignment
from planner.rules import Rules
from planner.rules.asked_roles import AskedRoles

MOST_NAMED = 5  # students who are told of one by one


def role_changes(rules: Rules, roster: Roster, earlier: PreviousAssignment, week: int) -> tuple[Message, ...]:
    """Return what changed about roles since the plan before, and holds from a week on.

    Parameters
    ----------
    rules : Rules
    roster : Roster
        The class list.
    earlier : PreviousAssignment
        How things were, in ids of now.
    week : int
        From which the new roles hold.

    Returns
    -------
    tuple of Message
        One sentence for each thing that changed.
    """
    was, now = earlier.asked, AskedRoles.of(rules, roster)
    if was is None or was == now or not (was.names or now.names):
        return ()
    stayed = [one.id for one in roster.students if one.id in earlier.group_of]
    return (
        *_settings(was, now, week),
        *_left_to_others(was, now, roster, stayed, week),
        *_liked(was, now, roster, stayed),
    )


def _settings(was: AskedRoles, now: AskedRoles, week: int) -> list[Message]:
    found = []
    if [place_of(now.names, name) for name in was.names] != list(range(len(now.names))):
        found.append(_names(was, now, week))
    if not now.names:
        return found
    if was.rotate_every != now.rotate_every:
        found.append(
            plural_message(
                "From week {week} on, roles rotate every week.",
                "From week {week} on, roles rotate every {n} weeks.",
                now.rotate_every,
                week=week,
            )
            if now.rotate_every
            else message(
                "From week {week} on everyone keeps their role as long as the groups stay.", week=week
            )
        )
    if was.weeks != now.weeks:
        found.append(
            plural_message(
                "The term now has {n} week; there were roles for {was}.",
                "The term now has {n} weeks; there were roles for {was}.",
                now.weeks,
                was=was.weeks,
            )
        )
    return found


def _names(was: AskedRoles, now: AskedRoles, week: int) -> Message:
    if not now.names:
        return message("From week {week} on there are no roles.", week=week)
    if not was.names:
        return message("From week {week} on there are roles: {roles}.", week=week, roles=now.names)
    return message(
        "Roles from week {week} on: {roles}. Before that: {before}.",
        week=week,
        roles=now.names,
        before=was.names,
    )


def _left_to_others(
    was: AskedRoles, now: AskedRoles, roster: Roster, stayed: Iterable[str], week: int
) -> list[Message]:
    """Say who leaves other roles to others than before, as far as both lists have them."""
    as_now = was.named(now.names)
    before = {one: as_now.leaves.get(one, frozenset()) for one in stayed}
    after = {one: now.leaves.get(one, frozenset()).intersection(as_now.names) for one in before}
    changed = [one for one in before if before[one] != after[one]]
    if len(changed) > MOST_NAMED:
        return [
            message(
                "From week {week} on, these students have changed which roles they would rather not have: "
                "{names}.",
                week=week,
                names=shortened(roster.names(changed)),
            )
        ]
    found = []
    for one in changed:
        name = roster.shown_names[one]
        if more := _in_order(now, after[one] - before[one]):
            found.append(
                message(
                    "From week {week} on, {name} would rather not be: {roles}.",
                    week=week,
                    name=name,
                    roles=more,
                )
            )
        if back := _in_order(now, before[one] - after[one]):
            found.append(
                message(
                    "From week {week} on, {name} may again be: {roles}.", week=week, name=name, roles=back
                )
            )
    return found


def _liked(was: AskedRoles, now: AskedRoles, roster: Roster, stayed: Iterable[str]) -> list[Message]:
    before = was.named(now.names)
    both = frozenset(before.names)
    changed = [
        one for one in stayed if before.likes.get(one, frozenset()) != now.likes.get(one, frozenset()) & both
    ]
    if not changed:
        return []
    return [
        message(
            "These students wish for other roles than before: {names}.",
            names=shortened(roster.names(changed)),
        )
    ]


def _in_order(now: AskedRoles, roles: frozenset[str]) -> tuple[str, ...]:
    return tuple(name for name in now.names if name in roles)

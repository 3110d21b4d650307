"""Who had which role before a block, and which roles are minded beside another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from planner.audit.rounds import rounds_before
from planner.engines.roles.turn_counts import PastTurns
from planner.model.domain import Group, Roster, Turn
from planner.model.role_catalogue import minded, place_of
from planner.rules.asked_roles import can_take, would_like
from planner.rules.settings import Rules


class TurnHistory:
    """Who had which role before a block.

    Parameters
    ----------
    rules : Rules
    past : iterable of Turn
        Those of `from_week` and later do not count.
    from_week : int
        First week of the block.
    """

    def __init__(self, rules: Rules, past: Iterable[Turn], from_week: int) -> None:
        self._rules = rules
        past = list(past)
        every = rules.roles.rotate_every
        weeks = rounds_before(rules, past, from_week) if every else []
        begun = {week: first for first, last in weeks for week in range(first, last + 1)}
        self._rounds: dict[tuple[str, int | None], set[tuple[int | str, str]]] = {}
        self._last: dict[str, int] = {}
        for turn in past:
            if turn.minds or turn.week >= from_week:
                continue
            role = place_of(rules.role_names, turn.role)
            held = self._rounds.setdefault((turn.student_id, role), set())
            # Where roles stay, a turn is as long as a group is.
            held.add((begun.get(turn.week, turn.week) if every else turn.group, turn.role))
            if turn.week == from_week - 1 and role is not None:
                self._last[turn.student_id] = role

    def of(self, roster: Roster, members: Sequence[str]) -> PastTurns:
        """Return what the members of a group bring along.

        Parameters
        ----------
        roster : Roster
        members : sequence of str
            Ids.

        Returns
        -------
        PastTurns
            In the order of the members, with roles as places in the course's list.
        """
        roles = range(len(self._rules.role_names))
        return PastTurns(
            tuple(tuple(len(self._rounds.get((one, role), ())) for role in roles) for one in members),
            tuple(self._last.get(one, -1) for one in members),
            tuple(would_like(self._rules, roster.by_id[one]) for one in members),
            tuple(len(self._rounds.get((one, None), ())) for one in members),
        )


def with_minded(
    rules: Rules, roster: Roster, groups: Sequence[Group], turns: Sequence[Turn]
) -> tuple[Turn, ...]:
    """Add the roles that groups are too small to fill, beside the role that minds them; sort by week.

    Parameters
    ----------
    rules : Rules
    roster : Roster
    groups : sequence of Group
    turns : sequence of Turn
        Without minded ones.

    Returns
    -------
    tuple of Turn
    """
    names = rules.role_names
    minding = {group.name: minded(names, len(group.members)) for group in groups}
    more = [
        turn.model_copy(update={"role": names[role], "minds": True})
        for turn in turns
        for role, minder in minding.get(turn.group, {}).items()
        if names[minder] == turn.role and role in can_take(rules, roster.by_id[turn.student_id])
    ]
    return tuple(sorted([*turns, *more], key=lambda turn: turn.week))

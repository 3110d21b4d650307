"""Roles after a change: past weeks stay, and only what became vacant moves, or what is asked anew."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence

from planner.audit.rounds import counted_from, past_rounds, rounds_of
from planner.engines.roles.refill import refill
from planner.engines.roles.refill_problem import GRANT, KEEP, SHARE
from planner.model.domain import Group, Roster, Turn
from planner.model.role_catalogue import place_of, positions
from planner.planning.roles import plan_turns
from planner.planning.turn_history import TurnHistory, with_minded
from planner.rules.asked_roles import AskedRoles, can_take
from planner.rules.fair_turns import most_filled
from planner.rules.settings import Rules
from planner.rules.shares import NO_MORE


def replan_turns(
    rules: Rules,
    roster: Roster,
    groups: Sequence[Group],
    before: Sequence[Group],
    turns: Sequence[Turn],
    from_week: int,
    seed: int,
    *,
    until: int | None = None,
    at_once: bool = False,
    asked: AskedRoles | None = None,
) -> tuple[Turn, ...]:
    """Return the roles of a term whose groups, or what is asked about roles, changed at `from_week`.

    Weeks that are past stay as they were, for who is still here. A group that kept
    its members keeps its turns, as far as they are what is asked now. Where somebody left, or may not
    take a role any more, only what became vacant moves, to whoever
    had least in this block, and then in the term. Where more joined than left, or roles go round at
    another pace, turns are shared out fairly anew, and as few change as that allows.

    Parameters
    ----------
    rules : Rules
    roster : Roster
    groups : sequence of Group
        The new ones.
    before : sequence of Group
        The groups that the turns were made for.
    turns : sequence of Turn
        Of the whole term, as they were.
    from_week : int
        The first one of the new groups.
    seed : int
        Of draws between people who had as much.
    until : int, optional
        The last week of these groups (None: of the term), in `turns` as well.
    at_once : bool
        Whether somebody waits for the answer: then each round is solved by itself first, and no more than a
        moment is spent on better ones.
    asked : AskedRoles, optional
        What was asked about roles before; None is the same as now.

    Returns
    -------
    tuple of Turn
        Of the whole term, past weeks included.
    """
    present = [turn for turn in turns if turn.student_id in roster.by_id]
    past = [turn for turn in present if turn.week < from_week]
    if not rules.role_names:
        return tuple(past)
    again = _Again(rules, roster, present, from_week, until, asked or AskedRoles.of(rules, roster))
    old = {group.name: group.members for group in before}
    found: list[Turn] = []
    for group in groups:
        order = again.order(group, old.get(group.name, ()))
        kept = again.kept(group) if order == KEEP else None
        if kept is not None:
            found += kept
        elif again.known(group):
            found += again.refilled(group, old.get(group.name, ()), order, at_once=at_once)
        else:
            dealt = plan_turns(
                rules,
                roster,
                [group],
                seed,
                from_week=from_week,
                until=until,
                past=past,
                counted=again.counted,
            )
            found += [turn for turn in dealt if not turn.minds]
    return (*past, *with_minded(rules, roster, groups, found))


class _Again:
    """The turns of a term as they were planned, looked at from a week in it."""

    def __init__(
        self,
        rules: Rules,
        roster: Roster,
        turns: Sequence[Turn],
        from_week: int,
        until: int | None,
        asked: AskedRoles,
    ) -> None:
        self._rules, self._roster, self._from_week = rules, roster, from_week
        other_pace = asked.rotate_every != rules.roles.rotate_every
        self.counted = from_week if other_pace else counted_from(rules, turns, from_week, until)
        self._coming = rounds_of(rules, from_week, until, self.counted)
        self._over = past_rounds(rules, turns, from_week, self.counted)
        self._was, self._now = asked.named(rules.role_names), AskedRoles.of(rules, roster)
        self._history = TurnHistory(rules, turns, from_week)
        self._of_group: dict[str, list[Turn]] = defaultdict(list)
        self._of_student: dict[str, list[Turn]] = defaultdict(list)
        for turn in turns:
            if not turn.minds:
                self._of_group[turn.group].append(turn)
                self._of_student[turn.student_id].append(turn)

    def order(self, group: Group, old: Collection[str]) -> Sequence[str]:
        """Return what matters in a group that had these members, the most first."""
        none: frozenset[str] = frozenset()
        stayed = [one for one in group.members if one in old]
        if any(self._was.likes.get(one, none) != self._now.likes.get(one, none) for one in stayed):
            return GRANT
        joined, left = set(group.members) - set(old), set(old) - set(group.members)
        # Who takes the place of another takes over what is vacant; for who comes besides there is nothing.
        if self._was.rotate_every != self._now.rotate_every or len(joined) > len(left):
            return SHARE
        return KEEP

    def kept(self, group: Group) -> list[Turn] | None:
        """Return the turns to come as they were planned; None where something else is asked now."""
        weeks = {week: first for first, last in self._coming for week in range(first, last + 1)}
        able = [can_take(self._rules, self._roster.by_id[student]) for student in group.members]
        filled = positions(self._rules.role_names, len(able))
        most = most_filled(tuple(filled), tuple(able))
        mine = [turn for turn in self._of_group[group.name] if turn.week in weeks]
        held = self._held(group, mine)
        for week, first in weeks.items():
            now = held.get(week, {})
            wanted = Counter(now.values()) <= Counter(filled) and len(now) == most
            may = all(role in able[m] for m, role in now.items())
            if not (wanted and may and now == held.get(first)):
                return None
        names = self._rules.role_names
        renamed = [(turn, place_of(names, turn.role)) for turn in mine]
        whole = len(mine) == sum(map(len, held.values())) and all(t.student_id in group.members for t in mine)
        return (
            [t.model_copy(update={"role": names[p]}) for t, p in renamed if p is not None] if whole else None
        )

    def known(self, group: Group) -> bool:
        """Whether there are turns of before that count in a group, or that could stay."""
        firsts = {first for first, _ in self._over}
        return bool(self._of_group[group.name]) or any(
            turn.week in firsts for student in group.members for turn in self._of_student[student]
        )

    def _held(self, group: Group, turns: Iterable[Turn]) -> dict[int, dict[int, int]]:
        """Return by week who of the group holds what; `NO_MORE` is a role that there is no more."""
        place = {student: number for number, student in enumerate(group.members)}
        held: dict[int, dict[int, int]] = {}
        for turn in turns:
            role = place_of(self._rules.role_names, turn.role)
            if turn.student_id in place:
                held.setdefault(turn.week, {})[place[turn.student_id]] = NO_MORE if role is None else role
        return held

    def refilled(
        self, group: Group, old: Collection[str], order: Sequence[str], *, at_once: bool
    ) -> list[Turn]:
        """Return the turns to come of a group that changed."""
        names, members = self._rules.role_names, list(group.members)
        theirs = [turn for student in members for turn in self._of_student[student]]
        held = self._held(
            group, (turn for turn in theirs if turn.week < self._from_week or turn.group == group.name)
        )
        past = self._history.of(self._roster, members)
        dealt = refill(
            positions(names, len(members)),
            [can_take(self._rules, self._roster.by_id[student]) for student in members],
            [held.get(first, {}) for first, _ in self._coming],
            [held.get(first, {}) for first, _ in self._over],
            frozenset(place for place, student in enumerate(members) if student in old),
            earlier={(m, role): n for m, mine in enumerate(past.turns) for role, n in enumerate(mine) if n},
            wished=past.wished,
            order=order,
            at_once=at_once,
        )
        return [
            Turn(week=week, group=group.name, student_id=members[member], role=names[role])
            for (first, last), holders in zip(self._coming, dealt, strict=True)
            for week in range(first, last + 1)
            for member, role in sorted(holders.items(), key=lambda item: item[1])
        ]

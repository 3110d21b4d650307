"""Roles per week: every group's rota, told in weeks, names and roles."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

from planner.domain import Group, Roster, Turn
from planner.engines.refill import refill
from planner.engines.turns import Past, rota
from planner.role_catalogue import minded, positions
from planner.rules.settings import Rules
from planner.rules.turns import can_take, past_rounds, rounds_of, would_like


def plan_turns(
    rules: Rules,
    roster: Roster,
    groups: Sequence[Group],
    seed: int,
    *,
    from_week: int = 1,
    until: int | None = None,
    past: Sequence[Turn] = (),
) -> tuple[Turn, ...]:
    """Return who has which role in each week of a block, or of the whole term.

    The first turn in a group is drawn with the seed, so that the alphabet does not
    decide who opens the term. Weeks of one round have the same roles. `past` holds the
    turns of earlier blocks: turns are shared fairly within the block, and where that
    leaves a choice it goes to whoever had the role least.
    """
    names = rules.role_names
    if not names:
        return ()
    rounds = rounds_of(rules, from_week, until)
    history = _History(rules, past, from_week)
    turns: list[Turn] = []
    for number, group in enumerate(groups):
        order = np.random.default_rng((seed, number)).permutation(len(group.members))
        members = [group.members[place] for place in order.tolist()]
        able = [can_take(rules, roster.by_id[student]) for student in members]
        filled = positions(names, len(members))
        plan = rota(filled, able, len(rounds), history.of(roster, members))
        for (first, last), holders in zip(rounds, plan.holders, strict=True):
            turns += [
                Turn(week=week, group=group.name, student_id=members[holder], role=names[role])
                for week in range(first, last + 1)
                for role, holder in zip(filled, holders, strict=True)
                if holder >= 0
            ]
    return _with_minded(rules, roster, groups, turns)


class _History:
    """Who had which role before a block."""

    def __init__(self, rules: Rules, past: Sequence[Turn], from_week: int) -> None:
        self._rules = rules
        places = {name: place for place, name in enumerate(rules.role_names)}
        every = rules.roles.rotate_every
        self._rounds: dict[tuple[str, int], set[int | str]] = {}
        self._last: dict[str, int] = {}
        for turn in past:
            if turn.minds or turn.role not in places or turn.week >= from_week:
                continue
            held = self._rounds.setdefault((turn.student_id, places[turn.role]), set())
            # Where roles stay, a turn is as long as a group is.
            held.add((turn.week - 1) // every if every else turn.group)
            if turn.week == from_week - 1:
                self._last[turn.student_id] = places[turn.role]

    def of(self, roster: Roster, members: Sequence[str]) -> Past:
        """Return what the members of a group bring along."""
        roles = range(len(self._rules.role_names))
        return Past(
            tuple(tuple(len(self._rounds.get((one, role), ())) for role in roles) for one in members),
            tuple(self._last.get(one, -1) for one in members),
            tuple(would_like(self._rules, roster.by_id[one]) for one in members),
        )


def _with_minded(
    rules: Rules, roster: Roster, groups: Sequence[Group], turns: Sequence[Turn]
) -> tuple[Turn, ...]:
    """Add the roles that groups are too small to fill, beside the role that minds them; sort by week."""
    names = rules.role_names
    minding = {group.name: minded(names, len(group.members)) for group in groups}
    more = [
        turn.model_copy(update={"role": names[role], "minds": True})
        for turn in turns
        for role, minder in minding.get(turn.group, {}).items()
        if names[minder] == turn.role and role in can_take(rules, roster.by_id[turn.student_id])
    ]
    return tuple(sorted([*turns, *more], key=lambda turn: turn.week))


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
) -> tuple[Turn, ...]:
    """Return the roles of a term whose groups changed at `from_week`.

    Weeks that are past stay as they were, for who is still here. A group that kept
    its members keeps its turns; in the others only what became vacant moves, to whoever
    had it least in this block, and then in the term. `until`
    is the last week of these groups (None: of the term), in `turns` as well; `at_once`
    is for where somebody waits.
    """
    if not rules.role_names:
        return ()
    present = [turn for turn in turns if turn.student_id in roster.by_id]
    past = [turn for turn in present if turn.week < from_week]
    by_group = _by_group(present)
    by_student: dict[str, list[Turn]] = defaultdict(list)
    for turn in present:
        if not turn.minds:
            by_student[turn.student_id].append(turn)
    old = {group.name: group.members for group in before}
    to_come = (until or rules.term.weeks) - from_week + 1
    found: list[Turn] = []
    for group in groups:
        mine = [turn for turn in by_group[group.name] if turn.week >= from_week]
        kept = set(old.get(group.name, ())) == set(group.members) >= {t.student_id for t in mine}
        if kept and len({t.week for t in mine}) == to_come:
            found += mine
        elif by_group[group.name] or past_rounds(rules, from_week):
            theirs = [turn for student in group.members for turn in by_student[student]]
            mates, coming = old.get(group.name, ()), rounds_of(rules, from_week, until)
            found += _refilled(rules, roster, group, mates, theirs, coming, at_once=at_once)
        else:
            dealt = plan_turns(rules, roster, [group], seed, from_week=from_week, until=until, past=past)
            found += [turn for turn in dealt if not turn.minds]
    return (*past, *_with_minded(rules, roster, groups, found))


def _by_group(turns: Iterable[Turn]) -> dict[str, list[Turn]]:
    """Return the turns of each group, without what is minded beside another role."""
    found: dict[str, list[Turn]] = defaultdict(list)
    for turn in turns:
        if not turn.minds:
            found[turn.group].append(turn)
    return found


def _refilled(
    rules: Rules,
    roster: Roster,
    group: Group,
    old: Sequence[str],
    turns: Sequence[Turn],
    coming: Sequence[tuple[int, int]],
    *,
    at_once: bool,
) -> list[Turn]:
    if not coming:
        return []
    names, from_week = rules.role_names, coming[0][0]
    members = list(group.members)
    place = {student: position for position, student in enumerate(members)}
    able = [can_take(rules, roster.by_id[student]) for student in members]
    held: dict[int, dict[int, int]] = {}
    for turn in turns:
        if turn.role in names and (turn.week < from_week or turn.group == group.name):
            held.setdefault(turn.week, {})[place[turn.student_id]] = names.index(turn.role)
    over = [first for first, last in rounds_of(rules) if last < from_week]
    past = [held.get(first, {}) for first, _ in past_rounds(rules, from_week)]
    earlier = Counter((m, role) for first in over for m, role in held.get(first, {}).items())
    stayed = frozenset(place[student] for student in old if student in place)
    kept = [held.get(first, {}) for first, _ in coming]
    dealt = refill(positions(names, len(members)), able, kept, past, stayed, earlier=earlier, at_once=at_once)
    return [
        Turn(week=week, group=group.name, student_id=members[member], role=names[role])
        for (first, last), holders in zip(coming, dealt, strict=True)
        for week in range(first, last + 1)
        for member, role in sorted(holders.items(), key=lambda item: item[1])
    ]

"""Roles per week: every group's rota, told in weeks, names and roles."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from planner.audit.rounds import rounds_of
from planner.engines.roles.rota import rota
from planner.model.domain import Group, Roster, Turn
from planner.model.role_catalogue import positions
from planner.planning.turn_history import TurnHistory, with_minded
from planner.rules.asked_roles import can_take
from planner.rules.settings import Rules


def plan_turns(
    rules: Rules,
    roster: Roster,
    groups: Sequence[Group],
    seed: int,
    *,
    from_week: int = 1,
    until: int | None = None,
    past: Sequence[Turn] = (),
    counted: int | None = None,
) -> tuple[Turn, ...]:
    """Return who has which role in each week of a block, or of the whole term.

    The first turn in a group is drawn with the seed, so that the alphabet does not
    decide who opens the term. Weeks of one round have the same roles. `past` holds the
    turns of earlier blocks: turns are shared fairly within the block, and where that
    leaves a choice it goes to whoever had the role least.

    Parameters
    ----------
    rules : Rules
    roster : Roster
    groups : sequence of Group
        Those that hold in these weeks.
    seed : int
        Of who has the first turn in a group.
    from_week : int, default 1
        First week of these groups.
    until : int, optional
        Last week of these groups; None is that of the term.
    past : sequence of Turn, default ()
        Turns of earlier blocks.
    counted : int, optional
        The week that rounds are counted from; None is the first of these weeks.

    Returns
    -------
    tuple of Turn
        Roles that are minded beside another included; empty where the course has no roles.
    """
    names = rules.role_names
    if not names:
        return ()
    rounds = rounds_of(rules, from_week, until, counted)
    history = TurnHistory(rules, past, from_week)
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
    return with_minded(rules, roster, groups, turns)

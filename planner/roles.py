"""Roles per week: every group's rota, told in weeks, names and roles."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from planner.domain import Group, Roster, Turn
from planner.engines.turns import rota
from planner.role_catalogue import positions
from planner.rules.settings import Rules
from planner.rules.turns import can_take


def plan_turns(rules: Rules, roster: Roster, groups: Sequence[Group], seed: int) -> tuple[Turn, ...]:
    """Return who has which role in each week of the term.

    The first turn in a group is drawn with the seed, so that the alphabet does not
    decide who opens the term. Weeks of one round have the same roles.
    """
    names = rules.role_names
    if not names:
        return ()
    rounds = -(-rules.term.weeks // rules.roles.rotate_every)
    turns: list[Turn] = []
    for number, group in enumerate(groups):
        order = np.random.default_rng((seed, number)).permutation(len(group.members))
        members = [group.members[place] for place in order.tolist()]
        able = [can_take(rules, roster.by_id[student]) for student in members]
        filled = positions(names, len(members))
        plan = rota(filled, able, rounds)
        for week in range(1, rules.term.weeks + 1):
            holders = plan.holders[(week - 1) // rules.roles.rotate_every]
            turns += [
                Turn(week=week, group=group.name, student_id=members[holder], role=names[role])
                for role, holder in zip(filled, holders, strict=True)
                if holder >= 0
            ]
    return tuple(sorted(turns, key=lambda turn: turn.week))

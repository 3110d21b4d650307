"""How things were and what is asked of a replan, in the form that the engines read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations

import numpy as np

from planner.audit.rounds import counted_from, rounds_of
from planner.engines.replanning.objectives import SWITCHES
from planner.engines.replanning.replan_problem import ReplanProblem
from planner.engines.replanning.role_kernels import Turns
from planner.model.domain import Roster
from planner.model.instance import NO_HOME
from planner.model.replan_options import ReplanOptions
from planner.model.role_catalogue import positions
from planner.plans.course import Version
from planner.replanning.previous_assignment import PreviousAssignment
from planner.rules import Rules
from planner.rules.asked_roles import can_take


def replan_problem(
    rules: Rules, roster: Roster, earlier: PreviousAssignment, options: ReplanOptions
) -> ReplanProblem:
    """Put how things were, and what is asked, into the form that the engines read.

    Parameters
    ----------
    rules : Rules
    roster : Roster
        The class list of now.
    earlier : PreviousAssignment
        How things were, in its ids.
    options : ReplanOptions
        What is asked besides.

    Returns
    -------
    ReplanProblem
        Students by their position in the roster, groups by their place among those of before.
    """
    rank = {group.name: place for place, group in enumerate(earlier.groups)}
    home = np.full(len(roster.students), NO_HOME, np.int64)
    for group in earlier.groups:
        for student in group.members:
            if student in roster.position:
                home[roster.position[student]] = rank[group.name]
    locked = {roster.position[s] for s in options.locked if s in roster.position}
    kind = rules.rerun
    switched = zip((kind.spare_movers, kind.newcomers_together, kind.known_faces), SWITCHES, strict=True)
    return ReplanProblem(
        home=home,
        weeks=_weeks_together(roster, earlier, options.from_week),
        moved=frozenset(roster.position[s] for s in _moved(earlier) if s in roster.position),
        locked=frozenset(place for place in locked if home[place] != NO_HOME),
        closed=_ranks(rank, options.closed),
        topped_up=_ranks(rank, options.topped_up),
        dissolved=_ranks(rank, options.dissolved),
        merged={rank[one]: rank[other] for one, other in options.merged if {one, other} <= rank.keys()},
        used=rules.groups.count,
        left_out=frozenset(name for on, name in switched if not on),
        turns=_turns(rules, roster, earlier, options.from_week),
    )


def _ranks(rank: Mapping[str, int], names: Iterable[str]) -> frozenset[int]:
    return frozenset(rank[name] for name in names if name in rank)


def _turns(rules: Rules, roster: Roster, earlier: PreviousAssignment, from_week: int) -> Turns | None:
    """Return the roles of the weeks to come as they were planned; None where there are none."""
    names = rules.role_names
    rounds = rounds_of(rules, from_week, counted_from=counted_from(rules, earlier.turns, from_week))
    planned = [turn for turn in earlier.turns if not turn.minds and turn.week >= from_week]
    if not names or not planned or not rounds:
        return None
    place = {name: number for number, name in enumerate(names)}
    able = np.zeros((len(roster.students), len(names)), np.int64)
    for row, student in zip(able, roster.students, strict=True):
        row[sorted(can_take(rules, student))] = 1
    had = np.full((len(roster.students), len(rounds)), -1, np.int64)
    number = {first: round_ for round_, (first, _) in enumerate(rounds)}
    group_of = earlier.group_of
    for turn in planned:
        here = turn.student_id in roster.position and group_of.get(turn.student_id) == turn.group
        if here and turn.week in number and turn.role in place:
            had[roster.position[turn.student_id], number[turn.week]] = place[turn.role]
    offered = [positions(names, size) for size in range(rules.groups.size[1] + 1)]
    listed = np.full((len(offered), max(map(len, offered))), -1, np.int64)
    for row, roles in zip(listed, offered, strict=True):
        row[: len(roles)] = np.asarray(roles, np.int64)
    return Turns(able, had, listed)


def _weeks_together(roster: Roster, earlier: PreviousAssignment, now: int) -> dict[tuple[int, int], int]:
    """Weeks that two students of the class were in one group, up to now."""
    weeks: dict[tuple[int, int], int] = {}
    versions = (*earlier.versions, Version(from_week=now, groups=earlier.groups))
    ends = [*(min(version.from_week, now) for version in versions[1:]), now]
    for version, end in zip(versions, ends, strict=True):
        span = max(0, end - version.from_week)
        for group in version.groups:
            places = sorted(roster.position[s] for s in group.members if s in roster.position)
            for pair in combinations(places, 2):
                weeks[pair] = weeks.get(pair, 0) + span
    return weeks


def _moved(earlier: PreviousAssignment) -> Mapping[str, None]:
    """Students whose label changed between two versions that held.

    Where a hand put somebody since, or a refresh would this week, is told to nobody yet.
    """
    moved: dict[str, None] = {}
    labels: dict[str, str] = {}
    for version in earlier.history if earlier.week_before else earlier.versions:
        for group in version.groups:
            for student in group.members:
                if labels.setdefault(student, group.name) != group.name:
                    moved[student] = None
                    labels[student] = group.name
    return moved

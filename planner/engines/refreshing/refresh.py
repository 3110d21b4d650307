"""Light refresh: hill climbing over sets of disjoint two-group exchanges, chosen by CP-SAT.

A few travel together, meet new people, and everyone keeps somebody familiar. Two groups that
trade members decide between themselves whether everything is kept, whom they meet and what they
cost. So each round looks at every division of two groups, keeps the best one for each number of
moves, and chooses with CP-SAT which pairs of groups trade, each group once, within the moves
there may be (a very large neighbourhood, Ahuja, Ergun, Orlin & Punnen 2002). The best refresh
among these is the start of the next round, until none is better: rings of three groups and
more come about in two rounds. Small classes are solved whole. See docs/decisions/0010.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from ortools.sat.python import cp_model

from planner.engines.common.cpsat import new_solver
from planner.engines.common.watch import Watch
from planner.engines.refreshing.exchanges import Exchange, Exchanges
from planner.engines.refreshing.refresh_model import best_refresh
from planner.engines.refreshing.refresh_problem import (
    RefreshProblem,
    RefreshValue,
    most_meetings,
    refresh_value,
)
from planner.model.instance import Instance, IntArray

WHOLE = 60  # students x groups up to which the class is solved whole
# Set by hand. On four plans of the sample class of 28, climbing found in a second what the exact model proved
# best in 15 to 20 (docs/decisions/0010); more starts take longer.
ROUNDS = 12
STARTS, LEAST_STARTS, MOST_STARTS = 600, 2, 30  # for a class of one; a larger class has fewer
SEEN = 0.5  # part of the first exchanges that a later start sees
CHOICE_TIME = 4.0  # deterministic seconds for choosing the exchanges of a round


@dataclass(frozen=True)
class RefreshSolution:
    """A refresh and what is proven of it.

    Attributes
    ----------
    places : ndarray of int64, shape (students,)
        Group of each student.
    value : RefreshValue
    most : int
        No refresh lets more pairs meet for the first time.
    proven : bool
        Whether no refresh is better in any respect.
    """

    places: IntArray
    value: RefreshValue
    most: int
    proven: bool


def refresh(instance: Instance, problem: RefreshProblem, *, seed: int, watch: Watch) -> RefreshSolution:
    """Find a refresh with the most first meetings, then the fewest who move again, then the least cost.

    Parameters
    ----------
    instance : Instance
        A cost for every rule; as they are, the groups hold every `must` cost.
    problem : RefreshProblem
    seed : int
    watch : Watch

    Returns
    -------
    RefreshSolution
        That of staying as it is where nothing better was found.
    """
    if instance.students * instance.groups <= WHOLE:
        places, proven = best_refresh(instance, problem, seed=seed, watch=watch)
        found = refresh_value(instance, problem, places)
        return RefreshSolution(places, found, found.meetings if proven else most_meetings(problem), proven)
    climb = _Climb(Exchanges(instance, problem, seed, watch), seed, watch)
    places = problem.home.copy()
    found = refresh_value(instance, problem, places)
    for start in range(min(max(LEAST_STARTS, STARTS // instance.students), MOST_STARTS)):
        if watch.stop():
            break
        tried = climb.from_home(start)
        better = refresh_value(instance, problem, tried)
        if better < found:
            places, found = tried, better
        watch.tell(stage="refresh", cost=found.cost)
    return RefreshSolution(places, found, most_meetings(problem), False)


class _Climb:
    """Hill climbing over exchanges; all starts but the first see half of the first exchanges."""

    def __init__(self, exchanges: Exchanges, seed: int, watch: Watch) -> None:
        self._exchanges, self._seed, self._watch = exchanges, seed, watch
        self._first = exchanges.every(exchanges.problem.home, 0)

    def from_home(self, start: int) -> IntArray:
        """Return what exchanges make of the groups as they were."""
        instance, problem = self._exchanges.instance, self._exchanges.problem
        places = problem.home.copy()
        found = refresh_value(instance, problem, places)
        for number in range(ROUNDS):
            if self._watch.stop():
                break
            tried = self._round(places, number, start)
            better = refresh_value(instance, problem, tried)
            if better >= found and number:
                break
            if better < found:
                places, found = tried, better
        return places

    def _round(self, places: IntArray, number: int, start: int) -> IntArray:
        """Return the best assignment that one exchange or none for each group makes."""
        problem = self._exchanges.problem
        every = self._exchanges.every(places, number) if number else self._first
        if start and not number:
            draw = np.random.default_rng((self._seed, start)).random(len(every))
            every = [one for one, chance in zip(every, draw.tolist(), strict=True) if chance < SEEN]
        room = problem.most_moved - int((places != problem.home).sum())
        after = places.copy()
        for exchange in _chosen(every, room, self._seed + number, self._watch):
            for group, members in zip(exchange.groups, exchange.members, strict=True):
                after[members] = group
        return after


def _chosen(exchanges: Sequence[Exchange], room: int, seed: int, watch: Watch) -> list[Exchange]:
    """Choose exchanges, at most one for each group, that move at most `room` more; the best in order."""
    useful = [one for one in exchanges if one.moved < 0 or one.gain < (0, 0, 0)]
    if not useful:
        return []
    cp = cp_model.CpModel()
    takes = [cp.new_bool_var("") for _ in useful]
    trading: dict[int, list[Any]] = {}
    for take, one in zip(takes, useful, strict=True):
        for group in one.groups:
            trading.setdefault(group, []).append(take)
    for literals in trading.values():
        cp.add_at_most_one(literals)
    cp.add(sum(take * one.moved for take, one in zip(takes, useful, strict=True)) <= room)
    goals = [sum(take * one.gain[goal] for take, one in zip(takes, useful, strict=True)) for goal in range(3)]
    taken: list[Exchange] = []
    for goal in goals:
        cp.minimize(goal)
        solver = new_solver(seed, CHOICE_TIME, watch)
        if solver.solve(cp) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            break
        values = [solver.boolean_value(take) for take in takes]
        taken = [one for value, one in zip(values, useful, strict=True) if value]
        cp.add(goal <= round(solver.objective_value))
        cp.clear_hints()  # type: ignore[no-untyped-call]
        for take, value in zip(takes, values, strict=True):
            cp.add_hint(take, value)
    return taken

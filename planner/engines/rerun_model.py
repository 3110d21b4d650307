"""The model of a rerun: every stage as a term over a freed part of the class."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

import numpy as np
from ortools.sat.python import cp_model

from planner.engines.cpsat import Build, Stopper, new_solver
from planner.engines.limits import Watch
from planner.engines.neighbours import Allowed
from planner.instance import NO_HOME, Instance, IntArray, SumCost, corner

ELSEWHERE = -2  # home of someone whose old group is not part of the model
STAGES = ("moves", "second-moves", "groups-lose", "pairs", "groups-receive", "newcomers-alone", "cost")
SIZES = -2  # `Cost.rule` of the sizes, which a rerun treats as a cost


@dataclass(frozen=True)
class Before:
    """How things were.

    Attributes
    ----------
    home : ndarray of int64, shape (students,)
        Old group of each continuing student; `NO_HOME` for newcomers.
    weeks : dict
        Weeks that two continuing students (smaller position first) were in one
        group; pairs of one group that are missing count as one week.
    moved : frozenset of int
        Who moved before in this term.
    locked : frozenset of int
        Who stays where they are, whatever it costs.
    closed : frozenset of int
        Groups that nobody leaves or joins.
    may_be_empty : bool
        Whether a group may be dissolved.
    used : int or None
        How many groups have members in the end; None: as many as it takes. Only a
        model of the whole class sees to it.
    """

    home: IntArray
    weeks: dict[tuple[int, int], int]
    moved: frozenset[int] = frozenset()
    locked: frozenset[int] = frozenset()
    closed: frozenset[int] = frozenset()
    may_be_empty: bool = True
    used: int | None = None

    @property
    def newcomers(self) -> list[int]:
        """Positions of those who had no group."""
        return np.flatnonzero(self.home == NO_HOME).tolist()


@dataclass(frozen=True)
class Stage:
    """One thing kept as small as can be, after everything before it.

    Attributes
    ----------
    name : str
        One of `STAGES`.
    value : int
    proven : bool
        Whether no plan has less, with what came before it kept.
    """

    name: str
    value: int
    proven: bool


@dataclass(frozen=True)
class Rerun:
    """Where everyone goes, and what is proven about it.

    Attributes
    ----------
    assignment : ndarray of int64, shape (students,), or None
        None where no plan was found.
    stages : tuple of Stage
    impossible : bool
        Proven: no plan holds.
    fewest : int
        Proven lower limit on the moves, where it was raised on the way.
    """

    assignment: IntArray | None
    stages: tuple[Stage, ...] = ()
    impossible: bool = False
    fewest: int = 0


def loosened(instance: Instance, *, may_be_empty: bool) -> Instance:
    """Return an instance whose groups may be empty; sizes become a `must` cost like others."""
    sizes = SumCost(
        must=True,
        price=100,
        rule=SIZES,
        weights=np.ones(instance.students, np.int64),
        low=instance.smallest,
        high=instance.largest,
        from_size=1 if may_be_empty else 0,
    )
    return replace(instance, smallest=0, costs=(*instance.costs, sizes))


class StageModel:
    """The freed part of an instance, with a term for each stage."""

    def __init__(self, instance: Instance, before: Before, allowed: Allowed, *, price: bool) -> None:
        self.before, self.allowed = before, allowed
        self.students, self.groups = allowed.students, allowed.groups
        rank = {group: place for place, group in enumerate(self.groups)}
        rank[NO_HOME] = NO_HOME
        self.part = corner(instance, self.students, self.groups)
        self.home = [rank.get(int(before.home[s]), ELSEWHERE) for s in self.students]
        self.build = Build(self.part, [[rank[g] for g in allowed.choices[s]] for s in self.students])
        self.build.add_costs(price=price)
        if allowed.whole and before.used is not None:
            self._use(before.used)
        self.terms = self._terms()
        self.proven_impossible = False

    def _use(self, groups: int) -> None:
        """Have members in this many groups; closed ones are out of sight and stay as they are."""
        cp, inside = self.build.cp, set(self.groups)
        outside = len({int(g) for g in self.before.home if g != NO_HOME} - inside)
        used = [cp.new_bool_var("") for _ in self.groups]
        for g, literal in enumerate(used):
            cp.add(self.build.size(g) >= 1).only_enforce_if(literal)
            cp.add(self.build.size(g) == 0).only_enforce_if(literal.negated())
        cp.add(sum(used) == groups - outside)

    def _terms(self) -> dict[str, Any]:
        x, home, cp = self.build.x, self.home, self.build.cp
        stays = {s: row[home[s]] for s, row in enumerate(x) if home[s] >= 0 and len(row) > 1}
        gone = {s: 1 - row for s, row in stays.items()}
        second = [gone[s] for s in gone if self.students[s] in self.before.moved]
        loses = {home[s]: cp.new_bool_var("") for s in gone}
        for s, away in gone.items():
            cp.add(loses[home[s]] >= away)
        receives: dict[int, Any] = {}
        for s, row in enumerate(x):
            for g, literal in row.items():
                if g != home[s]:
                    cp.add_implication(literal, receives.setdefault(g, cp.new_bool_var("")))
        return {
            "moves": sum(gone.values()),
            "second-moves": sum(second),
            "groups-lose": sum(loses.values()),
            "pairs": sum(self._broken_pairs()),
            "groups-receive": sum(receives.values()),
            "newcomers-alone": sum(self._alone()),
            "cost": self.build.total,
        }

    def _broken_pairs(self) -> Iterator[Any]:
        """A term for every two group members who may end up in different groups."""
        x, cp = self.build.x, self.build.cp
        mates: dict[int, list[int]] = {}
        for s, student in enumerate(self.students):
            group = int(self.before.home[student])  # also of those whose old group is out of sight
            if group != NO_HOME:
                mates.setdefault(group, []).append(s)
        for members in mates.values():
            for a, b in combinations(members, 2):
                if len(x[a]) == len(x[b]) == 1:
                    continue
                broken = cp.new_bool_var("")
                for g in x[a].keys() | x[b].keys():
                    cp.add(self.build.at(a, g) - self.build.at(b, g) <= broken)
                first, second = sorted((self.students[a], self.students[b]))
                yield broken * max(1, self.before.weeks.get((first, second), 1))

    def _alone(self) -> Iterator[Any]:
        """A term for every newcomer who is the only one in their group."""
        x, cp = self.build.x, self.build.cp
        newcomers = [s for s, group in enumerate(self.home) if group == NO_HOME]
        if len(newcomers) < 2:
            return
        for s in newcomers:
            alone = cp.new_bool_var("")
            for g, literal in x[s].items():
                others = [self.build.at(o, g) for o in newcomers if o != s]
                cp.add(sum(others) + alone >= 1).only_enforce_if(literal)
            yield alone

    def term(self, weights: Mapping[str, int]) -> Any:
        """Weighted sum of stages."""
        return sum(self.terms[name] * weight for name, weight in weights.items())

    def minimise(
        self, term: Any, least: int, hint: IntArray | None, seed: int, watch: Watch, time: float
    ) -> tuple[IntArray, int, bool] | None:
        """Return assignment, value and whether it is proven least in this model."""
        cp = self.build.cp
        if isinstance(term, int) and hint is not None:
            return hint, term, True
        if least and not isinstance(term, int):
            cp.add(term >= least)
        cp.clear_hints()  # type: ignore[no-untyped-call]
        if hint is not None:
            self.build.hint(hint)
        cp.clear_objective()  # type: ignore[no-untyped-call]
        cp.minimize(term)
        solver = new_solver(seed, time, watch)
        solver.parameters.keep_all_feasible_solutions_in_presolve = True
        status = solver.solve(cp, Stopper(watch))
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            self.proven_impossible = status == cp_model.INFEASIBLE
            return None
        return self.build.read(solver), round(solver.objective_value), status == cp_model.OPTIMAL

    def keep(self, name: str, value: int) -> None:
        """From now on, no more than this."""
        if not isinstance(self.terms[name], int):
            self.build.cp.add(self.terms[name] <= value)

    def everyone(self, base: IntArray, assignment: IntArray) -> IntArray:
        """Return the assignment of the whole class; who is not in the model stays as in `base`."""
        places = base.copy()
        places[self.students] = np.asarray(self.groups, np.int64)[assignment]
        return places

    def here(self, places: IntArray) -> IntArray:
        """Return the part of a whole assignment that the model is about."""
        rank = {group: place for place, group in enumerate(self.groups)}
        return np.asarray([rank[int(places[s])] for s in self.students], np.int64)


def moves_of(home: IntArray, assignment: IntArray) -> int:
    """Count continuing students in another group than before."""
    return int(((home != NO_HOME) & (home != assignment)).sum())


def count_stages(
    home: IntArray, places: IntArray, before: Before, students: Sequence[int] | None = None
) -> dict[str, int]:
    """Count every stage but the cost, plainly.

    Parameters
    ----------
    home, places : ndarray of int64
        Old group (`NO_HOME` for newcomers, `ELSEWHERE` where it is out of sight) and new one.
    before : Before
    students : sequence of int, optional
        Positions in the class of those that `home` and `places` are about; otherwise everyone.
    """
    ids = range(len(home)) if students is None else students
    movers = [s for s, own in enumerate(home.tolist()) if own >= 0 and own != places[s]]
    arrivals = [s for s, own in enumerate(home.tolist()) if own != places[s]]
    newcomers = [s for s, own in enumerate(home.tolist()) if own == NO_HOME]
    company = [int(places[s]) for s in newcomers]
    return {
        "moves": len(movers),
        "second-moves": sum(ids[s] in before.moved for s in movers),
        "groups-lose": len({int(home[s]) for s in movers}),
        "pairs": _pairs(places, before, ids),
        "groups-receive": len({int(places[s]) for s in arrivals}),
        "newcomers-alone": sum(company.count(g) == 1 for g in company) if len(newcomers) > 1 else 0,
    }


def _pairs(places: IntArray, before: Before, ids: Sequence[int]) -> int:
    mates: dict[int, list[int]] = {}
    for s, student in enumerate(ids):
        own = int(before.home[student])
        if own != NO_HOME:
            mates.setdefault(own, []).append(s)
    return sum(
        max(1, before.weeks.get((min(ids[a], ids[b]), max(ids[a], ids[b])), 1))
        for members in mates.values()
        for a, b in combinations(members, 2)
        if places[a] != places[b]
    )

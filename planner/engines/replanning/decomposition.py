"""Decomposition of a class too large to choose from at once, then large neighbourhood search.

The old groups are dealt into parts, each with its share of the newcomers, and every part
is repaired exactly. Then parts are drawn anew around those who move, and repaired exactly
again, as long as that spares moves (large neighbourhood search, Shaw 1998). Where the
parts cannot be repaired so, any plan that holds is begun with.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from planner.engines.common.watch import Watch
from planner.engines.infeasibility.group_counts import excluded
from planner.engines.local_search.search import search
from planner.engines.replanning.numbering import moves_of
from planner.engines.replanning.replan_problem import ReplanProblem
from planner.model.evaluation import evaluate
from planner.model.instance import NO_HOME, CompanyCost, HomeCost, Instance, IntArray, PairCost, subinstance

# Set by hand: larger parts move fewer students and take longer, or cannot be solved exactly any more.
SIZES = (150, 60)  # most old groups of a part; smaller ones where those cannot be repaired
AROUND = 40  # and of one that is drawn anew; half of the class at most
ROUNDS = 1  # times that everyone who moves is drawn anew, where nothing is gained
STAYS = 100  # what a move costs in the search
COUNTS = 6  # numbers of groups that it tries, of those that are not excluded at a glance
PROPOSALS = 10_000  # of the search, for each student
Repair = Callable[[Instance, ReplanProblem], IntArray | None]


def in_parts(
    instance: Instance,
    before: ReplanProblem,
    repair: Repair,
    *,
    spare: int,
    enough: int,
    seed: int,
    watch: Watch,
    given: IntArray | None = None,
) -> IntArray | None:
    """Replan part by part, then improve by large neighbourhood search.

    Parameters
    ----------
    instance : Instance
        Of the whole class; groups may be left without members.
    before : ReplanProblem
    repair : callable
        Repairs a part exactly; None where it finds no plan.
    spare : int
        How many new groups there may be; they come behind the old ones.
    enough : int
        Fewer moves are not possible.
    seed : int
    watch : Watch
    given : ndarray of int64, shape (students,), optional
        A plan that holds, to begin from.

    Returns
    -------
    ndarray of int64, shape (students,), or None
        Group of each student; None where no plan was found.
    """
    parts = _Parts(
        replace(instance, groups=instance.groups + spare), instance.groups, before, repair, seed, watch
    )
    found = parts.first() if given is None else given
    return None if found is None else parts.closer(found, enough)


@dataclass
class _Parts:
    instance: Instance  # with the new groups
    old: int  # groups that there were
    before: ReplanProblem
    repair: Repair
    seed: int
    watch: Watch

    def __post_init__(self) -> None:
        self.generator = np.random.default_rng(self.seed)

    def first(self) -> IntArray | None:
        """Return a plan made part by part, or any plan."""
        if self.before.used in (None, self.old):  # else how many groups a part ends with is a choice as well
            for most in SIZES:
                if self.old > most // 2 and (found := self._part_by_part(most)) is not None:
                    return found
        return self._any()

    def _part_by_part(self, most: int) -> IntArray | None:
        """Repair parts of at most so many groups; one that cannot be repaired joins another."""
        home, waiting = self.before.home, self._dealt(most)
        placed = np.full(self.instance.students, NO_HOME, np.int64)
        while waiting and not self.watch.stop():
            groups, newcomers = waiting.pop(0)
            inside = np.union1d(np.flatnonzero(np.isin(home, groups)), newcomers)
            found = self._repaired(inside, groups, used=len(groups))
            if found is not None:
                placed[inside] = found
                continue
            if len(groups) > 2 * most or len(groups) == self.old:
                return None
            other = waiting.pop(0) if waiting else self._taken_back(placed, groups)
            waiting.append((np.union1d(groups, other[0]), np.union1d(newcomers, other[1])))
        done = (placed != NO_HOME).all() and holds_where_used(self.instance, placed)
        return placed if done else None

    def _taken_back(self, placed: IntArray, without: IntArray) -> tuple[IntArray, IntArray]:
        """Return drawn groups that were repaired already, and the newcomers in them, to be repaired again."""
        home = self.before.home
        others = np.setdiff1d(np.arange(self.old), without)
        # Whoever moved is in a group of the same part: all groups of a mover go together.
        again = set(self.generator.permutation(others)[: len(without)].tolist())
        while True:
            held = np.isin(placed, list(again)) | np.isin(home, list(again))
            more = {int(g) for g in np.union1d(placed[held], home[held]) if g != NO_HOME} - set(
                without.tolist()
            )
            if more <= again:
                break
            again |= more
        newcomers = np.flatnonzero(held & (home == NO_HOME))
        placed[held] = NO_HOME
        return np.asarray(sorted(again), np.int64), newcomers

    def _dealt(self, most: int) -> list[tuple[IntArray, IntArray]]:
        """Deal groups and newcomers into parts; a newcomer goes where those are whom a rule asks for."""
        home, groups = self.before.home, self.old
        order = self.generator.permutation(groups)
        filled = np.bincount(home[home != NO_HOME], minlength=groups)
        order = order[np.argsort(filled[order], kind="stable")]  # those that lost most are spread evenly
        count = max(2, -(-groups // most))
        part_of = np.empty(groups, np.int64)
        part_of[order] = np.arange(groups) % count
        for group, into in self.before.merged.items():
            part_of[group] = part_of[into]
        joins = {s: part_of[home[s]] for s in np.flatnonzero(home != NO_HOME).tolist()}
        newcomers, share = np.flatnonzero(home == NO_HOME), [0] * count
        for s in self.generator.permutation(newcomers).tolist():
            known = {int(joins[other]) for other in self._asked_for(s) if other in joins}
            joins[s] = min(known or range(count), key=lambda part: (share[part], part))
            share[joins[s]] += 1
        theirs = np.asarray([joins[s] for s in newcomers.tolist()], np.int64)
        return [(np.flatnonzero(part_of == part), newcomers[theirs == part]) for part in range(count)]

    def _asked_for(self, student: int) -> list[int]:
        """Return with whom a must asks that a student is."""
        found: list[int] = []
        for cost in self.instance.costs:
            if cost.must and isinstance(cost, PairCost) and cost.together:
                mine = cost.pairs[(cost.pairs == student).any(axis=1)]
                found += mine[mine != student].tolist()
            elif cost.must and isinstance(cost, CompanyCost) and student in cost.students:
                found += cost.others[cost.others != student].tolist()
        return found

    def _repaired(self, students: NDArray[np.intp], groups: IntArray, used: int) -> IntArray | None:
        """Return the groups of some students who share some; with `used` of them where that is fixed."""
        rank = {group: place for place, group in enumerate(groups.tolist())}
        place = {student: new for new, student in enumerate(students.tolist())}
        before = self.before
        part = replace(
            before,
            home=np.asarray([rank.get(g, NO_HOME) for g in before.home[students].tolist()], np.int64),
            weeks={},
            moved=frozenset(),
            locked=frozenset(place[s] for s in before.locked if s in place),
            closed=frozenset(rank[g] for g in before.closed if g in rank),
            dissolved=frozenset(rank[g] for g in before.dissolved if g in rank),
            topped_up=frozenset(rank[g] for g in before.topped_up if g in rank),
            merged={rank[g]: rank[into] for g, into in before.merged.items() if {g, into} <= rank.keys()},
            used=None if before.used is None else used,
            turns=None,
        )
        found = self.repair(subinstance(self.instance, students.tolist(), groups.tolist()), part)
        return None if found is None else groups[found]

    def _any(self) -> IntArray | None:
        """Return a plan that the search finds, with a number of groups near that of before."""
        before, instance = self.before, self.instance
        if before.locked or before.closed or before.dissolved or before.topped_up or before.merged:
            return None  # the search knows of no wishes
        fewest = -(-instance.students // instance.largest)
        most = min(instance.groups, instance.students // instance.smallest)
        counts = [n for n in range(fewest, most + 1) if before.used in (None, n)]
        nearest = sorted(counts, key=lambda n: (abs(n - self.old), n))
        could_be = (n for n in nearest if not excluded(replace(instance, groups=n), self.watch))
        for count in islice(could_be, COUNTS):
            found = self._searched(count)
            if found is not None or self.watch.stop():
                return found
        return None

    def _searched(self, count: int) -> IntArray | None:
        """Return a plan in the largest groups of before, and new ones where there were fewer."""
        before, instance = self.before, self.instance
        filled = np.bincount(before.home[before.home != NO_HOME], minlength=instance.groups)
        kept = np.sort(np.argsort(-filled, kind="stable")[:count])
        stays = HomeCost(
            must=False, price=STAYS, home=before.home, weights=np.ones(instance.students, np.int64)
        )
        costs = (*(cost for cost in instance.costs if cost.must), stays)
        part = subinstance(replace(instance, costs=costs), range(instance.students), kept.tolist())
        found = search(part, seed=self.seed, proposals=PROPOSALS * instance.students, watch=self.watch)
        return None if found.violation else kept[found.assignment]

    def closer(self, assignment: IntArray, enough: int) -> IntArray:
        """Repair anew around those who move, as long as somebody need not."""
        since = 0
        while since < ROUNDS and moves_of(self.before, assignment) > enough and not self.watch.stop():
            since += 1
            for groups in self._around(assignment):
                if self.watch.stop():
                    break
                inside = np.flatnonzero(np.isin(assignment, groups))
                found = self._repaired(inside, groups, used=len(np.unique(assignment[inside])))
                if found is None:
                    continue
                again = assignment.copy()
                again[inside] = found
                if moves_of(self.before, again) < moves_of(self.before, assignment):
                    assignment, since = again, 0
        return assignment

    def _around(self, assignment: IntArray) -> list[IntArray]:
        """Return sets of groups, each with some that movers left or came to, and others drawn."""
        home = self.before.home
        movers = self.generator.permutation(np.flatnonzero((home != NO_HOME) & (home != assignment)))
        touched = np.unique(np.concatenate([home[movers], assignment[movers]]))
        others = self.generator.permutation(np.setdiff1d(np.arange(self.instance.groups), touched))
        sets: list[IntArray] = []
        # Two who left one group, or came to one, are best looked at together.
        most = min(AROUND, -(-self.instance.groups // 2))
        each = max(1, most // 4)
        for start in range(0, len(movers), each):
            some = movers[start : start + each]
            core = np.unique(np.concatenate([home[some], assignment[some]]))
            more = np.roll(others, -most * len(sets))[: max(0, most - len(core))]
            sets.append(np.union1d(core, more))
        return sets


def holds_where_used(instance: Instance, assignment: IntArray) -> bool:
    """Return whether every must holds; groups without members are no groups.

    Parameters
    ----------
    instance : Instance
    assignment : ndarray of int64, shape (students,)

    Returns
    -------
    bool
    """
    used, again = np.unique(assignment, return_inverse=True)
    return evaluate(subinstance(instance, range(instance.students), used.tolist()), again).holds

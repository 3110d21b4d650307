"""The social golfer problem with rules: blocks in which as few pairs as possible meet twice.

Where people are to meet a large part of the class, a known design without repeats comes
first: its points are given to the students such that every block holds the rules, and
blocks that it lacks are added. Otherwise, and where that leaves repeats, block after
block is searched with every pair that has met ruled out. Repeats count before quality.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from ortools.graph.python import linear_sum_assignment

from planner.engines.common.group_prices import GroupPrices
from planner.engines.common.watch import Watch
from planner.engines.local_search.search import search
from planner.engines.refreshing.designs import design
from planner.engines.refreshing.tabu_search import fewer_repeats
from planner.model.evaluation import evaluate
from planner.model.instance import Instance, IntArray, PairCost, SumCost

# The budgets here were set by hand, without a recorded sweep.
SWEEPS = 2  # times that every block is looked at again while there are repeats
TIGHT = 3  # a design comes first where they meet more than one in so many of the class
# How a repeat weighs, whether ruled out and at which price: first as a must like others, then
# as one that gives way to others, then as a wish.
WEIGHTS = ((True, 100), (True, 30), (False, 1_000))
VIOLATION_PRICE = 1_000_000  # price of a broken rule while points are given out
STEPS = 200_000  # of the tabu search, which only looks at who meets again
TRADES = 20_000  # of points between students


@dataclass(frozen=True)
class SocialGolferSolution:
    """Blocks and how often pairs meet again.

    Attributes
    ----------
    places : tuple of ndarray of int64, shape (students,)
        Group of each student, one array for each block.
    repeats : int
        Meetings of pairs beyond their first, over all blocks.
    fewest : int
        No blocks with groups of these sizes have fewer.
    """

    places: tuple[IntArray, ...]
    repeats: int
    fewest: int


def social_golfer(
    instance: Instance,
    start: IntArray,
    count: int,
    *,
    before: Sequence[IntArray] = (),
    fixed: bool = False,
    seed: int,
    proposals: int,
    watch: Watch,
) -> SocialGolferSolution:
    """Return blocks with as few repeats as were found, each holding every `must` cost.

    Parameters
    ----------
    instance : Instance
    start : ndarray of int64, shape (students,)
        A first block that holds.
    count : int
        How many blocks.
    before : sequence of ndarray of int64, shape (students,)
        Blocks that are past; -1 where a student was in none.
    fixed : bool
        Whether the first block stays as it is; with any that are past it does.
    seed : int
    proposals : int
        Annealing proposals for one block.
    watch : Watch

    Returns
    -------
    SocialGolferSolution
    """
    tried: list[list[IntArray]] = []
    budget = _Budget(seed, proposals, watch)
    if not (before or fixed) and TIGHT * count * (instance.students // instance.groups) > instance.students:
        designed = _designed(instance, count, budget)
        if designed:
            tried.append(_filled_up(instance, designed, (), count, budget))
    if not any(repeats(blocks) == fewest_repeats(blocks) for blocks in tried):
        tried.append(_filled_up(instance, [start.copy()], before, count, budget))
    blocks = min(tried, key=lambda blocks: repeats([*before, *blocks]))
    blocks = _labelled(blocks, instance.groups)
    every = [*before, *blocks]
    return SocialGolferSolution(tuple(blocks), repeats(every), fewest_repeats(every))


def _labelled(blocks: Sequence[IntArray], groups: int) -> list[IntArray]:
    """Number the groups of each block such that as many as can be keep the number they had before."""
    found = [blocks[0]]
    for places in blocks[1:]:
        shared = np.zeros((groups, groups), np.int64)
        np.add.at(shared, (places, found[-1]), 1)
        matching = linear_sum_assignment.SimpleLinearSumAssignment()
        for group, label in np.ndindex(groups, groups):
            matching.add_arc_with_cost(group, label, -int(shared[group, label]))
        if matching.solve() != matching.OPTIMAL:
            raise AssertionError("no matching")  # every group can have every number
        found.append(np.asarray([matching.right_mate(g) for g in range(groups)], np.int64)[places])
    return found


@dataclass(frozen=True)
class _Budget:
    """What the search of a block may take."""

    seed: int
    proposals: int
    watch: Watch


def repeats(blocks: Sequence[IntArray]) -> int:
    """Count meetings of pairs beyond their first.

    Parameters
    ----------
    blocks : sequence of ndarray of int64, shape (students,)
        Group of each student; -1 where a student is in none.

    Returns
    -------
    int
        Over all blocks.
    """
    met = sum((_together(places).astype(np.int64) for places in blocks), np.int64(0))
    return int(np.triu(np.maximum(met - 1, 0), 1).sum())


def fewest_repeats(blocks: Sequence[IntArray]) -> int:
    """Return a lower bound on the repeats of groups of these sizes: there are only so many pairs to meet.

    Parameters
    ----------
    blocks : sequence of ndarray of int64, shape (students,)
        Only their sizes of groups count.

    Returns
    -------
    int
    """
    pairs = sum(int(np.triu(_together(places), 1).sum()) for places in blocks)
    n = len(blocks[0])
    return max(0, pairs - n * (n - 1) // 2)


def _together(places: IntArray) -> np.ndarray:
    shared: np.ndarray = (places[:, None] == places[None, :]) & (places >= 0)[:, None]
    return shared


def _met(blocks: Sequence[IntArray]) -> IntArray:
    """How often every two were in one group."""
    met: IntArray = np.sum([_together(places) for places in blocks], axis=0, dtype=np.int64)
    return met


def _indifferent(instance: Instance) -> bool:
    """Whether it is all the same to the rules who is in which group."""
    return all(isinstance(cost, SumCost) and len(set(cost.weights.tolist())) == 1 for cost in instance.costs)


def _filled_up(
    instance: Instance, first: list[IntArray], before: Sequence[IntArray], count: int, budget: _Budget
) -> list[IntArray]:
    """Add blocks: all at once where the rules do not mind, else one by one."""
    blocks = list(first)
    if _indifferent(instance):
        draw = np.random.default_rng(budget.seed)
        fresh = [draw.permutation(first[0]) for _ in range(count - len(first))]
        return _apart([*before, *blocks, *fresh], len(fresh), budget)[len(before) :]
    for number in range(len(first), count):
        blocks.append(_block(instance, [*before, *blocks], blocks[0], number, budget))
        budget.watch.tell(stage="rounds", done=number / count)
    return _looked_at_again(instance, blocks, len(first), before, budget)


def _looked_at_again(
    instance: Instance, blocks: list[IntArray], fixed: int, before: Sequence[IntArray], budget: _Budget
) -> list[IntArray]:
    """While pairs meet again, search each added block once more beside all others."""
    count = len(blocks)
    for sweep in range(1, SWEEPS + 1):
        for number in range(fixed, count):
            if budget.watch.stop() or repeats([*before, *blocks]) == 0:
                return blocks
            others = [*before, *blocks[:number], *blocks[number + 1 :]]
            tried = _block(instance, others, blocks[number], count * sweep + number, budget)
            if repeats([*others, tried]) < repeats([*others, blocks[number]]):
                blocks[number] = tried
    return blocks


def _apart(blocks: Sequence[IntArray], movable: int, budget: _Budget) -> list[IntArray]:
    """Return blocks of which the last ones have as few repeats as were found, rules aside."""
    seed, watch = budget.seed % (1 << 32), budget.watch
    return list(fewer_repeats(np.stack(blocks), movable, seed=seed, steps=STEPS, watch=watch))


def _block(
    instance: Instance, others: Sequence[IntArray], holding: IntArray, number: int, budget: _Budget
) -> IntArray:
    """Search a block in which nobody meets again; where rules stand in the way, as few as can be."""
    met = _met(others)
    pairs = np.argwhere(np.triu(met, 1)).astype(np.int64)
    weights = met[pairs[:, 0], pairs[:, 1]]
    fresh = np.random.default_rng((budget.seed, number)).permutation(holding)
    start = _apart([*others, fresh], 1, budget)[-1]
    found = holding
    for must, price in WEIGHTS:
        again = PairCost(must=must, price=price, pairs=pairs, weights=weights)
        wanted = replace(instance, costs=(*instance.costs, again))
        seed = budget.seed + number
        tried = search(wanted, seed=seed, proposals=budget.proposals, watch=budget.watch, start=start)
        if evaluate(instance, tried.assignment).holds:
            if repeats([*others, tried.assignment]) == repeats(others):
                return tried.assignment
            found = min(found, tried.assignment, key=lambda places: repeats([*others, places]))
    return found


def _designed(instance: Instance, count: int, budget: _Budget) -> list[IntArray]:
    """Return blocks of a known design whose points are given to students; empty where none holds."""
    n, groups = instance.students, instance.groups
    usable = []
    for points in design(groups, -(-n // groups), count):
        place = np.full(groups * -(-n // groups), -1, np.int64)
        for group, members in enumerate(points):
            place[list(members)] = group
        sizes = np.bincount(place[:n], minlength=groups)  # the last points are nobody's
        if instance.smallest <= sizes.min() and sizes.max() <= instance.largest:
            usable.append(place[:n])
    return _shared_out(instance, usable[:count], budget) if usable else []


def _shared_out(instance: Instance, design_of: list[IntArray], budget: _Budget) -> list[IntArray]:
    """Give the points of a design to students by simulated annealing over swaps of two points."""
    prices, generator = GroupPrices(instance), np.random.default_rng(budget.seed)

    def price(owners: IntArray, touched: Sequence[set[int]]) -> int:
        groups = [
            owners[np.flatnonzero(places == group)].tolist()
            for places, some in zip(design_of, touched, strict=True)
            for group in sorted(some)
        ]
        violation, cost = prices.each(groups).sum(axis=0).tolist()
        return int(violation) * VIOLATION_PRICE + int(cost)

    owners = generator.permutation(instance.students)  # student at each point
    warm = None
    for step in range(0 if _indifferent(instance) else TRADES):
        if step % 100 == 0 and budget.watch.stop():
            break
        one, other = generator.choice(instance.students, 2, replace=False).tolist()
        touched = [{int(places[one]), int(places[other])} for places in design_of]
        before = price(owners, touched)
        owners[[one, other]] = owners[[other, one]]
        change = price(owners, touched) - before
        warm = max(1.0, float(abs(change))) if warm is None else warm
        temperature = warm * (1 - step / TRADES) ** 2 / 4
        if change > 0 and generator.random() >= np.exp(-change / max(temperature, 1e-9)):
            owners[[one, other]] = owners[[other, one]]
    blocks = []
    for places in design_of:
        block = np.empty(instance.students, np.int64)
        block[owners] = places
        blocks.append(block)
    return blocks if all(evaluate(instance, block).holds for block in blocks) else []

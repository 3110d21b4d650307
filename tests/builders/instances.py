"""Random tiny instances of the five costs, and the best assignment by trying them all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations_with_replacement, permutations, product

import numpy as np
from hypothesis import strategies as st

from planner.engines.refreshing.refresh_problem import RefreshProblem, RefreshValue, holds, refresh_value
from planner.engines.replanning.replan_problem import ReplanProblem
from planner.model.evaluation import evaluate
from planner.model.instance import (
    ANY_HIGH,
    ANY_LOW,
    AnyCost,
    CompanyCost,
    HomeCost,
    Instance,
    OverlapCost,
    PairCost,
    SumCost,
)

PRICE = st.integers(1, 9)
KINDS = ("sum", "pairs", "labels", "company", "own company", "overlap", "home")
WITHOUT_HOMES = KINDS[:-1]
# No cost, one, and every two: what is asked after one kind of cost must not be missed without it.
FEW_KINDS = tuple(some for count in range(3) for some in combinations_with_replacement(KINDS, count))
FEW_NAMES = [" and ".join(kinds) or "nothing" for kinds in FEW_KINDS]


def array(values: object) -> np.ndarray:
    return np.asarray(values, np.int64)


@st.composite
def sums(draw: st.DrawFn, n: int, must: bool) -> SumCost:
    low, high = sorted((draw(st.integers(-6, 8)), draw(st.integers(-6, 8))))
    open_end = draw(st.sampled_from(["none", "low", "high"]))
    weights = draw(st.lists(st.integers(-4, 4), min_size=n, max_size=n))
    return SumCost(
        must=must,
        price=draw(PRICE),
        weights=array(weights),
        low=ANY_LOW if open_end == "low" else low,
        high=ANY_HIGH if open_end == "high" else high,
        step=draw(st.integers(1, 3)),
        from_size=draw(st.integers(0, 3)),  # 0: an empty group counts too
    )


@st.composite
def pairs(draw: st.DrawFn, n: int, must: bool) -> PairCost:
    every = [(a, b) for a in range(n) for b in range(a)]
    chosen = draw(st.lists(st.sampled_from(every), min_size=1, max_size=3, unique=True))
    weights = draw(st.lists(st.integers(1, 3), min_size=len(chosen), max_size=len(chosen)))
    return PairCost(
        must=must,
        price=draw(PRICE),
        pairs=array(chosen),
        weights=array(weights),
        together=draw(st.booleans()),
    )


@st.composite
def labels(draw: st.DrawFn, n: int, must: bool) -> PairCost:
    chosen = draw(st.lists(st.integers(-1, 2), min_size=n, max_size=n))
    return PairCost(must=must, price=draw(PRICE), labels=array(chosen))


@st.composite
def company(draw: st.DrawFn, n: int, must: bool, own: bool) -> CompanyCost:
    some = st.lists(st.integers(0, n - 1), min_size=1, max_size=4, unique=True).map(sorted)
    students = draw(some)
    return CompanyCost(
        must=must,
        price=draw(PRICE),
        students=array(students),
        others=array(students if own else draw(some)),
        at_least=draw(st.integers(1, 2)),
        by_size=draw(st.sampled_from([(0, 0, 1), (1, -1, 2), (2, -1, 3), (1, 0, 2)])) if own else (0, 0, 1),
    )


@st.composite
def overlaps(draw: st.DrawFn, n: int, must: bool) -> OverlapCost:
    words = draw(st.sampled_from([1, 1, 2]))  # more slots than one word of a mask has take several
    masks = array(draw(st.lists(st.integers(0, 7), min_size=n * words, max_size=n * words)))
    return OverlapCost(
        must=must,
        price=draw(PRICE),
        masks=masks if words == 1 else masks.reshape(n, words),
        at_least=draw(st.integers(1, 3)),
    )


@st.composite
def homes(draw: st.DrawFn, n: int, groups: int, must: bool) -> HomeCost:
    # One group more than there is: a home that is gone.
    home = draw(st.lists(st.integers(-1, groups), min_size=n, max_size=n))
    weights = draw(st.lists(st.integers(0, 3), min_size=n, max_size=n))
    return HomeCost(must=must, price=draw(PRICE), home=array(home), weights=array(weights))


@st.composite
def cost_of(draw: st.DrawFn, kind: str, n: int, groups: int) -> AnyCost:
    must = draw(st.booleans())
    strategies: dict[str, st.SearchStrategy[AnyCost]] = {
        "sum": sums(n, must),
        "pairs": pairs(n, must),
        "labels": labels(n, must),
        "company": company(n, must, False),
        "own company": company(n, must, True),
        "overlap": overlaps(n, must),
        "home": homes(n, groups, must),
    }
    return draw(strategies[kind])


@st.composite
def instances(
    draw: st.DrawFn, most: int = 6, kinds: tuple[str, ...] = KINDS, most_costs: int = 4
) -> Instance:
    """Draw an instance whose sizes fit."""
    empty = draw(without_costs(most))
    chosen = draw(st.lists(st.sampled_from(kinds), max_size=most_costs))
    return with_costs(draw, empty, chosen)


@st.composite
def instances_of(draw: st.DrawFn, kinds: Sequence[str], most: int = 6) -> Instance:
    """Draw an instance with a cost of each of some kinds, and no other."""
    return with_costs(draw, draw(without_costs(most)), kinds)


@st.composite
def without_costs(draw: st.DrawFn, most: int) -> Instance:
    n = draw(st.integers(3, most))
    groups = draw(st.integers(1, 3))
    smallest = draw(st.integers(0, n // groups))
    largest = draw(st.integers(max(smallest, -(-n // groups)), n))
    return Instance(n, groups, smallest, largest)


def with_costs(draw: st.DrawFn, empty: Instance, kinds: Sequence[str]) -> Instance:
    n, groups = empty.students, empty.groups
    return replace(empty, costs=tuple(draw(cost_of(kind, n, groups)) for kind in kinds))


def every_assignment(instance: Instance) -> Iterator[tuple[int, ...]]:
    """Yield every assignment with allowed sizes."""
    allowed = range(instance.smallest, instance.largest + 1)
    for assignment in product(range(instance.groups), repeat=instance.students):
        if all(assignment.count(group) in allowed for group in range(instance.groups)):
            yield assignment


def least(instance: Instance) -> int | None:
    """Return the least cost over all assignments that hold; None where none holds."""
    counted = (evaluate(instance, assignment) for assignment in every_assignment(instance))
    return min((found.cost for found in counted if found.holds), default=None)


@st.composite
def replans(draw: st.DrawFn) -> tuple[Instance, ReplanProblem]:
    """Draw a class of at most 6, with old groups of which any may be left empty."""
    drawn = draw(instances(kinds=WITHOUT_HOMES))
    costs = tuple(
        replace(cost, from_size=max(1, cost.from_size)) if isinstance(cost, SumCost) else cost
        for cost in drawn.costs
    )
    instance = replace(drawn, smallest=max(1, drawn.smallest), costs=costs)
    home = draw(st.lists(st.integers(-1, drawn.groups - 1), min_size=drawn.students, max_size=drawn.students))
    return instance, ReplanProblem(home=np.asarray(home, np.int64))


def loose_plans(instance: Instance) -> Iterator[tuple[int, ...]]:
    """Yield every plan that holds, with groups that may be empty."""
    loose = replace(instance, smallest=0)
    for assignment in product(range(instance.groups), repeat=instance.students):
        sizes = [assignment.count(g) for g in range(instance.groups)]
        fits = all(size == 0 or instance.smallest <= size <= instance.largest for size in sizes)
        if fits and evaluate(loose, assignment).holds:
            yield assignment


def every_refresh(light: RefreshProblem) -> Iterator[tuple[int, ...]]:
    """Yield every assignment with the same sizes that keeps everything."""
    for places in sorted(set(permutations(light.home.tolist()))):
        if holds(light, places):
            yield places


def together(home: np.ndarray) -> np.ndarray:
    met: np.ndarray = home[:, None] == home[None, :]
    return met


@st.composite
def refreshes(draw: st.DrawFn, kinds: Sequence[str] | None = None) -> tuple[Instance, RefreshProblem]:
    """Draw a class of a few whose groups hold every must cost as they are; with a cost of each kind."""
    sizes = draw(st.sampled_from([(4, 4), (3, 4), (2, 2, 3), (2, 3, 3), (1, 2, 4), (3, 5)]))
    n = sum(sizes)
    home = np.repeat(np.arange(len(sizes)), sizes)[list(draw(st.permutations(range(n))))]
    met = together(home)
    for a, b in draw(st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)), max_size=3)):
        met[a, b] = met[b, a] = True
    if kinds is None:
        kinds = draw(st.lists(st.sampled_from(WITHOUT_HOMES), max_size=3))
    costs = tuple(draw(cost_of(kind, n, len(sizes))) for kind in kinds)
    light = RefreshProblem(
        home,
        met,
        draw(st.integers(0, 2)),
        draw(st.integers(0, n)),
        frozenset(draw(st.lists(st.integers(0, n - 1), max_size=3))),
    )
    # A must that does not hold as things are is left out: a refresh starts from groups that hold.
    kept = tuple(
        cost
        for cost in costs
        if not cost.must or evaluate(Instance(n, len(sizes), min(sizes), max(sizes), (cost,)), home).holds
    )
    return Instance(n, len(sizes), min(sizes), max(sizes), kept), light


def best_refresh(instance: Instance, light: RefreshProblem) -> RefreshValue:
    return min(
        refresh_value(instance, light, places)
        for places in every_refresh(light)
        if evaluate(instance, places).holds
    )

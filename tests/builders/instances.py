"""Random tiny instances of the five costs, and the best assignment by trying them all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations_with_replacement, product

import numpy as np
from hypothesis import strategies as st

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
    evaluate,
)

PRICE = st.integers(1, 9)
KINDS = ("sum", "pairs", "labels", "company", "own company", "overlap", "home")
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
    )


@st.composite
def overlaps(draw: st.DrawFn, n: int, must: bool) -> OverlapCost:
    masks = draw(st.lists(st.integers(0, 7), min_size=n, max_size=n))
    return OverlapCost(must=must, price=draw(PRICE), masks=array(masks), at_least=draw(st.integers(1, 3)))


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

"""Every engine on what has one kind of cost alone, each two of them, or none, against trying everything.

Where an instance had pairs and homes alone, the search asked nobody whether a swap was any good:
whether it was dear enough to refuse was only asked while sums, or what needs a list of members, were counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations, combinations_with_replacement, product
from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.engines.common.bound import rounding_bound
from planner.engines.common.cpsat import Verdict
from planner.engines.common.exact_solve import solve
from planner.engines.common.lowering import lower
from planner.engines.common.watch import Watch
from planner.engines.local_search import annealing_kernels, swap_kernels
from planner.engines.local_search.search import (
    PENALTY_WEIGHT,
    SearchResult,
    perturb,
    search,
    state_of,
)
from planner.engines.refreshing import refresh as refresh_engine
from planner.engines.refreshing import social_golfer as social_golfer_engine
from planner.engines.refreshing.refresh import refresh
from planner.engines.refreshing.refresh_problem import holds as keeps
from planner.engines.refreshing.refresh_problem import refresh_value
from planner.engines.refreshing.social_golfer import repeats, social_golfer
from planner.engines.replanning.exhaustive_moves import exhaustive_moves
from planner.engines.replanning.fewest_moves import solve_replan
from planner.engines.replanning.objectives import SWITCHES
from planner.engines.replanning.replan_problem import ReplanProblem
from planner.engines.replanning.replan_search import ReplanSearch
from planner.engines.set_partitioning.gap_closing import Budget, close_gap
from planner.engines.set_partitioning.neighbourhood_search import NeighbourhoodRound, search_neighbourhoods
from planner.model.evaluation import evaluate
from planner.model.instance import (
    NO_HOME,
    AnyCost,
    CompanyCost,
    HomeCost,
    Instance,
    OverlapCost,
    PairCost,
    SumCost,
)
from tests.builders.instances import (
    FEW_KINDS,
    FEW_NAMES,
    array,
    best_refresh,
    cost_of,
    every_assignment,
    instances_of,
    least,
    loose_plans,
    refreshes,
)

Kinds = tuple[str, ...]
Attempt = Callable[..., tuple[bool, int, int]]
ALL = Budget(steps=1 << 40, cuts=20, window=10_000, tries=10, time=10.0)
few_kinds = pytest.mark.parametrize("kinds", FEW_KINDS, ids=FEW_NAMES)
WITHOUT_HOMES = tuple(some for some in FEW_KINDS if "home" not in some)
WITHOUT_HOMES_NAMES = [" and ".join(some) or "nothing" for some in WITHOUT_HOMES]


pytestmark = pytest.mark.usefixtures("look_often")


def energy(instance: Instance, places: Sequence[int] | np.ndarray, penalty_weight: float) -> float:
    counted = evaluate(instance, places)
    return penalty_weight * counted.violation + counted.cost


# The search: a change passes exactly where the ceiling is not below what it adds


@few_kinds
def test_a_change_passes_exactly_where_the_ceiling_allows_it(kinds: Kinds) -> None:
    @given(instances_of(kinds), st.data(), st.sampled_from([0.5, PENALTY_WEIGHT]))
    @settings(max_examples=12)
    def passes(instance: Instance, data: st.DataObject, penalty_weight: float) -> None:
        now = array(data.draw(st.sampled_from(list(every_assignment(instance)))))
        before = energy(instance, now, penalty_weight)
        for attempt, one, other, after in changes(instance, now):
            rise = energy(instance, after, penalty_weight) - before
            for ceiling in (rise, rise + 1, inf, rise - 0.25, rise - 9):
                state = state_of(lower(instance), instance, 1, now)
                fits, violation, cost = attempt(lower(instance), state, one, other, penalty_weight, ceiling)
                assert fits == (ceiling >= rise)
                assert not fits or penalty_weight * violation + cost == rise

    passes()


def changes(instance: Instance, now: np.ndarray) -> Iterator[tuple[Attempt, int, int, np.ndarray]]:
    """Yield every swap and move there is: how it is tried, for whom, and the assignment after it."""
    sizes = np.bincount(now, minlength=instance.groups)
    for i, j in product(range(instance.students), repeat=2):
        if now[i] != now[j]:
            after = now.copy()
            after[[i, j]] = now[[j, i]]
            yield swap_kernels.try_swap, i, j, after
    for i, b in product(range(instance.students), range(instance.groups)):
        if b != now[i] and sizes[now[i]] > instance.smallest and sizes[b] < instance.largest:
            after = now.copy()
            after[i] = b
            yield swap_kernels.try_move, i, b, after


@few_kinds
def test_at_zero_temperature_nothing_gets_worse(kinds: Kinds) -> None:
    @given(instances_of(kinds, most=8), st.integers(0, 1 << 40))
    @settings(max_examples=6)
    def falls(instance: Instance, seed: int) -> None:
        model = lower(instance)
        state = state_of(model, instance, seed, None)
        before = energy(instance, state.place, PENALTY_WEIGHT)
        for _ in range(30):
            annealing_kernels.anneal(model, state, 40, 0.0, 0.0, PENALTY_WEIGHT)
            now = energy(instance, state.place, PENALTY_WEIGHT)
            assert now <= before
            before = now

    falls()


@few_kinds
def test_a_sum_that_asks_nothing_changes_nothing(kinds: Kinds) -> None:
    @given(instances_of(kinds, most=8), st.integers(0, 1 << 40))
    @settings(max_examples=3)
    def same(instance: Instance, seed: int) -> None:
        nothing = SumCost(must=False, price=1, weights=np.zeros(instance.students, np.int64))
        more = replace(instance, costs=(*instance.costs, nothing))
        found, again = (search(one, seed=seed, proposals=3_000, watch=Watch()) for one in (instance, more))
        assert found.assignment.tolist() == again.assignment.tolist()

    same()


# First plans


@few_kinds
def test_every_engine_of_a_first_plan_comes_to_the_best(kinds: Kinds) -> None:
    @given(instances_of(kinds), st.data())
    @settings(max_examples=8)
    def best(instance: Instance, data: st.DataObject) -> None:
        cheapest = least(instance)
        found = searched(instance)
        solved = solve(instance, seed=1, deterministic_time=30.0, watch=Watch())
        if cheapest is None:
            assert found.violation > 0
            assert solved.verdict is Verdict.NONE
            return
        assert (found.violation, found.cost) == (0, cheapest)
        assert (solved.cost, solved.bound, solved.proven) == (cheapest, cheapest, True)
        assert rounding_bound(instance) <= cheapest
        holding = [a for a in every_assignment(instance) if evaluate(instance, a).holds]
        check_from(instance, array(data.draw(st.sampled_from(holding))), cheapest)

    best()


def searched(instance: Instance) -> SearchResult:
    """Search; where groups have names, from several deals: a must can stand between two that trade theirs."""
    seeds = range(6 if named(instance) else 1)
    every = [search(instance, seed=seed, proposals=20_000, watch=Watch()) for seed in seeds]
    return min(every, key=lambda found: (found.violation, found.cost))


def named(instance: Instance) -> bool:
    return any(isinstance(cost, HomeCost) for cost in instance.costs)


def check_from(instance: Instance, start: np.ndarray, cheapest: int) -> None:
    """What goes on from a plan that holds."""
    before = evaluate(instance, start).cost
    stirred = perturb(instance, start, seed=1, proposals=5_000, watch=Watch())
    assert stirred.violation == 0
    assert stirred.cost >= cheapest
    closed = close_gap(instance, start, budget=ALL, watch=Watch())
    assert closed.bound <= cheapest <= closed.cost <= before
    assert evaluate(instance, closed.assignment).holds
    polished = evaluate(
        instance,
        search_neighbourhoods(
            instance, start, seed=1, rounds=(NeighbourhoodRound(12, 8, 4),), bound=0, watch=Watch()
        ),
    )
    assert polished.holds
    assert polished.cost <= before
    if not named(instance):  # whole groups have no names
        assert (stirred.cost, closed.cost, closed.bound, polished.cost) == (cheapest,) * 4


GROUPS, EACH = 10, 4
HIDDEN = np.arange(GROUPS * EACH) % GROUPS  # a plan that costs nothing


def planted(kind: str) -> AnyCost:
    """Return a cost of which the hidden plan has no unit."""
    n = len(HIDDEN)
    same = array([(a, b) for a, b in combinations(range(n), 2) if HIDDEN[a] == HIDDEN[b]])
    other = array([(a, b) for a, b in combinations(range(n), 2) if HIDDEN[a] != HIDDEN[b]])
    some = other[np.random.default_rng(1).choice(len(other), 150, replace=False)]
    half = np.flatnonzero(HIDDEN % 2 == 0)
    costs = {
        "sum": SumCost(
            must=False, price=5, weights=array([3, 1, -1, -3])[np.arange(n) // GROUPS], low=0, high=0
        ),
        "apart": PairCost(must=False, price=5, pairs=some, weights=np.ones(len(some), np.int64)),
        "together": PairCost(
            must=False, price=5, pairs=same, weights=np.ones(len(same), np.int64), together=True
        ),
        "labels": PairCost(must=False, price=5, labels=HIDDEN // 2),
        "company": CompanyCost(must=False, price=5, students=half, others=half[::2], at_least=1),
        "own company": CompanyCost(
            must=False, price=5, students=half, others=half, at_least=2, by_size=(3, -1, 4)
        ),
        "overlap": OverlapCost(must=False, price=5, masks=1 << (HIDDEN % 5), at_least=1),
        "home": HomeCost(must=False, price=5, home=HIDDEN, weights=np.ones(n, np.int64)),
    }
    return costs[kind]


PLANTED = ("sum", "apart", "together", "labels", "company", "own company", "overlap", "home")


@pytest.mark.parametrize("must", [False, True], ids=["wish", "must"])
@pytest.mark.parametrize("kind", PLANTED)
def test_alone_each_kind_is_brought_to_nothing(kind: str, must: bool) -> None:
    """Forty students: luck alone would not do it."""
    cost = replace(planted(kind), must=must)
    instance = Instance(len(HIDDEN), GROUPS, EACH, EACH, (cost,))
    assert evaluate(instance, HIDDEN).units == (0,)
    found = search(instance, seed=0, proposals=300_000, watch=Watch())
    assert (found.violation, found.cost) == (0, 0)


# Reruns


@pytest.mark.parametrize("kinds", WITHOUT_HOMES, ids=WITHOUT_HOMES_NAMES)
def test_every_engine_of_a_replan_comes_to_the_best(kinds: Kinds) -> None:
    """Alone, the fewest moves and then the least cost of what costs alike in all that comes between."""

    @given(instances_of(kinds), st.data())
    @settings(max_examples=8)
    def best(drawn: Instance, data: st.DataObject) -> None:
        instance = to_rerun(drawn)
        homes = st.lists(
            st.integers(-1, instance.groups - 1), min_size=instance.students, max_size=instance.students
        )
        before = ReplanProblem(home=array(data.draw(homes)), left_out=frozenset(SWITCHES))
        wanted = min((stages_of(instance, before, plan) for plan in loose_plans(instance)), default=None)
        found = solve_replan(instance, before, spare=0, seed=1, watch=Watch())
        chosen = ReplanSearch(instance, before, 0, 1, Watch()).solve(0)
        if wanted is None:
            assert found.assignment is None
            assert found.impossible
            assert chosen.impossible
            return
        few = exhaustive_moves(instance, before, 0)
        for one in (found, chosen, *([few] if few is not None and few.assignment is not None else [])):
            assert one.assignment is not None
            assert stages_of(instance, before, tuple(one.assignment.tolist())) == wanted
            assert tuple(stage.value for stage in one.stages) == wanted
            assert one.fewest == wanted[0]

    best()


def to_rerun(drawn: Instance) -> Instance:
    """A group may be left without members, and then no rule counts it."""
    costs = tuple(
        replace(cost, from_size=max(1, cost.from_size)) if isinstance(cost, SumCost) else cost
        for cost in drawn.costs
    )
    return replace(drawn, smallest=max(1, drawn.smallest), costs=costs)


def stages_of(instance: Instance, before: ReplanProblem, plan: tuple[int, ...]) -> tuple[int, ...]:
    """Count what a replan keeps small, without what a coordinator may leave out."""
    home, students = before.home.tolist(), range(instance.students)
    movers = [s for s in students if home[s] not in (NO_HOME, plan[s])]
    split = sum(home[a] == home[b] != NO_HOME and plan[a] != plan[b] for a, b in combinations(students, 2))
    cost = evaluate(replace(instance, smallest=0), plan).cost
    return (
        len(movers),
        0,  # new groups
        len({home[s] for s in movers}),
        split,
        len({plan[s] for s in students if home[s] != plan[s]}),
        cost,
    )


# Refreshes and rounds


@pytest.mark.parametrize("kinds", WITHOUT_HOMES, ids=WITHOUT_HOMES_NAMES)
def test_every_engine_of_a_refresh_comes_to_the_best(kinds: Kinds) -> None:
    @given(st.data())
    @settings(max_examples=5)
    def best(data: st.DataObject) -> None:
        instance, light = data.draw(refreshes(kinds))
        found = refresh(instance, light, seed=0, watch=Watch())
        assert found.proven
        assert found.value == refresh_value(instance, light, found.places) == best_refresh(instance, light)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(refresh_engine, "WHOLE", 0)
            patch.setattr(refresh_engine, "MOST_STARTS", 2)
            traded = refresh(instance, light, seed=0, watch=Watch())
        assert keeps(light, traded.places)
        assert evaluate(instance, traded.places).holds
        assert found.value <= traded.value <= refresh_value(instance, light, light.home)
        assert traded.value == refresh_value(instance, light, traded.places)

    best()


@pytest.mark.parametrize("kinds", WITHOUT_HOMES, ids=WITHOUT_HOMES_NAMES)
def test_a_second_block_meets_as_few_again_as_can_be(kinds: Kinds, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(social_golfer_engine, "STEPS", 2_000)  # six students know ten ways to be divided

    @given(st.data())
    @settings(max_examples=4)
    def best(data: st.DataObject) -> None:
        instance, start = data.draw(holding(kinds))
        every = [array(a) for a in every_assignment(instance) if evaluate(instance, a).holds]
        found = social_golfer(instance, start, 2, seed=0, proposals=5_000, watch=Watch())
        assert all(evaluate(instance, places).holds for places in found.places)
        fewest = min(repeats([one, other]) for one, other in combinations_with_replacement(every, 2))
        from_start = min(repeats([start, other]) for other in every)
        assert fewest <= found.repeats <= from_start

    best()


@st.composite
def holding(draw: st.DrawFn, kinds: Kinds) -> tuple[Instance, np.ndarray]:
    """Draw two groups of three and costs that hold in the first block."""
    start = array([0, 0, 0, 1, 1, 1])
    costs = [draw(cost_of(kind, 6, 2)) for kind in kinds]
    wished = tuple(
        cost if evaluate(Instance(6, 2, 3, 3, (cost,)), start).holds else replace(cost, must=False)
        for cost in costs
    )
    return Instance(6, 2, 3, 3, wished), start

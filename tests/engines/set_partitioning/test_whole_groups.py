"""Groups priced one by one and by enumeration, held against the plain evaluation."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.engines.set_partitioning.subset_costs import SCALE
from planner.engines.set_partitioning.subset_kernels import FORBIDDEN
from planner.engines.set_partitioning.whole_groups import GroupDuals, Groups, whole_groups
from planner.model.evaluation import evaluate
from planner.model.instance import HomeCost, Instance, SumCost
from tests.builders.instances import KINDS, array, every_assignment, instances

WITHOUT_HOMES = tuple(kind for kind in KINDS if kind != "home")
PLENTY = 1 << 40


def priced(groups: Groups, assignment: tuple[int, ...]) -> tuple[int, bool]:
    """Return cost and whether every must holds, group by group."""
    made = [
        groups.price([s for s, g in enumerate(assignment) if g == group])
        for group in range(groups.instance.groups)
    ]
    holds = all(price < FORBIDDEN // (2 * SCALE) for price in made)
    # Ties are between members, so a group alone cannot price them.
    return groups.constant + sum(made), holds


@given(instances(kinds=WITHOUT_HOMES), st.data())
@settings(max_examples=200)
def test_the_prices_of_the_groups_add_up_to_the_evaluation(instance: Instance, data: st.DataObject) -> None:
    groups = whole_groups(instance)
    assignment = data.draw(st.sampled_from(list(every_assignment(instance))))
    counted = evaluate(instance, assignment)
    cost, holds = priced(groups, assignment)
    if counted.holds:
        assert holds
        assert cost == counted.cost
        assert (cost - groups.constant) % groups.unit == 0 or groups.empty % groups.unit


def some_levies(n: int, data: st.DataObject) -> dict[tuple[int, int, int], int]:
    triples = data.draw(st.lists(st.sampled_from(list(combinations(range(n), 3))), max_size=2))
    return {triple: data.draw(st.integers(1, 20)) * SCALE for triple in triples}


@given(instances(kinds=WITHOUT_HOMES), st.data())
@settings(max_examples=200, deadline=None)
def test_the_enumeration_misses_nothing_and_adds_nothing(instance: Instance, data: st.DataObject) -> None:
    groups = whole_groups(instance)
    n = instance.students
    duals = array(data.draw(st.lists(st.integers(-20, 40), min_size=n, max_size=n))) * SCALE
    limit = data.draw(st.integers(-10, 60)) * SCALE
    cut_duals = some_levies(n, data)
    tied = [
        (int(a), int(b))
        for cost in instance.costs
        if cost.must and getattr(cost, "together", False)
        for a, b in cost.pairs
    ]
    for size in groups.sizes:
        expected = {}
        for members in combinations(range(n), size):
            price = groups.price(members)
            levied = sum(levy for triple, levy in cut_duals.items() if len(set(triple) & set(members)) >= 2)
            reduced = price * SCALE - int(duals[list(members)].sum()) + levied
            split = any((a in members) != (b in members) for a, b in tied)
            if reduced < limit and not split:
                expected[members] = (price, reduced)
        found = groups.enumerate(size, GroupDuals(duals, cut_duals), limit, PLENTY, room=1_000)
        assert found.complete
        listed = zip(found.costs.tolist(), found.reduced.tolist(), strict=True)
        assert dict(zip(map(tuple, found.members.tolist()), listed, strict=True)) == expected
        assert found.least == min((reduced for _, reduced in expected.values()), default=limit)
        few = groups.enumerate(size, GroupDuals(duals, cut_duals), limit, PLENTY, per_student=True)
        assert few.least == found.least
        assert {tuple(group) for group in few.members.tolist()} <= expected.keys()
        assert (len(few.members) > 0) == bool(expected)


@given(instances(kinds=WITHOUT_HOMES), st.data())
@settings(max_examples=150, deadline=None)
def test_listed_groups_are_those_of_the_enumeration(instance: Instance, data: st.DataObject) -> None:
    """Priced anew, at other prices, they are what the enumeration finds among them."""
    groups = whole_groups(instance)
    n = instance.students
    each = st.lists(st.integers(-20, 40), min_size=n, max_size=n)
    duals, later = (array(data.draw(each)) * SCALE for _ in range(2))
    limit, tighter = data.draw(st.integers(-10, 60)) * SCALE, data.draw(st.integers(-10, 60)) * SCALE
    cut_duals = some_levies(n, data)
    listed = groups.within(GroupDuals(duals), limit, PLENTY, room=1_000)
    assert listed is not None
    for size in groups.sizes:
        kept = {
            tuple(g) for g in groups.enumerate(size, GroupDuals(duals), limit, PLENTY, 1_000).members.tolist()
        }
        every = groups.enumerate(size, GroupDuals(later, cut_duals), tighter, PLENTY, room=1_000)
        few = listed.enumerate(size, GroupDuals(later, cut_duals), tighter, PLENTY, room=1_000)
        expected = {
            tuple(members): (cost, reduced)
            for members, cost, reduced in zip(
                every.members.tolist(), every.costs.tolist(), every.reduced.tolist(), strict=True
            )
            if tuple(members) in kept
        }
        found = zip(few.costs.tolist(), few.reduced.tolist(), strict=True)
        assert dict(zip(map(tuple, few.members.tolist()), found, strict=True)) == expected
        assert few.least == min((reduced for _, reduced in expected.values()), default=tighter)
        some = listed.enumerate(size, GroupDuals(later, cut_duals), tighter, PLENTY, per_student=True)
        assert some.least == few.least
        assert {tuple(group) for group in some.members.tolist()} <= expected.keys()
        assert (len(some.members) > 0) == bool(expected)


def test_too_few_steps_or_too_little_room_are_told() -> None:
    weights = array([-3, -1, 0, 2, 5, 7])
    groups = whole_groups(
        Instance(6, 2, 3, 3, (SumCost(must=False, price=1, weights=weights, low=0, high=0),))
    )
    nothing = GroupDuals(np.zeros(6, np.int64))
    assert groups.enumerate(3, nothing, 100 * SCALE, PLENTY, room=20).complete
    assert not groups.enumerate(3, nothing, 100 * SCALE, PLENTY, room=19).complete
    assert not groups.enumerate(3, nothing, 100 * SCALE, 2, room=20).complete
    assert groups.within(nothing, 100 * SCALE, PLENTY, room=20) is not None
    assert groups.within(nothing, 100 * SCALE, PLENTY, room=19) is None
    assert groups.within(nothing, 100 * SCALE, 2, room=20) is None


def test_homes_are_left_out_but_for_those_that_are_gone() -> None:
    home = HomeCost(must=False, price=2, home=array([2, 0, 5, -1]), weights=array([3, 1, 4, 9]))
    groups = whole_groups(Instance(4, 2, 2, 2, (home,)))
    assert groups.constant == 2 * (3 + 4)
    assert groups.price([0, 1]) == 0

"""What choices come to at the least is never more than in any groups."""

from __future__ import annotations

from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from planner.engines.resources.choice_bound import choice_bound, least_units
from planner.model.evaluation import evaluate
from planner.model.instance import Instance, ResourceCost, ResourceKind


@st.composite
def chosen(draw: st.DrawFn) -> Instance:
    """Draw four students, two groups and two or three topics with steps for each."""
    number = draw(st.integers(2, 3))
    units = np.asarray(
        draw(st.lists(st.lists(st.integers(0, 3), min_size=number, max_size=number), min_size=4, max_size=4))
    )
    barred = np.asarray(
        draw(st.lists(st.lists(st.integers(0, 1), min_size=number, max_size=number), min_size=4, max_size=4))
    )
    most = np.asarray(draw(st.lists(st.integers(0, 2), min_size=number, max_size=number)))
    costs = (
        ResourceCost(must=False, price=5, kind=0, units=units),
        ResourceCost(must=True, price=1, kind=0, units=barred * (units > 1)),
    )
    kind = ResourceKind(least=np.zeros(number, np.int64), most=most)
    return Instance(4, 2, 1, 3, costs, resources=(kind,))


@given(chosen())
def test_no_groups_that_hold_cost_less(instance: Instance) -> None:
    number = len(instance.resources[0].most)
    found = [
        evaluate(instance, groups, np.asarray(taken).reshape(2, 1))
        for groups in product(range(2), repeat=4)
        for taken in product(range(number), repeat=2)
    ]
    costs = [one.cost for one in found if one.holds]
    assert not costs or choice_bound(instance) <= min(costs)
    first = instance.costs[0]
    assert isinstance(first, ResourceCost)
    assert not costs or least_units(instance, first) * first.price <= min(costs)


def test_a_topic_with_few_places_leaves_the_others_their_second_choice() -> None:
    units = np.asarray([[0, 1]] * 4)
    cost = ResourceCost(must=False, price=5, kind=0, units=units)
    kind = ResourceKind(least=np.asarray([0, 0]), most=np.asarray([1, 2]))
    instance = Instance(4, 2, 2, 3, (cost,), resources=(kind,))
    assert least_units(instance, cost) == 1  # three in the one group, whatever the other
    assert choice_bound(instance) == 5


def test_without_anything_to_choose_it_is_nothing() -> None:
    assert choice_bound(Instance(4, 2, 1, 3)) == 0

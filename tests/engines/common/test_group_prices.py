"""Prices of whole groups add up to the evaluation of a plan."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.engines.common.group_prices import GroupPrices
from planner.model.evaluation import evaluate, members_of
from planner.model.instance import Instance, SumCost
from tests.builders.instances import KINDS, instances

WITHOUT_HOMES = tuple(kind for kind in KINDS if kind != "home")


@given(instances(kinds=WITHOUT_HOMES), st.data())
@settings(max_examples=200)
def test_what_changes_in_the_prices_changes_in_the_evaluation(
    instance: Instance, data: st.DataObject
) -> None:
    place = st.integers(0, instance.groups - 1)
    assignment = st.lists(place, min_size=instance.students, max_size=instance.students)
    one, other = data.draw(assignment), data.draw(assignment)
    prices = GroupPrices(instance)

    def told(places: list[int]) -> tuple[int, int]:
        groups = [group for group in members_of(places, instance.groups) if group]
        empty = _priced_when_empty(instance, places)
        violation, cost = prices.each(groups).sum(axis=0).tolist()
        return violation + empty[0], cost + empty[1]

    def counted(places: list[int]) -> tuple[int, int]:
        found = evaluate(instance, places)
        sizes = [len(group) for group in members_of(places, instance.groups)]
        off = sum(max(0, instance.smallest - size, size - instance.largest) for size in sizes)
        return found.violation - 100 * off, found.cost

    before, after = told(one), told(other)
    expected_before, expected_after = counted(one), counted(other)
    assert after[0] - before[0] == expected_after[0] - expected_before[0]
    assert after[1] - before[1] == expected_after[1] - expected_before[1]


def _priced_when_empty(instance: Instance, places: list[int]) -> tuple[int, int]:
    """What empty groups cost: sums that count from size zero."""
    empty = sum(not group for group in members_of(places, instance.groups))
    violation = cost = 0
    for one in instance.costs:
        if isinstance(one, SumCost) and one.from_size <= 0:
            units = -(-max(0, one.low, -one.high) // one.step)
            violation += one.price * units * empty if one.must else 0
            cost += 0 if one.must else one.price * units * empty
    return violation, cost

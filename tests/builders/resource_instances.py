"""Random tiny instances in which groups take resources, and the best plan by trying them all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import numpy as np
from hypothesis import strategies as st

from planner.model.evaluation import evaluate
from planner.model.instance import Instance, IntArray, ResourceCost, ResourceKind, ResourceLink
from tests.builders.instances import PRICE, array, every_assignment, instances, sums


@st.composite
def kinds(draw: st.DrawFn, groups: int) -> ResourceKind:
    number = draw(st.integers(1, 3))
    least = draw(st.lists(st.integers(0, 1), min_size=number, max_size=number))
    more = draw(st.lists(st.integers(0, groups), min_size=number, max_size=number))
    return ResourceKind(least=array(least), most=array(least) + array(more))


@st.composite
def links(draw: st.DrawFn, first: ResourceKind, second: ResourceKind) -> ResourceLink:
    rows, columns = len(first.most), len(second.most)
    most = draw(st.lists(st.integers(0, 3), min_size=rows * columns, max_size=rows * columns))
    return ResourceLink(kinds=(0, 1), most=array(most).reshape(rows, columns))


@st.composite
def resource_costs(draw: st.DrawFn, n: int, kind: int, number: int) -> ResourceCost:
    units = draw(st.lists(st.integers(0, 2), min_size=n * number, max_size=n * number))
    return ResourceCost(
        must=draw(st.booleans()), price=draw(PRICE), kind=kind, units=array(units).reshape(n, number)
    )


@st.composite
def resource_instances(draw: st.DrawFn, most: int = 5, most_costs: int = 2) -> Instance:
    """Draw an instance with one or two kinds of resources, and costs of members beside those of resources."""
    drawn = draw(instances(most=most, most_costs=most_costs))
    found = tuple(draw(kinds(drawn.groups)) for _ in range(draw(st.integers(1, 2))))
    linked = (draw(links(*found)),) if len(found) > 1 and draw(st.booleans()) else ()
    costs = list(drawn.costs)
    for place, kind in enumerate(found):
        number = len(kind.most)
        if draw(st.booleans()):
            costs.append(draw(resource_costs(drawn.students, place, number)))
        if draw(st.booleans()):
            some = draw(sums(drawn.students, draw(st.booleans())))
            costs.append(replace(some, only=(place, draw(st.integers(0, number - 1)))))
    return replace(drawn, costs=tuple(costs), resources=found, links=linked)


def every_taken(instance: Instance) -> Iterator[IntArray]:
    """Yield everything that groups may take, also more often than there is."""
    each = [range(len(kind.most)) for kind in instance.resources]
    for rows in product(product(*each), repeat=instance.groups):
        yield array(rows).reshape(instance.groups, len(instance.resources))


def least_taken(instance: Instance, assignment: IntArray) -> int | None:
    """Return the least cost of given groups, over all that they may take; None where nothing holds."""
    counted = (evaluate(instance, assignment, taken) for taken in every_taken(instance))
    return min((found.cost for found in counted if found.holds), default=None)


def least_of_all(instance: Instance) -> int | None:
    """Return the least cost over all groups and all that they may take; None where nothing holds."""
    found = [least_taken(instance, np.asarray(one, np.int64)) for one in every_assignment(instance)]
    return min((cost for cost in found if cost is not None), default=None)

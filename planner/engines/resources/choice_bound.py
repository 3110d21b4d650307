"""How little choices of students come to in any groups: each student on a resource by itself, as a flow.

Whoever is in a group that takes a resource is one of at most so many groups of at most so many members.
Without the groups that is a flow of the least cost from students to resources, solved exactly.
"""

from __future__ import annotations

import numpy as np
from ortools.graph.python import min_cost_flow

from planner.model.instance import Instance, IntArray, ResourceCost


def least_units(instance: Instance, cost: ResourceCost) -> int:
    """Return a proven lower bound on the units of a cost in any plan that holds.

    Parameters
    ----------
    instance : Instance
    cost : ResourceCost
        One of its costs, which need not be a must.

    Returns
    -------
    int
    """
    return _least(instance, cost.kind, cost.units)


def choice_bound(instance: Instance) -> int:
    """Return a proven lower bound on what all costs about resources come to, in priced units.

    Parameters
    ----------
    instance : Instance

    Returns
    -------
    int
        Kinds are bounded apart, so that their bounds add up.
    """
    total = 0
    for kind in range(len(instance.resources)):
        priced = [one.price * one.units for one in _of_kind(instance, kind) if not one.must]
        total += _least(instance, kind, sum(priced[1:], priced[0])) if priced else 0
    return total


def _of_kind(instance: Instance, kind: int) -> list[ResourceCost]:
    return [one for one in instance.costs if isinstance(one, ResourceCost) and one.kind == kind]


def _least(instance: Instance, kind: int, units: IntArray) -> int:
    """Return the least total where each student is on one resource, with as many places as there can be."""
    most = np.minimum(instance.resources[kind].most, instance.groups) * instance.largest
    places = np.minimum(most, instance.students)
    barred = [one.units > 0 for one in _of_kind(instance, kind) if one.must]
    allowed = ~np.any(barred, axis=0) if barred else np.ones(units.shape, bool)
    students, number = units.shape
    flow = min_cost_flow.SimpleMinCostFlow()
    who, what = np.nonzero(allowed)
    flow.add_arcs_with_capacity_and_unit_cost(who, students + what, np.ones_like(who), units[who, what])
    every, end = np.arange(number), students + number
    flow.add_arcs_with_capacity_and_unit_cost(
        students + every, np.full(number, end), places, np.zeros(number, int)
    )
    flow.set_nodes_supplies(np.arange(students), np.ones(students, int))
    flow.set_node_supply(end, -students)
    if flow.solve() != flow.OPTIMAL:
        return 0  # no plan holds: nothing to say of its cost
    return int(flow.optimal_cost())

"""What given groups take, against trying everything."""

from __future__ import annotations

import numpy as np
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

from planner.engines.common.cpsat import Verdict
from planner.engines.common.watch import Watch
from planner.engines.resources.resource_assignment import assign_resources
from planner.model.evaluation import evaluate
from planner.model.instance import Instance, about_members
from tests.builders.instances import every_assignment
from tests.builders.resource_instances import least_taken, resource_instances


@given(resource_instances(most=6), st.data())
@settings(max_examples=150)
def test_given_groups_take_what_trying_everything_finds(instance: Instance, data: st.DataObject) -> None:
    members = about_members(instance)
    held = [one for one in every_assignment(instance) if evaluate(members, one).holds]
    assume(held)
    assignment = np.asarray(data.draw(st.sampled_from(held)), np.int64)
    least = least_taken(instance, assignment)
    found = assign_resources(instance, assignment, seed=0, deterministic_time=10.0, watch=Watch())
    event("holds" if least is not None else "nothing holds")
    if least is None:
        assert found.verdict is Verdict.NONE
        return
    assert found.verdict is Verdict.FOUND
    assert found.proven
    assert found.taken is not None
    counted = evaluate(instance, assignment, found.taken)
    assert counted.holds
    assert (found.cost, found.bound, counted.cost) == (least, least, least)


@given(resource_instances(most=5))
@settings(max_examples=20)
def test_what_one_starts_from_changes_nothing(instance: Instance) -> None:
    assignment = np.asarray(next(every_assignment(instance)), np.int64)
    plain = assign_resources(instance, assignment, seed=0, deterministic_time=10.0, watch=Watch())
    hint = np.zeros((instance.groups, len(instance.resources)), np.int64)
    hinted = assign_resources(instance, assignment, seed=0, deterministic_time=10.0, watch=Watch(), hint=hint)
    assert (plain.verdict, plain.cost) == (hinted.verdict, hinted.cost)

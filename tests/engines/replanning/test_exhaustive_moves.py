"""Plans of a few moves, held against the choice from whole groups."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.engines.common.watch import Watch
from planner.engines.replanning.exhaustive_moves import MOVES, exhaustive_moves, near_groups
from planner.engines.replanning.fewest_moves import solve_replan
from planner.engines.replanning.replan_problem import ReplanProblem, ReplanSolution
from planner.engines.replanning.replan_search import ReplanSearch
from planner.model.instance import CompanyCost, Instance
from tests.builders.instances import replans


def before(*home: int, **more: object) -> ReplanProblem:
    return replace(ReplanProblem(home=np.asarray(home, np.int64)), **more)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(replans(), st.booleans(), st.sampled_from([None, None, 2]), st.sampled_from([0, 2]))
def test_it_finds_what_the_choice_from_whole_groups_finds(
    drawn: tuple[Instance, ReplanProblem], again: bool, used: int | None, spare: int
) -> None:
    instance, drawn_before = drawn
    home = np.maximum(drawn_before.home, 0)
    asked = ReplanProblem(home=home, moved=frozenset({0} if again else ()), used=used)
    found = exhaustive_moves(instance, asked, spare)
    whole = ReplanSearch(instance, asked, spare, 0, Watch()).solve(0)
    if found is None:
        return
    if found.assignment is None:
        assert whole.assignment is None or whole.moves >= found.fewest
        assert found.fewest == MOVES + 1 or used is not None
        return
    assert whole.assignment is not None
    assert [(s.name, s.value) for s in found.stages] == [(s.name, s.value) for s in whole.stages]
    assert found.moves == found.fewest == int((found.assignment != home).sum())


def test_one_joins_a_group_that_became_too_small() -> None:
    instance = Instance(9, 3, 2, 4)
    found = exhaustive_moves(instance, before(0, 0, 0, 0, 1, 1, 1, 1, 2), 0)
    assert found is not None
    assert found.moves == 1
    assert found.assignment is not None
    assert np.bincount(found.assignment).tolist() in ([3, 4, 2], [4, 3, 2])


def test_two_leave_a_group_that_cannot_go_on() -> None:
    instance = Instance(8, 3, 3, 4)  # nobody can be spared: 3, 3 and 2
    found = exhaustive_moves(instance, before(0, 0, 0, 1, 1, 1, 2, 2), 0)
    assert found is not None
    assert found.moves == 2
    assert found.assignment is not None
    assert np.bincount(found.assignment, minlength=3).tolist() == [4, 4, 0]


def test_more_moves_are_told_apart_from_no_answer() -> None:
    instance = Instance(11, 4, 3, 4)
    more = exhaustive_moves(instance, before(0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3), 0)
    assert more is not None  # two join the others
    instance, asked = Instance(15, 3, 5, 5), before(*[0] * 10, 1, 1, 1, 1, 2)
    needs = exhaustive_moves(instance, asked, 0)
    assert needs is not None
    assert needs.assignment is None
    assert needs.fewest == MOVES + 1
    assert solve_replan(instance, asked, spare=0, seed=0, watch=Watch()).moves == 5
    assert exhaustive_moves(instance, asked, 0, most=2) == ReplanSolution(None, fewest=3)


@pytest.mark.parametrize("asked", [{"closed": frozenset({0})}, {"dissolved": frozenset({1})}])
def test_it_leaves_what_is_asked_of_groups_to_others(asked: dict[str, object]) -> None:
    assert exhaustive_moves(Instance(9, 3, 2, 4), before(0, 0, 0, 0, 1, 1, 1, 1, 2, **asked), 0) is None


def test_it_leaves_newcomers_to_others() -> None:
    assert exhaustive_moves(Instance(4, 2, 2, 4), before(0, 0, 1, -1), 0) is None


def test_near_groups_hold_whoever_keeps_company() -> None:
    """A part of the class without the others of a value once had no plan at all."""
    pair = np.asarray([0, 9], np.int64)
    alone = CompanyCost(must=True, price=1, students=pair, others=pair)
    asked = before(0, 0, *(group for group in range(1, 10) for _ in range(2)))
    near = near_groups(Instance(20, 10, 2, 4, (alone,)), asked, 3, 0)
    assert {0, 4} <= set(near)
    assert len(near) == 5  # two that do not hold, and three more

"""What is in the way, held against every division there is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.engines.common.cpsat import Verdict
from planner.engines.common.watch import Watch
from planner.engines.infeasibility.compositions import countable, divided
from planner.engines.infeasibility.conflict import ConflictFound, find_conflict
from planner.engines.infeasibility.cover import SolveBudget, assigned, covered
from planner.engines.infeasibility.delta_debugging import delta_debug
from planner.engines.infeasibility.feasibility import FeasibilityChecker
from planner.engines.infeasibility.requirements import COUNT, SIZES, Requirements
from planner.model.instance import (
    CompanyCost,
    Instance,
    OverlapCost,
    PairCost,
    SumCost,
)
from tests.builders.instances import array, cost_of

KINDS = ("sum", "pairs", "labels", "company", "own company", "overlap")


def divisions(students: int) -> Iterator[list[int]]:
    """Yield every division into groups of any size, each once."""

    def place(chosen: list[int], used: int) -> Iterator[list[int]]:
        if len(chosen) == students:
            yield list(chosen)
            return
        for group in range(used + 1):
            yield from place([*chosen, group], max(used, group + 1))

    yield from place([], 0)


def can_hold(demands: Requirements) -> set[frozenset[int]]:
    """Return what each division holds; sets that can hold are part of one of these."""
    return {demands.held(np.asarray(d)) for d in divisions(demands.instance.students)}


@st.composite
def demands(draw: st.DrawFn) -> Requirements:
    n = draw(st.integers(3, 6))
    smallest = draw(st.integers(1, 3))
    largest = draw(st.integers(smallest, 4))
    groups = draw(st.integers(1, n))
    chosen = draw(st.lists(st.sampled_from(KINDS), min_size=1, max_size=4))
    costs = [draw(cost_of(kind, n, groups)) for kind in chosen]
    musts = tuple(
        replace(cost, must=True, rule=place, **({"from_size": 1} if isinstance(cost, SumCost) else {}))
        for place, cost in enumerate(costs)
    )
    instance = Instance(n, groups, smallest, largest, musts)
    return Requirements(instance, tuple(range(len(musts))), counted=draw(st.booleans()))


def check(asked: Requirements, found: ConflictFound) -> None:
    holding = can_hold(asked)
    every = frozenset(asked.elements)
    assert found.verdict is (Verdict.FOUND if every in holding else Verdict.NONE)
    if found.conflict is None:
        return
    chosen = frozenset(found.conflict.elements)
    assert not any(chosen <= held for held in holding)
    fewer = [frozenset(some) for k in range(len(chosen)) for some in combinations(sorted(every), k)]
    assert all(any(some <= held for held in holding) for some in fewer)
    assert found.conflict.smallest
    assert found.conflict.minimal
    for given_up in found.given_up:
        assert any(every - given_up <= held for held in holding)


@given(demands(), st.integers(0, 99))
@settings(max_examples=150)
def test_no_smaller_set_is_in_conflict_and_this_one_is(asked: Requirements, seed: int) -> None:
    check(asked, find_conflict(asked, seed=seed))


@given(demands(), st.integers(0, 99))
@settings(max_examples=60)
def test_counting_kinds_is_exact(asked: Requirements, seed: int) -> None:
    question = asked.question(frozenset(asked.elements))
    if not question.counts or not countable(question):
        return
    some = frozenset(asked.elements) in can_hold(asked)
    verdict, groups = divided(question, SolveBudget(10.0, seed, Watch()))
    assert verdict is (Verdict.FOUND if some else Verdict.NONE)
    if some:
        assert sorted(student for group in groups for student in group) == list(range(question.students))
        assert question.holds(groups, assigned(groups))
        assert len(groups) in question.counts


@given(demands(), st.data())
@settings(max_examples=60)
def test_who_cannot_be_placed_can_be_placed_in_no_division(asked: Requirements, data: st.DataObject) -> None:
    question = asked.question(frozenset(asked.elements))
    if not question.counts:
        return
    n = question.students
    some = data.draw(st.lists(st.integers(0, n - 1), min_size=1, max_size=n, unique=True))
    verdict, groups = covered(question, some, SolveBudget(10.0, 0, Watch()), 5.0)
    if frozenset(asked.elements) in can_hold(asked):
        assert verdict is Verdict.FOUND
    elif len(some) == n:
        assert verdict is Verdict.NONE
    if verdict is Verdict.FOUND:
        assert set(some) <= {s for group in groups for s in group}


@given(st.integers(1, 12), st.sets(st.integers(0, 11)))
def test_what_is_left_of_a_list_will_do_and_no_item_can_go(length: int, needed: set[int]) -> None:
    needed = {item for item in needed if item < length}
    assert set(delta_debug(range(length), lambda some: needed <= set(some))) == needed


# By hand


def pairs_apart(n: int, *pairs: tuple[int, int]) -> list[PairCost]:
    return [
        PairCost(must=True, price=100, pairs=array([pair]), weights=array([1]))
        for pair in pairs
        if max(pair) < n
    ]


def asked_of(
    n: int, groups: int, sizes: tuple[int, int], *costs: object, counted: bool = False
) -> Requirements:
    instance = Instance(n, groups, *sizes, tuple(costs))  # type: ignore[arg-type]
    return Requirements(instance, tuple(range(len(costs))), counted)


def test_sizes_alone() -> None:
    found = find_conflict(asked_of(7, 2, (4, 5)))
    assert found.conflict is not None
    assert found.conflict.elements == (SIZES,)


def test_sizes_and_the_number_of_groups() -> None:
    found = find_conflict(asked_of(12, 5, (3, 5), counted=True))
    assert found.conflict is not None
    assert found.conflict.elements == (SIZES, COUNT)


def test_more_people_apart_than_there_are_groups() -> None:
    trio = pairs_apart(12, (0, 1), (0, 2), (1, 2))
    found = find_conflict(asked_of(12, 2, (5, 12), *trio, *pairs_apart(12, (5, 6))))
    assert found.conflict is not None
    assert found.conflict.elements == (SIZES, 0, 1, 2)
    assert found.conflict.smallest


def test_one_student_who_shares_no_moment_is_named() -> None:
    free = OverlapCost(must=True, price=100, masks=array([1] * 11 + [2]), at_least=1)
    other = SumCost(must=True, price=100, weights=array([1, 0] * 6), low=1)
    found = find_conflict(asked_of(12, 3, (3, 5), other, free))
    assert found.conflict is not None
    assert found.conflict.elements == (SIZES, 1)
    assert found.conflict.students == (11,)


def test_three_who_may_not_be_alone_and_a_size_that_splits_them() -> None:
    """Two of a kind in pairs: three of them, of which one is always left over."""
    company = CompanyCost(must=True, price=100, students=array([0, 1, 2]), others=array([0, 1, 2]))
    found = find_conflict(asked_of(8, 4, (2, 2), company))
    assert found.conflict is not None
    assert found.conflict.elements == (SIZES, 0)


def test_seven_of_a_kind_and_room_for_one_in_each_of_four_groups() -> None:
    """No halves of groups would do either, so a linear program is enough."""
    marks = array([1] * 7 + [0] * 5)
    one = SumCost(must=True, price=100, weights=marks, high=1)
    asked = asked_of(12, 3, (3, 5), one)
    assert divided(asked.question(frozenset({SIZES, 0})), SolveBudget(1.0, 0, Watch())) == (Verdict.NONE, [])
    found = find_conflict(asked)
    assert found.conflict is not None
    assert (found.conflict.elements, found.conflict.smallest) == ((SIZES, 0), True)


def test_groups_of_one_answer_each_are_found_without_the_sizes() -> None:
    alike = PairCost(must=True, price=100, labels=array([0, 1, 2] * 8))
    company = CompanyCost(must=True, price=100, students=np.arange(24), others=np.arange(24))
    holding = FeasibilityChecker(asked_of(24, 6, (4, 5), alike, company), 0, Watch())
    plan = holding.plan(frozenset({0, 1}))
    assert plan is not None
    assert holding.requirements.held(plan) >= {0, 1}


def test_more_groups_than_the_sizes_suggest_where_many_are_kept_apart() -> None:
    crowd = PairCost(
        must=True, price=100, pairs=array(list(combinations(range(8), 2))), weights=array([1] * 28)
    )
    holding = FeasibilityChecker(asked_of(24, 6, (2, 4), crowd), 0, Watch())
    plan = holding.plan(frozenset({SIZES, 0}), soon=True)
    assert plan is not None
    assert int(plan.max()) + 1 >= 8


def test_a_stopped_search_claims_nothing() -> None:
    free = OverlapCost(must=True, price=100, masks=array([1] * 11 + [2]), at_least=1)
    found = find_conflict(asked_of(12, 3, (3, 5), free), watch=Watch(wanted_stop=lambda: True))
    assert found == ConflictFound(Verdict.UNKNOWN)


@pytest.mark.parametrize("seed", [0, 1, 7])
def test_the_same_seed_finds_the_same(seed: int) -> None:
    trio = pairs_apart(9, (0, 1), (0, 2), (1, 2))
    asked = asked_of(9, 2, (4, 9), *trio)
    assert find_conflict(asked, seed=seed) == find_conflict(asked, seed=seed)

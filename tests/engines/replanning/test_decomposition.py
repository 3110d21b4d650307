"""A class too large to choose from at once: mended in parts, never worse than honest about it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings

from benchmarks.rerun import case as benchmark
from planner.audit.plan_audit import audit
from planner.engines.common.watch import Watch
from planner.engines.replanning import candidate_pool, replan_search
from planner.engines.replanning.decomposition import holds_where_used, in_parts
from planner.engines.replanning.numbering import moves_of
from planner.engines.replanning.replan_problem import ReplanProblem
from planner.model.instance import Instance, IntArray, PairCost
from planner.model.no_plan import NoPlan
from planner.model.replan_options import ReplanOptions
from planner.replanning.previous_assignment import PreviousAssignment, without_leavers
from planner.replanning.replan import replan
from planner.replanning.replan_question import replan_problem
from planner.rules import build_instance
from tests.builders.tiny_replans import Case, case_of, cases, least, lists


@contextmanager
def too_large() -> Iterator[None]:
    """Let no pool be whole, as in a large class with much choice."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(candidate_pool, "MOST_LISTED", -1)
        patch.setattr(replan_search, "LARGE", 0)
        yield


@settings(max_examples=30, deadline=None, derandomize=True)
@given(case=cases())
def test_a_plan_holds_and_claims_no_more_than_is_true(case: Case) -> None:
    best = least(case)
    options = ReplanOptions(from_week=case.from_week)
    if best is None:
        with too_large(), pytest.raises(NoPlan):
            replan(case.rules, case.roster, case.earlier, options=options)
        return
    with too_large():
        plan = replan(case.rules, case.roster, case.earlier, options=options)  # there is one, so it is found
    assert audit(case.rules, case.roster, plan.groups, plan.turns, case.from_week).holds
    assert plan.outcome.moves_bound is not None
    assert plan.outcome.moves is not None
    assert plan.outcome.moves_bound <= best[0] <= plan.outcome.moves
    for stage, value in zip(plan.outcome.stages, best, strict=True):
        if stage.value != value:
            break  # the first that differs is larger, and not called proven
    else:
        return
    assert stage.value > value
    assert not stage.proven


def of_class(students: int, seed: int) -> tuple[Instance, ReplanProblem]:
    made = benchmark(students, seed)
    earlier = PreviousAssignment(made.groups)
    rules = without_leavers(made.rules, made.roster, earlier)
    return (
        build_instance(rules, made.roster, len(made.groups)),
        replan_problem(rules, made.roster, earlier, ReplanOptions()),
    )


def test_parts_of_a_class_come_close_to_its_fewest_moves(monkeypatch: pytest.MonkeyPatch) -> None:
    """The class has a proven minimum of 4 by the whole engine; parts of ten groups reach it as well."""
    instance, before = of_class(120, 1)
    monkeypatch.setattr("planner.engines.replanning.decomposition.SIZES", (12,))
    asked: list[int] = []

    def mend(part: Instance, its: ReplanProblem) -> IntArray | None:
        asked.append(part.groups)
        return replan_search.repair_part(part, its)

    found = in_parts(instance, before, mend, spare=0, enough=4, seed=0, watch=Watch())
    assert found is not None
    assert holds_where_used(instance, found)
    assert moves_of(before, found) == 4
    assert max(asked) < instance.groups  # never the whole class at once
    again = in_parts(instance, before, replan_search.repair_part, spare=0, enough=4, seed=0, watch=Watch())
    assert again is not None
    assert np.array_equal(found, again)


def test_a_class_that_no_part_can_mend_gets_a_plan_all_the_same() -> None:
    case = case_of(("abcd", "efgh", "ijkl"), "abcefgikl", (3, 4), count=None, **lists("a", "b"))
    rules = without_leavers(case.rules, case.roster, case.earlier)
    instance = build_instance(rules, case.roster, 3)
    before = replan_problem(rules, case.roster, case.earlier, ReplanOptions())
    found = in_parts(instance, before, lambda *_: None, spare=0, enough=0, seed=0, watch=Watch())
    assert found is not None
    assert holds_where_used(instance, found)
    kept = replan_problem(rules, case.roster, case.earlier, ReplanOptions(closed=frozenset({"Groep 1"})))
    assert in_parts(instance, kept, lambda *_: None, spare=0, enough=0, seed=0, watch=Watch()) is None


def test_numbers_of_groups_that_cannot_be_are_passed_over_where_any_plan_will_do() -> None:
    """Eleven are kept apart: of the six numbers nearest to the six groups of before none will do."""
    two = np.asarray(list(combinations(range(11), 2)), np.int64)
    apart = PairCost(must=True, price=100, pairs=two, weights=np.ones(len(two), np.int64))
    instance, before = Instance(24, 6, 2, 6, (apart,)), ReplanProblem(home=np.arange(24) % 6)
    found = in_parts(instance, before, lambda *part: None, spare=6, enough=0, seed=0, watch=Watch())
    assert found is not None
    assert holds_where_used(replace(instance, groups=12), found)
    assert len(np.unique(found)) in (11, 12)

"""A first plan is the best there is, or there is none: held against trying every division."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from planner.audit.plan_audit import audit
from planner.engines.common.watch import Watch
from planner.engines.local_search import search as search_engine
from planner.model.domain import Plan, Roster
from planner.model.instance import Instance
from planner.model.no_plan import NoPlan
from planner.model.problems import InputError, Level
from planner.model.reports import RuleReport, Status
from planner.planning import attempts, efforts
from planner.planning.counting import IMPOSSIBLE, group_counts
from planner.planning.formation import form
from planner.rules import Rules
from tests.builders.classes import classes, least_cost


@pytest.fixture
def _small_budget() -> Iterator[None]:
    """Search a thousandth as long, so that the exact steps have something left to do."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search_engine, "CHUNK", 2_000)
        patch.setattr(efforts, "LEAST_BEFORE_CLOSING", 1_000)
        for effort in efforts.EFFORTS:
            patch.setitem(efforts.PROPOSALS, effort, 100)
            patch.setitem(efforts.LEAST_PROPOSALS, effort, 1_000)
        yield


@pytest.fixture
def _no_search() -> Iterator[None]:
    """Deal and leave it at that: feasibility and the best plan are all up to the exact steps."""

    def deal(instance: Instance, **options: Any) -> search_engine.SearchResult:
        options["watch"] = Watch(wanted_stop=lambda: True)
        return search_engine.search(instance, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(attempts, "search", deal)
        yield


def misfits(rules: Rules, roster: Roster) -> list[str]:
    """Codes of what does not fit the class list, as opposed to what cannot hold."""
    errors = [p for p in rules.check(roster) if p.level is Level.ERROR]
    return [problem.code for problem in errors if problem.code not in IMPOSSIBLE]


def best_by_trying(rules: Rules, roster: Roster) -> tuple[int, int] | None:
    """Return the first number of groups for which a division holds, and the least cost there."""
    for count in group_counts(rules, len(roster.students)):
        cost = least_cost(rules, roster, count)
        if cost is not None:
            return count, cost
    return None


def check_form(rules: Rules, roster: Roster, seed: int) -> None:
    wrong = misfits(rules, roster)
    if wrong:
        with pytest.raises(InputError) as refused:
            form(rules, roster, seed=seed)
        assert [problem.code for problem in refused.value.problems] == wrong
        return
    best = best_by_trying(rules, roster)
    if best is None:
        with pytest.raises(NoPlan) as none:
            form(rules, roster, seed=seed)
        assert none.value.proven
        assert none.value.problems or none.value.broken
        return
    plan = form(rules, roster, seed=seed)
    checked = audit(rules, roster, plan.groups, plan.turns)
    assert checked.holds
    assert (len(plan.groups), checked.cost) == best
    assert (plan.outcome.cost, plan.outcome.bound) == (best[1], best[1])
    assert plan.outcome.status is Status.OPTIMAL
    assert [without_proof(report) for report in plan.outcome.rules] == list(checked.reports)
    assert not plan.outcome.cut_short


def without_proof(report: RuleReport) -> RuleReport:
    return report.model_copy(update={"bound": None, "proof": None, "prices": ()})


@given(classes(most=7), st.integers(0, 1000))
@settings(max_examples=100)
@pytest.mark.usefixtures("_small_budget")
def test_the_plan_is_the_best_there_is_or_there_is_none(case: tuple[Rules, Roster], seed: int) -> None:
    check_form(*case, seed)


@given(classes(most=7), st.integers(0, 1000))
@settings(max_examples=60)
@pytest.mark.usefixtures("_no_search")
def test_the_exact_steps_alone_find_it_too(case: tuple[Rules, Roster], seed: int) -> None:
    check_form(*case, seed)


@given(classes(least=8, most=8), st.integers(0, 1000))
@settings(max_examples=15)
@pytest.mark.usefixtures("_small_budget")
def test_for_eight_students_too(case: tuple[Rules, Roster], seed: int) -> None:
    check_form(*case, seed)


@given(classes(most=7), st.integers(0, 1000))
@settings(max_examples=8)
def test_with_the_whole_budget_too(case: tuple[Rules, Roster], seed: int) -> None:
    check_form(*case, seed)


def without_seconds(plan: Plan) -> Plan:
    return plan.model_copy(update={"outcome": plan.outcome.model_copy(update={"seconds": 0.0})})


@given(classes(most=7), st.integers(0, 1000))
@settings(max_examples=40)
@pytest.mark.usefixtures("_small_budget")
def test_the_same_seed_gives_the_same_plan(case: tuple[Rules, Roster], seed: int) -> None:
    rules, roster = case
    assume(not misfits(rules, roster))
    try:
        first = form(rules, roster, seed=seed)
    except NoPlan as none:
        with pytest.raises(NoPlan) as again:
            form(rules, roster, seed=seed)
        assert (again.value.proven, again.value.problems, again.value.broken) == (  # noqa: PT017
            none.proven,
            none.problems,
            none.broken,
        )
        return
    assert without_seconds(first) == without_seconds(form(rules, roster, seed=seed))


@given(classes(most=7), st.integers(0, 1000))
@settings(max_examples=60)
@pytest.mark.usefixtures("_small_budget")
def test_quick_plans_hold_and_claim_no_more_than_is_so(case: tuple[Rules, Roster], seed: int) -> None:
    rules, roster = case
    assume(not misfits(rules, roster))
    best = best_by_trying(rules, roster)
    try:
        plan = form(rules, roster, seed=seed, effort="quick")
    except NoPlan as none:
        assert not none.proven or best is None  # noqa: PT017
        return
    assert audit(rules, roster, plan.groups, plan.turns).holds
    at_this_count = least_cost(rules, roster, len(plan.groups))
    assert at_this_count is not None
    assert plan.outcome.bound <= at_this_count <= plan.outcome.cost
    assert (plan.outcome.status is Status.OPTIMAL) <= (plan.outcome.cost == at_this_count)


@given(classes(most=7), st.integers(0, 1000))
@settings(max_examples=60)
def test_stopped_at_once_there_is_a_plan_that_holds_or_nothing_is_claimed(
    case: tuple[Rules, Roster], seed: int
) -> None:
    rules, roster = case
    assume(not misfits(rules, roster))
    watch = Watch(wanted_stop=lambda: True)
    try:
        plan = form(rules, roster, seed=seed, watch=watch)
    except NoPlan as none:
        # Counting needs no time; whatever else was not found may exist.
        assert none.proven == bool(none.problems)  # noqa: PT017
        return
    assert watch.cut_short
    assert plan.outcome.cut_short
    assert audit(rules, roster, plan.groups, plan.turns).holds
    assert plan.outcome.status in (Status.STOPPED, Status.OPTIMAL)

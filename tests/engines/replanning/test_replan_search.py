"""Whole groups for a replan: listed, priced, chosen from, each against trying everything."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.engines.common.lowering import lower
from planner.engines.common.watch import Watch
from planner.engines.replanning import candidate_duals, replan_search, replan_stages
from planner.engines.replanning.candidate_duals import solve_duals
from planner.engines.replanning.candidate_lister import CandidateLister
from planner.engines.replanning.candidate_pool import CandidatePool, list_pool
from planner.engines.replanning.fewest_moves import solve_replan
from planner.engines.replanning.group_kernels import group_prices, holds
from planner.engines.replanning.objective_counts import ObjectiveCounts
from planner.engines.replanning.replan_master import ReplanMaster
from planner.engines.replanning.replan_problem import ReplanProblem, old_groups
from planner.engines.replanning.replan_search import ReplanSearch, repair_part
from planner.engines.replanning.role_kernels import Turns, role_changes
from planner.engines.roles.refill import refill
from planner.model.evaluation import evaluate
from planner.model.instance import NO_HOME, Instance, PairCost, subinstance
from tests.builders.instances import loose_plans, replans

KINDS = ("sum", "pairs", "labels", "company", "own company", "overlap")


def lister_of(instance: Instance, before: ReplanProblem, spare: int = 0) -> CandidateLister:
    return CandidateLister(
        lower(instance), old_groups(instance, before, spare), (before.home != NO_HOME).astype(np.float64)
    )


def allowed(instance: Instance, members: tuple[int, ...]) -> bool:
    """Whether some students can be a group, by the plain evaluation of a group that stands alone."""
    if not instance.smallest <= len(members) <= instance.largest:
        return False
    alone = subinstance(instance, list(members), [0])
    together = all(
        (a in members) == (b in members)
        for cost in instance.costs
        if isinstance(cost, PairCost) and cost.together and cost.must
        for a, b in cost.pairs.tolist()
    )
    musts = tuple(cost for cost in alone.costs if cost.must)
    checked = replace(alone, costs=musts, smallest=0)
    return together and evaluate(checked, [0] * len(members)).holds


def moves(before: ReplanProblem, assignment: tuple[int, ...]) -> int:
    return sum(own not in (NO_HOME, g) for own, g in zip(before.home.tolist(), assignment, strict=True))


@settings(max_examples=80, deadline=None, derandomize=True)
@given(replans(), st.integers(0, 10_000))
def test_every_group_below_its_ceiling_is_listed_once_and_no_other(
    drawn: tuple[Instance, ReplanProblem], seed: int
) -> None:
    instance, before = drawn
    lister = lister_of(instance, before)
    generator = np.random.default_rng(seed)
    n = instance.students
    dual = generator.integers(-8, 9, n) / 4.0
    ceiling = generator.integers(-8, 9, instance.groups + 1) / 4.0
    looked_at = np.ones(instance.groups + 1, np.bool_)
    looked_at[-1] = False
    total, given_up = lister.list(dual, 0.25, ceiling, looked_at=looked_at, joiners=np.ones(n, np.bool_))
    assert given_up == 0
    rows, labels = lister.found.rows[:total], lister.found.labels[:total]
    listed = [
        (g, tuple(sorted(s for s in row if s >= 0)))
        for g, row in zip(labels.tolist(), rows.tolist(), strict=True)
    ]
    expected = set()
    for g, size in product(range(instance.groups), range(n + 1)):
        for members in combinations(range(n), size):
            joining = [s for s in members if before.home[s] not in (g, NO_HOME)]
            reduced = len(joining) - sum(dual[s] for s in members) - (0.25 if members else 0.0)
            if (not members or allowed(instance, members)) and reduced <= ceiling[g]:
                expected.add((g, members))
    assert len(listed) == len(set(listed))
    assert set(listed) == expected


@settings(max_examples=80, deadline=None, derandomize=True)
@given(replans())
def test_prices_of_groups_add_up_to_the_cost_of_a_plan(drawn: tuple[Instance, ReplanProblem]) -> None:
    instance, _ = drawn
    for assignment in list(loose_plans(instance))[:20]:
        rows = np.full((instance.groups, instance.largest), -1, np.int64)
        for g in range(instance.groups):
            members = [s for s, own in enumerate(assignment) if own == g]
            rows[g, : len(members)] = members
        model = lower(instance)
        constant = int((model.pair_cost * model.pair_together).sum()) // 2
        found = int(group_prices(model, rows, np.arange(instance.groups)).sum()) + constant
        assert found == evaluate(replace(instance, smallest=0), assignment).cost
        assert all(holds(model, row, int((row >= 0).sum())) for row in rows if row[0] >= 0)


@settings(max_examples=80, deadline=None, derandomize=True)
@given(replans())
def test_duals_never_prove_too_much_and_the_pool_holds_every_best_plan(
    drawn: tuple[Instance, ReplanProblem],
) -> None:
    instance, before = drawn
    lister = lister_of(instance, before)
    found = solve_duals(lister, 0, None, Watch())
    counted = [(moves(before, plan), plan) for plan in loose_plans(instance)]
    assert not (found.impossible and counted)
    if not counted:
        return
    fewest = min(counted)[0]
    assert found.bound <= fewest + 1e-6
    pool = list_pool(lister, found, fewest, spare=0)
    assert pool.whole
    groups = {
        (g, tuple(sorted(s for s in row if s >= 0)))
        for g, row in zip(pool.labels.tolist(), pool.rows.tolist(), strict=True)
    }
    for number, plan in counted:
        if number == fewest:
            for g in range(instance.groups):
                assert (g, tuple(s for s, own in enumerate(plan) if own == g)) in groups


@settings(max_examples=60, deadline=None, derandomize=True)
@given(replans(), st.data())
def test_the_fewest_moves_with_what_is_asked_of_groups(
    drawn: tuple[Instance, ReplanProblem], data: st.DataObject
) -> None:
    """Closed, topped up, dissolved and locked, against every plan that keeps to them."""
    instance, before = drawn
    asked = data.draw(
        st.lists(
            st.sampled_from(["", "closed", "up", "gone"]), min_size=instance.groups, max_size=instance.groups
        )
    )
    locked = frozenset(data.draw(st.sets(st.integers(0, instance.students - 1), max_size=1)))
    locked = frozenset(s for s in locked if before.home[s] != NO_HOME)
    before = replace(
        before,
        locked=locked,
        closed=frozenset(g for g, what in enumerate(asked) if what == "closed"),
        topped_up=frozenset(g for g, what in enumerate(asked) if what == "up"),
        dissolved=frozenset(g for g, what in enumerate(asked) if what == "gone"),
    )

    def kept(plan: tuple[int, ...]) -> bool:
        for g, what in enumerate(asked):
            was = {s for s, own in enumerate(before.home.tolist()) if own == g}
            now = {s for s, own in enumerate(plan) if own == g}
            if what == "closed" and was != now:
                return False
            if what == "gone" and now:
                return False
            # An empty group that is not opened again has nobody to be joined by.
            if what == "up" and not (was < now or (not was and not now)):
                return False
        return all(plan[s] == before.home[s] for s in locked)

    counted = [moves(before, plan) for plan in loose_plans(instance) if kept(plan)]
    found = solve_replan(instance, before, spare=0, seed=1, watch=Watch())
    assert (found.assignment is None) == (not counted)
    if found.assignment is None:
        assert found.impossible
        return
    assert kept(tuple(found.assignment.tolist()))
    assert found.moves == found.fewest == min(counted)
    assert all(stage.proven for stage in found.stages)


def test_merged_groups_are_one_afterwards() -> None:
    instance = Instance(6, 3, 2, 5)
    home = np.asarray([0, 0, 1, 1, 2, 2], np.int64)
    found = solve_replan(instance, ReplanProblem(home=home, merged={0: 2}), spare=0, seed=1, watch=Watch())
    assert found.assignment is not None
    assert found.assignment.tolist() == [2, 2, 1, 1, 2, 2]
    assert found.moves == found.fewest == 2
    too_many = solve_replan(
        replace(instance, largest=3), ReplanProblem(home=home, merged={0: 2}), spare=0, seed=1, watch=Watch()
    )
    assert (too_many.assignment, too_many.impossible) == (None, True)


def test_stages_left_out_are_not_counted() -> None:
    instance = Instance(4, 2, 1, 4)
    before = ReplanProblem(home=np.asarray([0, 0, 1, NO_HOME], np.int64), left_out=frozenset({"strangers"}))
    found = solve_replan(instance, before, spare=0, seed=1, watch=Watch())
    assert "strangers" not in [stage.name for stage in found.stages]
    assert "second-moves" in [stage.name for stage in found.stages]


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.data())
def test_role_changes_are_those_of_the_roles_dealt_anew(data: st.DataObject) -> None:
    """The count that chooses groups is the one that the exact dealing of roles comes to."""
    roles, rounds = data.draw(st.integers(1, 4)), data.draw(st.integers(1, 3))
    size = data.draw(st.integers(1, 4))
    filled = [role % roles for role in range(min(roles, size))]
    able = [frozenset(data.draw(st.sets(st.integers(0, roles - 1)))) for _ in range(size)]
    stayed = frozenset(data.draw(st.sets(st.integers(0, size - 1))))
    had = np.full((size, rounds), -1, np.int64)
    for r in range(rounds):
        for role, member in enumerate(data.draw(st.permutations(range(size)))[: len(filled)]):
            if member in stayed:
                had[member, r] = role
    kept = [{m: int(had[m, r]) for m in range(size) if had[m, r] >= 0} for r in range(rounds)]
    dealt = refill(filled, able, kept, [], stayed)
    changed = 0
    for r in range(rounds):
        for m in stayed:
            was, now = kept[r].get(m), dealt[r].get(m)
            was = was if was in filled and was in able[m] else None
            changed += (was != now) * ((was is not None) + (now is not None))
    positions = np.full((size + 1, max(1, len(filled))), -1, np.int64)
    positions[size, : len(filled)] = filled
    table = np.asarray([[int(role in mine) for role in range(roles)] for mine in able], np.int64)
    home = np.asarray([0 if m in stayed else NO_HOME for m in range(size)], np.int64)
    found = role_changes(
        Turns(table, had, positions), home, np.arange(size, dtype=np.int64)[None, :], np.zeros(1, np.int64)
    )
    assert found.tolist() == [changed]


@pytest.mark.parametrize("students", [60, 400])
def test_nothing_broken_means_nobody_moves(students: int) -> None:
    """Newcomers are placed and nobody else; the class is large and all alike."""
    home = np.asarray([*(np.arange(students) // 4), *[NO_HOME] * 9], np.int64)
    instance = Instance(students + 9, students // 4, 3, 5)
    found = solve_replan(instance, ReplanProblem(home=home), spare=students // 3, seed=1, watch=Watch())
    assert found.assignment is not None
    assert found.moves == found.fewest == 0
    assert (found.assignment[:students] == home[:students]).all()
    assert sorted(np.bincount(found.assignment))[0] >= 3


@pytest.mark.parametrize("reached", range(4))
def test_extra_moves_end_when_all_has_to_end(reached: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every extra move was listed and chosen anew, whatever the watch said: minutes in a large class."""
    students = 24
    home = np.arange(students) // 4
    pairs = np.asarray([(s, (s + 5) % students) for s in range(students)])
    wished = PairCost(
        must=False, price=10, pairs=pairs, weights=np.ones(students, np.int64), labels=None, together=True
    )
    instance = Instance(students, 6, 3, 5, (wished,))
    listed: list[int] = []

    def lists(*args: Any, **options: Any) -> CandidatePool:
        listed.append(args[2])
        return list_pool(*args, **options)

    monkeypatch.setattr(replan_search, "list_pool", lists)
    monkeypatch.setattr(replan_stages, "list_pool", lists)
    watch = Watch(wanted_stop=lambda: len(listed) > reached)
    places = ReplanSearch(instance, ReplanProblem(home=home), 0, 1, watch)
    found = places.solve(6)
    assert listed == list(range(reached + 1))
    assert watch.cut_short
    assert found.assignment is not None
    stages = {stage.name: stage for stage in found.stages}
    cost = evaluate(instance, found.assignment).cost
    assert (stages["cost"].value, stages["cost"].proven) == (cost, False)
    assert stages["moves"].value == int((found.assignment != home).sum()) <= reached


def test_no_new_groups_are_looked_at_once_all_has_to_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a limit that was over the search began anew, twice; what it proves is of the old groups alone."""
    looked: list[int] = []

    def with_spare(*args: Any, **options: Any) -> ReplanSearch:
        looked.append(args[2])
        return ReplanSearch(*args, **options)

    monkeypatch.setattr("planner.engines.replanning.fewest_moves.ReplanSearch", with_spare)
    instance = Instance(12, 2, 3, 5)  # the old groups cannot hold everyone
    before = ReplanProblem(home=np.asarray([*[0] * 5, *[1] * 5, NO_HOME, NO_HOME]))
    found = solve_replan(instance, before, spare=2, seed=1, watch=Watch(wanted_stop=lambda: bool(looked)))
    assert 2 not in looked
    assert (found.assignment, found.impossible, found.fewest) == (None, False, 0)
    assert solve_replan(instance, before, spare=2, seed=1, watch=Watch()).assignment is not None


def test_nothing_is_sown_once_all_has_to_end(monkeypatch: pytest.MonkeyPatch) -> None:
    instance, before = Instance(6, 2, 2, 3), ReplanProblem(home=np.asarray([0, 0, 0, 0, 1, 1]))
    lister, listed = lister_of(instance, before), []
    look = CandidateLister.list

    def lists(*args: Any, **options: Any) -> tuple[int, int]:
        listed.append(0)
        return look(*args, **options)

    monkeypatch.setattr(CandidateLister, "list", lists)
    solve_duals(lister, 0, None, Watch(wanted_stop=lambda: True))
    assert len(listed) <= 2


def test_a_part_is_mended_within_the_time_of_the_whole() -> None:
    """Parts were mended with a watch of their own, which never ends."""
    whole = Watch(time_limit=0.0)
    part = ReplanSearch(
        Instance(4, 2, 1, 4), ReplanProblem(home=np.asarray([0, 0, 1, 1])), 0, 0, whole
    ).quiet()
    assert part.stop()
    assert part.seconds_left() == 0.0


def test_counts_of_a_pool_are_those_of_its_groups() -> None:
    instance = Instance(5, 2, 2, 3)
    before = ReplanProblem(
        home=np.asarray([0, 0, 1, 1, NO_HOME], np.int64), weeks={(0, 1): 3}, moved=frozenset({0})
    )
    lister = lister_of(instance, before)
    lister.found.rows[:2] = [[0, 1, 4], [2, 3, -1]]
    lister.found.rows[2:4] = [[1, 2, 3], [0, 4, -1]]
    lister.found.labels[:4] = [0, 1, 1, 0]
    found = solve_duals(lister, 0, None, Watch())
    pool = replace(
        list_pool(lister, found, 1, spare=0),
        rows=np.asarray([[0, 1, 4], [2, 3, -1], [1, 2, 3], [0, 4, -1]]),
        labels=np.asarray([0, 1, 1, 0]),
    )
    counts = ObjectiveCounts(lister, pool, before)
    assert counts.of("moves").tolist() == [0, 0, 1, 0]
    assert counts.of("groups-lose").tolist() == [0, 0, 0, 1]
    assert counts.of("groups-receive").tolist() == [1, 0, 1, 1]
    assert counts.of("pairs").tolist() == [-3, -1, -1, 0]
    assert counts.constant("pairs") == 4
    assert counts.of("strangers").tolist() == [0, 0, 1, 0]
    assert counts.of("second-moves").tolist() == [0, 0, 0, 0]


def test_duals_of_a_class_that_cannot_hold_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """The price of leaving somebody out once grew until the solver failed, and the replan with it."""
    monkeypatch.setattr(candidate_duals, "CAP", 0)  # nothing is proven, as where there are very many groups
    instance = Instance(5, 2, 3, 4)
    asked = ReplanProblem(home=np.asarray([0, 0, 0, 1, 1]))
    at = solve_duals(lister_of(instance, asked), 0, None, Watch())
    assert at.missed
    assert not at.impossible
    assert not np.isfinite(at.bound)
    assert repair_part(instance, asked) is None


def test_duals_stand_a_solver_that_gives_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_: ReplanMaster) -> None:
        raise ArithmeticError

    instance = Instance(5, 2, 2, 3)
    asked = ReplanProblem(home=np.asarray([0, 0, 0, 0, 1]))
    monkeypatch.setattr(ReplanMaster, "solve", fails)
    at = solve_duals(lister_of(instance, asked), 0, None, Watch())
    assert not at.impossible
    assert not np.isfinite(at.bound)
    assert ReplanSearch(instance, asked, 0, 0, Watch()).solve(0).moves == 1

"""Blocks in which nobody meets twice: known cases, small ones by trying everything, and rules beside it."""

from __future__ import annotations

from itertools import combinations, product

import numpy as np
import pytest

from planner.engines.common.watch import Watch
from planner.engines.refreshing.designs import design
from planner.engines.refreshing.social_golfer import (
    SocialGolferSolution,
    fewest_repeats,
    repeats,
    social_golfer,
)
from planner.engines.refreshing.tabu_search import fewer_repeats
from planner.model.evaluation import evaluate
from planner.model.instance import CompanyCost, Instance, SumCost


def dealt(students: int, groups: int) -> np.ndarray:
    return np.arange(students) % groups


def meet(instance: Instance, count: int) -> SocialGolferSolution:
    start = dealt(instance.students, instance.groups)
    return social_golfer(instance, start, count, seed=0, proposals=100_000, watch=Watch())


@pytest.mark.parametrize(
    ("students", "size", "days"),
    [
        (15, 3, 7),
        (16, 4, 5),
        (28, 4, 9),
        (9, 3, 4),
        (25, 5, 6),
        (8, 2, 7),
        (120, 4, 6),
        (24, 4, 5),
    ],
)
def test_known_cases_come_out_without_a_repeat(students: int, size: int, days: int) -> None:
    """Kirkman's schoolgirls, the affine plane of order 4, the unital of order 3, and others."""
    instance = Instance(students, students // size, size, size)
    found = meet(instance, days)
    assert len(found.places) == days
    for places in found.places:
        assert np.bincount(places).tolist() == [size] * (students // size)
    pairs = [
        (a, b)
        for places in found.places
        for a, b in combinations(range(students), 2)
        if places[a] == places[b]
    ]
    assert len(set(pairs)) == len(pairs)
    assert (found.repeats, found.fewest) == (0, 0)


@pytest.mark.parametrize(
    ("groups", "size", "known"), [(5, 3, 7), (4, 4, 5), (7, 4, 9), (7, 3, 7), (8, 4, 9), (6, 5, 0)]
)
def test_designs_have_no_repeat(groups: int, size: int, known: int) -> None:
    found = design(groups, size, 9)
    assert len(found) == known
    met: set[frozenset[int]] = set()
    for points in found:
        assert sorted(point for group in points for point in group) == list(range(groups * size))
        for group in points:
            for pair in combinations(group, 2):
                assert frozenset(pair) not in met
                met.add(frozenset(pair))


def test_more_blocks_than_there_are_people_to_meet_repeat_as_little_as_can_be() -> None:
    """Four students in pairs: after three blocks everyone has met, and a fourth repeats two pairs."""
    found = meet(Instance(4, 2, 2, 2), 4)
    assert (found.repeats, found.fewest) == (2, 2)


def test_no_two_blocks_of_six_in_threes_do_better() -> None:
    start = dealt(6, 2)
    found = meet(Instance(6, 2, 3, 3), 2)
    every = [np.asarray(p) for p in product(range(2), repeat=6) if sum(p) == 3]
    assert found.repeats == min(repeats([start, other]) for other in every)


def test_repeats_are_counted_beyond_the_first() -> None:
    same = np.asarray([0, 0, 1, 1])
    assert repeats([same, same, same]) == 4
    assert fewest_repeats([same, same, same, same]) == 2
    absent = np.asarray([0, 0, -1, -1])
    assert repeats([absent, absent]) == 1


def test_every_block_holds_the_rules() -> None:
    women = np.asarray([1, 1, 0, 0] * 6)
    which = np.flatnonzero(women)
    never = CompanyCost(must=True, price=100, students=which, others=which)
    grades = np.random.default_rng(1).integers(-20, 21, 24)
    balance = SumCost(must=False, price=5, weights=grades, low=0, high=0)
    instance = Instance(24, 6, 4, 4, (never, balance))
    start = np.asarray([g for g in range(6) for _ in range(4)])
    found = social_golfer(instance, start, 3, seed=0, proposals=100_000, watch=Watch())
    assert all(evaluate(instance, places).holds for places in found.places)
    assert found.repeats <= 12  # each block has twelve women, in pairs at least


def test_blocks_that_are_past_stay_and_count() -> None:
    past = dealt(16, 4)
    start = np.asarray([s // 4 for s in range(16)])
    found = social_golfer(
        Instance(16, 4, 4, 4), start, 3, before=[past], seed=0, proposals=100_000, watch=Watch()
    )
    assert (found.places[0] == start).all()
    assert found.repeats == repeats([past, *found.places]) == 0


def test_blocks_that_are_fixed_are_not_touched() -> None:
    blocks = np.stack([dealt(12, 3), dealt(12, 3), dealt(12, 3)])
    found = fewer_repeats(blocks, 1, seed=0, steps=500, watch=Watch())
    assert (found[:2] == blocks[:2]).all()
    assert np.bincount(found[2]).tolist() == [4, 4, 4]
    assert repeats(list(found)) < repeats(list(blocks))


def test_as_many_as_can_be_keep_the_number_of_their_group() -> None:
    """In a block of new groups of four, somebody of each may keep it: one of the four."""
    found = meet(Instance(16, 4, 4, 4), 4)
    for before, after in zip(found.places, found.places[1:], strict=False):
        assert (before == after).sum() == 4


def test_the_search_for_repeats_ends_when_all_has_to_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its steps look at all pairs, 200,000 times: half an hour in a large class, whatever was asked."""
    blocks = np.stack([np.arange(12) % 4] * 8)
    whole = fewer_repeats(blocks, 7, seed=1, steps=40, watch=Watch())
    monkeypatch.setattr("planner.engines.refreshing.tabu_search.LOOK", 12 * 12)  # a look at each step
    assert np.array_equal(fewer_repeats(blocks, 7, seed=1, steps=40, watch=Watch()), whole)
    asked: list[int] = []

    def enough() -> bool:
        asked.append(0)
        return len(asked) > 5

    watch = Watch(wanted_stop=enough)
    stopped = fewer_repeats(blocks, 7, seed=1, steps=40, watch=watch)
    assert (len(asked), watch.cut_short) == (6, True)
    assert np.array_equal(stopped, fewer_repeats(blocks, 7, seed=1, steps=5, watch=Watch()))

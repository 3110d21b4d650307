"""The line before the workers: everybody has a turn, and nobody's place gets worse by what others ask for."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from planner.jobs.fair_queue import FairQueue

OWNERS = st.sampled_from("abcd")


def test_turns_go_round_and_each_has_their_own_in_order() -> None:
    line: FairQueue[str] = FairQueue()
    for thing in ("a0", "a1", "a2", "b0", "b1", "c0"):
        line.add(thing[0], thing)
    order = [thing for _, thing in line.order()]
    assert order == ["a0", "b0", "c0", "a1", "b1", "a2"]
    assert [line.place(thing) for thing in order] == [1, 2, 3, 4, 5, 6]
    assert line.place("elsewhere") == 0


def test_who_has_something_under_way_lets_others_go_first() -> None:
    line: FairQueue[str] = FairQueue()
    line.add("a", "a0")
    assert line.take() == ("a", "a0")
    line.add("a", "a1")
    line.add("b", "b0")
    assert line.place("b0") == 1
    line.ended("a")
    assert line.place("b0") == 1
    assert line.take(newcomer=True) == ("b", "b0")
    assert line.take(newcomer=True) == ("a", "a1")
    assert line.take() is None


def test_a_spare_place_is_kept_for_newcomers() -> None:
    line: FairQueue[str] = FairQueue()
    line.add("a", "a0")
    line.add("a", "a1")
    line.take()
    assert line.take(newcomer=True) is None
    assert line.take() == ("a", "a1")


def test_what_leaves_the_line_is_no_longer_in_it() -> None:
    line: FairQueue[str] = FairQueue()
    line.add("a", "a0")
    assert line.leave("a", "a0")
    assert not line.leave("a", "a0")
    assert line.order() == []


@given(st.lists(OWNERS, max_size=12), st.integers(1, 20))
def test_who_asks_for_a_lot_comes_between_no_more_than_once_a_round(others: list[str], many: int) -> None:
    line: FairQueue[tuple[str, int]] = FairQueue()
    for number in range(many):
        line.add("greedy", ("greedy", number))
    for number, owner in enumerate(others):
        line.add(owner, (owner, number))
    for owner in set(others):
        assert line.place((owner, others.index(owner))) <= len(set(others)) + 1


@given(st.lists(OWNERS, max_size=30))
def test_everything_is_taken_once_in_the_order_that_was_told(owners: list[str]) -> None:
    line: FairQueue[int] = FairQueue()
    for number, owner in enumerate(owners):
        line.add(owner, number)
    told = line.order()
    taken = []
    while (one := line.take()) is not None:
        taken.append(one)
    assert taken == told
    assert sorted(number for _, number in taken) == list(range(len(owners)))

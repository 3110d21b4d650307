"""The visiting plan: first to groups whose people changed, and fair over every term."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.handouts.visits import (
    Stretch,
    Visit,
    VisitReason,
    changed,
    course_visits,
    visits,
)
from planner.model.domain import Group
from tests.builders.classes import make_groups
from tests.builders.handouts import LATIN, after, course


def stretch(groups: str, from_week: int = 1, **sooner: VisitReason) -> Stretch:
    return Stretch(from_week=from_week, groups=tuple(groups), sooner=sooner)


def names(term: Sequence[Sequence[Visit]]) -> list[str]:
    return ["".join(visit.group for visit in week) for week in term]


def spread(counts: Counter[str], groups: Sequence[str]) -> int:
    return max(counts[group] for group in groups) - min(counts[group] for group in groups)


def test_every_group_has_its_turn_before_any_comes_back() -> None:
    term = visits([stretch("abcde")], weeks=5, each_week=2)
    assert names(term) == ["ab", "cd", "ea", "bc", "de"]
    assert {visit.why for week in term for visit in week} == {VisitReason.TURN}


def test_small_classes_are_seen_every_week() -> None:
    assert names(visits([stretch("ab")], weeks=2, each_week=5)) == ["ab", "ab"]


@pytest.mark.parametrize("groups", range(1, 41))
def test_counts_stay_within_one_in_every_week_of_every_term(groups: int) -> None:
    """Every number of groups to 40, every number of visits to 12, every term to 60 weeks."""
    labels = tuple(f"g{n}" for n in range(groups))
    for each_week in range(1, 13):
        counts: Counter[str] = Counter()
        last: dict[str, int] = {}
        first = Stretch(from_week=1, groups=labels, sooner={})
        for week, here in enumerate(visits([first], 60, each_week)):
            assert len({visit.group for visit in here}) == len(here) == min(each_week, groups)
            counts.update(visit.group for visit in here)
            assert spread(counts, labels) <= 1
            for visit in here:
                # Nobody waits longer than it takes to see all others.
                assert week - last.get(visit.group, week) <= -(-groups // min(each_week, groups))
                last[visit.group] = week


@st.composite
def terms(draw: st.DrawFn) -> tuple[list[Stretch], int, int]:
    """Return a term in which groups come, go, and change."""
    weeks = draw(st.integers(1, 14))
    found = []
    labels = draw(st.integers(1, 8))
    fresh = labels
    groups = [f"g{n}" for n in range(labels)]
    starts = sorted(draw(st.sets(st.integers(2, 14), max_size=3)))
    for start in (1, *starts):
        if start > 1:
            staying = draw(st.integers(1, len(groups)))
            coming = draw(st.integers(0, 2))
            groups = groups[:staying] + [f"g{fresh + n}" for n in range(coming)]
            fresh += coming
        sooner = {group: draw(st.sampled_from(list(VisitReason))) for group in groups} if start > 1 else {}
        found.append(Stretch(from_week=start, groups=tuple(groups), sooner=sooner))
    return found, weeks, draw(st.integers(1, 5))


def calm(stretches: Sequence[Stretch]) -> list[str]:
    """Return the groups of all term whose people never change."""
    changed = {group for one in stretches for group, why in one.sooner.items() if why is not VisitReason.TURN}
    return sorted(set(stretches[0].groups).intersection(*(one.groups for one in stretches)) - changed)


@given(terms())
def test_groups_whose_people_stay_are_within_one_whatever_happens_to_others(
    term: tuple[list[Stretch], int, int],
) -> None:
    stretches, weeks, each_week = term
    planned = visits(stretches, weeks, each_week)
    counts: Counter[str] = Counter()
    for here in planned:
        counts.update(visit.group for visit in here)
        assert spread(counts, calm(stretches) or ["g0"]) <= 1
    for week, here in enumerate(planned, start=1):
        now = next(one for one in reversed(stretches) if one.from_week <= week)
        assert {visit.group for visit in here} <= set(now.groups)
        assert len(here) == len({visit.group for visit in here}) == min(each_week, len(now.groups))


@given(terms())
def test_whoever_changed_comes_before_all_others_from_that_week_on(
    term: tuple[list[Stretch], int, int],
) -> None:
    """Newcomers' groups were seen only once all others had been: for the rest of a term, in a large class."""
    stretches, weeks, each_week = term
    waiting: dict[str, VisitReason] = {}
    for week, here in enumerate(visits(stretches, weeks, each_week), start=1):
        for one in stretches:
            if one.from_week == week:
                waiting = {group: why for group, why in waiting.items() if group in one.groups}
                for group, why in one.sooner.items():
                    waiting[group] = max(why, waiting.get(group, VisitReason.TURN))
        reasons = [waiting.pop(visit.group, VisitReason.TURN) for visit in here]
        assert reasons == sorted(reasons, reverse=True)
        assert reasons == [visit.why for visit in here]
        assert (
            max(waiting.values(), default=VisitReason.TURN) <= reasons[-1]
        )  # who still waits had no stronger reason


@pytest.mark.parametrize("weeks", [6, 10, 20, 60])
@pytest.mark.parametrize("each_week", [1, 2, 3])
def test_after_several_reruns_all_groups_come_within_one_again(weeks: int, each_week: int) -> None:
    """Two newcomers' groups in each of three reruns; the others make up for it as soon as there is time."""
    labels = [f"g{n}" for n in range(8)]
    reruns = [
        Stretch(from_week=week, groups=tuple(labels), sooner=dict.fromkeys(here, VisitReason.NEWCOMERS))
        for week, here in ((2, labels[:2]), (3, labels[:2]), (5, labels[2:4]))
    ]
    planned = visits([Stretch(from_week=1, groups=tuple(labels), sooner={}), *reruns], weeks, each_week)
    for rerun in reruns:
        seen = [visit.group for week in planned[rerun.from_week - 1 :][:2] for visit in week]
        assert set(rerun.sooner) <= set(seen[: 2 * each_week])
    counts: Counter[str] = Counter()
    even_again = []
    for week, here in enumerate(planned, start=1):
        counts.update(visit.group for visit in here)
        even_again.append(spread(counts, labels) <= 1)
        # One visit more for every one out of turn: three of those at the most.
        assert spread(counts, labels) <= 4, week
    made_up = 5 + -(-3 * len(labels) // each_week)  # every other group can have had three visits by then
    assert all(even_again[made_up:])


def test_a_class_too_large_to_see_everyone_twice_still_goes_to_who_is_new() -> None:
    """Thirty groups, three a week, ten weeks: newcomers in a group that had been seen saw nobody."""
    labels = tuple(f"g{n}" for n in range(30))
    rerun = Stretch(
        from_week=4, groups=labels, sooner={"g0": VisitReason.NEWCOMERS, "g5": VisitReason.CHANGED}
    )
    planned = visits([Stretch(from_week=1, groups=labels, sooner={}), rerun], 10, 3)
    assert [visit.group for visit in planned[3]] == ["g0", "g5", "g9"]
    counts = Counter(visit.group for week in planned for visit in week)
    assert spread(counts, [label for label in labels if label not in rerun.sooner]) <= 1
    assert (counts["g0"], counts["g5"]) == (2, 2)


@given(terms(), st.integers(1, 14))
def test_what_comes_later_changes_no_visit_that_has_been(
    term: tuple[list[Stretch], int, int], now: int
) -> None:
    stretches, weeks, each_week = term
    known = [one for one in stretches if one.from_week <= now]
    assert visits(known, weeks, each_week)[:now] == visits(stretches, weeks, each_week)[:now]


def test_newcomers_first_then_changed_then_who_waited_longest() -> None:
    changes = stretch("abcdef", 2, f=VisitReason.NEWCOMERS, e=VisitReason.CHANGED)
    term = visits([stretch("abcdef"), changes], weeks=4, each_week=2)
    assert names(term) == ["ab", "fe", "cd", "ab"]
    assert [visit.why for visit in term[1]] == [VisitReason.NEWCOMERS, VisitReason.CHANGED]
    assert {visit.why for visit in (*term[2], *term[3])} == {VisitReason.TURN}


def test_a_group_that_was_just_seen_comes_again_where_it_changed_and_then_waits_for_the_others() -> None:
    term = visits([stretch("abcd"), stretch("abcd", 2, a=VisitReason.NEWCOMERS)], weeks=5, each_week=1)
    assert names(term) == ["a", "a", "b", "c", "d"]
    longer = visits(
        [stretch("abcd"), stretch("abcd", 2, c=VisitReason.CHANGED, a=VisitReason.NEWCOMERS)], 8, 1
    )
    assert names(longer) == ["a", "a", "c", "b", "d", "c", "b", "d"]
    assert [week[0].since for week in longer[:4]] == [None, 2, 2, None]


def test_a_group_that_changes_again_before_its_visit_waits_since_the_first_change() -> None:
    stretches = [
        stretch("abc"),
        stretch("abc", 2, a=VisitReason.NEWCOMERS, b=VisitReason.CHANGED),
        stretch("abc", 3, b=VisitReason.TURN),
    ]
    assert visits(stretches, 3, 1)[2][0] == Visit(group="b", why=VisitReason.CHANGED, since=2)
    stretches[2] = stretch("abc", 3, b=VisitReason.NEWCOMERS, c=VisitReason.NEWCOMERS)
    assert visits(stretches, 4, 1)[2:] == (
        (Visit(group="b", why=VisitReason.NEWCOMERS, since=2),),
        (Visit(group="c", why=VisitReason.NEWCOMERS, since=3),),
    )


def test_groups_that_change_are_told_apart() -> None:
    before = make_groups("abc", "def", "gh")
    now = (*make_groups("ab", "cdef"), *make_groups("", "", "gh", "i")[2:])
    assert changed(before, now) == {
        "Groep 1": VisitReason.CHANGED,
        "Groep 2": VisitReason.NEWCOMERS,
        "Groep 4": VisitReason.NEWCOMERS,
    }


def test_a_course_has_its_visits_from_its_history() -> None:
    before = course(LATIN, LATIN, LATIN, rules="[groups]\nsize = [3, 5]\n[term]\nweeks = 4")
    one, two, three = before.plan.groups
    moved = [
        Group(name=one.name, members=one.members[:3]),
        Group(name=two.name, members=two.members),
        Group(name=three.name, members=(*three.members, one.members[3])),
    ]
    now = after(before, moved, before.roster, from_week=2)
    assert names(course_visits(before, 1)) == ["Groep 1", "Groep 2", "Groep 3", "Groep 1"]
    assert names(course_visits(now, 1)) == ["Groep 1", "Groep 3", "Groep 1", "Groep 2"]


def test_a_rerun_that_was_replaced_before_its_week_left_no_visits() -> None:
    """A rerun for an earlier week than the one before it: the groups of that one never came to be."""
    before = course(LATIN, LATIN, LATIN, rules="[groups]\nsize = [3, 5]\n[term]\nweeks = 4")
    one, two, three = before.plan.groups
    other = Group(name="Groep 9", members=three.members)
    late = after(before, [one, two, other], before.roster, from_week=3)
    now = after(late, [one, two, three], before.roster, from_week=2)
    assert names(course_visits(now, 1)) == ["Groep 1", "Groep 2", "Groep 3", "Groep 1"]

"""The visiting plan: fair in every week of every term, and soonest where somebody waits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.cards.visits import Stretch, Visit, Why, changed, course_visits, visits
from planner.domain import Group
from tests.cards.example import LATIN, after, course
from tests.classes import make_groups


def stretch(groups: str, from_week: int = 1, **sooner: Why) -> Stretch:
    return Stretch(from_week=from_week, groups=tuple(groups), sooner=sooner)


def names(term: Sequence[Sequence[Visit]]) -> list[str]:
    return ["".join(visit.group for visit in week) for week in term]


def spread(counts: Counter[str], groups: Sequence[str]) -> int:
    return max(counts[group] for group in groups) - min(counts[group] for group in groups)


def test_every_group_has_its_turn_before_any_comes_back() -> None:
    term = visits([stretch("abcde")], weeks=5, each_week=2)
    assert names(term) == ["ab", "cd", "ea", "bc", "de"]
    assert {visit.why for week in term for visit in week} == {Why.TURN}


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
        sooner = {group: draw(st.sampled_from(list(Why))) for group in groups} if start > 1 else {}
        found.append(Stretch(from_week=start, groups=tuple(groups), sooner=sooner))
    return found, weeks, draw(st.integers(1, 5))


@given(terms())
def test_groups_of_all_term_stay_within_one_whatever_happens_to_others(
    term: tuple[list[Stretch], int, int],
) -> None:
    stretches, weeks, each_week = term
    planned = visits(stretches, weeks, each_week)
    steady = set(stretches[0].groups).intersection(*(one.groups for one in stretches))
    counts: Counter[str] = Counter()
    for here in planned:
        counts.update(visit.group for visit in here)
        assert spread(counts, sorted(steady)) <= 1
    for week, here in enumerate(planned, start=1):
        now = next(one for one in reversed(stretches) if one.from_week <= week)
        assert {visit.group for visit in here} <= set(now.groups)


@given(terms(), st.integers(1, 14))
def test_what_comes_later_changes_no_visit_that_has_been(
    term: tuple[list[Stretch], int, int], now: int
) -> None:
    stretches, weeks, each_week = term
    known = [one for one in stretches if one.from_week <= now]
    assert visits(known, weeks, each_week)[:now] == visits(stretches, weeks, each_week)[:now]


def test_newcomers_first_then_changed_then_who_waited_longest() -> None:
    changes = stretch("abcdef", 2, f=Why.NEWCOMERS, e=Why.CHANGED)
    term = visits([stretch("abcdef"), changes], weeks=4, each_week=2)
    assert names(term) == ["ab", "fe", "cd", "ab"]
    assert [visit.why for visit in term[1]] == [Why.NEWCOMERS, Why.CHANGED]
    assert {visit.why for visit in (*term[2], *term[3])} == {Why.TURN}


def test_a_group_that_was_just_seen_waits_for_the_others_though_it_changed() -> None:
    term = visits([stretch("abcd"), stretch("abcd", 2, a=Why.NEWCOMERS)], weeks=4, each_week=1)
    assert names(term) == ["a", "b", "c", "d"]
    longer = visits([stretch("abcd"), stretch("abcd", 2, c=Why.CHANGED, a=Why.NEWCOMERS)], 6, 1)
    assert names(longer) == ["a", "c", "b", "d", "a", "c"]
    assert longer[4][0].why is Why.NEWCOMERS  # the wish waits along with the group


def fair_terms(groups: str, weeks: int, each_week: int) -> Iterator[list[tuple[str, ...]]]:
    """Return every plan whose counts are within one after every week."""

    def grown(term: list[tuple[str, ...]], counts: Counter[str]) -> Iterator[list[tuple[str, ...]]]:
        if len(term) == weeks:
            yield term
            return
        for here in combinations(groups, each_week):
            now = counts + Counter(here)
            if spread(now, groups) <= 1:
                yield from grown([*term, here], now)

    return grown([], Counter())


@pytest.mark.parametrize(("groups", "weeks", "each_week"), [("abc", 5, 1), ("abcd", 4, 2), ("abcde", 4, 2)])
def test_no_fair_plan_reaches_who_waits_any_sooner(groups: str, weeks: int, each_week: int) -> None:
    """By brute force: of all plans that are fair in every week and start alike, none is sooner."""
    for at in range(2, weeks + 1):
        for wanted in groups:
            stretches = [stretch(groups), stretch(groups, at, **{wanted: Why.NEWCOMERS})]
            mine = visits(stretches, weeks, each_week)
            past = [{visit.group for visit in week} for week in mine[: at - 1]]
            sooner = [
                next((week for week in range(at, weeks + 1) if wanted in term[week - 1]), weeks + 1)
                for term in fair_terms(groups, weeks, each_week)
                if [set(week) for week in term[: at - 1]] == past
            ]
            seen = [week for week in range(at, weeks + 1) if wanted in names(mine)[week - 1]]
            assert (seen or [weeks + 1])[0] == min(sooner)


def test_groups_that_change_are_told_apart() -> None:
    before = make_groups("abc", "def", "gh")
    now = (*make_groups("ab", "cdef"), *make_groups("", "", "gh", "i")[2:])
    assert changed(before, now) == {
        "Groep 1": Why.CHANGED,
        "Groep 2": Why.NEWCOMERS,
        "Groep 4": Why.NEWCOMERS,
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
    assert names(course_visits(now, 1)) == ["Groep 1", "Groep 3", "Groep 2", "Groep 1"]

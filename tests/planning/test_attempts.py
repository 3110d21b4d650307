"""Every number of groups that could do is tried, and a plan that turns up anywhere is used.

Once only the four numbers nearest to the preferred size were, and classes that can be divided were refused.
"""

from __future__ import annotations

import json
import pickle

import pytest

from planner.engines.common.watch import Watch
from planner.infeasibility.conflict import explain
from planner.model.domain import Roster
from planner.model.no_plan import NoPlan
from planner.model.reports import Status
from planner.planning import attempts
from planner.planning.formation import form
from planner.reporting.describe import verdict
from planner.rules import Rules
from tests.builders.classes import column_of, make_roster, make_rules


@pytest.fixture
def stopped() -> Watch:
    """Return a watch that stops a run at its first look."""
    return Watch(wanted_stop=lambda: True)


def students(number: int) -> Roster:
    return make_roster([{"id": str(1000 + place)} for place in range(number)])


def named(kind: str, ids: list[str]) -> str:
    return f'[[rule]]\nkind = "{kind}"\nimportance = "must"\nstudents = {json.dumps(ids)}\n'


def nine_apart(count: str = "") -> Rules:
    """Twenty-four students, of whom nine are kept apart: six groups are nearest, and nine are needed."""
    return make_rules(f"[groups]\nsize = [2, 6]\n{count}{named('apart', [str(1000 + n) for n in range(9)])}")


@pytest.mark.parametrize("effort", ["quick", "normal"])
def test_more_groups_than_the_preferred_size_suggests_where_many_are_kept_apart(effort: str) -> None:
    plan = form(nine_apart(), students(24), effort=effort)  # type: ignore[arg-type]
    assert len(plan.groups) == 9
    fixed = form(nine_apart("count = 9\n"), students(24), effort=effort)  # type: ignore[arg-type]
    assert fixed.outcome.status is Status.OPTIMAL
    assert verdict(fixed.outcome, 9).text("en") == "Proven: no plan with 9 groups can be better."
    assert plan.groups == fixed.groups


NEVER_ALONE = """[groups]
size = [2, 3]
[[rule]]
kind = "mix"
column = "Programme"
importance = "nice"
[[rule]]
kind = "never-alone"
column = "Gender"
values = ["m"]
importance = "must"
"""
GENDERS = "mffmfmmxmxmmmmffmxfmffffmfmmfmmmff"
PROGRAMMES = "CABDAABAAABBCAAAABACACCAAADABACCCC"


def test_seventeen_pairs_cannot_be_and_sixteen_groups_can() -> None:
    rows = [
        {"id": str(1000 + 3 * place), "Gender": gender, "Programme": programme}
        for place, (gender, programme) in enumerate(zip(GENDERS, PROGRAMMES, strict=True))
    ]
    assert GENDERS.count("m") % 2  # in pairs one of them is alone
    plan = form(make_rules(NEVER_ALONE), make_roster(rows), effort="quick")
    assert len(plan.groups) == 16


def test_a_number_that_is_excluded_is_not_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    searched: list[int] = []
    search = attempts.search

    def noted(instance, **options):  # type: ignore[no-untyped-def]
        searched.append(instance.groups)
        return search(instance, **options)

    monkeypatch.setattr(attempts, "search", noted)
    form(nine_apart(), students(24), effort="quick")
    assert searched == [9]


def test_of_the_numbers_that_can_be_the_nearest_to_the_preferred_size_is_taken() -> None:
    ids = [str(1000 + n) for n in range(24)]
    chains = "".join(named("together", ids[place : place + 4]) for place in range(0, 20, 4))
    rules = make_rules(f"[groups]\nsize = [2, 6]\nprefer = 2\n{chains}")
    # Twelve groups are nearest to pairs; five chains of four leave four students, for two pairs.
    assert len(form(rules, students(24), effort="quick").groups) == 7


def test_ties_that_nothing_else_goes_with_are_seen_whatever_the_number() -> None:
    """Two who are tied give different answers, and groups have one: no search is needed to know."""
    rows = [{"id": str(1000 + place), "Vak": "xy"[place % 2]} for place in range(24)]
    tied = named("together", ["1000", "1001"])
    alike = '[[rule]]\nkind = "similar"\ncolumn = "Vak"\nimportance = "must"\n'
    with pytest.raises(NoPlan) as none:
        form(make_rules(f"[groups]\nsize = [2, 6]\n{tied}{alike}"), make_roster(rows), effort="quick")
    assert none.value.proven


def test_where_no_number_can_be_it_is_proven_and_what_came_nearest_is_told() -> None:
    ids = [str(1000 + n) for n in range(13)]
    rules = make_rules(f"[groups]\nsize = [2, 6]\n{named('apart', ids)}")
    with pytest.raises(NoPlan) as none:
        form(rules, students(24), effort="quick")
    assert none.value.proven
    assert [report.kind for report in none.value.broken] == ["apart"]
    assert not none.value.cut_short


@pytest.mark.parametrize(
    ("counts", "most", "left"),
    [
        ([5, 4, 6], 4, [5, 4, 6]),
        ([5, 4, 6, 3, 7, 8, 9], 3, [6, 3, 9]),
        ([5, 4, 6], 1, [4]),
        ([5, 4, 6], 0, []),
        ([5, 4], -3, []),
        ([], 2, []),
    ],
)
def test_some_of_many_numbers_are_of_their_whole_range(counts: list[int], most: int, left: list[int]) -> None:
    assert attempts._spread(counts, most) == left


# A plan that turns up while what is in the way is looked for


def test_the_groups_that_turn_up_hold_and_a_plan_begins_from_them() -> None:
    rules, roster = nine_apart(), students(24)
    found = explain(rules, roster)
    assert found.holds
    assert len(found.groups) >= 9
    assert pickle.loads(pickle.dumps(found)).groups == found.groups  # from a process of its own
    plan = form(rules, roster, effort="quick", start=found.groups)
    assert len(plan.groups) == len(found.groups)
    assert plan.outcome.status is Status.OPTIMAL


def test_begun_from_groups_a_stop_at_once_still_gives_a_plan(stopped: Watch) -> None:
    rules, roster = nine_apart(), students(24)
    plan = form(rules, roster, effort="normal", start=explain(rules, roster).groups, watch=stopped)
    assert plan.outcome.cut_short


def test_time_that_was_up_is_told_apart_from_work_that_was_done(stopped: Watch) -> None:
    lonely = '[groups]\nsize = [3, 3]\n[[rule]]\nkind = "overlap"\ncolumns = ["Vrij"]\nimportance = "must"\n'
    with pytest.raises(NoPlan) as none:
        form(make_rules(lonely), column_of("Vrij", "ma", "ma", "ma", "di", "di", "wo"), watch=stopped)
    assert none.value.cut_short
    assert not none.value.proven

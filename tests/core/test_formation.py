"""A first plan is the best there is, or there is none: held against trying every division."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from planner import __version__, formation
from planner.audit import audit
from planner.domain import Plan, Roster, Status
from planner.engines import search as search_engine
from planner.engines.limits import Progress, Watch
from planner.formation import NoPlan, check_fit, form
from planner.instance import Instance
from planner.problems import InputError, Level
from planner.rules import Rules
from planner.rules.counting import IMPOSSIBLE, group_counts
from planner.told import verdict
from tests.classes import classes, column_of, least_cost, make_roster, make_rules


@pytest.fixture
def _small_budget() -> Iterator[None]:
    """Search a thousandth as long, so that the exact steps have something left to do."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search_engine, "CHUNK", 2_000)
        for effort in formation.EFFORTS:
            patch.setitem(formation.PROPOSALS, effort, 100)
            patch.setitem(formation.LEAST_PROPOSALS, effort, 1_000)
        yield


@pytest.fixture
def _no_search() -> Iterator[None]:
    """Deal and leave it at that: feasibility and the best plan are all up to the exact steps."""

    def deal(instance: Instance, **options: Any) -> search_engine.Found:
        options["watch"] = Watch(wanted_stop=lambda: True)
        return search_engine.search(instance, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(formation, "search", deal)
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
    assert plan.outcome.rules == checked.reports
    assert not plan.outcome.cut_short


@given(classes(most=7), st.integers(0, 1000))
@settings(max_examples=400)
@pytest.mark.usefixtures("_small_budget")
def test_the_plan_is_the_best_there_is_or_there_is_none(case: tuple[Rules, Roster], seed: int) -> None:
    check_form(*case, seed)


@given(classes(most=7), st.integers(0, 1000))
@settings(max_examples=150)
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


# What is in a plan

TWELVE = make_roster(
    [
        {"id": str(n), "name": name, "Cijfer": str(5 + n % 5)}
        for n, name in enumerate(
            ["Zoë", "Yara", "Xander", "Wim", "Vera", "Uma", "Teun", "Sem", "Rik", "Quinn", "Pien", "Otto"]
        )
    ]
)


def test_groups_are_numbered_by_the_class_list_and_members_sorted_by_surname() -> None:
    rules = make_rules('[groups]\nsize = [3, 5]\n[[rule]]\nkind = "balance"\ncolumn = "Cijfer"')
    plan = form(rules, TWELVE, seed=4, effort="quick")
    assert [group.name for group in plan.groups] == ["Groep 1", "Groep 2", "Groep 3"]
    firsts = [min(TWELVE.position[student] for student in group.members) for group in plan.groups]
    assert firsts == sorted(firsts)
    for group in plan.groups:
        names = [TWELVE.by_id[student].sort_name for student in group.members]
        assert names == sorted(names)
    assert sorted(plan.group_of) == sorted(TWELVE.by_id)
    assert (plan.language, plan.seed, plan.version, plan.effort) == ("nl", 4, __version__, "quick")


def test_everyone_has_turns_in_every_week() -> None:
    rules = make_rules("[groups]\nsize = [4, 4]\n[term]\nweeks = 4")
    plan = form(rules, TWELVE, seed=1, effort="quick")
    assert [turn.week for turn in plan.turns] == sorted(turn.week for turn in plan.turns)
    assert len(plan.turns) == 4 * 3 * 4  # weeks, groups, roles
    held = {(turn.student_id, turn.role) for turn in plan.turns}
    assert len(held) == 12 * 4  # in four weeks everyone holds each role once
    assert plan.outcome.rules[-1].kind == "roles"
    assert plan.outcome.rules[-1].units == 0


def test_the_number_of_groups_asked_for() -> None:
    plan = form(make_rules("[groups]\nsize = [3, 5]\ncount = 4"), TWELVE, effort="quick")
    assert len(plan.groups) == 4


def test_another_number_of_groups_where_the_nearest_cannot_hold() -> None:
    # Three groups of four are nearest; four who must be apart need four groups.
    rules = make_rules(
        '[groups]\nsize = [3, 4]\nprefer = 4\n[[rule]]\nkind = "apart"\nstudents = ["0","1","2","3"]'
    )
    plan = form(rules, TWELVE, effort="normal")
    assert len(plan.groups) == 4
    assert plan.outcome.cost == 4 * 500


def test_another_seed_gives_another_plan() -> None:
    rules = make_rules("[groups]\nsize = [3, 5]")
    plans = {form(rules, TWELVE, seed=seed, effort="quick").groups for seed in range(3)}
    assert len(plans) == 3


def test_progress_goes_from_start_to_done() -> None:
    seen: list[Progress] = []
    rules = make_rules('[groups]\nsize = [3, 5]\n[[rule]]\nkind = "balance"\ncolumn = "Cijfer"')
    plan = form(rules, TWELVE, watch=Watch(report=seen.append))
    done = [progress.done for progress in seen]
    assert done == sorted(done)
    assert done[-1] == 1.0
    assert seen[-1].stage == "done"
    assert (seen[-1].cost, seen[-1].strain) == (plan.outcome.cost, 0)


def test_groups_of_one_size_have_a_bound_too() -> None:
    plan = form(make_rules("[groups]\nsize = [4, 4]"), TWELVE, effort="quick")
    assert (plan.outcome.cost, plan.outcome.bound) == (0, 0)
    assert plan.outcome.status is Status.OPTIMAL


def test_the_proof_is_about_the_number_of_groups_of_the_plan_and_says_so() -> None:
    """See docs/decisions/0002: the number of groups is chosen first, and the proof names it."""
    rules = make_rules("""
        [groups]
        size = [2, 3]
        prefer = 3
        [[rule]]
        kind = "similar"
        column = "Leerdoel"
    """)
    # Three pairs of one goal cost 3 x 500 for their size; two groups of three cost 2 + 2 pairs.
    roster = column_of("Leerdoel", "x", "x", "y", "y", "z", "z")
    assert (least_cost(rules, roster, 2), least_cost(rules, roster, 3)) == (2000, 1500)
    plan = form(rules, roster)
    assert (len(plan.groups), plan.outcome.cost, plan.outcome.status) == (2, 2000, Status.OPTIMAL)
    assert verdict(plan.outcome, 2).text("en") == "Proven: no plan with 2 groups can be better."


# What is in the way


def no_plan(rules: Rules, roster: Roster) -> NoPlan:
    with pytest.raises(NoPlan) as caught:
        form(rules, roster, effort="quick")
    return caught.value


TOO_MANY = """
    [groups]
    size = [3, 3]
    [[rule]]
    kind = "limit"
    column = "Werkt"
    value = "ja"
    at_most = 1
    importance = "must"
"""


def test_a_rule_that_cannot_hold_is_named() -> None:
    rules = make_rules(f'{TOO_MANY}[[rule]]\nkind = "mix"\ncolumn = "Werkt"\nimportance = "nice"')
    none = no_plan(rules, column_of("Werkt", "ja", "ja", "ja", "nee", "nee", "nee"))
    assert none.proven
    (report,) = none.broken
    assert report.title.text("nl") == "Hooguit 1 × Werkt = ja"
    assert sum(finding.units for finding in report.findings) == 1
    assert "Werkt = ja: hier 2." in [finding.message.text("nl") for finding in report.findings]


def test_without_a_proof_nothing_is_called_impossible(monkeypatch: pytest.MonkeyPatch) -> None:
    rules, roster = make_rules(TOO_MANY), column_of("Werkt", "ja", "ja", "ja", "nee", "nee", "nee")
    assert no_plan(rules, roster).proven
    monkeypatch.setattr(formation, "FEASIBLE_LITERALS", 0)  # too large to ask for a proof
    unknown = no_plan(rules, roster)
    assert not unknown.proven
    assert [report.kind for report in unknown.broken] == ["limit"]


def test_not_every_number_of_groups_tried_is_no_proof(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = make_rules(TOO_MANY.replace("[3, 3]", "[2, 3]"))
    roster = column_of("Werkt", *["ja"] * 5, "nee")
    assert no_plan(rules, roster).proven
    monkeypatch.setattr(formation, "MOST_COUNTS", 1)
    assert not no_plan(rules, roster).proven


def test_what_counting_shows_is_told_without_a_search() -> None:
    rules = make_rules('[groups]\nsize = [4, 5]\n[[rule]]\nkind = "apart"\nstudents = ["a", "b"]')
    none = no_plan(rules, make_roster([{} for _ in range(7)]))
    assert (none.proven, none.broken) == (True, ())
    assert [problem.text("nl") for problem in none.problems] == [
        "7 studenten kunnen geen groepen van 4–5 vormen. Wat wel kan en het dichtstbij komt: 3–4."
    ]


def test_what_is_in_the_way_comes_whole_from_another_process() -> None:
    none = no_plan(make_rules(TOO_MANY), column_of("Werkt", "ja", "ja", "ja", "nee", "nee", "nee"))
    back = pickle.loads(pickle.dumps(none))
    assert (back.proven, back.problems, back.broken) == (none.proven, none.problems, none.broken)
    refused = InputError(make_rules(TOO_MANY).check(column_of("Werk", "ja")))
    assert pickle.loads(pickle.dumps(refused)).problems == refused.problems


def test_the_only_one_in_the_class_is_named() -> None:
    rules = make_rules(
        '[groups]\nsize = [2, 2]\n[[rule]]\nkind = "never-alone"\ncolumn = "G"\nimportance = "must"'
    )
    none = no_plan(rules, column_of("G", "x", "m", "m", "m"))
    assert [problem.code for problem in none.problems] == ["only-one-in-class"]
    assert "Noor" in none.problems[0].text("nl")


def test_rules_that_do_not_fit_the_class_list_are_refused_before_anything_runs() -> None:
    rules = make_rules('[[rule]]\nkind = "mix"\ncolumn = "Opleidin"')
    watch = Watch()
    with pytest.raises(InputError) as caught:
        form(rules, column_of("Opleiding", "a", "b", "c"), watch=watch)
    assert [problem.text("nl") for problem in caught.value.problems] == [
        "Regel “Opleidin mengen”: de klassenlijst heeft geen kolom “Opleidin”. Bedoel je “Opleiding”?"
    ]
    assert watch.last == Progress()


def test_what_is_assumed_is_told() -> None:
    rules = make_rules('[groups]\nsize = [2, 2]\n[[rule]]\nkind = "mix"\ncolumn = "O"')
    assert [p.code for p in check_fit(rules, column_of("O", "x", "", "y", ""))] == ["missing-answers"]

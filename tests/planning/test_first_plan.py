"""What is in a first plan, how it comes about, and what is told where there is none."""

from __future__ import annotations

import json
import pickle

import pytest

from planner import __version__
from planner.engines.common.watch import Progress, Watch
from planner.model.domain import Roster
from planner.model.no_plan import NoPlan
from planner.model.problems import InputError
from planner.model.reports import Status
from planner.planning import attempts
from planner.planning.formation import check_fit, form
from planner.reporting.describe import verdict
from planner.rules import Rules
from tests.builders.classes import column_of, least_cost, make_roster, make_rules

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
    assert (seen[-1].cost, seen[-1].violation) == (plan.outcome.cost, 0)


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


@pytest.mark.parametrize("tied", [2, 3, 4], ids=["pairs", "threes", "fours"])
def test_where_together_is_all_that_is_asked_everyone_is(tied: int) -> None:
    """A quick run once came to 20,500 here: with pairs alone, the search refused no swap."""
    ids = [f"s{number}" for number in range(40)]
    friends = [ids[number::10][:tied] for number in range(10)]
    wishes = "".join(
        f'[[rule]]\nkind = "together"\nimportance = "nice"\nstudents = {json.dumps(them)}\n'
        for them in friends
    )
    roster = make_roster([{"id": one} for one in ids])
    plan = form(make_rules(f"[groups]\nsize = [4, 4]\n{wishes}"), roster, effort="quick")
    assert (plan.outcome.cost, plan.outcome.status) == (0, Status.OPTIMAL)
    for them in friends:
        assert len({plan.group_of[student] for student in them}) == 1


# What is in the way


def no_plan(rules: Rules, roster: Roster) -> NoPlan:
    with pytest.raises(NoPlan) as caught:
        form(rules, roster, effort="quick")
    return caught.value


# Counting does not see that whoever is free on Wednesday only goes with nobody.
ALONE_ON_WEDNESDAY = """
    [groups]
    size = [3, 3]
    [[rule]]
    kind = "overlap"
    columns = ["Vrij"]
    at_least = 1
    importance = "must"
"""
FREE = ("ma", "ma", "ma", "di", "di", "wo")


def test_a_rule_that_cannot_hold_is_named() -> None:
    mixed = '[[rule]]\nkind = "mix"\ncolumn = "Vrij"\nimportance = "nice"'
    none = no_plan(make_rules(f"{ALONE_ON_WEDNESDAY}{mixed}"), column_of("Vrij", *FREE))
    assert none.proven
    (report,) = none.broken
    assert report.title.text("nl") == "Minstens één gedeeld moment in Vrij"
    assert sum(finding.units for finding in report.findings) == 1
    assert "Geen moment waarop iedereen vrij is." in [f.message.text("nl") for f in report.findings]


def test_without_a_proof_nothing_is_called_impossible(monkeypatch: pytest.MonkeyPatch) -> None:
    rules, roster = make_rules(ALONE_ON_WEDNESDAY), column_of("Vrij", *FREE)
    assert no_plan(rules, roster).proven
    monkeypatch.setattr(attempts, "FEASIBLE_LITERALS", 0)  # too large to ask for a proof
    unknown = no_plan(rules, roster)
    assert not unknown.proven
    assert [report.kind for report in unknown.broken] == ["overlap"]


def test_not_every_number_of_groups_tried_is_no_proof(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = make_rules(ALONE_ON_WEDNESDAY.replace("[3, 3]", "[2, 3]"))
    roster = column_of("Vrij", *FREE)
    assert no_plan(rules, roster).proven
    monkeypatch.setattr(attempts, "MOST_COUNTS", 1)
    assert not no_plan(rules, roster).proven


def test_what_counting_shows_is_told_without_a_search() -> None:
    rules = make_rules('[groups]\nsize = [4, 5]\n[[rule]]\nkind = "apart"\nstudents = ["a", "b"]')
    none = no_plan(rules, make_roster([{} for _ in range(7)]))
    assert (none.proven, none.broken) == (True, ())
    assert [problem.text("nl") for problem in none.problems] == [
        "7 studenten kunnen geen groepen van 4–5 vormen. Sta een kleinste groep van 3 toe."
    ]


def test_what_is_in_the_way_comes_whole_from_another_process() -> None:
    none = no_plan(make_rules(ALONE_ON_WEDNESDAY), column_of("Vrij", *FREE))
    back = pickle.loads(pickle.dumps(none))
    assert (back.proven, back.problems, back.broken) == (none.proven, none.problems, none.broken)
    refused = InputError(make_rules(ALONE_ON_WEDNESDAY).check(column_of("Werk", "ja")))
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
        "Regel “Opleidin mengen”: de klassenlijst heeft geen kolom “Opleidin”. Bedoelde je “Opleiding”?"
    ]
    assert watch.last == Progress()


def test_what_is_assumed_is_told() -> None:
    rules = make_rules('[groups]\nsize = [2, 2]\n[[rule]]\nkind = "mix"\ncolumn = "O"')
    assert [p.code for p in check_fit(rules, column_of("O", "x", "", "y", ""))] == ["missing-answers"]

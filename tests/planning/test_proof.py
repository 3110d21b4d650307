"""What is proven of each rule is never more than is so, and what others ask of it is that of a real plan."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from planner.audit.plan_audit import audit
from planner.audit.proven import closeness, whole
from planner.engines.common.watch import Watch
from planner.model.domain import Group, Roster
from planner.model.evaluation import evaluate, members_of
from planner.model.problems import Level
from planner.model.reports import Outcome, RuleReport, Status
from planner.model.text import Language
from planner.planning.counting import group_counts
from planner.planning.formation import form
from planner.planning.proof import PlanInstance, with_bounds, with_prices
from planner.rules import KINDS, Rules, build_instance
from planner.rules.apart import Apart
from planner.rules.balance import Balance
from planner.rules.mix import Mix
from planner.rules.overlap import Overlap
from planner.rules.settings import AnyRule
from tests.builders.classes import classes, column_of, make_groups, make_rules
from tests.builders.instances import array, every_assignment


def fewest_units(made: PlanInstance) -> dict[int, int]:
    """Fewest units of each rule over all assignments that hold, by trying them all."""
    fewest: dict[int, int] = {}
    for assignment in every_assignment(made.instance):
        if evaluate(made.instance, assignment).holds:
            for place, units in made.units(array(assignment)).items():
                fewest[place] = min(units, fewest.get(place, units))
    return fewest


def a_plan(rules: Rules, roster: Roster, pick: int) -> tuple[PlanInstance, tuple[RuleReport, ...]]:
    """Return one of the plans that hold, and its reports as the audit gives them."""
    assume(not any(problem.level is Level.ERROR for problem in rules.check(roster)))
    counts = group_counts(rules, len(roster.students))
    assume(counts)
    instance = build_instance(rules, roster, counts[0])
    holding = [a for a in every_assignment(instance) if evaluate(instance, a).holds]
    assume(holding)
    assignment = holding[pick % len(holding)]
    groups = [
        Group(name=name, members=tuple(roster.students[place].id for place in members))
        for name, members in zip(
            rules.group_names(instance.groups), members_of(assignment, instance.groups), strict=True
        )
    ]
    return PlanInstance(instance, array(assignment)), audit(rules, roster, groups).reports


@given(classes(most=6), st.integers(0, 100), st.booleans())
@settings(max_examples=60, deadline=None)
def test_the_bound_of_a_rule_is_never_above_what_a_plan_reaches(
    case: tuple[Rules, Roster], pick: int, thorough: bool
) -> None:
    rules, roster = case
    made, reports = a_plan(rules, roster, pick)
    fewest = fewest_units(made)
    proven = with_bounds(rules, roster, made, reports, thorough=thorough, watch=Watch())
    for place, rule in enumerate(rules.active()):
        report = proven[place + 1]
        if rule.must:
            assert (report.bound, report.proof) == (None, None)
            continue
        assert report.proof is not None
        if report.bound is not None:
            assert 0 <= report.bound <= fewest.get(place, 0) <= report.units
        if thorough:  # in a tiny class everything is proven
            assert report.bound == fewest.get(place, 0)


@given(classes(most=6), st.integers(0, 100))
@settings(max_examples=40, deadline=None)
def test_what_a_rule_asks_of_others_is_the_difference_with_a_plan_without_it(
    case: tuple[Rules, Roster], pick: int
) -> None:
    rules, roster = case
    made, reports = a_plan(rules, roster, pick)
    priced = with_prices(rules, roster, made, reports, watch=Watch())
    active = rules.active()
    labels = [rule.label() for rule in active]
    for place, rule in enumerate(active):
        for price in priced[place + 1].prices:
            assert not rule.must
            left_out = labels.index(price.left_out)
            reached = {
                made.units(array(a))[place]
                for a in every_assignment(made.instance)
                if not any(
                    cost.must and cost.rule not in (left_out, *same(labels, left_out)) and units
                    for cost, units in zip(made.instance.costs, evaluate(made.instance, a).units, strict=True)
                )
            }
            assert price.units > 0
            assert priced[place + 1].units - price.units in reached


def same(labels: list[object], place: int) -> list[int]:
    """Rules that a coordinator cannot tell apart by their names."""
    return [other for other, label in enumerate(labels) if label == labels[place]]


MIX_AND_BALANCE = """
    language = "en"
    [groups]
    size = [2, 2]
    [[rule]]
    kind = "balance"
    column = "Grade"
    [[rule]]
    kind = "similar"
    column = "Grade"
"""


def test_a_rule_says_what_another_asks_of_it() -> None:
    # Like with like, or sums alike: one of both.
    rules, roster = make_rules(MIX_AND_BALANCE), column_of("Grade", "4", "4", "8", "8")
    plan = form(rules, roster, effort="prove")
    balance, similar = plan.outcome.rules[2], plan.outcome.rules[3]
    assert plan.outcome.status is Status.OPTIMAL
    # Two groups of 4 and 8 are in balance and cost two pairs; that is cheaper than 2 x 400 steps.
    assert (balance.units, similar.units) == (0, 2)
    assert (balance.bound, similar.bound) == (0, 0)
    assert balance.proof is not None
    assert similar.proof is not None
    assert balance.proof.text("en") == "proven best"
    assert similar.proof.text("en") == "at most 2 pairs from the best"
    (price,) = similar.prices
    assert (
        price.message.text("en") == "Same Grade together could be 2 pairs better without “Balance on Grade”."
    )
    assert (
        price.message.text("nl") == "Zelfde Grade bij elkaar kan 2 tweetallen beter zonder “Balans op Grade”."
    )
    assert balance.prices == ()
    back = type(plan).model_validate_json(plan.model_dump_json())
    assert back.outcome.rules == plan.outcome.rules


NUMBERS = column_of("Cijfer", "5", "7", "9", "7")


@pytest.mark.parametrize(
    ("rule", "units", "english", "dutch"),
    [
        (Mix(column="X"), 1, "at most 1 student from the best", "hooguit 1 student van het beste af"),
        (Mix(column="X"), 3, "at most 3 students from the best", "hooguit 3 studenten van het beste af"),
        (
            Overlap(columns=("X",)),
            2,
            "at most 2 shared times from the best",
            "hooguit 2 gedeelde momenten van het beste af",
        ),
        (Apart(students=("a", "b")), 1, "at most 1 pair from the best", "hooguit 1 tweetal van het beste af"),
        # A step is about a hundredth of the standard deviation, 1.41: a hundred of them over four students.
        (
            Balance(column="Cijfer"),
            100,
            "at most 0.36 points on the group average from the best",
            "hooguit 0,36 punt op het groepsgemiddelde van het beste af",
        ),
        (
            Balance(column="Cijfer"),
            1,
            "at most a tiny bit (under 0.01 points on the group average) from the best",
            "hooguit een fractie (minder dan 0,01 punt op het groepsgemiddelde) van het beste af",
        ),
    ],
)
def test_distances_are_told_in_natural_units(rule: AnyRule, units: int, english: str, dutch: str) -> None:
    message = closeness(rule, units + 4, 4, NUMBERS)
    assert (message.text("en"), message.text("nl")) == (english, dutch)


@pytest.mark.parametrize(
    ("units", "bound", "text"), [(3, None, "no proof yet"), (3, 3, "proven best"), (0, 0, "proven best")]
)
def test_nothing_is_claimed_that_is_not_proven(units: int, bound: int | None, text: str) -> None:
    assert closeness(Mix(column="X"), units, bound, NUMBERS).text("en") == text


@pytest.mark.parametrize("language", get_args(Language))
def test_every_kind_of_rule_says_units_in_words(language: Language) -> None:
    for kind in KINDS.values():
        rule = kind.model_construct(column="Cijfer")
        said = {rule.natural(units, NUMBERS).text(language) for units in (1, 200)}
        assert len(said) == 2
        assert not any("%" in text for text in said)


@pytest.mark.parametrize(
    ("status", "cost", "bound", "text"),
    [
        (Status.OPTIMAL, 900, 900, "Proven: no plan with 3 groups can be better."),
        (Status.FEASIBLE, 900, 0, "How much better a plan could be is not known yet."),
        (
            Status.FEASIBLE,
            900,
            800,
            "Proven: a better plan would gain at most the weight of one student on an important rule.",
        ),
        (
            Status.STOPPED,
            1900,
            800,
            "Proven: a better plan would gain at most the weight of 3 students on an important rule.",
        ),
    ],
)
def test_how_far_the_whole_is_from_its_best(status: Status, cost: int, bound: int, text: str) -> None:
    outcome = Outcome(status=status, cost=cost, bound=bound, seconds=1.0)
    assert whole(outcome, 3).text("en") == text
    assert whole(outcome, 3).text("nl") != text


def test_stopped_nothing_more_is_worked_out() -> None:
    rules, roster = make_rules(MIX_AND_BALANCE), column_of("Grade", "4", "4", "8", "8")
    made = PlanInstance(build_instance(rules, roster, 2), array([0, 1, 0, 1]))
    reports = audit(rules, roster, make_groups("ac", "bd")).reports
    watch = Watch(wanted_stop=lambda: True)
    assert with_prices(rules, roster, made, reports, watch=watch) == reports
    bounded = with_bounds(rules, roster, made, reports, thorough=True, watch=watch)
    assert bounded[3].proof is not None
    assert bounded[3].proof.text("en") == "no proof yet"

"""How a rule stands: one answer, whoever asks, and never two at odds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from planner.model.reports import Finding, Importance, Outcome, RuleReport, Status
from planner.model.text import message
from planner.plans.course import Course
from planner.reporting import standing
from planner.reporting.picture import outcome_of, picture
from planner.reporting.standing import Standing
from planner.ui.widgets.shown_groups import by_group
from tests.builders.edited_courses import courses


def report(units: int = 2, bound: int | None = None, **changes: object) -> RuleReport:
    found = Finding(message=message("x"), group="A", units=units)
    return RuleReport(
        kind="mix",
        title=message("x"),
        importance=Importance.NICE,
        cost=units,
        units=units,
        bound=bound,
        findings=(found,),
    ).model_copy(update=changes)


def outcome(status: Status, cost: int = 10, bound: int = 0, **changes: object) -> Outcome:
    return Outcome(status=status, cost=cost, bound=bound).model_copy(update=changes)


@pytest.mark.parametrize(
    ("whole", "bound", "found"),
    [
        (outcome(Status.FEASIBLE), None, Standing.OPEN),
        (outcome(Status.FEASIBLE), 1, Standing.OPEN),
        (outcome(Status.FEASIBLE), 2, Standing.RULE),
        (outcome(Status.OPTIMAL, moves=1), None, Standing.FEW_MOVES),
        (outcome(Status.OPTIMAL, bound=10), 1, Standing.WHOLE),
        (outcome(Status.FEASIBLE, bound=10), None, Standing.WHOLE),
        (outcome(Status.BROKEN, bound=10), None, Standing.OPEN),
        (None, None, Standing.OPEN),  # groups from elsewhere
        (None, 2, Standing.RULE),
    ],
)
def test_how_a_finding_stands(whole: Outcome | None, bound: int | None, found: Standing) -> None:
    one = report(bound=bound)
    assert standing.of_finding(whole, one, one.findings[0], 4) is found
    assert standing.of_rule(whole, one, {"A": 4}) is found
    fine = one.findings[0].model_copy(update={"units": 0})
    assert standing.of_finding(whole, one, fine, 4) is Standing.FINE
    must = report(bound=bound, importance=Importance.MUST)
    assert standing.of_finding(whole, must, must.findings[0], 4) is Standing.BROKEN


def test_what_nobody_notices_is_met_on_the_card_and_in_the_table_but_never_of_a_required_rule() -> None:
    """The table said "partly met" of a balance that every card called fine."""
    small = report(units=3, kind="balance")
    assert standing.of_rule(outcome(Status.FEASIBLE), small, {"A": 4}) is Standing.FINE
    must = report(units=3, kind="balance", importance=Importance.MUST)
    assert standing.of_rule(outcome(Status.BROKEN), must, {"A": 4}) is Standing.BROKEN


def test_the_words_are_as_strong_as_the_proof() -> None:
    said = {one: standing.describe(one, message("3 students")).text("en") for one in Standing}
    assert said[Standing.OPEN] == "could be better by at most 3 students"
    assert said[Standing.FINE] == "met"
    assert said[Standing.BROKEN] == "not met"
    for one in Standing:
        assert ("proven" in said[one]) is one.proven


def test_nothing_is_called_unproven_beside_a_proof() -> None:
    """Of a plan with the fewest moves the table said "no proof yet"."""
    told = report(proof=message("no proof yet"))  # a rule without a bound: never proven by itself
    unproven = {one for one in Standing if standing.proof(told, one) == told.proof}
    assert unproven - {Standing.RULE} == {Standing.OPEN, Standing.BROKEN}


@some.composite
def known(draw: some.DrawFn) -> Course:
    """A random plan of random rules, with whatever may be known of it, no more than could be proven."""
    course = draw(courses())
    whole = course.plan.outcome
    rules = tuple(
        one.model_copy(update={"bound": draw(some.none() | some.integers(0, one.units))})
        for one in whole.rules
    )
    bound, status = draw(some.integers(0, whole.cost)), whole.status
    if status is not Status.BROKEN:
        status = draw(some.sampled_from([Status.FEASIBLE, Status.STOPPED, Status.OPTIMAL]))
    outcome = whole.model_copy(update={"rules": rules, "bound": bound, "status": status})
    return course.model_copy(update={"plan": course.plan.model_copy(update={"outcome": outcome})})


@settings(deadline=None)
@given(known())
def test_never_two_at_odds(course: Course) -> None:
    """The card, the table and the picture each had an opinion of their own."""
    plan, whole = course.plan, course.plan.outcome
    drawn = picture(course, plan.blocks[0], outcome_of(course, plan.blocks[0]))
    sizes = standing.sizes_of(plan.groups)
    stands = [standing.of_rule(whole, one, sizes) for one in whole.rules]
    rows = [(how, one) for how, one in zip(stands, whole.rules, strict=True) if how is not Standing.FINE]
    assert [row.standing for row in drawn.rows] == [how for how, _ in rows]
    assert drawn.met == stands.count(Standing.FINE)
    for row, (how, one) in zip(drawn.rows, rows, strict=True):
        # In no group is it anything else than met, or what the rule is as a whole.
        assert {mark.standing for mark in row.marks} <= {Standing.FINE, how}
        told = row.stands.text("en")
        assert ("proven" in told) is how.proven
        assert ("could be better" in told) is (how is Standing.OPEN)
        said = standing.proof(one.model_copy(update={"proof": message("no proof yet")}), how)
        assert (
            not how.proven or said is None or "no proof yet" not in said.text("en") or one.bound is not None
        )
    for how, one in zip(stands, whole.rules, strict=True):
        assert (how is Standing.BROKEN) is one.broken
        if one.kind != "roles" and (standing.is_best(whole) or whole.status is Status.OPTIMAL):
            assert how is not Standing.OPEN
    cards = by_group(course, plan.from_week)
    for place, name in enumerate(drawn.groups):
        on_card = standing.worst(remark.standing for remark in cards.get(name, ()))
        assert on_card is standing.worst(row.marks[place].standing for row in drawn.rows)


def test_a_proof_about_groups_proves_nothing_of_the_roles_in_them() -> None:
    roles = report(kind="roles", cost=0)
    assert standing.of_rule(outcome(Status.OPTIMAL, bound=10), roles, {"A": 4}) is Standing.OPEN

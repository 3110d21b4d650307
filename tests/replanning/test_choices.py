"""What a teacher can choose for a group, what it costs, and how far the curve goes."""

from __future__ import annotations

import pytest

from planner.engines.common.watch import Watch
from planner.model.domain import Group, Plan
from planner.model.replan_options import ReplanOptions
from planner.model.reports import Outcome, Status
from planner.plans.course import Version
from planner.replanning.choices import (
    Choice,
    Kind,
    asked_twice,
    choices,
    goes_on,
    partners,
    price,
    shifts_of,
    troubled,
    worth,
)
from planner.replanning.previous_assignment import PreviousAssignment
from planner.replanning.replan import replan
from planner.reporting.choices import describe_price
from planner.reporting.describe import verdict
from planner.reporting.stages import in_return
from planner.services.replan import ReplanRequest, replan_curve
from tests.builders.classes import make_groups, make_roster, make_rules

RULES = make_rules("[groups]\nsize = [2, 4]\n")
ROSTER = make_roster([{"Vak": vak} for vak in "xxxyyyy"])  # a … g
EARLIER = PreviousAssignment(groups=make_groups("ab", "cdz", "efg"))  # z left


def test_the_groups_to_think_about_lost_somebody_or_break_a_must_rule() -> None:
    assert troubled(RULES, ROSTER, EARLIER) == ("Groep 2",)
    rules = make_rules(
        '[groups]\nsize = [2, 4]\n[[rule]]\nkind = "apart"\nstudents = ["e", "f"]\nimportance = "must"\n'
    )
    assert troubled(rules, ROSTER, EARLIER) == ("Groep 2", "Groep 3")
    # A group that everybody left is no group to think about.
    gone = PreviousAssignment(groups=(*make_groups("ab", "cd", "efg"), Group(name="Rood", members=("z",))))
    assert troubled(RULES, ROSTER, gone) == ()


def test_a_group_can_be_left_topped_up_merged_with_what_fits_or_dissolved() -> None:
    assert choices(RULES, ROSTER, EARLIER, "Groep 2") == (
        Choice(Kind.LEAVE, "Groep 2"),
        Choice(Kind.TOP_UP, "Groep 2"),
        Choice(Kind.MERGE, "Groep 2", "Groep 1"),  # with four; five do not fit
        Choice(Kind.DISSOLVE, "Groep 2"),
    )
    full = PreviousAssignment(groups=make_groups("abcd", "efg"))
    assert [one.kind for one in choices(RULES, ROSTER, full, "Groep 1")] == [Kind.LEAVE, Kind.DISSOLVE]


def test_the_smaller_group_joins_the_larger_one() -> None:
    uneven = PreviousAssignment(groups=make_groups("abc", "d", "efg"))
    merges = [one for one in choices(RULES, ROSTER, uneven, "Groep 1") if one.kind is Kind.MERGE]
    assert merges == [Choice(Kind.MERGE, "Groep 2", "Groep 1")]


def test_only_a_few_partners_are_tried_the_best_sizes_first() -> None:
    rules = make_rules("[groups]\nsize = [2, 6]\nprefer = 4\n")
    sizes = {"A": 2, "B": 4, "C": 2, "D": 3, "E": 5, "F": 1, "G": 0}
    assert partners(rules, sizes, "A") == ("C", "D", "F")


def test_a_choice_takes_the_place_of_what_was_asked_of_the_group_before() -> None:
    options = ReplanOptions(closed=frozenset({"A", "B"}), merged=(("C", "D"),), extra_moves=2)
    topped_up = Choice(Kind.TOP_UP, "A").added_to(options)
    assert (topped_up.closed, topped_up.topped_up, topped_up.extra_moves) == ({"B"}, {"A"}, 2)
    merged = Choice(Kind.MERGE, "B", "C").added_to(topped_up)
    assert (merged.closed, merged.merged) == (frozenset(), (("B", "C"),))
    assert Choice(Kind.LEAVE, "B").added_to(merged).merged == ()
    assert Choice(Kind.DISSOLVE, "C").added_to(merged).dissolved == {"C"}


@pytest.mark.parametrize(
    ("options", "twice"),
    [
        (ReplanOptions(closed=frozenset("AB"), topped_up=frozenset("BC")), ("B",)),
        (ReplanOptions(dissolved=frozenset("A"), merged=(("B", "A"),)), ("A",)),
        (ReplanOptions(merged=(("A", "A"),)), ("A",)),
        (ReplanOptions(merged=(("A", "B"), ("A", "C"))), ("A",)),
        (ReplanOptions(merged=(("A", "B"), ("C", "B")), topped_up=frozenset("B")), ()),
    ],
)
def test_two_things_that_cannot_both_be_are_found(options: ReplanOptions, twice: tuple[str, ...]) -> None:
    assert asked_twice(options) == twice


def test_what_a_merger_costs_is_counted_from_the_groups() -> None:
    options = Choice(Kind.MERGE, "Groep 2", "Groep 1").added_to(ReplanOptions())
    plan = replan(RULES, ROSTER, EARLIER, options=options)
    cost = price(RULES, ROSTER, EARLIER, plan)
    assert (cost.moves, cost.touched, cost.split) == (2, 2, 0)
    assert describe_price(cost).text("nl") == (
        "2 verhuizingen, 2 groepen die veranderen, 0 bestaande tweetallen uit elkaar"
    )


def test_who_is_in_a_dissolved_group_goes_to_groups_that_are_there() -> None:
    rules = make_rules("[groups]\nsize = [2, 4]\n")
    earlier = PreviousAssignment(groups=make_groups("ab", "cde", "fg"))
    plan = replan(rules, ROSTER, earlier, options=ReplanOptions(dissolved=frozenset({"Groep 1"})))
    assert {group.name for group in plan.groups} == {"Groep 2", "Groep 3"}
    # Where there is no room for them a new group is better than no plan.
    full = PreviousAssignment(groups=make_groups("abc", "defg"))
    plan = replan(rules, ROSTER, full, options=ReplanOptions(dissolved=frozenset({"Groep 1"})))
    assert "Groep 1" not in {group.name for group in plan.groups}


def test_rules_that_get_better_or_less_good_are_told_in_students() -> None:
    rules = make_rules(
        "[groups]\nsize = [2, 5]\nprefer = 3\n"
        '[[rule]]\nkind = "similar"\ncolumn = "Vak"\nimportance = "nice"\n'
    )
    few = replan(rules, ROSTER, EARLIER)
    merged = replan(
        rules,
        ROSTER,
        EARLIER,
        options=ReplanOptions(closed=frozenset({"Groep 1"}), merged=(("Groep 2", "Groep 3"),)),
    )
    told = [shift.text("en") for shift in shifts_of(rules, ROSTER, few, merged)]
    assert told == [
        "Preferably groups of 3: 1 student worse",
        "Same Vak together: 3 pairs worse",
    ]
    assert shifts_of(rules, ROSTER, few, few) == ()


def plan_with(cost: int, *, cut_short: bool = False) -> Plan:
    outcome = Outcome(status=Status.FEASIBLE, cost=cost, bound=0, seconds=0.0, cut_short=cut_short)
    return Plan(language="nl", seed=0, version="0", effort="rerun", groups=(), turns=(), outcome=outcome)


@pytest.mark.parametrize(
    ("costs", "on"),
    [
        ((10,), True),
        ((0,), False),
        ((10, 10), True),  # two extra moves may do what one cannot
        ((10, 10, 10), False),
        ((10, 10, 8), True),
        ((10, 9, 8, 7, 6, 5), False),  # far enough
    ],
)
def test_the_curve_ends_where_nothing_gets_better(costs: tuple[int, ...], on: bool) -> None:
    assert goes_on([plan_with(cost) for cost in costs]) is on


def test_the_curve_ends_where_time_ran_out() -> None:
    assert not goes_on([plan_with(10, cut_short=True)])


def test_only_points_that_bring_something_are_worth_it() -> None:
    assert worth((10, 10, 8, 9, 7)) == (0, 2, 4)


def test_the_curve_starts_at_the_fewest_moves_and_never_moves_more_than_asked() -> None:
    rules = make_rules('[groups]\nsize = [2, 4]\n[[rule]]\nkind = "similar"\ncolumn = "Vak"\n')
    plans = replan_curve(ReplanRequest(rules, ROSTER, EARLIER), watch=Watch())
    few = replan(rules, ROSTER, EARLIER)
    assert plans[0].groups == few.groups
    fewest = few.outcome.moves or 0
    assert all((plan.outcome.moves or 0) <= fewest + extra for extra, plan in enumerate(plans))
    assert min(plan.outcome.cost for plan in plans) < few.outcome.cost


def test_beside_a_plan_with_as_few_moves_and_a_lower_cost_nothing_is_called_better() -> None:
    """It said “with so few moves no plan can be better”, above one that was closer to the rules."""
    rules = make_rules('[groups]\nsize = [2, 4]\n[[rule]]\nkind = "similar"\ncolumn = "Vak"\n')
    roster = make_roster([{"Vak": vak} for vak in "yyxxyyy"])
    # One has to join c; d goes best with c, and has moved before.
    was = Version(from_week=1, groups=make_groups("ab", "cdz", "efg"))
    earlier = PreviousAssignment(groups=make_groups("ab", "cz", "defg"), history=(was,), since=2)
    few, closer = (
        replan(rules, roster, earlier, options=ReplanOptions(extra_moves=extra, from_week=3)).outcome
        for extra in (0, 1)
    )
    assert few.moves == closer.moves == 1
    assert closer.cost < few.cost
    assert few.status is closer.status is Status.OPTIMAL
    for outcome in (few, closer):
        assert verdict(outcome, 3).text("en") == (
            "Proven: with this number of moves, nothing gets better without making something more important "
            "worse."
        )
    assert [line.text("en") for line in in_return(few, closer)] == [
        "One student moves for the second time this term, in return",
        "The pairs who are split up had 3 weeks together in total, in return",
    ]
    assert in_return(closer, few) == ()


def test_who_moves_more_pays_with_the_moves() -> None:
    few, more = (plan_with(cost).outcome.model_copy(update={"moves": 10 - cost}) for cost in (9, 8))
    assert in_return(few, more) == ()

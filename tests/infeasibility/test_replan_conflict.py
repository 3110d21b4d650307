"""What is in the way of a rerun: told only where it is proven, with ways out that were each planned."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.audit.plan_audit import audit
from planner.engines.common.watch import Watch
from planner.engines.replanning import decomposition, fewest_moves, numbering
from planner.engines.replanning.replan_problem import ReplanProblem
from planner.engines.replanning.replan_search import ReplanSearch
from planner.infeasibility import replan_conflict as rerun_conflict
from planner.infeasibility.infeasible_replan import InfeasibleReplan
from planner.infeasibility.replan_conflict import explain_rerun
from planner.model.domain import Plan, Roster
from planner.model.no_plan import NoPlan
from planner.model.replan_options import ReplanOptions
from planner.replanning.previous_assignment import PreviousAssignment
from planner.replanning.replan import replan
from planner.reporting.describe import asked as describe_asked
from planner.reporting.describe import no_plan
from planner.rules import Rules
from tests.builders.classes import make_groups, make_roster, make_rules

SIZES = make_rules("[groups]\nsize = [2, 4]\n")
APART = make_rules(
    '[groups]\nsize = [2, 4]\n[[rule]]\nkind = "similar"\ncolumn = "Vak"\nimportance = "nice"\n'
    '[[rule]]\nkind = "apart"\nstudents = ["a", "b"]\nimportance = "must"\n'
)
ROSTER = make_roster([{"Vak": vak} for vak in "xxxyyyy"])  # a … g
EARLIER = PreviousAssignment(groups=make_groups("ab", "cz", "defg"))  # z left


def named(found: InfeasibleReplan, language: str = "en") -> list[str]:
    assert found.conflict is not None
    return [rule.text(language) for rule in found.conflict.rules]  # type: ignore[arg-type]


def ways(found: InfeasibleReplan) -> list[str]:
    return [way.message.text("en") for way in found.ways]


def comes_to_what_it_says(found: InfeasibleReplan, roster: Roster, earlier: PreviousAssignment) -> None:
    """Each way out is a rerun with just so many moves."""
    for way in found.ways:
        if not way.answers:
            plan = replan(way.rules, roster, earlier, options=way.options)
            assert plan.outcome.moves == way.moves


def test_a_group_that_is_left_alone_is_in_the_way_of_the_sizes_and_not_the_other_group() -> None:
    asked = ReplanOptions(closed=frozenset({"Groep 2"}), locked=frozenset("d"), from_week=3, extra_moves=2)
    found = explain_rerun(SIZES, ROSTER, EARLIER, asked)
    assert found.headline().text("nl") == (
        "Bewezen: deze regels kunnen niet allemaal kloppen; zonder één ervan kunnen de andere dat wel."
    )
    assert named(found) == ["Groups of 2–4", "Groep 2 stays as it is"]
    assert named(found, "nl") == ["Groepen van 2–4", "Groep 2 zo laten"]
    assert ways(found) == ["Let students leave or join Groep 2. Then one student moves."]
    assert found.ways[0].options == ReplanOptions(locked=frozenset("d"), from_week=3)
    comes_to_what_it_says(found, ROSTER, EARLIER)


def test_a_rule_and_who_stays_put_are_named_together_with_ways_out_of_both_kinds() -> None:
    found = explain_rerun(APART, ROSTER, EARLIER, ReplanOptions(locked=frozenset("abd")))
    assert named(found) == [
        "Groups of 2–4",
        "Apart: Noor and Sem",
        "Noor stays in the same group",
        "Sem stays in the same group",
    ]
    # Whether the sizes are in it is not looked into here, and so it is not claimed.
    assert found.conflict is not None
    assert not found.conflict.minimal
    assert any(way.startswith("Remove “Apart: Noor and Sem”.") for way in ways(found))
    assert any(way.startswith("Leave open whether Noor moves.") for way in ways(found))
    assert [way.moves for way in found.ways] == sorted(way.moves for way in found.ways)
    # A rule that is no must stays among the rules of a way out.
    assert all(len(way.rules.rule) >= 1 for way in found.ways)
    comes_to_what_it_says(found, ROSTER, EARLIER)


def test_where_the_rules_alone_are_in_the_way_they_are_told_with_the_moves_of_each_way_out() -> None:
    rules = make_rules("[groups]\nsize = [4, 4]\n")
    found = explain_rerun(rules, ROSTER, EARLIER, ReplanOptions())
    assert named(found) == ["Groups of 4"]
    assert ways(found)[0] == "Groups of 3–4 instead of 4. Then one student moves."
    comes_to_what_it_says(found, ROSTER, EARLIER)


def test_ways_out_of_the_rules_keep_what_was_asked_where_that_can_be() -> None:
    rules = make_rules("[groups]\nsize = [4, 4]\n")
    kept = explain_rerun(rules, ROSTER, EARLIER, ReplanOptions(locked=frozenset("a")))
    assert kept.ways
    assert all(way.options.locked == {"a"} for way in kept.ways)
    # One is left in this group, and no size on offer is one.
    stuck = explain_rerun(rules, ROSTER, EARLIER, ReplanOptions(closed=frozenset({"Groep 2"})))
    assert stuck.ways
    assert all(not way.options.bind for way in stuck.ways)
    assert "And drop your requests for groups and students." in ways(stuck)[0]


def test_several_wishes_that_are_each_in_the_way_are_let_go_together() -> None:
    earlier = PreviousAssignment(groups=make_groups("a1", "b2", "cdefg"))
    rules = make_rules("[groups]\nsize = [2, 5]\n")
    asked = ReplanOptions(closed=frozenset({"Groep 1", "Groep 2"}))
    found = explain_rerun(rules, ROSTER, earlier, asked)
    assert len(named(found)) == 2  # one of the two is enough for a conflict
    assert ways(found) == ["Drop your requests for groups and students. Then one student moves."]


def test_the_number_of_groups_is_named_where_it_is_in_it() -> None:
    rules = make_rules("[groups]\nsize = [2, 4]\ncount = 3\n")
    asked = ReplanOptions(merged=(("Groep 2", "Groep 1"),), locked=frozenset("defg"))
    found = explain_rerun(rules, ROSTER, EARLIER, asked)
    assert "3 groups" in named(found)
    comes_to_what_it_says(found, ROSTER, EARLIER)


def test_a_rule_for_who_left_is_not_in_the_way() -> None:
    rules = make_rules(
        '[groups]\nsize = [2, 4]\n[[rule]]\nkind = "together"\nstudents = ["c", "z"]\nimportance = "must"\n'
    )
    found = explain_rerun(rules, ROSTER, EARLIER, ReplanOptions(closed=frozenset({"Groep 2"})))
    assert named(found) == ["Groups of 2–4", "Groep 2 stays as it is"]


def test_once_stopped_nothing_is_claimed() -> None:
    watch = Watch(wanted_stop=lambda: True)
    found = explain_rerun(SIZES, ROSTER, EARLIER, ReplanOptions(closed=frozenset({"Groep 2"})), watch=watch)
    assert found.conflict is None
    assert not found.ways
    assert found.headline().text("en").startswith("It is not proven what is in the way")


def _cannot(rules: Rules, options: ReplanOptions) -> bool:
    try:
        replan(rules, ROSTER, EARLIER, options=options)
    except NoPlan as error:
        return error.proven
    return False


@pytest.mark.parametrize(
    "asked",
    [
        ReplanOptions(
            closed=frozenset({"Groep 2"}), locked=frozenset("ab"), topped_up=frozenset({"Groep 3"})
        ),
        ReplanOptions(closed=frozenset({"Groep 1", "Groep 3"})),
        ReplanOptions(dissolved=frozenset({"Groep 1", "Groep 3"}), closed=frozenset({"Groep 2"})),
        ReplanOptions(merged=(("Groep 2", "Groep 3"),)),
    ],
)
def test_what_is_named_cannot_hold_and_without_any_one_wish_it_can(asked: ReplanOptions) -> None:
    """The conflict is checked one wish at a time, by reruns of its own."""
    assert _cannot(SIZES, asked)
    found = explain_rerun(SIZES, ROSTER, EARLIER, asked)
    told = named(found)
    inside = [wish for wish in asked.each if wish.describe(ROSTER.shown_names)[0].text("en") in told]
    outside = [wish for wish in asked.each if wish not in inside]
    alone = asked
    for wish in outside:
        alone = alone.without(wish)
    assert _cannot(SIZES, alone)
    assert not any(_cannot(SIZES, alone.without(wish)) for wish in inside)
    comes_to_what_it_says(found, ROSTER, EARLIER)


# A plan that turns up while what is in the way is looked for


@pytest.mark.parametrize("asked", [ReplanOptions(), ReplanOptions(locked=frozenset("c"), from_week=3)])
def test_a_plan_that_turns_up_is_one_to_begin_from(asked: ReplanOptions) -> None:
    found = explain_rerun(APART, ROSTER, EARLIER, asked)
    assert found.holds
    assert (found.conflict, found.ways) == (None, ())
    plan = replan(APART, ROSTER, EARLIER, options=asked, start=found.groups)
    assert plan.outcome.moves == replan(APART, ROSTER, EARLIER, options=asked).outcome.moves


def test_where_no_rerun_comes_to_one_groups_made_from_nothing_will_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """They have the names of before, so that as many as can be stay where they are."""

    def gives_up(*asked: object, **options: object) -> Plan:
        raise NoPlan(proven=False)

    def finds_nothing(self: ReplanSearch, *asked: object, **options: object) -> None:
        self.moves_bound()

    with monkeypatch.context() as patch:
        patch.setattr(rerun_conflict, "replan", gives_up)
        found = explain_rerun(APART, ROSTER, EARLIER, ReplanOptions())
    assert found.holds
    names = {group.name for group in found.groups}
    assert names & {"Groep 1", "Groep 2", "Groep 3"}
    with monkeypatch.context() as patch:
        patch.setattr(ReplanSearch, "choose", finds_nothing)
        patch.setattr(fewest_moves, "exhaustive_moves", lambda *asked: None)
        patch.setattr(decomposition._Parts, "first", lambda self: None)
        with pytest.raises(NoPlan) as none:
            replan(APART, ROSTER, EARLIER)
        assert not none.value.proven
        plan = replan(APART, ROSTER, EARLIER, start=found.groups)
    assert audit(APART, ROSTER, plan.groups).holds


@given(st.lists(st.integers(-1, 3), min_size=1, max_size=7), st.data())
@settings(max_examples=60)
def test_as_many_as_can_be_keep_their_group(home: list[int], data: st.DataObject) -> None:
    places = data.draw(st.lists(st.integers(0, 3), min_size=len(home), max_size=len(home)))
    members = [[s for s, g in enumerate(places) if g == group] for group in sorted(set(places))]
    before = ReplanProblem(home=np.asarray(home, np.int64))
    number = numbering.numbered(before, members, 4)
    assert [len({int(number[s]) for s in them}) for them in members] == [1] * len(members)
    labels = [int(number[them[0]]) for them in members]
    assert len(set(labels)) == len(labels)
    fresh = sorted(label for label in labels if label >= 4)
    assert fresh == list(range(4, 4 + len(fresh)))

    def staying(chosen: Sequence[int]) -> int:
        return sum(home[s] == label for label, them in zip(chosen, members, strict=True) for s in them)

    every = permutations(range(4 + len(members)), len(members))
    assert staying(labels) == max(staying(chosen) for chosen in every)


def test_rules_that_cannot_hold_whatever_is_asked_are_not_blamed_on_what_is_asked() -> None:
    names = ROSTER.shown_names
    for rules, asked, blamed in (
        (make_rules("[groups]\nsize = [4, 4]\n"), ReplanOptions(locked=frozenset("a")), False),
        (SIZES, ReplanOptions(closed=frozenset({"Groep 2"})), True),
    ):
        found = explain_rerun(rules, ROSTER, EARLIER, asked)
        for proven in (True, False):
            said = no_plan(NoPlan(proven=proven), describe_asked(asked, names), found).text("en")
            assert "o plan can meet every required rule" in said.splitlines()[0]
            assert said.startswith("With these requests") is blamed

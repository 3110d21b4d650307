"""Roles per week for every group: told in weeks, names and roles."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.audit.turns import report_turns
from planner.model.domain import Roster, Turn
from planner.model.role_catalogue import minded
from planner.planning.replan_roles import replan_turns
from planner.planning.roles import plan_turns
from planner.rules import Rules
from planner.rules.asked_roles import can_take
from tests.builders.classes import column_of, make_groups, make_roster, make_rules

SEVEN = make_roster([{} for _ in range(7)])


def by_week(turns: tuple[Turn, ...]) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = {}
    for turn in turns:
        found.setdefault(turn.week, {})[turn.student_id] = turn.role
    return found


def test_no_roles_no_turns() -> None:
    assert plan_turns(make_rules("[roles]\nnames = []"), SEVEN, make_groups("abc"), 1) == ()


def test_everyone_holds_each_role_once_before_any_repeats() -> None:
    rules = make_rules('[roles]\nnames = ["A", "B", "C"]\n[term]\nweeks = 3')
    turns = plan_turns(rules, SEVEN, make_groups("abc"), 1)
    assert [turn.week for turn in turns] == [1, 1, 1, 2, 2, 2, 3, 3, 3]
    assert Counter((turn.student_id, turn.role) for turn in turns) == Counter(
        (student, role) for student in "abc" for role in "ABC"
    )


def test_a_small_group_fills_the_first_roles() -> None:
    rules = make_rules('[roles]\nnames = ["A", "B", "C"]\n[term]\nweeks = 2')
    turns = plan_turns(rules, SEVEN, make_groups("abc", "de"), 1)
    assert {turn.role for turn in turns if turn.group == "Groep 2"} == {"A", "B"}


def test_weeks_of_one_round_have_the_same_roles() -> None:
    rules = make_rules('[roles]\nnames = ["A", "B"]\nrotate_every = 2\n[term]\nweeks = 5')
    weeks = by_week(plan_turns(rules, SEVEN, make_groups("abc"), 1))
    assert sorted(weeks) == [1, 2, 3, 4, 5]
    assert weeks[1] == weeks[2]
    assert weeks[3] == weeks[4]
    assert weeks[2] != weeks[3] != weeks[5]


def test_the_seed_draws_who_opens_the_term() -> None:
    rules = make_rules('[roles]\nnames = ["A"]\n[term]\nweeks = 1')
    openers = {plan_turns(rules, SEVEN, make_groups("abcdefg"), seed)[0].student_id for seed in range(30)}
    assert len(openers) > 4
    again = plan_turns(rules, SEVEN, make_groups("abcdefg"), 3)
    assert again == plan_turns(rules, SEVEN, make_groups("abcdefg"), 3)


def test_groups_do_not_open_alike() -> None:
    rules = make_rules('[roles]\nnames = ["A"]\n[term]\nweeks = 1')
    roster = make_roster([{"id": str(n)} for n in range(60)])
    groups = make_groups(*([str(3 * g + m) for m in range(3)] for g in range(20)))
    places = {int(turn.student_id) % 3 for turn in plan_turns(rules, roster, groups, 1)}
    assert places == {0, 1, 2}


@pytest.mark.parametrize("members", ["abcd", "abcdefg"])
def test_whoever_leaves_a_role_to_others_never_has_it(members: str) -> None:
    rules = make_rules('[roles]\nnames = ["A", "B", "C"]\nopt_out = "Rol"\n[term]\nweeks = 10')
    roster = column_of("Rol", "A", "geen", "", "B; C", "", "", "")
    turns = plan_turns(rules, roster, make_groups(members), 1)
    held = {(turn.student_id, turn.role) for turn in turns}
    assert not held & {("a", "A"), ("d", "B"), ("d", "C"), ("b", "A"), ("b", "B"), ("b", "C")}
    assert ("d", "A") in held


def class_of(answers: list[str]) -> tuple[Rules, Roster]:
    rules = make_rules('[roles]\nnames = ["A", "B", "C"]\nopt_out = "Rol"\n[term]\nweeks = 6')
    return rules, column_of("Rol", *answers)


@given(
    st.lists(st.sampled_from(["", "", "A", "B", "A; C", "geen"]), min_size=2, max_size=7), st.integers(0, 9)
)
@settings(max_examples=60)
def test_what_is_planned_is_reported_as_wanted(answers: list[str], seed: int) -> None:
    rules, roster = class_of(answers)
    groups = make_groups("abcdefg"[: len(answers)])
    turns = plan_turns(rules, roster, groups, seed)
    for turn in turns:
        role = rules.role_names.index(turn.role)
        assert role in can_take(rules, roster.by_id[turn.student_id])
    told = {f.message.text("en") for f in report_turns(rules, roster, groups, turns).findings}
    assert "In some week someone has two roles." not in told
    assert "Someone has a role they would rather not have." not in told
    assert not told  # nothing is said against the fairest turns, whoever leaves which role to others


def test_turns_are_fair_over_all_roles_together() -> None:
    """Five people, three roles, eight weeks: turns were 5, 4, 4, 6 and 5."""
    rules = make_rules('[roles]\nnames = ["A", "B", "C"]\n[term]\nweeks = 8')
    turns = plan_turns(rules, SEVEN, make_groups("abcde"), 1)
    assert sorted(Counter(turn.student_id for turn in turns).values()) == [4, 5, 5, 5, 5]


# Groups too small to fill every role (FORMATS: roles)


FOUR = ("Gespreksleider", "Notulist", "Woordvoerder", "Procesbewaker")


def test_who_minds_a_role_that_a_small_group_cannot_fill() -> None:
    """Below four the facilitator also minds the process; in pairs the note-taker also speaks."""
    assert minded(FOUR, 4) == {}
    assert minded(FOUR, 3) == {3: 0}
    assert minded(FOUR, 2) == {2: 1, 3: 0}
    assert minded(("Facilitator", "Note-taker", "Spokesperson"), 2) == {2: 1}
    assert minded(("Kapitein", "Stuurman", "Matroos"), 2) == {}


def test_minding_is_a_turn_beside_ones_own_and_no_second_role_in_the_report() -> None:
    roster = column_of("Opleiding", "a", "a", "b", "b", "b")
    ids = [student.id for student in roster.students]
    groups = make_groups(ids[:2], ids[2:])
    rules = make_rules("")
    turns = plan_turns(rules, roster, groups, seed=0)
    for week in range(1, 11):
        now = [turn for turn in turns if turn.week == week]
        own = {turn.role: turn.student_id for turn in now if not turn.minds and turn.group == groups[0].name}
        minds = {turn.role: turn.student_id for turn in now if turn.minds and turn.group == groups[0].name}
        assert own.keys() == {"Gespreksleider", "Notulist"}
        assert minds == {"Woordvoerder": own["Notulist"], "Procesbewaker": own["Gespreksleider"]}
        third = [turn.role for turn in now if turn.minds and turn.group == groups[1].name]
        assert third == ["Procesbewaker"]
    assert report_turns(rules, roster, groups, turns).units == 0


def test_nobody_minds_a_role_they_rather_leave_to_others() -> None:
    roster = column_of("Liever niet", "Procesbewaker", "", "")
    (group,) = make_groups([student.id for student in roster.students])
    rules = make_rules('[roles]\nopt_out = "Liever niet"')
    turns = plan_turns(rules, roster, (group,), seed=0)
    first = roster.students[0].id
    assert any(turn.role == "Gespreksleider" and turn.student_id == first for turn in turns)
    assert not any(turn.role == "Procesbewaker" and turn.student_id == first for turn in turns)


# Blocks, wishes, and roles that stay


def test_roles_that_stay_stay_as_long_as_the_groups() -> None:
    rules = make_rules('[roles]\nnames = ["A", "B"]\nrotate_every = 0\n[term]\nweeks = 6')
    groups = make_groups("abc", "defg")
    turns = plan_turns(rules, SEVEN, groups, 1)
    weeks = by_week(turns)
    assert sorted(weeks) == [1, 2, 3, 4, 5, 6]
    assert all(weeks[week] == weeks[1] for week in weeks)
    assert report_turns(rules, SEVEN, groups, turns).units == 0
    later = plan_turns(rules, SEVEN, groups, 1, from_week=7, past=turns)
    assert later == ()  # the term is over


def test_after_a_refresh_roles_that_stay_go_to_others() -> None:
    rules = make_rules('[roles]\nnames = ["A", "B"]\nrotate_every = 0\n[term]\nweeks = 6')
    first = plan_turns(rules, SEVEN, make_groups("abcd"), 1, until=3)
    second = plan_turns(rules, SEVEN, make_groups("abcd"), 1, from_week=4, past=first)
    assert {t.student_id for t in first} | {t.student_id for t in second} == set("abcd")


def test_a_block_has_the_turns_of_its_own_weeks() -> None:
    rules = make_rules('[roles]\nnames = ["A", "B"]\nrotate_every = 2\n[term]\nweeks = 9')
    turns = plan_turns(rules, SEVEN, make_groups("abc"), 1, from_week=4, until=7)
    weeks = by_week(turns)
    assert sorted(weeks) == [4, 5, 6, 7]
    assert weeks[4] == weeks[5] != weeks[6] == weeks[7]  # rounds are counted from its own first week


def test_a_block_from_an_even_week_opens_with_a_whole_round() -> None:
    """Rounds of two weeks were counted from week 1: a block from week 6 began with a turn of one week."""
    rules = make_rules(
        '[roles]\nnames = ["A", "B"]\nrotate_every = 2\n[term]\nweeks = 11\nrefresh_after = [5]'
    )
    groups = make_groups("abc", "defg")
    first = plan_turns(rules, SEVEN, groups, 1, until=5)
    turns = first + plan_turns(rules, SEVEN, groups, 1, from_week=6, past=first)
    weeks = by_week(turns)
    assert [weeks[week] == weeks[week + 1] for week in range(6, 11)] == [True, False, True, False, True]
    assert report_turns(rules, SEVEN, groups, turns, 6).units == 0
    assert replan_turns(rules, SEVEN, groups, groups, turns, 6, 1) == turns
    assert replan_turns(rules, SEVEN, groups, groups, turns, 9, 1) == turns  # a round goes on in week 9


def test_rounds_of_a_plan_that_counted_them_from_week_one_stay_as_they_are() -> None:
    """Plans of before have their short round; a rerun in one does not deal everybody's roles anew."""
    rules = make_rules(
        '[roles]\nnames = ["A", "B"]\nrotate_every = 2\n[term]\nweeks = 10\nrefresh_after = [5]'
    )
    groups = make_groups("abc", "defg")
    turns = plan_turns(rules, SEVEN, groups, 1, from_week=6, counted=1)
    weeks = by_week(turns)
    assert weeks[6] != weeks[7] == weeks[8] != weeks[9] == weeks[10]
    for week in range(6, 11):
        assert replan_turns(rules, SEVEN, groups, groups, turns, week, 1) == turns
        assert report_turns(rules, SEVEN, groups, turns, week).units == 0


def test_turns_are_fair_over_blocks_that_are_too_short_to_be() -> None:
    rules = make_rules('[roles]\nnames = ["A"]\n[term]\nweeks = 4')
    group = make_groups("abcd")
    past: tuple[Turn, ...] = ()
    for week in range(1, 5):
        past += plan_turns(rules, SEVEN, group, 1, from_week=week, until=week, past=past)
    assert sorted(turn.student_id for turn in past) == ["a", "b", "c", "d"]


def test_a_wished_role_goes_to_who_wishes_for_it() -> None:
    rules = make_rules('[roles]\nnames = ["A", "B"]\nwish = "Graag"\nrotate_every = 0\n[term]\nweeks = 3')
    roster = column_of("Graag", "b", "", "A")
    turns = plan_turns(rules, roster, make_groups("abc"), 1)
    assert {(turn.student_id, turn.role) for turn in turns} == {("a", "B"), ("c", "A")}
    assert rules.headings() == ("Graag",)


def test_a_column_of_wishes_that_is_not_there_is_refused() -> None:
    rules = make_rules('[roles]\nwish = "Grag"')
    (problem,) = rules.check(column_of("Graag", "A"))
    assert problem.message.text("en") == "The class list has no column “Grag” with wished roles."
    assert problem.hint is not None
    assert problem.hint.text("nl") == "Bedoelde je “Graag”?"

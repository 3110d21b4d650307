"""What a rerun keeps: labels, past weeks, roles, and everyone who need not move."""

from __future__ import annotations

import pytest

from planner.audit.plan_audit import audit
from planner.audit.turns import report_turns
from planner.engines.common.watch import Watch
from planner.model.domain import (
    Group,
    Plan,
    Roster,
    Turn,
)
from planner.model.no_plan import NoPlan
from planner.model.replan_options import ReplanOptions
from planner.planning.replan_roles import replan_turns
from planner.planning.roles import plan_turns
from planner.plans.course import Version
from planner.replanning.changes import Changes, Same
from planner.replanning.previous_assignment import PreviousAssignment, previous_assignment
from planner.replanning.replan import replan
from planner.rules import Rules
from tests.builders.classes import make_groups, make_roster, make_rules

SIZES = "[groups]\nsize = [3, 5]\n"
ROLES = '[roles]\nnames = ["A", "B", "C"]\n[term]\nweeks = 6\n'


def of(ids: str, **answers: str) -> Roster:
    cells = {heading: dict(zip(ids, given, strict=True)) for heading, given in answers.items()}
    return make_roster([{"id": s, **{heading: by[s] for heading, by in cells.items()}} for s in ids])


def members(plan: Plan) -> dict[str, str]:
    return {group.name: "".join(sorted(group.members)) for group in plan.groups}


def apart(*ids: str) -> str:
    listed = ", ".join(f'"{s}"' for s in ids)
    return f'[[rule]]\nkind = "apart"\nstudents = [{listed}]\nimportance = "must"\n'


def planned(rules: Rules, ids: str, *groups: str) -> PreviousAssignment:
    listed = make_groups(*groups)
    return PreviousAssignment(groups=listed, turns=plan_turns(rules, of(ids), listed, 1))


def test_nothing_changed_nothing_moves() -> None:
    rules = make_rules(SIZES + ROLES)
    earlier = planned(rules, "abcdefgh", "abcd", "efgh")
    plan = replan(rules, of("abcdefgh"), earlier, seed=5)
    assert members(plan) == {"Groep 1": "abcd", "Groep 2": "efgh"}
    assert plan.turns == earlier.turns
    assert (plan.outcome.moves, plan.outcome.moves_bound) == (0, 0)


def test_ids_that_changed_are_no_moves() -> None:
    same = tuple(Same(old_id=old, new_id=old.upper()) for old in "abc")
    turns = (Turn(week=1, group="Groep 1", student_id="a", role="A"),)
    earlier = previous_assignment(make_groups("abcz"), turns, None, Changes(same=same, left=("z",)))
    assert earlier.groups == make_groups("ABCz")
    assert earlier.turns[0].student_id == "A"
    plan = replan(make_rules(SIZES), of("ABC"), earlier)
    assert (members(plan), plan.outcome.moves) == ({"Groep 1": "ABC"}, 0)


def test_labels_stay_with_their_people_and_a_dissolved_one_is_gone() -> None:
    rules = make_rules('[groups]\nsize = [3, 4]\nnames = "Groep {n}"\n')
    earlier = PreviousAssignment(groups=make_groups("abxyz", "def", "ghi"))
    plan = replan(rules, of("abdefghi"), earlier)
    assert members(plan) in (
        {"Groep 2": "adef", "Groep 3": "bghi"},
        {"Groep 2": "bdef", "Groep 3": "aghi"},
    )
    assert plan.outcome.moves == 2


def test_a_new_group_has_a_name_that_never_meant_another() -> None:
    rules = make_rules('[groups]\nsize = [3, 4]\nnames = "Groep {n}"\n')
    earlier = PreviousAssignment(
        groups=(Group(name="Groep 1", members=tuple("abcd")),),
        history=(Version(from_week=1, groups=make_groups("ab", "cd")),),  # Groep 2 existed once
        since=3,
    )
    plan = replan(rules, of("abcdnop"), earlier, options=ReplanOptions(from_week=4))
    assert members(plan) == {"Groep 1": "abcd", "Groep 3": "nop"}
    assert plan.outcome.moves == 0


def test_another_group_is_opened_where_the_old_labels_cannot_do() -> None:
    plan = replan(
        make_rules(SIZES + apart("a", "b")), of("abcdef"), PreviousAssignment(groups=make_groups("abcde"))
    )
    assert plan.outcome.moves == 2
    assert plan.group_of["a"] != plan.group_of["b"]


def test_who_moved_before_is_spared() -> None:
    """One of five has to come over; all but one moved before, so that one does."""
    rules = make_rules("[groups]\nsize = [3, 5]\n")
    for still in "abcde":
        before = make_groups(still, "".join(s for s in "abcde" if s != still) + "gh")
        earlier = PreviousAssignment(
            groups=make_groups("abcde", "gh"), history=(Version(from_week=1, groups=before),), since=2
        )
        plan = replan(rules, of("abcdegh"), earlier, options=ReplanOptions(from_week=3))
        assert members(plan)["Groep 2"] == "".join(sorted(f"{still}gh"))
        assert {s.name: s.value for s in plan.outcome.stages}["second-moves"] == 0


def test_weeks_together_count() -> None:
    """a, b, c and d were together for a while; e joined last and knows them least."""
    earlier = PreviousAssignment(
        groups=make_groups("abcde", "gh"),
        history=(Version(from_week=1, groups=(Group(name="Groep 1", members=tuple("abcd")),)),),
        since=4,
    )
    plan = replan(make_rules(SIZES), of("abcdegh"), earlier, options=ReplanOptions(from_week=5))
    assert members(plan)["Groep 2"] == "egh"
    assert {s.name: s.value for s in plan.outcome.stages}["pairs"] == 4  # one week with each of four


def test_closed_groups_and_locked_students_stay() -> None:
    rules = make_rules(SIZES)
    earlier = PreviousAssignment(groups=make_groups("abcd", "efgh", "ij"))
    for options, giver in (
        (ReplanOptions(closed=frozenset({"Groep 1"})), "efgh"),
        (ReplanOptions(closed=frozenset({"Groep 2"})), "abcd"),
        (ReplanOptions(locked=frozenset("abcdefg")), "h"),
        (ReplanOptions(locked=frozenset("efgh")), "abcd"),
    ):
        plan = replan(rules, of("abcdefghij"), earlier, options=options)
        (mover,) = [s for s in "abcdefgh" if plan.group_of[s] == "Groep 3"]
        assert mover in giver
        assert plan.outcome.moves == 1


def test_a_closed_group_that_cannot_stay_is_no_plan() -> None:
    rules = make_rules(SIZES)
    earlier = PreviousAssignment(groups=make_groups("abcd", "efgh", "ij"))
    with pytest.raises(NoPlan) as told:
        replan(rules, of("abcdefghij"), earlier, options=ReplanOptions(closed=frozenset({"Groep 3"})))
    assert told.value.proven
    assert [report.kind for report in told.value.broken] == ["size"]


def test_a_newcomer_who_is_asked_to_stay_goes_wherever_it_fits() -> None:
    earlier = PreviousAssignment(groups=make_groups("abc", "def"))
    plan = replan(make_rules(SIZES), of("abcdefn"), earlier, options=ReplanOptions(locked=frozenset("an")))
    assert plan.outcome.moves == 0
    assert plan.group_of["n"] in ("Groep 1", "Groep 2")


@pytest.mark.parametrize("extra", [0, 1, 2, 3, 10**9])
def test_extra_moves_lower_the_cost_within_the_cap(extra: int) -> None:
    rules = make_rules(SIZES + '[[rule]]\nkind = "mix"\ncolumn = "O"\nimportance = "important"\n')
    roster = of("abcdefgh", O="xxxxyyyy")
    earlier = PreviousAssignment(groups=make_groups("abcd", "efgh"))
    plan = replan(rules, roster, earlier, options=ReplanOptions(extra_moves=extra))
    none = replan(rules, roster, earlier)
    assert plan.outcome.moves is not None
    assert plan.outcome.moves <= extra
    assert plan.outcome.moves_bound == 0
    assert plan.outcome.cost <= none.outcome.cost
    if extra >= 2:
        assert plan.outcome.cost < none.outcome.cost


@pytest.mark.parametrize(("count", "moves"), [(2, 1), (3, 1), (4, 3)])
def test_a_number_of_groups_asked_for_is_kept(count: int, moves: int) -> None:
    rules = make_rules(f"[groups]\nsize = [2, 6]\ncount = {count}\n")
    plan = replan(rules, of("abcdefghi"), PreviousAssignment(groups=make_groups("abcde", "fgh", "ixy")))
    assert len(plan.groups) == count
    assert plan.outcome.moves == plan.outcome.moves_bound == moves


def test_newcomers_take_the_empty_places() -> None:
    plan = replan(make_rules(SIZES), of("abdefgno"), PreviousAssignment(groups=make_groups("abx", "defg")))
    assert plan.outcome.moves == 0
    assert plan.group_of["n"] == plan.group_of["o"] == "Groep 1"


def test_the_same_seed_gives_the_same_plan() -> None:
    rules = make_rules(SIZES + ROLES)
    earlier = planned(rules, "abcdefghij", "abcde", "fghij")
    first, second = (replan(rules, of("abcdefg"), earlier, seed=3) for _ in range(2))
    assert (first.groups, first.turns) == (second.groups, second.turns)
    assert first.outcome.stages == second.outcome.stages


@pytest.mark.parametrize("asked", [1, 2, 3, 5, 8])
def test_a_stop_leaves_a_whole_plan_or_none(asked: int) -> None:
    rules, roster = make_rules(SIZES + ROLES + apart("a", "b")), of("abcdefghij")
    earlier = planned(rules, "abcdefghijxy", "abcdx", "efghy", "ij")
    calls = []

    def stop() -> bool:
        calls.append(1)
        return len(calls) >= asked

    try:
        plan = replan(rules, roster, earlier, watch=Watch(wanted_stop=stop))
    except NoPlan as error:
        stopped_without = error.proven
    else:
        stopped_without = False
        assert audit(rules, roster, plan.groups, plan.turns).holds
        assert sorted(plan.group_of) == list("abcdefghij")
    assert not stopped_without


# Roles


def held(turns: tuple[Turn, ...], week: int, group: str) -> dict[str, str]:
    return {turn.student_id: turn.role for turn in turns if (turn.week, turn.group) == (week, group)}


def test_weeks_that_are_past_stay_and_those_to_come_are_whole() -> None:
    rules = make_rules(SIZES + ROLES)
    earlier = planned(rules, "abcdefgh", "abcd", "efgh")
    roster = of("abdefgh")
    plan = replan(rules, roster, earlier, options=ReplanOptions(from_week=3))
    past = {turn for turn in earlier.turns if turn.week < 3 and turn.student_id != "c"}
    assert {turn for turn in plan.turns if turn.week < 3} == past
    assert plan.from_week == 3
    for week in range(3, 7):
        assert sorted(held(plan.turns, week, "Groep 1").values()) == ["A", "B", "C"]
        assert held(plan.turns, week, "Groep 2") == held(earlier.turns, week, "Groep 2")


def test_only_what_became_vacant_changes_hands() -> None:
    """Four members, three roles: the one who is free takes what c had, and nothing else changes."""
    rules = make_rules(SIZES + ROLES)
    earlier = planned(rules, "abcd", "abcd")
    turns = replan_turns(rules, of("abd"), make_groups("abd"), earlier.groups, earlier.turns, 1, 0)
    for week in range(1, 7):
        before, now = held(earlier.turns, week, "Groep 1"), held(turns, week, "Groep 1")
        for student in set(before) - {"c"}:
            assert now[student] == before[student]
        if "c" in before:
            (free,) = set("abd") - set(before)
            assert now[free] == before["c"]


def test_a_newcomer_takes_the_turns_of_who_left() -> None:
    rules = make_rules(SIZES + ROLES)
    earlier = planned(rules, "abc", "abc")
    turns = replan_turns(rules, of("abn"), make_groups("abn"), earlier.groups, earlier.turns, 1, 0)
    for week in range(1, 7):
        before, now = held(earlier.turns, week, "Groep 1"), held(turns, week, "Groep 1")
        assert {("n" if s == "c" else s): role for s, role in before.items()} == now


def test_roles_that_nobody_may_take_stay_open() -> None:
    rules = make_rules(SIZES + '[roles]\nnames = ["A", "B"]\nopt_out = "Niet"\n[term]\nweeks = 2\n')
    roster = make_roster([{"id": s, "Niet": "A"} for s in "abd"])
    old = make_groups("abcd")
    turns = tuple(Turn(week=w, group="Groep 1", student_id="c", role="A") for w in (1, 2))
    found = replan_turns(rules, roster, make_groups("abd"), old, turns, 1, 0)
    assert {turn.role for turn in found} == {"B"}


def test_what_became_vacant_goes_to_whoever_had_it_least_in_the_term() -> None:
    """One had the role twice and another once when c leaves, whose turns were all to come."""
    rules = make_rules(SIZES + '[roles]\nnames = ["A"]\n[term]\nweeks = 6\n')
    old = make_groups("abcd")
    holders = "aabccd"
    turns = tuple(
        Turn(week=week, group="Groep 1", student_id=one, role="A") for week, one in enumerate(holders, 1)
    )
    found = replan_turns(rules, of("abd"), make_groups("abd"), old, turns, 4, 0)
    assert [turn.student_id for turn in found] == list("aab" + "dbd")
    assert report_turns(rules, of("abd"), make_groups("abd"), found, 4).units == 0


def test_a_new_group_in_the_middle_of_a_block_minds_what_its_members_did() -> None:
    """Two had every turn so far; in the group that they make with a third it is the turn of the third."""
    rules = make_rules(SIZES + '[roles]\nnames = ["A"]\n[term]\nweeks = 6\n')
    old = make_groups("abcd", "efgh")
    turns = tuple(
        Turn(week=week, group=group, student_id=one, role="A")
        for group, holders in (("Groep 1", "dabcda"), ("Groep 2", "eghegh"))
        for week, one in enumerate(holders, 1)
    )
    groups = (*make_groups("abc", "gh"), Group(name="Groep 3", members=("d", "e", "f")))
    found = replan_turns(rules, of("abcdefgh"), groups, old, turns, 2, 0)
    assert next(t.student_id for t in found if t.group == "Groep 3" and t.week >= 2) == "f"
    assert report_turns(rules, of("abcdefgh"), groups[2:], found, 2).units == 0

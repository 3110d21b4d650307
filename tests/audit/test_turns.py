"""The turns of roles in a plan: filled, wanted, fair."""

from __future__ import annotations

from collections.abc import Sequence

from planner.audit.turns import report_turns
from planner.model.domain import Roster, Turn
from planner.rules import Rules
from planner.rules.asked_roles import can_take
from tests.builders.classes import column_of, make_groups, make_roster, make_rules

PAIR = make_rules('[roles]\nnames = ["A", "B"]\n[term]\nweeks = 2')
THREE = make_roster([{} for _ in range(3)])


def turns(*weeks: Sequence[tuple[str, str]], group: str = "Groep 1") -> list[Turn]:
    """Return turns from ("A", "a") pairs of role and student, week by week."""
    return [
        Turn(week=week, group=group, student_id=student, role=role)
        for week, held in enumerate(weeks, start=1)
        for role, student in held
    ]


def told(rules: Rules, roster: Roster, given: list[Turn], members: str = "abc") -> list[tuple[int, str]]:
    report = report_turns(rules, roster, make_groups(members), given)
    assert (report.kind, report.cost, report.broken) == ("roles", 0, False)
    assert report.units == sum(finding.units for finding in report.findings)
    return [(finding.units, finding.message.text("nl")) for finding in report.findings]


OPEN = "In een van de weken is nog een rol open."
DOUBLE = "In een van de weken heeft iemand twee rollen."
UNWANTED = "Iemand heeft een rol uit de eigen lijst “liever niet”."
TWICE = "Een rol blijft twee rolbeurten achter elkaar bij dezelfde persoon."
AHEAD = "Iemand heeft een rol minstens twee keer vaker gehad dan een ander."
UNEVEN = "Over alle rollen samen heeft iemand minstens twee rolbeurten meer gehad dan een ander."


def test_a_fair_rotation_has_no_findings() -> None:
    assert told(PAIR, THREE, turns([("A", "a"), ("B", "b")], [("A", "b"), ("B", "c")])) == []


def test_a_role_left_open() -> None:
    assert told(PAIR, THREE, turns([("A", "a")], [("A", "b"), ("B", "c")])) == [(1, OPEN)]
    assert told(PAIR, THREE, []) == [(4, OPEN)]


def test_a_group_of_one_fills_one_role() -> None:
    """Nobody else is there to take it: a fact about the group, and nothing that can be better."""
    assert told(PAIR, THREE, turns([("A", "a")], [("A", "a")]), members="a") == []


def test_two_roles_at_once() -> None:
    assert told(PAIR, THREE, turns([("A", "a"), ("B", "a")], [("A", "b"), ("B", "c")])) == [(1, DOUBLE)]


def test_the_same_role_two_turns_running() -> None:
    assert told(PAIR, THREE, turns([("A", "a"), ("B", "b")], [("A", "a"), ("B", "b")])) == [
        (2, TWICE),
        (2, AHEAD),  # two turns at each role for one, none for another
    ]


def test_turns_that_differ_by_more_than_one() -> None:
    rules = make_rules('[roles]\nnames = ["A"]\n[term]\nweeks = 5')
    given = turns([("A", "a")], [("A", "b")], [("A", "a")], [("A", "b")], [("A", "a")])
    assert told(rules, THREE, given) == [(2, AHEAD)]  # three, two and none


FIVE = make_rules('[roles]\nnames = ["A", "B", "C"]\n[term]\nweeks = 8')


def rotated(*shifts: int) -> list[Turn]:
    """Return roles that go round a group of five, from a place that is given for each week."""
    return turns(*([(role, "abcde"[(shift + p) % 5]) for p, role in enumerate("ABC")] for shift in shifts))


def test_turns_over_all_roles_together() -> None:
    """Shifting by one every week is fair at each role: 5, 4, 4, 6 and 5 turns in all."""
    everyone = make_roster([{} for _ in range(5)])
    assert told(FIVE, everyone, rotated(*range(8)), members="abcde") == [(1, UNEVEN)]
    assert told(FIVE, everyone, rotated(*range(0, 24, 3)), members="abcde") == []


def test_what_nobody_takes_and_what_only_one_takes_are_facts_about_a_group() -> None:
    rules = make_rules('[roles]\nnames = ["A", "B"]\nopt_out = "Rol"\n[term]\nweeks = 3')
    nobody = column_of("Rol", "B", "B", "B")
    given = turns([("A", "a")], [("A", "b")], [("A", "c")])
    assert told(rules, nobody, given) == []
    only_one = column_of("Rol", "", "B", "B")  # has B each week, so that A is shared by two
    given = turns([("B", "a"), ("A", "b")], [("B", "a"), ("A", "c")], [("B", "a"), ("A", "b")])
    assert told(rules, only_one, given) == []
    assert told(rules, only_one, given[:5]) == [(1, OPEN)]


def test_what_can_be_fairer_beside_what_cannot() -> None:
    """Two of three leave B to a: A is for them, and one of them has it twice running for nothing."""
    rules = make_rules('[roles]\nnames = ["A", "B"]\nopt_out = "Rol"\n[term]\nweeks = 4')
    roster = column_of("Rol", "", "B", "B")
    given = turns(*([("B", "a"), ("A", one)] for one in "bbcc"))
    assert told(rules, roster, given) == [(2, TWICE)]


def test_a_group_that_lost_somebody_keeps_its_turns() -> None:
    """In week 1 there was a third role: only what became vacant changes hands after that."""
    rules = make_rules('[roles]\nnames = ["A", "B", "C"]\n[term]\nweeks = 4')
    given = turns([("B", "a"), ("C", "b")], *[[("A", "a"), ("B", "b")]] * 3)
    report = report_turns(rules, THREE, make_groups("ab"), given, 2)
    assert report.units == 0


def test_a_role_under_another_name_of_the_same_list_is_the_same_role() -> None:
    rules = make_rules('[roles]\nnames = ["Facilitator"]\n[term]\nweeks = 2')
    given = turns([("Gespreksleider", "a")], [("Facilitator", "a")])
    report = report_turns(rules, THREE, make_groups("ab"), given, 2)
    assert report.findings[0].message.text("nl") == TWICE


def test_roles_that_went_round_faster_had_a_turn_each_week() -> None:
    """Every two weeks from week 3 on, every week before: b and c had their turns as well as a."""
    rules = make_rules('[roles]\nnames = ["A"]\nrotate_every = 2\n[term]\nweeks = 6')
    faster = turns([("A", "a")], [("A", "b")], [("A", "c")], [("A", "c")], [("A", "a")], [("A", "a")])
    assert report_turns(rules, THREE, make_groups("abc"), faster, 3).units == 0
    again = turns([("A", "a")], [("A", "b")], [("A", "b")], [("A", "b")], [("A", "c")], [("A", "c")])
    report = report_turns(rules, THREE, make_groups("abc"), again, 3)
    assert [(f.units, f.message.text("nl")) for f in report.findings] == [(1, TWICE)]


def test_a_role_that_somebody_leaves_to_others() -> None:
    rules = make_rules('[roles]\nnames = ["A", "B"]\nopt_out = "Rol"\n[term]\nweeks = 1')
    roster = column_of("Rol", "A", "", "")
    assert told(rules, roster, turns([("A", "a"), ("B", "b")])) == [(1, UNWANTED)]
    assert told(rules, roster, turns([("A", "b"), ("B", "a")])) == []


def test_who_leaves_a_role_to_others_does_not_count_for_its_turns() -> None:
    rules = make_rules('[roles]\nnames = ["A"]\nopt_out = "Rol"\n[term]\nweeks = 4')
    roster = column_of("Rol", "A", "", "")
    given = turns([("A", "b")], [("A", "c")], [("A", "b")], [("A", "c")])
    assert told(rules, roster, given) == []


ONE = make_rules('[roles]\nnames = ["A"]\n[term]\nweeks = 8\nrefresh_after = [4]')


def later(given: list[Turn], from_week: int, members: str = "abc") -> list[tuple[int, str]]:
    """Return the findings of the groups from a week on, in English."""
    report = report_turns(ONE, make_roster([{} for _ in range(4)]), make_groups(members), given, from_week, 4)
    return [(f.units, f.message.text("en")) for f in report.findings]


def test_turns_of_earlier_in_the_block_count_after_a_rerun() -> None:
    """Who had a role before the groups were mended, in whatever group, had it."""
    fair = turns([("A", "a")], [("A", "b")], [("A", "c")], [("A", "a")])
    assert later(fair, 3) == []
    unfair = turns([("A", "a")], [("A", "b")], [("A", "a")], [("A", "b")])
    assert later(unfair, 3) == [
        (1, "Someone has had a role at least two times more than someone else.")
    ]  # c was there
    elsewhere = [*turns([("A", "c")], group="Groep 2"), *turns([], [("A", "a")], [("A", "b")], [("A", "c")])]
    assert later(elsewhere, 2) == []


def test_a_turn_just_before_a_rerun_is_the_turn_before() -> None:
    again = turns([("A", "b")], [("A", "a")], [("A", "a")], [("A", "c")])
    assert later(again, 3) == [(1, "A role stays with the same person for two role turns in a row.")]


def test_who_came_later_begins_beside_who_had_a_role_least() -> None:
    """One had two turns, the other one, when d came: two more of d would be too many."""
    given = turns([("A", "a")], [("A", "b")], [("A", "a")], [("A", "d")])
    assert later(given, 4, "abd") == []
    eager = turns([("A", "a")], [("A", "b")], [("A", "d")], [("A", "d")])
    assert (1, "A role stays with the same person for two role turns in a row.") in later(eager, 3, "abd")


def test_another_block_counts_for_itself() -> None:
    given = turns(*[[("A", "a")]] * 4, [("A", "b")], [("A", "c")], [("A", "a")], [("A", "b")])
    report = report_turns(ONE, THREE, make_groups("abc"), given, 5)
    assert report.units == 0


def test_strangers_and_unknown_roles_are_found() -> None:
    week = turns([("A", "zz"), ("B", "b"), ("Zanger", "c")], [("A", "b"), ("B", "c")])
    assert told(PAIR, THREE, week) == [(2, UNWANTED)]


def test_a_round_lasts_as_many_weeks_as_asked() -> None:
    rules = make_rules('[roles]\nnames = ["A"]\nrotate_every = 2\n[term]\nweeks = 4')
    fair = turns([("A", "a")], [("A", "a")], [("A", "b")], [("A", "b")])
    assert told(rules, THREE, fair) == []
    stuck = turns(*[[("A", "a")]] * 4)
    assert told(rules, THREE, stuck) == [(1, TWICE), (1, AHEAD)]


def test_a_doubled_role_is_held_by_two() -> None:
    rules = make_rules('[roles]\nnames = ["A", "B"]\n[term]\nweeks = 1')
    roster = make_roster([{} for _ in range(7)])
    assert told(rules, roster, turns([("A", "a"), ("B", "b"), ("B", "c")]), members="abcdefg") == []
    assert told(rules, roster, turns([("A", "a"), ("B", "b")]), members="abcdefg") == [(1, OPEN)]


def test_each_group_is_looked_at_by_itself() -> None:
    given = turns([("A", "a"), ("B", "b")], [("A", "b"), ("B", "a")])
    report = report_turns(PAIR, make_roster([{} for _ in range(4)]), make_groups("ab", "cd"), given)
    assert [(f.group, f.units, f.message.text("en")) for f in report.findings] == [
        ("Groep 2", 4, "In some week a role is still open.")
    ]
    assert report.title.text("nl") == "Rollen per week"


def test_without_a_column_for_it_everyone_takes_every_role() -> None:
    assert can_take(PAIR, THREE.students[0]) == {0, 1}
    rules = make_rules('[roles]\nnames = ["A", "B"]\nopt_out = "Rol"')
    assert can_take(rules, column_of("Rol", "b").students[0]) == {0}

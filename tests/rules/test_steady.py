"""Steady: a group that loses any one member still holds every must rule."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.model.domain import Group, Roster
from planner.model.instance import SumCost
from planner.model.reports import Importance
from planner.rules import Rules
from planner.rules.steady import Steady
from planner.rules.steady_costs import MOST_BALANCED
from tests.builders.classes import IDS, classes, column_of, make_groups, make_roster, make_rules


def steady_of(rules: Rules) -> Steady:
    return next(rule for rule in rules.active() if isinstance(rule, Steady))


def told(toml: str, roster: Roster, *members: str) -> list[tuple[str | None, int, str]]:
    rule = steady_of(make_rules(f'{toml}\n[[rule]]\nkind = "steady"'))
    found = rule.findings(roster, make_groups(*members))
    return [(finding.group, finding.units, finding.message.text("en")) for finding in found]


EIGHT = make_roster([{} for _ in IDS])
SIZES = "[groups]\nsize = [2, 4]\n"


def test_groups_above_the_smallest_size_can_lose_anyone() -> None:
    assert told(SIZES, EIGHT, "abcd", "efgh") == [
        (None, 0, "2 of 2 groups can spare any member without breaking a required rule.")
    ]


def test_in_a_group_of_the_smallest_size_everyone_is_needed() -> None:
    assert told(SIZES, EIGHT, "ab", "cde", "fgh") == [
        (None, 0, "2 of 3 groups can spare any member without breaking a required rule."),
        ("Groep 1", 2, "If someone leaves, this group is too small."),
    ]


ALONE = SIZES + '[[rule]]\nkind = "never-alone"\ncolumn = "Gender"\nvalues = ["v"]\nimportance = "must"'


def test_never_alone_asks_for_none_or_at_least_three() -> None:
    roster = column_of("Gender", "v", "v", "m", "m", "v", "v", "v", "m")
    assert told(ALONE, roster, "abc", "def", "gh")[1:] == [
        ("Groep 3", 2, "If someone leaves, this group is too small."),
        ("Groep 1", 2, "If someone with “v” in Gender leaves, someone else is the only one."),
        ("Groep 2", 2, "If someone with “v” in Gender leaves, someone else is the only one."),
        ("Groep 3", 2, "If someone with “v” in Gender leaves, someone else is the only one."),
    ]
    assert told(ALONE, roster, "abe", "cdh", "fg")[1:] == [
        ("Groep 3", 2, "If someone leaves, this group is too small."),
        ("Groep 3", 2, "If someone with “v” in Gender leaves, someone else is the only one."),
    ]


def test_a_share_has_one_to_spare() -> None:
    roster = column_of("Gender", "v", "v", "v", "m", "m", "v", "v", "v", "m", "m", "m")
    half = ALONE + "\nat_least_share = 0.5"
    assert told(half, roster, "abcd", "efghk", "ij")[1:] == [
        ("Groep 3", 2, "If someone leaves, this group is too small.")
    ]
    assert told(half, roster, "abcdek", "fgh", "ijl")[1:] == [
        ("Groep 1", 3, "If someone with “v” in Gender leaves, there are too few."),
    ]


def test_company_online_has_one_to_spare() -> None:
    online = SIZES + '[[rule]]\nkind = "participation"\ncolumn = "D"\nimportance = "must"'
    roster = column_of("D", "online", "online", "campus", "campus", "campus", "hybride", "")
    assert told(online, roster, "abcde", "fg")[1:] == [
        ("Groep 2", 2, "If someone leaves, this group is too small."),
        ("Groep 1", 2, "If someone who takes part online leaves, someone else is the only one."),
    ]


def test_who_keeps_somebody_has_one_to_spare() -> None:
    keep = SIZES + '[[rule]]\nkind = "new-faces"\ncolumns = ["T"]\nkeep_one = true\nimportance = "must"'
    roster = column_of("T", "1", "1", "1", "2", "2", "")
    assert told(keep, roster, "abd", "cef")[1:] == [
        ("Groep 1", 1, "Noor has just one person from an earlier group here."),
        ("Groep 1", 1, "Sem has just one person from an earlier group here."),
        ("Groep 2", 2, "Ali has just one person from an earlier group here."),
    ]


def test_a_limit_has_one_to_spare() -> None:
    limit = (
        SIZES + '[[rule]]\nkind = "limit"\ncolumn = "P"\nvalue = "ja"\nat_least = 1\nat_most = 2\n'
        'importance = "must"'
    )
    roster = column_of("P", "ja", "ja", "nee", "ja", "nee", "nee")
    assert told(limit, roster, "abc", "def")[1:] == [
        ("Groep 2", 1, "If someone with P = ja leaves, there are too few.")
    ]


def test_the_only_wish_of_somebody_goes_with_the_peer_who_leaves() -> None:
    wish = SIZES + '[[rule]]\nkind = "wish"\ncolumns = ["W"]\nimportance = "must"'
    roster = column_of("W", "b", "a; c", "a; b", "", "", "")
    assert told(wish, roster, "abc", "def")[1:] == []
    assert told(wish, roster, "abd", "cef")[1:] == [
        ("Groep 1", 1, "Sem has just one of the people they wished for here."),
        ("Groep 2", 2, "Ali has just one of the people they wished for here."),
    ]


BALANCE = SIZES + '[[rule]]\nkind = "balance"\ncolumn = "C"\nwithin = 0.7\nimportance = "must"'


def test_a_balance_hangs_on_whoever_brings_the_others_near_the_class() -> None:
    # Without a (8) the class has 40/7 on average, and b and c have 5; c the other way round.
    roster = column_of("C", "8", "6", "4", "6", "6", "6", "7", "5")
    assert told(BALANCE, roster, "abc", "def", "gh")[1:] == [
        ("Groep 3", 2, "If someone leaves, this group is too small."),
        ("Groep 1", 2, "C stays within 0.7 of the class as long as these stay: Noor and Ali."),
        ("Groep 3", 2, "C stays within 0.7 of the class as long as these stay: Teun and Mila."),
    ]


def test_a_missing_number_counts_as_the_mean_of_who_is_left() -> None:
    balance = BALANCE.replace("0.7", "1.0")
    roster = column_of("C", "8", "", "5", "6", "6", "6")
    assert told(balance, roster, "abc", "def")[1:] == []
    assert told(balance, roster, "ab", "cdef")[1:] == [  # 8 by itself beside 6.2
        ("Groep 1", 2, "If someone leaves, this group is too small."),
        ("Groep 1", 1, "C stays within 1 of the class as long as these stay: Sem."),
    ]


def test_in_a_large_class_a_balance_is_told_and_costs_nothing() -> None:
    roster = make_roster([{"id": f"s{n}", "C": str(n % 10)} for n in range(MOST_BALANCED + 2)])
    rules = make_rules(f'{BALANCE}\n[[rule]]\nkind = "steady"')
    rule = steady_of(rules)
    groups = make_groups(*([s.id for s in roster.students[n : n + 2]] for n in range(0, MOST_BALANCED, 2)))
    balance = [f for f in rule.findings(roster, groups) if "stays within" in f.message.text("en")]
    assert balance
    assert sum(finding.units for finding in balance) == 0
    assert len(rule.compile(roster, rules.shape(31))) == 1  # sizes only
    (problem,) = rule.check(roster)
    assert problem.code == "steady-balance"
    assert problem.text("nl").startswith("Regel “Groepen kunnen een lid missen”: bij “Balans op C")


def test_rules_that_are_no_must_do_not_count() -> None:
    toml = ALONE.replace('importance = "must"', 'importance = "important"')
    roster = column_of("Gender", "v", "v", "m", "m", "v", "v", "v", "m")
    assert [group for group, units, _ in told(toml, roster, "abc", "defgh") if units] == []


def test_it_is_told_in_dutch() -> None:
    rule = steady_of(make_rules(f'{SIZES}[[rule]]\nkind = "steady"'))
    summary, reason = rule.findings(EIGHT, make_groups("ab", "cdefgh"))
    assert summary.message.text("nl") == (
        "Eén van de 2 groepen kan elk lid missen en dan nog aan alle verplichte regels voldoen."
    )
    assert reason.message.text("nl") == "Als er iemand stopt, is deze groep te klein."


def test_with_one_size_no_group_can_lose_anyone_and_that_is_said() -> None:
    rules = make_rules('[groups]\nsize = [4, 4]\n[[rule]]\nkind = "steady"')
    (problem,) = rules.check(EIGHT)
    assert (problem.code, problem.hint and problem.hint.text("en")) == (
        "steady-one-size",
        "Allow groups of 4 to 5.",
    )
    assert problem.text("nl").startswith("Regel “Groepen kunnen een lid missen”: bij groepen van")


@pytest.mark.parametrize("importance", ["important", "nice"])
def test_a_unit_is_a_student(importance: str) -> None:
    rules = make_rules(f'{SIZES}[[rule]]\nkind = "steady"\nimportance = "{importance}"')
    (cost,) = steady_of(rules).compile(EIGHT, rules.shape(2))
    assert isinstance(cost, SumCost)
    assert (cost.must, cost.price) == (False, 500 if importance == "important" else 100)


# Against leaving itself


def survives(rules: Rules, roster: Roster, group: Group) -> bool:
    """Take each member out, of the class as well, and ask every must rule about this group."""
    for leaver in group.members:
        rest = Group(name=group.name, members=tuple(s for s in group.members if s != leaver))
        smaller = Roster(students=tuple(s for s in roster.students if s.id != leaver), columns=roster.columns)
        for rule in rules.active():
            if not rule.must:
                continue
            if hasattr(rule, "students"):
                staying = tuple(student for student in rule.students if student != leaver)
                if len(staying) < 2:
                    continue
                rule = rule.model_copy(update={"students": staying})
            if any(f.units and f.group == rest.name for f in rule.findings(smaller, [rest])):
                return False
    return True


@st.composite
def divided(draw: st.DrawFn) -> tuple[Rules, Roster, tuple[Group, ...]]:
    """Draw a class with must rules and groups of allowed sizes."""
    rules, roster = draw(classes(5, 8))
    chosen: list[dict[str, Any]] = [
        {"within": 1.0, **rule.model_dump(exclude_none=True), "importance": Importance.MUST}
        if rule.kind == "balance"
        else {**rule.model_dump(exclude_none=True), "importance": Importance.MUST}
        for rule in rules.rule
        if rule.kind != "steady"
    ]
    asked = Rules.model_validate(
        {
            "groups": {"size": (2, 4)},
            "rule": [*chosen, {"kind": "steady"}],
            "roles": {"names": ()},
        }
    )
    ids = draw(st.permutations([student.id for student in roster.students]))
    cut = draw(st.integers(2, min(4, len(ids) - 2)))
    parts = [ids[:cut], ids[cut:]] if len(ids) - cut <= 4 else [ids[:cut], ids[cut:-2], ids[-2:]]
    return asked, roster, make_groups(*parts)


@given(divided())
@settings(max_examples=300)
def test_a_group_is_steady_when_it_survives_whoever_leaves(
    case: tuple[Rules, Roster, tuple[Group, ...]],
) -> None:
    rules, roster, groups = case
    holds_now = {
        group.name
        for group in groups
        if not any(
            finding.units and finding.group in (group.name, None)
            for rule in rules.active()
            if rule.must
            for finding in rule.findings(roster, groups)
        )
    }
    found = steady_of(rules).findings(roster, groups)
    unsteady = {finding.group for finding in found if finding.units}
    for group in groups:
        if group.name in holds_now:
            assert survives(rules, roster, group) == (group.name not in unsteady)

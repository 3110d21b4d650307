"""Where a text counts, one is one: no sentence with a plural verb after a count of one."""

from __future__ import annotations

import pytest

from planner.audit.plan_audit import audit
from planner.audit.stability import BlockChange
from planner.model.problems import InputError
from planner.planning.counting import check_counts
from planner.reporting.stability import describe_change
from planner.rosters import SourceFile, read_class_list
from planner.rules import read_rules
from tests.builders.classes import make_groups, make_roster


def test_one_pair_that_meets_is_singular() -> None:
    """It read "1 ontmoeten elkaar" and "1 van de 3 groepen blijven zoals ze zijn"."""
    one = BlockChange(from_week=5, moved=("a",), kept=1, pairs=9, first_meetings=1, untouched=1, groups=3)
    assert describe_change(one).text("nl") == (
        "Week 5: één student verhuist; 1 van de 9 tweetallen blijft bij elkaar, "
        "één ontmoet elkaar voor het eerst; 1 van de 3 groepen blijft zoals die is."
    )
    assert (
        describe_change(one)
        .text("en")
        .endswith("one meets for the first time; 1 of 3 groups stays as it is.")
    )
    more = BlockChange(
        from_week=5, moved=("a", "b"), kept=2, pairs=9, first_meetings=2, untouched=2, groups=3
    )
    assert "2 ontmoeten elkaar" in describe_change(more).text("nl")
    assert "2 of 9 pairs stay together" in describe_change(more).text("en")


def test_a_term_of_one_week() -> None:
    rules = read_rules(b"[groups]\nsize = [2, 2]\n[term]\nweeks = 1\nrefresh_after = [1]\n")
    (problem,) = rules.check(make_roster([{}, {}]))
    assert problem.message.text("nl").startswith("De periode heeft één week;")


def test_one_group_where_more_are_asked_for() -> None:
    rules = read_rules(b"[groups]\nsize = [1, 4]\ncount = 2\n")
    found = audit(rules, make_roster([{}, {}]), make_groups("ab"))
    said = [finding.message.text("nl") for report in found.broken for finding in report.findings]
    assert "Er is één groep; gevraagd: 2." in said


def test_roles_in_groups_of_one() -> None:
    rules = read_rules(b'[groups]\nsize = [1, 1]\n[roles]\nnames = ["A", "B"]\n')
    said = [problem.message.text("nl") for problem in rules.check(make_roster([{}, {}]))]
    assert any("een groep heeft hooguit één lid en vult de eerste rol." in one for one in said)


def test_one_heading() -> None:
    file = SourceFile("a.csv", b"Student number\n1000001,x,y\n1000002,x,y\n")
    try:
        problems = read_class_list(file).problems
    except InputError as error:
        problems = error.problems
    said = " ".join(problem.message.text("nl") for problem in problems)
    assert "1 koppen" not in said


@pytest.mark.parametrize(("count", "told"), [(1, "geen 1 groep van"), (3, "geen 3 groepen van")])
def test_groups_that_cannot_be_formed(count: int, told: str) -> None:
    rules = read_rules(f"[groups]\nsize = [2, 2]\ncount = {count}\n".encode())
    (problem,) = check_counts(rules, make_roster([{} for _ in range(8)]))
    assert told in problem.message.text("nl")

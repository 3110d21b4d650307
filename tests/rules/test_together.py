"""Together: these students share a group."""

from __future__ import annotations

import pytest

from planner.model.instance import PairCost
from planner.model.reports import Importance
from planner.rules.base import Shape
from planner.rules.together import Together
from tests.builders.classes import found, make_groups, make_roster

SHAPE = Shape(groups=2, smallest=2, largest=3)
ROSTER = make_roster([{} for _ in range(5)])
RULE = Together(students=("a", "b", "d"))


def test_together_has_no_findings() -> None:
    assert found(RULE, ROSTER, make_groups("adb", "ce")) == []


def test_each_pair_in_two_groups_is_a_unit() -> None:
    groups = make_groups("abc", "de")
    assert found(RULE, ROSTER, groups) == [
        (None, 1, "Noor zit in Groep 1, Juul in Groep 2.", "Noor is in Groep 1, Juul in Groep 2."),
        (None, 1, "Sem zit in Groep 1, Juul in Groep 2.", "Sem is in Groep 1, Juul in Groep 2."),
    ]
    assert RULE.report(ROSTER, groups).broken
    soft = Together(students=RULE.students, importance=Importance.IMPORTANT)
    assert soft.report(ROSTER, groups).cost == 2 * 500
    assert soft.report(ROSTER, make_groups("ac", "be", "d")).cost == 3 * 500


def test_someone_without_a_group_is_not_together_with_others() -> None:
    assert found(RULE, ROSTER, make_groups("ab")) == [
        (None, 1, "Noor zit in Groep 1, Juul in —.", "Noor is in Groep 1, Juul in —."),
        (None, 1, "Sem zit in Groep 1, Juul in —.", "Sem is in Groep 1, Juul in —."),
    ]


def test_together_is_a_must_unless_said_otherwise() -> None:
    assert RULE.importance is Importance.MUST


def test_what_is_compiled_is_every_pair() -> None:
    (cost,) = RULE.compile(ROSTER, SHAPE)
    assert isinstance(cost, PairCost)
    assert cost.pairs.tolist() == [[0, 1], [0, 3], [1, 3]]
    assert cost.together


def test_someone_from_elsewhere_is_refused() -> None:
    (problem,) = Together(students=("a", "zz")).check(ROSTER)
    assert problem.text("nl") == (
        "Regel “Bij elkaar: a en zz”: zz staat niet in de klassenlijst. "
        "Schrijf het studentnummer zoals het in de klassenlijst staat."
    )


def test_label() -> None:
    assert RULE.label().text("nl") == "Bij elkaar: a, b en d"
    assert RULE.label().text("en") == "Together: a, b, and d"


@pytest.mark.parametrize("students", [("a",), ("a", "b", "a")])
def test_at_least_two_different_students(students: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="students"):
        Together(students=students)

"""Apart: no two of these students share a group."""

from __future__ import annotations

import pytest

from planner.model.instance import PairCost
from planner.model.problems import Level
from planner.model.reports import Importance
from planner.rules.apart import Apart
from planner.rules.base import Shape
from tests.builders.classes import found, make_groups, make_roster, texts

SHAPE = Shape(groups=2, smallest=2, largest=3)
ROSTER = make_roster(
    [{"id": f"100{n}", "name": name} for n, name in enumerate(["Noor", "Sem", "Ali", "Juul"])]
)
RULE = Apart(students=("1000", "1002", "1003"))


def test_apart_has_no_findings() -> None:
    assert found(RULE, ROSTER, make_groups(["1000", "1001"], ["1002"], ["1003"])) == []


def test_each_pair_in_one_group_is_a_unit() -> None:
    pair = make_groups(["1000", "1002"], ["1001", "1003"])
    assert found(RULE, ROSTER, pair) == [
        ("Groep 1", 1, "Noor en Ali zitten in één groep.", "Noor and Ali are in one group.")
    ]
    three = make_groups(["1003", "1000", "1002"], ["1001"])
    assert found(RULE, ROSTER, three) == [
        ("Groep 1", 3, "Juul, Noor en Ali zitten in één groep.", "Juul, Noor, and Ali are in one group.")
    ]
    assert RULE.report(ROSTER, three).broken
    nice = Apart(students=RULE.students, importance=Importance.NICE)
    assert nice.report(ROSTER, three).cost == 3 * 100


def test_apart_is_a_must_unless_said_otherwise() -> None:
    assert RULE.importance is Importance.MUST


def test_what_is_compiled_is_every_pair() -> None:
    (cost,) = RULE.compile(ROSTER, SHAPE)
    assert isinstance(cost, PairCost)
    assert cost.pairs.tolist() == [[0, 2], [0, 3], [2, 3]]
    assert (cost.weights.tolist(), cost.together, cost.labels) == ([1, 1, 1], False, None)


def test_someone_from_elsewhere_is_refused_with_the_nearest() -> None:
    problems = Apart(students=("1001", "91003", "Noortje")).check(ROSTER)
    assert [(p.code, p.level) for p in problems] == [("unknown-student", Level.ERROR)] * 2
    assert texts(problems, "nl") == [
        "Regel “Uit elkaar: 1001, 91003 en Noortje”: 91003 staat niet in de klassenlijst. "
        "Bedoelde je 1003 (Juul)?",
        "Regel “Uit elkaar: 1001, 91003 en Noortje”: Noortje staat niet in de klassenlijst. "
        "Schrijf het studentnummer zoals het in de klassenlijst staat.",
    ]
    (problem,) = Apart(students=("1000", "noor")).check(ROSTER)
    assert problem.text("en") == (
        "Rule “Apart: 1000 and noor”: noor is not in the class list. Did you mean 1000 (Noor)?"
    )


def test_label() -> None:
    assert RULE.label().text("nl") == "Uit elkaar: 1000, 1002 en 1003"
    assert RULE.label().text("en") == "Apart: 1000, 1002, and 1003"


@pytest.mark.parametrize("students", [("1000",), (), ("1000", "1000")])
def test_at_least_two_different_students(students: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="students"):
        Apart(students=students)


def test_there_is_no_place_for_a_reason() -> None:
    assert set(Apart.model_fields) == {"kind", "importance", "students"}

"""Similar: one answer per group."""

from __future__ import annotations

import pytest

from planner.model.instance import PairCost
from planner.model.problems import Level
from planner.model.reports import Importance
from planner.rules.base import Shape
from planner.rules.similar import Similar
from tests.builders.classes import column_of, found, make_groups, texts

SHAPE = Shape(groups=2, smallest=2, largest=3)
RULE = Similar(column="Leerdoel")


def test_one_answer_for_everyone_asks_nothing() -> None:
    same = column_of("Leerdoel", "lezen", "Lézen ", "LEZEN")
    assert RULE.compile(same, SHAPE) == []
    assert found(RULE, same, make_groups("ab", "c")) == []


def test_groups_of_one_answer_have_no_findings() -> None:
    roster = column_of("Leerdoel", "lezen", "lézen", "schrijven", "Schrijven")
    assert found(RULE, roster, make_groups("ab", "cd")) == []


def test_every_pair_that_differs_is_a_unit() -> None:
    roster = column_of("Leerdoel", "lezen", "lezen", "schrijven", "spreken", "lezen")
    groups = make_groups("abcd", "e")
    # Two readers with a writer and a speaker: 2 + 2 + 1 pairs differ.
    assert found(RULE, roster, groups) == [
        (
            "Groep 1",
            5,
            "Leerdoel: lezen, schrijven en spreken.",
            "Leerdoel: lezen, schrijven, and spreken.",
        )
    ]
    assert RULE.report(roster, groups).cost == 5 * 500
    must = Similar(column="Leerdoel", importance=Importance.MUST).report(roster, groups)
    assert (must.broken, must.cost) == (True, 0)


@pytest.mark.parametrize("nothing", ["", "  ", "´"])
def test_no_answer_goes_with_everyone(nothing: str) -> None:
    roster = column_of("Leerdoel", "lezen", nothing, "schrijven", "lezen")
    assert [units for _, units, _, _ in found(RULE, roster, make_groups("ab", "cd"))] == [1]
    (cost,) = RULE.compile(roster, SHAPE)
    assert isinstance(cost, PairCost)
    assert cost.labels is not None
    assert cost.labels.tolist() == [0, -1, 1, 0]


def test_it_says_who_has_no_answer() -> None:
    (problem,) = RULE.check(column_of("Leerdoel", "lezen", "", "schrijven"))
    assert (problem.code, problem.level) == ("missing-answers", Level.ASSUMED)
    assert problem.text("nl") == (
        "Eén student heeft geen antwoord bij “Leerdoel”: Sem. De regel laat deze student vrij."
    )


def test_an_unknown_column_is_refused_with_the_nearest() -> None:
    problems = Similar(column="Leerdoelen").check(column_of("Leerdoel", "lezen"))
    assert texts(problems, "en") == [
        "Rule “Same Leerdoelen together”: the class list has no column “Leerdoelen”. Did you mean “Leerdoel”?"
    ]


def test_label() -> None:
    assert RULE.label().text("nl") == "Zelfde Leerdoel bij elkaar"
    assert RULE.label().text("en") == "Same Leerdoel together"

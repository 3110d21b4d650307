"""Balance: group sums near size times the class mean."""

from __future__ import annotations

import numpy as np
import pytest
from pydantic import ValidationError

from planner.model.instance import SumCost
from planner.model.problems import Level
from planner.model.reports import Importance
from planner.rules.balance import Balance, natural
from planner.rules.base import Shape
from tests.builders.classes import column_of, found, make_groups, make_roster, texts

SHAPE = Shape(groups=2, smallest=2, largest=2)
# Mean 7, standard deviation 1: a unit is a hundredth of a point.
GRADES = column_of("Cijfer", "6", "8", "6", "8")


def test_one_number_for_everyone_asks_nothing() -> None:
    same = column_of("Cijfer", "7", "7,0", "7.0")
    assert Balance(column="Cijfer").compile(same, SHAPE) == []
    assert found(Balance(column="Cijfer"), same, make_groups("ab", "c")) == []


def test_groups_at_the_class_mean_cost_nothing() -> None:
    assert found(Balance(column="Cijfer"), GRADES, make_groups("ab", "cd")) == [
        ("Groep 1", 0, "Cijfer: gemiddeld 7; de klas heeft 7.", "Cijfer: 7 on average; the class has 7."),
        ("Groep 2", 0, "Cijfer: gemiddeld 7; de klas heeft 7.", "Cijfer: 7 on average; the class has 7."),
    ]


def test_units_are_hundredths_of_the_spread() -> None:
    rule = Balance(column="Cijfer")
    groups = make_groups("ac", "bd")
    assert [(f.group, f.units) for f in rule.findings(GRADES, groups)] == [
        ("Groep 1", 200),  # 6 + 6 is two points below twice the mean
        ("Groep 2", 200),
    ]
    assert rule.findings(GRADES, groups)[0].message.text("nl") == "Cijfer: gemiddeld 6; de klas heeft 7."
    assert rule.report(GRADES, groups).cost == 400 * 5
    nice = Balance(column="Cijfer", importance=Importance.NICE)
    assert nice.report(GRADES, groups).cost == 400
    assert natural(200, GRADES, "Cijfer") == 2.0


def test_a_must_holds_within_its_limit_and_fails_outside() -> None:
    groups = make_groups("ac", "bd")  # means 6 and 8
    holds = Balance(column="Cijfer", importance=Importance.MUST, within=1)
    assert not holds.report(GRADES, groups).broken
    assert [f.units for f in holds.findings(GRADES, groups)] == [0, 0]
    fails = Balance(column="Cijfer", importance=Importance.MUST, within=0.75)
    assert fails.report(GRADES, groups).broken
    # A quarter of a point too far for each of two members, in hundredths.
    assert [f.units for f in fails.findings(GRADES, groups)] == [50, 50]
    assert fails.report(GRADES, groups).cost == 0


def test_a_missing_number_counts_as_the_class_mean() -> None:
    roster = column_of("Cijfer", "6", "8", "6", "8", "", "n.v.t.")
    rule = Balance(column="Cijfer")
    assert [f.units for f in rule.findings(roster, make_groups("abe", "cdf"))] == [0, 0]
    assert [f.units for f in rule.findings(roster, make_groups("ae"))] == [100]
    (cost,) = rule.compile(roster, SHAPE)
    assert isinstance(cost, SumCost)
    assert (cost.weights / cost.step).tolist() == [-100, 100, -100, 100, 0, 0]


def test_what_is_compiled_is_centred() -> None:
    (cost,) = Balance(column="Cijfer").compile(GRADES, SHAPE)
    assert isinstance(cost, SumCost)
    assert (cost.weights / cost.step).tolist() == [-100, 100, -100, 100]
    assert (cost.low, cost.high, cost.price, cost.must) == (0, 0, 5, False)


def test_a_must_is_compiled_as_two_limits() -> None:
    rule = Balance(column="Cijfer", importance=Importance.MUST, within=0.5)
    over, under = rule.compile(GRADES, SHAPE)
    assert isinstance(over, SumCost)
    assert isinstance(under, SumCost)
    assert (over.weights / over.step).tolist() == [-150, 50, -150, 50]
    assert (under.weights / under.step).tolist() == [-50, 150, -50, 150]
    assert (over.high, under.low) == (0, 0)


def test_dutch_and_english_decimals_are_one_number() -> None:
    roster = column_of("Cijfer", "6,5", "6.5", "7,5", "7.5")
    assert [f.units for f in Balance(column="Cijfer").findings(roster, make_groups("ac", "bd"))] == [0, 0]


def test_a_number_beyond_a_million_is_no_number_to_balance() -> None:
    roster = column_of("Cijfer", "6", "8", "31612345678", "1e300")
    (problem,) = Balance(column="Cijfer").check(roster)
    assert (problem.code, problem.level) == ("not-a-number", Level.ASSUMED)
    (cost,) = Balance(column="Cijfer").compile(roster, SHAPE)
    assert isinstance(cost, SumCost)
    assert np.abs(cost.weights).max() == 100 * cost.step


def test_it_says_who_has_no_number() -> None:
    roster = column_of("Cijfer", "6", "", "n.v.t.", "8")
    problems = Balance(column="Cijfer").check(roster)
    assert [p.code for p in problems] == ["not-a-number", "missing-answers"]
    assert {p.level for p in problems} == {Level.ASSUMED}
    assert texts(problems, "nl") == [
        "In kolom “Cijfer” staan antwoorden die niet als getal te gebruiken zijn, bij Ali. "
        "Voor de balans telt deze student mee als het klassengemiddelde.",
        "Eén student heeft geen antwoord bij “Cijfer”: Sem. "
        "Voor de balans telt deze student mee als het klassengemiddelde.",
    ]
    assert texts(problems, "en")[1] == (
        "One student has no answer in “Cijfer”: Sem. "
        "For the balance this student counts as the class average."
    )


def test_a_column_without_numbers_is_refused() -> None:
    (words,) = Balance(column="Cijfer").check(column_of("Cijfer", "goed", "", "matig"))
    assert words.level is Level.ERROR
    assert words.text("nl") == (
        "In kolom “Cijfer” staan antwoorden die niet als getal te gebruiken zijn, bij Noor en Ali. "
        "Kies een kolom met getallen."
    )
    (empty,) = Balance(column="Cijfer").check(column_of("Cijfer", "", ""))
    assert empty.level is Level.ERROR
    assert empty.text("en") == "Column “Cijfer” has no numbers. Choose a column with numbers."


def test_an_unknown_column_is_refused_with_the_nearest() -> None:
    (problem,) = Balance(column="cijver").check(GRADES)
    assert (problem.code, problem.level, problem.column) == ("unknown-column", Level.ERROR, "cijver")
    assert problem.message.text("nl") == (
        "Regel “Balans op cijver”: de klassenlijst heeft geen kolom “cijver”."
    )
    assert problem.hint is not None
    assert problem.hint.text("nl") == "Bedoelde je “Cijfer”?"
    assert problem.hint.text("en") == "Did you mean “Cijfer”?"


def test_an_unknown_column_without_a_nearest_lists_what_there_is() -> None:
    roster = make_roster([{"Opleiding": "bio", "Wens": ""}])
    (problem,) = Balance(column="xyz").check(roster)
    assert problem.hint is not None
    assert problem.hint.text("nl") == "Kolommen die je kunt gebruiken: Opleiding en Wens."
    (problem,) = Balance(column="xyz").check(make_roster([{}]))
    assert problem.hint is not None
    assert problem.hint.text("en") == "This class list has no columns that a rule can use."


def test_labels() -> None:
    plain = Balance(column="Cijfer").label()
    assert (plain.text("nl"), plain.text("en")) == ("Balans op Cijfer", "Balance on Cijfer")
    must = Balance(column="Cijfer", importance=Importance.MUST, within=0.5).label()
    assert must.text("nl") == "Balans op Cijfer, binnen 0,5"
    assert must.text("en") == "Balance on Cijfer, within 0.5"


@pytest.mark.parametrize("within", [None, 0, -1, float("inf"), float("nan")])
def test_a_must_needs_a_distance(within: float | None) -> None:
    with pytest.raises(ValidationError):
        Balance(column="Cijfer", importance=Importance.MUST, within=within)

"""New faces: who shared an earlier group meets others, or everyone keeps someone."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from planner.model.instance import CompanyCost, PairCost
from planner.model.problems import Level
from planner.model.reports import Importance
from planner.rules.base import Company, Shape
from planner.rules.new_faces import NewFaces
from tests.builders.classes import column_of, found, make_groups, make_roster, texts

SHAPE = Shape(groups=2, smallest=2, largest=4)
TERMS = ("2023", "2024", "2025")
RULE = NewFaces(columns=TERMS)
FADING = NewFaces(columns=TERMS, half_after=1)
KEEP = NewFaces(columns=TERMS, keep_one=True)
# Noor and Sem met twice, Ali and Juul long ago; Bram was ill, Yara and Teun are new.
ROSTER = make_roster(
    [
        {"2023": "A", "2024": "", "2025": "Team 1"},
        {"2023": "A", "2024": "3", "2025": "team 1 "},
        {"2023": "B", "2024": "4", "2025": ""},
        {"2023": "b", "2024": "5", "2025": "Team 2"},
        {"2023": "geen", "2024": "3", "2025": "n.v.t."},
        {"2023": "", "2024": "nieuw", "2025": ""},
        {"2023": "", "2024": "nieuw", "2025": ""},
    ]
)


def test_nobody_met_anybody_where_groups_are_new() -> None:
    assert found(RULE, ROSTER, make_groups("ace", "bdf", "g")) == []
    assert RULE.compile(column_of("2025", "a", "b", ""), SHAPE) == [] == KEEP.compile(make_roster([]), SHAPE)


def test_a_pair_that_meets_again_is_a_unit_however_often_it_met() -> None:
    groups = make_groups("abe", "cdfg")
    assert found(RULE, ROSTER, groups) == [
        (
            "Groep 1",
            1,
            "Noor en Sem zaten eerder in één groep: “Team 1” bij 2025.",
            "Noor and Sem were in one group before: “Team 1” in 2025.",
        ),
        (
            "Groep 1",
            1,
            "Sem en Bram zaten eerder in één groep: “3” bij 2024.",
            "Sem and Bram were in one group before: “3” in 2024.",
        ),
        (
            "Groep 2",
            1,
            "Ali en Juul zaten eerder in één groep: “B” bij 2023.",
            "Ali and Juul were in one group before: “B” in 2023.",
        ),
    ]
    assert RULE.report(ROSTER, groups).cost == 3 * 500
    assert RULE.natural(3, ROSTER).text("nl") == "3 tweetallen"
    assert NewFaces(columns=TERMS, importance=Importance.MUST).report(ROSTER, groups).broken


def test_longer_ago_counts_less() -> None:
    groups = make_groups("abe", "cdfg")
    assert [finding.units for finding in FADING.findings(ROSTER, groups)] == [4, 2, 1]
    assert FADING.report(ROSTER, groups).cost == 7 * 125
    assert FADING.natural(4, ROSTER).text("en") == "1 pair"
    assert FADING.natural(7, ROSTER).text("nl") == "zoveel als 1,75 tweetallen van de vorige keer"
    slower = NewFaces(columns=("a", "b", "c", "d", "e", "f", "g"), half_after=2)
    assert [slower.weight(heading) for heading in slower.columns] == [1, 1, 1, 2, 2, 4, 4]


def test_the_order_is_the_one_given() -> None:
    turned = NewFaces(columns=TERMS[::-1], half_after=1)
    assert [finding.units for finding in turned.findings(ROSTER, make_groups("abe", "cdfg"))] == [4, 2, 4]


def test_what_is_compiled_are_the_pairs_who_met() -> None:
    (cost,) = FADING.compile(ROSTER, SHAPE)
    assert isinstance(cost, PairCost)
    assert cost.pairs.tolist() == [[0, 1], [2, 3], [1, 4]]
    assert cost.weights.tolist() == [4, 1, 2]


def test_everyone_keeps_one_who_can() -> None:
    groups = make_groups("ab", "cde", "fg")
    assert found(KEEP, ROSTER, groups) == [
        (
            "Groep 2",
            1,
            "Bram zit bij niemand uit een eerdere groep.",
            "Bram is with nobody from an earlier group.",
        )
    ]
    costs = [cost for cost in KEEP.compile(ROSTER, SHAPE) if isinstance(cost, CompanyCost)]
    assert [(cost.students.tolist(), cost.others.tolist()) for cost in costs] == [
        ([0], [1]),
        ([1], [0, 4]),
        ([2], [3]),
        ([3], [2]),
        ([4], [1]),
    ]
    assert KEEP.natural(2, ROSTER).text("nl") == "2 studenten"


def test_missing_answers_say_nothing() -> None:
    (problem,) = RULE.check(ROSTER)
    assert (problem.code, problem.level) == ("missing-answers", Level.ASSUMED)
    assert problem.text("nl") == (
        "2 studenten hebben geen antwoord bij “2025”: Yara en Teun. De regel laat hen vrij."
    )


def test_a_year_is_no_group() -> None:
    everyone = column_of("2025", *["V1"] * 500)
    (problem,) = NewFaces(columns=("2025",)).check(everyone)
    assert (problem.code, problem.level) == ("faces-many", Level.ERROR)
    assert problem.text("nl") == (
        "Regel “Nieuwe gezichten (2025)”: de eerdere groepen zijn zo groot dat bijna iedereen elkaar kent. "
        "Kies kolommen met kleine groepen; een klas of een jaar is geen groep."
    )


def test_an_unknown_column_is_refused_with_the_nearest() -> None:
    assert texts(NewFaces(columns=("2052",)).check(column_of("2025", "a")), "en") == [
        "Rule “New faces (2052)”: the class list has no column “2052”. Did you mean “2025”?"
    ]


def test_one_is_enough_to_keep() -> None:
    with pytest.raises(ValidationError, match="half_after"):
        NewFaces(columns=TERMS, keep_one=True, half_after=1)


def test_labels_and_words_for_a_place() -> None:
    assert RULE.label().text("nl") == "Nieuwe gezichten (2023, 2024 en 2025)"
    assert KEEP.label().text("en") == "Someone from an earlier group (2023, 2024, and 2025)"
    with_two = RULE.in_company(ROSTER, Company("b", ("a", "c", "e")))
    assert with_two is not None
    assert with_two.text("nl") == "Sem zit bij Noor en Bram uit een eerdere groep."
    alone = KEEP.in_company(ROSTER, Company("b", ("c",), group="Otters"))
    assert alone is not None
    assert alone.text("en") == "Nobody from an earlier group of Sem is in Otters."
    assert RULE.in_company(ROSTER, Company("b", ("c",))) is None
    assert KEEP.in_company(ROSTER, Company("f", ("g",))) is None

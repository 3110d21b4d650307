"""Mix: each value's count is its share, rounded down or up."""

from __future__ import annotations

from planner.model.instance import SumCost
from planner.model.problems import Level
from planner.model.reports import Importance
from planner.rules.base import Shape
from planner.rules.mix import Mix
from tests.builders.classes import column_of, found, make_groups, texts

SHAPE = Shape(groups=2, smallest=2, largest=3)
RULE = Mix(column="Opleiding")
TWO_AND_TWO = column_of("Opleiding", "bio", "bio", "geo", "geo")
THREE_OF_FIVE = column_of("Opleiding", "bio", "Bio ", "BIO", "geo", "geo")


def test_one_answer_for_everyone_asks_nothing() -> None:
    same = column_of("Opleiding", "bio", "Bio", " bio ")
    assert RULE.compile(same, SHAPE) == []
    assert found(RULE, same, make_groups("ab", "c")) == []


def test_even_groups_have_no_findings() -> None:
    assert found(RULE, TWO_AND_TWO, make_groups("ac", "bd")) == []
    # Three of five is 1.2 in a group of two and 1.8 in one of three: one or two are both even.
    assert found(RULE, THREE_OF_FIVE, make_groups("ad", "bce")) == []
    # Two of five is 0.8 in a group of two: none is even too.
    assert found(RULE, THREE_OF_FIVE, make_groups("ab", "cde")) == []


def test_uneven_groups_are_named() -> None:
    groups = make_groups("ab", "cd")
    assert found(RULE, TWO_AND_TWO, groups) == [
        (
            "Groep 1",
            1,
            "“bio” bij “Opleiding”: hier 2, gelijk verdeeld is het er één.",
            "“bio” in “Opleiding”: 2 here, an even spread has one.",
        ),
        (
            "Groep 2",
            1,
            "“bio” bij “Opleiding”: hier 0, gelijk verdeeld is het er één.",
            "“bio” in “Opleiding”: 0 here, an even spread has one.",
        ),
        (
            "Groep 1",
            1,
            "“geo” bij “Opleiding”: hier 0, gelijk verdeeld is het er één.",
            "“geo” in “Opleiding”: 0 here, an even spread has one.",
        ),
        (
            "Groep 2",
            1,
            "“geo” bij “Opleiding”: hier 2, gelijk verdeeld is het er één.",
            "“geo” in “Opleiding”: 2 here, an even spread has one.",
        ),
    ]
    assert RULE.report(TWO_AND_TWO, groups).cost == 4 * 500
    must = Mix(column="Opleiding", importance=Importance.MUST).report(TWO_AND_TWO, groups)
    assert (must.units, must.cost, must.broken) == (4, 0, True)


def test_a_share_that_is_no_whole_number_may_go_down_or_up() -> None:
    assert found(RULE, THREE_OF_FIVE, make_groups("abc", "de")) == [
        (
            "Groep 1",
            1,
            "“bio” bij “Opleiding”: hier 3, gelijk verdeeld zijn het er 1 of 2.",
            "“bio” in “Opleiding”: 3 here, an even spread has 1 or 2.",
        ),
        (
            "Groep 2",
            1,
            "“bio” bij “Opleiding”: hier 0, gelijk verdeeld zijn het er 1 of 2.",
            "“bio” in “Opleiding”: 0 here, an even spread has 1 or 2.",
        ),
        (
            "Groep 1",
            1,
            "“geo” bij “Opleiding”: hier 0, gelijk verdeeld zijn het er 1 of 2.",
            "“geo” in “Opleiding”: 0 here, an even spread has 1 or 2.",
        ),
        (
            "Groep 2",
            1,
            "“geo” bij “Opleiding”: hier 2, gelijk verdeeld zijn het er 0 of 1.",
            "“geo” in “Opleiding”: 2 here, an even spread has 0 or 1.",
        ),
    ]


def test_the_most_frequent_answer_comes_first_and_as_first_written() -> None:
    groups = make_groups("abc", "de")
    assert [f.message.values["value"] for f in RULE.findings(THREE_OF_FIVE, groups)] == ["bio"] * 2 + [
        "geo"
    ] * 2


def test_a_missing_answer_is_nobodys_share() -> None:
    roster = column_of("Opleiding", "bio", "bio", "", "")
    assert found(RULE, roster, make_groups("ac", "bd")) == []
    assert [units for _, units, _, _ in found(RULE, roster, make_groups("ab", "cd"))] == [1, 1]
    (problem,) = RULE.check(roster)
    assert (problem.code, problem.level) == ("missing-answers", Level.ASSUMED)
    assert problem.text("nl") == (
        "2 studenten hebben geen antwoord bij “Opleiding”: Ali en Juul. De regel laat hen vrij."
    )
    assert problem.text("en") == (
        "2 students have no answer in “Opleiding”: Ali and Juul. The rule leaves them free."
    )


def test_what_is_compiled_is_zero_where_the_share_is_exact() -> None:
    bio, geo = RULE.compile(THREE_OF_FIVE, SHAPE)
    assert isinstance(bio, SumCost)
    assert isinstance(geo, SumCost)
    assert bio.weights.tolist() == [2, 2, 2, -3, -3]  # five times the count, less three a head
    assert geo.weights.tolist() == [-2, -2, -2, 3, 3]
    assert (bio.low, bio.high, bio.step, bio.price) == (-4, 4, 5, 500)


def test_a_column_of_many_answers_is_refused() -> None:
    assert RULE.check(column_of("Opleiding", *(f"soort {n}" for n in range(40)))) == []
    (problem,) = RULE.check(column_of("Opleiding", *(f"soort {n}" for n in range(41))))
    assert (problem.code, problem.level) == ("too-many-values", Level.ERROR)
    assert problem.text("nl") == (
        "Regel “Opleiding mengen”: de kolom heeft 41 verschillende antwoorden, te veel om te verdelen. "
        "Kies een kolom met hooguit 40 verschillende antwoorden."
    )
    assert problem.text("en").endswith("Choose a column with at most 40 answers.")


def test_an_unknown_column_is_refused_with_the_nearest() -> None:
    problems = Mix(column="opleding").check(TWO_AND_TWO)
    assert texts(problems, "nl") == [
        "Regel “opleding mengen”: de klassenlijst heeft geen kolom “opleding”. Bedoelde je “Opleiding”?"
    ]


def test_label() -> None:
    assert (RULE.label().text("nl"), RULE.label().text("en")) == ("Opleiding mengen", "Mix Opleiding")

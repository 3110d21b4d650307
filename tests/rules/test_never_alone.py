"""Never alone: none, or at least two, of each value in a group."""

from __future__ import annotations

from planner.model.instance import CompanyCost
from planner.model.problems import Level
from planner.model.reports import Importance
from planner.rules.base import Company, Shape
from planner.rules.never_alone import NeverAlone
from tests.builders.classes import column_of, found, make_groups, texts

SHAPE = Shape(groups=2, smallest=2, largest=4)
RULE = NeverAlone(column="Gender")
ROSTER = column_of("Gender", "v", "V", "x", "x", "m", "m", "m", "")


def test_one_answer_for_everyone_asks_nothing() -> None:
    same = column_of("Gender", "v", "V ")
    assert RULE.compile(same, SHAPE) == []
    assert found(RULE, same, make_groups("a", "b")) == []


def test_two_or_none_is_company_enough() -> None:
    assert found(NeverAlone(column="Gender", values=("v", "x")), ROSTER, make_groups("abef", "cdgh")) == []


def test_whoever_is_the_only_one_is_named() -> None:
    groups = make_groups("acef", "bdgh")
    assert found(RULE, ROSTER, groups) == [
        # The most frequent answer first.
        (
            "Groep 2",
            1,
            "Teun is hier de enige met “m” bij Gender.",
            "Teun is the only one here with “m” in Gender.",
        ),
        (
            "Groep 1",
            1,
            "Noor is hier de enige met “v” bij Gender.",
            "Noor is the only one here with “v” in Gender.",
        ),
        (
            "Groep 2",
            1,
            "Sem is hier de enige met “v” bij Gender.",
            "Sem is the only one here with “v” in Gender.",
        ),
        (
            "Groep 1",
            1,
            "Ali is hier de enige met “x” bij Gender.",
            "Ali is the only one here with “x” in Gender.",
        ),
        (
            "Groep 2",
            1,
            "Juul is hier de enige met “x” bij Gender.",
            "Juul is the only one here with “x” in Gender.",
        ),
    ]
    assert RULE.report(ROSTER, groups).cost == 5 * 500
    assert RULE.report(ROSTER, groups).findings[0].students == ("g",)
    must = NeverAlone(column="Gender", importance=Importance.MUST)
    assert must.report(ROSTER, groups).broken


def test_only_the_values_asked_for_count() -> None:
    groups = make_groups("acef", "bdgh")
    only = NeverAlone(column="Gender", values=("V",))
    assert [f.students for f in only.findings(ROSTER, groups)] == [("a",), ("b",)]


def test_a_missing_answer_needs_no_company() -> None:
    roster = column_of("Gender", "v", "v", "", "")
    assert found(RULE, roster, make_groups("abc", "d")) == []
    assert RULE.check(roster)[0].text("nl") == (
        "2 studenten hebben geen antwoord bij “Gender”: Ali en Juul. De regel laat hen vrij."
    )


def test_what_is_compiled_is_company_among_themselves() -> None:
    costs = RULE.compile(ROSTER, SHAPE)
    assert all(isinstance(cost, CompanyCost) for cost in costs)
    assert [cost.students.tolist() for cost in costs if isinstance(cost, CompanyCost)] == [
        [4, 5, 6],
        [0, 1],
        [2, 3],
    ]
    assert [cost.others.tolist() for cost in costs if isinstance(cost, CompanyCost)][1] == [0, 1]


def test_the_only_one_in_the_class_stops_a_must() -> None:
    roster = column_of("Gender", "v", "m", "m")
    must = NeverAlone(column="Gender", values=("v",), importance=Importance.MUST)
    (problem,) = must.check(roster)
    assert (problem.code, problem.level) == ("only-one-in-class", Level.ERROR)
    assert problem.text("nl") == (
        "Regel “Nooit alleen bij Gender (v)”: Noor is de enige in de klas met “v” en is hierin dus "
        "in elke groep alleen. Laat dit antwoord uit de regel weg, of maak de regel belangrijk in "
        "plaats van verplicht."
    )
    (note,) = NeverAlone(column="Gender", values=("v",)).check(roster)
    assert (note.level, note.hint) == (Level.NOTE, None)
    assert note.text("en") == (
        "Rule “Never alone on Gender (v)”: Noor is the only one in the class with “v”, so in every group "
        "Noor is alone in this."
    )


def test_an_unknown_value_is_refused_with_the_nearest() -> None:
    roster = column_of("Gender", "vrouw", "vrouw", "man", "man")
    problems = NeverAlone(column="Gender", values=("vrouwe", "qqq")).check(roster)
    assert [(p.code, p.level) for p in problems] == [("unknown-value", Level.ERROR)] * 2
    assert texts(problems, "nl") == [
        "Regel “Nooit alleen bij Gender (vrouwe en qqq)”: niemand heeft “vrouwe” bij “Gender”. "
        "Bedoelde je “vrouw”?",
        "Regel “Nooit alleen bij Gender (vrouwe en qqq)”: niemand heeft “qqq” bij “Gender”. "
        "Antwoorden in deze kolom: man en vrouw.",
    ]


def test_a_column_without_answers_says_so() -> None:
    problems = NeverAlone(column="Gender", values=("v",)).check(column_of("Gender", "", ""))
    assert problems[0].hint is not None
    assert problems[0].hint.text("nl") == "Niemand heeft een antwoord in deze kolom; kies een andere."


def test_an_unknown_column_is_refused_with_the_nearest() -> None:
    problems = NeverAlone(column="Geslacht/gender").check(ROSTER)
    assert [p.code for p in problems] == ["unknown-column"]
    assert texts(problems, "en")[0].endswith("Did you mean “Gender”?")


def test_labels() -> None:
    assert RULE.label().text("nl") == "Nooit alleen bij Gender"
    assert NeverAlone(column="Gender", values=("v", "x")).label().text("en") == (
        "Never alone on Gender (v and x)"
    )


HALF = NeverAlone(column="Gender", values=("v",), at_least_share=0.5)


def test_being_two_of_five_is_too_few_where_half_is_asked_for() -> None:
    """What a share of a group does for those who are few in a class: Dasgupta et al., PNAS 2015."""
    roster = column_of("Gender", "v", "v", "m", "m", "m", "v", "v", "v", "m", "")
    names = ("Noor (a)", "Sem (b)")  # two more have these names
    assert found(HALF, roster, make_groups("abcde", "fghij")) == [
        (
            "Groep 1",
            2,
            f"{names[0]} en {names[1]} zijn hier met 2 van de 5 met “v” bij Gender; "
            "minstens de helft van de groep zou 3 zijn.",
            f"{names[0]} and {names[1]} are 2 of 5 here with “v” in Gender; "
            "at least half of the group would be 3.",
        )
    ]
    assert found(HALF, roster, make_groups("abcd", "cdeij")) == []
    assert HALF.natural(2, roster).text("nl") == "2 studenten met hetzelfde antwoord"
    assert NeverAlone(column="Gender").natural(2, roster).text("en") == "2 students"


def test_a_share_is_exact_on_every_size() -> None:
    sizes = range(1, 8)
    assert [HALF.least(size) for size in sizes] == [2, 2, 2, 2, 3, 3, 4]
    two_thirds = NeverAlone(column="Gender", at_least_share=0.67)
    assert [two_thirds.least(size) for size in sizes] == [2, 2, 2, 3, 4, 4, 5]
    assert [NeverAlone(column="Gender").least(size) for size in sizes] == [2] * 7
    (cost,) = HALF.compile(column_of("Gender", "v", "v", "m"), SHAPE)
    assert isinstance(cost, CompanyCost)
    assert [cost.needed(size) + 1 for size in sizes] == [HALF.least(size) for size in sizes]


def test_a_share_is_named() -> None:
    assert (
        HALF.label().text("nl") == "Nooit alleen bij Gender (v): niemand, of minstens de helft van de groep"
    )
    third = NeverAlone(column="Gender", at_least_share=1 / 3)
    assert third.label().text("en") == "Never alone on Gender: none, or at least 1 of every 3"
    assert NeverAlone(column="Gender", at_least_share=1).label().text("nl") == (
        "Nooit alleen bij Gender: niemand, of de hele groep"
    )


def test_too_few_for_a_share_is_said_of_a_place() -> None:
    roster = column_of("Gender", "v", "v", "m", "m", "m")
    said = HALF.in_company(roster, Company("a", ("b", "c", "d", "e"), group="Otters"))
    assert said is not None
    assert said.text("nl") == "2 van de 5 in Otters hebben “v”, minder dan is gevraagd."
    said = HALF.in_company(roster, Company("a", ("b", "c", "d"), group="Otters"))
    assert said is not None
    assert said.text("en") == "Noor keeps Sem from being the only one with “v” in Otters."

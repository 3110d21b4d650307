"""Free together: moments that every member has."""

from __future__ import annotations

import pytest

from planner.model.instance import OverlapCost
from planner.model.problems import Level
from planner.model.reports import Importance
from planner.rules.base import Company, Shape
from planner.rules.overlap import Overlap
from tests.builders.classes import column_of, found, make_groups, make_roster, texts

SHAPE = Shape(groups=2, smallest=2, largest=3)
RULE = Overlap(columns=("Vrij",))
ROSTER = column_of("Vrij", "ma; di", "MA, wo", "di|wo", "do", "")


def test_groups_with_a_shared_moment_have_only_remarks() -> None:
    assert found(RULE, ROSTER, make_groups("ab", "de")) == [
        ("Groep 1", 0, "Iedereen vrij: ma.", "All free: ma."),
        (  # no answer is free at any time
            "Groep 2",
            0,
            "Wie antwoord gaf is vrij: do; geen antwoord van Bram.",
            "All who answered are free: do; no answer from Bram.",
        ),
    ]


def test_each_moment_short_is_a_unit() -> None:
    two = Overlap(columns=("Vrij",), at_least=2)
    groups = make_groups("abc", "d", "ae")
    assert found(two, ROSTER, groups) == [
        ("Groep 1", 2, "Geen moment waarop iedereen vrij is.", "No time when all are free."),
        ("Groep 2", 1, "Iedereen vrij: do.", "All free: do."),
        (
            "Groep 3",
            0,
            "Wie antwoord gaf is vrij: ma en di; geen antwoord van Bram.",
            "All who answered are free: ma and di; no answer from Bram.",
        ),
    ]
    assert two.report(ROSTER, groups).cost == 3 * 500
    must = Overlap(columns=("Vrij",), importance=Importance.MUST)
    assert must.report(ROSTER, groups).broken
    assert not must.report(ROSTER, make_groups("ab", "de")).broken


@pytest.mark.parametrize("together", [None, 2])
def test_what_a_student_in_a_pair_is_sent_is_the_same_whenever_the_other_is_free(
    together: int | None,
) -> None:
    """“No time when all 2 are free” told a student when the other is not, in a text to send."""
    rule = Overlap(columns=("Vrij",), together=together)
    said = set()
    for theirs in ("ma 9-12", "di 9-12", "ma 9-10", "nee", ""):
        roster = column_of("Vrij", "ma 9-12", theirs, "ma 9-12")
        pair, three = make_groups("ab", "abc")
        company = Company("a", ("b",), tuple(rule.findings(roster, [pair])), "Otters")
        told = rule.for_student(roster, company)
        assert told is not None
        said.add(told.text("en"))
        more = Company("a", ("b", "c"), tuple(rule.findings(roster, [three])), "Otters")
        assert rule.for_student(roster, more) == rule.in_company(roster, more)
    assert said == {f"Where possible, every group has this: “{rule.label().text('en')}”."}
    never = column_of("Vrij", "ma 9-12", "di 9-12")
    alone = Company("a", ("b",), tuple(rule.findings(never, [pair])), "Otters")
    for_coordinator = rule.in_company(never, alone)
    assert for_coordinator is not None
    assert "when all 2 are free" in for_coordinator.text("en")


def test_nobody_with_an_answer_is_free_at_every_moment() -> None:
    assert found(RULE, ROSTER, make_groups("e"))[0][1:] == (
        0,
        "Niemand in deze groep heeft gezegd wanneer het kan.",
        "Nobody here said when they are free.",
    )
    assert found(RULE, ROSTER, make_groups("")) == []


def test_never_free_is_an_answer() -> None:
    roster = column_of("Vrij", "ma", "nee", "—")
    assert [units for _, units, _, _ in found(RULE, roster, make_groups("ab", "ac"))] == [1, 1]
    assert RULE.check(roster) == []


def test_a_column_for_each_slot() -> None:
    rows = [
        {"Ma": "ja", "Di": "Beschikbaar"},
        {"Ma": "x", "Di": "nee"},
        {"Ma": "", "Di": "✓"},
        {"Ma": "ochtend, middag", "Di": "bezet"},
        {"Ma": "ochtend", "Di": ""},
        {"Ma": "", "Di": ""},
    ]
    roster = make_roster(rows)
    rule = Overlap(columns=("Ma", "Di"))
    assert rule.slots(roster) == ["Ma", "Di", "Ma: ochtend", "Ma: middag"]
    assert [text for _, _, text, _ in found(rule, roster, make_groups("ab", "ac", "de", "bc", "df"))] == [
        "Iedereen vrij: Ma.",
        "Iedereen vrij: Di.",
        "Iedereen vrij: Ma: ochtend.",
        "Geen moment waarop iedereen vrij is.",
        "Wie antwoord gaf is vrij: Ma: ochtend en Ma: middag; geen antwoord van Yara.",
    ]
    (problem,) = rule.check(roster)
    assert problem.text("nl") == (
        "Eén student heeft geen antwoord bij “Ma”: Yara. Deze student telt mee als altijd vrij."
    )


def test_what_is_compiled_is_a_bit_for_each_moment() -> None:
    (cost,) = Overlap(columns=("Vrij",), at_least=2).compile(ROSTER, SHAPE)
    assert isinstance(cost, OverlapCost)
    assert cost.masks.tolist() == [0b0011, 0b0101, 0b0110, 0b1000, 0b1111]
    assert (cost.at_least, cost.price, cost.must) == (2, 500, False)


def test_it_says_who_has_no_answer() -> None:
    (problem,) = RULE.check(ROSTER)
    assert (problem.code, problem.level) == ("missing-answers", Level.ASSUMED)
    assert problem.text("en") == (
        "One student has no answer in “Vrij”: Bram. This student counts as free at any time."
    )


@pytest.mark.parametrize(
    ("answers", "at_least", "dutch"),
    [
        (
            ["ma", "di"],
            3,
            "Regel “Minstens 3 gedeelde momenten in Vrij”: de klassenlijst heeft 2 verschillende momenten in "
            "deze kolommen. Kies een kolom met momenten, of vraag om minder gedeelde momenten.",
        ),
        (
            ["ma", "ma"],
            2,
            "Regel “Minstens 2 gedeelde momenten in Vrij”: de klassenlijst heeft één moment in "
            "deze kolommen. Kies een kolom met momenten, of vraag om minder gedeelde momenten.",
        ),
        (
            ["", "nee"],
            1,
            "Regel “Minstens één gedeeld moment in Vrij”: de klassenlijst heeft 0 verschillende momenten in "
            "deze kolommen. Kies een kolom met momenten, of vraag om minder gedeelde momenten.",
        ),
        (
            [";".join(f"uur {n}" for n in range(2_017))],
            1,
            "Regel “Minstens één gedeeld moment in Vrij”: de klassenlijst heeft 2017 verschillende momenten "
            "in deze kolommen. Voeg momenten samen, zodat er hooguit 2016 zijn.",
        ),
    ],
)
def test_too_few_or_too_many_moments_are_refused(answers: list[str], at_least: int, dutch: str) -> None:
    (problem,) = Overlap(columns=("Vrij",), at_least=at_least).check(column_of("Vrij", *answers))
    assert (problem.code, problem.level) == ("slots", Level.ERROR)
    assert problem.text("nl") == dutch


def test_sixty_two_moments_fit() -> None:
    roster = column_of("Vrij", ";".join(f"uur {n}" for n in range(62)), "uur 61")
    assert RULE.check(roster) == []
    (cost,) = RULE.compile(roster, SHAPE)
    assert isinstance(cost, OverlapCost)
    assert cost.masks.tolist() == [(1 << 62) - 1, 1 << 61]


def test_every_unknown_column_is_refused_with_the_nearest() -> None:
    problems = Overlap(columns=("Vrij", "Vrijj", "zzz")).check(ROSTER)
    assert [p.code for p in problems] == ["unknown-column"] * 2
    assert [text.split("”. ")[1] for text in texts(problems, "nl")] == [
        "Bedoelde je “Vrij”?",
        "Kolommen die je kunt gebruiken: Vrij.",
    ]


def test_labels() -> None:
    assert RULE.label().text("nl") == "Minstens één gedeeld moment in Vrij"
    assert RULE.label().text("en") == "At least one shared time in Vrij"
    assert Overlap(columns=("Ma", "Di"), at_least=2).label().text("nl") == (
        "Minstens 2 gedeelde momenten in Ma en Di"
    )


def test_shared_moments_are_told_in_the_order_of_the_week() -> None:
    """Once they came as the first students happened to write them: Tuesday before Monday."""
    roster = column_of("Vrij", "di ochtend; ma ochtend", "ma ochtend; di ochtend")
    (found,) = Overlap(columns=("Vrij",)).findings(roster, make_groups("ab"))
    assert found.message.text("en") == "All free: ma ochtend and di ochtend."


def test_a_rule_about_many_columns_has_a_short_name() -> None:
    """Once a rule about a column for every slot was called by hundreds of headings."""
    rule = Overlap(columns=tuple(f"Mon {hour}:00" for hour in range(24)))
    said = rule.label().text("en")
    assert said.startswith("At least one shared time in Mon 0:00, Mon 1:00, ")
    assert said.endswith(", Mon 7:00, and 16 more")

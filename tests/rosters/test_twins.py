"""One answer in other words, and numbers in another notation: read, and told with their rows."""

from __future__ import annotations

import pytest

from planner.audit.plan_audit import audit
from planner.model.domain import Group
from planner.model.problems import Level
from planner.model.reports import Importance
from planner.rosters import Edits, Reading, read_class_list
from planner.rules.balance import Balance
from planner.rules.limit import Limit
from planner.rules.never_alone import NeverAlone
from planner.rules.steady import Steady
from tests.builders.classes import column_of, make_rules
from tests.builders.files import as_file, codes, problem, read, says


def column(heading: str, *cells: str) -> Reading:
    rows = [(f"10{n:03d}", f"Student {n}", cell) for n, cell in enumerate(cells)]
    return read([("id", "Naam", heading), *rows], separator=";")


def answers(reading: Reading, heading: str) -> list[str]:
    return [student.answer(heading) for student in reading.require().students]


# Yes and no


def test_yes_in_other_words_is_one_answer_and_told_with_its_rows() -> None:
    """Once `limit` on "yes" counted one of five, and nothing was said."""
    reading = column("Werkt", "ja", "yes", "Y", "1", "true", "nee", "no", "nee", "ja", "JA")
    assert answers(reading, "Werkt") == ["ja"] * 5 + ["nee"] * 3 + ["ja", "JA"]
    told = [one for one in reading.problems if one.code == "same-answer"]
    assert [(one.level, one.row, one.column) for one in told] == [
        (Level.ASSUMED, 3, "Werkt"),
        (Level.ASSUMED, 8, "Werkt"),
    ]
    says(
        told[0],
        "Read as “ja”, which most have: “yes” (row 3), “Y” (row 4), “1” (row 5), and “true” (row 6). "
        "Does one of them mean something else? Write that out in the file.",
        "Gelezen als “ja”, zoals bij de meesten: “yes” (rij 3), “Y” (rij 4), “1” (rij 5) en “true” (rij 6). "
        "Betekent een ervan iets anders? Schrijf dat dan voluit in het bestand.",
    )


@pytest.mark.parametrize(
    "cells",
    [
        ("J", "N", "J"),
        ("1", "2", "3", "ja"),
        ("a", "j", "n", "ja", "nee"),
        ("ja", "nee", "misschien"),
        ("v", "m", "x"),
        ("x", "ja", "nee"),
        ("C", "C++", "Ja-va"),
    ],
)
def test_other_answers_are_left_as_they_are(cells: tuple[str, ...]) -> None:
    reading = column("Vraag", *cells, *cells)
    assert answers(reading, "Vraag") == [*cells, *cells]
    assert "same-answer" not in codes(reading)


def test_genders_are_one_answer_where_the_heading_asks_for_them() -> None:
    cells = ("v", "vrouw", "V", "m", "man", "x", "v", "m")
    assert answers(column("Gender", *cells), "Gender") == ["v", "v", "V", "m", "m", "x", "v", "m"]
    assert answers(column("Vraag", *cells), "Vraag") == list(cells)


def test_answers_to_a_survey_and_cells_changed_by_hand_too() -> None:
    names = as_file("Studentnummer;Naam\n1;Noor Bos\n2;Sem Vos\n3;Ali Kaya\n")
    survey = as_file("Studentnummer;Werkt\n1;ja\n2;ja\n3;yes\n", "antwoorden.csv")
    reading = read_class_list(names, survey, edits=Edits().changed(3, "Werkt", "TRUE", None))
    assert answers(reading, "Werkt") == ["ja", "ja", "ja"]
    assert [one.code for one in reading.problems if one.code == "same-answer"] == ["same-answer"] * 2


# What rules make of it


def test_a_rule_finds_its_answer_in_other_words_and_says_so() -> None:
    roster = column_of("Werkt", "ja", "ja", "nee", "ja")
    rule = Limit(column="Werkt", value="yes", at_most=1)
    groups = [Group(name="A", members=("a", "b")), Group(name="B", members=("c", "d"))]
    assert [finding.units for finding in rule.findings(roster, groups)] == [1]
    (told,) = rule.check(roster)
    assert (told.code, told.level) == ("in-other-words", Level.ASSUMED)
    assert told.text("en") == (
        "Rule “At most 1 × Werkt = yes”: nobody has “yes” in “Werkt”; “ja” counts. "
        "If that is not right, name the answer in the rule as the class list has it."
    )
    assert Limit(column="Werkt", value="ja", at_most=1).check(roster) == []
    (unknown,) = Limit(column="Werkt", value="soms", at_most=1).check(roster)
    assert unknown.level is Level.ERROR


def test_never_alone_and_steady_look_for_the_same_people() -> None:
    roster = column_of("Gender", "v", "v", "m", "m", "v")
    rules = [
        NeverAlone(column="Gender", values=(value,), importance=Importance.MUST) for value in ("vrouw", "v")
    ]
    groups = [Group(name="A", members=("a", "b", "c")), Group(name="B", members=("d", "e"))]
    found = [[finding.units for finding in rule.findings(roster, groups)] for rule in rules]
    assert found[0] == found[1] == [1]
    assert rules[0].minded(roster) == ["v"]
    steady = [Steady(importance=Importance.NICE).beside([rule]) for rule in rules]
    units = [[finding.units for finding in one.findings(roster, groups)] for one in steady]
    assert units[0] == units[1]
    assert sum(units[0]) > 0


def test_the_account_and_the_audit_count_the_same_people() -> None:
    rules = make_rules('[[rule]]\nkind = "limit"\ncolumn = "Werkt"\nvalue = "true"\nat_most = 1\n')
    roster = column_of("Werkt", "ja", "ja", "ja", "nee")
    groups = [Group(name="Groep 1", members=("a", "b", "c", "d"))]
    limit = next(report for report in audit(rules, roster, groups).reports if report.kind == "limit")
    assert limit.units == 2


# Numbers


def test_numbers_in_another_notation_are_told_with_what_was_made_of_them() -> None:
    """Once 85% and 1.234,5 among grades made a class mean of 292 without a word."""
    reading = column("Cijfer", "7,5", "85%", "1.234,5", "6", "8,5", "7")
    found = problem(reading, "number-notation", Level.ASSUMED)
    assert (found.row, found.column) == (3, "Cijfer")
    says(
        found,
        "2 numbers are written differently from the rest: “85%” (row 3) is read as 85 and "
        "“1.234,5” (row 4) is read as 1234.5. "
        "If that is not what they mean, write them like the others in the file.",
        "2 getallen zijn anders geschreven dan de rest: “85%” (rij 3) is gelezen als 85 en "
        "“1.234,5” (rij 4) is gelezen als 1234,5. "
        "Betekenen ze iets anders? Schrijf ze dan in het bestand zoals de andere.",
    )
    assert "far-number" not in codes(reading)


@pytest.mark.parametrize(
    ("cells", "rows"),
    [
        (("85%", "90%", "0,75", "60%"), [4]),
        (("1.234", "950", "2.500", "800"), [2, 4]),
        (("1 200", "300", "450"), [2]),
        (("7", "1e1", "8"), [3]),
    ],
)
def test_the_fewer_are_named(cells: tuple[str, ...], rows: list[int]) -> None:
    found = problem(column("Getal", *cells), "number-notation", Level.ASSUMED)
    assert found.row == rows[0]
    assert found.message.text("en").count("(row") == len(rows)


@pytest.mark.parametrize(
    "cells",
    [
        ("7,5", "8.5", "6", "7"),
        ("85%", "90%", "77%"),
        ("1.234,5", "2.000,0", "1.100,5"),
        ("3,125", "3,5", "3"),
        ("18", "19", "18", "45", "20", "21"),
        ("5", "10", "30", "60", "90", "20"),
        ("0", "0", "0", "0", "3", "0"),
    ],
)
def test_what_goes_together_is_not_remarked_on(cells: tuple[str, ...]) -> None:
    assert not {"number-notation", "far-number"} & set(codes(column("Getal", *cells)))


def test_a_number_many_times_the_others_is_told() -> None:
    reading = column("Cijfer", "7,5", "6", "8", "75", "7", "6,5")
    says(
        problem(reading, "far-number", Level.ASSUMED),
        "1 number is many times larger than the others: “75” (row 5). "
        "It counts as it is. Check it: a decimal point may be missing.",
        "1 getal is vele malen groter dan de andere: “75” (rij 5). "
        "Het telt zoals het er staat. Controleer het: misschien ontbreekt er een komma.",
    )
    assert Balance(column="Cijfer").check(reading.require()) == []

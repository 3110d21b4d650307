"""What people mean by the columns of their lists: files that were read wrongly, each with its like.

Each test has one of the small inputs that real files were boiled down to, and others of its kind.
"""

from __future__ import annotations

import pytest

from planner.model.domain import ColumnKind, Roster
from planner.model.problems import Level
from planner.rosters import Reading
from planner.rules.suggest import suggested_rules
from planner.rules.wish import Wish
from tests.builders.files import codes, problem, read, says

K = ColumnKind
NAMES = (
    "Ilse Aarts",
    "Bram Bos",
    "Cato Claes",
    "Daan Dijk",
    "Esra Eker",
    "Floor Faber",
    "Gijs Gort",
    "Hugo Haan",
)


def listed(columns: dict[str, list[str]]) -> Reading:
    """Return a class list with numbers and names in front of these columns."""
    rows = [
        (f"12900{n:02}", NAMES[n], *cells) for n, cells in enumerate(zip(*columns.values(), strict=True), 1)
    ]
    return read([("Student ID", "Name", *columns), *rows])


def kinds(roster: Roster) -> list[ColumnKind]:
    return [column.kind for column in roster.columns]


# A scale


@pytest.mark.parametrize(
    ("heading", "cells", "order"),
    [
        (
            "My experience",
            [
                "4. I have done this often",
                "1. I have never done this",
                "3. Once or twice",
                "4. I have done this often",
            ],
            ("1. I have never done this", "3. Once or twice", "4. I have done this often"),
        ),
        (
            "Ik werk graag samen",
            ["helemaal mee eens", "oneens", "neutraal", "helemaal mee oneens"],
            ("helemaal mee oneens", "oneens", "neutraal", "helemaal mee eens"),
        ),
        ("Niveau", ["gevorderd", "beginner", "expert", "beginner"], ("beginner", "gevorderd", "expert")),
        ("Letter grade", ["B", "A-", "C+", "A"], ("C+", "B", "A-", "A")),
        ("Engels (ERK)", ["B2", "C1", "A2", "B2"], ("A2", "B2", "C1")),
        (
            "How sure are you?",
            ["Very sure", "Not sure at all", "Somewhat sure", "n/a"],
            ("Not sure at all", "Somewhat sure", "Very sure"),
        ),
        ("Programmeren", ["geen", "veel", "een beetje", "geen"], ("geen", "een beetje", "veel")),
        (
            "Year",
            ["Senior", "Freshman", "Junior", "Sophomore"],
            ("Freshman", "Sophomore", "Junior", "Senior"),
        ),
        ("Works to a plan", ["5 (always)", "2", "1 (never)", "2"], ("1 (never)", "2", "5 (always)")),
    ],
)
def test_a_scale_and_its_order(heading: str, cells: list[str], order: tuple[str, ...]) -> None:
    reading = listed({heading: cells})
    (column,) = reading.require().columns
    assert (column.kind, column.order) == (K.SCALE, order)
    assert problem(reading, "scale-order", Level.NOTE).column == heading


@pytest.mark.parametrize(
    ("heading", "cells", "kind"),
    [
        ("Programme", ["1. Biology", "2. Law", "1. Biology", "2. Law"], K.CATEGORY),
        ("Werkt parttime", ["ja", "nee", "ja", "nee"], K.CATEGORY),
        ("Vooropleiding", ["havo", "vwo", "mbo", "vwo"], K.CATEGORY),
        ("Room", ["A", "B", "A", "B"], K.CATEGORY),
        ("Klas", ["A1", "B2", "A1", "B2"], K.SECTION),
        ("Siblings", ["1", "2", "0", "3"], K.NUMBER),
    ],
)
def test_what_has_no_order_is_no_scale(heading: str, cells: list[str], kind: ColumnKind) -> None:
    assert kinds(listed({heading: cells}).require()) == [kind]


def test_an_order_that_was_given_stays_when_somebody_leaves() -> None:
    cells = ["Low", "High", "Medium"]
    turned = read(
        [("Student ID", "Level"), *((f"100{n}", cell) for n, cell in enumerate(cells))],
        seen={"Level": ("High", "Medium", "Low")},
    ).require()
    assert turned.columns[0].order == ("High", "Medium", "Low")
    later = read(
        [("Student ID", "Level"), ("1000", "Low"), ("1001", "High")],
        seen={"Level": ("Low", "Medium", "High")},
    )
    assert later.require().columns[0].levels["high"] == 3


def test_an_answer_outside_the_order_is_named() -> None:
    rows = [("Student ID", "Mood"), ("1000", "cloud"), ("1001", "sun"), ("1002", "storm"), ("1003", "sun")]
    reading = read(rows, kinds={"Mood": K.SCALE}, seen={"Mood": ("storm", "sun")})
    found = problem(reading, "not-on-scale", Level.ASSUMED)
    assert (found.row, found.column) == (2, "Mood")
    says(
        found,
        "“cloud” is not in the order of the scale; as a number it counts as no answer. "
        "Give it a place in the order where you say what the columns mean.",
        "“cloud” staat niet in de volgorde van de schaal; als getal telt het niet mee. "
        "Geef het een plek in de volgorde waar je zegt wat de kolommen betekenen.",
    )
    unsure = read(rows, kinds={"Mood": K.SCALE})
    assert problem(unsure, "scale-order", Level.ASSUMED)


def test_one_level_in_two_languages_is_one() -> None:
    reading = listed({"I like maths": ["Agree", "Eens", "Agree", "Disagree"]})
    assert reading.require().columns[0].order == ("Disagree", "Agree")
    assert "“Eens” (row 3)" in problem(reading, "same-answer", Level.ASSUMED).text("en")


# Wishes, and whom not


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("People you would like to have on your team", K.PEER),
        ("People you would like NOT to have on your team", K.NOT_WITH),
        ("Met wie werk je liever niet samen?", K.NOT_WITH),
        ("Who would you rather not be in a group with?", K.NOT_WITH),
        ("Niet samen met", K.NOT_WITH),
        ("Students to avoid", K.NOT_WITH),
        ("Ongewenste groepsgenoten", K.NOT_WITH),
        ("Met wie wil je in een team?", K.PEER),
        ("Preferred teammates", K.PEER),
        ("Preference 1", K.PEER),
        ("Friends in this course", K.PEER),  # the cells name them
        ("Not these", K.NOT_WITH),  # the cells name them
    ],
)
def test_whom_with_and_whom_not(heading: str, kind: ColumnKind) -> None:
    reading = listed({heading: ["Cato Claes", "Daan Dijk and Bram Bos", "", "Bram Bos"]})
    assert kinds(reading.require()) == [kind]
    assert not any(
        heading in rule.headings() for rule in suggested_rules(reading.require()) if kind is K.NOT_WITH
    )


@pytest.mark.parametrize(
    ("wish", "named"),
    [
        ("Mirte Brand and Fernando Alandes", ["Mirte Brand", "Fernando Alandes"]),
        ("Mirte Brand & Fernando Alandes", ["Mirte Brand", "Fernando Alandes"]),
        ("Alandes", ["Fernando Alandes"]),
        ("daan  sanders", ["Daan Sanders"]),
        ("Brand, Mirte en Sanders, Daan", ["Mirte Brand", "Daan Sanders"]),
        ("Mirte + Daan", ["Mirte Brand", "Daan Sanders"]),
        ("Fernando\nSandra de Wit", ["Fernando Alandes", "Sandra de Wit"]),
        ("de Wit; Wit, Sandra de", ["Sandra de Wit"]),
        ("Liefst met Mirte", ["Mirte Brand"]),
        ("1290002 and Daan S.", ["Mirte Brand", "Daan Sanders"]),
        ("geen voorkeur", []),
    ],
)
def test_wishes_in_sentences(wish: str, named: list[str]) -> None:
    people = ["Anders Vandenberg", "Mirte Brand", "Fernando Alandes", "Daan Sanders", "Sandra de Wit"]
    rows = [(f"129000{n}", name, wish if n == 1 else "") for n, name in enumerate(people, 1)]
    roster = read([("Student ID", "Name", "With whom would you like to work?"), *rows]).require()
    rule = Wish(columns=(roster.headings[0],))
    found = rule.wished(roster.students[0], roster)
    assert [roster.by_id[one].name for one in found] == named
    assert rule.check(roster) == []


@pytest.mark.parametrize(
    ("wish", "near"),
    [
        ("Andre Vandenbergh", "Anders Vandenberg"),
        ("Mirthe Brand", "Mirte Brand"),
        ("Fernand", "Fernando Alandes"),
        ("Saunders", "Daan Sanders"),
        ("Sandra de Witt", "Sandra de Wit"),
    ],
)
def test_a_name_with_a_letter_wrong_is_asked(wish: str, near: str) -> None:
    people = [
        "Bo Prins",
        "Mirte Brand",
        "Fernando Alandes",
        "Daan Sanders",
        "Sandra de Wit",
        "Anders Vandenberg",
    ]
    rows = [(f"129000{n}", name, wish if n == 1 else "") for n, name in enumerate(people, 1)]
    roster = read([("Student ID", "Name", "Wish"), *rows]).require()
    (found,) = Wish(columns=("Wish",)).check(roster)
    assert f"({near})" in found.text("en")


# Sections


@pytest.mark.parametrize(
    "cells",
    [
        ["01", "1", "Section 1", "02"],
        ["Section 01", "section 1", "Sec. 1", "Section 2"],
        ["werkgroep 3", "3", "WG 3", "WG 4"],
        ["A", "Klas A", "klas a", "Klas B"],
        ["Tutorial 007", "7", "tut 7", "8"],
        ["1a", "01A", "Group 1A", "1B"],
    ],
)
def test_one_section_in_many_spellings(cells: list[str]) -> None:
    reading = listed({"Section": cells})
    answers = [student.answer("Section") for student in reading.require().students]
    assert len({answer.casefold() for answer in answers[:3]}) == 1
    assert answers[3] == cells[3]
    assert problem(reading, "same-section", Level.ASSUMED).column == "Section"


def test_a_lab_and_a_tutorial_of_one_number_are_two() -> None:
    cells = ["Lab 1", "Tutorial 1", "Lab 1", "Tutorial 1"]
    reading = listed({"Section": cells})
    assert [student.answer("Section") for student in reading.require().students] == cells
    assert "same-section" not in codes(reading)


def test_who_is_in_no_section_is_told() -> None:
    found = problem(listed({"Section": ["1", "", "2", "1"]}), "blank-section", Level.NOTE)
    assert (found.row, found.column) == (3, "Section")
    assert "(row 3)" in found.text("en")
    assert "(rij 3)" in found.text("nl")
    assert "blank-section" not in codes(listed({"Section": ["", "", "", ""]}))


# Numbers that are missing or damaged


@pytest.mark.parametrize("nothing", ["n/a", "nan", "NA", "n.v.t.", "-", "?", "NULL", "onbekend", "#N/A"])
def test_nothing_among_numbers_is_a_missing_value(nothing: str) -> None:
    reading = listed({"Entry grade": ["7.0", nothing, "8,0", nothing]})
    roster = reading.require()
    assert kinds(roster) == [K.NUMBER]
    assert [student.answer("Entry grade") for student in roster.students] == ["7.0", "", "8,0", ""]
    found = problem(reading, "says-nothing", Level.ASSUMED)
    assert (found.row, found.column) == (3, "Entry grade")
    assert f"“{nothing}” (row 3)" in found.text("en")


@pytest.mark.parametrize(
    ("cells", "named"),
    [
        (["7-8", "07-Aug", "8-jul", "6"], ("07-Aug", "8-jul")),
        (["7", "8", "6", "aug-09"], ("aug-09",)),
        (["5-6", "6-mei", "7-8", "5"], ("6-mei",)),
        (["3", "4", "2026-03-04", "5"], ("2026-03-04",)),
        (["1", "2", "3", "1-mrt"], ("1-mrt",)),
        (["10", "8", "n/a", "9 okt"], ("9 okt",)),
    ],
)
def test_scores_that_excel_made_dates_of_are_named(cells: list[str], named: tuple[str, ...]) -> None:
    found = problem(listed({"Level (0-10)": cells}), "excel-dates", Level.ASSUMED)
    assert found.column == "Level (0-10)"
    assert all(f"“{cell}” (row {cells.index(cell) + 2})" in found.text("en") for cell in named)
    assert "Maak de kolom in Excel op als tekst" in found.text("nl")


@pytest.mark.parametrize("cells", [["12-aug", "3 mei", "1-jan", "5 dec"], ["7", "8", "6", "7"]])
def test_birthdays_and_plain_scores_are_no_damage(cells: list[str]) -> None:
    assert "excel-dates" not in codes(listed({"Level": cells}))


# Earlier groups, topics, how people take part


@pytest.mark.parametrize(
    ("heading", "cells"),
    [
        ("term_1_team_num", ["1", "1", "2", "2"]),
        ("Vorige groep", ["Groep 1", "Groep 2", "Groep 1", ""]),
        ("Previous team", ["A", "B", "A", "B"]),
        ("Projectgroep blok 2", ["3", "4", "3", "4"]),
        ("Team last year", ["Reds", "Blues", "Reds", ""]),
        ("Groepsnummer periode 1", ["1", "2", "1", "2"]),
        ("Team Q1", ["1", "2", "1", "2"]),
        ("Projectteam 2024-2025", ["X", "Y", "X", "Y"]),
        ("Group (semester 1)", ["g1", "g2", "g1", "g2"]),
    ],
)
def test_groups_of_before(heading: str, cells: list[str]) -> None:
    roster = listed({heading: cells}).require()
    assert kinds(roster) == [K.EARLIER_GROUP]
    assert not any(heading in rule.headings() for rule in suggested_rules(roster) if rule.kind == "balance")


def test_a_question_about_earlier_groups_is_none() -> None:
    cells = ["yes", "no", "yes", "no"]
    assert kinds(listed({"Did you work in a previous team?": cells}).require()) == [K.CATEGORY]


@pytest.mark.parametrize(
    "columns",
    [
        {
            "Choice 1": ["P19", "P19", "P02", "P21"],
            "Choice 2": ["P02", "P21", "P19", ""],
            "Choice 3": ["P03", "P02", "", ""],
        },
        {"1e keuze": ["Zon", "Wind", "Zon", ""], "2e keuze": ["Wind", "Zon", "Water", "Zon"]},
        {
            "First preference": ["Lab", "Field", "Lab", "Lab"],
            "Second preference": ["Field", "Lab", "Desk", ""],
        },
        {
            "Rate each project [Rover]": ["5", "3", "1", "2"],
            "Rate each project [Drone]": ["1", "2", "4", "3"],
        },
        {
            "Voorkeur onderwerp: robots": ["hoog", "laag", "hoog", ""],
            "Voorkeur onderwerp: games": ["laag", "hoog", "", "laag"],
        },
        {"Choose your project": ["Rover", "Drone", "Rover", "Drone"]},
        {"Rank the topics": ["Sun;Wind;", "Wind;Sun;", "Sun;Tide;", "Tide;Sun;"]},
    ],
)
def test_choices_of_a_topic(columns: dict[str, list[str]]) -> None:
    roster = listed(columns).require()
    assert kinds(roster) == [K.TOPIC_CHOICE] * len(columns)
    assert not [rule for rule in suggested_rules(roster) if set(rule.headings()) & set(columns)]


@pytest.mark.parametrize(
    ("heading", "cells"),
    [
        ("Hoe volg je de lessen?", ["op locatie", "online", "wisselend", "online"]),
        ("Mode", ["On campus", "Remote", "Hybrid", "On campus"]),
        ("Locatie", ["thuis", "op school", "thuis", "op school"]),
        ("How will you attend?", ["In person", "via Zoom", "Both", "In person"]),
        ("Deelname", ["fysiek", "op afstand", "fysiek", "fysiek"]),
        ("Attendance", ["face-to-face", "online", "blended", "online"]),
    ],
)
def test_how_people_take_part(heading: str, cells: list[str]) -> None:
    roster = listed({heading: cells}).require()
    assert kinds(roster) == [K.PARTICIPATION]
    (rule,) = (rule for rule in suggested_rules(roster) if rule.kind == "participation")
    assert rule.headings() == (heading,)
    assert not rule.must


def test_one_way_to_take_part_in_two_spellings_is_one() -> None:
    reading = listed({"Mode": ["online", "via Zoom", "online", "on campus"]})
    assert [student.answer("Mode") for student in reading.require().students] == ["online"] * 3 + [
        "on campus"
    ]
    assert problem(reading, "same-answer", Level.ASSUMED)


def test_places_are_no_ways_to_take_part() -> None:
    assert kinds(listed({"Locatie": ["Utrecht", "Amsterdam", "Utrecht", "Utrecht"]}).require()) == [
        K.CATEGORY
    ]

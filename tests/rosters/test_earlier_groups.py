"""Groups of another course or year beside a class list, and groups that every section counts anew."""

from __future__ import annotations

import pytest

from planner.model.domain import ColumnKind, Roster
from planner.model.problems import Level
from planner.rosters import Edits, Reading, SourceFile, read_class_list, read_groups
from planner.rosters.earlier_groups import with_earlier_groups
from tests.builders.files import CLASS, Rows, codes, csv_file, problem, says

NUMBERS = ("0912345", "0912346", "1012347", "1012348")
NAMES = ("Noor van der Berg", "Sem de Vries", "Ayşe Yılmaz", "Thijs Jansen")


def beside(*files: SourceFile, edits: Edits | None = None) -> Reading:
    reading = read_class_list(csv_file(CLASS), edits=edits)
    return with_earlier_groups(reading, files, edits or Edits())


def answers(roster: Roster, heading: str) -> list[str]:
    return [student.answer(heading) for student in roster.students]


@pytest.mark.parametrize(
    "rows",
    [
        [("student_id", "group"), *zip(NUMBERS, ("A", "A", "B", "B"), strict=True)],
        [("Studentnummer", "Groep"), *zip(map(str.lower, NUMBERS), "AABB", strict=True), ("7777777", "A")],
        [("Naam", "Groepsnaam"), *zip(NAMES, "AABB", strict=True)],
        [
            ("Name", "Team"),
            ("Berg, Noor van der", "A"),
            ("Vries, Sem de", "A"),
            ("Ayse Yilmaz", "B"),
            ("Thijs Jansen", "B"),
        ],
        [("Username", "Name", "Group"), *zip(("nb", "sv", "ay", "tj"), NAMES, "AABB", strict=True)],
        [("Studentnr", "Groep"), ("912345", "A"), ("912346", "A"), ("1012347", "B"), ("1012348", "B")],
    ],
)
def test_people_are_found_in_a_list_of_another_year(rows: Rows) -> None:
    reading = beside(csv_file(rows, name="jaar-1.csv"))
    roster = reading.require()
    assert roster.kind("jaar-1.csv") is ColumnKind.EARLIER_GROUP
    assert answers(roster, "jaar-1.csv") == ["A", "A", "B", "B"]
    assert {"unknown-student", "not-in-groups"}.isdisjoint(codes(reading))
    says(
        problem(reading, "earlier-groups", Level.NOTE),
        "4 of 4 students were in a group here; the column is called “jaar-1.csv”.",
        "4 van de 4 studenten zaten hier in een groep; de kolom heet “jaar-1.csv”.",
    )


def test_as_many_lists_as_there_are_each_in_a_column() -> None:
    one = csv_file([("student_id", "group"), ("0912345", "1"), ("1012347", "1")], name="groups.csv")
    other = csv_file([("student_id", "group"), ("0912346", "Reds")], name="groups.csv")
    roster = beside(one, other).require()
    assert roster.headings == ("Opleiding", "groups.csv", "groups.csv (2)")
    assert answers(roster, "groups.csv") == ["1", "", "1", ""]
    assert answers(roster, "groups.csv (2)") == ["", "Reds", "", ""]


def test_what_was_corrected_by_hand_in_such_a_column_counts() -> None:
    file = csv_file([("student_id", "group"), ("0912345", "1")], name="oud.csv")
    edits = Edits().changed(3, "oud.csv", "1", None)
    assert answers(beside(file, edits=edits).require(), "oud.csv") == ["1", "1", "", ""]


def test_a_list_of_strangers_is_left_out_and_told() -> None:
    reading = beside(csv_file([("student_id", "group"), ("7777777", "1")], name="ander.csv"))
    assert reading.require().headings == ("Opleiding",)
    assert problem(reading, "earlier-groups-of-nobody", Level.ASSUMED).file == "ander.csv"


def test_a_list_that_cannot_be_read_is_an_error() -> None:
    reading = beside(csv_file([("student_id", "Cijfer"), ("0912345", "7")], name="cijfers.csv"))
    assert problem(reading, "no-groups", Level.ERROR).file == "cijfers.csv"


def test_the_first_of_several_groups_counts() -> None:
    rows = [("student_id", "group"), ("0912345", "1"), ("0912345", "2"), ("0912346", "2")]
    reading = beside(csv_file(rows, name="rondes.csv"))
    assert answers(reading.require(), "rondes.csv") == ["1", "2", "", ""]
    assert "Noor van der Berg" in problem(reading, "several-groups", Level.ASSUMED).text("nl")


# Sections


def grouped(rows: Rows, roster: Roster) -> tuple[list[str], list[str]]:
    found = read_groups(csv_file(rows, name="groepen.csv"), roster)
    return [group.name for group in found.groups], codes(found)


@pytest.mark.parametrize(
    ("sections", "labels", "names"),
    [
        ("AABB", ["Team 1"] * 4, ["Team 1 (A)", "Team 1 (B)"]),
        ("AABB", ["1"] * 4, ["1 (A)", "1 (B)"]),
        ("AABB", ["groep A"] * 4, ["groep A (A)", "groep A (B)"]),
        (("01", "1", "02", "2"), ["Team 2"] * 4, ["Team 2 (01)", "Team 2 (02)"]),
        ("AABB", ["Team_3", "team_3", "Team_3", "Team_3"], ["Team_3 (A)", "Team_3 (B)"]),
        ("AABB", ["Team 1", "Team 1", "Team 2", "Team 2"], ["Team 1", "Team 2"]),
        ("ABAB", ["De Vossen"] * 4, ["De Vossen"]),  # a name that was thought of is one group
        ("ABBB", ["Team 1"] * 4, ["Team 1"]),  # one guest makes no group
    ],
)
def test_a_number_that_two_sections_give_is_two_groups(
    sections: str, labels: list[str], names: list[str]
) -> None:
    roster = read_class_list(csv_file(CLASS)).require()
    rows = [("Student ID", "Section", "Group"), *zip(NUMBERS, sections, labels, strict=True)]
    found, told = grouped(rows, roster)
    assert [name.casefold() for name in found] == [name.casefold() for name in names]
    assert ("groups-of-sections" in told) == any("(" in name for name in names)


def test_in_a_learning_system_a_name_is_one_group() -> None:
    roster = read_class_list(csv_file(CLASS)).require()
    headings = ("name", "canvas_user_id", "user_id", "login_id", "sections", "group_name")
    cells = [
        (name, "", number, "", section, "Team 1")
        for number, name, section in zip(NUMBERS, NAMES, "AABB", strict=True)
    ]
    rows = [headings, *cells]
    assert grouped(rows, roster)[0] == ["Team 1"]

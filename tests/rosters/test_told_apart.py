"""Lists without numbers or e-mail, or with some that are blank: people are told apart by full name."""

from __future__ import annotations

import pytest

from planner.model.problems import Level
from planner.rosters import Reading, read_class_list
from tests.builders.files import Rows, as_file, codes, people, problem, read, says


def ids(reading: Reading) -> list[str]:
    return [student.id for student in reading.require().students]


@pytest.mark.parametrize(
    ("rows", "names"),
    [
        ([("Name",), ("Simpson, Bart",), ("Lisa Simpson",)], ["Bart Simpson", "Lisa Simpson"]),
        ([("Naam",), ("Vries, Emma de",), ("Sem Bos",)], ["Emma de Vries", "Sem Bos"]),
        ([("First name", "Last name"), ("Ana", "Reyes"), ("Bo", "Kim")], ["Ana Reyes", "Bo Kim"]),
        (
            [("Roepnaam", "Tussenvoegsel", "Achternaam"), ("Noor", "van der", "Berg"), ("Sem", "", "Bos")],
            ["Noor van der Berg", "Sem Bos"],
        ),
        ([("Student", "Klas"), ("Noor", "1a"), ("Sem", "1b")], ["Noor", "Sem"]),
        (
            [("Naam", "Cijfer"), ("Jansen, Joris", "7"), ("Joost Jansen", "8")],
            ["Joris Jansen", "Joost Jansen"],
        ),
    ],
)
def test_a_list_of_names_alone_will_do(rows: Rows, names: list[str]) -> None:
    reading = read(rows)
    assert people(reading) == [(name, name) for name in names]
    says(
        problem(reading, "told-apart-by-name", Level.ASSUMED),
        "There are no student numbers or e-mail addresses; students are told apart by their full name. "
        "With a column of student numbers, they can also be found when a name changes.",
        "Er zijn geen studentnummers of e-mailadressen; studenten zijn te herkennen aan hun volledige naam. "
        "Met een kolom met studentnummers zijn ze ook terug te vinden als een naam verandert.",
    )


def test_names_that_no_quotes_keep_together() -> None:
    reading = read_class_list(as_file("Name\nSimpson, Bart\nSimpson, Lisa\n"))
    assert ids(reading) == ["Bart Simpson", "Lisa Simpson"]


@pytest.mark.parametrize(
    ("first", "other"),
    [
        ("Vries, Emma de", "de Vries, Emma"),
        ("Emma de Vries", "Vries, Emma de"),
        ("EMMA DE VRIES", "Emma de Vries"),
        ("Émma de Vries", "Emma de Vries"),
        ("Emma  de-Vries", "Emma de Vries"),
        ("Emma de Vries", "Emma de Vries"),
    ],
)
def test_two_spellings_of_one_person_are_asked(first: str, other: str) -> None:
    found = problem(read([("Name",), ("Bart Simpson",), (first,), (other,)]), "same-person", Level.ERROR)
    assert (found.row, found.column) == (4, "Name")
    assert "(row 3)" in found.text("en")
    assert "Is het één persoon?" in found.text("nl")


def test_names_a_letter_apart_are_two_and_told() -> None:
    reading = read([("Name",), ("Emma de Vries",), ("Emma de Vris",), ("Tim",), ("Tom",)])
    assert len(ids(reading)) == 4
    found = problem(reading, "names-alike", Level.ASSUMED)
    assert found.row == 3
    assert found.text("nl").endswith("Is het één persoon? Haal dan een van de rijen weg.")


@pytest.mark.parametrize(
    "rows",
    [
        [("First name", "Last name", "Email"), ("Anna", "Smit", ""), ("Cas", "Visser", "c@uni.nl")],
        [("Naam", "Studentnummer"), ("Smit, Anna", ""), ("Cas Visser", "1200001")],
        [("E-mail", "Naam"), ("n/a", "Anna Smit"), ("c@uni.nl", "Cas Visser")],
        [("Username", "Full name"), ("-", "Anna Smit"), ("cvisser", "Cas Visser")],
        [
            ("Student ID", "Roepnaam", "Achternaam"),
            ("onbekend", "Anna", "Smit"),
            ("1200001", "Cas", "Visser"),
        ],
        [("Studentnr", "Naam", "Cijfer"), ("", "Anna Smit", "7"), ("1200001", "Cas Visser", "8")],
    ],
)
def test_who_has_no_key_is_told_apart_by_full_name(rows: Rows) -> None:
    reading = read(rows)
    assert ids(reading)[0] == "Anna Smit"
    assert ids(reading)[1] != "Cas Visser"
    found = problem(reading, "told-apart-by-name", Level.ASSUMED)
    assert found.row == 2
    assert "Anna Smit (row 2)" in found.text("en")
    assert "Anna Smit (rij 2)" in found.text("nl")


@pytest.mark.parametrize("name", ["Anna", "Totaal 2 studenten", "Cas Visser"])
def test_what_no_full_name_tells_apart_is_an_error(name: str) -> None:
    rows = [("Studentnummer", "Naam", "X"), ("1200001", "Cas Visser", "a"), ("", name, "b")]
    reading = read(rows)
    assert "told-apart-by-name" not in codes(reading)
    assert name.startswith("Totaal") or "blank-id" in codes(reading)  # a total is no student at all


# Numbers that count up


@pytest.mark.parametrize(
    "numbers",
    [
        range(1, 13),
        range(1, 40),
        [1, 2, 4, 5, 7, 8, 9, 10, 11, 12],
        range(95, 120),
        range(990, 1020),
        range(5, 15),
    ],
)
def test_numbers_counted_up_are_no_damage(numbers: range) -> None:
    rows = [("ID", "Name", "GPA"), *((str(n), f"Student {chr(65 + n % 26)}{n}", "2.1") for n in numbers)]
    assert "short-numbers" not in codes(read(rows))


@pytest.mark.parametrize(
    "numbers", [["0912345", "912346", "1012347", "1012348"], ["12", "1200001", "1200002", "1200003"]]
)
def test_numbers_that_lost_zeros_still_are(numbers: list[str]) -> None:
    rows = [("Studentnummer", "Naam"), *((number, f"Student {number}") for number in numbers)]
    assert "short-numbers" in codes(read(rows))

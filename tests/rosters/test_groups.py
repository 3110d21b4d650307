"""Bad input 53 and 54 of FORMATS.md, and the ways in which groups come back in."""

from __future__ import annotations

import pytest

from planner.model.cells import neutralise
from planner.model.domain import Group, Roster, Student, group_of
from planner.model.problems import InputError, Level
from planner.rosters import GroupList, SourceFile, read_groups
from tests.builders.files import Rows, as_file, codes, csv_file, problem, says, text, xlsx_file

PEOPLE = (
    ("0912345", "Noor van der Berg", "noor@school.nl", "48001", "nberg"),
    ("0912346", "Sem de Vries", "sem@school.nl", "48002", "svries"),
    ("1012347", "Ayşe Yılmaz", "ayse@school.nl", "48003", "ayilmaz"),
    ("1012348", "Zoë Jansen", "zoe@school.nl", "48004", "zjansen"),
)
ROSTER = Roster(
    students=tuple(
        Student(
            id=number,
            name=name,
            call_name=name.split()[0],
            sort_name=name,
            email=mail,
            keys={"canvas_user_id": canvas, "user_id": number, "login_id": login},
        )
        for number, name, mail, canvas, login in PEOPLE
    )
)
TWO_GROUPS = (
    Group(name="Groep 1", members=("0912345", "1012347")),
    Group(name="Groep 2", members=("0912346", "1012348")),
)
OWN = [
    ("student_id", "name", "group", "role"),
    ("0912345", "Noor van der Berg", "Groep 1", "Notulist"),
    ("1012347", "Ayşe Yılmaz", "Groep 1", "Woordvoerder"),
    ("0912346", "Sem de Vries", "Groep 2", ""),
    ("1012348", "Zoë Jansen", "Groep 2", "Notulist"),
]


def groups(rows: Rows, separator: str = ",") -> GroupList:
    return read_groups(csv_file(rows, separator, name="groepen.csv"), ROSTER)


def test_our_own_file_comes_back_in() -> None:
    read = groups(OWN)
    assert read.groups == TWO_GROUPS
    assert read.roles == {"0912345": "Notulist", "1012347": "Woordvoerder", "1012348": "Notulist"}
    assert read.problems == ()
    assert read.require() is read


def test_our_own_file_after_excel_saved_it_again() -> None:
    """Excel in Dutch writes semicolons and Windows-1252, and drops zeros in front."""
    rows = [
        [cell.removeprefix("0") if cell.isdigit() else cell for cell in row]
        for row in OWN
        if "Ayşe" not in row[1]
    ]
    rows.append(["1012347", "Ayse Yilmaz", "Groep 1", "Woordvoerder"])
    read = read_groups(SourceFile("groepen.csv", text(rows, ";").encode("cp1252")), ROSTER)
    assert read.groups == TWO_GROUPS
    assert read.roles["0912345"] == "Notulist"
    assert set(codes(read)) == {
        "separator",
        "windows-text",
        "lost-zeros",
    }
    says(
        problem(read, "lost-zeros", Level.FIXED),
        "2 student numbers had lost their leading zeros; they were still found on the class list.",
        "2 studentnummers waren de nullen vooraan kwijt; toch teruggevonden op de klassenlijst.",
    )


def test_our_own_file_as_a_workbook_with_numbers() -> None:
    rows = [[int(cell) if cell.isdigit() else cell for cell in row] for row in OWN]
    assert read_groups(xlsx_file(rows), ROSTER).groups == TWO_GROUPS


def test_lost_zeros_are_not_guessed_where_two_could_be_meant() -> None:
    twins = Roster(
        students=tuple(
            Student(id=number, name=f"S{number}", call_name="S", sort_name="S")
            for number in ("012345", "0012345", "099999")
        )
    )
    read = read_groups(csv_file([("student_id", "group"), ("12345", "A"), ("099999", "A")]), twins)
    assert read.groups == (Group(name="A", members=("099999",)),)
    assert read.unknown == ("12345",)
    assert read.missing == ("012345", "0012345")


def test_names_that_were_made_harmless_come_back_as_they_were() -> None:
    rows = [OWN[0], ("0912345", "Noor", neutralise("=Rood+"), neutralise("-"))]
    assert rows[1][2] == "'=Rood+"
    read = groups(rows)
    assert read.groups == (Group(name="=Rood+", members=("0912345",)),)
    assert read.roles == {"0912345": "-"}


def test_canvas_group_export() -> None:
    rows = [
        (
            "name",
            "canvas_user_id",
            "user_id",
            "login_id",
            "sections",
            "group_name",
            "canvas_group_id",
            "group_id",
        ),
        ("Noor van der Berg", "48001", "0912345", "nberg", "H2A", "Groep 1", "7", ""),
        ("Ayşe Yılmaz", "48003", "", "", "H2A", "Groep 1", "7", ""),
        ("Sem de Vries", "", "", "svries", "H2A", "Groep 2", "8", ""),
        ("Zoë Jansen", "48004", "1012348", "zjansen", "H2A", "Groep 2", "8", ""),
        ("Nieuw Iemand", "48999", "1012999", "nieuw", "H2A", "", "", ""),
    ]
    read = groups(rows)
    assert read.groups == TWO_GROUPS
    assert read.unknown == ()


def test_a_canvas_number_is_no_student_number() -> None:
    """Somebody's student number may be somebody else's number in Canvas."""
    mixed = Roster(
        students=(
            Student(id="48002", name="A B", call_name="A", sort_name="B", keys={"canvas_user_id": "48001"}),
            Student(id="48001", name="C D", call_name="C", sort_name="D", keys={"canvas_user_id": "48002"}),
        )
    )
    rows = [
        ("name", "canvas_user_id", "user_id", "login_id", "sections", "group_name"),
        ("A B", "48001", "", "", "", "G1"),
    ]
    assert read_groups(csv_file(rows), mixed).groups == (Group(name="G1", members=("48002",)),)
    assert read_groups(csv_file([("student_id", "group"), ("48001", "G1")]), mixed).groups[0].members == (
        "48001",
    )


@pytest.mark.parametrize(
    "headings",
    [
        ("Studentnummer", "Groep"),
        ("student number", "Team"),
        ("Stamnummer", "Groepsnaam"),
        ("ID", "Projectgroep"),
        ("SIS User ID", "Group Name"),
        ("nummer", "Werkgroep"),
    ],
)
def test_any_table_with_numbers_and_groups(headings: tuple[str, str]) -> None:
    read = groups([headings, *((row[0], row[2]) for row in OWN[1:])], ";")
    assert read.groups == TWO_GROUPS


def test_by_address_user_name_or_full_name() -> None:
    wanted = group_of(TWO_GROUPS)
    for heading, place in (("E-mail", 2), ("Gebruikersnaam", 4), ("Naam", 1)):
        rows = [(heading, "Groep"), *((person[place], wanted[person[0]]) for person in PEOPLE)]
        assert {g.name: set(g.members) for g in groups(rows).groups} == {
            g.name: set(g.members) for g in TWO_GROUPS
        }


@pytest.mark.parametrize(
    "rows",
    [
        [("email", "group1"), *((person[2], "Groep 1") for person in PEOPLE)],  # Moodle
        [("Pre-assign Room Name", "Email Address"), *(("Groep 1", person[2]) for person in PEOPLE)],  # Zoom
        [("Group Code", "User Name"), *(("Groep 1", person[4]) for person in PEOPLE)],  # Blackboard
        [("group_name", "login_id"), *(("Groep 1", person[4]) for person in PEOPLE)],  # Canvas import
    ],
)
def test_import_files_come_back_in(rows: Rows) -> None:
    assert groups(rows).groups == (Group(name="Groep 1", members=tuple(person[0] for person in PEOPLE)),)


def test_53_a_student_in_two_groups() -> None:
    read = groups([*OWN, ("0912345", "Noor van der Berg", "Groep 5", "")])
    found = problem(read, "two-groups", Level.ERROR)
    assert (found.file, found.row) == ("groepen.csv", 6)
    says(
        found,
        "Noor van der Berg (0912345) is in Groep 1 and in Groep 5. Which one? "
        "Remove one of the rows from the file: 2 and 6.",
        "Noor van der Berg (0912345) zit in Groep 1 en in Groep 5. Welke is het? "
        "Haal een van de rijen uit het bestand: 2 en 6.",
    )
    assert read.roles == {}
    with pytest.raises(InputError) as caught:
        read.require()
    assert [item.code for item in caught.value.problems] == ["two-groups"]


def test_53_the_same_row_twice_is_no_contradiction() -> None:
    read = groups([*OWN, OWN[1]])
    assert read.groups == TWO_GROUPS
    assert read.problems == ()


def test_54_group_name_twins() -> None:
    rows = [list(row) for row in OWN]
    rows[2][2] = "groep  1 "
    read = groups(rows)
    says(
        problem(read, "group-twins", Level.FIXED),
        "“Groep 1” and “groep 1” are treated as one group, “Groep 1”.",
        "“Groep 1” en “groep 1” tellen als één groep: “Groep 1”.",
    )
    assert read.groups == TWO_GROUPS


def test_54_twins_of_one_student_are_one_group() -> None:
    read = groups([*OWN, ("0912345", "Noor van der Berg", "GROEP 1", "")])
    assert read.groups == TWO_GROUPS
    assert "two-groups" not in codes(read)


def test_people_who_are_not_in_the_class_list_are_named_and_left_out() -> None:
    read = groups([*OWN, ("0999999", "Bram Bos", "Groep 3", "Notulist")])
    found = problem(read, "unknown-student", Level.ASSUMED)
    assert found.row == 6
    says(
        found,
        "“Bram Bos” is not on the class list and is left out. "
        "Correct the number in the file if it should be someone on the class list.",
        "“Bram Bos” staat niet op de klassenlijst en is weggelaten. "
        "Verbeter het nummer in het bestand als het wel iemand uit de klassenlijst moet zijn.",
    )
    assert read.unknown == ("Bram Bos",)
    assert read.groups == TWO_GROUPS


def test_a_number_that_is_unknown_is_not_matched_by_name() -> None:
    read = groups([OWN[0], ("0999999", "Noor van der Berg", "Groep 3", ""), OWN[3]])
    assert read.unknown == ("Noor van der Berg",)


def test_students_who_are_not_in_the_file_are_named() -> None:
    read = groups([*OWN[:3], ("1012348", "Zoë Jansen", "", "")])
    says(
        problem(read, "not-in-groups", Level.ASSUMED),
        "2 students on the class list are in no group in this file: Sem de Vries and Zoë Jansen. "
        "Are they new? Then this is right. If not, add them to the file.",
        "2 studenten uit de klassenlijst zitten in dit bestand in geen enkele groep: "
        "Sem de Vries en Zoë Jansen. "
        "Zijn ze nieuw? Dan klopt het. Zo niet, voeg ze dan toe aan het bestand.",
    )
    assert read.missing == ("0912346", "1012348")
    assert read.groups == TWO_GROUPS[:1]


def test_a_file_without_groups_is_refused() -> None:
    says(
        problem(groups([row[:2] for row in OWN]), "no-groups", Level.ERROR),
        "There is no column with groups. Give the column with the groups the heading “group” and try again.",
        "Er is geen kolom met groepen. Zet “groep” boven de kolom met de groepen en probeer het opnieuw.",
    )


def test_a_file_without_ids_is_refused() -> None:
    found = problem(groups([("Groep", "Lokaal"), ("Groep 1", "A.12")]), "no-id", Level.ERROR)
    assert "student_id" in found.text("nl")


@pytest.mark.parametrize("content", [b"", b"%PDF", b"student_id,group\n", b'student_id,group\n1,"x\n'])
def test_a_file_that_cannot_be_read_is_refused(content: bytes) -> None:
    read = read_groups(as_file(content, "groepen.csv"), ROSTER)
    assert read.groups == ()
    with pytest.raises(InputError):
        read.require()


def test_roles_per_week_give_the_groups_as_well() -> None:
    rows = [
        ("week", "group", "student_id", "name", "role"),
        *((str(week), row[2], row[0], row[1], row[3]) for week in (1, 2) for row in OWN[1:]),
    ]
    assert groups(rows).groups == TWO_GROUPS


def test_our_workbook_comes_back_in() -> None:
    """The sheet with numbers and groups is taken; changes and roles are other sheets."""
    sheets = {
        "Groepen": [
            ("Groep", "Naam", "Studentnummer", "Rol in week 2"),
            *((r[2], r[1], r[0], r[3]) for r in OWN[1:]),
        ],
        "Rollen": [("Groep", "Naam", "Week 2", "Week 3"), ("Groep 1", "Noor van der Berg", "Notulist", "")],
        "Wijzigingen": [
            ("Naam", "Studentnummer", "Van groep", "Naar groep"),
            ("Sem de Vries", "0912346", "", "Groep 2"),
        ],
    }
    read = read_groups(xlsx_file(sheets), ROSTER)
    assert read.groups == TWO_GROUPS
    assert read.roles["1012347"] == "Woordvoerder"
    assert "Groepen" in problem(read, "sheet-chosen", Level.ASSUMED).text("nl")


def test_students_are_found_by_their_ids_whatever_their_column_is_called() -> None:
    """A column "student" with numbers was taken for names, and nobody had a group without a word."""
    for heading in ("student", "who"):
        rows = [(heading, "group"), *((row[0], row[2]) for row in OWN[1:])]
        found = read_groups(csv_file(rows), ROSTER)
        assert found.groups == TWO_GROUPS
        assert not found.unknown

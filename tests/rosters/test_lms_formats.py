"""The ten sources of FORMATS.md: what each file means, and that nothing of it is lost."""

from __future__ import annotations

import datetime
import io

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.worksheet.table import Table as TableOf

from planner.model.domain import ColumnKind, Student
from planner.model.problems import Level
from planner.rosters import Reading, SourceFile, read_class_list
from tests.rosters.files import Rows, as_file, codes, csv_file, people, read, text, xlsx_file

K = ColumnKind


def kinds(reading: Reading) -> dict[str, ColumnKind]:
    return {guess.heading: guess.kind for guess in reading.columns}


def noor(reading: Reading) -> Student:
    return reading.require().students[0]


def test_1_any_csv_in_dutch() -> None:
    rows = [
        (
            "Klas",
            "Achternaam",
            "Voornaam",
            "Studentnr.",
            "E-mailadres",
            "Vooropleiding cijfer",
            "Opleiding",
            "Beschikbaar",
            "Werkt parttime",
            "Wens 1",
            "Liever geen rol",
            "Telefoon",
            "Geboortedatum",
            "Gender",
        ),
        (
            "2A",
            "van der Berg",
            "Noor",
            "0912345",
            "Noor@School.nl",
            "7,5",
            "Verpleegkunde",
            "maandag, dinsdag",
            "ja",
            "Sem",
            "Notulist",
            "0612345678",
            "1-2-2006",
            "v",
        ),
        (
            "2A",
            "de Vries",
            "Sem",
            "0912346",
            "sem@school.nl",
            "n.v.t.",
            "Verpleegkunde",
            "dinsdag, woensdag",
            "nee",
            "",
            "",
            "",
            "",
            "m",
        ),
        (
            "2B",
            "Bos",
            "Bo",
            "0912347",
            "bo@school.nl",
            "6",
            "Fysiotherapie",
            "woensdag, maandag",
            "nee",
            "",
            "",
            "",
            "",
            "x",
        ),
        (
            "2B",
            "Smit",
            "Jo",
            "0912348",
            "jo@school.nl",
            "8",
            "Fysiotherapie",
            "dinsdag",
            "ja",
            "",
            "",
            "",
            "",
            "v",
        ),
        (
            "2B",
            "Kok",
            "Al",
            "0912349",
            "al@school.nl",
            "6,9",
            "Fysiotherapie",
            "dinsdag, maandag",
            "ja",
            "",
            "",
            "",
            "",
            "v",
        ),
    ]
    reading = read(rows, ";")
    assert reading.source.text("nl") == "Klassenlijst"
    assert kinds(reading) == {
        "Klas": K.SECTION,
        "Achternaam": K.LAST_NAME,
        "Voornaam": K.FIRST_NAME,
        "Studentnr.": K.STUDENT_NUMBER,
        "E-mailadres": K.EMAIL,
        "Vooropleiding cijfer": K.NUMBER,
        "Opleiding": K.CATEGORY,
        "Beschikbaar": K.SLOTS,
        "Werkt parttime": K.CATEGORY,
        "Wens 1": K.PEER,
        "Liever geen rol": K.CATEGORY,
        "Telefoon": K.IGNORED,
        "Geboortedatum": K.IGNORED,
        "Gender": K.CATEGORY,
    }
    student = noor(reading)
    assert (student.id, student.name, student.call_name, student.sort_name, student.email) == (
        "0912345",
        "Noor van der Berg",
        "Noor",
        "Berg, Noor van der",
        "noor@school.nl",
    )
    assert student.answers == {
        "Klas": "2A",
        "Vooropleiding cijfer": "7,5",
        "Opleiding": "Verpleegkunde",
        "Beschikbaar": "maandag, dinsdag",
        "Werkt parttime": "ja",
        "Wens 1": "Sem",
        "Liever geen rol": "Notulist",
        "Gender": "v",
    }
    assert [column.heading for column in reading.require().columns] == list(student.answers)


def test_1_any_workbook_in_english() -> None:
    rows = [
        (
            "Student Number",
            "Full Name",
            "Email",
            "Tutorial group",
            "Grade",
            "Study programme",
            "Motivation",
            "Joined",
        ),
        (
            1912345,
            "Ada Byron",
            "ada@uni.ac",
            "T1",
            7.25,
            "Maths",
            "I like to build, and to see things run. Truly.",
            datetime.date(2026, 9, 1),
        ),
        (
            1912346,
            "Alan Smith",
            "alan@uni.ac",
            "T2",
            8,
            "Maths",
            "Because it is there.",
            datetime.date(2026, 9, 2),
        ),
        (
            1912347,
            "Grace Cooper",
            "grace@uni.ac",
            "T1",
            None,
            "Physics",
            "No idea yet!",
            datetime.date(2026, 9, 3),
        ),
        (1912348, "Mary Brook", "mary@uni.ac", "T2", 5.5, "Physics", "To learn, mostly.", None),
    ]
    reading = read_class_list(xlsx_file(rows))
    assert kinds(reading) == {
        "Student Number": K.STUDENT_NUMBER,
        "Full Name": K.NAME,
        "Email": K.EMAIL,
        "Tutorial group": K.SECTION,
        "Grade": K.NUMBER,
        "Study programme": K.CATEGORY,
        "Motivation": K.TEXT,
        "Joined": K.IGNORED,
    }
    assert noor(reading).answers == {
        "Tutorial group": "T1",
        "Grade": "7.25",
        "Study programme": "Maths",
        "Motivation": "I like to build, and to see things run. Truly.",
    }
    assert reading.require().students[2].answer("Grade") == ""


def test_1_the_coordinator_corrects_what_a_column_means() -> None:
    rows = [
        ("Studentnummer", "Naam", "Score", "Code"),
        ("0912345", "Noor", "7", "A1"),
        ("0912346", "Sem", "8", "B1"),
    ]
    reading = read(rows, kinds={"score": K.CATEGORY, "Code": K.IGNORED, "Bestaat niet": K.NUMBER})
    assert kinds(reading) == {
        "Studentnummer": K.STUDENT_NUMBER,
        "Naam": K.NAME,
        "Score": K.CATEGORY,
        "Code": K.IGNORED,
    }
    assert [guess.corrected for guess in reading.columns] == [False, False, True, True]
    assert reading.columns[2].reason is not None
    assert reading.columns[2].reason.text("nl") == "Dat heb je zelf gezegd."
    assert reading.require().headings == ("Score",)


def test_1_three_examples_of_every_column() -> None:
    rows = [
        ("Studentnummer", "Naam"),
        *((f"10{n}345", name) for n, name in enumerate(["A", "A", "", "B", "C", "D"])),
    ]
    assert read(rows).columns[1].examples == ("A", "B", "C")


def test_2_our_own_group_file_is_a_class_list_too() -> None:
    rows = [
        ("student_id", "name", "group", "role"),
        ("0912345", "Noor", "Groep 1", "Notulist"),
        ("0912346", "Sem", "'=1", ""),
    ]
    reading = read(rows, ";")
    assert reading.source.text("en") == "Group list of Hecht"
    assert kinds(reading) == {
        "student_id": K.STUDENT_NUMBER,
        "name": K.NAME,
        "group": K.GROUP,
        "role": K.ROLE,
    }
    assert reading.require().students[1].answers == {"group": "=1", "role": ""}


def test_2_our_own_group_file_by_address() -> None:
    rows = [
        ("student_id", "name", "group", "role"),
        ("noor@x.nl", "Noor", "G1", ""),
        ("sem@x.nl", "Sem", "G1", ""),
    ]
    assert (noor(read(rows)).id, noor(read(rows)).email) == ("noor@x.nl", "noor@x.nl")


def gradebook(first: tuple[str, ...], *, sis: bool, decimals: str) -> Rows:
    names = (
        [("Berg, Noor van der",), ("Vries, Sem de",)]
        if len(first) == 1
        else [("van der Berg", "Noor"), ("de Vries", "Sem")]
    )
    blank = ("",) * (len(first) - 1)
    number = ("SIS User ID",) if sis else ()
    rows = [
        (
            *first,
            "ID",
            *number,
            "SIS Login ID",
            "Integration ID",
            "Section",
            "Toets 1 (48213)",
            "Assignments Current Score",
            "Current Score",
            "Unposted Final Score",
            "Final Grade",
        ),
        ("", *blank, "", *number[:0], *("",) * sis, "", "", "", "Manual Posting", "", "", "", ""),
        (
            "    Points Possible",
            *blank,
            "",
            *("",) * sis,
            "",
            "",
            "",
            f"10{decimals}00",
            "(read only)",
            "",
            "",
            "",
        ),
        (
            *names[0],
            "48001",
            *("0912345",) * sis,
            "nberg@school.nl",
            "i-1",
            "H2A",
            f"7{decimals}50",
            "75",
            "75",
            "70",
            "B",
        ),
        (
            *names[1],
            "48002",
            *("0912346",) * sis,
            "svries@school.nl",
            "i-2",
            "H2A and H2B",
            "",
            "80",
            "80",
            "80",
            "B",
        ),
    ]
    last = ("Student, Test",) if len(first) == 1 else ("Student", "Test")
    return [*rows, (*last, "48003", *("",) * sis, "5f2d", "", "H2A", "", "", "", "", "")]


@pytest.mark.parametrize("first", [("Student",), ("LastName", "FirstName")])
@pytest.mark.parametrize(("separator", "decimals"), [(",", "."), (";", ",")])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_3_canvas_gradebook(first: tuple[str, ...], separator: str, decimals: str, encoding: str) -> None:
    reading = read_class_list(csv_file(gradebook(first, sis=True, decimals=decimals), separator, encoding))
    assert reading.source.text("nl") == "Cijferlijst uit Canvas"
    assert people(reading) == [("0912345", "Noor van der Berg"), ("0912346", "Sem de Vries")]
    assert noor(reading).sort_name == "Berg, Noor van der"
    assert noor(reading).email == "nberg@school.nl"
    assert noor(reading).keys == {
        "canvas_user_id": "48001",
        "user_id": "0912345",
        "login_id": "nberg@school.nl",
        "integration_id": "i-1",
    }
    assert [student.answers for student in reading.require().students] == [
        {"Section": "H2A"},
        {"Section": "H2A and H2B"},
    ]


def test_3_canvas_gradebook_without_sis_numbers() -> None:
    reading = read(gradebook(("Student",), sis=False, decimals="."))
    assert people(reading)[0] == ("nberg@school.nl", "Noor van der Berg")


def test_3_a_score_can_be_used_when_the_coordinator_says_so() -> None:
    reading = read(gradebook(("Student",), sis=True, decimals="."), kinds={"Toets 1 (48213)": K.NUMBER})
    assert [student.answer("Toets 1 (48213)") for student in reading.require().students] == ["7.50", ""]


def test_4_canvas_group_export() -> None:
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
        ("Noor van der Berg", "48001", "0912345", "nberg", "H2A", "Groep 1", "7", "g7"),
        ("Sem de Vries", "48002", "0912346", "svries", "H2A", "", "", ""),
    ]
    reading = read(rows)
    assert reading.source.text("nl") == "Groepen uit Canvas"
    assert noor(reading).keys == {"canvas_user_id": "48001", "user_id": "0912345", "login_id": "nberg"}
    assert noor(reading).answers == {"sections": "H2A", "group_name": "Groep 1"}


def test_5_brightspace_grade_export() -> None:
    rows = [
        (
            "OrgDefinedId",
            "Username",
            "Last Name",
            "First Name",
            "Email",
            "Toets Points Grade <Numeric MaxPoints:10 Weight:5>",
            "Essay Text Grade",
            "Calculated Final Grade Numerator",
            "End-of-Line Indicator",
        ),
        ("#0912345", "nberg", "van der Berg", "Noor", "noor@school.nl", "7", "goed", "70", "#"),
        ("#0912346", "svries", "de Vries", "Sem", "sem@school.nl", "", "", "", "#"),
    ]
    reading = read(rows)
    assert reading.source.text("en") == "Brightspace grade export"
    assert noor(reading).model_dump() == {
        "id": "0912345",
        "name": "Noor van der Berg",
        "call_name": "Noor",
        "sort_name": "Berg, Noor van der",
        "email": "noor@school.nl",
        "keys": {"org_defined_id": "0912345", "username": "nberg"},
        "answers": {},
    }


@pytest.mark.parametrize(
    "headings",
    [
        ("ID", "Start time", "Completion time", "Email", "Name", "Last modified time"),
        ("Id", "Begintijd", "Tijd van voltooien", "E-mail", "Naam", "Tijd van laatste wijziging"),
    ],
)
def test_6_microsoft_forms(headings: tuple[str, ...]) -> None:
    moment = datetime.datetime(2026, 9, 1, 10, 0)
    questions = (
        "Wanneer kun je\nafspreken?",
        "Met wie werk je graag?",
        "Met wie werk je graag?2",
        "Punten - Toets",
    )
    rows = [
        (*headings, *questions),
        (1, moment, moment, "noor@school.nl", "Noor van der Berg", None, "maandag;dinsdag;", "Sem", "", 1),
        (2, moment, moment, "sem@school.nl", "Sem de Vries", None, "dinsdag;", "", "Noor", 0),
        (3, moment, moment, "bo@school.nl", "Bo Bos", None, "maandag;vrijdag;dinsdag;", "", "", 0),
    ]
    reading = read_class_list(xlsx_file(rows))
    assert reading.source.text("nl") == "Microsoft Forms"
    assert {heading: kind for heading, kind in kinds(reading).items() if kind in (K.SLOTS, K.PEER)} == {
        "Wanneer kun je afspreken?": K.SLOTS,
        "Met wie werk je graag?": K.PEER,
        "Met wie werk je graag?2": K.PEER,
    }
    assert noor(reading).id == "noor@school.nl"
    assert noor(reading).answers == {
        "Wanneer kun je afspreken?": "maandag;dinsdag;",
        "Met wie werk je graag?": "Sem",
        "Met wie werk je graag?2": "",
    }


def test_6_a_form_that_asks_for_the_number() -> None:
    rows = [
        ("ID", "Start time", "Completion time", "Email", "Name", "Wat is je studentnummer?", "Naam2"),
        ("1", "9/1/26 10:00", "9/1/26 10:02", "anonymous", "", "0912345", "Noor van der Berg"),
        ("2", "9/1/26 11:00", "9/1/26 11:02", "anonymous", "", "0912346", "Sem de Vries"),
    ]
    reading = read(rows)
    assert people(reading) == [("0912345", "Noor van der Berg"), ("0912346", "Sem de Vries")]
    assert noor(reading).email is None


def test_7_google_forms() -> None:
    rows = [
        (
            "Timestamp",
            "Email Address",
            "When can you meet? [Monday]",
            "When can you meet? [Tuesday]",
            "How sure are you?",
        ),
        ("2026/09/01 10:00:00 AM GMT+2", "noor@school.nl", "Morning, Afternoon", "", "4"),
        ("2026/09/01 11:00:00 AM GMT+2", "sem@school.nl", "Morning", "Afternoon", "5"),
    ]
    reading = read(rows)
    assert reading.source.text("nl") == "Google Forms"
    assert kinds(reading) == {
        "Timestamp": K.IGNORED,
        "Email Address": K.EMAIL,
        "When can you meet? [Monday]": K.SLOTS,
        "When can you meet? [Tuesday]": K.SLOTS,
        "How sure are you?": K.NUMBER,
    }
    assert noor(reading).answer("When can you meet? [Monday]") == "Morning, Afternoon"


@pytest.mark.parametrize(
    "headings",
    [
        (
            "Voornaam",
            "Achternaam",
            "E-mailadres",
            "ID-nummer",
            "Groepen",
            "Rollen",
            "Laatste toegang tot cursus",
        ),
        ("First name", "Surname", "Email address", "ID number", "Groups", "Roles", "Last access to course"),
    ],
)
def test_8_moodle_participants(headings: tuple[str, ...]) -> None:
    rows = [
        headings,
        ("Noor", "van der Berg", "noor@school.nl", "0912345", "Werkgroep 1, Lab 2", "Student", "2 uur"),
        ("Sem", "de Vries", "sem@school.nl", "0912346", "", "Student", "nooit"),
        (
            "Johan",
            "de Boer",
            "boer@school.nl",
            "",
            "",
            "Leraar" if headings[0] == "Voornaam" else "Teacher",
            "nu",
        ),
    ]
    reading = read(rows)
    assert reading.source.text("nl") == "Deelnemers uit Moodle"
    assert people(reading) == [("0912345", "Noor van der Berg"), ("0912346", "Sem de Vries")]
    assert kinds(reading)[headings[4]] is K.GROUP
    assert [p.code for p in reading.problems if p.level is Level.ASSUMED] == ["staff"]


@pytest.mark.parametrize(
    ("headings", "row"),
    [
        (
            ("Stamnummer", "Roepnaam", "Tussenvoegsel", "Achternaam", "Klas"),
            ("0912345", "Noor", "van der", "Berg", "2A"),
        ),
        (
            ("Studienummer", "Netid", "Achternaam", "Tussenvoegsel", "Voornaam"),
            ("0912345", "nberg", "Berg", "van der", "Noor"),
        ),
        (
            ("Studentnummer", "Voorletters", "Voorvoegsel", "Achternaam", "Roepnaam"),
            ("0912345", "N.", "van der", "Berg", "Noor"),
        ),
    ],
)
@pytest.mark.parametrize("above", [0, 8])
def test_9_student_administration(headings: tuple[str, ...], row: tuple[str, ...], above: int) -> None:
    other = tuple({"0912345": "0912346", "Noor": "Sem", "van der": ""}.get(cell, cell) for cell in row)
    preamble = [
        ["Deelnemerslijst"],
        ["Cursus", "COM-101"],
        [""],
        ["Periode", "1"],
        ["Docent", "J. de Boer"],
    ] + [[]] * 3
    reading = read_class_list(xlsx_file([*preamble[:above], headings, row, other]))
    assert reading.source.text("nl") == "Studentenadministratie"
    assert people(reading) == [("0912345", "Noor van der Berg"), ("0912346", "Sem Berg")]
    assert (noor(reading).call_name, noor(reading).sort_name) == ("Noor", "Berg, Noor van der")
    assert reading.heading_row == above + 1


def test_10_blackboard_gradebook() -> None:
    rows = [
        (
            "Last Name",
            "First Name",
            "Username",
            "Student ID",
            "Availability",
            "Toets [Total Pts: 2 Score] |574266",
        ),
        ("van der Berg", "Noor", "nberg", "0912345", "Yes", "2"),
        ("de Vries", "Sem", "svries", "0912346", "Yes", ""),
    ]
    content = text(rows, quoting=1).replace("\r\n", "\n").encode("utf-8-sig")
    reading = read_class_list(as_file(content))
    assert reading.source.text("en") == "Blackboard gradebook"
    assert people(reading) == [("0912345", "Noor van der Berg"), ("0912346", "Sem de Vries")]
    assert noor(reading).keys == {"username": "nberg"}
    assert noor(reading).answers == {}


def test_10_blackboard_calls_its_text_a_workbook() -> None:
    rows = [
        ("Last Name", "First Name", "Username", "Student ID", "Toets [Total Pts: 2 Score] |574266"),
        ("van der Berg", "Noor", "nberg", "0912345", "2"),
        ("de Vries", "Sem", "svries", "0912346", "1"),
    ]
    reading = read_class_list(SourceFile("gc_export.xls", text(rows, "\t").encode("utf-16")))
    assert people(reading) == [("0912345", "Noor van der Berg"), ("0912346", "Sem de Vries")]
    assert set(codes(reading)) == {"not-excel", "unicode-text", "separator"}


def test_workbooks_of_other_programs() -> None:
    """With a comment, a chart, a table, a formula, merged cells, another sheet and inline texts."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "H2A & co <é>"
    for row in [("Studentnummer", "Naam", "Cijfer"), ("0912345", "Noor", 7.5), (1012346, "Sem", "=1+1")]:
        sheet.append(row)
    sheet["A4"], sheet["B4"] = 912347, "Bo"
    sheet["A4"].number_format = "0000000"
    sheet["A2"].comment = Comment("nakijken", "coördinator")
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=3, min_row=1, max_row=3))
    sheet.add_chart(chart, "F5")
    sheet.add_table(TableOf(displayName="Lijst", ref="A1:C4"))
    sheet.merge_cells("E1:F1")
    book.create_sheet("Leeg")
    book.create_chartsheet("Grafiek")
    buffer = io.BytesIO()
    book.save(buffer)
    reading = read_class_list(SourceFile("lijst.xlsx", buffer.getvalue()))
    assert reading.sheets == ("H2A & co <é>",)
    assert people(reading) == [("0912345", "Noor"), ("1012346", "Sem"), ("0912347", "Bo")]
    assert [student.answer("Cijfer") for student in reading.require().students] == ["7.5", "", ""]


def test_kinds_of_cells_in_a_workbook_as_text() -> None:
    moment = datetime.datetime(2026, 9, 1, 10, 30)
    rows = [
        ("Studentnummer", "Vink", "Getal", "Deel", "Opm"),
        ("0912345", True, 12.0, 0.1 + 0.2, moment),
        ("0912346", False, -3, 1e-7, datetime.date(2026, 9, 1)),
    ]
    reading = read_class_list(xlsx_file(rows), kinds=dict.fromkeys(("Vink", "Getal", "Deel", "Opm"), K.TEXT))
    assert [tuple(student.answers.values()) for student in reading.require().students] == [
        ("TRUE", "12", "0.3", "2026-09-01 10:30:00"),
        ("FALSE", "-3", "1e-07", "2026-09-01"),
    ]

"""Bad input 43-46 of FORMATS.md, and how a survey is joined with a class list."""

from __future__ import annotations

import datetime

import pytest

from planner.model.domain import ColumnKind
from planner.model.problems import Level
from planner.rosters import Reading, read_class_list
from tests.builders.files import CLASS, Rows, codes, csv_file, people, problem, read, says, xlsx_file

MAILS = [
    ("Studentnummer", "Naam", "E-mail"),
    ("0912345", "Noor van der Berg", "noor@school.nl"),
    ("0912346", "Sem de Vries", "sem@school.nl"),
    ("1012347", "Ayşe Yılmaz", "ayse@school.nl"),
    ("1012348", "Thijs Jansen", "thijs@school.nl"),
]
FORM = ("ID", "Begintijd", "Tijd van voltooien", "E-mail", "Naam", "Wanneer kun je?")


def form(*answers: tuple[str, str, str]) -> list[tuple[object, ...]]:
    """Return a Microsoft Forms sheet: e-mail, name and free moments of each answer."""
    start = datetime.datetime(2026, 9, 1, 9, 0)
    rows = [
        (
            number,
            start + datetime.timedelta(hours=number),
            start + datetime.timedelta(hours=number, minutes=3),
            *answer,
        )
        for number, answer in enumerate(answers, start=1)
    ]
    return [FORM, *rows]


def joined(survey: Rows, students: Rows = MAILS, **options: object) -> Reading:
    return read_class_list(
        csv_file(students),
        xlsx_file(survey, "vragenlijst.xlsx"),
        **options,  # type: ignore[arg-type]
    )


def days(*cells: str) -> list[tuple[str, str, str]]:
    return [
        ("id", "Naam", "Beschikbaar"),
        *((f"10{n:03d}", f"Student {n}", cell) for n, cell in enumerate(cells)),
    ]


def test_43_unknown_slot_value() -> None:
    reading = read(days("maandag, vrijdag", "vrijdag", "maandag, vrijdag", "Vrijdg, maandag", "vrijdag"))
    found = problem(reading, "unknown-slot", Level.ASSUMED)
    assert (found.file, found.row, found.column) == ("lijst.csv", 5, "Beschikbaar")
    says(
        found,
        "“Vrijdg” is unknown. Did you mean “vrijdag”? "
        "It is read that way. Correct the cell in the file if that is not right.",
        "“Vrijdg” is onbekend. Bedoelde je “vrijdag”? "
        "Zo is het gelezen. Verbeter de cel in het bestand als dat niet klopt.",
    )
    assert reading.require().students[3].answer("Beschikbaar") == "vrijdag; maandag"
    assert reading.require().students[0].answer("Beschikbaar") == "maandag, vrijdag"


def test_43_in_the_survey_the_file_is_the_survey() -> None:
    answers = [
        (f"{name}@school.nl", "", f"{day};dinsdag")
        for name, day in (("noor", "maandag"), ("sem", "maandag"), ("ayse", "maandag"), ("thijs", "maadag"))
    ]
    reading = joined(form(*answers))
    found = problem(reading, "unknown-slot", Level.ASSUMED)
    assert (found.file, found.row, found.column) == ("vragenlijst.xlsx", 5, "Wanneer kun je?")
    assert reading.require().students[3].answer("Wanneer kun je?") == "maandag; dinsdag"


@pytest.mark.parametrize(
    ("rare", "usual"),
    [
        ("maandag AM", "maandag PM"),
        ("10:00-12:00", "10:00-13:00"),
        ("dinsdag", "zondag"),
        ("niet beschikbaar", "beschikbaar"),
        ("unavailable", "available"),
        ("week 1", "week 2"),
        ("juli", "juni"),
        ("offline", "online"),
        ("maandagochtend", "maandagmiddag"),
    ],
)
def test_43_rare_answers_that_are_real(rare: str, usual: str) -> None:
    cells = [f"{usual}; woensdag", f"{usual}; donderdag", f"{usual}; woensdag", f"{rare}; donderdag"]
    reading = read(days(*cells))
    assert "unknown-slot" not in codes(reading)
    assert reading.require().students[3].answer("Beschikbaar") == cells[3]


def test_43_capitals_and_spaces_make_no_other_answer() -> None:
    reading = read(days("maandag;vrijdag", "Maandag; vrijdag", "maandag;vrijdag ", "maandag;dinsdag"))
    found = problem(reading, "slot-spelling", Level.FIXED)
    says(
        found,
        "1 answer is spelled differently from most: “Maandag” = “maandag”.",
        "1 antwoord is anders gespeld dan de meeste: “Maandag” = “maandag”.",
    )
    assert reading.require().students[1].answer("Beschikbaar") == "maandag; vrijdag"


def test_44_anonymous_answers() -> None:
    reading = joined(
        form(
            ("noor@school.nl", "Noor", "ma;di;"),
            ("anonymous", "", "di;"),
            ("anoniem", "Anonymous", "wo;"),
            ("", "", "vr;"),
        )
    )
    found = problem(reading, "anonymous-answers", Level.SKIPPED)
    assert (found.file, found.row) == ("vragenlijst.xlsx", 3)
    says(
        found,
        "3 answers have no name and cannot be used. "
        "Let people sign in to the form, or ask for their student number in it.",
        "3 antwoorden hebben geen naam en kunnen niet gebruikt worden. "
        "Laat studenten inloggen voor het formulier, of vraag erin naar hun studentnummer.",
    )
    assert [student.answer("Wanneer kun je?") for student in reading.require().students] == [
        "ma;di;",
        "",
        "",
        "",
    ]


def test_44_only_anonymous_answers() -> None:
    reading = joined(form(("anonymous", "", "di;"), ("anonymous", "", "wo;")))
    assert problem(reading, "other-survey", Level.ERROR).file == "vragenlijst.xlsx"


def test_45_answered_twice() -> None:
    reading = joined(
        form(("noor@school.nl", "", "ma;di;"), ("sem@school.nl", "", "di;"), ("NOOR@school.nl", "", "wo;vr;"))
    )
    found = problem(reading, "answered-twice", Level.ASSUMED)
    assert (found.file, found.row) == ("vragenlijst.xlsx", 2)
    says(
        found,
        "The latest answer is used for 1 student: Noor van der Berg. "
        "If that is not right, remove the row that should not count.",
        "Van 1 student telt het laatste antwoord: Noor van der Berg. "
        "Klopt dat niet? Haal dan de rij weg die niet moet tellen.",
    )
    assert reading.require().students[0].answer("Wanneer kun je?") == "wo;vr;"


def test_45_a_survey_alone_is_a_class_list_too() -> None:
    rows = form(
        ("noor@school.nl", "Noor", "ma;"),
        ("sem@school.nl", "Sem", "di;"),
        ("noor@school.nl", "Noor B", "wo;"),
    )
    reading = read_class_list(xlsx_file(rows))
    assert people(reading) == [("sem@school.nl", "Sem"), ("noor@school.nl", "Noor B")]
    assert problem(reading, "answered-twice", Level.ASSUMED).row == 2
    assert "repeated-student" not in codes(reading)


def test_46_survey_name_not_in_the_list() -> None:
    rows = [
        ("Naam", "Leerdoel"),
        ("Noor van der Berg", "schrijven"),
        ("T. Janssen", "lezen"),
        ("Zzyzx Qwrty", "x"),
    ]
    reading = joined(rows)
    found = [problem for problem in reading.problems if problem.code == "unknown-respondent"]
    assert [(item.file, item.row, item.level) for item in found] == [
        ("vragenlijst.xlsx", 3, Level.ASSUMED),
        ("vragenlijst.xlsx", 4, Level.ASSUMED),
    ]
    says(
        found[0],
        "“T. Janssen” was not found on the class list. Is it Thijs Jansen (1012348)? "
        "Match by hand: put the student number or the name of the class list in the survey file.",
        "“T. Janssen” staat niet op de klassenlijst. Is het Thijs Jansen (1012348)? "
        "Koppel handmatig: zet in het bestand met antwoorden "
        "het studentnummer of de naam uit de klassenlijst.",
    )
    assert "“Zzyzx Qwrty” was not found on the class list. Match" in found[1].text("en")
    assert reading.unmatched == ("T. Janssen", "Zzyzx Qwrty")
    assert reading.unanswered == ("0912346", "1012347", "1012348")


def test_46_nobody_is_guessed_where_two_have_the_name() -> None:
    students = [*MAILS, ("1012349", "Sem de Vries", "sem2@school.nl")]
    reading = joined([("Naam", "Leerdoel"), ("Sem de Vries", "lezen"), ("Thijs Jansen", "lezen")], students)
    assert reading.unmatched == ("Sem de Vries",)


def test_students_without_an_answer_are_told_and_kept() -> None:
    reading = joined(form(("noor@school.nl", "", "ma;di;"), ("sem@school.nl", "", "di;")))
    says(
        problem(reading, "no-answer", Level.NOTE),
        "2 students did not answer the survey: Ayşe Yılmaz and Thijs Jansen. "
        "They can still be placed; their answers are empty.",
        "2 studenten hebben de vragenlijst niet ingevuld: Ayşe Yılmaz en Thijs Jansen. "
        "Ze kunnen toch een plek krijgen; hun antwoorden zijn leeg.",
    )
    assert reading.unanswered == ("1012347", "1012348")
    assert len(reading.require().students) == 4


@pytest.mark.parametrize(
    ("heading", "cells"),
    [
        ("Wat is je studentnummer?", ("0912345", "1012348")),
        ("Studentnummer (7 cijfers)", ("912345", "s1012348")),
        ("E-mail", ("NOOR@SCHOOL.NL ", "thijs@school.nl")),
        ("Voor- en achternaam", ("Berg, Noor van der", "thijs  jansen")),
        ("Naam", ("Noor Van Der Berg", "Jansen, Thijs")),
    ],
)
def test_people_are_found_by_number_address_or_name(heading: str, cells: tuple[str, str]) -> None:
    reading = joined([(heading, "Wat wil je leren?"), (cells[0], "schrijven"), (cells[1], "lezen")])
    answers = [student.answer("Wat wil je leren?") for student in reading.require().students]
    assert answers == ["schrijven", "", "", "lezen"]
    assert reading.unmatched == ()


def test_a_number_without_its_zeros_is_told() -> None:
    reading = joined([("Studentnummer", "Leerdoel"), ("912345", "lezen"), ("0912346", "lezen")])
    assert problem(reading, "loose-match", Level.ASSUMED).message.number == 1


def test_number_and_address_of_two_people_are_used_for_neither() -> None:
    rows = [
        ("E-mail", "Studentnummer", "Leerdoel"),
        ("noor@school.nl", "0912346", "x"),
        ("sem@school.nl", "0912346", "y"),
    ]
    reading = joined(rows)
    found = problem(reading, "two-students", Level.ASSUMED)
    assert found.row == 2
    assert "Noor van der Berg" in found.text("nl")
    assert "Sem de Vries" in found.text("nl")
    assert [student.answer("Leerdoel") for student in reading.require().students] == ["", "y", "", ""]


def test_a_survey_of_another_course_changes_nothing() -> None:
    reading = joined([("E-mail", "Leerdoel"), ("a@elders.nl", "x"), ("b@elders.nl", "y")])
    says(
        problem(reading, "other-survey", Level.ERROR),
        "None of the answers is from a student in the class list. "
        "Choose the survey of this course, or ask for the student number in it.",
        "Geen van de antwoorden is van een student uit de klassenlijst. "
        "Kies de vragenlijst van dit vak, of vraag erin naar het studentnummer.",
    )


def test_a_heading_in_both_files_is_told_apart() -> None:
    students = [
        (*row, opleiding) for row, opleiding in zip(MAILS, ("Opleiding", "A", "B", "A", "B"), strict=True)
    ]
    reading = joined(
        [("E-mail", "Opleiding"), ("noor@school.nl", "anders"), ("sem@school.nl", "B")], students
    )
    assert reading.require().headings == ("Opleiding", "Opleiding (2)")
    assert reading.require().students[0].answers == {"Opleiding": "A", "Opleiding (2)": "anders"}
    assert problem(reading, "same-heading", Level.NOTE).file == "vragenlijst.xlsx"


def test_sensitive_questions_are_dropped_from_a_survey_too() -> None:
    rows = [
        ("E-mail", "Heb je dyslexie?", "Leerdoel"),
        ("noor@school.nl", "geheim", "x"),
        ("sem@school.nl", "geheim", "x"),
    ]
    reading = joined(rows)
    assert problem(reading, "sensitive-column", Level.SKIPPED).file == "vragenlijst.xlsx"
    assert reading.require().headings == ("Leerdoel",)
    assert "geheim" not in reading.model_dump_json()


def test_errors_of_both_files_are_told_at_once() -> None:
    reading = read_class_list(csv_file([*CLASS, ("", "Jan", "x")]), csv_file([], name="antwoorden.csv"))
    assert reading.roster is None
    assert [(found.file, found.code) for found in reading.problems if found.level is Level.ERROR] == [
        ("lijst.csv", "blank-id"),
        ("antwoorden.csv", "empty-file"),
    ]


def test_columns_of_both_files_are_shown_and_can_be_corrected() -> None:
    rows = [("E-mail", "Cijfer voor jezelf"), ("noor@school.nl", "7"), ("sem@school.nl", "8")]
    reading = joined(rows, kinds={"Cijfer voor jezelf": ColumnKind.CATEGORY})
    assert [(guess.file, guess.heading) for guess in reading.columns] == [
        ("lijst.csv", "Studentnummer"),
        ("lijst.csv", "Naam"),
        ("lijst.csv", "E-mail"),
        ("vragenlijst.xlsx", "E-mail"),
        ("vragenlijst.xlsx", "Cijfer voor jezelf"),
    ]
    assert reading.require().kind("Cijfer voor jezelf") is ColumnKind.CATEGORY

"""Whatever the bytes: a reading with problems or a roster. Whatever the dialect: the same students."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from planner.model.problems import Level
from planner.rosters import Reading, SourceFile, read_class_list, read_groups
from tests.builders.files import CLASS, csv_file, people, read, text, xlsx

NAMES = st.sampled_from(["lijst.csv", "lijst.xlsx", "lijst.xls", "lijst.txt", "lijst.xlsm", "lijst"])
WORKBOOK = xlsx(CLASS)
ROSTER = read(CLASS).require()


def sound(reading: Reading) -> None:
    """Check what every reading promises, in both languages."""
    errors = [problem for problem in reading.problems if problem.level is Level.ERROR]
    assert (reading.roster is None) == bool(errors)
    assert all(problem.hint is not None and problem.file for problem in errors)
    for language in ("en", "nl"):
        assert all(problem.text(language) for problem in reading.problems)
        assert reading.source.text(language)
    if reading.roster is not None:
        students = reading.roster.students
        assert students
        assert len({student.id for student in students}) == len(students)
        assert all(
            student.id and student.name and student.call_name and student.sort_name for student in students
        )
        assert all(set(student.answers) == set(reading.roster.headings) for student in students)


@given(st.binary(max_size=400), NAMES)
@example(b"\xff\xfe\xfe\xff\xff", "lijst.csv")
@example(b"\xef\xbb\xbfsep=,", "lijst.csv")
@example(b"sep=;\n;\n", "lijst.csv")
@example(b"Naam;Naam;Naam (2)\na@b.nl;a@b.nl;c\nd@b.nl;e;f\n", "lijst.csv")
@example(b"id\n=\n'\n#\n", "lijst.csv")
@example(b"\x0b", "lijst.csv")
@example(b"naam,id\n(,1\n", "lijst.csv")
def test_any_bytes(content: bytes, name: str) -> None:
    file = SourceFile(name, content)
    sound(read_class_list(file))
    read_groups(file, ROSTER)


CELLS = st.text(
    alphabet=st.one_of(st.sampled_from("01aé@.,;\"'#=-\t|\n\r ()[]ÃÂ©"), st.characters(codec="utf-8")),
    max_size=12,
)
HEADINGS = st.one_of(
    st.sampled_from(
        [
            "Studentnummer",
            "id",
            "Naam",
            "E-mail",
            "Voornaam",
            "Achternaam",
            "Tussenvoegsel",
            "Groep",
            "Rol",
            "Timestamp",
            "Beschikbaar",
            "Wens 1",
            "Cijfer",
            "BSN",
            "Etniciteit",
            "Student",
            "ID",
            "SIS Login ID",
            "Section",
            "",
        ]
    ),
    CELLS,
)


@given(
    st.lists(HEADINGS, min_size=1, max_size=6),
    st.lists(st.lists(CELLS, max_size=7), max_size=6),
    st.sampled_from(",;\t|"),
)
@example(["Studentnummer", "E-mail", "id"], [["", "", "0"]], ",")
@settings(max_examples=200)
def test_any_table(headings: list[str], rows: list[list[str]], separator: str) -> None:
    file = SourceFile("lijst.csv", text([headings, *rows], separator).encode())
    sound(read_class_list(file))
    read_groups(file, ROSTER)


@given(
    st.lists(HEADINGS, min_size=1, max_size=5),
    st.lists(st.lists(CELLS, min_size=5, max_size=5), min_size=1, max_size=5),
)
@settings(max_examples=100)
def test_any_table_as_a_survey(headings: list[str], rows: list[list[str]]) -> None:
    sound(read_class_list(csv_file(CLASS), SourceFile("antwoorden.csv", text([headings, *rows]).encode())))


@given(st.integers(0, len(WORKBOOK) - 1), st.integers(0, 255), st.booleans())
@settings(max_examples=150)
def test_any_damage_to_a_workbook(place: int, byte: int, cut: bool) -> None:
    content = WORKBOOK[:place] if cut else WORKBOOK[:place] + bytes([byte]) + WORKBOOK[place + 1 :]
    sound(read_class_list(SourceFile("lijst.xlsx", content)))


PERSON_NAME = st.text(alphabet="abcdéëñõABC ,;|\"'-\t", min_size=1, max_size=15).filter(
    lambda name: any(map(str.isalpha, name)) and name == name.strip()
)
STUDENTS = st.lists(
    st.tuples(st.integers(0, 9_999_999).map("{:07d}".format), PERSON_NAME, PERSON_NAME),
    min_size=2,
    max_size=8,
    unique_by=lambda student: student[0],
)


def students_of(reading: Reading) -> list[tuple[str, str]]:
    return [(student.id, student.answer("Motivatie")) for student in reading.require().students]


@given(
    STUDENTS,
    st.sampled_from(",;\t|"),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.booleans(),
)
@settings(max_examples=300)
def test_every_way_of_writing_a_table_reads_the_same(
    students: list[tuple[str, str, str]],
    separator: str,
    encoding: str,
    quoting: int,
    line_end: str,
    sep_line: bool,
) -> None:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=separator, quoting=quoting, lineterminator=line_end)  # type: ignore[arg-type]
    writer.writerows([("Studentnummer", "Naam", "Motivatie"), *students])
    start = f"sep={separator}{line_end}" if sep_line else ""
    reading = read_class_list(SourceFile("lijst.csv", (start + buffer.getvalue()).encode(encoding)))
    assert students_of(reading) == [(number, answer) for number, _, answer in students]
    plain = read_class_list(
        SourceFile("lijst.xlsx", xlsx([("Studentnummer", "Naam", "Motivatie"), *students]))
    )
    assert reading.require().students == plain.require().students


@pytest.mark.parametrize("rows", [1, 2, 3])
def test_small_classes_are_read(rows: int) -> None:
    assert len(people(read(CLASS[: rows + 1]))) == rows

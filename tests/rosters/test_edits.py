"""A class list that was edited by hand: read as if the file had said so, and back again."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.model.domain import ColumnKind
from planner.model.problems import Level
from planner.rosters import Edits, Reading, SourceFile, read_class_list
from planner.rosters.edits import tidy

HEADINGS = ("Studentnummer", "Naam", "Opleiding", "Cijfer", "Beschikbaar")
ROWS = [
    (f"10000{n:02}", name, ("Pabo", "Social Work")[n % 2], f"{6 + n % 3},5", ("ma, di", "di, wo")[n % 2])
    for n, name in enumerate(["Noor Aydin", "Sem Bos", "Ali Can", "Juul Dijk", "Bram Evers", "Yara Faber"])
]


def as_file(rows: Sequence[Sequence[str]], headings: Sequence[str] = HEADINGS) -> SourceFile:
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows([headings, *rows])
    return SourceFile("klas.csv", text.getvalue().encode())


FILE = as_file(ROWS)


def read(edits: Edits, file: SourceFile = FILE, survey: SourceFile | None = None) -> Reading:
    return read_class_list(file, survey, edits=edits)


def errors(found: Reading) -> list[tuple[str, int | None, str | None]]:
    return [(p.code, p.row, p.column) for p in found.problems if p.level is Level.ERROR]


# What can be changed


def test_without_edits_every_student_is_a_line_and_nothing_is_an_edit() -> None:
    found = read(Edits())
    assert [line.row for line in found.lines] == [2, 3, 4, 5, 6, 7]
    assert found.lines[0].cells == dict(zip(HEADINGS, ROWS[0], strict=True))
    assert [line.student for line in found.lines] == [row[0] for row in ROWS]
    assert not any(line.left or line.joined or line.was for line in found.lines)
    assert not Edits()


def test_a_name_and_an_answer_are_corrected() -> None:
    edits = Edits().changed(2, "Naam", " Noor\tAydın ", "Noor Aydin").changed(2, "Cijfer", "8", "6,5")
    found = read(edits)
    student = found.require().by_id["1000000"]
    assert (student.name, student.answer("Cijfer")) == ("Noor Aydın", "8")
    assert found.lines[0].was == {"Naam": "Noor Aydin", "Cijfer": "6,5"}
    assert len(edits) == 1


def test_the_text_of_the_file_is_no_edit() -> None:
    edits = Edits().changed(2, "Naam", "Nora", "Noor Aydin").changed(2, "Cijfer", "8", "6,5")
    assert edits.changed(2, "Naam", "Noor Aydin", "Noor Aydin").cells == {2: {"Cijfer": "8"}}
    assert not edits.changed(2, "Naam", "Noor Aydin", "Noor Aydin").changed(2, "Cijfer", "6,5", "6,5")


def test_somebody_left_and_can_come_back() -> None:
    edits = Edits().leaves(3)
    found = read(edits)
    assert "1000001" not in found.require().by_id
    assert [line.row for line in found.lines if line.left] == [3]
    assert len(read(edits.stays(3)).require().students) == 6


def test_somebody_joined_on_a_row_below_the_last() -> None:
    edits = Edits().joins(8, {"Studentnummer": "1000077", "Naam": "Nova van Dam", "Cijfer": "7"})
    found = read(edits)
    nova = found.require().by_id["1000077"]
    assert (nova.name, nova.answer("Cijfer"), nova.answer("Opleiding")) == ("Nova van Dam", "7", "")
    assert [(line.row, line.joined) for line in found.lines][-1] == (8, True)
    assert read(edits.changed(8, "Naam", "Nova Dam", None)).require().by_id["1000077"].name == "Nova Dam"
    assert not edits.leaves(8)
    assert not Edits().joins(8, {"Naam": " ", "Studentnummer": ""})


def test_what_a_column_means_does_not_change_with_an_edit() -> None:
    found = read(Edits().changed(2, "Cijfer", "veel", "6,5"))
    assert found.require().kind("Cijfer") is ColumnKind.NUMBER
    assert found.require().by_id["1000000"].answer("Cijfer") == "veel"


# What goes wrong is said as for a file


def test_an_empty_number_names_its_row_and_column() -> None:
    found = read(Edits().changed(4, "Studentnummer", "", "1000002").changed(4, "Naam", "Ali", None))
    assert errors(found) == [("blank-id", 4, "Studentnummer")]
    assert [line.row for line in found.lines] == [2, 3, 4, 5, 6, 7]


def test_a_number_that_somebody_else_has_is_asked_about() -> None:
    found = read(Edits().joins(8, {"Studentnummer": "1000003", "Naam": "Iemand Anders"}))
    assert errors(found) == [("duplicate-other-name", 8, "Studentnummer")]


def test_free_moments_get_one_spelling() -> None:
    found = read(Edits().changed(2, "Beschikbaar", "MA, di", "ma, di"))
    assert found.require().by_id["1000000"].answer("Beschikbaar") == "ma; di"


def test_a_file_with_an_error_is_mended_in_the_table() -> None:
    broken = as_file([*ROWS, ("", "Zonder", "Pabo", "7", "ma")])
    assert errors(read(Edits(), broken)) == [("blank-id", 8, "Studentnummer")]
    line = read(Edits(), broken).lines[-1]
    assert (line.row, line.student, line.cells["Naam"]) == (8, "", "Zonder")
    assert len(read(Edits().changed(8, "Studentnummer", "1000055", ""), broken).require().students) == 7
    assert len(read(Edits().leaves(8), broken).require().students) == 6


def test_when_everybody_left_they_can_still_come_back() -> None:
    edits = Edits(left=frozenset(range(2, 8)))
    found = read(edits)
    assert [code for code, _, _ in errors(found)] == ["no-students"]
    assert len(found.lines) == 6


# Privacy


def test_a_sensitive_column_cannot_be_seen_or_filled_in() -> None:
    file = as_file([(*row, "diabetes") for row in ROWS], [*HEADINGS, "Medische bijzonderheden"])
    edits = Edits().changed(2, "Medische bijzonderheden", "astma", None)
    edits = edits.joins(8, {"Studentnummer": "1000077", "Medische bijzonderheden": "astma"})
    found = read(edits, file)
    assert all("Medische bijzonderheden" not in line.cells for line in found.lines)
    told = found.model_dump_json(exclude={"columns"})
    assert "astma" not in told
    assert "diabetes" not in told


# A survey


def test_answers_to_a_survey_are_corrected_too() -> None:
    answers = [(row[0], ("rood", "blauw")[n % 2], "do, vr") for n, row in enumerate(ROWS[:5])]
    survey = as_file(answers, ("Studentnummer", "Kleur", "Beschikbaarheid"))
    edits = Edits().changed(2, "Kleur", "groen", None).changed(7, "Beschikbaarheid", "Do", None)
    roster = read(edits, survey=survey).require()
    assert roster.by_id["1000000"].answer("Kleur") == "groen"
    assert roster.by_id["1000005"].answer("Beschikbaarheid") == "do"
    assert roster.by_id["1000001"].answer("Kleur") == "blauw"
    assert roster.names(["1000005"]) == ("Yara Faber",)


# In general

CELLS = st.text(st.characters(codec="utf-8"), max_size=12)


@given(
    st.lists(st.tuples(st.integers(2, 7), st.sampled_from(HEADINGS[1:3]), CELLS.filter(tidy)), max_size=5),
    st.sets(st.integers(2, 7), max_size=4),
)
@settings(max_examples=60, deadline=None)
def test_edits_are_read_as_if_the_file_had_said_so(
    changes: list[tuple[int, str, str]], left: set[int]
) -> None:
    rows = [list(row) for row in ROWS]
    edits = Edits()
    for row, heading, text in changes:
        edits = edits.changed(row, heading, text, ROWS[row - 2][HEADINGS.index(heading)])
        rows[row - 2][HEADINGS.index(heading)] = tidy(text)
    for row in left:
        edits = edits.leaves(row)
    kinds = {column.heading: column.kind for column in read(Edits()).columns}
    file = as_file([row for place, row in enumerate(rows, 2) if place not in left])
    assert read(edits).roster == read_class_list(file, kinds=kinds).roster


@given(st.lists(st.tuples(st.integers(2, 9), st.sampled_from(HEADINGS), CELLS, st.booleans()), max_size=6))
@settings(max_examples=60, deadline=None)
def test_whatever_is_typed_the_file_comes_back_when_it_is_undone(
    steps: list[tuple[int, str, str, bool]],
) -> None:
    edits = Edits()
    for row, heading, text, leave in steps:
        if row > 7 and row not in edits.joined:
            edits = edits.joins(row, {heading: text})
        elif leave:
            edits = edits.leaves(row)
        else:
            edits = edits.changed(row, heading, text, None)
    found = read(edits)
    assert (found.roster is None) == bool(errors(found))
    assert {line.row for line in found.lines} <= set(range(2, 10))
    assert Edits.model_validate_json(edits.model_dump_json()) == edits
    for row in list(edits.joined):
        edits = edits.leaves(row)
    for row in range(2, 8):
        edits = edits.stays(row)
        for heading, cell in zip(HEADINGS, ROWS[row - 2], strict=True):
            edits = edits.changed(row, heading, cell, cell)
    assert not edits

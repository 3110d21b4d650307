"""A DataFrame is read as a file with the same cells would be."""

from __future__ import annotations

import datetime
import io
import warnings
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import planner
from planner.model.domain import ColumnKind, Roster
from planner.model.problems import InputError
from planner.rosters import Reading, SourceFile, read_class_list
from planner.rosters.frames import read_frame

NAMES = ["Noor van der Berg", "Sem Visser", "Ali Yıldız", "Juul de Vries"]


def people(**columns: object) -> pd.DataFrame:
    return pd.DataFrame(
        {"Student number": ["0912345", "0912346", "0912347", "0912348"], "Name": NAMES, **columns}
    )


def quietly(frame: pd.DataFrame, **options: object) -> Roster:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", planner.ReadingWarning)
        return Roster.from_frame(frame, **options)


def as_csv(frame: pd.DataFrame) -> Reading:
    content = frame.to_csv(index=False, lineterminator="\r\n", quoting=1).encode("utf-8-sig")
    return read_class_list(SourceFile("class list", content), heading_row=1)


def as_workbook(frame: pd.DataFrame) -> Reading:
    file = io.BytesIO()
    frame.to_excel(file, index=False, engine="openpyxl")
    return read_class_list(SourceFile("class list", file.getvalue() or b""), heading_row=1)


def told(reading: Reading) -> list[str]:
    """What was said of it, but for how a file is written."""
    beside = {"separator", "encoding"}
    return [problem.text("en") for problem in reading.problems if problem.code not in beside]


# Any frame of texts, and its CSV

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12)
CELLS = st.one_of(
    TEXTS,
    st.sampled_from(
        ["ja", "nee", "7,5", "8.0", "0912345", "ma ochtend; di middag", "NA", "=1+1", " x ", "-", ""]
    ),
    st.none(),
)
HEADINGS = st.one_of(
    st.sampled_from(
        ["Studentnummer", "Naam", "E-mail", "Achternaam", "Voornaam", "Klas", "Cijfer", "Opleiding"]
    ),
    TEXTS,
)


@st.composite
def frames(draw: st.DrawFn) -> pd.DataFrame:
    headings = draw(st.lists(HEADINGS, min_size=1, max_size=5))
    rows = draw(st.lists(st.tuples(*[CELLS for _ in headings]), min_size=1, max_size=6))
    frame = pd.DataFrame(rows, columns=headings, dtype=object)
    numbers = [str(1000000 + place) for place in range(len(rows))]
    if draw(st.booleans()):
        frame.insert(0, "Student number", numbers)
    return frame


@given(frames())
def test_any_frame_gives_what_its_csv_gives(frame: pd.DataFrame) -> None:
    mine, file = read_frame(frame), as_csv(frame)
    assert mine.roster == file.roster
    assert mine.columns == file.columns
    assert told(mine) == told(file)


# Any kind of value, and its workbook

KINDS: Mapping[str, st.SearchStrategy[object]] = {
    "int": st.integers(-(10**9), 10**9),
    "float": st.floats(-1e9, 1e9, allow_nan=False).map(lambda value: round(value, 3)),
    "bool": st.booleans(),
    "date": st.dates(datetime.date(1990, 1, 1), datetime.date(2060, 1, 1)),
    "moment": st.datetimes(datetime.datetime(1990, 1, 1), datetime.datetime(2060, 1, 1)).map(
        lambda value: value.replace(microsecond=0)
    ),
}


@st.composite
def typed_frames(draw: st.DrawFn) -> pd.DataFrame:
    size = draw(st.integers(3, 6))
    frame = pd.DataFrame({"Student number": [1000000 + place for place in range(size)]})
    for kind in draw(st.lists(st.sampled_from(sorted(KINDS)), min_size=1, max_size=4, unique=True)):
        cells = st.one_of(KINDS[kind], st.none())
        frame[f"Question {kind}"] = draw(st.lists(cells, min_size=size, max_size=size))
        if draw(st.booleans()):
            frame[f"Question {kind}"] = frame[f"Question {kind}"].convert_dtypes()
    return frame


@given(typed_frames())
def test_any_kind_of_value_means_what_it_means_in_a_workbook(frame: pd.DataFrame) -> None:
    mine, file = read_frame(frame), as_workbook(frame)
    assert mine.roster == file.roster
    assert mine.columns == file.columns


# What scripts have


@pytest.mark.parametrize(
    ("cells", "answers"),
    [
        ([7.5, np.nan, 8.0, 6.25], ["7.5", "", "8", "6.25"]),
        (pd.array([1, None, 3, 4], dtype="Int64"), ["1", "", "3", "4"]),
        (pd.Categorical(["x", None, "y", "x"]), ["x", "", "y", "x"]),
        ([True, False, None, True], ["TRUE", "FALSE", "", "TRUE"]),
        (
            pd.to_datetime(["2026-01-05", None, "2026-01-06", "2026-01-07"]),
            ["2026-01-05", "", "2026-01-06", "2026-01-07"],
        ),
        ([["ma ochtend", "di middag"], (), {"b", "a"}, None], ["ma ochtend; di middag", "", "a; b", ""]),
        (pd.period_range("2026-01", periods=4, freq="M"), ["2026-01", "2026-02", "2026-03", "2026-04"]),
        (np.array([1, 2, 3, 4], dtype=np.int8), ["1", "2", "3", "4"]),
        (pd.array(["a", pd.NA, "b", ""], dtype="string"), ["a", "", "b", ""]),
    ],
    ids=["float", "Int64", "categorical", "bool", "datetime", "lists", "period", "int8", "string"],
)
def test_columns_of_every_dtype(cells: object, answers: list[str]) -> None:
    roster = quietly(people(Answer=cells), kinds={"Answer": "text"})
    assert [student.answer("Answer") for student in roster.students] == answers


def test_numbers_that_lost_their_zeros_are_told() -> None:
    frame = people()
    frame["Student number"] = [912345, 1912346, 1912347, 1912348]
    with pytest.warns(planner.ReadingWarning, match="1 number is shorter than the rest: 912345"):
        roster = Roster.from_frame(frame, id="Student number", name="Name")
    assert roster.students[0].id == "912345"


def test_numbers_that_became_decimals_are_ids_again() -> None:
    frame = people()
    frame["Student number"] = [1912345.0, 1912346.0, 1912347.0, 1912348.0]
    assert list(quietly(frame).by_id) == ["1912345", "1912346", "1912347", "1912348"]
    frame["Student number"] = [10**17 + place for place in range(4)]  # longer than a float is exact
    assert list(quietly(frame).by_id)[1] == "100000000000000001"


def test_the_columns_that_are_named_count_whatever_they_are_called() -> None:
    frame = people(ref=["a1", "a2", "a3", "a4"]).rename(columns={"Name": "Wie"})
    roster = quietly(frame, id="ref", name="Wie")
    assert list(roster.by_id) == ["a1", "a2", "a3", "a4"]
    assert [student.name for student in roster.students] == NAMES


def test_names_in_parts() -> None:
    frame = pd.DataFrame({"nr": [1, 2], "a": ["Noor", "Sem"], "b": ["van der", ""], "c": ["Berg", "Visser"]})
    roster = quietly(frame, id="nr", first_name="a", infix="b", last_name="c")
    assert [student.name for student in roster.students] == ["Noor van der Berg", "Sem Visser"]
    assert roster.students[0].sort_name == "Berg, Noor van der"


def test_an_index_with_a_name_is_a_column() -> None:
    frame = people(Grade=[7, 8, 6, 9])
    assert quietly(frame.set_index("Student number")) == quietly(frame)


def test_earlier_groups_are_columns_those_of_long_ago_first() -> None:
    long_ago = pd.DataFrame({"Student number": ["0912345", "0912346"], "Group": ["Elm", "Elm"]})
    last_year = pd.DataFrame({"Student number": ["0912346", "0999999"], "Group": ["Oak", "Oak"]})
    roster = quietly(people(), earlier={"2024": long_ago, "2025": last_year})
    assert roster.headings == ("2024", "2025")
    assert {roster.kind(one) for one in roster.headings} == {ColumnKind.EARLIER_GROUP}
    assert [list(map(one.answer, roster.headings)) for one in roster.students] == [
        ["Elm", ""],
        ["Elm", "Oak"],
        ["", ""],
        ["", ""],
    ]


def test_a_survey_is_joined() -> None:
    survey = pd.DataFrame({"Student number": ["0912346", "0912345"], "Day": ["di", "ma"]})
    roster = quietly(people(), survey=survey)
    assert [student.answer("Day") for student in roster.students] == ["ma", "di", "", ""]


def test_kinds_correct_what_a_column_means() -> None:
    frame = people(Code=[1, 2, 1, 2])
    assert quietly(frame).kind("Code") is not ColumnKind.CATEGORY
    assert quietly(frame, kinds={"Code": "category"}).kind("Code") is ColumnKind.CATEGORY
    assert quietly(frame, kinds={"Code": ColumnKind.CATEGORY}).kind("Code") is ColumnKind.CATEGORY


@pytest.mark.parametrize(
    ("frame", "options", "sentence"),
    [
        (
            people().set_index(["Name", "Student number"]),
            {},
            "have several levels. Give every column one heading",
        ),
        (pd.concat({"a": people()}, axis=1), {}, "have several levels"),
        (
            people(),
            {"id": "Studentnumber"},
            "There is no column “Studentnumber”. Did you mean “Student number”?",
        ),
        (people(), {"kinds": {"zzz": "category"}}, "There is no column “zzz”. Columns you can use: "),
        (people().iloc[:0], {}, "Columns found, but no students."),
        (pd.DataFrame(), {}, "no headings on row"),
        (
            pd.DataFrame({"Grade": ["7", "8"], "Remark": ["good", "fair"]}),
            {},
            "There is no column with student numbers",
        ),
        (
            people(**{"Student number": ["1", "1", "2", "3"]}),
            {},
            "class list, row 3, column Student number: ",
        ),
        (
            people(Note=["a\x00b", "", "", ""]),
            {},
            "class list, row 2, column Note: There is an unreadable character",
        ),
    ],
    ids=["rows", "columns", "id", "kinds", "nobody", "empty", "no id", "twice", "nul"],
)
def test_what_is_refused_says_where_and_what_to_do(
    frame: pd.DataFrame, options: dict[str, object], sentence: str
) -> None:
    with pytest.raises(planner.InputError) as refused:
        quietly(frame, **options)
    assert sentence in str(refused.value)
    assert refused.value.text("nl") != str(refused.value)


def test_names_alone_tell_people_apart() -> None:
    assert [one.id for one in quietly(people()[["Name"]]).students] == list(NAMES)


def test_a_scale_says_its_order() -> None:
    frame = people(Level=["low", "high", "low", "middle"])
    roster = quietly(frame, kinds={"Level": "scale: high < middle < low"})
    assert roster.columns[0].order == ("high", "middle", "low")


def test_what_is_no_frame_is_a_type_error() -> None:
    with pytest.raises(TypeError, match="a pandas DataFrame is needed here, not list"):
        Roster.from_frame([{"Student number": 1}])  # type: ignore[arg-type]


def test_half_a_letter_is_told_like_any_broken_sign() -> None:
    assert (
        quietly(people(Note=pd.Series(["a\ud800b", "", "", ""], dtype=object))).students[0].answer("Note")
        == "a?b"
    )


def test_a_roster_as_a_frame() -> None:
    frame = quietly(people(Grade=[7.5, 8, None, 6])).to_frame()
    assert frame.columns.tolist() == ["student", "name", "Grade"]
    assert frame.iloc[0].tolist() == ["0912345", "Noor van der Berg", "7.5"]
    assert quietly(frame, id="student").students == quietly(people(Grade=[7.5, 8, None, 6])).students


def test_warnings_are_in_the_language_asked_for_and_point_at_the_script() -> None:
    frame = people()
    frame["Student number"] = [912345, 1912346, 1912347, 1912348]
    with pytest.warns(planner.ReadingWarning, match="1 nummer is korter") as found:
        Roster.from_frame(frame, language="nl")
    assert found[0].filename == __file__
    assert isinstance(found[0].message, planner.ReadingWarning)
    assert found[0].message.problem.code == "short-numbers"


def test_an_error_is_an_input_error_of_the_house() -> None:
    assert planner.InputError is InputError


@pytest.mark.parametrize(
    "said",
    [{"id": "Name", "name": "Name"}, {"id": "Student number", "kinds": {"Student number": "number"}}],
)
def test_of_a_column_one_thing_is_said(said: Mapping[str, object]) -> None:
    """The last that was said of it counted, and the rest was dropped without a word."""
    with pytest.raises(InputError, match="is given two meanings: student-number and"):
        Roster.from_frame(people(), **said)


def test_the_same_said_twice_is_no_matter() -> None:
    assert quietly(people(), id="Student number", kinds={"Student number": "student-number"}).by_id


def test_what_is_said_of_columns_of_a_file_is_of_columns_that_it_has(tmp_path: Path) -> None:
    """A slip in a heading was taken without a word, and the column stayed what it was."""
    people(Grade=[7, 8, 6, 5]).to_csv(tmp_path / "list.csv", index=False)
    with pytest.raises(InputError, match=r"“Grad” to correct. Did you mean “Grade”"):
        planner.read_class_list(tmp_path / "list.csv", kinds={"Grad": "category"})
    with pytest.raises(InputError, match=r"“categry” does not say .* Did you mean “category”"):
        planner.read_class_list(tmp_path / "list.csv", kinds={"Grade": "categry"})
    assert planner.read_class_list(tmp_path / "list.csv", kinds={"grade": "category"}).headings == ("Grade",)


def test_a_column_of_dates_is_not_left_out_without_a_word() -> None:
    """A script saw nothing of it: the column was just not there."""
    born = pd.to_datetime(["2001-03-01", "2002-05-04", "2001-07-09", "2003-01-02"])
    with pytest.warns(planner.ReadingWarning, match="“Born” has dates") as told:
        roster = Roster.from_frame(people(Born=born))
    assert roster.headings == ()
    assert [one.message.problem.code for one in told] == ["dates-left-out"]
    kept = quietly(people(Born=born), kinds={"Born": "category"})
    assert kept.headings == ("Born",)

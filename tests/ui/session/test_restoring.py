"""A class list that was saved, as a file that is read anew."""

from __future__ import annotations

import csv
import json

from streamlit.testing.v1 import AppTest

from planner.rosters import SourceFile
from planner.ui.session.restoring import listed
from planner.ui.session.state import Session
from tests.builders.classes import make_roster
from tests.builders.pages import course_of, english, go, load, opened, session_of
from tests.builders.places import DATA


def reopened(file: SourceFile) -> tuple[Session, Session]:
    """Return the page of a class list, and the page on which it was opened again."""
    before, after = Session(), Session()
    before.take(file)
    before.read()
    assert before.roster is not None
    after.class_list, after.kinds = listed(before.roster, "Klas")
    after.read()
    return before, after


def test_a_list_that_is_opened_again_has_headings_and_names_that_people_read() -> None:
    """It had `student_id` and `name`, and under the latter "Berg, Stijn van den"."""
    before, after = reopened(SourceFile("klas-28.csv", (DATA / "klas-28.csv").read_bytes()))
    assert before.roster is not None
    assert after.roster is not None
    assert after.class_list is not None
    rows = list(csv.reader(after.class_list.content.decode("utf-8-sig").splitlines()))
    assert rows[0][:3] == ["Studentnummer", "Volledige naam", "E-mailadres"]
    assert "Mateus van 't Hof" in {row[1] for row in rows}
    assert after.roster.students == before.roster.students


def test_headings_of_our_own_are_shown_in_the_language_of_the_page(in_use: AppTest) -> None:
    """An English page had "Studentnummer" and "Volledige naam"; the file keeps its headings."""
    page = load(course_of(in_use))
    page.session_state["more_columns"] = True
    page = opened(english(go(page, "")))
    labels = [one.label for one in page.selectbox]
    assert {"Student number", "Full name", "E-mail address"} <= set(labels)
    table = json.loads(page.data_editor[0].proto.columns)
    assert table["Studentnummer"]["label"] == "Student number"
    file = session_of(page).class_list
    assert file is not None
    assert file.content.decode("utf-8-sig").startswith("Studentnummer,Volledige naam,E-mailadres,")
    page.session_state["language"] = "nl"
    assert "Studentnummer" in [one.label for one in page.run().selectbox]


def test_a_name_that_would_be_taken_apart_in_another_way_stands_as_it_is_sorted() -> None:
    roster = make_roster([{"id": "1"}, {"id": "2"}])
    first = roster.students[0].model_copy(
        update={
            "name": "Anna Maria Lopez Garcia",
            "call_name": "Anna",
            "sort_name": "Lopez Garcia, Anna",
        }
    )
    file, _ = listed(roster.model_copy(update={"students": (first, roster.students[1])}), "Klas")
    assert "Lopez Garcia, Anna" in file.content.decode()

"""What columns mean, on the page: seen with examples, corrected in one choice, and the order of a scale."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Selectbox

from planner.model.domain import ColumnKind
from tests.builders.pages import session_of, texts, upload_list

HEADINGS = ["Studentnummer;Naam;Ik kan programmeren;Blok 1"]
LEVELS = ("helemaal eens", "oneens", "neutraal", "oneens")
LIST = "\n".join(
    [*HEADINGS, *(f"120000{n};Student S{n};{level};{n % 2}" for n, level in enumerate(LEVELS))]
).encode()
GROUPS = b"Studentnummer;Groep\n1200000;Rood\n1200001;Rood\n1200002;Blauw\n"


@pytest.fixture
def meanings(page: AppTest) -> AppTest:
    """Return the first page with a class of four, and what its columns mean."""
    upload_list(page, "klas.csv", LIST)
    page.session_state["more_columns"] = True
    return page.run()


def order_of(page: AppTest, heading: str) -> tuple[str, ...]:
    roster = session_of(page).roster
    assert roster is not None
    column = roster.column(heading)
    assert column is not None
    return column.order


def meaning_of(page: AppTest, heading: str) -> Selectbox:
    return next(one for one in page.selectbox if one.label == heading and str(one.key).startswith("meaning_"))


def test_the_order_of_a_scale_is_shown_turned_round_and_changed(meanings: AppTest) -> None:
    (field,) = meanings.text_area
    assert field.value == "oneens\nneutraal\nhelemaal eens"
    turn = next(one for one in meanings.button if str(one.key).startswith("turn_"))
    turn.click().run()
    assert meanings.text_area[0].value == "helemaal eens\nneutraal\noneens"
    meanings.text_area[0].set_value("neutraal\noneens\n\nhelemaal eens ").run()
    assert order_of(meanings, "Ik kan programmeren") == ("neutraal", "oneens", "helemaal eens")
    assert not meanings.exception


def test_a_meaning_is_corrected_in_one_choice(meanings: AppTest) -> None:
    roster = session_of(meanings).roster
    assert roster is not None
    assert roster.kind("Blok 1") is ColumnKind.NUMBER
    meaning_of(meanings, "Blok 1").set_value(ColumnKind.EARLIER_GROUP).run()
    roster = session_of(meanings).roster
    assert roster is not None
    assert roster.kind("Blok 1") is ColumnKind.EARLIER_GROUP
    meaning_of(meanings, "Ik kan programmeren").set_value(ColumnKind.CATEGORY).run()
    assert order_of(meanings, "Ik kan programmeren") == ()
    assert not meanings.text_area


def test_groups_of_before_are_added_beside_the_list_and_taken_away(meanings: AppTest) -> None:
    meanings.session_state["more_earlier"] = True
    meanings.run()
    meanings.file_uploader(key="earlier_groups").upload("jaar-1.csv", GROUPS, "text/csv").run()
    roster = session_of(meanings).roster
    assert roster is not None
    assert [student.answer("jaar-1.csv") for student in roster.students] == ["Rood", "Rood", "Blauw", ""]
    assert "3 van de 4 studenten zaten hier in een groep" in texts(meanings)
    meanings.button(key="drop_earlier_0").click().run()
    roster = session_of(meanings).roster
    assert roster is not None
    assert "jaar-1.csv" not in roster.headings

"""The workbook: what people see, that nothing in it acts, and that it repeats."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from python_calamine import CalamineWorkbook

from planner.exports.workbook import workbook
from planner.model.domain import Left, Roster, Turn
from planner.model.handover import Change, Handover, Presence
from planner.model.text import message
from tests.builders.plans import HOSTILE, plan_of, small_plan, small_roster, student


def opened(data: bytes) -> Workbook:
    return load_workbook(io.BytesIO(data))


def cells(data: bytes, sheet: str) -> list[tuple[object, ...]]:
    return list(opened(data)[sheet].iter_rows(values_only=True))


def test_sheets_in_dutch() -> None:
    data = workbook(small_roster(), small_plan())
    assert opened(data).sheetnames == ["Groepen", "Rollen"]
    assert cells(data, "Groepen") == [
        ("Groep", "Naam", "Studentnummer", "Rol in week 1"),
        ("Groep 1", "Noor van der Berg", "0912345", "Spreker"),
        ("Groep 1", "Zoë Öztürk", "1000003", "Notulist"),
        ("Groep 2", "Ali Çelik", "1000001", "Spreker"),
        ("Groep 2", "Sem Dekker", "1000002", "Notulist"),
    ]
    assert cells(data, "Rollen") == [
        ("Groep", "Naam", "Week 1", "Week 2"),
        ("Groep 1", "Noor van der Berg", "Spreker", "Notulist"),
        ("Groep 1", "Zoë Öztürk", "Notulist", "Spreker"),
        ("Groep 2", "Ali Çelik", "Spreker", "Notulist"),
        ("Groep 2", "Sem Dekker", "Notulist", "Spreker"),
    ]


def test_who_left_stands_with_the_group_they_were_in() -> None:
    plan = small_plan()
    then = [plan.groups[0].model_copy(update={"members": ("1999999",)})]
    left = {"1999999": Left(name="Bo Smit", roles=((1, "Notulist"), (1, "Spreker")))}
    now = Handover(presence=Presence(2, [(1, then), (2, plan.groups)], left))
    assert cells(workbook(small_roster(), plan, now), "Rollen")[2:5] == [
        ("Groep 1", "Zoë Öztürk", "Notulist", "Spreker"),
        ("Groep 1", "Bo Smit", "Notulist + Spreker", ""),
        ("Groep 2", "Ali Çelik", "Spreker", "Notulist"),
    ]


def test_changes_only_when_given() -> None:
    changes = (
        Change("1000001", "Ali Çelik", "Groep 1", "Groep 2", message("Group")),
        Change("1000009", "Bo Smit", "Groep 2", None, message("Group")),
    )
    data = workbook(small_roster(), small_plan("en"), Handover(week=2, changes=changes))
    assert opened(data).sheetnames == ["Groups", "Roles", "Changes"]
    assert cells(data, "Groups")[0] == ("Group", "Name", "Student number", "Role in week 2")
    assert cells(data, "Changes") == [
        ("Name", "Student number", "From group", "To group", "Why"),
        ("Ali Çelik", "1000001", "Groep 1", "Groep 2", "Group"),
        ("Bo Smit", "1000009", "Groep 2", "", "Group"),
    ]


def test_without_roles_there_is_one_sheet() -> None:
    data = workbook(small_roster(), plan_of([("Groep 1", ["1000001"])]))
    assert opened(data).sheetnames == ["Groepen"]


def test_people_who_share_a_name_have_their_number_with_the_roles() -> None:
    roster = Roster(students=(student("1000001", "Noor Bos"), student("1000002", "Noor Bos")))
    turns = [Turn(week=1, group="G", student_id="1000001", role="Notulist")]
    rows = cells(workbook(roster, plan_of([("G", ["1000001", "1000002"])], turns)), "Rollen")
    assert [row[1] for row in rows[1:]] == ["Noor Bos (1000001)", "Noor Bos (1000002)"]


def test_ids_that_are_addresses_are_called_so() -> None:
    roster = Roster(students=(student("noor@x.example", "Noor"),))
    data = workbook(roster, plan_of([("G", ["noor@x.example"])]))
    assert cells(data, "Groepen")[0][2] == "E-mail"


def test_the_look_of_a_sheet() -> None:
    sheet = opened(workbook(small_roster(), small_plan()))["Groepen"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:D5"
    assert sheet.print_title_rows == "$1:$1"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage  # one page wide, which is what Excel takes by itself
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.column_dimensions["B"].width > sheet.column_dimensions["A"].width > 6
    number = sheet["C2"]
    assert (number.data_type, number.number_format, number.quotePrefix) == ("s", "@", True)
    assert sheet["A2"].border.top.style == sheet["A4"].border.top.style == "thin"
    assert sheet["A3"].border.top.style is None


def test_the_same_plan_gives_the_same_bytes_without_dates_of_today() -> None:
    data = workbook(small_roster(), small_plan())
    assert data == workbook(small_roster(), small_plan())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.read("docProps/core.xml").count(b"2000-01-01T00:00:00Z") == 2


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_are_text(name: str) -> None:
    roster = Roster(students=(student("1000001", name),))
    plan = plan_of([(name, ["1000001"])], [Turn(week=1, group=name, student_id="1000001", role=name)])
    data = workbook(roster, plan)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = [archive.read(part) for part in archive.namelist() if part.startswith("xl/worksheets/sheet")]
    assert len(sheets) == 2
    assert not any(b"<f>" in sheet or b"<hyperlink" in sheet for sheet in sheets)
    for sheet in opened(data).worksheets:
        for cell in sheet[2]:
            assert cell.data_type == "s"
            assert cell.quotePrefix


def shown(data: bytes) -> list[object]:
    """Return the texts of the first row below the headings, as the reader of class lists sees them."""
    return list(CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name("Groepen").to_python()[1])


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20))
@settings(max_examples=60)
def test_any_name_gives_a_workbook_that_opens(name: str) -> None:
    roster = Roster(students=(student("1000001", name),))
    texts = shown(workbook(roster, plan_of([("Groep 1", ["1000001"])])))
    assert texts[1] == name


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_shown_as_they_are(name: str) -> None:
    roster = Roster(students=(student("1000001", name),))
    texts = shown(workbook(roster, plan_of([("Groep 1", ["1000001"])])))
    assert texts[1] == (f" {name}" if name.startswith("<r>") else name)

"""The previous plan as it comes back in: folder, plan.json, edited CSV, an LMS export."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.model.domain import Group, group_of
from planner.model.problems import Level
from planner.plans.plan_file import write_course
from planner.plans.previous import Previous, previous_from_course, read_previous
from tests.builders.class_changes import (
    COURSE,
    GROUPS,
    LABEL,
    NAMES,
    SIZE,
    as_excel_saves,
    course_of,
    number,
    one,
    own_rows,
    saved,
    says,
)
from tests.builders.files import csv_file, xlsx


def labels(previous: Previous) -> dict[str, str]:
    return group_of(previous.groups)


def listed(tmp_path: Path, rows: list[list[str]], name: str = "groups.csv") -> Previous:
    path = tmp_path / name
    path.write_bytes(csv_file(rows).content)
    return read_previous(path)


def test_a_plan_folder_comes_back_as_the_course(tmp_path):
    previous = read_previous(saved(tmp_path / "plan"))
    assert previous == previous_from_course(COURSE)
    assert previous.groups == GROUPS
    assert previous.names[number(0)] == "Noor de Wit"
    assert previous.turns == COURSE.plan.turns
    assert previous.problems == ()
    assert not previous.failed


def test_a_plan_json_alone_will_do(tmp_path):
    (tmp_path / "plan.json").write_bytes(write_course(COURSE))
    assert read_previous(tmp_path / "plan.json") == previous_from_course(COURSE)
    assert read_previous(tmp_path) == previous_from_course(COURSE)


def test_a_groups_file_that_excel_only_saved_again_is_no_edit(tmp_path):
    folder = saved(tmp_path / "plan")
    (folder / "groups.csv").write_bytes(as_excel_saves(own_rows()))
    assert read_previous(folder) == previous_from_course(COURSE)


def test_labels_that_excel_took_for_numbers_are_those_of_the_plan(tmp_path):
    groups = [group.model_copy(update={"name": f"00{n}"}) for n, group in enumerate(GROUPS, start=7)]
    course = course_of(COURSE.roster, groups)
    folder = saved(tmp_path / "plan", course)
    (folder / "groups.csv").write_bytes(as_excel_saves(own_rows(course)))
    assert {row[2].lstrip("0") for row in own_rows(course)[1:]} == {"7", "8", "9"}
    assert read_previous(folder) == previous_from_course(course)


def test_an_edited_groups_file_wins_and_says_so(tmp_path):
    folder = saved(tmp_path / "plan")
    rows = [[*row[:2], "Groep 2" if row[0] == number(0) else row[2], row[3]] for row in own_rows()]
    (folder / "groups.csv").write_bytes(as_excel_saves(rows))
    previous = read_previous(folder)
    assert labels(previous) == LABEL | {number(0): "Groep 2"}
    assert [group.name for group in previous.groups] == ["Groep 1", "Groep 10", "Groep 2"]
    assert previous.course == COURSE
    says(
        one(previous.problems, "groups-edited", Level.ASSUMED),
        "The groups were edited after the plan was made. Hecht uses the edited groups. "
        "If that is not right, remove this file from the folder of the plan.",
        "De groepen zijn handmatig gewijzigd nadat het plan was gemaakt. Hecht gebruikt de gewijzigde "
        "groepen. "
        "Klopt dat niet? Haal dit bestand dan uit de map van het plan.",
    )


def test_someone_added_by_hand_was_there_too(tmp_path):
    folder = saved(tmp_path / "plan")
    rows = [*own_rows(), ["1099999", "Lotte Mulder", "Groep 1", ""]]
    (folder / "groups.csv").write_bytes(as_excel_saves(rows))
    previous = read_previous(folder)
    assert labels(previous) == LABEL | {"1099999": "Groep 1"}
    assert previous.names["1099999"] == "Lotte Mulder"
    assert {problem.code for problem in previous.problems} == {
        "groups-edited",
        "separator",
        "windows-text",
        "lost-zeros",
    }


def test_someone_taken_out_by_hand_has_no_group(tmp_path):
    folder = saved(tmp_path / "plan")
    (folder / "groups.csv").write_bytes(as_excel_saves([r for r in own_rows() if r[1] != "Sem Bakker"]))
    previous = read_previous(folder)
    assert labels(previous) == {one: label for one, label in LABEL.items() if one != number(1)}
    says(
        one(previous.problems, "without-group", Level.ASSUMED),
        "1 student had no group there: Sem Bakker. "
        "Those who are on the new class list are placed as new students.",
        "1 student had daar geen groep: Sem Bakker. "
        "Wie van hen op de nieuwe klassenlijst staat, krijgt een plek als nieuwe student.",
    )


def test_bad_input_53_an_edited_file_with_someone_in_two_groups(tmp_path):
    folder = saved(tmp_path / "plan")
    rows = [*own_rows(), [number(5), "Yara Smit", "Groep 2", ""]]
    (folder / "groups.csv").write_bytes(as_excel_saves(rows))
    for path in (folder, folder / "groups.csv"):
        previous = read_previous(path)
        assert previous.groups == ()
        assert previous.failed
        found = one(previous.problems, "two-groups", Level.ERROR)
        assert (found.file, found.row) == ("groups.csv", SIZE + 2)
        says(
            found,
            "Yara Smit (1012345) is in Groep 1 and in Groep 2. Which one? "
            "Remove one of the rows from the file: 4 and 12.",
            "Yara Smit (1012345) zit in Groep 1 en in Groep 2. Welke is het? "
            "Haal een van de rijen uit het bestand: 4 en 12.",
        )


def test_bad_input_54_twin_names_are_one_group(tmp_path):
    previous = listed(
        tmp_path,
        [
            ["student_id", "name", "group"],
            ["1012340", "Noor de Wit", "Groep 1"],
            ["1012341", "Sem Bakker", "groep 1 "],
            ["1012342", "Ayşe Yılmaz", "Groep 1"],
        ],
    )
    assert previous.groups == (Group(name="Groep 1", members=("1012340", "1012341", "1012342")),)
    says(
        one(previous.problems, "group-twins", Level.FIXED),
        "“Groep 1” and “groep 1” are treated as one group, “Groep 1”.",
        "“Groep 1” en “groep 1” tellen als één groep: “Groep 1”.",
    )


def test_our_own_csv_needs_no_class_list_of_then(tmp_path):
    previous = listed(tmp_path, own_rows())
    assert labels(previous) == LABEL
    assert [group.name for group in previous.groups] == ["Groep 1", "Groep 10", "Groep 2"]
    assert previous.names == {number(place): name for place, name in enumerate(NAMES)}
    assert previous.course is None
    assert previous.turns == ()


def test_roles_that_sound_like_staff_are_roles(tmp_path):
    rows = [["Naam", "Studentnummer", "Groep", "Rol"]]
    rows += [[NAMES[n], number(n), "Team A", "Coach" if n else "Manager"] for n in range(3)]
    assert labels(listed(tmp_path, rows)) == {number(n): "Team A" for n in range(3)}


def test_a_workbook_of_groups(tmp_path):
    path = tmp_path / "groepen.xlsx"
    path.write_bytes(xlsx(own_rows()))
    assert labels(read_previous(path)) == LABEL


def test_a_canvas_group_export_with_gaps(tmp_path):
    headings = "name, canvas_user_id, user_id, login_id, sections, group_name, canvas_group_id, group_id"
    previous = listed(
        tmp_path,
        [
            headings.split(","),
            ["Noor de Wit", "48001", "0912340", "nwit", "H2A", "Groep 1", "7", ""],
            ["Sem Bakker", "48002", "", "sbakker", "H2A", "Groep 1", "7", ""],
            ["Zoë Jansen", "48003", "", "", "H2A", "Groep 2", "8", ""],
            ["Yara Smit", "48004", "1012345", "ysmit", "H2A", "", "", ""],
        ],
    )
    assert labels(previous) == {"0912340": "Groep 1", "sbakker": "Groep 1", "48003": "Groep 2"}
    assert {"canvas_user_id:48001", "key:nwit", "key:0912340"} <= previous.keys["0912340"]
    assert "canvas_user_id:48003" in previous.keys["48003"]
    assert one(previous.problems, "without-group", Level.ASSUMED)


def test_names_and_groups_alone(tmp_path):
    previous = listed(tmp_path, [["Naam", "Groep"], ["Wit, Noor de", "A"], ["Sem Bakker", "B"]])
    assert labels(previous) == {"Noor de Wit": "A", "Sem Bakker": "B"}


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("weg.csv", None, "previous-not-found"),
        ("plan.json", b"{}", "plan-unreadable"),
        ("groups.csv", b"", "empty-file"),
        ("groups.csv", b"student_id,name\r\n0912340,Noor de Wit\r\n", "no-groups"),
        ("groups.csv", b"student_id,name,group\r\n0912340,Noor de Wit,\r\n", "nobody-placed"),
    ],
)
def test_what_cannot_be_read_is_said_with_a_way_out(tmp_path, name, content, code):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    previous = read_previous(tmp_path / name)
    found = one(previous.problems, code, Level.ERROR)
    assert found.hint is not None
    assert found.file == name
    assert previous.failed
    assert previous.groups == ()


def test_a_folder_without_a_plan(tmp_path):
    says(
        one(read_previous(tmp_path).problems, "no-previous-plan", Level.ERROR),
        "This folder has no plan.json and no groups.csv. "
        "Choose the folder of the previous plan, or a file with its groups.",
        "In deze map staat geen plan.json en geen groups.csv. "
        "Kies de map van het vorige plan, of een bestand met de groepen ervan.",
    )

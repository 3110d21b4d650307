"""What the command line is told for the files of learning systems, and what it says of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.cli import main

HEADINGS = "Student number,Name,E-mail,Username\n"
PEOPLE = HEADINGS + "".join(f"10{n:05},P {n},p{n}@school.example,u{n}\n" for n in range(12))
RULES = 'language = "en"\n[groups]\nsize = [4, 4]\nnames = "{names}"\n[term]\nweeks = 2\n'


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "class.csv").write_text(PEOPLE, "utf-8")
    (tmp_path / "rules.toml").write_text(RULES.replace("{names}", "Group {n}"), "utf-8")
    return tmp_path


def plan(folder: Path, *more: object) -> int:
    asked = ["plan", folder / "class.csv", "--rules", folder / "rules.toml", "--out", folder / "out"]
    return main([str(one) for one in (*asked, "--effort", "quick", *more)])


def test_moodle_and_blackboard_get_what_was_told(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    export = files / "groups.csv"
    rows = [f"gc_{n},Group {n},,Tutorials,N\n" for n in (1, 2)]
    export.write_text("Group Code,Title,Description,Group Set,Self Enroll\n" + "".join(rows), "utf-8")
    assert plan(files, "--moodle-course", "PSY 101", "--blackboard-groups", export) == 0
    imports = files / "out" / "imports"
    assert "username,course1,group1\nu" in (imports / "moodle-members.csv").read_text()
    assert (imports / "moodle-members.csv").read_text().count(",PSY 101,Group ") == 12
    assert (imports / "blackboard-groups.csv").read_text().splitlines()[1:] == [
        "group-3,Group 3,,Tutorials,N"
    ]
    codes = [line.split(",")[0] for line in (imports / "blackboard-members.csv").read_text().splitlines()[1:]]
    assert {code: codes.count(code) for code in codes} == {"gc_1": 4, "gc_2": 4, "group-3": 4}
    assert "Moodle" not in capsys.readouterr().out
    again = ["replan", files / "class.csv", "--previous", files / "out", "--out", files / "new"]
    assert main([str(one) for one in again]) == 0
    assert "There is no file with members for Moodle yet" in capsys.readouterr().out
    assert not (files / "new" / "imports" / "moodle-members.csv").exists()


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (["--moodle-course", "PSY,101"], "“PSY,101” cannot be the short name of a course in Moodle."),
        (
            ["--blackboard-groups", "class.csv"],
            "class.csv: This file has no columns “Group Code” and “Title”.",
        ),
        (["--blackboard-groups", "nowhere.csv"], "nowhere.csv cannot be opened"),
    ],
)
def test_what_cannot_be_used_is_told_before_anything_is_planned(
    files: Path, more: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    option, value = more
    assert plan(files, option, files / value if option == "--blackboard-groups" else value) == 2
    assert told in capsys.readouterr().err
    assert not (files / "out").exists()


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", "Moodle does not read “1” as the name of a group."), ("nl", "Moodle leest “1” niet als de naam")],
)
def test_names_that_a_system_cannot_take_are_told_beside_the_plan(
    files: Path, language: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (files / "rules.toml").write_text(RULES.replace("{names}", "{n}"), "utf-8")
    assert plan(files, "--moodle-course", "PSY", "--language", language) == 0
    assert told in capsys.readouterr().err
    made = {path.name for path in (files / "out" / "imports").iterdir()}
    assert {"zoom-rooms.csv", "blackboard-members.csv"} <= made
    assert not [name for name in made if name.startswith("moodle")]


def test_student_numbers_can_be_user_names(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """On the command line Blackboard was left out without a word where the list has no user names."""
    rows = [line.rpartition(",")[0] for line in PEOPLE.splitlines()]
    (files / "class.csv").write_text("\n".join(rows) + "\n", "utf-8")
    assert plan(files) == 0
    said = capsys.readouterr().out
    assert "12 students have no user name, and Blackboard recognises students by it." in said
    assert "(Option: --number-is-username)" in said
    assert "(Option: --moodle-course NAME)" in said
    assert plan(files, "--number-is-username") == 0
    assert "Blackboard" not in capsys.readouterr().out
    assert ",1000003" in (files / "out" / "imports" / "blackboard-members.csv").read_text()

"""The sample files in data/ are read without errors, each as what it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.model.problems import Level
from planner.rosters import SourceFile, read_class_list, read_groups
from tests.builders.places import DATA

FILES = sorted(path for pattern in ("*.csv", "*.xlsx") for path in DATA.rglob(pattern))
SOURCES = {
    "klas-28.csv": "Student administration",
    "cohort-120.csv": "Class list",
    "blackboard-gradebook.csv": "Blackboard gradebook",
    "brightspace-grades.csv": "Brightspace grade export",
    "canvas-gradebook.csv": "Canvas gradebook",
    "canvas-groups.csv": "Canvas group export",
    "google-forms.csv": "Google Forms",
    "microsoft-forms.xlsx": "Microsoft Forms",
    "moodle-participants.csv": "Moodle participants",
    "osiris.xlsx": "Student administration",
}


def source_file(path: Path) -> SourceFile:
    return SourceFile(path.name, path.read_bytes())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_sample_is_read(path: Path) -> None:
    reading = read_class_list(source_file(path))
    assert [problem.text("en") for problem in reading.problems if problem.level is Level.ERROR] == []
    assert reading.source.text("en") == SOURCES.get(path.name, reading.source.text("en"))
    assert len(reading.require().students) >= 12


@pytest.mark.parametrize(
    ("name", "size"), [("klas-28.csv", 28), ("cohort-120.csv", 120), ("lms/osiris.xlsx", 26)]
)
def test_nobody_is_lost(name: str, size: int) -> None:
    assert len(read_class_list(source_file(DATA / name)).require().students) == size


@pytest.mark.parametrize(
    "name",
    [
        "blackboard-gradebook.csv",
        "brightspace-grades.csv",
        "canvas-gradebook.csv",
        "canvas-groups.csv",
        "moodle-participants.csv",
    ],
)
def test_every_system_gives_the_same_students(name: str) -> None:
    wanted = read_class_list(source_file(DATA / "lms/osiris.xlsx")).require()
    found = read_class_list(source_file(DATA / "lms" / name)).require()
    assert {(student.id, student.name, student.sort_name) for student in found.students} == {
        (student.id, student.name, student.sort_name) for student in wanted.students
    }


@pytest.mark.parametrize(("survey", "answers"), [("microsoft-forms.xlsx", 23), ("google-forms.csv", 23)])
def test_surveys_are_joined_with_the_class(survey: str, answers: int) -> None:
    reading = read_class_list(source_file(DATA / "lms/osiris.xlsx"), source_file(DATA / "lms" / survey))
    assert reading.unmatched == ()
    assert len(reading.require().students) - len(reading.unanswered) == answers


def test_groups_of_canvas_are_matched_with_the_class() -> None:
    roster = read_class_list(source_file(DATA / "lms/osiris.xlsx")).require()
    groups = read_groups(source_file(DATA / "lms/canvas-groups.csv"), roster).require()
    assert sum(len(group.members) for group in groups.groups) + len(groups.missing) == 26
    assert groups.unknown == ()
    assert len(groups.groups) > 1

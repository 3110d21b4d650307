"""What a learning system has after an import, beside the plan: missing, elsewhere, extra; what mends it."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

import pytest

from planner.exports import Elsewhere, target
from planner.model.problems import InputError
from planner.plans.course import Course
from planner.rosters import SourceFile, read_groups
from planner.services.read_back import ReadBack, read_back
from tests.builders.classes import make_groups, make_roster, make_rules
from tests.builders.edited_courses import course_of

SYSTEMS = ("canvas", "brightspace", "brightspace-short", "moodle-plugin", "moodle", "blackboard")
THERE = Elsewhere(moodle_course="OZ26")
PLANNED = {
    one: group
    for group, members in (("Groep 1", "abc"), ("Groep 2", "de"), ("Groep 3", "fgh"))
    for one in members
}


@pytest.fixture(scope="module")
def course() -> Course:
    roster = make_roster([{"Programme": "Law"}] * 8)
    students = tuple(
        one.model_copy(
            update={
                "email": f"{one.id}@x.example",
                "keys": {"login_id": f"u{one.id}", "username": f"u{one.id}", "org_defined_id": one.id},
            }
        )
        for one in roster.students
    )
    roster = roster.model_copy(update={"students": students})
    return course_of(make_rules("[groups]\nsize = [2, 4]\n"), roster, make_groups("abc", "de", "fgh"))


def exported(groups: Mapping[str, str], *more: tuple[str, str]) -> SourceFile:
    """Return groups as Canvas exports them; who is in none has an empty cell."""
    lines = ["name,canvas_user_id,user_id,login_id,sections,group_name,canvas_group_id,group_id"]
    lines += [f"{one},,{one},u{one},S1,{groups.get(one, '')},," for one in PLANNED]
    lines += [f"{name},,9{name},u9{name},S1,{group},," for name, group in more]
    return SourceFile("export.csv", "\n".join(lines).encode())


def held(course: Course, file: SourceFile, system: str = "canvas") -> ReadBack:
    return read_back(
        course, file, target(system), THERE, lambda file, roster: read_groups(file, roster).require()
    )


def test_a_system_that_has_it_all_needs_nothing(course: Course) -> None:
    found = held(course, exported(PLANNED))
    assert found.agrees
    assert found.placed == 8
    assert found.files == ()
    assert found.summary.text("nl") == "Alle 8 studenten van het plan zitten daar in de juiste groep."


def test_who_is_missing_elsewhere_or_extra_is_named(course: Course) -> None:
    there = {**PLANNED, "a": "Groep 2"}
    del there["h"]
    found = held(course, exported(there, ("Robin", "Groep 3")))
    names = course.roster.shown_names
    assert [one.told.text("en") for one in found.misplaced] == [
        f"{names['a']} is in Groep 2 there; the plan: Groep 1.",
        f"{names['h']} is in no group there; the plan: Groep 3.",
    ]
    assert found.extra == ("Robin",)
    assert not found.agrees
    assert found.summary.text("nl") == "6 studenten zitten daar in de juiste groep, 2 niet."
    assert "Robin" in found.told_extra.text("nl")


@pytest.mark.parametrize("system", SYSTEMS)
def test_what_mends_it_moves_those_two_and_nobody_else(course: Course, system: str) -> None:
    there = {**PLANNED, "a": "Groep 2"}
    del there["h"]
    found = held(course, exported(there), system)
    assert found.files
    for file in found.files:
        written = [
            one
            for one in PLANNED
            if f"u{one}" in file.content.decode() or f"{one}@x" in file.content.decode()
        ]
        assert written == ["a", "h"]
    if system == "brightspace":
        rows = list(csv.reader(io.StringIO(found.files[0].content.decode("utf-8-sig"))))
        assert [(row[0], row[1], row[3]) for row in rows[1:]] == [
            ("UNENROLL", "ua", "Groep 2"),
            ("ENROLL", "ua", "Groep 1"),
            ("ENROLL", "uh", "Groep 3"),
        ]


def test_what_mends_it_mends_it(course: Course) -> None:
    """The import of those who differ, taken over there, leaves nothing that differs."""
    there = {**PLANNED, "a": "Groep 2", "d": "Groep 1", "f": ""}
    mending = held(course, exported(there)).files[0].content.decode("utf-8-sig")
    taken = {row["login_id"][1:]: row["group_name"] for row in csv.DictReader(io.StringIO(mending))}
    assert held(course, exported({**there, **taken})).agrees


def test_a_group_that_was_renamed_there_is_known_by_its_members(course: Course) -> None:
    otters = {one: "Otters" if group == "Groep 1" else group for one, group in PLANNED.items()}
    found = held(course, exported(otters))
    assert found.agrees
    assert [one.text("en") for one in found.told_renamed] == [
        "Groep 1 is called Otters there; it is the same group."
    ]
    # What mends a difference uses the name that it has there.
    found = held(course, exported({**otters, "c": ""}))
    assert b"Otters" in found.files[0].content
    assert b"Groep 1" not in found.files[0].content


def test_where_nobody_came_through_the_whole_import_is_offered_again(course: Course) -> None:
    found = held(course, exported({}))
    assert found.placed == 0
    assert all(one.encode() in found.files[0].content for one in ("ua", "uh"))


def test_somebody_in_two_groups_there_is_asked(course: Course) -> None:
    file = exported(PLANNED)
    twice = SourceFile(file.name, file.content + b"\na,,a,ua,S1,Groep 3,,")
    with pytest.raises(InputError) as error:
        held(course, twice)
    assert [one.code for one in error.value.problems] == ["two-groups"]

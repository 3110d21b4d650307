"""What goes out comes back in: our own files, also after Excel, and the imports we write."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.exports.ans import ans_csv
from planner.exports.blackboard import blackboard_members_csv
from planner.exports.brightspace import brightspace_csv
from planner.exports.canvas import canvas_csv
from planner.exports.moodle import moodle_members_csv, moodle_plugin_csv
from planner.exports.tables import groups_csv, roles_csv
from planner.exports.workbook import workbook
from planner.exports.zoom import zoom_csv
from planner.model.domain import Group, Plan, Roster
from planner.rosters import GroupList, SourceFile, read_class_list, read_groups
from planner.rosters.table import clean
from tests.builders.plans import HOSTILE, plan_of, small_plan, small_roster, student

ROSTER, PLAN = small_roster(), small_plan()


def sets(groups: Iterable[Group]) -> list[tuple[str, frozenset[str]]]:
    return sorted((group.name, frozenset(group.members)) for group in groups)


def back(content: bytes, name: str = "groepen.csv", roster: Roster = ROSTER) -> GroupList:
    return read_groups(SourceFile(name, content), roster).require()


@pytest.mark.parametrize("separator", [";", ","])
def test_the_group_file(separator: str) -> None:
    read = back(groups_csv(ROSTER, PLAN, week=2, separator=separator))
    assert sets(read.groups) == sets(PLAN.groups)
    assert read.roles == {turn.student_id: turn.role for turn in PLAN.turns if turn.week == 2}
    assert (read.missing, read.unknown) == ((), ())


def test_the_group_file_after_excel_without_its_zeros_and_turkish_letters() -> None:
    text = groups_csv(ROSTER, PLAN).decode("utf-8-sig")
    saved = "".join(line.removeprefix("0") for line in text.splitlines(keepends=True))
    read = back(saved.encode("cp1252", errors="replace"))
    assert sets(read.groups) == sets(PLAN.groups)


def test_the_roles_file_and_the_workbook() -> None:
    assert sets(back(roles_csv(ROSTER, PLAN)).groups) == sets(PLAN.groups)
    assert sets(back(workbook(ROSTER, PLAN), "plan.xlsx").groups) == sets(PLAN.groups)
    english = small_plan("en")
    assert sets(back(workbook(ROSTER, english), "plan.xlsx").groups) == sets(PLAN.groups)


def moodle_csv(roster: Roster, plan: Plan) -> bytes:
    return moodle_members_csv(roster, plan, "PSY-101")


def moodle_group_csv(roster: Roster, plan: Plan) -> bytes:
    return moodle_plugin_csv(roster, plan, "group")


def moodle_group1_csv(roster: Roster, plan: Plan) -> bytes:
    return moodle_plugin_csv(roster, plan, "group1")


@pytest.mark.parametrize(
    "write",
    [canvas_csv, moodle_csv, moodle_group_csv, moodle_group1_csv, zoom_csv, ans_csv, brightspace_csv],
)
def test_imports_for_other_systems(write: object) -> None:
    assert callable(write)
    assert sets(back(write(ROSTER, PLAN)).groups) == sets(PLAN.groups)


def test_the_import_for_blackboard_has_codes_for_names() -> None:
    read = back(blackboard_members_csv(ROSTER, PLAN))
    assert [members for _, members in sets(read.groups)] == [members for _, members in sets(PLAN.groups)]


def test_who_leaves_a_group_in_brightspace_is_not_in_it() -> None:
    content = brightspace_csv(ROSTER, PLAN, {"1000003": "Groep 2", "0912345": "Groep 1"})
    assert b"UNENROLL" in content
    read = back(content)  # who stays has no row
    assert sets(read.groups) == [("Groep 1", {"1000003"}), ("Groep 2", {"1000001", "1000002"})]
    assert read.missing == ("0912345",)


def test_the_group_file_is_a_class_list_too() -> None:
    reading = read_class_list(SourceFile("groepen.csv", groups_csv(ROSTER, PLAN)))
    assert {(one.id, one.name, one.answer("group")) for one in reading.require().students} == {
        (one.id, one.name, PLAN.group_of[one.id]) for one in ROSTER.students
    }


NAMES = st.one_of(st.sampled_from(HOSTILE), st.text(alphabet="=+-@'ab ;,\t\"", min_size=1, max_size=8))


def _plan(names: list[str]) -> tuple[Roster, Plan]:
    roster = Roster(students=tuple(student(f"09{n:05d}", name) for n, name in enumerate(names)))
    ids = [one.id for one in roster.students]
    return roster, plan_of([("Groep 1", ids[::2]), ("Groep 2", ids[1::2])])


@given(st.lists(NAMES.filter(str.strip), min_size=2, max_size=6), st.sampled_from(";,"))
def test_whatever_the_names_are(names: list[str], separator: str) -> None:
    roster, plan = _plan(names)
    read = back(groups_csv(roster, plan, separator=separator), roster=roster)
    assert sets(read.groups) == sets(plan.groups)


@given(NAMES.map(lambda name: clean(" ".join(name.split()))).filter(bool), st.sampled_from(";,"))
def test_whatever_a_group_is_called(name: str, separator: str) -> None:
    plan = plan_of([(name, [one.id for one in ROSTER.students])])
    read = back(groups_csv(ROSTER, plan, separator=separator))
    assert [group.name for group in read.groups] == [name]

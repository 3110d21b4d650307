"""Import files for learning systems: exact bytes for a tiny plan."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from planner.domain import Plan, Roster
from planner.exports.ans import ans_csv
from planner.exports.blackboard import blackboard_groups_csv, blackboard_members_csv
from planner.exports.brightspace import brightspace_csv, brightspace_short_csv
from planner.exports.canvas import canvas_csv, missing
from planner.exports.moodle import moodle_groups_csv, moodle_members_csv
from planner.exports.zoom import zoom_csv
from planner.problems import InputError
from tests.exports.example import HOSTILE, plan_of, small_plan, small_roster, student

WRITERS: list[Callable[[Roster, Plan], bytes]] = [
    canvas_csv,
    brightspace_csv,
    brightspace_short_csv,
    moodle_members_csv,
    blackboard_members_csv,
    zoom_csv,
    ans_csv,
]


def test_canvas() -> None:
    assert canvas_csv(small_roster(), small_plan()) == (
        b"canvas_user_id,group_name\r\n"
        b"480912345,Groep 1\r\n"
        b"481000003,Groep 1\r\n"
        b"481000001,Groep 2\r\n"
        b"481000002,Groep 2\r\n"
    )


def test_canvas_takes_the_first_key_that_everyone_has() -> None:
    roster = Roster(
        students=(
            student("1000001", "Noor", canvas_user_id="48001", login_id="noor"),
            student("1000002", "Sem", user_id="1000002", login_id="sem"),
        )
    )
    plan = plan_of([("Groep 1", ["1000001", "1000002"])])
    assert canvas_csv(roster, plan) == b"login_id,group_name\r\nnoor,Groep 1\r\nsem,Groep 1\r\n"
    assert missing(roster) is None


def test_canvas_says_how_many_lack_the_key_that_fewest_lack() -> None:
    students = [
        student("1", "Noor", user_id="1"),
        student("2", "Sem", user_id="2"),
        student("3", "Ali", x=""),
    ]
    reason = missing(Roster(students=tuple(students)))
    assert reason is not None
    assert reason.text("en") == (
        "1 student has no SIS number, and Canvas recognises students by it. Use a class list from Canvas."
    )
    assert reason.text("nl").startswith("Eén student heeft geen SIS-nummer")


def test_brightspace() -> None:
    assert brightspace_csv(small_roster(), small_plan()) == (
        b"Action,Username,Organisation Defined ID,Group Name,Group Code\r\n"
        b"ENROLL,u0912345,0912345,Groep 1,groep-1\r\n"
        b"ENROLL,u1000003,1000003,Groep 1,groep-1\r\n"
        b"ENROLL,u1000001,1000001,Groep 2,groep-2\r\n"
        b"ENROLL,u1000002,1000002,Groep 2,groep-2\r\n"
    )


def test_brightspace_short() -> None:
    assert brightspace_short_csv(small_roster(), small_plan()) == (
        b"ENROLL,u0912345,groep-1\r\n"
        b"ENROLL,u1000003,groep-1\r\n"
        b"ENROLL,u1000001,groep-2\r\n"
        b"ENROLL,u1000002,groep-2\r\n"
    )


def test_brightspace_movers_leave_first_and_stayers_are_left_out() -> None:
    previous = {"0912345": "Groep 1", "1000001": "Groep 1", "1000002": "Groep 2", "1999999": "Groep 2"}
    assert brightspace_csv(small_roster(), small_plan(), previous) == (
        b"Action,Username,Organisation Defined ID,Group Name,Group Code\r\n"
        b"UNENROLL,u1000001,1000001,Groep 1,groep-1\r\n"
        b"ENROLL,u1000003,1000003,Groep 1,groep-1\r\n"
        b"ENROLL,u1000001,1000001,Groep 2,groep-2\r\n"
    )
    assert brightspace_short_csv(small_roster(), small_plan(), previous) == (
        b"UNENROLL,u1000001,groep-1\r\nENROLL,u1000003,groep-1\r\nENROLL,u1000001,groep-2\r\n"
    )


def test_brightspace_checks_old_group_names_too() -> None:
    with pytest.raises(InputError, match="A,B"):
        brightspace_csv(small_roster(), small_plan(), {"1000001": "A,B"})


def test_brightspace_leaves_its_second_key_empty_where_it_is_not_known() -> None:
    roster = Roster(students=(student("1000001", "Noor", username="noor"),))
    data = brightspace_csv(roster, plan_of([("Groep 1", ["1000001"])]))
    assert data.endswith(b"\r\nENROLL,noor,,Groep 1,groep-1\r\n")


def test_moodle() -> None:
    assert moodle_groups_csv(small_plan()) == b"groupname\r\nGroep 1\r\nGroep 2\r\n"
    assert moodle_members_csv(small_roster(), small_plan()) == (
        b"email,group1\r\n"
        b"u0912345@school.example,Groep 1\r\n"
        b"u1000003@school.example,Groep 1\r\n"
        b"u1000001@school.example,Groep 2\r\n"
        b"u1000002@school.example,Groep 2\r\n"
    )


def test_moodle_commas_are_encoded() -> None:
    plan = plan_of([("Groep 1, blauw", ["1000001"])])
    assert moodle_groups_csv(plan) == b"groupname\r\nGroep 1&#44 blauw\r\n"
    assert moodle_members_csv(small_roster(), plan).endswith(b"u1000001@school.example,Groep 1&#44 blauw\r\n")


def test_blackboard() -> None:
    assert blackboard_groups_csv(small_plan()) == (
        b"Group Code,Title,Description,Group Set,Self Enroll\r\n"
        b"groep-1,Groep 1,,,N\r\n"
        b"groep-2,Groep 2,,,N\r\n"
    )
    assert blackboard_members_csv(small_roster(), small_plan()) == (
        b"Group Code,User Name\r\n"
        b"groep-1,u0912345\r\n"
        b"groep-1,u1000003\r\n"
        b"groep-2,u1000001\r\n"
        b"groep-2,u1000002\r\n"
    )


def test_zoom() -> None:
    assert zoom_csv(small_roster(), small_plan()) == (
        b"Pre-assign Room Name,Email Address\r\n"
        b"Groep 1,u0912345@school.example\r\n"
        b"Groep 1,u1000003@school.example\r\n"
        b"Groep 2,u1000001@school.example\r\n"
        b"Groep 2,u1000002@school.example\r\n"
    )


def test_ans_has_student_numbers_and_no_addresses() -> None:
    assert ans_csv(small_roster(), small_plan()) == (
        b"Group name,Student number\r\n"
        b"Groep 1,0912345\r\n"
        b"Groep 1,1000003\r\n"
        b"Groep 2,1000001\r\n"
        b"Groep 2,1000002\r\n"
    )


@pytest.mark.parametrize("id", ["noor@school.example", "noor", "12", "=1000001"])
def test_ans_refuses_ids_that_are_no_student_numbers(id: str) -> None:  # noqa: A002
    roster = Roster(students=(student(id, "Noor"),))
    with pytest.raises(InputError, match="Noor has no student number"):
        ans_csv(roster, plan_of([("Groep 1", [id])]))


@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize("name", HOSTILE)
def test_names_never_reach_an_import_file(writer: Callable[[Roster, Plan], bytes], name: str) -> None:
    plain = Roster(students=(student("1000001", "Noor"),))
    hostile = Roster(students=(student("1000001", name),))
    plan = plan_of([("Groep 1", ["1000001"])])
    assert writer(hostile, plan) == writer(plain, plan)


@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize(
    "group", ["=cmd|' /C calc'!A0", "+1", "@x", "a\tb", "a\rb", 'a"b', "a\nb", "a;b", " a"]
)
def test_hostile_group_names_stop_every_import(writer: Callable[[Roster, Plan], bytes], group: str) -> None:
    with pytest.raises(InputError) as caught:
        writer(small_roster(), plan_of([(group, ["1000001"])]))
    assert [problem.code for problem in caught.value.problems] == ["export-unsafe-group"]


@pytest.mark.parametrize("make", [moodle_groups_csv, blackboard_groups_csv])
def test_hostile_group_names_stop_the_files_of_groups(make: Callable[[Plan], bytes]) -> None:
    with pytest.raises(InputError):
        make(plan_of([("=1+1", ["1000001"])]))


@pytest.mark.parametrize("writer", WRITERS)
def test_a_key_with_a_separator_stops_every_import(writer: Callable[[Roster, Plan], bytes]) -> None:
    bad = "1000,001"
    keys = dict.fromkeys(("canvas_user_id", "user_id", "login_id", "username"), bad)
    noor = student(bad, "Noor Bos", **keys)
    with pytest.raises(InputError, match="Noor Bos"):
        writer(Roster(students=(noor,)), plan_of([("Groep 1", [bad])]))

"""Import files for learning systems: exact bytes for a tiny plan."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import pytest

from planner.exports.ans import ans_csv
from planner.exports.blackboard import blackboard_groups_csv, blackboard_members_csv, new_groups
from planner.exports.brightspace import brightspace_csv, brightspace_short_csv
from planner.exports.canvas import canvas_csv, missing
from planner.exports.moodle import moodle_groups_csv, moodle_members_csv, moodle_plugin_csv
from planner.exports.zoom import zoom_csv
from planner.model.domain import Plan, Roster
from planner.model.problems import InputError
from planner.rosters import GroupCodes
from tests.builders.plans import HOSTILE, plan_of, small_plan, small_roster, student


def moodle_plugin_group(roster: Roster, plan: Plan) -> bytes:
    return moodle_plugin_csv(roster, plan, "group")


def moodle_members(roster: Roster, plan: Plan) -> bytes:
    return moodle_members_csv(roster, plan, "PSY-101 2025")


WRITERS: list[Callable[[Roster, Plan], bytes]] = [
    canvas_csv,
    brightspace_csv,
    brightspace_short_csv,
    moodle_members,
    moodle_plugin_group,
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
        "1 student has no SIS number, and Canvas recognises students by it: Ali. "
        "Add it to the class list, or use a newer class list from Canvas."
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
    assert moodle_members_csv(small_roster(), small_plan(), "PSY-101 2025") == (
        b"username,course1,group1\r\n"
        b"u0912345,PSY-101 2025,Groep 1\r\n"
        b"u1000003,PSY-101 2025,Groep 1\r\n"
        b"u1000001,PSY-101 2025,Groep 2\r\n"
        b"u1000002,PSY-101 2025,Groep 2\r\n"
    )


def test_moodle_by_address_where_somebody_has_no_user_name() -> None:
    roster = Roster(students=(student("1000001", "Noor", x=""), student("1000002", "Sem")))
    plan = plan_of([("Groep 1", ["1000001", "1000002"])])
    assert moodle_members_csv(roster, plan, "PSY") == (
        b"email,course1,group1\r\n"
        b"u1000001@school.example,PSY,Groep 1\r\n"
        b"u1000002@school.example,PSY,Groep 1\r\n"
    )


@pytest.mark.parametrize("heading", ["group", "group1"])
def test_moodle_plugins_of_teachers(heading: Literal["group", "group1"]) -> None:
    assert (
        moodle_plugin_csv(small_roster(), small_plan(), heading)
        == (
            f"email,{heading}\r\n"
            "u0912345@school.example,Groep 1\r\n"
            "u1000003@school.example,Groep 1\r\n"
            "u1000001@school.example,Groep 2\r\n"
            "u1000002@school.example,Groep 2\r\n"
        ).encode()
    )


@pytest.mark.parametrize("name", ["Groep 1, blauw", "Groep 1&#44 blauw"])
def test_moodle_refuses_commas_however_they_are_written(name: str) -> None:
    """Older versions read &#44 as a comma, newer ones show it as it is: there is no comma for both."""
    plan = plan_of([(name, ["1000001"])])
    for write in (lambda: moodle_groups_csv(plan), lambda: moodle_members(small_roster(), plan)):
        with pytest.raises(InputError, match="Moodle"):
            write()


@pytest.mark.parametrize("name", ["0", "00", "12", "1.5", ".5", "1e3"])
def test_moodle_refuses_bare_numbers(name: str) -> None:
    """A name "0" stopped the import of groups; in Upload users a number is that of another group."""
    with pytest.raises(InputError) as caught:
        moodle_members(small_roster(), plan_of([(name, ["1000001"])]))
    assert [problem.code for problem in caught.value.problems] == ["export-group-unread"]
    assert canvas_csv(small_roster(), plan_of([(name, ["1000001"])])).endswith(f",{name}\r\n".encode())
    assert b"E1" in moodle_members(small_roster(), plan_of([("E1", ["1000001"])]))


@pytest.mark.parametrize("course", ["0", "PSY,101", " PSY", "=1+1", 'PSY"', "PSY\n101"])
def test_moodle_refuses_a_short_name_that_cannot_be_one(course: str) -> None:
    with pytest.raises(InputError) as caught:
        moodle_members_csv(small_roster(), small_plan(), course)
    assert [problem.code for problem in caught.value.problems] == ["export-unsafe-course"]


def test_blackboard() -> None:
    assert blackboard_groups_csv(small_plan()) == (
        b"Group Code,Title,Description,Group Set,Self Enroll\r\n"
        b"groep-1,Groep 1,,Studiegroepen,N\r\n"
        b"groep-2,Groep 2,,Studiegroepen,N\r\n"
    )
    assert blackboard_members_csv(small_roster(), small_plan()) == (
        b"Group Code,User Name\r\n"
        b"groep-1,u0912345\r\n"
        b"groep-1,u1000003\r\n"
        b"groep-2,u1000001\r\n"
        b"groep-2,u1000002\r\n"
    )
    assert b"groep-1,Groep 1,,Study groups,N" in blackboard_groups_csv(small_plan("en"))


THERE = GroupCodes({"groep 1": "Project_gc_1"}, "Projectgroepen")


def test_blackboard_uses_the_codes_that_it_has_and_makes_only_new_groups() -> None:
    """It refused codes that it does not know: groups made by hand have codes of its own."""
    assert blackboard_members_csv(small_roster(), small_plan(), THERE) == (
        b"Group Code,User Name\r\n"
        b"Project_gc_1,u0912345\r\n"
        b"Project_gc_1,u1000003\r\n"
        b"groep-2,u1000001\r\n"
        b"groep-2,u1000002\r\n"
    )
    assert blackboard_groups_csv(new_groups(small_plan(), THERE), THERE) == (
        b"Group Code,Title,Description,Group Set,Self Enroll\r\ngroep-2,Groep 2,,Projectgroepen,N\r\n"
    )


@pytest.mark.parametrize("codes", [{"groep 1": "a, b"}, {"groep 1": "=1"}, {"iets anders": "groep-1"}])
def test_blackboard_refuses_codes_that_break_the_file_or_are_of_another_group(codes: dict[str, str]) -> None:
    with pytest.raises(InputError) as caught:
        blackboard_members_csv(small_roster(), small_plan(), GroupCodes(codes))
    assert [problem.code for problem in caught.value.problems] == ["export-group-code"]


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

"""Every way to hand over a plan, for pages and the command line to list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from planner.exports import ans, beside, blackboard, brightspace, canvas, moodle, zoom
from planner.exports.files import XLSX, Elsewhere, ExportFile, only_changed
from planner.exports.keys import EMAIL, STUDENT_NUMBER, USERNAME, Key, missing_key
from planner.exports.tables import changes_csv, groups_csv, roles_csv
from planner.exports.target import Files, Target
from planner.exports.workbook import workbook
from planner.model.domain import Plan, Roster
from planner.model.handover import Handover
from planner.model.text import Message, message


def target(key: str) -> Target:
    """Return a target by its key."""
    return next(one for one in TARGETS if one.key == key)


def _groups(roster: Roster, plan: Plan, now: Handover, _there: Elsewhere) -> Files:
    files = [
        ExportFile("groups.csv", groups_csv(roster, plan, now.week)),
        ExportFile(
            "roles.csv", lambda: roles_csv(roster, plan, presence=now.presence)
        ),  # long: a line a role a week
    ]
    if now.previous is not None:  # also where nobody moves: a script finds the headings alone
        files.append(ExportFile("changes.csv", changes_csv(now.changes, plan.language)))
    return tuple(files)


def _workbook(roster: Roster, plan: Plan, now: Handover, _there: Elsewhere) -> Files:
    return (ExportFile("groups.xlsx", workbook(roster, plan, now), XLSX),)


def _with_changes(file: str, write: Callable[[Plan], bytes], plan: Plan, now: Handover) -> Files:
    """Return an import of everybody; after a rerun, before it one of who moves or is new."""
    whole = ExportFile(f"{file}.csv", write(plan))
    if not now.previous:
        return (whole,)
    changed = only_changed(plan, now.previous)
    return (ExportFile(f"{file}-changes.csv", write(changed)), whole) if changed.groups else (whole,)


def _canvas(roster: Roster, plan: Plan, now: Handover, _there: Elsewhere) -> Files:
    return _with_changes("canvas-groups", lambda part: canvas.canvas_csv(roster, part), plan, now)


def _brightspace(roster: Roster, plan: Plan, now: Handover, _there: Elsewhere) -> Files:
    return _rows("brightspace-groups.csv", brightspace.brightspace_csv(roster, plan, now.previous), 1)


def _brightspace_short(roster: Roster, plan: Plan, now: Handover, _there: Elsewhere) -> Files:
    content = brightspace.brightspace_short_csv(roster, plan, now.previous)
    return _rows("brightspace-groups-short.csv", content, 0)


def _rows(file: str, content: bytes, headings: int) -> Files:
    """Return a file that has rows; an import of nothing is no file."""
    return (ExportFile(file, content),) if content.count(b"\n") > headings else ()


def _moodle(roster: Roster, plan: Plan, now: Handover, there: Elsewhere) -> Files:
    groups = ExportFile("moodle-groups.csv", moodle.moodle_groups_csv(plan))
    course = there.moodle_course
    if not course:
        return (groups,)
    return (
        groups,
        *_with_changes(
            "moodle-members", lambda part: moodle.moodle_members_csv(roster, part, course), plan, now
        ),
    )


def _moodle_plugin(roster: Roster, plan: Plan, now: Handover, _there: Elsewhere) -> Files:
    def write(heading: Literal["group", "group1"]) -> Files:
        return _with_changes(
            f"moodle-email-{heading}", lambda part: moodle.moodle_plugin_csv(roster, part, heading), plan, now
        )

    return (*write("group1"), *write("group"))


def _blackboard(roster: Roster, plan: Plan, now: Handover, there: Elsewhere) -> Files:
    known = there.blackboard or blackboard.NONE_YET
    fresh = blackboard.new_groups(plan, known)
    groups = (ExportFile("blackboard-groups.csv", blackboard.blackboard_groups_csv(fresh, known)),)
    return (
        *(groups if fresh.groups else ()),
        *_with_changes(
            "blackboard-members",
            lambda part: blackboard.blackboard_members_csv(roster, part, known),
            plan,
            now,
        ),
    )


def _zoom(roster: Roster, plan: Plan, _now: Handover, _there: Elsewhere) -> Files:
    return (ExportFile("zoom-rooms.csv", zoom.zoom_csv(roster, plan)),)


def _ans(roster: Roster, plan: Plan, _now: Handover, _there: Elsewhere) -> Files:
    return (ExportFile("ans-groups.csv", ans.ans_csv(roster, plan)),)


def _needs(key: Key, system: str) -> Callable[[Roster], Message | None]:
    return lambda roster: missing_key(roster, key, system)


TARGETS: tuple[Target, ...] = (
    Target(
        key="groups",
        title=message("Groups and roles (CSV)"),
        what_to_do=message(
            "Open these in Excel; their headings are in English, for other programs. To replan you need no "
            "file: the course is saved."
        ),
        writer=_groups,
    ),
    Target(
        key="workbook",
        title=message("Excel workbook"),
        what_to_do=message("Read it, print it or share it: one sheet of groups, one of roles week by week."),
        writer=_workbook,
    ),
    Target(
        key="canvas",
        title=message("Canvas"),
        what_to_do=message(
            "In Canvas, open People and your group set, choose Import and upload this file. "
            "Groups that do not exist yet are made for you."
        ),
        writer=_canvas,
        lacks=canvas.missing,
        keeps_groups=True,
    ),
    Target(
        key="brightspace",
        title=message("Brightspace"),
        what_to_do=message(
            "In Brightspace, open Groups, choose Import and upload this file. "
            "The groups must exist there with the group codes of this file."
        ),
        writer=_brightspace,
        lacks=_needs(USERNAME, brightspace.SYSTEM),
        remarks=beside.brightspace,
        by_username=True,
        keeps_groups=True,
    ),
    Target(
        key="brightspace-short",
        title=message("Brightspace, without headings"),
        what_to_do=message(
            "For a Brightspace that asks for three columns and no headings: "
            "open Groups, choose Import and upload this file."
        ),
        writer=_brightspace_short,
        lacks=_needs(USERNAME, brightspace.SYSTEM),
        remarks=beside.brightspace,
        by_username=True,
        keeps_groups=True,
    ),
    Target(
        key="moodle",
        title=message("Moodle"),
        what_to_do=message(
            "In Moodle, import the groups file under Participants, Groups. Then import the "
            "members file, for example as an administrator with Upload users."
        ),
        writer=_moodle,
        lacks=moodle.missing,
        remarks=beside.moodle,
        by_username=True,
        keeps_groups=True,
    ),
    Target(
        key="moodle-plugin",
        title=message("Moodle, with a plug-in for teachers"),
        what_to_do=message(
            "For a Moodle in which teachers enrol people with a file: choose the file with the "
            "headings that your plug-in asks for, email,group1 or email,group."
        ),
        writer=_moodle_plugin,
        lacks=_needs(EMAIL, moodle.SYSTEM),
        remarks=beside.moodle_plugin,
        keeps_groups=True,
    ),
    Target(
        key="blackboard",
        title=message("Blackboard"),
        what_to_do=message(
            "In Blackboard, open Groups and choose Import: first the groups, then the members."
        ),
        writer=_blackboard,
        lacks=_needs(USERNAME, blackboard.SYSTEM),
        remarks=beside.blackboard,
        by_username=True,
        keeps_groups=True,
    ),
    Target(
        key="zoom",
        title=message("Zoom rooms"),
        what_to_do=message(
            "In Zoom, edit the meeting, open Breakout Room Pre-assign and import this file. It "
            "works for people signed in with that address; often 200 at most."
        ),
        writer=_zoom,
        lacks=_needs(EMAIL, zoom.SYSTEM),
        remarks=beside.zoom,
    ),
    Target(
        key="ans",
        title=message("Ans"),
        what_to_do=message("In Ans, open your course, go to the groups and import this file."),
        writer=_ans,
        lacks=_needs(STUDENT_NUMBER, ans.SYSTEM),
    ),
)

"""The groups as cards: who is in them, who has which role this week, and what was found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import streamlit as st

from planner.audit import audit
from planner.course import Course
from planner.domain import Finding, Group, RuleReport
from planner.exports.tables import roles_of
from planner.text import Message, say, say_many
from planner.ui import edit_card, tables
from planner.ui.boundary import guarded
from planner.ui.edit_events import editing, follow
from planner.ui.edit_state import by_hand
from planner.ui.language import badge, plain, shown, told, worded
from planner.ui.state import session
from planner.values import fold

ON_A_PAGE = 12
UNNOTICED = 10  # units of balance for each member: hundredths of the class's standard deviation


class Remark(NamedTuple):
    """What was found in a group, and whether it could be closer there."""

    message: Message
    closer: bool


@st.fragment
@guarded
def section() -> None:
    """Show the groups, a page of cards at a time."""
    course = session().course
    if course is None:
        return
    follow(by_hand(session(), course).turn)
    week, wanted = _choices(course)
    groups = matching(course, wanted, week)
    if not groups:
        st.info(shown(say("Nobody's name has “{text}” in it.", text=wanted)), icon=":material/search:")
        return
    page = st.container()
    pages = -(-len(groups) // ON_A_PAGE)
    number = 1
    if pages > 1:
        with st.container(horizontal_alignment="center"):
            number = st.pagination(pages, key="groups_page")
    here = groups[ON_A_PAGE * (min(number, pages) - 1) :][:ON_A_PAGE]
    roles, remarks = roles_of(course.plan, week), by_group(course, week)
    place = {group.name: number for number, group in enumerate(course.plan.groups)}
    with page:
        grid = st.grid(3, min_column_width=270)
        for group in here:
            with grid.container(border=True, height="stretch", gap="xsmall"):
                _card(course, group, week, roles, remarks.get(group.name, ()), wanted)
                if editing() and group.name in place:
                    edit_card.tools(course, group.name, place[group.name])


def _choices(course: Course) -> tuple[int, str]:
    """Ask for a week and a name."""
    first = course.plan.from_week
    weeks = sorted({turn.week for turn in course.plan.turns if turn.week >= first})
    when, who = st.columns([1, 2])
    week = first
    if weeks:
        week = when.selectbox(
            shown(say("Roles of")),
            weeks,
            format_func=worded(_week),
            key="week",
        )
    wanted = who.text_input(
        shown(say("Find a student")),
        type="search",
        placeholder=told(say("Name or part of it")),
        live="300ms",
        key="search",
    )
    return week, wanted


def _week(week: int) -> Message:
    return say("Week {week}", week=week)


def matching(course: Course, wanted: str, week: int) -> list[Group]:
    """Return the groups of a week with somebody whose name has a text in it; all where it is empty."""
    text = fold(wanted)
    return [
        group
        for group in course.plan.block_of(week).groups
        if not text or any(text in fold(course.roster.shown_names[student]) for student in group.members)
    ]


def by_group(course: Course, week: int) -> Mapping[str, list[Remark]]:
    """Return what all rules found in the groups of a week, by group."""
    plan, block = course.plan, course.plan.block_of(week)
    size = {group.name: len(group.members) for group in block.groups}
    found: dict[str, list[Remark]] = {}
    reports = plan.outcome.rules
    if block.from_week != plan.from_week:
        reports = audit(course.rules, course.roster, block.groups).reports
    for report in reports:
        for finding in report.findings:
            if finding.group is not None:
                remark = Remark(finding.message, _noticed(report, finding, size.get(finding.group, 1)))
                found.setdefault(finding.group, []).append(remark)
    return found


def _noticed(report: RuleReport, finding: Finding, members: int) -> bool:
    """Whether people would notice it: a mean that is a tenth of the class's spread off is not."""
    return finding.units > (UNNOTICED * members if report.kind == "balance" else 0)


def _card(
    course: Course,
    group: Group,
    week: int,
    roles: Mapping[str, str],
    remarks: Sequence[Remark],
    wanted: str,
) -> None:
    st.subheader(plain(group.name), anchor=False)
    st.caption(shown(say_many("One student", "{n} students", len(group.members))))
    if group.name in course.locks.groups:
        st.markdown(badge("blue", ":material/lock:", say("Locked: nobody leaves or joins")))
    names, locked = course.roster.shown_names, course.locks.students
    role = shown(say("Role in week {week}", week=week))
    rows = [
        {
            shown(say("Name")): _name(names[student], wanted) + (_lock() if student in locked else ""),
            role: plain(roles.get(student, "–")),
        }
        for student in group.members
    ]
    if rows:
        tables.table(rows, border="horizontal")
    _remarks(remarks)


def _name(name: str, wanted: str) -> str:
    return f"**{plain(name)}**" if wanted and fold(wanted) in fold(name) else plain(name)


def _lock() -> str:
    word = say("locked")
    return f" :material/lock: :small[{shown(word)}]"


def _remarks(remarks: Sequence[Remark]) -> None:
    """Say what could be closer first, then what is good to know."""
    closer = [remark for remark in remarks if remark.closer]
    rest = [remark for remark in remarks if not remark.closer]
    if closer:
        st.markdown(badge("orange", ":material/trending_flat:", say("Can be closer")))
        _list(closer)
    else:
        st.markdown(badge("green", ":material/check:", say("All is well here")))
    if closer and rest:
        st.markdown(badge("gray", ":material/info:", say("Good to know")))
    _list(rest)


def _list(remarks: Sequence[Remark]) -> None:
    if remarks:
        st.markdown("\n".join(f"- :small[{shown(remark.message)}]" for remark in remarks))

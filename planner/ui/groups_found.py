"""What there is to show of the groups of a week: who is in them, their roles, and what the rules found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import streamlit as st

from planner.audit import audit
from planner.course import Course
from planner.domain import Finding, Group, RuleReport
from planner.exports.tables import roles_of
from planner.text import Message

KEY = "hecht_groups_shown"
UNNOTICED = 10  # units of balance for each member: hundredths of the class's standard deviation


class Remark(NamedTuple):
    """What was found in a group, and whether it could be closer there."""

    message: Message
    closer: bool


class Shown(NamedTuple):
    """What there is to show of the groups of a week."""

    groups: tuple[Group, ...]
    roles: Mapping[str, str]
    remarks: Mapping[str, Sequence[Remark]]


def shown_in(course: Course, week: int) -> Shown:
    """Return what there is to show of a week; worked out once for each plan and week."""
    kept = st.session_state.get(KEY)
    if kept is None or kept[0] is not course or kept[1] != week:
        groups = course.plan.block_of(week).groups
        kept = (course, week, Shown(groups, roles_of(course.plan, week), by_group(course, week)))
        st.session_state[KEY] = kept
    shown: Shown = kept[2]
    return shown


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

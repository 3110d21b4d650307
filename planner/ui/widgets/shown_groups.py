"""What there is to show of the groups of a week: who is in them, their roles, and what the rules found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import streamlit as st

from planner.exports.tables import roles_of
from planner.model.domain import Group
from planner.model.text import Message
from planner.plans.course import Course
from planner.reporting.picture import outcome_of
from planner.reporting.standing import Standing, of_finding, sizes_of

KEY = "hecht_groups_shown"


class Remark(NamedTuple):
    """What was found in a group, and how it stands."""

    message: Message
    standing: Standing


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
    block = course.plan.block_of(week)
    size = sizes_of(block.groups)
    found: dict[str, list[Remark]] = {}
    outcome = outcome_of(course, block)
    for report in outcome.rules:
        for finding in report.findings:
            if finding.group is not None:
                stands = of_finding(outcome, report, finding, size.get(finding.group, 1))
                found.setdefault(finding.group, []).append(Remark(finding.message, stands))
    return found

"""What there is to show of the groups of a week: who is in them, their roles, and what the rules found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import streamlit as st

from planner.exports.tables import roles_of
from planner.model.domain import Group
from planner.model.reports import Outcome
from planner.model.text import Message
from planner.plans.course import Course
from planner.reporting.picture import called, outcome_of
from planner.reporting.standing import Standing, of_finding, sizes_of

KEY = "hecht_groups_shown"


class Remark(NamedTuple):
    """What was found in a group, and how it stands."""

    message: Message
    standing: Standing


class Unmet(NamedTuple):
    """A rule that is not met in every group.

    Attributes
    ----------
    key : str
        The same for as long as the rules are.
    title : Message
    groups : frozenset of str
        Those in which it is not met, or not as well as can be.
    """

    key: str
    title: Message
    groups: frozenset[str]


class Shown(NamedTuple):
    """What there is to show of the groups of a week."""

    groups: tuple[Group, ...]
    roles: Mapping[str, str]
    remarks: Mapping[str, Sequence[Remark]]
    unmet: tuple[Unmet, ...] = ()


def shown_in(course: Course, week: int) -> Shown:
    """Return what there is to show of a week; worked out once for each plan and week."""
    kept = st.session_state.get(KEY)
    if kept is None or kept[0] is not course or kept[1] != week:
        block = course.plan.block_of(week)
        outcome = outcome_of(course, block)
        found = Shown(
            block.groups,
            roles_of(course.plan, week),
            _remarks(outcome, block.groups),
            _unmet(course, outcome, block.groups),
        )
        kept = (course, week, found)
        st.session_state[KEY] = kept
    shown: Shown = kept[2]
    return shown


def by_group(course: Course, week: int) -> Mapping[str, list[Remark]]:
    """Return what all rules found in the groups of a week, by group."""
    block = course.plan.block_of(week)
    return _remarks(outcome_of(course, block), block.groups)


def _remarks(outcome: Outcome, groups: Sequence[Group]) -> Mapping[str, list[Remark]]:
    size = sizes_of(groups)
    found: dict[str, list[Remark]] = {}
    for report in outcome.rules:
        for finding in report.findings:
            if finding.group is not None:
                stands = of_finding(outcome, report, finding, size.get(finding.group, 1))
                found.setdefault(finding.group, []).append(Remark(finding.message, stands))
    return found


def _unmet(course: Course, outcome: Outcome, groups: Sequence[Group]) -> tuple[Unmet, ...]:
    size = sizes_of(groups)
    found = []
    for place, report in enumerate(outcome.rules):
        named = ((one.group, one) for one in report.findings if one.group is not None)
        short = frozenset(
            group
            for group, one in named
            if of_finding(outcome, report, one, size.get(group, 1)) is not Standing.FINE
        )
        if short:
            found.append(Unmet(f"{report.kind}-{place}", called(course, place, report), short))
    return tuple(found)

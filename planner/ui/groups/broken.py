"""What does not hold any more after an edit by hand: beside the plan, and where its files are taken along."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from planner.edit import audited
from planner.model.reports import Finding, RuleReport, Status
from planner.model.text import Message, message
from planner.plans.course import Course
from planner.reporting import describe as words
from planner.ui.session.language import shown
from planner.ui.widgets import problem_list

KEY = "hecht_broken"
MOST_LINES = 12


def show(course: Course) -> None:
    """List what breaks, block by block; nothing where every must rule holds."""
    if course.plan.outcome.status is not Status.BROKEN:
        return
    kept = st.session_state.get(KEY)
    if kept is None or kept[0] is not course:
        kept = (course, _lines(course))
        st.session_state[KEY] = kept
    lines: list[Message] = kept[1]
    st.markdown("\n".join(f"- {shown(line)}" for line in lines[:MOST_LINES]))
    problem_list.more(len(lines) - MOST_LINES)


def note(course: Course) -> None:
    """Say at the files that a must rule does not hold."""
    if course.plan.outcome.status is Status.BROKEN:
        st.warning(
            shown(
                message(
                    "After your edits, this plan no longer meets every required rule; see the list above. "
                    "You can still download it as it is."
                )
            ),
            icon=":material/back_hand:",
        )


def _lines(course: Course) -> list[Message]:
    plan = course.plan
    first = [report for report in plan.outcome.rules if report.broken]
    lines = [_line(*one, plan.from_week if plan.later else None) for one in _found(first)]
    for block in audited(course)[1:] if plan.later else ():
        refresh = [block.refresh] if block.refresh is not None and block.refresh.broken else []
        lines += [_line(*one, block.from_week) for one in _found([*block.audit.broken, *refresh])]
    return lines


def _found(reports: Sequence[RuleReport]) -> list[tuple[RuleReport, Finding]]:
    return [(report, finding) for report in reports for finding in report.findings if finding.units]


def _line(report: RuleReport, finding: Finding, week: int | None) -> Message:
    line = message("{rule} – {finding}", rule=report.title, finding=words.placed_finding(finding))
    return line if week is None else message("From week {week}: {line}", week=week, line=line)

"""What does not hold any more after an edit by hand: beside the plan, and where its files are taken along."""

from __future__ import annotations

import streamlit as st

from planner import told as words
from planner.course import Course
from planner.domain import Finding, RuleReport, Status
from planner.edit import audited
from planner.text import Message, say
from planner.ui import problem_list
from planner.ui.language import shown

MOST_LINES = 12


def show(course: Course) -> None:
    """List what breaks, block by block; nothing where every must rule holds."""
    if course.plan.outcome.status is not Status.BROKEN:
        return
    lines = _lines(course)
    st.markdown("\n".join(f"- {shown(line)}" for line in lines[:MOST_LINES]))
    problem_list.more(len(lines) - MOST_LINES)


def note(course: Course) -> None:
    """Say at the files that a must rule does not hold."""
    if course.plan.outcome.status is Status.BROKEN:
        st.warning(
            shown(
                say(
                    "This plan does not hold every must rule, since it was changed by hand. "
                    "You can take it along as it is; what does not hold is listed above."
                )
            ),
            icon=":material/back_hand:",
        )


def _lines(course: Course) -> list[Message]:
    lines = []
    for block in audited(course):
        refresh = [block.refresh] if block.refresh is not None else []
        for report in (*block.audit.broken, *(one for one in refresh if one.broken)):
            lines += [
                _line(report, finding, block.from_week if course.plan.later else None)
                for finding in report.findings
                if finding.units
            ]
    return lines


def _line(report: RuleReport, finding: Finding, week: int | None) -> Message:
    line = say("{rule} – {finding}", rule=report.title, finding=words.placed_finding(finding))
    return line if week is None else say("From week {week}: {line}", week=week, line=line)

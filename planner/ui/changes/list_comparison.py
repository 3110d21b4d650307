"""What a new class list says: who left and who is new, who is listed otherwise, and what to check."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from planner.model.domain import group_of
from planner.model.problems import Level
from planner.model.text import Message, message, plural_message
from planner.replanning.renaming import describe_leavers
from planner.reporting.role_changes import role_changes
from planner.services.compare_lists import ListComparison
from planner.services.replan import ReplanRequest
from planner.ui.session.language import plain, shown
from planner.ui.session.replan_state import ReplanSession
from planner.ui.widgets import problem_list
from planner.ui.widgets.folds import fold

MOST_NAMES = 20  # of each kind; a longer list says how many more there are


def compared(rerun: ReplanSession, found: ListComparison) -> None:
    """Say who left, who is new, who is still the same person, and whose answers changed."""
    problem_list.errors(found.errors)
    if any(problem.level is Level.ERROR for problem in found.changes.problems):
        return
    changes = found.changes
    figures = st.grid(4, min_column_width=140)
    figures.metric(shown(message("Left")), str(len(changes.left)), border=True)
    figures.metric(shown(message("New")), str(len(changes.joined)), border=True)
    figures.metric(shown(message("Stay")), str(len(changes.same)), border=True)
    figures.metric(shown(message("Other answers")), str(len(changes.answers)), border=True)
    if not changes.left and not changes.joined:
        st.info(shown(message("Nobody left and nobody is new.")), icon=":material/info:")
    _who(rerun, found)
    _otherwise(found)
    details(found)


def details(found: ListComparison) -> None:
    """Say what to check, and what the rules assume."""
    if any(problem.level is Level.ERROR for problem in found.changes.problems):
        return
    changes = found.changes
    problem_list.remarks(
        changes.problems,
        message("Please check whether this is right"),
        key="remarks_compared",
        opened=True,
    )
    problem_list.of_rules(found.remarks, key="remarks_new_rules")


def roles(asked: ReplanRequest) -> None:
    """Say which rules are about fewer students now, and what changed about roles since the plan before."""
    fewer = describe_leavers(asked.rules, asked.roster, asked.left)
    lines = (*fewer, *role_changes(asked.rules, asked.roster, asked.earlier, asked.options.from_week))
    if lines:
        st.info("  \n".join(shown(line) for line in lines), icon=":material/published_with_changes:")


def _who(rerun: ReplanSession, found: ListComparison) -> None:
    changes, names = found.changes, found.roster.shown_names
    assert rerun.previous is not None  # noqa: S101 - there is a comparison
    was = group_of(rerun.previous.groups)
    gone = [
        message("{name} ({group})", name=rerun.previous.names.get(one, one), group=was[one])
        for one in changes.left
    ]
    new = [names[one] for one in changes.joined]
    left, right = st.columns(2)
    with left:
        _people(":material/logout:", message("No longer in the list"), gone)
    with right:
        _people(":material/person_add:", message("New in the list"), new)
    answers = [
        message("{name}: {columns}", name=names[student], columns=columns)
        for student, columns in changes.answers.items()
    ]
    _folded(
        "other_answers",
        ":material/edit_note:",
        plural_message("One student has other answers", "{n} students have other answers", len(answers)),
        answers,
    )


def _otherwise(found: ListComparison) -> None:
    changes, names = found.changes, found.roster.shown_names
    other = [
        message("{name}: {changed}", name=names[one.new_id], changed=sentence)
        for one in changes.same
        for sentence in one.changed
    ]
    _folded(
        "listed_otherwise",
        ":material/badge:",
        plural_message(
            "The details of one student have changed", "The details of {n} students have changed", len(other)
        ),
        other,
    )


def _people(icon: str, title: Message, lines: Sequence[Message | str]) -> None:
    if lines:
        with st.container(border=True, height="stretch"):
            st.markdown(f"{icon} **{shown(title)}**")
            _lines(lines)


def _folded(key: str, icon: str, title: Message, lines: Sequence[Message | str]) -> None:
    if lines:
        with fold(title, f"more_{key}", icon):
            _lines(lines)


def _lines(lines: Sequence[Message | str]) -> None:
    st.markdown("\n".join(f"- {_line(line)}" for line in lines[:MOST_NAMES]))
    problem_list.more(len(lines) - MOST_NAMES)


def _line(line: Message | str) -> str:
    return plain(line) if isinstance(line, str) else shown(line)

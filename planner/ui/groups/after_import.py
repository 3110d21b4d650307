"""After an import: the groups that a learning system has, held against the plan."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from planner.exports import Elsewhere, Target
from planner.model.domain import Roster
from planner.model.problems import InputError
from planner.model.text import Message, message
from planner.plans.course import Course
from planner.rosters import GroupList, SourceFile, read_groups
from planner.services.read_back import ReadBack, read_back
from planner.ui.session.language import plain, shown
from planner.ui.widgets import problem_list
from planner.ui.widgets.folds import fold
from planner.ui.widgets.upload import read, uploaded

AT_ONCE = 12  # students who are elsewhere there, in a list


def section(course: Course, target: Target, there: Elsewhere) -> None:
    """Let the coordinator upload what a learning system has, and say who is missing, elsewhere or extra.

    Parameters
    ----------
    course : Course
    target : Target
        The learning system.
    there : Elsewhere
        What only the coordinator knows of it.
    """
    more = fold(
        message("After the import: see whether everyone is there"),
        f"more_read_back_{target.key}",
        ":material/fact_check:",
    )
    if not more.open:
        return
    key = f"read_back_{target.key}"
    with more:
        text = message(
            "A learning platform may skip students without saying so. Export the groups there, "
            "and choose that file here."
        )
        st.caption(shown(text))
        st.file_uploader(shown(message("Groups as your learning platform has them")), key=key)
        file = uploaded(key)
        if file is not None:
            try:
                _found(read_back(course, file, target, there, _reads(key)), target)
            except InputError as error:
                problem_list.errors(error.problems)


def _reads(key: str) -> Callable[[SourceFile, Roster], GroupList]:
    def listed(file: SourceFile, roster: Roster) -> GroupList:
        return read(key, read_groups, file, roster, file=file).require()

    return listed


def _found(found: ReadBack, target: Target) -> None:
    if found.agrees:
        st.success(shown(found.summary), icon=":material/check_circle:")
    else:
        st.warning(shown(found.summary), icon=":material/rule:")
    _list([one.told for one in found.misplaced])
    if found.extra:
        st.markdown(f":material/person_alert: {shown(found.told_extra)}")
    for renamed in found.told_renamed:
        st.caption(shown(renamed))
    for problem in found.problems:
        problem_list.line(problem)
    if found.files:
        st.markdown(shown(message("Import this to put it right; then check again.")))
    with st.container(horizontal=True):
        for file in found.files:
            st.download_button(
                plain(file.name),
                file.made,
                file_name=file.name,
                mime=file.media_type,
                key=f"mend_{target.key}_{file.name}",
                icon=":material/download:",
                on_click="ignore",
            )


def _list(lines: Sequence[Message]) -> None:
    if lines:
        st.markdown("\n".join(f"- {shown(line)}" for line in lines[:AT_ONCE]))
        problem_list.more(len(lines) - AT_ONCE)

"""Fields for what only the coordinator knows of the course in a learning system."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from planner.exports import Elsewhere, Target
from planner.exports.moodle import check_course
from planner.jobs.reader import READERS
from planner.model.domain import Roster
from planner.model.text import message, plural_message
from planner.rosters import read_group_codes
from planner.ui.session import saving
from planner.ui.session.language import shown
from planner.ui.session.state import Session, session
from planner.ui.widgets.boundary import event
from planner.ui.widgets.fields import seeded
from planner.ui.widgets.upload import uploaded

MOODLE_COURSE, BLACKBOARD_GROUPS = "moodle_course", "blackboard_groups"
USERNAMES = "numbers_are_usernames"


def ask(target: str) -> Elsewhere:
    """Show the fields that the files of a target need, and return what was filled in.

    Raises
    ------
    InputError
        Where it cannot be used.
    """
    now = session()
    if target == "moodle":
        _kept(now, replace(now.elsewhere, moodle_course=_moodle_course(now.elsewhere.moodle_course)))
    if target == "blackboard":
        now.elsewhere = _blackboard_groups(now.elsewhere)
    return now.elsewhere


def ask_usernames(target: Target, roster: Roster) -> None:
    """Let the coordinator say that people sign in with their student number, where the list has no other."""
    now = session()
    if target.may_use_numbers(roster):
        said = st.checkbox(
            shown(message("Where the class list has no user name, it is the student number")),
            key=seeded(USERNAMES, now.elsewhere.numbers_are_usernames),
            help=shown(
                message(
                    "At many institutions people sign in with their student number. Check one student first."
                )
            ),
        )
        _kept(now, replace(now.elsewhere, numbers_are_usernames=said))


def _kept(now: Session, told: Elsewhere) -> None:
    """Keep with the course what was told: these fields are drawn without the page around them."""
    if told != now.elsewhere:
        now.elsewhere = told
        saving.save(now)


def _moodle_course(before: str) -> str:
    name = st.text_input(
        shown(message("Short name of the course in Moodle")),
        key=seeded(MOODLE_COURSE, before),
        help=shown(message("As in the settings of the course. The file with members needs it.")),
    )
    course = str(name or "").strip()
    if course:
        check_course(course)
    return course


def _blackboard_groups(before: Elsewhere) -> Elsewhere:
    st.file_uploader(
        shown(message("Groups exported from Blackboard, if there are any yet")),
        type=["csv", "xlsx"],
        key=BLACKBOARD_GROUPS,
        help=shown(
            message("In Blackboard: Groups, Export, Groups only. It knows its groups by its own codes.")
        ),
        on_change=_other_groups,
    )
    file = uploaded(BLACKBOARD_GROUPS)
    now = before
    if file is not None and before.blackboard is None:
        codes = READERS.read(read_group_codes, file, file=file.name)
        now = replace(before, blackboard=codes)
    if now.blackboard is not None:
        count = len(now.blackboard.codes)
        st.caption(shown(plural_message("Blackboard has one group.", "Blackboard has {n} groups.", count)))
    return now


@event
def _other_groups() -> None:
    now = session()
    now.elsewhere = replace(now.elsewhere, blackboard=None)

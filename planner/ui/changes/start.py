"""Where a rerun starts: the plan before, the new class list, and what differs between them."""

from __future__ import annotations

import streamlit as st

from planner.model.problems import Level
from planner.model.text import Message, message, plural_message
from planner.replanning.answer_remarks import BEFORE, UNKNOWN
from planner.reporting import describe as words
from planner.ui.class_list import reading
from planner.ui.session import places
from planner.ui.session.language import shown, translated
from planner.ui.session.places import Place
from planner.ui.session.replan_state import ReplanSession
from planner.ui.session.state import Session, session
from planner.ui.shell import use_groups
from planner.ui.widgets import problem_list, upload
from planner.ui.widgets.boundary import event
from planner.ui.widgets.folds import fold, unfold


def previous(now: Session, rerun: ReplanSession) -> None:
    """Show the plan that the rerun starts from, and let the coordinator choose another."""
    st.header(translated(message("1. The groups as they are")), anchor="previous")
    if rerun.previous is None:
        st.markdown(
            shown(
                message("Did a student leave, or is there a new student? Start from the plan that you have.")
            )
        )
        choose_previous()
        return
    if rerun.previous.failed:
        problem_list.errors(problem for problem in rerun.previous.problems if problem.level is Level.ERROR)
        choose_previous()
        return
    st.success(shown(_start(rerun)), icon=":material/history:")
    if rerun.base is not None:
        _draft(now)
    with fold(message("Start from another plan"), "more_previous", ":material/upload_file:"):
        choose_previous()
        if now.course is not None and rerun.base is None:
            st.button(
                shown(message("Back to the groups that are open now")),
                key="use_open_plan",
                icon=":material/undo:",
                on_click=_use_open_plan,
            )


def _draft(now: Session) -> None:
    """Say that the groups are a draft, and offer to use them."""
    with st.container(horizontal=True, vertical_alignment="center"):
        text = message(
            "These groups are a draft: everything may still change. Once you use them, they stay together, "
            "and changes are pending here."
        )
        st.markdown(f":material/edit_note: {shown(text)}", width="stretch")
        if not now.outdated(now.rules_now()):
            use_groups.ask(now)


def choose_previous() -> None:
    """Let the coordinator choose a plan from a file to start from."""
    st.file_uploader(
        shown(message("An earlier plan: plan.json or groups.csv")),
        key="previous_plan",
        on_change=_previous_plan,
        help=shown(
            message(
                "plan.json is in the folder with all files and includes rules, roles and history. A "
                "groups.csv or a group export from a learning platform will do as well."
            )
        ),
    )


def _start(rerun: ReplanSession) -> Message:
    assert rerun.previous is not None  # noqa: S101 - asked only when there is one
    groups = rerun.previous.groups
    students = plural_message("One student", "{n} students", sum(len(group.members) for group in groups))
    count = words.group_count(len(groups))
    if rerun.previous_file is not None:
        return message(
            "{groups}, {students}, from {file}.", groups=count, students=students, file=rerun.previous_file
        )
    return message("The groups that are open now: {groups}, {students}.", groups=count, students=students)


def new_list(rerun: ReplanSession) -> None:
    """Let the coordinator choose the new class list, and say what was read."""
    st.header(translated(message("2. The new class list")), anchor="new-list")
    choose_list(rerun)
    as_read(rerun)


def choose_list(rerun: ReplanSession) -> None:
    """Let the coordinator choose a new class list."""
    with st.container(border=True):
        st.file_uploader(
            shown(message("The class list as it is now, as CSV or Excel (.xlsx)")),
            key="new_class_list",
            on_change=_new_class_list,
        )
        _offer_open(rerun)
        st.caption(shown(message("Your groups stay as they are until you accept the new ones.")))


def as_read(rerun: ReplanSession) -> None:
    """Say what was read of the new class list, and let the coordinator say what goes with it."""
    with st.spinner(shown(message("Reading the class list"))):
        found = rerun.read()
    if found is None:
        return
    problem_list.errors(problem for problem in found.problems if problem.level is Level.ERROR)
    reading.tell_students(rerun, found)
    reading.where(rerun, found)
    codes = {problem.code for problem in found.problems}
    problem_list.remarks(
        [problem for problem in found.problems if problem.level is not Level.ERROR],
        message("What stood out while reading"),
        key="remarks_new_list",
        opened=bool(codes & {BEFORE, UNKNOWN}),
    )
    if UNKNOWN in codes and rerun.base is not None:
        _offer_typing()
    reading.columns(rerun, found)
    with fold(message("Survey and rules that go with it"), "more_new_list", ":material/forum:"):
        _more(rerun)


def _offer_open(rerun: ReplanSession) -> None:
    """Offer the class list of its own page, where it or the rules changed since the groups were made."""
    now = session()
    if rerun.base is None or now.roster is None or rerun.of_page is now.listed.reading:
        return
    if now.outdated(now.rules_now()):
        st.button(
            shown(message("Use the class list as it is now")),
            key="use_edited",
            icon=":material/edit_note:",
            type="secondary" if rerun.class_list else "primary",
            on_click=_use_edited,
        )


def _offer_typing() -> None:
    """Offer the table of students for the answers that nobody has given yet."""
    text = message("Type the answers in the table of students")
    if st.button(shown(text), key="type_answers", icon=":material/edit_note:"):
        session().complete_by_hand()
        unfold("more_students")
        places.go(Place.CLASS_LIST)


@event
def _use_edited() -> None:
    now = session()
    now.rerun.take_listed(now.listed)


def _more(rerun: ReplanSession) -> None:
    if rerun.survey is not None:
        st.caption(shown(message("The answers in {file} are added again.", file=rerun.survey.name)))
    st.file_uploader(
        shown(message("Answers to a survey among the same students, as CSV or Excel")),
        key="new_survey",
        on_change=_new_survey,
    )
    if rerun.previous is not None and rerun.previous.course is None:
        st.caption(
            shown(
                message(
                    "This plan came without rules, so the rules are suggested from the columns. Was it "
                    "made with other rules? Choose their file."
                )
            )
        )
    st.file_uploader(
        shown(message("A rules file (rules.toml)")), type=["toml"], key="new_rules", on_change=_new_rules
    )
    problem_list.errors(rerun.rules_problems)


@event
def _previous_plan() -> None:
    session().rerun.take_previous(upload.uploaded("previous_plan"))


@event
def _use_open_plan() -> None:
    session().rerun.take_previous(None)


@event
def _new_class_list() -> None:
    session().rerun.take(upload.uploaded("new_class_list"))


@event
def _new_survey() -> None:
    session().rerun.take_survey(upload.uploaded("new_survey"))


@event
def _new_rules() -> None:
    session().rerun.take_rules(upload.uploaded("new_rules"))

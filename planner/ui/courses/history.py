"""What happened to the course: who did what and when, its plans, and the way back before a change."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from planner.model.text import Message, message, plural_message
from planner.reporting.sentence import sentence
from planner.store import HistoryLine, Listing, PlanListing, PlanVersion, undo_replace
from planner.ui.session import saving
from planner.ui.session.language import current, plain, shown
from planner.ui.session.restoring import go_back
from planner.ui.session.state import session
from planner.ui.shell import open_course as courses
from planner.ui.widgets import tables
from planner.ui.widgets.boundary import event, guarded
from planner.ui.widgets.clock import day_and_time
from planner.ui.widgets.folds import fold
from planner.ui.widgets.words import HOW

RECENT = 10  # lines with a way back; the rest is a table


@guarded
def section(this: Listing) -> None:
    """Show what happened, and every plan."""
    plans = saving.repository().plans(this.id)
    _history(this, plans)
    _plans(this, plans)


# Who did what


def _history(this: Listing, plans: Sequence[PlanListing]) -> None:
    more = fold(message("History"), "more_history", ":material/manage_history:")
    if not more.open:
        return
    with more:
        lines = saving.repository().history(this.id)
        if not lines:
            st.caption(shown(message("Nothing has happened in this course yet.")))
        numbers = [plan.number for plan in plans]
        for place, line in enumerate(lines[:RECENT]):
            _line(this, line, place, numbers)
        if len(lines) > RECENT:
            tables.table([_row(line) for line in lines[RECENT:]])


def _line(this: Listing, line: HistoryLine, place: int, numbers: Sequence[int]) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"line_{place}"):
        st.markdown(f"{when(line)} · {shown(line.what)}", width="stretch")
        if this.may == "look":
            return
        before = _before(line, numbers)
        if line.back is not None:
            _back(place, _undo_replace, (this.id, line.back))
        elif before is not None:
            _back(place, _bring_back_number, (this.id, before))


def when(line: HistoryLine) -> str:
    """Return when something was done, and by whom where that is known."""
    who = f" · **{plain(line.who)}**" if line.who else ""
    return f"{plain(day_and_time(line.at))}{who}"


def _before(line: HistoryLine, numbers: Sequence[int]) -> int | None:
    """Return the plan that was there before the one of a line."""
    if line.plan is None:
        return None
    return max((number for number in numbers if number < line.plan), default=None)


def _back(place: int, way: object, args: tuple[object, ...]) -> None:
    st.button(
        shown(message("Back to before this")),
        key=f"undo_{place}",
        icon=":material/undo:",
        type="tertiary",
        help=shown(
            message("The groups and the rules from before this change. The current plan stays in the list.")
        ),
        on_click=way,  # type: ignore[arg-type]
        args=args,
    )


def _row(line: HistoryLine) -> dict[str, str]:
    row = {shown(message("When")): plain(day_and_time(line.at))}
    if line.who:
        row[shown(message("Who"))] = plain(line.who)
    return row | {shown(message("What")): shown(line.what)}


@event
def _bring_back_number(course: str, number: int) -> None:
    _bring_back(saving.repository().plan(course, number))


@event
def _undo_replace(course: str, line: int) -> None:
    undo_replace(saving.repository(), course, session().kept.version, line)
    courses.open_again(course)


# Its plans


def _plans(this: Listing, listed: Sequence[PlanListing]) -> None:
    if not listed:
        return
    label = plural_message("One plan of this course", "{n} plans of this course", len(listed))
    with fold(label, "more_plans", ":material/history:"):
        latest, language = listed[0].number, current()
        chosen = st.selectbox(
            shown(message("Have a look at")),
            listed,
            format_func=lambda plan: _label(plan, latest).text(language),
            key=f"look_at_{latest}_{language}",
        )
        if chosen is not None:
            _plan(this, saving.repository().plan(this.id, chosen.number), latest)


def _label(plan: PlanListing, latest: int) -> Message:
    label = message(
        "Plan {number}: {time}, {how}", number=plan.number, time=day_and_time(plan.made), how=HOW[plan.how]
    )
    return message("{plan} (current)", plan=label) if plan.number == latest else label


def _plan(this: Listing, version: PlanVersion, latest: int) -> None:
    course = version.course
    rows = [
        {
            shown(message("Group")): plain(group.name),
            shown(message("Students")): plain(", ".join(course.roster.names(group.members))),
        }
        for group in course.plan.groups
    ]
    tables.table(rows)
    st.caption(shown(sentence(course.rules, course.roster, course.plan)))
    if version.number != latest and this.may != "look":
        st.button(
            shown(message("Bring this plan back")),
            key="bring_back",
            icon=":material/settings_backup_restore:",
            on_click=_brought_back,
            args=(version,),
            help=shown(
                message("Together with the rules it was made with. Your current plan stays in this list.")
            ),
        )


@event
def _brought_back(version: PlanVersion) -> None:
    _bring_back(version)


def _bring_back(version: PlanVersion) -> None:
    now = session()
    saving.allow_change(now)
    go_back(now, version, saving.repository().plans(now.kept.id))

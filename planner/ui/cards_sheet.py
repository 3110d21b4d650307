"""The teacher's sheet of a week: a look beforehand, and files to take along."""

from __future__ import annotations

import streamlit as st

from planner.cards.html import sheet_html
from planner.cards.paper import sheet_pdf, sheet_pictures
from planner.cards.sheet import EACH_WEEK, changes_in, sheet_of
from planner.cards.weeks import first_week, groups_in, last_week
from planner.course import Course
from planner.handover import Handover
from planner.text import say
from planner.ui.boundary import guarded
from planner.ui.cards_made import HTML, PDF
from planner.ui.cards_state import Kept, texts_now
from planner.ui.fields import seeded
from planner.ui.folds import fold
from planner.ui.language import shown, told


def section(course: Course, handover: Handover | None, state: Kept) -> None:
    """Show the sheet of a week, and the downloads."""
    st.header(told(say("2. The teacher's sheet")), anchor="sheet")
    st.markdown(
        shown(
            say(
                "Which groups to sit with this week, what to ask the class, words that leave room, and "
                "what changed. After a change, groups with somebody new come first, then groups that "
                "somebody left; over the term the visits are shared fairly."
            )
        )
    )
    _sheet(course, handover, state)


@guarded
def _sheet(course: Course, handover: Handover | None, state: Kept) -> None:
    texts, language = texts_now(state)
    first, last = first_week(course), last_week(course)
    when, many = st.columns(2)
    week = first
    if first < last:
        week = when.number_input(
            shown(say("Week")),
            min_value=first,
            max_value=last,
            key=seeded(f"sheet_week_{first}_{last}", first),
        )
    groups = len(groups_in(course, week))
    each_week = many.number_input(
        shown(say("Groups to sit with in a week")),
        min_value=1,
        max_value=max(1, groups),
        key=seeded(f"sheet_visits_{groups}", min(EACH_WEEK, groups)),
        help=shown(say("Keep it the same all term, so that the visits that have been still count.")),
    )
    changed = handover.changes if handover is not None else changes_in(course, {})
    made = sheet_of(course, week, texts, language, each_week=each_week, changes=changed, pulse=state.pulse)
    with st.container(horizontal=True):
        st.download_button(
            shown(say("Sheet of week {week} (PDF)", week=week)),
            lambda: sheet_pdf(made, texts, language).content,
            file_name=told(say("sheet-week-{week}.pdf", week=week)),
            mime=PDF,
            key="download_sheet_pdf",
            type="primary",
            icon=":material/download:",
            on_click="ignore",
        )
        st.download_button(
            shown(say("Sheet as a web page")),
            lambda: sheet_html(made, texts, language),
            file_name=told(say("sheet-week-{week}.html", week=week)),
            mime=HTML,
            key="download_sheet_html",
            icon=":material/download:",
            on_click="ignore",
        )
    with fold(say("Look at the sheet of week {week}", week=week), "more_sheet", ":material/visibility:"):
        pages = state.drawn(
            f"{language} {made.model_dump_json()}", lambda: sheet_pictures(made, texts, language)
        )
        caption = say("Sheet of week {week}", week=week)
        with st.container(width=720):
            for page in pages:
                st.image(page, caption=shown(caption), alt=told(caption), width="stretch")

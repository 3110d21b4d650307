"""The teacher's sheet of a week: a look beforehand, and files to take along."""

from __future__ import annotations

import streamlit as st

from planner.handouts.html import sheet_html
from planner.handouts.paper import sheet_pdf, sheet_pictures
from planner.handouts.sheet import EACH_WEEK, sheet_of
from planner.handouts.weeks import groups_in
from planner.model.handover import Handover
from planner.model.text import message
from planner.plans.course import Course
from planner.reporting.course_changes import changes_in
from planner.ui.handouts.starter_cards import HTML, PDF
from planner.ui.handouts.week_field import week_field
from planner.ui.session.handouts_state import HandoutsState, texts_now
from planner.ui.session.language import shown, translated
from planner.ui.widgets.boundary import guarded
from planner.ui.widgets.fields import seeded
from planner.ui.widgets.folds import fold


def section(course: Course, handover: Handover | None, state: HandoutsState) -> None:
    """Show the sheet of a week, and the downloads."""
    st.header(translated(message("2. The teacher's sheet")), anchor="sheet")
    st.markdown(
        shown(
            message(
                "Which groups to sit with this week, what to ask the class, things you can say, and what "
                "changed. Groups with a new member come first, then groups that lost someone; over the term, "
                "every group gets about the same number of visits."
            )
        )
    )
    _sheet(course, handover, state)


@guarded
def _sheet(course: Course, handover: Handover | None, state: HandoutsState) -> None:
    texts, language = texts_now(state)
    when, many = st.columns(2)
    with when:
        week = week_field(course, message("Week"), "sheet")
    groups = len(groups_in(course, week))
    each_week = many.number_input(
        shown(message("Groups to visit each week")),
        min_value=1,
        max_value=max(1, groups),
        key=seeded(f"sheet_visits_{groups}", min(EACH_WEEK, groups)),
        help=shown(message("Keep this number the same all term, so that earlier visits still count.")),
    )
    changed = changes_in(course, {}, handover.changes if handover is not None else ())
    made = sheet_of(course, week, texts, language, each_week=each_week, changes=changed, pulse=state.pulse)
    with st.container(horizontal=True):
        st.download_button(
            shown(message("Sheet of week {week} (PDF)", week=week)),
            lambda: sheet_pdf(made, texts, language).content,
            file_name=translated(message("sheet-week-{week}.pdf", week=week)),
            mime=PDF,
            key="download_sheet_pdf",
            type="primary",
            icon=":material/download:",
            on_click="ignore",
        )
        st.download_button(
            shown(message("Sheet as a web page")),
            lambda: sheet_html(made, texts, language),
            file_name=translated(message("sheet-week-{week}.html", week=week)),
            mime=HTML,
            key="download_sheet_html",
            icon=":material/download:",
            on_click="ignore",
        )
    with fold(message("Look at the sheet of week {week}", week=week), "more_sheet", ":material/visibility:"):
        pages = state.drawn(
            f"{language} {made.model_dump_json()}", lambda: sheet_pictures(made, texts, language)
        )
        caption = message("Sheet of week {week}", week=week)
        with st.container(width=720):
            for page in pages:
                st.image(page, caption=shown(caption), alt=translated(caption), width="stretch")

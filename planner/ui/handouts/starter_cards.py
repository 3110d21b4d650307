"""Starter cards and the mail that goes with them: a look beforehand, and files to take along."""

from __future__ import annotations

import streamlit as st

from planner.handouts.content import Content
from planner.handouts.html import cards_html
from planner.handouts.labels import over
from planner.handouts.mail import mail_csv, mail_text
from planner.handouts.model import StarterCard, cards_of
from planner.handouts.paper import PAPERS, SIDES, card_pictures, cards_pdf
from planner.handouts.weeks import changed_since, groups_in
from planner.model.text import Language, message, plural_message
from planner.plans.course import Course
from planner.reporting.course_changes import course_news
from planner.ui.handouts.week_field import week_field
from planner.ui.session.handouts_state import ALL, SOME, HandoutsState, texts_now
from planner.ui.session.language import plain, shown, translated
from planner.ui.widgets.boundary import guarded
from planner.ui.widgets.fields import seeded

PDF, HTML, CSV, TEXT = "application/pdf", "text/html", "text/csv", "text/plain"


def section(course: Course, state: HandoutsState) -> None:
    """Show a card as it will be, and the downloads."""
    st.header(translated(message("1. Starter cards")), anchor="starter-cards")
    st.markdown(
        shown(
            message(
                "One sheet of paper per group: members and roles, when everyone is free, a question for "
                "each week, and agreements that make it safe to try things."
            )
        )
    )
    _cards(course, state)


@guarded
def _cards(course: Course, state: HandoutsState) -> None:
    texts, language = texts_now(state)
    which, when, size = st.columns([2, 1, 1], vertical_alignment="bottom")
    with when:
        week = week_field(course, message("First week on the card"), "card")
    names = [group.name for group in groups_in(course, week)]
    only = _only(course, names, state)
    names = names if only is None else only
    if st.session_state.get("card_group") not in names:
        st.session_state.pop("card_group", None)
    chosen = which.selectbox(shown(message("Look at")), names, format_func=plain, key="card_group")
    paper = size.segmented_control(
        shown(message("Paper")), PAPERS, format_func=str.upper, required=True, key=seeded("card_paper", "a5")
    )
    with st.container(horizontal=True):
        st.download_button(
            shown(message("All cards (PDF)") if only is None else message("These cards (PDF)")),
            lambda: (
                cards_pdf(
                    cards_of(course, texts, language, week, only), texts, language, paper or "a5"
                ).content
            ),
            file_name=translated(message("cards.pdf")),
            mime=PDF,
            key="download_cards_pdf",
            type="primary",
            icon=":material/download:",
            on_click="ignore",
        )
        st.download_button(
            shown(
                message("All cards as a web page") if only is None else message("These cards as a web page")
            ),
            lambda: cards_html(cards_of(course, texts, language, week, only), texts, language),
            file_name=translated(message("cards.html")),
            mime=HTML,
            key="download_cards_html",
            icon=":material/download:",
            on_click="ignore",
        )
    st.caption(
        shown(message("The PDF can be read aloud by a screen reader (PDF/UA). Print it on both sides."))
    )
    _look(cards_of(course, texts, language, week, only=[chosen])[0], texts, language, state)


def _only(course: Course, names: list[str], state: HandoutsState) -> list[str] | None:
    """Let the coordinator choose between the cards of groups that changed and all; None is all."""
    changed = state.only or tuple(one.group for one in course_news(course))
    some = [name for name in names if name in changed]
    if not some:
        return None
    labels = {
        SOME: plural_message("The group that changed", "The {n} groups that changed", len(some)),
        ALL: message("All groups"),
    }
    which = st.segmented_control(
        shown(message("Cards of")),
        (SOME, ALL),
        format_func=lambda one: translated(labels[one]),
        required=True,
        key=seeded("card_groups", SOME if state.only else ALL),
    )
    return some if which == SOME else None


def _look(card: StarterCard, texts: Content, language: Language, state: HandoutsState) -> None:
    pages = state.drawn(f"{language} {card.model_dump_json()}", lambda: card_pictures(card, texts, language))
    if len(pages) > SIDES:
        st.markdown(f":material/info: {shown(over([card.group]))}")
    sides = st.grid(2, min_column_width=300)
    for number, page in enumerate(pages, start=1):
        caption = message("{group}, page {page}", group=card.group, page=number)
        with sides.container(border=True):
            st.image(page, caption=shown(caption), alt=translated(caption), width="stretch")


@guarded
def mail(course: Course, state: HandoutsState) -> None:
    """Show the table and the text for a mail to everyone."""
    st.header(translated(message("5. Mail to everyone")), anchor="mail")
    st.markdown(
        shown(
            message(
                "A table with one row per student, and a text with the same fields: for mail merge "
                "in Word or in your mail program. The table contains e-mail addresses; keep it to "
                "yourself. Put your name below the text."
            )
        )
    )
    texts, language = texts_now(state)
    week, only = _about(course)
    with st.container(horizontal=True):
        st.download_button(
            shown(message("Table (mail.csv)")),
            lambda: mail_csv(course, language, week, only_changed=only),
            file_name="mail.csv",
            mime=CSV,
            key="download_mail_csv",
            icon=":material/download:",
            on_click="ignore",
        )
        st.download_button(
            shown(message("Text (mail.txt)")),
            lambda: mail_text(texts, course, week),
            file_name="mail.txt",
            mime=TEXT,
            key="download_mail_text",
            icon=":material/download:",
            on_click="ignore",
        )


def _about(course: Course) -> tuple[int, bool]:
    """Ask which week the mail is about, and whether it goes to the groups that changed then only."""
    only = False
    with st.container(horizontal=True, vertical_alignment="bottom"):
        week = week_field(course, message("Week of the mail"), "mail", width=200)
        changed = changed_since(course, week)
        if 0 < len(changed) < len(groups_in(course, week)):
            label = plural_message(
                "Only the one group that changed", "Only the {n} groups that changed", len(changed)
            )
            only = st.checkbox(shown(label), key="mail_changed")
    return week, only

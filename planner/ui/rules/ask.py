"""Ask the students: the questions that answer the rules in use, as a form, and who has not answered."""

from __future__ import annotations

import streamlit as st

from planner.exports.forms import FORMS, Form
from planner.model.text import LANGUAGES, Language, Message, message
from planner.rules import Rules
from planner.services.ask import AskResult, ask
from planner.ui.session.language import current, shown, translated
from planner.ui.session.state import Session
from planner.ui.widgets.boundary import guarded
from planner.ui.widgets.folds import fold

IN: dict[Language, Message] = {"nl": message("Questions in Dutch"), "en": message("Questions in English")}
ICON = ":material/contact_support:"


@guarded
def section(now: Session, rules: Rules) -> None:
    """Show the forms for the rules in use, and who is still to answer.

    Parameters
    ----------
    now : Session
    rules : Rules
    """
    reading = now.reading
    if reading is None or reading.roster is None:
        return
    with fold(message("Ask the students"), "ask_students", ICON) as part:
        if not part.open:
            return  # nothing is worked out for who does not look
        again = st.checkbox(
            shown(message("Also ask what the class list already has, for example for next year")),
            key="ask_again",
        )
        found = ask(reading, rules, again=again)
        _questions(found)
        if now.survey is not None:
            _waiting(found)


def _questions(found: AskResult) -> None:
    told = [translated(line) for line in found.told(current())]
    if not found.questions(current()):
        st.markdown(told[0])
        return
    st.markdown("\n".join(f"- {line}" for line in told))
    form = st.selectbox(
        shown(message("Where will you ask the questions?")),
        FORMS,
        format_func=lambda form: shown(form.title),
        key="ask_form",
    )
    _downloads(found, form)


def _downloads(found: AskResult, form: Form) -> None:
    st.markdown(translated(form.use))
    for column, language in zip(st.columns(len(LANGUAGES)), LANGUAGES, strict=True):
        file = found.form(form.key, language)
        column.download_button(
            shown(IN[language]),
            file.content,
            file_name=file.name,
            mime=file.media_type,
            key=f"ask_{form.key}_{language}",
            icon=":material/download:",
            on_click="ignore",
        )


def _waiting(found: AskResult) -> None:
    st.markdown(translated(found.headline))
    if not found.waiting:
        return
    if found.addresses:
        st.code("; ".join(found.addresses), language=None, wrap_lines=True)
    file = found.mail_list(current())
    st.download_button(
        shown(message("Who has not answered ({file})", file=file.name)),
        file.content,
        file_name=file.name,
        mime=file.media_type,
        key="ask_waiting",
        icon=":material/download:",
        on_click="ignore",
    )

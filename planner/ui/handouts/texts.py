"""The texts on cards and sheets: take the file along, change it, and put it back."""

from __future__ import annotations

import streamlit as st

from planner.handouts.content import FOLDER, own_file, read_content
from planner.model.problems import InputError
from planner.model.text import message
from planner.ui.session.handouts_state import HandoutsState
from planner.ui.session.language import current, shown, translated
from planner.ui.widgets import problem_list
from planner.ui.widgets.boundary import guarded
from planner.ui.widgets.upload import read, uploaded


def take(state: HandoutsState) -> None:
    """Use the file in the upload field; it holds the texts of the language that the page speaks."""
    language = current()
    state.texts.pop(language, None)
    state.texts_errors = ()
    file = uploaded(_key())
    if file is None:
        return
    try:
        state.texts[language] = read(_key(), read_content, file.content, file.name, file=file)
    except InputError as error:
        state.texts_errors = error.problems


def _key() -> str:
    return f"own_texts_{current()}"


@guarded
def section(state: HandoutsState) -> None:
    """Show the file with texts to take along, and a field for one's own."""
    st.header(translated(message("6. Your own texts")), anchor="texts")
    st.markdown(
        shown(
            message(
                "The questions, agreements and sentences are in one file. Change them in any text editor and "
                "choose the file here; on the command line it goes into the folder of the plan."
            )
        )
    )
    language = current()
    st.download_button(
        shown(message("The texts ({file})", file=own_file(language))),
        (FOLDER / f"{language}.toml").read_bytes(),
        file_name=own_file(language),
        mime="text/plain",
        key="download_texts",
        icon=":material/download:",
        on_click="ignore",
    )
    st.file_uploader(
        shown(message("Your own texts, in the language of this page")), type=["toml"], key=_key()
    )
    if state.texts_errors:
        problem_list.errors(state.texts_errors)

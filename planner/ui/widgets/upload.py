"""Files as a coordinator hands them to the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from planner.jobs.reader import READERS
from planner.model.problems import InputError
from planner.rosters import SourceFile

T = TypeVar("T")
READ = "hecht_read_"  # in the session, by field: what was asked of a file, and what came of it


def uploaded(key: str) -> SourceFile | None:
    """Return the file in an upload field, or None where it is empty."""
    file: UploadedFile | None = st.session_state.get(key)
    return None if file is None else SourceFile(file.name, file.getvalue())


def all_uploaded(key: str) -> list[SourceFile]:
    """Return the files in a field that takes several."""
    files: list[UploadedFile] = st.session_state.get(key) or []
    return [SourceFile(file.name, file.getvalue()) for file in files]


def read(key: str, task: Callable[..., T], *args: object, file: SourceFile) -> T:
    """Return what a task makes of the file in a field; read once, as long as the same is asked.

    Raises
    ------
    InputError
    """
    kept = st.session_state.get(READ + key)
    if kept is None or kept[0] != args:
        kept = (args, _read(task, args, file))
        st.session_state[READ + key] = kept
    if isinstance(kept[1], InputError):
        raise kept[1]
    found: T = kept[1]
    return found


def _read(task: Callable[..., T], args: tuple[object, ...], file: SourceFile) -> T | InputError:
    try:
        return READERS.read(task, *args, file=file.name)
    except InputError as error:
        return error

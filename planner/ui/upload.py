"""Files as a coordinator hands them to the page."""

from __future__ import annotations

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from planner.rosters import SourceFile


def uploaded(key: str) -> SourceFile | None:
    """Return the file in an upload field, or None where it is empty."""
    file: UploadedFile | None = st.session_state.get(key)
    return None if file is None else SourceFile(file.name, file.getvalue())

"""Tables of texts, made quickly: a page of groups has a dozen of them, and is drawn anew at every edit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import pyarrow as pa
import streamlit as st


def table(rows: Sequence[Mapping[str, str]], border: bool | Literal["horizontal"] = True) -> None:
    """Show rows of texts by heading; all rows have the same headings."""
    if rows:
        # Rows as they are would go through pandas, which takes many times longer.
        columns = {heading: [row[heading] for row in rows] for heading in rows[0]}
        st.table(pa.table(columns), hide_index=True, border=border)


def written(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table as Markdown, of cells that are Markdown themselves."""
    return "\n".join(f"| {' | '.join(cells)} |" for cells in [head, ["---"] * len(head), *rows])

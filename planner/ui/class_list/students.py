"""The students in a table to edit in place: correct a cell, say who left, add who joined."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count

import pandas as pd
import streamlit as st

from planner.model.domain import Column, ColumnKind
from planner.model.text import message, plural_message
from planner.rosters import EditedRow, Edits, Reading
from planner.rosters.columns import KEPT
from planner.ui.session.language import (
    bold,
    name_of,
    plain,
    shown,
    spoken,
    translated,
)
from planner.ui.session.state import Session, session
from planner.ui.widgets.answer_fields import answer_field
from planner.ui.widgets.boundary import event
from planner.ui.widgets.folds import fold

KEY = "hecht_students"
HERE = "\N{CHECK MARK}"  # no heading of a file: it has no letter in it
NAMES = (ColumnKind.NAME, ColumnKind.FIRST_NAME, ColumnKind.INFIX, ColumnKind.LAST_NAME)
ACCOUNTS = (ColumnKind.STUDENT_NUMBER, ColumnKind.EMAIL, ColumnKind.USERNAME)
FEW = 12  # rows that are all in view
AT_ONCE = 200  # rows that a browser has at once
_ids = count(1)


@dataclass(frozen=True)
class StudentTable:
    """The table as the editor was given it; what somebody types since then the editor keeps itself."""

    lines: tuple[EditedRow, ...]
    columns: tuple[Column, ...]
    cells: pd.DataFrame
    edits: Edits
    of: tuple[object, ...]  # the file, and how it is read
    id: int = field(default_factory=lambda: next(_ids))

    @property
    def key(self) -> str:
        """The key of its editor."""
        return spoken(f"students_{self.id}")

    def typed(self) -> Edits:
        """Return the edits with what was typed in the editor."""
        edits = self.edits
        for place, changes in st.session_state[self.key]["edited_rows"].items():
            line = self.lines[int(place)]
            for heading, value in changes.items():
                if heading == HERE:
                    edits = edits.stays(line.row) if value else edits.leaves(line.row)
                else:
                    edits = edits.changed(line.row, heading, value or "", self._before(line, heading))
        return edits

    def _before(self, line: EditedRow, heading: str) -> str | None:
        return line.was.get(heading, line.cells.get(heading))


def take(now: Session) -> None:
    """Take over what was typed in the table since the page was drawn."""
    sheet: StudentTable | None = st.session_state.get(KEY)
    if sheet is not None and sheet.key in st.session_state and sheet.of == _of(now):
        now.edit(sheet.typed())


def _of(now: Session) -> tuple[object, ...]:
    return (now.class_list, now.survey, now.sheet, now.heading_row, now.gone_back)


def section(now: Session, found: Reading) -> None:
    """Show the table: of an ordinary class at once, of a large one where somebody wants it."""
    if not found.lines:
        return
    label, at_once = message("See and change the students"), len(found.lines) <= AT_ONCE
    with fold(label, "more_students", ":material/edit_note:", expanded=at_once) as opened:
        if opened.open:
            _table(now, found)
            _joined(now, found)
    _edited(now)


def _table(now: Session, found: Reading) -> None:
    sheet = _sheet(now, found)
    st.caption(
        shown(
            message(
                "Change a cell, or untick a student who left. Your file does not change; the groups are "
                "made from the list on this page."
            )
        )
    )
    st.data_editor(
        sheet.cells,
        key=sheet.key,
        hide_index=False,
        height="auto" if len(sheet.lines) <= FEW else 460,
        column_config={
            "_index": st.column_config.NumberColumn(translated(message("Row")), pinned=True),
            HERE: st.column_config.CheckboxColumn(translated(message("Takes part")), pinned=True),
            **{
                one.heading: st.column_config.TextColumn(
                    name_of(one.heading), max_chars=500, help=plain(one.heading)
                )
                for one in sheet.columns
            },
        },
        alt=translated(message("The students, one in a row")),
    )


def _sheet(now: Session, found: Reading) -> StudentTable:
    """Return the table that the editor has, or a new one where it is of something else by now."""
    kept: StudentTable | None = st.session_state.get(KEY)
    columns = _columns(found)
    if kept is None or kept.key not in st.session_state or (kept.of, kept.columns) != (_of(now), columns):
        kept = StudentTable(found.lines, columns, _cells(found, columns), now.edits, _of(now))
        st.session_state[KEY] = kept
    return kept


def _columns(found: Reading) -> tuple[Column, ...]:
    """Return names, then what rules can read, then what else makes a student known.

    Whatever order a file has: a screen may show no more than the first columns. Answers to a survey come
    after those of the list.
    """
    listed = found.lines[0].cells
    own = [
        Column(heading=column.heading, kind=column.kind)
        for column in found.columns
        if column.heading in listed and (column.kind in (*NAMES, *ACCOUNTS) or column.kind in KEPT)
    ]
    asked = [] if found.roster is None else [c for c in found.roster.columns if c.heading not in listed]
    every = {column.heading: column for column in [*own, *asked]}.values()
    return tuple(sorted(every, key=lambda one: (one.kind in ACCOUNTS) - (one.kind in NAMES)))


def _cells(found: Reading, columns: tuple[Column, ...]) -> pd.DataFrame:
    students = {} if found.roster is None else found.roster.by_id
    rows = []
    for line in found.lines:
        student = students.get(line.student)
        answers = {} if student is None else student.answers
        said = {**answers, **line.cells}
        rows.append([not line.left, *(said.get(column.heading, "") for column in columns)])
    index = pd.Index([line.row for line in found.lines])
    return pd.DataFrame(rows, index=index, columns=[HERE, *(column.heading for column in columns)])


def _joined(now: Session, found: Reading) -> None:
    """Let somebody be added who came later."""
    with st.form("joined", clear_on_submit=True, border=True):
        st.markdown(bold(message("Is there a new student?")))
        grid = st.grid(3, min_column_width=220)
        said = {}
        known_by = (*NAMES, *ACCOUNTS)
        for place, column in enumerate(sorted(_columns(found), key=lambda one: one.kind not in known_by)):
            with grid.container():
                key = f"joined_{place}_{column.heading}"
                said[column.heading] = answer_field(column, found.roster, key)
        pressed = st.form_submit_button(shown(message("Add to the class list")), icon=":material/person_add:")
    if pressed:
        row = max(line.row for line in found.lines) + 1
        now.edit(now.edits.joins(row, said))
        afresh()
        st.rerun()


def _edited(now: Session) -> None:
    """Say how much was changed by hand, and offer the way back."""
    if not now.edits:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        text = plural_message("One row edited by hand.", "{n} rows edited by hand.", len(now.edits))
        st.markdown(f":material/edit: {shown(text)}", width="content")
        st.button(
            shown(message("Undo all changes")),
            key="undo_edits",
            icon=":material/undo:",
            type="tertiary",
            on_click=_undo,
        )


def afresh() -> None:
    """Give the editor a table of its own at the next drawing."""
    st.session_state.pop(KEY, None)


@event
def _undo() -> None:
    session().edit(Edits())
    afresh()

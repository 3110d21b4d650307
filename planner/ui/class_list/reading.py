"""What was read: how many students, what was noticed, and what each column means."""

from __future__ import annotations

import streamlit as st

from planner.model.domain import ColumnKind
from planner.model.problems import Level
from planner.model.short_names import LONGEST
from planner.model.text import message, plural_message
from planner.rosters import ColumnGuess, Reading
from planner.ui.class_list import class_list
from planner.ui.session.language import (
    name_of,
    plain,
    shown,
    spoken,
    translated,
    worded,
)
from planner.ui.session.list_files import ListFiles
from planner.ui.session.state import Session
from planner.ui.widgets import problem_list
from planner.ui.widgets.boundary import event
from planner.ui.widgets.folds import fold
from planner.ui.widgets.words import MEANINGS

LONGEST_SHORT = 60  # signs
MOST_OPEN = 5  # a longer list of assumptions waits until it is asked for
ASKS_FOR_ROW = frozenset({"heading-row", "no-headings"})


def section(now: Session) -> Reading | None:
    """Read the files and say what was found in them."""
    with st.spinner(shown(message("Reading the class list"))):
        found = now.read()
    if found is None:
        return None
    problem_list.errors(problem for problem in found.problems if problem.level is Level.ERROR)
    tell_students(now, found)
    where(now, found)
    rest = [problem for problem in found.problems if problem.level is not Level.ERROR]
    assumed = sum(problem.level is Level.ASSUMED for problem in rest)
    problem_list.remarks(
        rest,
        message("What stood out while reading"),
        key="remarks_reading",
        opened=0 < assumed <= MOST_OPEN,
    )
    return found


def more(now: Session, found: Reading) -> None:
    """Show what each column means, and where a survey is added."""
    columns(now, found)
    with fold(message("Add the answers to a survey"), "more_survey", ":material/forum:"):
        class_list.survey(now)
    with fold(message("Add groups that students were in before"), "more_earlier", ":material/history:"):
        class_list.earlier(now)


def tell_students(now: ListFiles, found: Reading) -> None:
    """Say how many students were read, and from what."""
    if found.roster is None or now.class_list is None:
        return
    text = plural_message(
        "One student read from {file} ({source}).",
        "{n} students read from {file} ({source}).",
        len(found.roster.students),
        file=now.class_list.name,
        source=found.source,
    )
    st.success(shown(text), icon=":material/check_circle:")


def where(now: ListFiles, found: Reading) -> None:
    """Ask for the sheet or the heading row, where there is a choice."""
    if len(found.sheets) > 1:
        st.session_state["sheet"] = now.sheet
        st.selectbox(
            shown(message("Sheet with the students")),
            found.sheets,
            index=None,
            placeholder=translated(message("Choose a sheet")),
            key="sheet",
            on_change=_look,
            args=(now,),
        )
    if now.heading_row is not None or any(problem.code in ASKS_FOR_ROW for problem in found.problems):
        st.session_state["heading_row"] = found.heading_row if now.heading_row is None else now.heading_row
        st.number_input(
            shown(message("Row with the headings (0: there are none)")),
            min_value=0,
            step=1,
            key="heading_row",
            on_change=_look,
            args=(now,),
        )


@event
def _look(now: ListFiles) -> None:
    now.look_at(
        st.session_state.get("sheet", now.sheet), st.session_state.get("heading_row", now.heading_row)
    )


def columns(now: ListFiles, found: Reading) -> None:
    """Show each column with three of its values, and let the coordinator say what it means."""
    if not found.columns:
        return
    label = plural_message("What the column means", "What the {n} columns mean", len(found.columns))
    opened = fold(label, "more_columns", ":material/view_column:", expanded=found.roster is None)
    if not opened.open:
        return
    with opened:
        st.caption(
            shown(message("Is a column misunderstood? Choose what it means, and the list is read again."))
        )
        grid = st.grid(3, min_column_width=250)
        for place, column in enumerate(found.columns):
            with grid.container():
                _column(now, place, column)


def _column(now: ListFiles, place: int, column: ColumnGuess) -> None:
    if column.kind is ColumnKind.SENSITIVE and not column.corrected:
        st.markdown(f"**{plain(column.heading)}**")
        st.caption(shown(MEANINGS[column.kind]))
        return
    key = spoken(f"meaning_{place}_{column.heading}")
    st.session_state[key] = column.kind
    answers = () if now.roster is None else now.roster.headings
    heading = column.heading if column.heading in answers else name_of(column.heading)
    st.selectbox(
        plain(heading) or shown(message("Column without a heading")),
        list(ColumnKind),
        format_func=worded(MEANINGS.__getitem__),
        key=key,
        on_change=_corrected,
        args=(now, key, column.heading),
    )
    _short_name(now, place, column.heading)
    _order(now, place, column.heading)
    if column.examples:
        # The invisible joiner keeps an address from becoming a link.
        examples = " · ".join(column.examples).replace("@", "\N{WORD JOINER}@")
        st.caption(shown(message("For example: {examples}", examples=examples)))


def _short_name(now: ListFiles, place: int, heading: str) -> None:
    """Let a long heading be called something else; the file and the rules keep the heading."""
    roster = now.roster
    if roster is None or heading not in roster.headings:
        return
    if len(heading) <= LONGEST and heading not in now.names:
        return
    key = spoken(f"short_name_{place}_{heading}")
    st.session_state[key] = roster.short_names.get(heading, heading)
    st.text_input(
        shown(message("Short name, on pages")),
        key=key,
        max_chars=LONGEST_SHORT,
        on_change=_renamed,
        args=(now, key, heading),
    )


def _order(now: ListFiles, place: int, heading: str) -> None:
    """Show the order of a scale, and let it be changed: a line for each answer, or turned round."""
    column = None if now.roster is None else now.roster.column(heading)
    if column is None or column.kind is not ColumnKind.SCALE:
        return
    key = spoken(f"order_{place}_{heading}")
    st.session_state[key] = "\n".join(column.order)
    st.text_area(
        shown(message("From low to high, one answer per line")),
        key=key,
        height="content",
        on_change=_ordered,
        args=(now, key, heading),
    )
    st.button(
        shown(message("Reverse the order")),
        key=f"turn_{key}",
        icon=":material/swap_vert:",
        type="tertiary",
        on_click=_turned,
        args=(now, column.heading, column.order),
    )


@event
def _ordered(now: ListFiles, key: str, heading: str) -> None:
    lines = (" ".join(line.split()) for line in st.session_state[key].splitlines())
    order = tuple(dict.fromkeys(line for line in lines if line))
    if order:
        now.put_in_order(heading, order)


@event
def _turned(now: ListFiles, heading: str, order: tuple[str, ...]) -> None:
    now.put_in_order(heading, tuple(reversed(order)))


@event
def _renamed(now: ListFiles, key: str, heading: str) -> None:
    now.call(heading, " ".join(st.session_state[key].split()))


@event
def _corrected(now: ListFiles, key: str, heading: str) -> None:
    now.correct(heading, st.session_state[key])

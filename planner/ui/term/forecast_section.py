"""How stable the term will be: what to reckon with, the terms lived through, and what they show."""

from __future__ import annotations

import streamlit as st

from planner.forecast.scenarios import (
    TERMS,
    Dropout,
    ForecastRequest,
    Option,
    OptionResult,
    largest_size,
    sizes_for,
)
from planner.forecast.summary import OptionSummary, option_summaries
from planner.jobs.job import JobLost
from planner.model.domain import Roster
from planner.model.problems import InputError
from planner.model.text import Message, message
from planner.plans.course import Course
from planner.reporting.forecast import allowed, basis, name, refused, shown_number, shown_share, verdict
from planner.rules.column_values import values_of
from planner.services.forecast import scenario_of_course
from planner.ui.session import work
from planner.ui.session.forecast_state import Forecast, forecast
from planner.ui.session.language import plain, shown, translated
from planner.ui.shell.plan_bar import EVERY
from planner.ui.shell.run_progress import progress
from planner.ui.term import forecast_chart
from planner.ui.widgets import lost, problem_list
from planner.ui.widgets.boundary import guarded
from planner.ui.widgets.folds import fold

MOST_ANSWERS = 8  # different ones in a column that rates can be given for
LARGEST = 8  # group size on offer
NEAR = 8  # numbers of groups on offer, more or less than there are
CHOICES_OF_TERMS = (50, 100, 200, 500)


@guarded
def show(course: Course, roster: Roster) -> None:
    """Show the forecast of a plan.

    Parameters
    ----------
    course : Course
    roster : Roster
        The class list with all its columns.
    """
    now = forecast()
    now.about(course)
    st.subheader(shown(message("How calm will the term be?")), anchor="forecast")
    st.caption(
        shown(
            message(
                "Hecht simulates the term many times. Each time some students leave at random, and where "
                "that breaks a required rule, as few students as possible move, just as when you replan."
            )
        )
    )
    if course.plan.later:
        st.caption(shown(message("Moves at a refresh are not counted: you plan those yourself.")))
    ask = _asked(course, roster)
    if now.outlook is not None:
        _under_way()
    elif st.button(
        shown(message("Look ahead")), key="forecast", type="primary", icon=":material/query_stats:"
    ):
        now.begin(work.look_ahead(scenario_of_course(course, roster), ask), course, ask)
        st.rerun()
    _found(now)


def _asked(course: Course, roster: Roster) -> ForecastRequest:
    """Let the coordinator say what to reckon with."""
    rate, terms = st.columns(2)
    percent = rate.number_input(
        shown(message("Dropout rate (% of the class)")),
        min_value=0,
        max_value=100,
        value=10,
        key="forecast_rate",
    )
    many = terms.selectbox(
        shown(message("Simulated terms for each choice")),
        CHOICES_OF_TERMS,
        index=CHOICES_OF_TERMS.index(TERMS),
        key="forecast_terms",
    )
    with fold(message("What to compare, and other rates"), "forecast_more", None):
        sizes, counts = st.columns(2)
        students = len(roster.students)
        chosen = sizes.multiselect(
            shown(message("Group sizes")),
            list(range(2, min(LARGEST, largest_size(students)) + 1)),
            default=list(sizes_for(students)),
            placeholder=translated(message("None")),
            key="forecast_sizes",
        )
        there = len(course.plan.groups)
        numbers = counts.multiselect(
            shown(message("Numbers of groups")),
            [n for n in range(max(2, there - NEAR), there + NEAR + 1) if n != there],
            placeholder=translated(message("None")),
            key="forecast_counts",
        )
        column, rates = _rates(roster, percent)
    wanted = [*(Option(size=size) for size in sorted(chosen)), *(Option(count=n) for n in sorted(numbers))]
    dropout = Dropout(rate=percent / 100, column=column, rates=rates)
    return ForecastRequest(dropout=dropout, terms=many, options=tuple(wanted))


def _rates(roster: Roster, percent: int) -> tuple[str | None, dict[str, float]]:
    """Let the coordinator give rates by the answers in one column; nobody is guessed at."""
    few = [h for h in roster.headings if 2 <= len(values_of(roster, h)) <= MOST_ANSWERS]
    column: str | None = st.selectbox(
        shown(message("Other rates by the answers in a column")),
        few,
        index=None,
        placeholder=translated(message("The same rate for everyone")),
        key="forecast_column",
    )
    if column is None:
        return None, {}
    answers = values_of(roster, column)
    rates = {}
    for place, (cell, answer) in enumerate(zip(st.columns(len(answers)), answers, strict=True)):
        given = cell.number_input(
            shown(message("{answer} (%)", answer=answer)),
            min_value=0,
            max_value=100,
            value=percent,
            key=f"forecast_rate_{column}_{place}",
        )
        rates[answer] = given / 100
    return column, rates


@st.fragment(run_every=EVERY)
@guarded
def _under_way() -> None:
    now = forecast()
    if now.outlook is None:
        return
    if now.outlook.job.done():
        now.collect()
        st.rerun()
    ending = message("Stopping with the terms so far")
    progress(now.outlook, "forecast_bar", "forecast_stop", ending)


def _found(now: Forecast) -> None:
    """Show what came of it: the answer, the picture, the table."""
    if isinstance(now.rows, InputError):
        problem_list.errors(now.rows.problems)
    elif isinstance(now.rows, JobLost):
        lost.show(now.rows)
    elif isinstance(now.rows, Exception):
        ended = message("The calculation stopped before there was an answer. Please try again.")
        st.error(shown(ended), icon=":material/healing:")
    elif now.rows is not None:
        _show_results(now.rows)


def _show_results(rows: tuple[OptionResult, ...]) -> None:
    found = option_summaries(rows)
    st.markdown(f":material/spa: **{shown(verdict(found, planned=True))}**")
    if found:
        forecast_chart.show(found)
        st.table([_cells(figure) for figure in found], hide_index=True)
        outcomes = found[0].row.outcomes
        st.caption(shown(basis(len(outcomes), sum(outcome.left for outcome in outcomes) / len(outcomes))))
    for row in rows:
        if row not in [figure.row for figure in found]:
            st.info(shown(refused(row, planned=True)), icon=":material/block:")


def _cells(figure: OptionSummary) -> dict[str, str]:
    row = figure.row
    cells: dict[Message, Message] = {
        message("Choice"): name(row.option, planned=True),
        message("Groups"): message("{size}", size=row.groups),
        message("Sizes"): allowed(row),
        message("Students who have to move"): shown_number(figure.moved),
        message("More moves than the first, in the same terms"): message("–")
        if figure.against is None
        else shown_number(figure.against),
        message("Groups affected"): shown_number(figure.touched),
        message("Existing pairs that stay together"): shown_share(figure.kept),
        message("Terms in which nobody has to move"): shown_share(figure.no_moves),
        message("Terms that at some point had no plan"): shown_share(figure.stuck),
    }
    return {shown(heading): plain(translated(cell)) for heading, cell in cells.items()}

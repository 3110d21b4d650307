"""The page of the term: its blocks and refreshes, who moves when, and one student's own way through it."""

from __future__ import annotations

import streamlit as st

from planner.model.text import message, plural_message
from planner.plans.course import Course
from planner.reporting.stability import describe_refresh, describe_stability
from planner.reporting.story import Story, StoryStage, StoryStep, joined, role_weeks, weeks_of
from planner.ui.session import places
from planner.ui.session.language import (
    badge,
    number,
    plain,
    shown,
    translated,
)
from planner.ui.session.places import Place
from planner.ui.session.state import session
from planner.ui.term import forecast_section, timeline
from planner.ui.widgets.boundary import guarded
from planner.ui.widgets.folds import fold

MOST_MOVERS = 60  # shown of one refresh


@guarded
def show() -> None:
    """Show the term of the plan on the page, where there is one."""
    course = session().course
    if course is None:
        places.missing(
            message("Make the groups first; then you see here how the term will go."),
            Place.GROUPS,
            message("To the groups"),
        )
        return
    story = Story.of(course)
    st.header(translated(message("The term at a glance")), anchor="term")
    _figures(story)
    student = _choice(course)
    steps = story.steps(student) if student else ()
    timeline.show(story.stages, steps, course.names([student])[0] if student else "")
    _blocks(story)
    if student:
        _path(course, student, steps)
    _movers(story)
    planned_for = session().planned_for
    forecast_section.show(course, course.roster if planned_for is None else planned_for[1])


def _figures(story: Story) -> None:
    """Show how stable the term is, in figures and in words."""
    found = story.stability
    figures = st.grid(4, min_column_width=160)
    figures.metric(
        shown(message("Moves per student")),
        number(found.moves_per_student),
        border=True,
        help=shown(message("How often a student moves in the whole term, on average.")),
    )
    figures.metric(
        shown(message("Pairs that stay together")),
        f"{round(100 * found.share_kept)}%",
        border=True,
        help=shown(message("The share of pairs who are still in the same group in the next block.")),
    )
    untouched = [change.untouched for change in found.changes]
    groups = len(story.stages[-1].groups)
    figures.metric(
        shown(message("Groups that stay as they are")),
        translated(message("{some} of {all}", some=min(untouched, default=groups), all=groups)),
        border=True,
        help=shown(message("At the refresh that changes most.")),
    )
    figures.metric(
        shown(message("Weeks together")),
        number(found.weeks_together, 1),
        border=True,
        help=shown(message("How many weeks, on average, two students stay in the same group.")),
    )
    if not found.changes:
        st.markdown(shown(describe_stability(found)[0]))
        st.caption(
            shown(
                message(
                    "In a refresh, a planned change of groups, some students move and meet new people. "
                    "You set it under “Refreshes in the term”."
                )
            )
        )


def _choice(course: Course) -> str | None:
    here = sorted(course.roster.by_id, key=lambda one: course.roster.by_id[one].sort_name.casefold())
    gone = sorted(set(course.left) - set(here), key=lambda one: course.left[one].name.casefold())
    chosen: str | None = st.selectbox(
        shown(message("One student's way through the term")),
        [*here, *gone],
        index=None,
        format_func=lambda one: _called(course, one),
        placeholder=translated(message("Type a name")),
        key="term_student",
    )
    return chosen


def _called(course: Course, student: str) -> str:
    """Return the name of a student; of one who is not in the groups any more, that as well."""
    if student in course.roster.by_id:
        return course.roster.shown_names[student]
    return translated(message("{name} (no longer in the groups)", name=course.left[student].name))


def _blocks(story: Story) -> None:
    """Show the table beside the picture."""
    rows = [_block(stage) for stage in story.stages]
    st.table(rows, hide_index=True)
    for stage in story.stages:
        line = describe_refresh(stage.block) if stage.block is not None else None
        if line is not None:
            sign = badge("blue", ":material/autorenew:", message("Refresh"))
            week = shown(message("Week {week}", week=stage.first))
            st.markdown(f"{sign} **{week}** · {shown(line)}")


def _block(stage: StoryStage) -> dict[str, str]:
    change = stage.change
    none = "–"
    return {
        shown(message("Weeks")): translated(weeks_of(stage)),
        shown(message("Groups")): str(len(stage.groups)),
        shown(message("Students who move")): none if change is None else str(len(change.moved)),
        shown(message("Pairs that stay together")): none
        if change is None
        else translated(message("{some} of {all}", some=change.kept, all=change.pairs)),
        shown(message("Pairs who meet")): none if change is None else str(change.first_meetings),
        shown(message("Groups that stay as they are")): none if change is None else str(change.untouched),
    }


def _path(course: Course, student: str, steps: tuple[StoryStep, ...]) -> None:
    """Show one student's groups, people and roles."""
    st.subheader(plain(_called(course, student)), anchor=False)
    if student in course.roster.by_id and not any(step.moved for step in steps):
        st.markdown(badge("green", ":material/check:", message("The same group all term")))
    rows = []
    for step in joined(steps):
        group = plain(step.group)
        if step.moved:
            group += " " + badge("orange", ":material/arrow_forward:", message("moves"))
        rows.append(
            {
                shown(message("Weeks")): translated(weeks_of(step.stage)),
                shown(message("Group")): group,
                shown(message("With people met before")): _names(course, step.known),
                shown(message("With new people")): _names(course, step.new),
                shown(message("Roles")): _roles(step),
            }
        )
    st.table(rows, hide_index=True)


def _names(course: Course, ids: tuple[str, ...]) -> str:
    return plain(", ".join(course.names(ids))) or "–"


def _roles(step: StoryStep) -> str:
    return plain("; ".join(map(translated, role_weeks(step)))) or "–"


def _movers(story: Story) -> None:
    """Show who moves at each refresh, folded away."""
    names = story.course.roster.shown_names
    for stage in story.stages[1:]:
        movers = story.movers(stage)
        label = plural_message(
            "Week {week}: one student moves", "Week {week}: {n} students move", len(movers), week=stage.first
        )
        with fold(label, f"movers_{stage.first}", ":material/move_group:"):
            if not movers:
                st.markdown(shown(message("Every group stays as it is.")))
                continue
            st.table(
                [
                    {
                        shown(message("Name")): plain(names[student]),
                        shown(message("From group")): plain(old),
                        shown(message("To group")): plain(new),
                    }
                    for student, old, new in movers[:MOST_MOVERS]
                ],
                hide_index=True,
            )
            if len(movers) > MOST_MOVERS:
                st.caption(shown(plural_message("And one more.", "And {n} more.", len(movers) - MOST_MOVERS)))

"""Where a student could be instead: with somebody by name, in a group by name, or where it fits best."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

import streamlit as st

from planner.edit import weeks_to_edit
from planner.edit.best_places import PlaceInGroup
from planner.edit.values import Edit, moved_by
from planner.model.problems import InputError
from planner.model.text import Message, message
from planner.plans.course import Course
from planner.services.places import (
    PlacesRequest,
    PlacesResult,
    best_places,
    places_in,
    swap_partners,
    wished_by,
)
from planner.ui.groups import dialogs, reveal
from planner.ui.session.edit_state import by_hand
from planner.ui.session.language import bold, plain, shown, translated
from planner.ui.session.pending_state import leaving
from planner.ui.session.state import session
from planner.ui.shell import parts
from planner.ui.widgets import problem_list
from planner.ui.widgets.boundary import event

MOST = 5
MOST_WISHES = 3
MOST_LINES = 4
WHERE = "place_where"


@dataclass(frozen=True)
class Wanted:
    """With whom, or in which group: what the field offers."""

    group: str
    beside: str = ""  # id
    wished: bool = False


def show(course: Course, student: str) -> None:
    """Open the window for a student."""
    name = course.roster.shown_names.get(student)
    if name is not None:
        title = message("Another group for {name}", name=name)
        dialogs.window(title, ":material/swap_horiz:", _body)(student)


def _body(student: str) -> None:
    course = session().course
    if course is None or student not in course.plan.group_of:
        return
    here = message("Now in {group}.", group=course.plan.group_of[student])
    st.markdown(shown(here))
    request = request_of(course, student)
    wishes = _wishes(request, student)
    wanted = _where(request, student, wishes)
    if wanted is not None:
        into = partial(places_in, group=wanted.group, stays=wanted.beside)
        _part(_into(course, wanted), into, request, "into")
        return
    for number, wish in enumerate(wishes[:MOST_WISHES]):
        _wish(request, wish, number)
    _part(message("Swap with"), swap_partners, request, "swap_partners")
    _part(message("Move to"), best_places, request, "best_places")


def request_of(course: Course, student: str) -> PlacesRequest:
    """Return the question for the best places of somebody in the class."""
    return PlacesRequest(course, student, week_of(course), MOST, leaving(session()))


def week_of(course: Course) -> int:
    """Return the week from which an edit holds: the one that it likely is, or the next that can be edited."""
    now, weeks = session().week_now(), weeks_to_edit(course)
    return next((week for week in weeks if week >= now), weeks[-1])


def _home(request: PlacesRequest) -> dict[str, str]:
    """Return the group of everybody who is still there in the week of the edit, by id."""
    groups = request.course.plan.block_of(request.first_week).groups
    return {one: group.name for group in groups for one in group.members if one not in request.gone}


def _wishes(request: PlacesRequest, student: str) -> list[Wanted]:
    """Return whom the student named and is not with."""
    home = _home(request)
    return [
        Wanted(home[one], one, wished=True)
        for one in wished_by(request.course, student)
        if one in home and home[one] != home.get(student)
    ]


def _where(request: PlacesRequest, student: str, wishes: list[Wanted]) -> Wanted | None:
    """Ask with whom or in which group; whom the student named come first."""
    course, home = request.course, _home(request)
    groups = [group.name for group in course.plan.block_of(request.first_week).groups]
    names, named = course.roster.shown_names, {one.beside for one in wishes}
    people = sorted(home, key=lambda one: (names[one].casefold(), one))
    own = home.get(student)
    options = [
        *wishes,
        *(Wanted(name) for name in groups if name != own),
        *(Wanted(home[one], one) for one in people if home[one] != own and one not in named),
    ]

    def called(one: Wanted) -> str:
        return translated(_called(course, one))

    chosen: Wanted | None = st.selectbox(
        shown(message("With whom, or in which group?")),
        options,
        index=None,
        format_func=called,
        placeholder=translated(message("Type a name or a group")),
        key=f"{WHERE}_{student}",
    )
    return chosen


def _called(course: Course, one: Wanted) -> Message:
    if not one.beside:
        return message("{group}", group=one.group)
    name = course.roster.shown_names[one.beside]
    if one.wished:
        return message("{name} ({group}), a wish", name=name, group=one.group)
    return message("{name} ({group})", name=name, group=one.group)


def _into(course: Course, wanted: Wanted) -> Message:
    names = course.roster.shown_names
    if wanted.beside:
        return message("With {name} in {group}", name=names[wanted.beside], group=wanted.group)
    return message("Into {group}", group=wanted.group)


def _wish(request: PlacesRequest, wanted: Wanted, number: int) -> None:
    """Show the best way to somebody whom the student named."""
    into = partial(places_in, group=wanted.group, stays=wanted.beside)
    _part(_into(request.course, wanted), into, replace(request, most=1), f"wish_{number}")


def _part(
    title: Message, rank: Callable[[PlacesRequest], PlacesResult], request: PlacesRequest, key: str
) -> None:
    st.markdown(bold(title))
    try:
        found = rank(request)
    except InputError as error:
        problem_list.errors(error.problems)
        return
    if not found.places:
        st.markdown(shown(message("Nothing that keeps every required rule.")))
    show_places(found, key)


def show_places(found: PlacesResult, key: str) -> None:
    """Show places, with what is the same for all of them said once."""
    shared = found.shared()
    if shared:
        st.markdown(shown(message("For each of these:")))
        st.markdown("\n".join(f"- :small[{shown(line)}]" for line in shared))
    for number, place in enumerate(found.places):
        _show_place(found, place, shared, f"{key}_{number}")


def _name(course: Course, place: PlaceInGroup) -> Message:
    if place.partner is None:
        return message("{group}", group=place.group)
    name = course.roster.shown_names[place.partner]
    if place.home is None:
        return message("{name} ({group})", name=name, group=place.group)
    return message("Swap with {name} ({group})", name=name, group=place.group)


def _show_place(found: PlacesResult, place: PlaceInGroup, shared: tuple[Message, ...], key: str) -> None:
    """Show a place, what it means with the worst of it first, and the button that puts the student there."""
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        called, size = shown(_name(found.course, place)), shown(found.size(place))
        head = f"{_sign(found, place)} **{called}** :small[{size}]"
        st.markdown("\n".join([head, "", *_lines(found, place, shared)]), width="stretch")
        st.button(
            shown(message("Place here") if place.home is None else message("Do this")),
            key=key,
            icon=":material/arrow_forward:",
            disabled=place.locked,
            on_click=_do,
            args=(found.edit(place), found.request.week),
            help=plain(place.group) if place.locked else None,
        )


def _lines(found: PlacesResult, place: PlaceInGroup, shared: tuple[Message, ...]) -> Iterator[str]:
    """Yield a line for all that gets worse or better, and a few for what does not change."""
    told = [line for line in found.told(place) if line.said not in shared]
    changed = [line for line in told if line.worse or line.better]
    rest = told[len(changed) : max(len(changed), MOST_LINES)]
    for number, line in enumerate((*changed, *rest)):
        first = number == 0 and line.worse and not found.fine(place)  # first of all, what it costs
        yield f"- {bold(line.said)}" if first else f"- :small[{shown(line.said)}]"


def _sign(found: PlacesResult, place: PlaceInGroup) -> str:
    if place.breaks:
        return ":orange[:material/block:]"
    if not found.fine(place):
        return ":orange[:material/trending_down:]"
    return ":material/check_circle:"


@event
def _do(edit: Edit, week: int | None) -> None:
    now = session()
    if now.course is not None:
        by_hand(now, now.course).do(now, edit, week)
        dialogs.close()
        reveal.student(now.course, moved_by(edit)[0])
        parts.only(None)

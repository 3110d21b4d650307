"""The parts of the page of groups that show the plan: after an edit by hand only what changed is drawn anew.

A part may say what is to be seen of it, its face: it stays as it is on the page while that stays the same.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from typing import NamedTuple, ParamSpec

import streamlit as st

from planner.plans.course import Course
from planner.ui.session import saving
from planner.ui.session.edit_state import note_on
from planner.ui.session.pointed import pointed_at
from planner.ui.session.state import Session, session
from planner.ui.shell import open_course as courses
from planner.ui.widgets.boundary import TROUBLE, event, guarded
from planner.ui.widgets.shown_groups import Shown, shown_in

P = ParamSpec("P")
Fingerprint = Callable[[Course], object]
STANDING, PICTURE, ANALYSIS, HAPPENED = "standing", "picture", "analysis", "happened"
PANEL, LOCKS, PLACED, IMPROVE = "edit_panel", "edit_locks", "edit_placed", "edit_improve"
GROUPS, PRINTED, DOWNLOAD = "groups", "printed", "download"
UNDO, RULES, REVEAL = "edit_history", "unmet_rules", "reveal"
WHAT_IF, COMPARE, BALANCE, MIX, MOMENTS = "what_if", "compare", "balance", "mix", "moments"
# Where somebody looks first is drawn first: the cards, then these.
# What is in the tab with the analysis is drawn when somebody opens it.
REST = (
    PANEL,
    UNDO,
    HAPPENED,
    courses.SAVED,
    STANDING,
    PICTURE,
    RULES,
    PLACED,
    IMPROVE,
    LOCKS,
    PRINTED,
    DOWNLOAD,
    REVEAL,
)
CARDS = "hecht_cards_drawn"  # on the page
TURNED = "hecht_cards_turned"  # how often it was turned to another page of cards for somebody, and to which
FINGERPRINTS = "hecht_faces"  # of the parts, as they were drawn last
_fingerprints: dict[str, Fingerprint] = {}


class Cards(NamedTuple):
    """The cards on the page, as they were drawn last.

    Attributes
    ----------
    week : int
    places : tuple of int
        Of their groups, in the groups of that week.
    narrowed : bool
        Whether they are only those in which a name was found, or a rule is not met.
    page : int
        Of the pages of cards.
    turned : tuple of int
        How often it was turned by then, and where to.
    """

    week: int
    places: tuple[int, ...]
    narrowed: bool
    page: int = 1
    turned: tuple[int, int] = (0, 1)


def begin() -> None:
    """Note that the page is drawn anew, and that no part of it is there yet."""
    st.session_state[FINGERPRINTS] = {}


def turned() -> tuple[int, int]:
    """Return how often it was turned to a page of cards for somebody, and to which the last time."""
    kept: tuple[int, int] = st.session_state.get(TURNED, (0, 1))
    return kept


def card(place: int) -> str:
    """Return the key of the part that is a card."""
    return f"card_{place}"


def part(
    key: str, fingerprint: Fingerprint | None = None
) -> Callable[[Callable[[Course], None]], Callable[[], None]]:
    """Make of what draws something of the plan a part that can be drawn anew by itself.

    Parameters
    ----------
    key : str
    fingerprint : callable, optional
        Returns what is to be seen of a plan there: only where that is another is the part drawn
        anew after an edit. Without it, it always is.
    """
    if fingerprint is not None:
        _fingerprints[key] = fingerprint

    def of(draw: Callable[[Course], None]) -> Callable[[], None]:
        @functools.wraps(draw)
        def shown() -> None:
            course = session().course
            if course is not None:
                seen = None if fingerprint is None else fingerprint(course)
                st.session_state.setdefault(FINGERPRINTS, {})[key] = seen
                draw(course)

        return st.fragment(guarded(shown), key=key)

    return of


def edits(work: Callable[P, None]) -> Callable[P, None]:
    """Wrap what may change the plan by hand at a click: it is saved at once, and drawn where it shows."""
    safe = event(work)

    @functools.wraps(work)
    def done(*args: P.args, **kwargs: P.kwargs) -> None:
        before = session().course
        safe(*args, **kwargs)
        now = session()
        if TROUBLE in st.session_state:
            only(None)
        if before is not None and now.course is not None and now.course is not before:
            _draw(now, before, now.course)

    return done


def _draw(now: Session, before: Course, after: Course) -> None:
    standing = courses.standing(now)
    saving.save(now)
    fine = now.kept.id and now.kept.trouble is None and courses.standing(now) == standing
    if now.making.aside is not None:
        only(None)  # how many would move is another number by now
    if not fine or CARDS not in st.session_state or not _same_page(before, after):
        only(None)
    only(
        [
            *_cards(st.session_state[CARDS], before, after),
            *(part for part in REST if _other(part, after)),
        ]
    )


def _other(part: str, after: Course) -> bool:
    """Whether a part is on the page, and there is something else to be seen in it than what was drawn."""
    if part == courses.SAVED:
        return True
    drawn = st.session_state.get(FINGERPRINTS, {})
    return part in drawn and (part not in _fingerprints or drawn[part] != _fingerprints[part](after))


def _same_page(before: Course, after: Course) -> bool:
    """Whether there are as many groups as before, in every block."""

    def groups(course: Course) -> list[tuple[int, int]]:
        return [(block.from_week, len(block.groups)) for block in course.plan.blocks]

    return groups(before) == groups(after)


def _cards(cards: Cards, before: Course, after: Course) -> Iterable[str]:
    """Return the cards on which something changed, or all where other groups may be shown."""
    if cards.narrowed or turned() != cards.turned:
        return [GROUPS]
    old, new = shown_in(before, cards.week), shown_in(after, cards.week)
    return [card(place) for place in cards.places if _face(old, before, place) != _face(new, after, place)]


def _face(shown: Shown, course: Course, place: int) -> tuple[object, ...]:
    group, locks = shown.groups[place], course.locks
    return (
        group,
        group.name in locks.groups,
        [student in locks.students for student in group.members],
        [shown.roles.get(student) for student in group.members],
        shown.remarks.get(group.name),
        note_on(course, group.name),
        pointed_at(course, group.name),
    )


def only(parts: Iterable[str] | None) -> None:
    """Draw some parts of the page anew, or all of it, at the end of what happens at a click."""
    st.rerun("app" if parts is None else list(parts))

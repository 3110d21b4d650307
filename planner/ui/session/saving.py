"""Saving as the coordinator goes: before a plan is shown, and whenever the page has changed."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial

import streamlit as st

from planner.model.problems import InputError
from planner.model.text import Message, message
from planner.plans.course import Course
from planner.store import (
    Added,
    CourseRepository,
    CourseState,
    LastSave,
    MadeBy,
    PlanVersion,
    Sharing,
    Store,
    open_store,
)
from planner.store.database import default_url
from planner.store.errors import NotSaved, first_choose, is_final, only_look, saved_elsewhere
from planner.store.history import brought_back, changed, of_plan
from planner.store.rows import tidy
from planner.ui.session import sign_in
from planner.ui.session.language import translated
from planner.ui.session.restoring import state_of
from planner.ui.session.run import Run
from planner.ui.session.saved_course import SavedCourse
from planner.ui.session.state import Session

MOST_COPIES = 100  # that have a name as a copy
log = logging.getLogger(__name__)


@st.cache_resource(show_spinner=False)
def _opened(url: str) -> Store:
    return open_store(url)


def store() -> Store:
    """Return the database of this server.

    Raises
    ------
    NotSaved
        Where it cannot be opened; the next attempt tries again.
    """
    return _opened(default_url())


def repository() -> CourseRepository:
    """Return the courses of this coordinator.

    Raises
    ------
    NotSaved
        Where the database cannot be opened; the next attempt tries again.
    """
    return CourseRepository(store(), sign_in.owner(), sign_in.name(), sign_in.address())


def sharing() -> Sharing:
    """Return with whom this coordinator shares courses.

    Raises
    ------
    NotSaved
        Where the database cannot be opened; the next attempt tries again.
    """
    return Sharing(store(), repository().person)


def allow_change(now: Session) -> None:
    """See that the groups may be changed, before something is done to them.

    Raises
    ------
    NotSaved
        Where a colleague shared the course to look at, or where it was saved elsewhere since: what is
        done then would be done to groups that are not those of the course any more.
    """
    kept = now.kept
    if kept.look_only:
        raise only_look()
    if not kept.id:
        return
    if not kept.stale:
        try:
            repository().check(kept.id, kept.version)
        except InputError as error:
            if is_final(error):
                kept.trouble = error  # else it is saved once it can be
    if kept.stale:
        raise first_choose()


def behind(now: Session) -> bool:
    """Whether somebody saved the course elsewhere since, and nothing on this page waits to be saved."""
    kept = now.kept
    running = now.making.run is not None or kept.run is not None  # its plan may be saved at this very moment
    if not kept.id or kept.look_only or running or now.course is not kept.course or now.reading is None:
        return False  # what changed and is not read yet is not saved either
    try:
        repository().check(kept.id, kept.version)
    except NotSaved as error:
        return error.code == "saved-elsewhere"
    return False


def save(now: Session) -> bool:
    """Save what changed on a page since the last time; what is in the way is kept to be told.

    Returns
    -------
    bool
        Whether all of the page is saved.
    """
    try:
        if _attempt(now):
            now.kept.trouble = None
            return True
    except Exception as error:
        if not isinstance(error, InputError):
            log.exception("Saving went wrong")
        now.kept.trouble = error
    return False


def follow(now: Session, run: Run) -> None:
    """Have the plan of a run saved when it is there, whether or not a page looks on then.

    Where there are groups already, nothing takes their place before the coordinator has seen it.
    """
    save(now)
    if not now.kept.id or now.kept.stale:
        return
    with suppress(InputError):  # the page tells of it, and saves the plan when it can
        run.course_id, now.kept.run = now.kept.id, run
        if now.course is None:
            run.keeper = partial(_add, repository(), now.kept.id)


def rename(now: Session, name: str) -> None:
    """Give the course on the page another name."""

    def change(repository: CourseRepository, kept: SavedCourse) -> int:
        version = repository.rename(kept.id, kept.version, name)
        kept.name = tidy(name)
        return version

    _change(now, change)


def keep_until(now: Session, day: date) -> None:
    """Set after which day the course on the page is offered for deletion."""
    _change(now, lambda repository, kept: repository.keep_until(kept.id, kept.version, day))


def _change(now: Session, change: Callable[[CourseRepository, SavedCourse], int]) -> None:
    kept = now.kept
    try:
        kept.version = change(repository(), kept)
        kept.at = datetime.now(UTC)
    except InputError as error:
        kept.trouble = error


def keep_as_new(now: Session) -> None:
    """Save what is on the page as another course.

    Raises
    ------
    NotSaved
        Where it cannot be saved; the page stays what it was.
    """
    state = state_of(now)
    if state is None:
        return
    at, made = datetime.now(UTC), now.course
    plans = () if made is None else (PlanVersion(1, at, _how(now), made, now.handover),)
    name = _name_of_copy(repository(), now.kept.name or state.list_name)
    now.kept = SavedCourse.of(repository().create(name, state, plans))
    if now.making.run is not None:
        follow(now, now.making.run)


def _name_of_copy(repository: CourseRepository, name: str) -> str:
    """Return the name of a copy; a second one, or a copy of a copy, is counted."""
    for language in ("nl", "en"):
        before, _, after = message("{name} (copy)", name="\0").text(language).partition("\0")
        counted = re.fullmatch(rf"{re.escape(before)}(.+){re.escape(after[:-1])}(?: \d+)?\)", name)
        name = counted[1] if counted else name
    for number in range(1, MOST_COPIES):
        copy = message("{name} (copy)", name=name)
        if number > 1:
            copy = message("{name} (copy {n})", name=name, n=number)
        if repository.free_name(translated(copy)) == tidy(translated(copy)):
            return tidy(translated(copy))
    return repository.free_name(name)


def _attempt(now: Session) -> bool:
    """Save what is to be saved; return whether everything is."""
    state = state_of(now)
    if state is None or state.roster is None:
        return False
    if now.kept.id and not now.kept.same_class(state.roster):
        now.kept = SavedCourse(left=(now.kept.id, now.kept.name))
    if now.kept.look_only:
        return True  # what is tried on the page stays there
    if now.is_sample and now.course is None and now.making.run is None and not now.kept.id:
        return False  # somebody has a look around
    state = now.kept.used(state)
    if not now.kept.id:
        name = repository().free_name(_name(state))
        now.kept = replace(SavedCourse.of(repository().create(name, state)), left=now.kept.left)
    if now.kept.stale:
        return False  # until the coordinator has chosen
    _save_plan(now)
    if state != now.kept.state:
        now.kept.began = now.kept.began or now.kept.state
        notes = changed(now.kept.state, state, now.kept.began)
        now.kept.saved(state, repository().save(now.kept.id, now.kept.version, state, notes))
    return True


def _name(state: CourseState) -> str:
    return (
        translated(message("Sample class"))
        if state.sample
        else state.list_name or translated(message("New course"))
    )


def _save_plan(now: Session) -> None:
    kept, made = now.kept, now.course
    if made is None or made is kept.course:
        return
    run = kept.run
    added = run.save() if run is not None and run.course is made else None
    if added is None:
        how = _how(now)
        sitting = kept.sitting if how == "edited" else ""
        what = _what(now, how, made)
        added = repository().add_plan(
            kept.id, kept.version, made, how, now.handover, what=what, sitting=sitting
        )
    if not kept.added(made, added):
        last = added.last or LastSave(datetime.now(UTC))
        raise saved_elsewhere(last.at, last.by)


def _how(now: Session) -> MadeBy:
    return "rerun" if now.handover is not None and now.kept.how == "made" else now.kept.how


def _what(now: Session, how: MadeBy, made: Course) -> Message:
    """Return how a plan came about, for the history of the course."""
    kept = now.kept
    if how == "brought-back" and kept.brought:
        return brought_back(kept.brought)
    return of_plan(how, made, kept.before_sitting or kept.course, now.handover)


def _add(repository: CourseRepository, course: str, made: Course) -> Added:
    return repository.add_plan(course, None, made, "made")

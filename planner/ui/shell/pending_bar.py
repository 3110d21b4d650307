"""What waits to be carried out, in the bar of every page: what it comes to, and the button for it."""

from __future__ import annotations

import streamlit as st

from planner.model.no_plan import NoPlan
from planner.model.problems import InputError
from planner.model.text import Message, message, plural_message
from planner.model.wording import shortened
from planner.reporting import describe as words
from planner.ui.session import places, saving, work
from planner.ui.session.language import shown
from planner.ui.session.pending_state import Pending, pending, work_out
from planner.ui.session.places import Place
from planner.ui.session.state import Session, session
from planner.ui.shell.run_progress import progress
from planner.ui.widgets.boundary import event, guarded

MOST_NAMED = 2  # changes that are kept for later
AWHILE = 1.0  # seconds after which it says what it is looking at
EVERY = 0.3  # seconds between two looks at what the changes come to


def show(now: Session, found: Pending | None) -> None:
    """Say what waits, what it comes to, and where that can be seen."""
    if found is None:
        st.markdown(f":material/check_circle: {shown(_in_use(now))}", width="stretch")
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f":material/pending_actions: {shown(standing(found))}", width="content")
        if way_out(found):
            return
        if not places.here(Place.GROUPS) and not places.here(Place.CHANGES):
            places.link(Place.GROUPS, message("See the pending changes"))
        elif places.here(Place.CHANGES) and found.made is not None:
            see = message("See before and after")
            st.markdown(f"[{shown(see)}](#before-after)", width="content")


def _in_use(now: Session) -> Message:
    """Say since when the groups are in use, and since when they are as they are."""
    week = 1 if now.in_use is None else now.in_use.week
    changed = week if now.course is None else now.course.plan.from_week
    if changed > week:
        return message(
            "In use from week {week}, changed from week {changed}. No pending changes.",
            week=week,
            changed=changed,
        )
    return message("In use from week {week}. No pending changes.", week=week)


def way_out(found: Pending) -> bool:
    """Show the way to where it is decided what stands in the way; return whether there is one."""
    place, label = Place.CHANGES, message("See what would help")
    if found.rerun.unfinished:
        place, label = Place.RULES, message("To the rules")
    elif found.asked is not None and not _decides(found.failure):
        return False
    if not places.here(place):
        places.link(place, label)
    return True


def _decides(failure: Exception | None) -> bool:
    """Whether there is something to decide, rather than to work out once more."""
    return isinstance(failure, NoPlan | InputError)


def standing(found: Pending) -> Message:
    """Return how many changes wait and what they come to, in a sentence."""
    count = plural_message("One pending change.", "{n} pending changes.", len(found.changes))
    if found.left_as_is:
        names = shortened([one.message for one in found.changes], most=MOST_NAMED)
        count = message("Kept for later: {changes}.", changes=names)
    return message("{count} {effect}", count=count, effect=effect(found))


def effect(found: Pending, *, rules: bool = True) -> Message:
    """Return what the changes come to, as far as it is known; in short of the rules as well."""
    if found.asked is None:
        reasons = found.obstacles or (message("your choices exclude each other."),)
        return message("First decide this: {reason}", reason=reasons[0])
    if found.failure is not None:
        why = found.failure
        if isinstance(why, NoPlan):
            reason = words.no_plan(why, found.asked.asked)
            if why.cut_short and not why.proven:
                return reason  # nothing to decide: it can be worked out again
            return message("First decide this: {reason}", reason=reason)
        if isinstance(why, InputError):
            return message("First decide this: {reason}", reason=why.problems[0].message)
        return message("The calculation stopped before it was known what that means.")
    if found.made is None:
        return message("Working out what that means …")
    moves, effects = words.moves(found.made.course.plan.outcome), found.effects
    short = effects.in_short if rules and effects is not None else None
    return moves if short is None else message("{moves} {rules}", moves=moves, rules=short)


def work_again(found: Pending, key: str) -> None:
    """Offer to work out once more what the changes come to, where that ended before it was known."""
    made, why = found.made, found.failure
    early = made is not None and made.course.plan.outcome.cut_short
    lost = why is not None and not (isinstance(why, NoPlan) and not why.cut_short)
    if found.rerun.run is None and found.asked is not None and (early or lost):
        st.button(
            shown(message("Work it out again")), key=key, icon=":material/refresh:", on_click=_work_again
        )


@event
def _work_again() -> None:
    session().rerun.wanted = True


def button(found: Pending, key: str) -> None:
    """Show the button that carries out, once it is known what that comes to; not to who may only look."""
    if session().kept.look_only:
        return
    st.button(
        shown(message("Carry out")),
        key=key,
        type="primary",
        icon=":material/check:",
        disabled=found.made is None,
        on_click=_carry_out,
    )


def watch(now: Session, *, shows: bool) -> None:
    """See when it is worked out what the changes come to, and show how far that is where they are shown."""
    if now.in_use is not None and now.rerun.run is not None:
        st.fragment(_look, run_every=work.pace(EVERY))(shows)


@guarded
def _look(shows: bool) -> None:
    rerun = session().rerun
    if rerun.run is None:
        return
    rerun.run.look()
    if shows and rerun.run.seconds >= AWHILE:
        progress(rerun.run, "working_out", "stop_working_out", message("Stopping with what is known so far"))
        st.caption(shown(message("You can go on working: this continues in the background.")))
    if rerun.run.job.done():
        rerun.collect()
        st.rerun()


@event
def _carry_out() -> None:
    now = session()
    saving.allow_change(now)
    found = pending(now)
    if found is not None and found.made is not None:
        now.accept()


def begin() -> None:
    """Have it worked out what changed on the page comes to, at the end of its run."""
    now = session()
    if (
        now.rerun.just_made
        and now.rerun.done == "accepted"
        and places.now() not in (Place.GROUPS, Place.CHANGES)
    ):
        places.go(Place.GROUPS)  # where it is said, and what is left to do
    if work_out(now):
        st.rerun()  # what is under way is seen
    if not places.here(Place.GROUPS) or pending(now) is None:
        watch(now, shows=False)

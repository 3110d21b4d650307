"""The bar at the bottom: make groups, see how far it is, stop."""

from __future__ import annotations

import streamlit as st

from planner.model.text import Message, message, plural_message
from planner.reporting import describe as words
from planner.rules import Rules
from planner.ui.session import places, saving, work
from planner.ui.session.language import shown
from planner.ui.session.pending_state import pending
from planner.ui.session.places import Place
from planner.ui.session.plan_input import PlanInput, asked
from planner.ui.session.state import Session, session
from planner.ui.shell import frame, pending_bar, use_groups
from planner.ui.shell.run_progress import progress
from planner.ui.widgets.boundary import event, guarded

EVERY = 0.5  # seconds between two looks at a run
FEW_MOVES = message("Replan with few moves")
AGAIN = message("Make the groups again")
ANEW = message("Make new groups from scratch")


def bottom(now: Session, wanted: PlanInput) -> None:
    """Show the bar at the bottom of a page."""
    with st.bottom, frame.column():
        show(now, wanted)


def show(now: Session, wanted: PlanInput) -> None:
    """Show the run under way, or what can be done next."""
    if now.making.run is not None:
        st.fragment(_under_way, run_every=work.pace(EVERY))()
        return
    with st.container(horizontal=True, vertical_alignment="center", border=True, key="plan_bar"):
        looks, waits = look_only(), pending(now)
        if now.in_use is not None:
            pending_bar.show(now, waits)
        if looks:
            return
        if waits is not None:
            pending_bar.button(waits, "carry_out_bar")
        elif now.in_use is None:
            _draft(now, wanted)


def anew(now: Session, wanted: PlanInput) -> None:
    """Offer to make groups that are in use from nothing: under a heading of its own, away from the rest."""
    if now.in_use is None or now.course is None or now.making.run is not None or now.kept.look_only:
        return
    with st.container(key="anew"):
        st.subheader(shown(message("Starting over")), anchor="anew")
        st.caption(
            shown(
                message(
                    "All groups are made again from nothing, and most students would be in another one. You "
                    "see how many would move, and are asked, before anything changes."
                )
            )
        )
        _make(ANEW, wanted, primary=False, help_=_of_making_anew(wanted))


def _draft(now: Session, wanted: PlanInput) -> None:
    """Show what can be done while nothing is in use: make groups, make them again, use them."""
    _standing(now, wanted)
    if now.course is None:
        _make(message("Make the groups"), wanted, primary=True)
        return
    other = now.outdated(wanted.rules)
    _make(AGAIN, wanted, primary=other, help_=_of_making_again(wanted))
    if other:
        st.button(
            shown(FEW_MOVES),
            key="replan",
            icon=":material/move_group:",
            disabled=wanted.rules is None,
            help=shown(
                message("Only students who have to will move. You see who and why before you accept it.")
            ),
            on_click=_replan,
        )
    elif now.making.aside is None:
        use_groups.ask(now)


def look_only() -> bool:
    """Say in the place of the buttons that a course is there to look at; return whether it is."""
    if not session().kept.look_only:
        return False
    text = message("This course was shared with you to look at: groups are made by those who may change it.")
    st.markdown(f":material/visibility: {shown(text)}")
    return True


def _of_making_again(wanted: PlanInput) -> Message:
    if wanted.obstacles:
        return not_yet(wanted.obstacles[0])
    return message("These groups are a draft: new ones take their place. You can go back to these.")


def _of_making_anew(wanted: PlanInput) -> Message:
    if wanted.obstacles:
        return not_yet(wanted.obstacles[0])
    return message("Your groups stay as they are until you have seen how many students would move.")


def _make(label: Message, wanted: PlanInput, *, primary: bool, help_: Message | None = None) -> None:
    st.button(
        shown(label),
        key="make_plan",
        type="primary" if primary else "secondary",
        icon=":material/diversity_3:",
        disabled=wanted.rules is None or bool(wanted.obstacles),
        help=None if help_ is None else shown(help_),
        on_click=_ask,
    )


@event
def _ask() -> None:
    saving.allow_change(session())
    session().making.asked_at = places.now()


@event
def _replan() -> None:
    saving.allow_change(session())
    session().making.replan_at = places.now()


def carry_out() -> None:
    """Start the run that was asked for, once all that was filled in is known.

    Not where the button is drawn: who presses it and goes to another page at once would ask in vain.
    """
    now = session()
    at, now.making.asked_at = now.making.asked_at, None
    if at is None or now.roster is None:
        return
    wanted = asked(now)
    if wanted.rules is None or wanted.obstacles:
        return
    if places.here(at):
        begin(now, wanted.rules)
    work.start(now, now.making.request(wanted.rules, now.roster))
    st.rerun()  # the bar shows it


def begin(now: Session, rules: Rules) -> None:
    """Start a run and go where it can be seen."""
    if now.roster is not None:
        work.start(now, now.making.request(rules, now.roster))
        places.go(Place.GROUPS)


def _standing(now: Session, wanted: PlanInput) -> None:
    """Say what stands in the way or where the coordinator is, with the page where that can be seen."""
    text, see = _status(now, wanted)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(text, width="content")
        if see is not None and not places.here(see[0]):
            places.link(*see)


def _status(now: Session, wanted: PlanInput) -> tuple[str, tuple[Place, Message] | None]:
    if now.course is None or wanted.rules is None:
        return _status_at_first(now, wanted)
    see = (Place.GROUPS, message("See the groups"))
    if now.making.failure is not None:
        same = message("There is no new plan. Your groups are as they were.")
        return shown(same), (Place.GROUPS, message("See why"))
    if now.making.aside is not None:
        question = message("New groups are ready: do you want to use them?")
        return f":material/help: {shown(question)}", see
    if now.outdated(wanted.rules):
        changed = message("The rules or the class list have changed since these groups were made.")
        return f":material/update: {shown(changed)}", see
    ready = message("Ready: {groups}.", groups=words.group_count(len(now.course.plan.groups)))
    return f":material/check_circle: {shown(ready)}", see


def _status_at_first(now: Session, wanted: PlanInput) -> tuple[str, tuple[Place, Message] | None]:
    if wanted.obstacles:
        return f":material/block: {shown(not_yet(wanted.obstacles[0]))}", (
            Place.RULES,
            message("To the rules"),
        )
    if now.making.failure is not None:
        return shown(message("There is no plan yet.")), (Place.GROUPS, message("See why"))
    return f":material/check_circle: {shown(_ready(now, wanted))}", (Place.RULES, message("See the rules"))


def not_yet(reason: Message) -> Message:
    """Return why no groups can be made, as it is said next to the button."""
    return message("Not yet: {reason}", reason=reason)


def _ready(now: Session, wanted: PlanInput) -> Message:
    students = len(now.roster.students) if now.roster else 0
    rules = len(wanted.rules.rule) if wanted.rules else 0
    return message(
        "{students} and {rules}: ready to go.",
        students=plural_message("One student", "{n} students", students),
        rules=plural_message("one rule", "{n} rules", rules),
    )


@guarded
def _under_way() -> None:
    now = session()
    run = now.making.run
    if run is None:
        return
    if run.job.done():
        now.collect()
        st.rerun()
    progress(run)

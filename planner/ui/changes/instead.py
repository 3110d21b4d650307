"""Who could move instead of somebody: a button for each, best first."""

from __future__ import annotations

import streamlit as st

from planner.model.text import Message, message
from planner.replanning.volunteers import Volunteer
from planner.services.replan import ReplanResult
from planner.ui.session import work
from planner.ui.session.language import shown
from planner.ui.session.state import session
from planner.ui.widgets.boundary import event

AT_ONCE = 3  # buttons for each move; more would be a wall


def offer(made: ReplanResult, mover: str) -> None:
    """Offer the volunteers for a move, those at no price first; nothing where nobody else can go."""
    now = session()
    them = made.instead.get(mover, ())
    if not them or now.rerun.done:
        return
    names = made.request.roster.shown_names
    with st.container(horizontal=True, vertical_alignment="center"):
        for one in them[:AT_ONCE]:
            st.button(
                shown(_label(one, names[one.student])),
                key=f"instead_{mover}_{one.student}",
                icon=":material/swap_horiz:",
                type="tertiary",
                disabled=now.rerun.run is not None,
                on_click=_let_move,
                args=(mover, one.student),
            )
        if len(them) > AT_ONCE:
            more = st.selectbox(
                shown(message("Or someone else instead of {name}", name=names[mover])),
                [one.student for one in them[AT_ONCE:]],
                index=None,
                format_func=names.__getitem__,
                label_visibility="collapsed",
                placeholder=shown(message("Or someone else")),
                key=f"instead_more_{mover}_{now.rerun.plans.rounds}",
                width=220,
            )
            if more is not None:
                st.button(
                    shown(_label(next(one for one in them if one.student == more), names[more])),
                    key=f"instead_{mover}_more",
                    icon=":material/swap_horiz:",
                    disabled=now.rerun.run is not None,
                    on_click=_let_move,
                    args=(mover, more),
                )


def _label(one: Volunteer, name: str) -> Message:
    if one.cost > 0:
        return message("Let {name} move instead (fits the rules less well)", name=name)
    return message("Let {name} move instead", name=name)


@event
def _let_move(mover: str, volunteer: str) -> None:
    rerun = session().rerun
    if rerun.made is not None:
        work.exchange(rerun, rerun.made, mover, volunteer)

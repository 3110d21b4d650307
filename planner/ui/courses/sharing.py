"""Sharing the course on the page with colleagues, where people sign in."""

from __future__ import annotations

import streamlit as st

from planner.model.text import Message, message, plural_message
from planner.store import Listing, May, Share
from planner.ui.courses.course_list import leave
from planner.ui.session import saving, sign_in
from planner.ui.session.language import plain, shown, worded
from planner.ui.widgets.boundary import event, guarded
from planner.ui.widgets.folds import fold

ADDRESS, MAY, GIVEN = "share_address", "share_may", "hecht_shared"
WORDS: dict[May, Message] = {
    "look": message("may look"),
    "change": message("may change"),
}


@guarded
def section(this: Listing) -> None:
    """Show with whom the course is shared; nothing where nobody signs in."""
    if not sign_in.asked():
        return
    label = message("Share with colleagues")
    if this.colleagues:
        label = plural_message("Shared with one colleague", "Shared with {n} colleagues", this.colleagues)
    more = fold(label, "more_share", ":material/group_add:")
    if not more.open:
        return
    with more:
        colleagues = saving.sharing().colleagues(this.id)
        if this.may == "own":
            _own(this, colleagues)
        else:
            _of_a_colleague(this, colleagues)


def _own(this: Listing, colleagues: tuple[Share, ...]) -> None:
    for place, one in enumerate(colleagues):
        with st.container(horizontal=True, vertical_alignment="center", key=f"share_{place}"):
            st.markdown(f"{plain(one.address)} · {shown(WORDS[one.may])}", width="stretch")
            st.button(
                shown(message("Stop sharing")),
                key=f"withdraw_{place}",
                icon=":material/person_remove:",
                help=shown(message("Then {address} no longer sees this course.", address=one.address)),
                on_click=_withdraw,
                args=(this.id, one.address),
            )
    with st.form("share_form", clear_on_submit=True, border=False):
        left, right = st.columns([3, 2], vertical_alignment="bottom")
        left.text_input(shown(message("E-mail address that your colleague signs in with")), key=ADDRESS)
        with right:
            st.segmented_control(
                shown(message("What they may do")),
                list(WORDS),
                format_func=worded(WORDS.__getitem__),
                default="change",
                required=True,
                key=MAY,
            )
        st.form_submit_button(
            shown(message("Share")),
            key="share",
            icon=":material/group_add:",
            on_click=_share,
            args=(this.id,),
        )
    given = st.session_state.pop(GIVEN, None)
    if given is not None:
        text = message(
            "Shared with {address}. Your colleague finds the course under “Shared with you”.", address=given
        )
        st.success(shown(text), icon=":material/check_circle:")
    st.caption(
        shown(
            message(
                "Colleagues who may look can read and download everything. Colleagues who may change "
                "can do everything you can, except delete and share. The history shows who changed "
                "what."
            )
        )
    )


def _of_a_colleague(this: Listing, colleagues: tuple[Share, ...]) -> None:
    by = this.given_by or message("A colleague")
    others = [one.address for one in colleagues]
    text = message("{name} shared this course. It is shared with: {addresses}.", name=by, addresses=others)
    st.markdown(shown(text))
    leave(this)


@event
def _share(course: str) -> None:
    may: May = "change" if st.session_state.get(MAY) == "change" else "look"
    given = saving.sharing().share(course, st.session_state.get(ADDRESS, ""), may)
    st.session_state[GIVEN] = given.address


@event
def _withdraw(course: str, address: str) -> None:
    saving.sharing().withdraw(course, address)

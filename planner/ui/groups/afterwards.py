"""What is left to do once groups changed: whom to tell, with a mail for each group, and what to import."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

import streamlit as st

from planner.model.domain import Roster
from planner.model.problems import InputError
from planner.model.text import Message, message, plural_message
from planner.model.wording import shortened
from planner.reporting.course_changes import course_news
from planner.reporting.news import GroupNews
from planner.services.replan import ReplanResult
from planner.ui.session import places
from planner.ui.session.handouts_state import kept
from planner.ui.session.language import shown, translated
from planner.ui.session.places import Place
from planner.ui.widgets.folds import fold

LONGEST = 1_900  # signs of an address: a longer one is more than mail programs take
AT_ONCE = 4  # groups that are in view without a click
MOST_NAMED = 3  # groups in a sentence
CHANGES = "changes.csv"


def section(made: ReplanResult) -> None:
    """Say what is left to do once changes are carried out, each with the button that does it."""
    if made.changed:
        tell(of_replan(made), made.request.roster, made.request.options.from_week, "made")
        on_the_platform(made, "made")


def of_replan(made: ReplanResult) -> tuple[GroupNews, ...]:
    """Return what changed in each group by a replan, and by hand from the same week on."""
    return course_news(made.course, made.changed, made.request.earlier.held)


def on_the_platform(made: ReplanResult, key: str) -> None:
    """Say what is left to do in the learning platform.

    Parameters
    ----------
    made : ReplanResult
    key : str
        Tells this apart from others on the page.
    """
    if not made.changed:
        return
    with st.container(gap="small", key=f"afterwards_{key}"):
        _import(made, key)
        if any(one.to_group is None for one in made.changed):
            text = message(
                "Students who stopped are not in the files for learning platforms: once they are no "
                "longer enrolled there, they are out of the group too. Still enrolled? Remove them "
                "from the group there."
            )
            st.caption(shown(text))


def tell(found: Sequence[GroupNews], roster: Roster, week: int, key: str) -> None:
    """Show whom to tell: each group that changed, with what changed and a mail to its members.

    Parameters
    ----------
    found : sequence of GroupNews
    roster : Roster
        With everybody who is in a group.
    week : int
        From which the changes hold.
    key : str
        Tells this apart from others on the page.
    """
    if not found:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        names = shortened([one.group for one in found], most=MOST_NAMED)
        text = plural_message(
            "One group changed: {groups}. Let its members know.",
            "{n} groups changed: {groups}. Let their members know.",
            len(found),
            groups=names,
        )
        st.markdown(f":material/mail: **{shown(text)}**", width="content")
        if st.button(
            shown(
                plural_message(
                    "Card of the group that changed", "Cards of the {n} groups that changed", len(found)
                )
            ),
            key=f"cards_{key}",
            icon=Place.CARDS.sign,
        ):
            kept().look_only_at(tuple(one.group for one in found))
            places.go(Place.CARDS)
    for one in found[:AT_ONCE]:
        _of_group(one, roster, week)
    if len(found) > AT_ONCE:
        more = fold(message("{n} more", n=len(found) - AT_ONCE), f"more_news_{key}", ":material/more_horiz:")
        if more.open:
            with more:
                for one in found[AT_ONCE:]:
                    _of_group(one, roster, week)


def _of_group(one: GroupNews, roster: Roster, week: int) -> None:
    subject = translated(one.subject)
    body = "\n\n".join(translated(paragraph) for paragraph in one.letter(roster, week))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(shown(one.summary), width="content")
        address = _address(one, roster, subject, body)
        if address:
            label = message("Mail {group}", group=one.group)
            st.link_button(shown(label), address, icon=":material/outgoing_mail:")
        else:
            st.markdown(f":small[{shown(_without_address(one, roster))}]", width="content")
        with st.popover(shown(message("Text to copy")), icon=":material/content_copy:"):
            st.caption(shown(message("For {group}", group=one.group)))
            st.code(f"{subject}\n\n{body}", language=None, wrap_lines=True)


def _without_address(one: GroupNews, roster: Roster) -> Message:
    """Return why a group has no mail to press."""
    names = roster.names(student for student in one.members if not roster.by_id[student].email)
    return plural_message(
        "{names} has no e-mail address in the class list.",
        "{names} have no e-mail address in the class list.",
        len(names),
        names=shortened(names, most=MOST_NAMED),
    )


def _address(one: GroupNews, roster: Roster, subject: str, body: str) -> str:
    """Return the start of a mail to a group, each unseen by the others; empty where it cannot be."""
    members = [roster.by_id[student].email for student in one.members]
    known = [email for email in members if email]
    if len(known) < len(members):
        return ""
    to = "mailto:?bcc=" + ",".join(quote(email, safe="@") for email in known)
    full = f"{to}&subject={quote(subject)}&body={quote(body.replace(chr(10), chr(13) + chr(10)))}"
    return full if len(full) <= LONGEST else f"{to}&subject={quote(subject)}"


def _import(made: ReplanResult, key: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        text = message("Bring it to your learning platform.")
        st.markdown(f":material/upload_file: {shown(text)}", width="content")
        content = _changes(made)
        if content is not None:
            st.download_button(
                shown(message("Changes (changes.csv)")),
                content,
                file_name=CHANGES,
                mime="text/csv",
                key="changes_to_take" if key == "made" else f"changes_to_take_{key}",
                icon=":material/download:",
                on_click="ignore",
            )
        files = message("Files to import")
        st.markdown(f"[{shown(files)}](#download)", width="content")


def _changes(made: ReplanResult) -> bytes | None:
    try:
        return next((file.content for file in made.files if file.name == CHANGES), None)
    except InputError:
        return None  # told with the downloads

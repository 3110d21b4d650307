"""Before and after, side by side for every group that changed, with why somebody is where they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from planner.model.domain import Group, group_of
from planner.model.handover import Change
from planner.model.text import Message, message, plural_message
from planner.services.replan import ReplanResult
from planner.ui.changes import instead
from planner.ui.session.language import badge, plain, shown
from planner.ui.widgets import problem_list, tables
from planner.ui.widgets.boundary import guarded
from planner.ui.widgets.folds import fold

ON_A_PAGE = 12
MOST_REASONS = 40


@dataclass(frozen=True)
class BeforeAfter:
    """A group before and after; who left has the id of then."""

    name: str
    before: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def changed(self) -> bool:
        """Whether somebody left or joined."""
        return set(self.before) != set(self.after)


def beside(before: Sequence[Group], after: Sequence[Group]) -> list[BeforeAfter]:
    """Return every group with its members before and after, in the old order, new groups last."""
    then = {group.name: group.members for group in before}
    now = {group.name: group.members for group in after}
    return [BeforeAfter(name, then.get(name, ()), now.get(name, ())) for name in dict.fromkeys([*then, *now])]


def section(made: ReplanResult) -> None:
    """Show the groups that changed, fold away those that did not, and say why."""
    groups = beside(made.request.earlier.groups, made.course.plan.groups)
    changed = [group for group in groups if group.changed]
    same = [group for group in groups if not group.changed]
    if changed:
        _cards(made, changed)
    _unchanged(made, same)
    _reasons(made)


@st.fragment
@guarded
def _cards(made: ReplanResult, groups: Sequence[BeforeAfter]) -> None:
    place = st.container()
    pages = -(-len(groups) // ON_A_PAGE)
    at = 1
    if pages > 1:
        with st.container(horizontal_alignment="center"):
            at = st.pagination(pages, key="changes_page")
    names = {**made.request.left, **made.request.roster.shown_names}
    was = group_of(made.request.earlier.groups)
    with place:
        grid = st.grid(2, min_column_width=330)
        for group in groups[ON_A_PAGE * (min(at, pages) - 1) :][:ON_A_PAGE]:
            with grid.container(border=True, height="stretch", gap="xsmall"):
                _card(group, names, was, made.course.plan.group_of)


def _card(
    group: BeforeAfter, names: Mapping[str, str], was: Mapping[str, str], now: Mapping[str, str]
) -> None:
    st.subheader(plain(group.name), anchor=False)
    st.caption(shown(_sizes(group)))
    rows = [(plain(names[one]), plain(names[one])) for one in group.after if one in group.before]
    for one in group.before:
        if one not in group.after:
            rows.append((plain(names[one]), _gone(now.get(one))))
    for one in group.after:
        if one not in group.before:
            rows.append((_came(was.get(one)), f"**{plain(names[one])}**"))
    before, after = shown(message("Before")), shown(message("After"))
    tables.table([{before: left, after: right} for left, right in rows], border="horizontal")


def _sizes(group: BeforeAfter) -> Message:
    if not group.after:
        return message("This group is dissolved; everyone in it has a place in another group.")
    after = plural_message("One student", "{n} students", len(group.after))
    if not group.before:
        return message("A new group: {students}", students=after)
    before = plural_message("one student", "{n} students", len(group.before))
    if len(group.before) == len(group.after):
        return message("{students}, as before", students=after)
    return message("{students}, before that {before}", students=after, before=before)


def _gone(to: str | None) -> str:
    if to is None:
        return badge("gray", ":material/logout:", message("left"))
    return badge("orange", ":material/arrow_forward:", message("to {group}", group=to))


def _came(origin: str | None) -> str:
    if origin is None:
        return badge("blue", ":material/person_add:", message("new"))
    return badge("orange", ":material/arrow_forward:", message("from {group}", group=origin))


def _unchanged(made: ReplanResult, groups: Sequence[BeforeAfter]) -> None:
    if not groups:
        return
    label = plural_message("One group stays as it is", "{n} groups stay as they are", len(groups))
    names = made.request.roster.shown_names
    with fold(label, "more_unchanged", ":material/lock:"):
        tables.table(
            [
                {
                    shown(message("Group")): plain(group.name),
                    shown(message("Students")): plain(", ".join(names[one] for one in group.after)),
                }
                for group in groups
            ],
        )


def _reasons(made: ReplanResult) -> None:
    """Say of everyone whose place changed why that is, and who could move instead."""
    changed = made.changed
    moved = [one for one in changed if one.from_group is not None and one.to_group is not None]
    joined = [one for one in changed if one.from_group is None]
    left = [one for one in changed if one.to_group is None]
    _why(made, "why_moved", message("Who moves, and why"), moved, opened=True)
    _why(made, "why_joined", message("Where the new students are, and why"), joined, opened=True)
    _why(made, "why_left", message("Students who left"), left, opened=False)


def _why(made: ReplanResult, key: str, title: Message, changed: Sequence[Change], *, opened: bool) -> None:
    if not changed:
        return
    label = message("{title} ({n})", title=title, n=len(changed))
    with fold(label, key, ":material/contact_support:", expanded=opened):
        for one in changed[:MOST_REASONS]:
            st.markdown(f"**{plain(one.name)}** · {_way(one)}  \n{shown(one.reason)}")
            instead.offer(made, one.student_id)
        problem_list.more(len(changed) - MOST_REASONS)


def _way(one: Change) -> str:
    if one.from_group is None:
        return shown(message("to {group}", group=one.to_group or ""))
    if one.to_group is None:
        return shown(message("from {group}", group=one.from_group))
    return shown(message("from {old} to {new}", old=one.from_group, new=one.to_group))

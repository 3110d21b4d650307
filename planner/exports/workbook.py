"""An Excel workbook for people: groups, roles week by week, and what changed.

Every cell is written as text, so nothing in it is ever calculated, and the file
carries no date or name of its maker: the same plan gives the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import pairwise

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from planner.exports.files import placed
from planner.exports.tables import roles_of, roles_of_left
from planner.model.domain import Plan, Roster
from planner.model.handover import Handover, Presence
from planner.model.text import Message, message

_NO_DATE = datetime(2000, 1, 1)
_WIDEST = 320  # pixels
_PAPER_A4 = 9
_OPTIONS = {
    "in_memory": True,  # every part of the file gets the same fixed date
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


def workbook(roster: Roster, plan: Plan, now: Handover | None = None) -> bytes:
    """Write a workbook with a sheet of groups, of roles where there are any, and of changes when given.

    Parameters
    ----------
    roster : Roster
        The class list.
    plan : Plan
    now : Handover or None
        Who moved where, and from which week.

    Returns
    -------
    bytes
        An .xlsx file.
    """
    now = now or Handover()
    file = io.BytesIO()
    book = _Book(file, plan)
    book.add(message("Groups"), *_groups(roster, plan, now.week))
    if plan.turns:
        book.add(message("Roles"), *_roles(roster, plan, now.presence or Presence.of(plan)))
    if now.changes:
        book.add(message("Changes"), *_changes(roster, now))
    book.close()
    return file.getvalue()


Cells = Sequence[str | Message]


def _groups(roster: Roster, plan: Plan, week: int) -> tuple[Cells, list[Cells]]:
    roles = roles_of(plan, week)
    headings = (
        message("Group"),
        message("Name"),
        _id_heading(roster),
        message("Role in week {week}", week=week),
    )
    rows = [(group, one.name, one.id, roles.get(one.id, "")) for group, one in placed(roster, plan)]
    return headings, list(rows)


def _roles(roster: Roster, plan: Plan, presence: Presence) -> tuple[Cells, list[Cells]]:
    """Return everybody with their roles week by week; who left stands with the group they were in last."""
    planned = {turn.week for turn in plan.turns}
    weeks = sorted(planned.union(week for one in presence.left.values() for week, _ in one.roles))
    by_week = [roles_of(plan, week) for week in weeks]
    headings = (message("Group"), message("Name"), *(message("Week {week}", week=week) for week in weeks))
    rows: list[tuple[str, ...]] = [
        (group, roster.shown_names[one.id], *(roles.get(one.id, "") for roles in by_week))
        for group, one in placed(roster, plan)
    ]
    was = {s: group.name for _, groups in presence.versions for group in groups for s in group.members}
    rows += [
        (
            was.get(one, ""),
            left.name,
            *(" + ".join(roles_of_left(presence.left, one, week)) for week in weeks),
        )
        for one, left in presence.left.items()
        if one not in roster.by_id
    ]
    place = {group.name: at for at, group in enumerate(plan.groups)}
    rows.sort(key=lambda row: place.get(row[0], len(place)))
    return headings, list(rows)


def _changes(roster: Roster, now: Handover) -> tuple[Cells, list[Cells]]:
    headings = (
        message("Name"),
        _id_heading(roster),
        message("From group"),
        message("To group"),
        message("Why"),
    )
    rows = [
        (one.name, one.student_id, one.from_group or "", one.to_group or "", one.reason)
        for one in now.changes
    ]
    return headings, list(rows)


def _id_heading(roster: Roster) -> Message:
    """Say what the ids of this class list are."""
    if any("@" in student.id for student in roster.students):
        return message("E-mail")
    return message("Student number")


class _Book:
    """A workbook in the language of a plan, with one look for all sheets."""

    def __init__(self, file: io.BytesIO, plan: Plan) -> None:
        self._language = plan.language
        self._book = xlsxwriter.Workbook(file, _OPTIONS)
        self._book.set_properties({"created": _NO_DATE})
        # "@" is the text format; the quote prefix keeps a cell text when someone edits it.
        text = {"num_format": "@", "quote_prefix": True, "valign": "top", "text_wrap": True}
        self._text = self._book.add_format(text)
        self._first = self._book.add_format({**text, "top": 1, "top_color": "#595959"})
        self._heading = self._book.add_format(
            {**text, "bold": True, "bg_color": "#1F3864", "font_color": "#FFFFFF"}
        )

    def add(self, title: Message, headings: Cells, rows: list[Cells]) -> None:
        """Add a sheet; a line is drawn wherever the first cell changes."""
        sheet = self._book.add_worksheet(title.text(self._language))
        self._write(sheet, 0, headings, self._heading)
        starts = [True, *(a[0] != b[0] for a, b in pairwise(rows))]
        for at, (row, starts_here) in enumerate(zip(rows, starts, strict=False), start=1):
            self._write(sheet, at, row, self._first if starts_here else self._text)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, len(rows), len(headings) - 1)
        sheet.autofit(_WIDEST)
        sheet.set_landscape()
        sheet.set_paper(_PAPER_A4)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.set_footer("&L&A&R&P / &N")

    def close(self) -> None:
        """Finish the file."""
        self._book.close()

    def _write(self, sheet: Worksheet, row: int, cells: Iterable[str | Message], look: Format) -> None:
        for column, cell in enumerate(cells):
            text = cell.text(self._language) if isinstance(cell, Message) else cell
            if text.startswith("<r>"):  # xlsxwriter would take this for ready-made XML
                text = f" {text}"
            sheet.write_string(row, column, text, look)

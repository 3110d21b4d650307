"""From a page to what is saved of it, and back."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import to_jsonable_python

from planner.course import Course, with_columns
from planner.domain import ColumnKind, Importance, Roster, Student
from planner.rosters import Reading, SourceFile
from planner.rules import KINDS
from planner.store import Opened, Sketch, SketchCard, State
from planner.text import say
from planner.ui.draft import Card, Draft, blank
from planner.ui.kept import Kept
from planner.ui.state import Session

ID, NAME, EMAIL = "student_id", "name", "email"
_AS_THEY_ARE = frozenset(Sketch.model_fields) - {"cards"}


def state_of(now: Session) -> State | None:
    """Return what is to be saved of a page, all its columns still in it; None without a class list."""
    if now.roster is None:
        return None
    return State(
        list_name="" if now.class_list is None else Path(now.class_list.name).stem,
        roster=now.roster,
        sketch=_sketch(now.draft),
        effort=now.effort,
        minutes=now.minutes,
        sample=now.is_sample,
    )


def page_of(opened: Opened) -> Session:
    """Return the page of a course as it was saved."""
    state = opened.state
    page = Session(is_sample=state.sample, effort=state.effort, minutes=state.minutes)
    if state.roster is not None:
        page.class_list, page.kinds = listed(state.roster, state.list_name)
        page.reading = _reading(page.read(), state.roster)
        page.draft, page.drafted_for = _draft(state.sketch, state.roster), state.roster
    page.kept = Kept.of(opened)
    if opened.plan is not None:
        bring_back(page, opened.plan.course)
        page.handover = opened.plan.handover
    now = state_of(page)
    page.kept.state = None if now is None else now.only_used()  # nothing to save until something changes
    return page


def bring_back(page: Session, course: Course) -> None:
    """Show a plan that was saved; it is outdated only where the class list is another by now."""
    roster = page.roster
    same = roster is not None and with_columns(roster, course.roster.headings) == course.roster
    page.keep(course, roster if same and roster is not None else course.roster)


def _sketch(draft: Draft) -> Sketch:
    cards = tuple(
        SketchCard(kind=card.kind, fields=to_jsonable_python(card.fields), on=card.on) for card in draft.cards
    )
    return Sketch(cards=cards, **{name: getattr(draft, name) for name in _AS_THEY_ARE})


def _draft(sketch: Sketch, roster: Roster) -> Draft:
    cards = [_card(card, roster) for card in sketch.cards]
    return Draft(cards=cards, **{name: getattr(sketch, name) for name in _AS_THEY_ARE})


def _card(saved: SketchCard, roster: Roster) -> Card:
    try:
        card = Card.of(KINDS[saved.kind].model_validate({"kind": saved.kind, **saved.fields}))
    except ValidationError:  # not finished
        fields = {**blank(saved.kind, roster).fields, **_thawed(saved.fields)}
        card = Card(saved.kind, fields, opened=True)
    card.on = saved.on
    return card


def _thawed(fields: Mapping[str, Any]) -> dict[str, Any]:
    thawed: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in fields.items()
    }
    if "importance" in thawed:
        thawed["importance"] = Importance(thawed["importance"])
    return thawed


# The class list as a file, so that it can be read anew: with edits, or with a survey beside it


def listed(roster: Roster, name: str) -> tuple[SourceFile, dict[str, ColumnKind]]:
    """Return a class list as a CSV file, and what its columns mean."""
    taken = set(roster.headings)
    keys = dict.fromkeys(key for student in roster.students for key in student.keys)
    own = {_free(ID, taken): (ColumnKind.STUDENT_NUMBER, ID), _free(NAME, taken): (ColumnKind.NAME, NAME)}
    if any(student.email not in (None, student.id) for student in roster.students):
        own[_free(EMAIL, taken)] = (ColumnKind.EMAIL, EMAIL)
    own |= {_free(key, taken): (ColumnKind.LMS_KEY, key) for key in keys if key != "student_number"}
    written = io.StringIO()
    lines = csv.writer(written)
    lines.writerow([*own, *roster.headings])
    for student in roster.students:
        cells = [_cell(student, key) for _, key in own.values()]
        lines.writerow([*cells, *(student.answer(heading) for heading in roster.headings)])
    kinds = {heading: kind for heading, (kind, _) in own.items()}
    kinds |= {column.heading: column.kind for column in roster.columns}
    return SourceFile(f"{name or ID}.csv", b"\xef\xbb\xbf" + written.getvalue().encode(), ours=True), kinds


def _free(heading: str, taken: set[str]) -> str:
    while heading in taken:
        heading += "_"
    return heading


def _cell(student: Student, key: str) -> str:
    own = {ID: student.id, NAME: student.sort_name, EMAIL: student.email or ""}
    return own.get(key, student.keys.get(key, ""))


def _reading(read: Reading | None, roster: Roster) -> Reading:
    """Return what was read from the file of a saved class list, the students exactly as they were saved."""
    source = say("as it was saved")
    if read is not None and read.roster is not None and read.roster.by_id.keys() == roster.by_id.keys():
        return read.model_copy(update={"roster": roster, "source": source, "problems": ()})
    return Reading(roster=roster, source=source)

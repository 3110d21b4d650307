"""From a page to what is saved of it, and back."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import to_jsonable_python

from planner.exports import Elsewhere
from planner.model.domain import ColumnKind, Roster, Student
from planner.model.text import message
from planner.plans.course import Course
from planner.plans.previous import previous_from_course
from planner.plans.weeks import versions_of
from planner.replanning.changes import compare
from planner.replanning.renaming import as_listed
from planner.rosters import Edits, Reading, SourceFile, answers_seen
from planner.rosters.people import from_full
from planner.rules import KINDS
from planner.services.taking_back import with_students
from planner.store import Choices, CourseState, InUse, Opened, PlanListing, PlanVersion, Sketch, SketchCard
from planner.ui.session.draft import RulesDraft
from planner.ui.session.language import current
from planner.ui.session.making import Making
from planner.ui.session.own_headings import EMAIL, ID, NAME
from planner.ui.session.rule_card import RuleCard, blank
from planner.ui.session.saved_course import SavedCourse
from planner.ui.session.state import Session

FIRST_ROW = 2  # of a student in a list that `listed` wrote: the headings are in the first
_AS_THEY_ARE = frozenset(Sketch.model_fields) - {"cards"}


def state_of(now: Session) -> CourseState | None:
    """Return what is to be saved of a page, all its columns still in it; None without a class list."""
    listed = now.listed
    if now.roster is None:
        return None
    now.note_choices()
    return CourseState(
        list_name="" if listed.class_list is None else Path(listed.class_list.name).stem,
        roster=now.roster,
        sketch=_sketch(now.rules.draft),
        effort=now.making.effort,
        minutes=now.making.minutes,
        sample=listed.is_sample,
        moodle_course=now.elsewhere.moodle_course,
        numbers_are_usernames=now.elsewhere.numbers_are_usernames,
        in_use=now.in_use,
        choices=now.choices,
        stopped=tuple(sorted(now.stopped)),
    )


def page_of(opened: Opened) -> Session:
    """Return the page of a course as it was saved."""
    state = opened.state
    page = Session(is_sample=state.sample, making=Making(effort=state.effort, minutes=state.minutes))
    page.elsewhere = Elsewhere(state.moodle_course, numbers_are_usernames=state.numbers_are_usernames)
    if state.roster is not None:
        course = None if opened.plan is None else opened.plan.course
        _bring_list(page, state.roster, state.list_name, course, state.stopped)
        page.rules.draft, page.rules.drafted_for = _draft(state.sketch, state.roster), state.roster
    page.kept = SavedCourse.of(opened)
    if opened.plan is not None:
        bring_back(page, opened.plan.course)
        page.handover = opened.plan.handover
        page.in_use = state.in_use or _in_use_before(opened.plan)
        page.choices = state.choices
    now = state_of(page)
    page.kept.state = None if now is None else now.only_used()  # nothing to save until something changes
    return page


def _in_use_before(plan: PlanVersion) -> InUse | None:
    """Return since when groups are in use that were kept together before anybody could say so."""
    course = plan.course
    if not course.history and plan.how != "rerun":
        return None
    return InUse(week=versions_of(course)[0].from_week, since=plan.made.date())


def bring_roster(page: Session, roster: Roster, stopped: Iterable[str] = ()) -> None:
    """Show another class list of the course on the page; who was marked as stopped stays so."""
    marked = page.stopped.union(stopped)
    name = "" if page.class_list is None else Path(page.class_list.name).stem
    page.survey, page.sheet, page.heading_row, page.edits, page.reading = None, None, None, Edits(), None
    page.earlier = ()  # the list has their columns
    _bring_list(page, roster, name, page.course, marked)
    page.has_read()


def _bring_list(
    page: Session, roster: Roster, name: str, course: Course | None, stopped: Collection[str] | None
) -> None:
    """Show a class list as it was saved; whoever left a group is a row without a tick.

    Where it was not noted yet who was marked as stopped, all of them were.
    """
    page.seen, page.marks = answers_seen(roster), {}
    page.names = {column.heading: column.short for column in roster.columns if column.short is not None}
    left = () if course is None else _left(course, roster, stopped or ())
    everybody = roster if course is None else with_students(roster, left, course.roster.students)
    page.class_list, page.kinds = listed(everybody, name)
    if left:
        ids = {student.id for student in left}
        rows = {row: one.id for row, one in enumerate(everybody.students, FIRST_ROW) if one.id in ids}
        page.edits = Edits(left=frozenset(rows))
        page.marks = {row: one for row, one in rows.items() if stopped is None or one in stopped}
    page.reading = _reading(page.read(), roster)


def _left(course: Course, roster: Roster, stopped: Collection[str]) -> tuple[Student, ...]:
    """Return who is in the groups of a plan and, under whatever number, not in a class list."""
    if course.roster.by_id.keys() <= roster.by_id.keys():
        return ()
    left = compare(previous_from_course(course), roster, stopped=stopped).left
    known = {one.id for one in roster.students}
    return tuple(course.roster.by_id[one] for one in left if one in course.roster.by_id and one not in known)


def bring_back(page: Session, course: Course) -> None:
    """Show a plan that was saved."""
    page.keep(course, course.roster)
    if page.roster is not None and not page.outdated_students():
        page.keep(course, page.roster)  # with the columns that no rule reads


def go_back(page: Session, version: PlanVersion, plans: Sequence[PlanListing]) -> None:
    """Show an earlier plan of the course again, with the rules that it was made with.

    It comes back as what it was: a draft, or in use.

    Parameters
    ----------
    page : Session
    version : PlanVersion
    plans : sequence of PlanListing
        All plans of the course, the last one first.
    """
    if page.in_use is not None and _was_draft(version, plans, page.in_use):
        page.in_use = None
    page.restart()
    page.choices = Choices()  # what was chosen was about other groups
    page.rules.draft, page.rules.problems = page.rules.draft.holding(version.course.rules), ()
    bring_back(page, version.course)
    _mark_stopped(page, version.course)
    page.handover, page.kept.how, page.kept.brought = version.handover, "brought-back", version.number


def _mark_stopped(page: Session, course: Course) -> None:
    """Note again who of a plan stopped: whose row has no tick, or who is not in a list that we wrote."""
    reading, roster, file = page.reading, page.roster, page.class_list
    if reading is None or roster is None or file is None or page.list_waits:
        return
    gone = _left(course, roster, ())
    if file.ours and gone:
        bring_roster(page, roster, {one.id for one in gone})
        return
    for line in reading.lines:
        cells = set(line.cells.values()) if line.left else set()
        one = next((one for one in gone if cells & {one.id, one.name, one.sort_name, one.email}), None)
        if one is not None:
            page.marks[line.row] = one.id


def _was_draft(version: PlanVersion, plans: Sequence[PlanListing], in_use: InUse) -> bool:
    """Whether a plan is of before the groups were in use: of an earlier week, or replaced before that day."""
    after = next((one for one in reversed(plans) if one.number > version.number), None)
    too_early = version.course.plan.from_week < in_use.week
    return too_early or (after is not None and after.made.date() < in_use.since)


def _sketch(draft: RulesDraft) -> Sketch:
    cards = tuple(
        SketchCard(kind=card.kind, fields=to_jsonable_python(card.fields), on=card.on) for card in draft.cards
    )
    return Sketch(cards=cards, **{name: getattr(draft, name) for name in _AS_THEY_ARE})


def _draft(sketch: Sketch, roster: Roster) -> RulesDraft:
    cards = [_card(card, roster) for card in sketch.cards]
    return RulesDraft(cards=cards, **{name: getattr(sketch, name) for name in _AS_THEY_ARE})


def _card(saved: SketchCard, roster: Roster) -> RuleCard:
    try:
        card = RuleCard.of(KINDS[saved.kind].model_validate({"kind": saved.kind, **saved.fields}))
    except ValidationError:  # not finished
        fields = {**blank(saved.kind, roster).fields, **_thawed(saved)}
        card = RuleCard(saved.kind, fields, opened=True)
    card.on = saved.on
    return card


def _thawed(card: SketchCard) -> dict[str, Any]:
    """Return what is filled in, as far as it is of the type that its field has."""
    thawed: dict[str, Any] = {}
    for name, info in KINDS[card.kind].model_fields.items():
        if name != "kind" and name in card.fields:
            with suppress(ValidationError):
                kind: TypeAdapter[Any] = TypeAdapter(info.annotation or object)
                thawed[name] = kind.validate_python(card.fields[name])
    return thawed


# The class list as a file, so that it can be read anew: with edits, or with a survey beside it


def listed(roster: Roster, name: str) -> tuple[SourceFile, dict[str, ColumnKind]]:
    """Return a class list as a CSV file, and what its columns mean."""
    taken, language = set(roster.headings), current()
    keys = dict.fromkeys(key for student in as_listed(roster).students for key in student.keys)
    own: dict[str, tuple[ColumnKind, Callable[[Student], str]]] = {
        _free(ID.text(language), taken): (ColumnKind.STUDENT_NUMBER, attrgetter("id")),
        _free(NAME.text(language), taken): (ColumnKind.NAME, _name),
    }
    if any(student.email not in (None, student.id) for student in roster.students):
        own[_free(EMAIL.text(language), taken)] = (ColumnKind.EMAIL, lambda one: one.email or "")
    for key in keys:
        if key != "student_number":
            own[_free(key, taken)] = (ColumnKind.LMS_KEY, partial(_key, key))
    written = io.StringIO()
    lines = csv.writer(written)
    lines.writerow([*own, *roster.headings])
    for student in roster.students:
        cells = [cell(student) for _, cell in own.values()]
        lines.writerow([*cells, *(student.answer(heading) for heading in roster.headings)])
    kinds = {heading: kind for heading, (kind, _) in own.items()}
    kinds |= {column.heading: column.kind for column in roster.columns}
    content = b"\xef\xbb\xbf" + written.getvalue().encode()
    return SourceFile(f"{name or 'students'}.csv", content, ours=True), kinds


def _free(heading: str, taken: set[str]) -> str:
    while heading in taken:
        heading += "_"
    return heading


def _key(key: str, student: Student) -> str:
    return student.keys.get(key, "")


def _name(student: Student) -> str:
    """Return a name as it is said; as it is sorted where it would else be taken apart in another way."""
    read = from_full(student.name)
    same = (read.full, read.call, read.sort) == (student.name, student.call_name, student.sort_name)
    return student.name if same else student.sort_name


def _reading(read: Reading | None, roster: Roster) -> Reading:
    """Return what was read from the file of a saved class list, the students exactly as they were saved."""
    source = message("as it was saved")
    if read is not None and read.roster is not None and read.roster.by_id.keys() == roster.by_id.keys():
        return read.model_copy(update={"roster": roster, "source": source, "problems": ()})
    return Reading(roster=roster, source=source)

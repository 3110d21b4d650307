"""What happened to a course: who did what, and when, in a few words."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import cast

from pydantic import ValidationError
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from planner.model.domain import Group
from planner.model.handover import Handover
from planner.model.text import Message, message, plural_message
from planner.plans.course import Course
from planner.store.access import Account
from planner.store.model import CourseState, HistoryLine, MadeBy, Note
from planner.store.tables import HappenedRow, PlanRow

SITTING = timedelta(hours=1)  # what is done to the rules by one person within it is one line
MOST_TOLD = 3  # people or edits that one line names; of the others it says how many
AGAIN = frozenset({"rules"})  # kinds of which many come after each other
log = logging.getLogger(__name__)

PLANS: Mapping[MadeBy, Message] = {
    "made": message("groups made"),
    "rerun": message("groups replanned"),
    "edited": message("groups edited by hand"),
    "brought-back": message("an earlier plan brought back"),
    "proven": message("the same groups, with more proof"),
}


# Writing it down


def noted(
    session: Session,
    who: Account,
    course: str,
    note: Note,
    at: datetime,
    plan: int | None = None,
    before: bytes | None = None,
) -> None:
    """Write down what somebody did to a course, in the transaction that does it."""
    if plan is None and note.kind in AGAIN:
        last = session.execute(
            select(HappenedRow.id, HappenedRow.owner, HappenedRow.kind, HappenedRow.at)
            .where(HappenedRow.course_id == course)
            .order_by(HappenedRow.id.desc())
            .limit(1)
        ).one_or_none()
        if last is not None and (last.owner, last.kind) == (who.owner, note.kind) and at - last.at < SITTING:
            values = {"at": at, "what": note.what.model_dump_json()}
            session.execute(update(HappenedRow).where(HappenedRow.id == last.id).values(values))
            return
    session.add(
        HappenedRow(
            course_id=course,
            at=at,
            owner=who.owner,
            who=who.name,
            kind=note.kind,
            what=note.what.model_dump_json(),
            plan=plan,
            before=before,
        )
    )


def noted_again(session: Session, course: str, plan: int, what: Message, at: datetime) -> None:
    """Say of a plan that was edited on in the same sitting what came of it all."""
    ours = (HappenedRow.course_id == course, HappenedRow.plan == plan)
    values = {"at": at, "what": what.model_dump_json()}
    session.execute(update(HappenedRow).where(*ours).values(values))


# Reading it


def lines(session: Session, course: str) -> tuple[HistoryLine, ...]:
    """Return what happened to a course, the last thing first; plans of before it was noted have lines too."""
    rows = session.execute(
        select(
            HappenedRow.id,
            HappenedRow.at,
            HappenedRow.who,
            HappenedRow.what,
            HappenedRow.plan,
            HappenedRow.before.is_not(None),
        )
        .where(HappenedRow.course_id == course)
        .order_by(HappenedRow.id)
    )
    found = [line for row in rows if (line := _line(*row)) is not None]
    told = {line.plan for line in found}
    plans = session.execute(
        select(PlanRow.number, PlanRow.made, PlanRow.how).where(PlanRow.course_id == course)
    )
    found += [
        HistoryLine(made, "", what, number)
        for number, made, how in plans
        if number not in told and (what := PLANS.get(cast("MadeBy", how))) is not None
    ]
    return tuple(sorted(found, key=lambda line: line.at))[::-1]


def _line(known: int, at: datetime, who: str, what: str, plan: int | None, aside: bool) -> HistoryLine | None:
    try:
        return HistoryLine(at, who, Message.model_validate_json(what), plan, known if aside else None)
    except ValidationError:
        log.warning("A line of a history cannot be read")
        return None


# In a few words


def changed(
    before: CourseState | None, after: CourseState, began: CourseState | None = None
) -> tuple[Note, ...]:
    """Return what is another on the page of a course than it was: the class list, the rules.

    Parameters
    ----------
    before, after : CourseState or None, CourseState
    began : CourseState, optional
        How this visit began: rules that are as they were then again are told as that.

    Returns
    -------
    tuple of Note
    """
    if before is None:
        return ()
    notes = []
    if before.roster != after.roster and (what := _of_the_list(before, after)) is not None:
        notes.append(Note("list", what))
    if before.sketch != after.sketch:
        back = began is not None and began.sketch == after.sketch
        text = message("rules changed, and back as they were") if back else message("rules changed")
        notes.append(Note("rules", text))
    if before.in_use != after.in_use:
        notes.append(Note("in-use", _of_use(after)))
    return tuple(notes)


def _of_use(after: CourseState) -> Message:
    if after.in_use is None:
        return message("groups are a draft again")
    return message("groups in use from week {week}", week=after.in_use.week)


def _of_the_list(before: CourseState, after: CourseState) -> Message | None:
    if before.roster is None or after.roster is None:
        return message("another class list")
    gone = len(before.roster.by_id.keys() - after.roster.by_id.keys())
    came = len(after.roster.by_id.keys() - before.roster.by_id.keys())
    if gone or came:
        return message("class list: {left} left, {new} new", left=gone, new=came)
    if before.roster.columns != after.roster.columns:
        return None  # other columns are in use: a rule says so
    return message("class list: answers or names changed")


def of_plan(how: MadeBy, made: Course, before: Course | None, handover: Handover | None) -> Message:
    """Return how a plan came about: who stopped and came with it, or what was edited by hand.

    Parameters
    ----------
    how : MadeBy
    made : Course
    before : Course or None
        What it came of.
    handover : Handover or None
        What it changed.
    """
    if how == "rerun" and handover is not None:
        told = _few(_people(handover))
        if told:
            return message("{what}: {details}", what=PLANS[how], details=told)
    if how == "edited" and before is not None:
        told = edits_between(before, made)
        if told:
            return message("{what}: {details}", what=PLANS[how], details=told)
        undone = before.plan.blocks == made.plan.blocks and before.plan.turns == made.plan.turns
        return message("groups edited by hand, and undone again") if undone else PLANS[how]
    return PLANS[how]


def brought_back(number: int) -> Message:
    """Return the line of an earlier plan that is the one of now again."""
    return message("plan {number} brought back", number=number)


def _people(handover: Handover) -> list[Message]:
    stopped = [message("{name} stopped", name=one.name) for one in handover.changes if one.to_group is None]
    came = [message("{name} is new", name=one.name) for one in handover.changes if one.from_group is None]
    return stopped + came


def edits_between(before: Course, after: Course) -> tuple[Message, ...]:
    """Return in a few words what is another in edited groups.

    Parameters
    ----------
    before, after : Course

    Returns
    -------
    tuple of Message
        Empty where nothing is.
    """
    return _few(_edits(before, after))


def _edits(before: Course, after: Course) -> list[Message]:
    """Return what is another in edited groups: who is elsewhere, names, what is locked."""
    kept = {group.members: group.name for group in before.plan.groups}
    names = {
        kept[group.members]: group.name
        for group in after.plan.groups
        if group.members in kept and kept[group.members] != group.name
    }
    was, now = _places(before.plan.groups, names), _places(after.plan.groups, {})
    moved = [one for one in now if one in was and was[one] != now[one]]
    told = [
        message("{name} to {group}", name=name, group=now[one])
        for one, name in zip(moved, after.names(moved), strict=True)
    ]
    told += [
        message("{name} is new in {group}", name=after.roster.shown_names[one], group=now[one])
        for one in now
        if one not in was
    ]
    told += [message("group {old} is now {name}", old=old, name=new) for old, new in names.items()]
    if not told and before.locks != after.locks:
        told.append(message("locks changed"))
    return told


def _places(groups: Iterable[Group], renamed: Mapping[str, str]) -> dict[str, str]:
    return {one: renamed.get(group.name, group.name) for group in groups for one in group.members}


def _few(told: list[Message]) -> tuple[Message, ...]:
    rest = len(told) - MOST_TOLD
    if rest <= 0:
        return tuple(told)
    more = plural_message("one other change", "{n} other changes", rest)
    return (*told[:MOST_TOLD], more)

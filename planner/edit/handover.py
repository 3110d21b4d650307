"""What files and learning systems need to know of a plan that was changed by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from planner.edit.history import History
from planner.edit.values import Rename
from planner.model.handover import Change, Handover
from planner.model.text import message
from planner.plans.course import Course


def handed_over(base: Handover | None, history: History) -> Handover | None:
    """Return what the files of a plan say of changes, after edits by hand.

    Parameters
    ----------
    base : Handover or None
        Of the plan before the first edit.
    history : History

    Returns
    -------
    Handover or None
        None where the groups were never in use before: all of it is new then.
    """
    base, history = _since_saved(base, history)
    start, now = history.start.plan, history.now.plan
    if not history.done:
        return base
    if base is None and start.from_week == now.from_week:
        return None
    base = base or Handover(previous=start.group_of)
    called = _called(history)
    previous = {one: called.get(name, name) for one, name in (base.previous or {}).items()}
    return Handover(max(base.week, now.from_week), previous, _changes(base, history.now, previous, called))


def joined(before: Handover, then: Handover, course: Course, new_id: Mapping[str, str]) -> Handover:
    """Return what files say of changes by hand and of a replan after them as one.

    Parameters
    ----------
    before : Handover
        Of the groups as they were changed by hand.
    then : Handover
        Of the replan.
    course : Course
        That the replan came to.
    new_id : mapping of str to str
        Ids of now by those of then, of whom another is known.

    Returns
    -------
    Handover
    """
    previous = {new_id.get(one, one): group for one, group in (before.previous or {}).items()}
    said = {new_id.get(one.student_id, one.student_id): one for one in before.changes} | {
        one.student_id: one for one in then.changes
    }
    known = replace(then, changes=tuple(said.values()))
    return replace(then, previous=previous, changes=_changes(known, course, previous, {}))


def _since_saved(base: Handover | None, history: History) -> tuple[Handover | None, History]:
    """Return what was done since an earlier visit, and what files said of changes after that."""
    for place, step in reversed(list(enumerate(history.done))):
        if step.saved is not None:
            return step.saved.handover, History(step.course, history.done[place + 1 :])
    return base, history


def _called(history: History) -> dict[str, str]:
    """Return what groups are called now, by the name they had before the first edit."""
    first = {name: name for block in history.start.plan.blocks for name in (g.name for g in block.groups)}
    for step in history.done:
        if isinstance(step.edit, Rename):
            edit = step.edit
            first = {old: edit.name if new == edit.group else new for old, new in first.items()}
    return first


def _changes(
    base: Handover, course: Course, previous: Mapping[str, str], called: Mapping[str, str]
) -> tuple[Change, ...]:
    """Return who moves, is new or left; the reason is that of the plan where that still put them there."""
    known = {
        change.student_id: replace(
            change,
            from_group=change.from_group and called.get(change.from_group, change.from_group),
            to_group=change.to_group and called.get(change.to_group, change.to_group),
        )
        for change in base.changes
    }
    changes = []
    for student, group in course.plan.group_of.items():
        was, old = known.get(student), previous.get(student)
        if old == group:
            continue
        if was is not None and was.to_group == group:
            changes.append(was)
        else:
            name = course.roster.shown_names[student]
            changes.append(Change(student, name, old, group, message("Placed here by hand.")))
    return (*changes, *(change for change in known.values() if change.to_group is None))

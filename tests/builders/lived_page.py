"""Living through a course as the page does it: edits by hand on the course, then the functions of a rerun."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from planner.edit import LockGroup, LockStudent, Move, Rename, Swap, apply, weeks_to_edit
from planner.engines.common.watch import Watch
from planner.model.handover import Handover
from planner.model.no_plan import NoPlan
from planner.model.replan_options import ReplanOptions
from planner.planning.term import previous_at
from planner.plans.course import Course
from planner.plans.folder import plan_files, write_folder
from planner.plans.previous import previous_from_course
from planner.replanning.changes import compare, left_of
from planner.replanning.previous_assignment import next_course, previous_assignment
from planner.replanning.renaming import with_new_ids
from planner.reporting.reasons import changes_of
from planner.rosters import SourceFile, read_class_list
from planner.services.replan import ReplanRequest, replan

if TYPE_CHECKING:
    from tests.builders.lived import Lived


def by_page(lived: Lived, week: int) -> bool:
    """Edit the course by hand and plan again as the page does; return whether there is a plan."""
    course = lived.course
    lived.start(week)
    for what in lived.chance.sample(["", "move", "trade", "name", "lock", "close"], 2):
        weeks = [one for one in weeks_to_edit(course) if course.plan.from_week <= one <= week]
        at = lived.chance.choice(weeks)
        edited = _edit(lived, course, what, at)
        if edited is not course:
            course, lived.quiet = edited, False
            lived.take(course, at)
    lived.start_from(course, week)
    lived.people_change()
    listed = lived.record.write(lived.folder / "class.csv")
    return _planned_again(lived, course, listed, week)


def _edit(lived: Lived, course: Course, what: str, at: int) -> Course:
    record, chance = lived.record, lived.chance
    placed = record.groups[at]
    number = {tag: person.number for tag, person in record.people.items()}
    loose = sorted(tag for tag in placed.keys() - record.locked if placed[tag] not in record.closed)
    pairs = [(a, b) for a in loose for b in loose if placed[a] != placed[b]]
    if what in ("move", "trade") and pairs:
        one, other = chance.choice(pairs)
        if what == "move":
            return apply(course, Move(student=number[one], group=placed[other]), at)
        return apply(course, Swap(first=number[one], second=number[other]), at)
    if what == "name":
        old = chance.choice(sorted(set(placed.values())))
        return apply(course, Rename(group=old, name=lived.called(old)), at)
    if what == "lock":
        one = chance.choice(sorted(placed))
        record.locked.add(one)
        return apply(course, LockStudent(student=number[one]), at)
    if what == "close":
        group = chance.choice(sorted(set(placed.values())))
        record.closed.add(group)
        return apply(course, LockGroup(group=group), at)
    return course


def _planned_again(lived: Lived, course: Course, listed: Path, week: int) -> bool:
    roster = read_class_list(SourceFile(listed.name, listed.read_bytes())).require()
    previous = previous_at(previous_from_course(course), week)
    changes = compare(previous, roster, course.rules.headings()).require()
    rules = with_new_ids(course.rules, changes)
    earlier = previous_assignment(
        previous.groups, previous.turns, previous.course, changes, previous.week_before
    )
    options = ReplanOptions(
        from_week=week,
        locked=frozenset(_ids(course.locks.students, changes.id_now)) & changes.home.keys(),
        closed=frozenset(course.locks.groups) & set(changes.home.values()),
    )
    try:
        plan = replan(ReplanRequest(rules, roster, earlier, options), watch=Watch())
    except NoPlan:
        return False
    after = next_course(rules, roster, earlier, plan, locked=options)
    left = left_of(previous, changes)
    changed = changes_of(roster, earlier.held, plan, left, placed=earlier.placed_in(plan))
    now = Handover(week=week, previous=earlier.held_by, changes=changed)
    write_folder(lived.out, plan_files(after, now)[0])
    return True


def _ids(students: Iterable[str], now: Mapping[str, str]) -> set[str]:
    return {now.get(student, student) for student in students}

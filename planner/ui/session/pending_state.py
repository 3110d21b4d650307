"""What waits to be carried out on a course in use, and what it comes to.

There is no list of changes anywhere: what waits is how the class list and the rules differ from the
plan in use (docs/decisions/0028-course-in-use.md). So whatever changes either of them adds to it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from planner.edit.refusals import here_already
from planner.model.domain import Roster, Student
from planner.model.problems import InputError, Problem
from planner.model.text import Message, message
from planner.replanning.choices import asked_twice
from planner.reporting.rule_effects import RuleEffects
from planner.services.compare_lists import ListComparison
from planner.services.pending import PendingChange
from planner.services.replan import ReplanRequest, ReplanResult
from planner.services.taking_back import about_list, rules_without, without_changes
from planner.ui.session import beside_plan, work
from planner.ui.session.language import current
from planner.ui.session.replan_state import ReplanSession
from planner.ui.session.restoring import bring_roster
from planner.ui.session.state import Session, session
from planner.ui.session.unfinished import holding, mended


@dataclass(frozen=True)
class Pending:
    """What waits to be carried out.

    Attributes
    ----------
    rerun : ReplanSession
        It works out what the changes come to.
    changes : tuple of PendingChange
    obstacles : tuple of Message
        What has to be decided first, where a replan cannot even be asked.
    asked : ReplanRequest or None
        None where something has to be decided first.
    """

    rerun: ReplanSession
    changes: tuple[PendingChange, ...]
    obstacles: tuple[Message, ...] = ()
    asked: ReplanRequest | None = None

    @property
    def left_as_is(self) -> bool:
        """Whether the coordinator keeps them for later."""
        return self.rerun.done == "left"

    @property
    def failure(self) -> Exception | None:
        """Why there is no plan of these changes."""
        return self.rerun.failure if self.rerun.running == self.asked else None

    @property
    def made(self) -> ReplanResult | None:
        """The plan that they come to, once it is known."""
        made = self.rerun.made
        return None if self.failure is not None or self.rerun.plans.outdated(self.asked) else made

    @property
    def effects(self) -> RuleEffects | None:
        """What that plan means for the rules, once it is known."""
        base, made = self.rerun.base, self.made
        return None if base is None or made is None else made.effects(base)


def waits() -> bool:
    """Whether the class list or the rules are others than the groups in use were made with."""
    now = session()
    return now.in_use is not None and now.outdated(now.rules_now())


def pending(now: Session) -> Pending | None:
    """Return what waits to be carried out; None where nothing does, or the groups are a draft."""
    if now.in_use is None or now.course is None:
        return None
    now.read()
    rerun = now.start_rerun()
    if rerun.base is None or rerun.done == "accepted":
        return None
    changes = now.changes(now.rules_now())
    compared = rerun.compare(current()) if changes else None
    if compared is None:
        return None
    if rerun.unfinished or compared.errors:
        return Pending(rerun, changes, (*map(_with_way_out, compared.errors), *rerun.unfinished))
    return Pending(rerun, changes, asked=_asked(rerun, compared))


def _with_way_out(problem: Problem) -> Message:
    if problem.hint is None:
        return problem.message
    return message("{one} {other}", one=problem.message, other=problem.hint)


def _asked(rerun: ReplanSession, compared: ListComparison) -> ReplanRequest | None:
    asked = rerun.asked(compared)
    return None if asked_twice(asked.options) else asked


def leaving(now: Session) -> frozenset[str]:
    """Return who of the groups in use leaves once what is pending is carried out, stopped or missing."""
    found = pending(now)
    changes = () if found is None else found.changes
    return frozenset(change.student for change in changes if change.kind == "left")


def work_out(now: Session) -> bool:
    """Have it worked out what the changes come to, unless that is known; return whether that began."""
    found = pending(now)
    if found is None:
        return False
    rerun = found.rerun
    if found.asked is None:
        rerun.leave()  # of what was asked before something had to be decided
        return False
    if rerun.run is not None:
        if rerun.running == found.asked:
            return False
        rerun.leave()
    if found.failure is not None or any(one.request == found.asked for one in rerun.plans.tried):
        return False
    work.start_again(rerun, replace(found.asked, time_limit=now.making.seconds))
    rerun.quiet = True
    return True


# What feeds it, and the way back


def stop(now: Session, student: str) -> None:
    """Note that a student of the plan stopped, under whatever number the class list has them."""
    now.require_list()
    reading, found = now.read(), now.compared()
    ids = () if found is None else found.changes.same
    listed = next((one.new_id for one in ids if one.old_id == student), None)
    if listed is None or reading is None or now.roster is None:
        return
    row = next((line.row for line in reading.lines if line.student == listed and not line.joined), None)
    if row is not None:
        now.edit(now.edits.leaves(row))
        return
    others = tuple(one for one in now.roster.students if one.id != listed)
    bring_roster(now, Roster(students=others, columns=now.roster.columns), {student})


def join(now: Session, student: Student) -> None:
    """Add a student to the class list; a replan finds the place.

    Raises
    ------
    InputError
        Where somebody on the page, or in the groups, has the number.
    """
    now.require_list()
    if now.roster is None or now.course is None:
        return
    problems = tuple(here_already(now.course, student.id, now.roster))
    if problems:
        raise InputError(problems)
    bring_roster(now, Roster(students=(*now.roster.students, student), columns=now.roster.columns))


def take_answers(now: Session, student: str, said: Mapping[str, str]) -> None:
    """Take over what a student answered, by heading, as the class list has it from now on."""
    now.require_list()
    if now.roster is None:
        return
    students = tuple(
        one.model_copy(update={"answers": {**one.answers, **said}}) if one.id == student else one
        for one in now.roster.students
    )
    bring_roster(now, Roster(students=students, columns=now.roster.columns))


def take_back(now: Session, changes: Sequence[PendingChange]) -> None:
    """Let some things be again as they were when the groups were made."""
    found, rerun = now.compared(), now.start_rerun()
    if now.course is None or found is None:
        return
    listed = [change for change in changes if about_list(change, found)]
    if listed:
        now.require_list()
    for change in changes:
        if change.kind == "unfinished":
            now.rules.draft = mended(now.rules.draft, change.part, now.course.rules)
        elif change.kind == "choices":
            rerun.choose(beside_plan.without(now.choices, change))
            now.note_choices()
    if any(change.kind == "rules" for change in changes):
        rules = rules_without(found, changes)
        now.rules.draft = holding(now.rules.draft, rules, now.course.rules)
    _list_back(now, found, listed)


def _list_back(now: Session, found: ListComparison, changes: Sequence[PendingChange]) -> None:
    """Let the class list be as it was; a mark goes by its row, so that all else of the file stays."""
    rows = {one: row for row, one in now.marks.items()}
    marked = [change for change in changes if change.kind == "left" and change.student in rows]
    edits = now.edits
    for change in marked:
        edits = edits.stays(rows[change.student])
    if len(marked) < len(changes):
        bring_roster(now, without_changes(found, changes))
    elif marked:
        now.edit(edits)

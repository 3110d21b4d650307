"""The course that an edit makes: groups, roles, and an outcome that claims no more than is still proven."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from planner.audit.plan_audit import moves as moved_since
from planner.audit.proven import kept
from planner.audit.stability import over
from planner.audit.term_audit import BlockAudit, audit_term
from planner.edit.newcomer import with_newcomer
from planner.edit.refusals import refusals, refused_week
from planner.edit.regroup import begun, edited_blocks, edited_turns, weeks_to_edit
from planner.edit.values import Edit, Join, LockGroup, LockStudent, Rename, moved_by
from planner.model.domain import Block, Turn
from planner.model.problems import InputError
from planner.model.reports import Finding, Outcome, RuleReport, Status
from planner.plans.course import Course, How, Locks
from planner.plans.weeks import relabelled

BY_HAND: Final = "by-hand"  # how a plan came about: `Plan.effort`


def apply(course: Course, edit: Edit, week: int | None = None) -> Course:
    """Return the course after an edit, its plan audited anew.

    Parameters
    ----------
    course : Course
    edit : Edit
    week : int, optional
        First week in which it holds, one of `weeks_to_edit`; None is the first week of the plan. The weeks
        before it stay as they were.

    Returns
    -------
    Course

    Raises
    ------
    InputError
        Where the edit cannot be made, with the way out. A `must` rule that breaks is no
        reason: the plan then says so, with `Status.BROKEN`.
    """
    at = course.plan.from_week if week is None else week
    check(course, edit, at)
    if isinstance(edit, LockStudent | LockGroup):
        return course.model_copy(update={"locks": _locks(course.locks, edit)})
    if isinstance(edit, Rename):
        return with_labels(course, {edit.group: edit.name})
    now = _placed(with_newcomer(begun(course, at), edit), edit, at)
    blocks = edited_blocks(now, edit, at)
    return _with_blocks(now, blocks, edited_turns(now, blocks), same_class=not isinstance(edit, Join))


def check(course: Course, edit: Edit, week: int | None = None) -> None:
    """See whether an edit can be made.

    Parameters
    ----------
    course : Course
    edit : Edit
    week : int, optional
        First week in which it would hold, one of `weeks_to_edit`; None is the first week of the plan.

    Raises
    ------
    InputError
        As `apply` does.
    """
    at = course.plan.from_week if week is None else week
    weeks = weeks_to_edit(course)
    if at not in weeks:
        raise InputError([refused_week(weeks)])
    problems = refusals(course, edit, course.plan.block_of(at).groups)
    if problems:
        raise InputError(problems)


def _placed(course: Course, edit: Edit, week: int) -> Course:
    """Return the course with a note of who was placed by hand, in the groups that its plan begins with."""
    people = moved_by(edit)
    if week != course.plan.from_week or not people:
        return course
    placed: dict[str, How] = {**course.placed, **dict.fromkeys(people, BY_HAND)}
    return course.model_copy(update={"placed": placed})


def _locks(locks: Locks, edit: LockStudent | LockGroup) -> Locks:
    students, groups = set(locks.students), set(locks.groups)
    chosen, one = (students, edit.student) if isinstance(edit, LockStudent) else (groups, edit.group)
    (chosen.add if edit.on else chosen.discard)(one)
    return Locks(students=tuple(sorted(students)), groups=tuple(sorted(groups)))


def with_labels(course: Course, names: Mapping[str, str]) -> Course:
    """Return the course with other labels for its groups in all weeks, findings included.

    Parameters
    ----------
    course : Course
    names : mapping
        The new label of a group by the old one; two groups never get the same.

    Returns
    -------
    Course
    """
    renamed, was = relabelled(course, names), course.plan.outcome
    reports = kept(course.rules, course.roster, was.rules, audited(renamed)[0].audit.reports)
    outcome = was.model_copy(update={"rules": shared(was.rules, reports)})
    return renamed.model_copy(update={"plan": renamed.plan.but(outcome=outcome)})


def _with_blocks(
    course: Course, blocks: Sequence[Block], turns: tuple[Turn, ...], *, same_class: bool
) -> Course:
    plan = course.plan
    later = tuple(blocks[1:])
    made = plan.but(groups=blocks[0].groups, later=later, turns=turns, effort=BY_HAND)
    edited = course.model_copy(update={"plan": made})
    outcome = _outcome(course, edited, audited(edited), same_class=same_class)
    return edited.model_copy(update={"plan": made.but(outcome=outcome)})


def audited(course: Course) -> tuple[BlockAudit, ...]:
    """Return the audit of every block of a course's plan, held against those that are over."""
    past = [(version.from_week, version.groups) for version in course.history]
    return audit_term(course.rules, course.roster, course.plan, over(course.plan, past))


def _outcome(before: Course, course: Course, blocks: Sequence[BlockAudit], *, same_class: bool) -> Outcome:
    """Return what is true of the edited plan.

    A bound holds for every plan of this class, of as many groups, in which every `must` rule holds,
    whoever made it; what a run proved of its own steps does not hold any more.
    """
    was, first = before.plan.outcome, blocks[0].audit
    cost, holds = first.cost, all(block.holds for block in blocks)
    as_many = same_class and before.plan.filled == course.plan.filled
    reports = first.reports
    if as_many:
        reports = kept(course.rules, course.roster, was.rules, reports)
    changes: dict[str, object] = {
        "status": _status(was, cost, holds and as_many, holds),
        "cost": cost,
        "bound": min(was.bound, cost) if as_many else 0,
        "cut_short": False,
        "stages": (),
        "rules": shared(was.rules, reports),
    }
    if was.moves is not None:
        changes |= _moves(course, was, holds and same_class)
    return was.model_copy(update=changes)


def _status(was: Outcome, cost: int, bounded: bool, holds: bool) -> Status:
    if not holds:
        return Status.BROKEN
    return Status.OPTIMAL if bounded and was.moves is None and cost <= was.bound else Status.FEASIBLE


def _moves(course: Course, was: Outcome, bounded: bool) -> dict[str, object]:
    """Moves since the groups of before; fewer may do where a `must` rule is let go of, or somebody came."""
    since = course.history[-1].groups if course.history else course.plan.groups
    moves = len(moved_since(since, course.plan.groups))
    return {"moves": moves, "moves_bound": min(was.moves_bound or 0, moves) if bounded else 0}


def shared(before: Sequence[RuleReport], now: Sequence[RuleReport]) -> tuple[RuleReport, ...]:
    """Return reports in which all that stayed the same is the very same: a long history stays small.

    Parameters
    ----------
    before : sequence of RuleReport
        As they were kept.
    now : sequence of RuleReport
        As they are.

    Returns
    -------
    tuple of RuleReport
        In the order of `now`.
    """
    known: dict[Finding, Finding] = {finding: finding for report in before for finding in report.findings}
    return tuple(
        report.model_copy(update={"findings": tuple(known.get(one, one) for one in report.findings)})
        for report in now
    )

"""What an edit would change, told before it is made: rule by rule, and in the blocks after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from planner.audit.refresh_audit import report_refresh
from planner.audit.stability import over
from planner.audit.what_if import RuleChange, WhatIf, WhatIfs
from planner.edit.apply import check
from planner.edit.regroup import begun, edited_blocks
from planner.edit.values import Move, Swap
from planner.model.domain import Block, group_of
from planner.model.reports import Finding
from planner.model.text import Message, message
from planner.plans.course import Course


@dataclass(frozen=True)
class Later:
    """What changes in a block after the edited one, or in the refresh before a block.

    Attributes
    ----------
    week : int
        Its first week.
    answer : WhatIf
    short : tuple of Finding
        What the refresh before it would promise and not keep, and keeps now.
    """

    week: int
    answer: WhatIf
    short: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Effect:
    """What changes for every rule, in the block that is edited and in those after it."""

    answer: WhatIf
    later: tuple[Later, ...] = ()

    @property
    def broken(self) -> tuple[RuleChange, ...]:
        """The `must` rules that would not hold any more, in any block; each once."""
        every = [*self.answer.broken, *(change for later in self.later for change in later.answer.broken)]
        return tuple({change.rule.model_dump_json(): change for change in every}.values())

    @property
    def breaks(self) -> bool:
        """Whether a `must` rule or the promise of a refresh would break."""
        return bool(self.broken) or any(later.short for later in self.later)

    def headline(self) -> Message:
        """Return what it comes to, in a sentence."""
        if self.broken:
            names = tuple(message("“{rule}”", rule=change.rule) for change in self.broken)
            told = message("This breaks {rules}. You can still do it; the plan will show it.", rules=names)
            rest = self.answer.effect
            return told if rest is None else message("{told} {effect}", told=told, effect=rest)
        if self.breaks:
            return message(
                "A later refresh would then break one of its own limits. You can still do it; the plan "
                "will show it."
            )
        changed = self.answer.effect
        if changed is None:
            return message("This breaks no required rule, and every rule is met as well as now.")
        return message("This breaks no required rule. {effect}", effect=changed)


def effect(course: Course, edit: Move | Swap, week: int | None = None) -> Effect:
    """Return what an edit would change; the same that two audits differ in.

    Parameters
    ----------
    course : Course
    edit : Move or Swap
    week : int, optional
        First week in which it would hold; None is the first week of the plan.

    Returns
    -------
    Effect

    Raises
    ------
    InputError
        Where the edit cannot be made.
    """
    at = course.plan.from_week if week is None else week
    check(course, edit, at)
    now = begun(course, at)
    was, becomes = now.plan.blocks, edited_blocks(now, edit, at)
    answers = {
        block.from_week: _answer(now, block, after)
        for block, after in zip(was, becomes, strict=True)
        if block.groups != after.groups
    }
    later = []
    for number, block in enumerate(becomes):
        short = _short(now, was, becomes, number)
        answer = answers.get(block.from_week) if block.from_week > at else None
        if short or answer is not None:
            later.append(Later(block.from_week, answer or WhatIf(()), short))
    return Effect(answers.get(at, WhatIf(())), tuple(later))


def _answer(course: Course, block: Block, after: Block) -> WhatIf:
    home, to = group_of(block.groups), group_of(after.groups)
    places = {student: group for student, group in to.items() if home[student] != group}
    return WhatIfs(course.rules, course.roster, block.groups).change(places)


def _short(
    course: Course, was: Sequence[Block], becomes: Sequence[Block], number: int
) -> tuple[Finding, ...]:
    """What a refresh would promise and not keep any more."""
    same = (one.groups == other.groups for one, other in zip(was, becomes[: number + 1], strict=False))
    if number == 0 or all(same):
        return ()
    past = over(course.plan, [(version.from_week, version.groups) for version in course.history])
    found = [
        report_refresh(
            course.rules,
            course.roster,
            [*past, *(block.groups for block in blocks[:number])],
            blocks[number].groups,
        )
        for blocks in (was, becomes)
    ]
    if found[1].units <= found[0].units:
        return ()
    return tuple(f for f in found[1].findings if f.units and f not in found[0].findings)

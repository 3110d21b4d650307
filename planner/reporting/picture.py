"""How the rules stand in the groups at a glance: a row for each rule, a mark for each group."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from planner.audit.plan_audit import audit
from planner.model.domain import Block, Group, Roster
from planner.model.reports import Finding, Outcome, RuleReport, Status
from planner.model.text import Message
from planner.plans.course import Course
from planner.reporting import standing
from planner.reporting.standing import Standing
from planner.rules import Rule
from planner.rules.titles import title

MOST_GROUPS = 30  # marks that stand side by side on a laptop


class Mark(NamedTuple):
    """How a rule stands in a group, and what it finds there."""

    standing: Standing
    found: tuple[Message, ...] = ()


class Row(NamedTuple):
    """A rule in the picture.

    Attributes
    ----------
    rule : Message
    standing : Standing
        In the plan as a whole: the worst of all groups, drawn or not, and of what is in none.
    stands : Message
        The same in words and natural units.
    marks : tuple of Mark
        One for each group that is drawn.
    """

    rule: Message
    standing: Standing
    stands: Message
    marks: tuple[Mark, ...]


class Picture(NamedTuple):
    """Rules and groups, and a mark for each two.

    Attributes
    ----------
    groups : tuple of str
        Labels of those that are drawn, in the order of the plan.
    rows : tuple of Row
        The rules that are not met everywhere, in their order.
    met : int
        How many other rules are met in every group.
    well : int
        How many other groups have nothing that is not met.
    left_out : int
        How many groups have something that is not met, and are left out for want of room.
    """

    groups: tuple[str, ...]
    rows: tuple[Row, ...]
    met: int
    well: int = 0
    left_out: int = 0


def outcome_of(course: Course, block: Block) -> Outcome:
    """Return what is known of a block: nothing is proven of what comes after a refresh.

    Parameters
    ----------
    course : Course
    block : Block
        Of its plan.

    Returns
    -------
    Outcome
    """
    outcome = course.plan.outcome
    if block.from_week == course.plan.from_week:
        return outcome
    found = audit(course.rules, course.roster, block.groups)
    status = Status.FEASIBLE if found.holds else Status.BROKEN
    return outcome.model_copy(
        update={"rules": found.reports, "status": status, "cost": found.cost, "bound": -1, "stages": ()}
    )


def picture(course: Course, block: Block, outcome: Outcome, most: int = MOST_GROUPS) -> Picture:
    """Return how every rule stands in every group of a block.

    Parameters
    ----------
    course : Course
    block : Block
        Of its plan.
    outcome : Outcome
        Of the block (`outcome_of`).
    most : int
        Groups that are drawn: where there are more, those in which something is not met, the worst first.

    Returns
    -------
    Picture
    """
    groups = [group for group in block.groups if group.members]
    marks = [_marks(outcome, report, groups) for report in outcome.rules]
    drawn = _drawn(groups, marks, most)
    rows, sizes = [], standing.sizes_of(groups)
    for place, (report, found) in enumerate(zip(outcome.rules, marks, strict=True)):
        stands = standing.of_rule(outcome, report, sizes)
        if stands is not Standing.FINE:
            rule = _rule(course, place)
            rows.append(
                Row(
                    rule=called(course, place, report),
                    standing=stands,
                    stands=_stands(stands, rule, report, course.roster),
                    marks=tuple(found[at] for at in drawn),
                )
            )
    short = sum(_worst(marks, at) is not Standing.FINE for at in range(len(groups)))
    shown = sum(_worst(marks, at) is not Standing.FINE for at in drawn)
    return Picture(
        groups=tuple(groups[at].name for at in drawn),
        rows=tuple(rows),
        met=len(outcome.rules) - len(rows),
        well=len(groups) - len(drawn) - (short - shown),
        left_out=short - shown,
    )


def called(course: Course, place: int, report: RuleReport) -> Message:
    """Return what the rule of a report is called.

    Parameters
    ----------
    course : Course
    place : int
        Of the report in an outcome of the course.
    report : RuleReport

    Returns
    -------
    Message
    """
    rule = _rule(course, place)
    return report.title if rule is None else title(rule, course.roster)


def _rule(course: Course, place: int) -> Rule | None:
    """Return the rule of a report; there is none for the places of students, nor for roles."""
    active = course.rules.active()
    return active[place - 1] if 0 < place <= len(active) else None


def _stands(stands: Standing, rule: Rule | None, report: RuleReport, roster: Roster) -> Message:
    gained = None if rule is None else standing.gain(rule, report, roster)
    return standing.describe(stands, gained)


def _marks(outcome: Outcome, report: RuleReport, groups: Sequence[Group]) -> list[Mark]:
    """Return how a rule stands in each group, with what it finds there."""
    of_group: dict[str | None, list[Finding]] = {}
    for finding in report.findings:
        of_group.setdefault(finding.group, []).append(finding)
    return [_mark(outcome, report, of_group.get(group.name, ()), len(group.members)) for group in groups]


def _mark(outcome: Outcome, report: RuleReport, here: Sequence[Finding], members: int) -> Mark:
    stands = standing.worst(standing.of_finding(outcome, report, one, members) for one in here)
    return Mark(stands, tuple(one.message for one in here))


def _worst(marks: Sequence[Sequence[Mark]], at: int) -> Standing:
    return standing.worst(row[at].standing for row in marks)


def _drawn(groups: Sequence[Group], marks: Sequence[Sequence[Mark]], most: int) -> list[int]:
    """Return the places of the groups that are drawn, in the order of the plan."""
    every = range(len(groups))
    if len(groups) <= most:
        return list(every)
    order = list(Standing)
    short = [at for at in every if _worst(marks, at) is not Standing.FINE]

    def first(at: int) -> tuple[int, int]:
        return order.index(_worst(marks, at)), -sum(row[at].standing is not Standing.FINE for row in marks)

    return sorted(sorted(short, key=first)[:most])

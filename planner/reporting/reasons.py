"""Why somebody is in another group now: one sentence a student may read."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence

from planner.model.domain import Group, Plan, Roster, group_of
from planner.model.handover import Change
from planner.model.reports import Finding
from planner.model.text import Message, message, plural_message
from planner.plans.course import How
from planner.replanning.volunteers import Volunteer
from planner.reporting.volunteers import just_as_good
from planner.rules import Rules
from planner.rules.overlap import free_moments
from planner.rules.people import NamedStudents
from planner.rules.steady import Steady

EMPTY: Mapping[str, Sequence[Volunteer]] = {}
BY_ITSELF: Mapping[str, How] = {}
UNRULED: Mapping[str, Message] = {}
STOPPED, MISSING = message("Stopped with the course."), message("No longer in the class list.")
PLACED: Mapping[How, Message] = {
    "by-hand": message("Placed here by hand."),
    "refresh": message("A refresh is planned this week."),
}


def changes_of(
    roster: Roster,
    before: Sequence[Group],
    plan: Plan,
    left: Mapping[str, str],
    instead: Mapping[str, Sequence[Volunteer]] = EMPTY,
    placed: Mapping[str, How] = BY_ITSELF,
    ruled: Mapping[str, Message] = UNRULED,
    stopped: Container[str] = (),
) -> tuple[Change, ...]:
    """Return what a plan changes: moves, then newcomers, then who left.

    Parameters
    ----------
    roster : Roster
        The new class list.
    before : sequence of Group
        The old groups; ids of the new class list where people continue.
    plan : Plan
    left : mapping
        Names of those who left, by the id of then.
    instead : mapping
        Who could have moved instead of each who moves.
    placed : mapping
        What put people in their new groups, other than the plan itself, by their id.
    ruled : mapping
        The changed rule that asks for a move, by the id of who moves; see `by_changed_rule`.
    stopped : container of str
        Those who left of whom it was noted that they stopped; others are missing from the class list.

    Returns
    -------
    tuple of Change
    """
    was = group_of(before)
    stayed = {group.name: [s for s in group.members if s in roster.by_id] for group in before}
    moved: list[Change] = []
    joined: list[Change] = []
    for group in plan.groups:
        for student in group.members:
            old = was.get(student)
            if old == group.name:
                continue
            reason = (
                PLACED[placed[student]]
                if student in placed
                else _reason(roster, plan, group, stayed, was, old)
            )
            if student in ruled and student not in placed:
                reason = message(
                    "The rule “{rule}” is new or changed. {why}", rule=ruled[student], why=reason
                )
            also = just_as_good(student, instead.get(student, ()), roster.shown_names)
            if also is not None:
                reason = message("{why} {also}", why=reason, also=also)
            change = Change(student, roster.shown_names[student], old, group.name, reason)
            (joined if old is None else moved).append(change)
    gone = [
        Change(student, name, was.get(student), None, STOPPED if student in stopped else MISSING)
        for student, name in left.items()
    ]
    return (*moved, *joined, *gone)


def by_changed_rule(
    before: Rules, rules: Rules, roster: Roster, old: Sequence[Group], plan: Plan
) -> dict[str, Message]:
    """Return by id of who moves the one rule, new or changed, that the old groups do not meet.

    Where several changed rules are not met there, none is named. Neither are rules about people
    by name: others read the reason.

    Parameters
    ----------
    before, rules : Rules
        Those of the previous plan and those of now, both with the ids of now.
    roster : Roster
    old : sequence of Group
        The groups of before.
    plan : Plan

    Returns
    -------
    dict of str to Message
    """
    known = before.active()
    changed = [
        rule for rule in rules.active() if rule not in known and not isinstance(rule, NamedStudents | Steady)
    ]
    here = [g.only(s for s in g.members if s in roster.by_id) for g in old]
    groups = [group for group in here if group.members]
    unmet = [
        (rule, [one for one in rule.findings(roster, groups) if one.units]) for rule in changed if groups
    ]
    was, found = group_of(groups), {}
    for student, group_now in plan.group_of.items():
        home = was.get(student, group_now)
        about = [
            rule
            for rule, findings in unmet
            if any(_about(one, student, {home, group_now}) for one in findings)
        ]
        asked = [rule for rule in about if rule.must] or about
        if home != group_now and len(asked) == 1:
            found[student] = asked[0].label()
    return found


def _about(finding: Finding, student: str, touched: Container[str]) -> bool:
    """Whether a finding is about somebody, or about a group of before that they left or go to."""
    return student in finding.students or (finding.group or "") in touched


def _reason(
    roster: Roster,
    plan: Plan,
    group: Group,
    stayed: Mapping[str, Sequence[str]],
    was: Mapping[str, str],
    old: str | None,
) -> Message:
    kept = [s for s in stayed.get(group.name, ()) if s in group.members]
    arrivals = roster.names([s for s in group.members if was.get(s) != group.name])
    if kept:
        why = plural_message(
            "{group} has one remaining member; with {names} there are {size}.",
            "{group} has {n} remaining members; with {names} there are {size}.",
            len(kept),
            group=group.name,
            names=arrivals,
            size=len(group.members),
        )
    else:
        why = message("{group} is a new group of {names}.", group=group.name, names=arrivals)
    if old is not None and not any(g.name == old for g in plan.groups):
        why = message("{old} is dissolved. {why}", old=old, why=why)
    moment = _moment(plan, group.name)
    return why if moment is None else message("{why} {moment}", why=why, moment=moment)


def _moment(plan: Plan, group: str) -> Message | None:
    """When everyone in a group is free, where a rule asks for that."""
    for report in plan.outcome.rules:
        if report.kind == "overlap":
            for finding in report.findings:
                if finding.group == group and finding.units == 0:
                    return free_moments(finding.message)
    return None

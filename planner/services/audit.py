"""A grouping, wherever it comes from, held against every rule, with how good each could be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from planner.audit.plan_audit import Audit, moves
from planner.audit.plan_audit import audit as hold_against
from planner.engines.common.watch import Watch
from planner.model.domain import Group, Roster
from planner.model.labels import as_named, renamed
from planner.model.reports import RuleReport
from planner.planning import efforts
from planner.planning.formation import check_fit
from planner.planning.proof import plan_instance, with_bounds
from planner.rules import Rules


@dataclass(frozen=True)
class AuditRequest:
    """What is held against the rules.

    Attributes
    ----------
    rules : Rules
    roster : Roster
    groups : sequence of Group
    previous : sequence of Group, optional
        The groups of before, to see who moved.
    time_limit : float or None
        Seconds after which no more is bounded.
    """

    rules: Rules
    roster: Roster
    groups: Sequence[Group]
    previous: Sequence[Group] | None = None
    time_limit: float | None = None


@dataclass(frozen=True)
class AuditResult:
    """What every rule finds.

    Attributes
    ----------
    found : Audit
    reports : tuple of RuleReport
        Those of the audit, with how good each rule could be where all `must` rules hold.
    renamed : mapping
        What groups of before are called now, where their members say that they are the same.
    moved : tuple of str or None
        Ids of those who moved; None where no groups of before were given.
    """

    found: Audit
    reports: tuple[RuleReport, ...]
    renamed: Mapping[str, str]
    moved: tuple[str, ...] | None


def audit(request: AuditRequest, *, watch: Watch) -> AuditResult:
    """Hold groups against every rule: a task.

    Parameters
    ----------
    request : AuditRequest
    watch : Watch
        Progress, stopping and time.

    Returns
    -------
    AuditResult

    Raises
    ------
    InputError
        Where a rule does not fit the class list.
    """
    watch.time_limit = request.time_limit
    rules, roster, groups = request.rules, request.roster, request.groups
    check_fit(rules, roster)
    found = hold_against(rules, roster, groups)
    reports = _bounded(request, found, watch) if found.holds else found.reports
    if request.previous is None:
        return AuditResult(found, reports, {}, None)
    called = renamed(request.previous, groups)
    moved = moves(as_named(request.previous, called), groups)
    return AuditResult(found, reports, called, tuple(moved))


def _bounded(request: AuditRequest, found: Audit, watch: Watch) -> tuple[RuleReport, ...]:
    rules, roster = request.rules, request.roster
    made = plan_instance(rules, roster, request.groups)
    thorough = efforts.closed_first("normal", len(roster.students))
    return with_bounds(rules, roster, made, found.reports, thorough=thorough, watch=watch)

"""The specification of a term: every block held against every rule, and against the blocks before it."""

from __future__ import annotations

from collections.abc import Sequence

from planner.audit.plan_audit import Audit, audit
from planner.audit.refresh_audit import report_refresh
from planner.model.base import Frozen
from planner.model.domain import Group, Plan, Roster
from planner.model.reports import RuleReport
from planner.rules.settings import Rules


class BlockAudit(Frozen):
    """One block: its weeks, every rule's report, and how it follows the one before."""

    from_week: int
    until: int
    audit: Audit
    refresh: RuleReport | None = None

    @property
    def holds(self) -> bool:
        """Whether every `must` rule holds, and the refresh keeps what it promises."""
        return self.audit.holds and (self.refresh is None or not self.refresh.broken)


def audit_term(
    rules: Rules, roster: Roster, plan: Plan, past: Sequence[Sequence[Group]] = ()
) -> tuple[BlockAudit, ...]:
    """Hold every block of a plan against the rules.

    Parameters
    ----------
    rules : Rules
    roster : Roster
    plan : Plan
    past : sequence of groups
        The groups of blocks that are over. The first block of a plan is no refresh of them: what a rerun
        changed is told by its moves.

    Returns
    -------
    tuple of BlockAudit
    """
    found = []
    before = list(past)
    weeks = block_weeks(plan, rules.term.weeks)
    for number, (block, (first, last)) in enumerate(zip(plan.blocks, weeks, strict=True)):
        found.append(
            BlockAudit(
                from_week=first,
                until=last,
                audit=audit(rules, roster, block.groups, plan.turns, first, last),
                refresh=report_refresh(rules, roster, before, block.groups) if number else None,
            )
        )
        before.append(block.groups)
    return tuple(found)


def block_weeks(plan: Plan, weeks: int) -> list[tuple[int, int]]:
    """Return the first and last week of every block of a plan.

    Parameters
    ----------
    plan : Plan
    weeks : int
        In the term.

    Returns
    -------
    list of tuple of (int, int)
        First and last week, both included.
    """
    firsts = [block.from_week for block in plan.blocks]
    return list(zip(firsts, [*(week - 1 for week in firsts[1:]), max(weeks, firsts[-1])], strict=True))

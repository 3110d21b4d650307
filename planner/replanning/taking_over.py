"""A volunteer who moves instead of somebody else: the plan of a rerun with the two exchanged.

What was proven of the rerun stays proven as far as nothing that it counts becomes otherwise: the exchange
is counted with what the rerun counts, so a proof is kept exactly as far as it holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from planner.engines.common.lowering import lower
from planner.engines.common.watch import Watch
from planner.engines.replanning.candidate_lister import CandidateLister
from planner.engines.replanning.candidate_pool import CandidatePool
from planner.engines.replanning.objective_counts import ObjectiveCounts
from planner.engines.replanning.replan_problem import (
    LexicographicObjective,
    ReplanProblem,
    ReplanSolution,
    old_groups,
)
from planner.model.domain import Group, Plan, Roster
from planner.model.instance import NO_HOME
from planner.model.replan_options import ReplanOptions
from planner.model.reports import StageReport
from planner.replanning.previous_assignment import PreviousAssignment, without_leavers
from planner.replanning.replan import plan_of, ranked
from planner.replanning.replan_question import replan_problem
from planner.rules import Rules, build_instance


def taken_over(
    rules: Rules,
    roster: Roster,
    earlier: PreviousAssignment,
    options: ReplanOptions,
    plan: Plan,
    exchange: tuple[str, str],
    *,
    watch: Watch | None = None,
) -> Plan:
    """Return the plan of a rerun in which somebody stays and a volunteer moves instead.

    Parameters
    ----------
    rules : Rules
    roster : Roster
        The class list of now.
    earlier : PreviousAssignment
        How things were.
    options : ReplanOptions
    plan : Plan
        What `replan` made of these.
    exchange : tuple of (str, str)
        Who moves in the plan and stays from now on, and one of their `volunteers`.
    watch : Watch, optional

    Returns
    -------
    Plan
        Audited, with new roles where they became vacant.
    """
    rules = without_leavers(rules, roster, earlier)
    old = build_instance(rules, roster, len(earlier.groups))
    before = replan_problem(rules, roster, earlier, options)
    lister = CandidateLister(
        lower(old), old_groups(old, before, 0), (before.home != NO_HOME).astype(np.float64)
    )
    groups = exchanged(plan.groups, earlier, exchange)
    counted = [_counted(lister, before, roster, earlier, some) for some in (plan.groups, groups)]
    stages = tuple(_stages(plan.outcome.stages, *counted))
    found = ReplanSolution(ranked(roster, earlier, groups), stages, fewest=plan.outcome.moves_bound or 0)
    return plan_of(rules, roster, earlier, options, found, old, plan.seed, watch or Watch())


def exchanged(
    groups: Sequence[Group], earlier: PreviousAssignment, exchange: tuple[str, str]
) -> tuple[Group, ...]:
    """Return groups in which a mover is back where they were and a volunteer is where the mover went.

    Parameters
    ----------
    groups : sequence of Group
    earlier : PreviousAssignment
        How things were.
    exchange : tuple of (str, str)
        The mover and the volunteer.

    Returns
    -------
    tuple of Group
        With those of before that had nobody left and have somebody again.
    """
    mover, volunteer = exchange
    home = earlier.group_of[mover]
    to = next(group.name for group in groups if mover in group.members)
    members = {group.name: [one for one in group.members if one not in exchange] for group in groups}
    members.setdefault(home, []).append(mover)
    members[to].append(volunteer)
    return tuple(Group(name=name, members=tuple(some)) for name, some in members.items() if some)


def _counted(
    lister: CandidateLister,
    before: ReplanProblem,
    roster: Roster,
    earlier: PreviousAssignment,
    groups: Sequence[Group],
) -> Mapping[str, int]:
    """Return what a rerun counts, summed over all groups; two of these differ by what a plan does."""
    rank = {group.name: place for place, group in enumerate(earlier.groups)}
    rows = np.full((len(groups), lister.model.largest), -1, np.int64)
    for row, group in zip(rows, groups, strict=True):
        row[: len(group.members)] = sorted(roster.position[one] for one in group.members)
    labels = np.asarray([rank.get(group.name, len(rank)) for group in groups], np.int64)
    counts = ObjectiveCounts(lister, CandidatePool(rows, labels, np.zeros(len(groups)), whole=False), before)
    return {name: int(counts.of(name).sum()) for name in before.stages}


def _stages(
    stages: Sequence[StageReport], was: Mapping[str, int], becomes: Mapping[str, int]
) -> Iterable[LexicographicObjective]:
    same = True
    for stage in stages:
        more = becomes.get(stage.name, 0) - was.get(stage.name, 0)
        same = same and more == 0
        yield LexicographicObjective(stage.name, stage.value + more, stage.proven and same)

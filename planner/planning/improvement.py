"""Making an assignment that holds as good as an effort allows, and saying how good that is.

Small classes are closed as a whole at once. Then subinstances are freed one by one and the class is closed
anew; where plan and bound stay far apart, long runs of annealing follow (docs/decisions/0048).
"""

from __future__ import annotations

from collections.abc import Sequence

from planner.engines.common.watch import Watch
from planner.engines.local_search.side_by_side import search_side_by_side
from planner.engines.set_partitioning.gap_closing import GapResult, close_gap
from planner.engines.set_partitioning.neighbourhood_search import NeighbourhoodRound, search_neighbourhoods
from planner.model.evaluation import evaluate
from planner.model.instance import Instance, IntArray
from planner.planning import efforts
from planner.planning.efforts import Effort


def improved(
    instance: Instance, assignment: IntArray, bound: int, *, seed: int, effort: Effort, watch: Watch
) -> GapResult:
    """Make an assignment as good as the effort allows.

    Parameters
    ----------
    instance : Instance
    assignment : ndarray of int64, shape (students,)
        Holds every `must` cost.
    bound : int
        What is proven already, in priced units.
    seed : int
    effort : {"quick", "normal", "prove"}
    watch : Watch

    Returns
    -------
    GapResult
        Never a dearer plan than was given.
    """
    cost = evaluate(instance, assignment).cost
    watch.tell(cost=cost, bound=bound, violation=0)
    now = GapResult(assignment, cost, min(bound, cost))
    if not now.best and efforts.closed_first(effort, instance.students):
        now = _closed(instance, assignment, bound, effort, watch)
    for rounds, perturbations in efforts.ROUNDS[effort]:
        if now.best or watch.stop():
            return now
        now = _freed_and_closed(instance, now, seed, rounds, perturbations, effort, watch)
    proposals = efforts.long_proposals(effort, instance.students)
    if proposals and efforts.far(now.cost, now.bound) and not watch.stop():
        return _searched_long(instance, now, seed, proposals, effort, watch)
    return now


def _searched_long(
    instance: Instance, now: GapResult, seed: int, proposals: int, effort: Effort, watch: Watch
) -> GapResult:
    """Search long and slowly from where the plan is, and free subinstances of what that finds."""
    found = search_side_by_side(
        instance,
        seeds=range(seed, seed + efforts.LONG_RUNS),
        proposals=proposals,
        watch=watch,
        start=now.assignment,
        share=(0.5, 0.9),
        enough=now.bound,
    )
    if found.violation or found.cost >= now.cost:
        return now
    rounds, _ = efforts.ROUNDS[effort][0]
    longer = GapResult(found.assignment, found.cost, now.bound)
    freed = _freed(instance, longer, seed, rounds, watch, share=(0.9, 0.95))
    if efforts.closed_first(effort, instance.students):
        return _closed(instance, freed, now.bound, effort, watch)
    return GapResult(freed, evaluate(instance, freed).cost, now.bound)


def _freed_and_closed(
    instance: Instance,
    now: GapResult,
    seed: int,
    rounds: Sequence[NeighbourhoodRound],
    perturbations: int,
    effort: Effort,
    watch: Watch,
) -> GapResult:
    """Free subinstances one by one, then bring plan and bound together where the class is not too large."""
    nearly = efforts.NEARLY[effort]
    freed = _freed(
        instance, now, seed, rounds, watch, share=(0.3, 0.5), perturbations=perturbations, nearly=nearly
    )
    return _closed(instance, freed, now.bound, effort, watch)


def _freed(
    instance: Instance,
    now: GapResult,
    seed: int,
    rounds: Sequence[NeighbourhoodRound],
    watch: Watch,
    *,
    share: tuple[float, float],
    perturbations: int = 0,
    nearly: int = 0,
) -> IntArray:
    """Free subinstances one by one."""
    return search_neighbourhoods(
        instance,
        now.assignment,
        seed=seed,
        rounds=rounds,
        bound=now.bound,
        watch=watch,
        share=share,
        perturbations=perturbations,
        nearly=nearly,
        proposals=efforts.PERTURB_PROPOSALS * instance.students,
    )


def _closed(instance: Instance, assignment: IntArray, bound: int, effort: Effort, watch: Watch) -> GapResult:
    """Bring plan and bound together where the class is not too large for that."""
    budget = efforts.budget(effort, instance.students)
    if budget is not None:
        return close_gap(instance, assignment, budget=budget, watch=watch, bound=bound)
    cost = evaluate(instance, assignment).cost
    return GapResult(assignment, cost, min(bound, cost))

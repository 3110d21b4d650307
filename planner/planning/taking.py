"""Groups with what they take besides members: searched together, and what they take solved to proof."""

from __future__ import annotations

from dataclasses import dataclass, replace

from planner.engines.common.bound import rounding_bound
from planner.engines.common.cpsat import Verdict
from planner.engines.common.watch import Watch
from planner.engines.infeasibility.group_counts import excluded
from planner.engines.local_search.search import SearchResult, search
from planner.engines.resources.choice_bound import choice_bound
from planner.engines.resources.resource_assignment import assign_resources
from planner.model.domain import Roster
from planner.model.evaluation import evaluate
from planner.model.instance import Instance, about_members
from planner.planning import efforts
from planner.planning.attempts import AT_LENGTH
from planner.planning.counting import group_counts
from planner.planning.efforts import Effort
from planner.rules import Rules, build_instance

RUNS: dict[Effort, int] = {"quick": 1, "normal": 4, "prove": 12}  # searches, each from the best so far
TIME: dict[Effort, float] = {
    "quick": 1.0,
    "normal": 4.0,
    "prove": 20.0,
}  # deterministic, to solve what is taken
COOLER = 0.2  # part of its usual proposals that each search after the first has


@dataclass(frozen=True)
class TakingResult:
    """Groups, what they take, and what is proven of it.

    Attributes
    ----------
    instance : Instance
    found : SearchResult
        With `violation` above zero where no plan that holds was found.
    bound : int
        No plan with as many groups that holds costs less.
    proven : bool
        Where none was found: whether there is none.
    """

    instance: Instance
    found: SearchResult
    bound: int = 0
    proven: bool = False


def form_and_take(rules: Rules, roster: Roster, seed: int, effort: Effort, watch: Watch) -> TakingResult:
    """Form groups with what they take, with the number of groups nearest to the preferred size that holds.

    Parameters
    ----------
    rules : Rules
    roster : Roster
    seed : int
    effort : {"quick", "normal", "prove"}
    watch : Watch

    Returns
    -------
    TakingResult
    """
    counts = group_counts(rules, len(roster.students))
    built = (build_instance(rules, roster, count) for count in counts[:AT_LENGTH])
    open_ones = [one for one in built if watch.stop() or not excluded(about_members(one), watch)]
    closest: TakingResult | None = None
    for instance in open_ones or [build_instance(rules, roster, counts[0])]:
        found = _searched(instance, seed, effort, watch)
        if not found.violation:
            return _improved(instance, found, seed, effort, watch)
        if closest is None or found.violation < closest.found.violation:
            closest = TakingResult(instance, found)
        if watch.stop():
            break
    assert closest is not None  # noqa: S101 - for the type checker: one instance at the least was searched
    return replace(closest, proven=not open_ones and len(counts) <= AT_LENGTH)


def _searched(instance: Instance, seed: int, effort: Effort, watch: Watch) -> SearchResult:
    """Search groups and what they take; where the groups hold and that does not, solve the latter."""
    found = search(
        instance,
        seed=seed,
        proposals=efforts.proposals("quick" if effort == "quick" else "normal", instance.students),
        watch=watch,
        share=(0.0, 0.5),
        enough=_bound(instance),
    )
    return _taken(instance, found, seed, effort, watch)


def _improved(
    instance: Instance, found: SearchResult, seed: int, effort: Effort, watch: Watch
) -> TakingResult:
    """Search on from the best so far, less and less hot."""
    bound, runs = _bound(instance), RUNS[effort]
    proposals = max(1, int(COOLER * efforts.proposals("normal", instance.students)))
    for run in range(1, runs):
        if found.cost <= bound or watch.stop():
            break
        watch.tell(done=0.5 + 0.4 * run / runs, cost=found.cost, bound=bound, violation=0)
        again = search(
            instance,
            seed=seed + run,
            proposals=proposals,
            watch=watch,
            start=found.assignment,
            share=(0.5 + 0.4 * (run - 1) / runs, 0.5 + 0.4 * run / runs),
            enough=bound,
            taken=found.taken,
        )
        again = _taken(instance, again, seed, effort, watch)
        if not again.violation and again.cost < found.cost:
            found = again
    return TakingResult(instance, found, min(bound, found.cost))


def _taken(instance: Instance, found: SearchResult, seed: int, effort: Effort, watch: Watch) -> SearchResult:
    """Return the same groups with the best that they can take, as far as time allows."""
    solved = assign_resources(
        instance,
        found.assignment,
        seed=seed,
        deterministic_time=TIME[effort],
        watch=watch,
        hint=None if found.violation else found.taken,
    )
    if solved.verdict is not Verdict.FOUND or solved.taken is None:
        return found
    members = found.violation and _members_violate(instance, found)
    if members or (not found.violation and solved.cost >= found.cost):
        return found
    return SearchResult(found.assignment, 0, solved.cost, solved.taken)


def _members_violate(instance: Instance, found: SearchResult) -> bool:
    return not evaluate(about_members(instance), found.assignment).holds


def _bound(instance: Instance) -> int:
    """Return what no plan is below: of members alone, and of choices alone."""
    return rounding_bound(about_members(instance)) + choice_bound(instance)

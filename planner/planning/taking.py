"""Groups with what they take besides members: searched together, and what they take solved to proof."""

from __future__ import annotations

from dataclasses import dataclass, replace

from planner.engines.common.bound import rounding_bound
from planner.engines.common.cpsat import Verdict
from planner.engines.common.exact_solve import solve
from planner.engines.common.watch import Watch
from planner.engines.infeasibility.group_counts import excluded
from planner.engines.local_search.search import SearchResult, search
from planner.engines.resources.choice_bound import choice_bound
from planner.engines.resources.resource_assignment import assign_resources
from planner.model.domain import Roster
from planner.model.evaluation import evaluate
from planner.model.instance import Instance, about_members
from planner.planning import efforts
from planner.planning.attempts import AT_LENGTH, FEASIBLE_LITERALS, FEASIBLE_TIME
from planner.planning.counting import group_counts
from planner.planning.efforts import Effort
from planner.rules import Rules, build_instance

RUNS: dict[Effort, int] = {"quick": 1, "normal": 4, "prove": 12}  # searches, each from the best so far
TIME: dict[Effort, float] = {
    "quick": 1.0,
    "normal": 4.0,
    "prove": 20.0,
}  # deterministic, to solve what is taken
CLOSE_TIME: dict[Effort, float] = {"quick": 0.0, "normal": 10.0, "prove": 100.0}
MOST_CLOSED = 60  # students times groups of a class that is solved as a whole
LONGER: dict[Effort, int] = {
    "quick": 0,
    "normal": 60_000,
    "prove": 200_000,
}  # proposals per student, each run
MOST_PROPOSALS = 40_000_000


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
    closest: TakingResult | None = None
    undecided = len(counts) > AT_LENGTH
    for count in counts[:AT_LENGTH]:
        instance = build_instance(rules, roster, count)
        if closest is not None and (watch.stop() or excluded(about_members(instance), watch)):
            undecided = undecided or watch.stop()
            continue
        found, none = _found(instance, seed, effort, watch)
        if not found.violation:
            return _improved(instance, found, seed, effort, watch)
        undecided = undecided or not none
        if closest is None or found.violation < closest.found.violation:
            closest = TakingResult(instance, found)
    assert closest is not None  # noqa: S101 - for the type checker: the first number is always searched
    return replace(closest, proven=not undecided)


def _found(instance: Instance, seed: int, effort: Effort, watch: Watch) -> tuple[SearchResult, bool]:
    """Return what a search finds, or else an exact solve; and whether it is proven that nothing holds."""
    found = _searched(instance, seed, effort, watch)
    if not found.violation or watch.stop() or instance.students * instance.groups > FEASIBLE_LITERALS:
        return found, False
    solved = solve(instance, seed=seed, deterministic_time=FEASIBLE_TIME, watch=watch, price=False)
    if solved.assignment is None or solved.taken is None:
        return found, solved.verdict is Verdict.NONE
    return SearchResult(solved.assignment, 0, solved.cost, solved.taken), False


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
    proposals = min(MOST_PROPOSALS, LONGER[effort] * instance.students)
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
    if effort != "quick" and found.cost > bound and instance.students * instance.groups <= MOST_CLOSED:
        return _closed(instance, found, bound, seed, effort, watch)
    return TakingResult(instance, found, min(bound, found.cost))


def _closed(
    instance: Instance, found: SearchResult, bound: int, seed: int, effort: Effort, watch: Watch
) -> TakingResult:
    """Solve a small class as a whole: a cheaper plan, or a proof that there is none."""
    solved = solve(
        instance, seed=seed, deterministic_time=CLOSE_TIME[effort], watch=watch, hint=found.assignment
    )
    if solved.assignment is not None and solved.taken is not None and solved.cost < found.cost:
        found = SearchResult(solved.assignment, 0, solved.cost, solved.taken)
    return TakingResult(instance, found, min(max(bound, solved.bound), found.cost))


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

"""How much is proven, and what it brings: ``python -m benchmarks.proof [--seeds 10] [a|b|c|d ...]``.

a. Classes of 24 to 120, rules as in the contract's example: how many plans are proven
   best, how far the others are from their bound, and after how long.
b. The plain student x group model in CP-SAT, with the same class and the same time.
c. Classes of 300 and 1,000: a normal run, which goes on from a search with corners, and
   search alone for as long as that took, beside what any plan costs at least: no engine
   can be further below search alone.
d. Classes of 28 to 1,000 with all the rules of the README: a normal run, and annealing alone for as
   many seconds of processor.

Not a test: machines differ, compare within one run.
"""

from __future__ import annotations

import argparse
import math
import time
from dataclasses import dataclass
from statistics import fmean, median

from benchmarks.samples import full_class, full_rules, synthetic_class, synthetic_rules
from planner.engines.common.exact_solve import solve
from planner.engines.common.watch import Progress, Watch
from planner.engines.infeasibility.cover import assigned
from planner.engines.local_search.search import SearchResult, search
from planner.engines.set_partitioning.column_generation import ColumnGeneration
from planner.engines.set_partitioning.restricted_master import priced_groups
from planner.engines.set_partitioning.subset_kernels import FORBIDDEN
from planner.engines.set_partitioning.whole_groups import whole_groups
from planner.model.domain import Plan, Roster
from planner.model.evaluation import evaluate
from planner.model.instance import Instance, IntArray
from planner.model.no_plan import NoPlan
from planner.model.reports import Status
from planner.planning.counting import group_counts
from planner.planning.efforts import Effort
from planner.planning.formation import form
from planner.rosters import SourceFile, read_class_list
from planner.rules import Rules, build_instance, read_rules
from planner.rules.balance import natural

SIZES = (24, 32, 44, 60, 80, 120)
LIMITS = {24: 10.0, 32: 10.0, 44: 60.0, 60: 60.0, 80: 120.0, 120: 120.0}  # seconds
LARGE = (300, 1_000)
FULL = (28, 60, 120, 300, 1_000)
PARTS = ("a", "b", "c", "d")
IMPORTANT, BALANCE = 500, 5  # what a student and a step of balance cost here
UNLIMITED = 1e9
NEARLY, TRIES = 0.1, 3  # how near to the time that was asked, and after how many corrections


@dataclass(frozen=True)
class Row:
    """What one class shows; the gap is what plan and bound differ, were it all in that one rule."""

    students: int
    seconds: float  # of one core, which a busy machine does not stretch
    cost: int
    bound: int
    proven: bool
    points: float  # of group mean, on average
    misplaced: float  # students for every ten groups


def made(students: int, seed: int, *, full: bool = False) -> tuple[Rules, Roster, Instance]:
    """Return a class with its rules, five or all of the README's, and as engines see it."""
    draw, ask = (full_class, full_rules) if full else (synthetic_class, synthetic_rules)
    rules = read_rules(ask(students, seed).encode())
    roster = read_class_list(SourceFile("class.csv", draw(students, seed))).require()
    return rules, roster, build_instance(rules, roster, group_counts(rules, students)[0])


def prove(students: int, seed: int) -> Row | None:
    """Form and prove one class; None where no plan that holds was found."""
    rules, roster, instance = made(students, seed)
    found = _formed(rules, roster, seed, "prove", LIMITS.get(students, 120.0))
    if found is None:
        return None
    plan, seconds = found
    outcome, gap = plan.outcome, plan.outcome.cost - plan.outcome.bound
    return Row(
        students,
        seconds,
        outcome.cost,
        outcome.bound,
        outcome.status is Status.OPTIMAL,
        natural(-(-gap // BALANCE), roster, "Entry grade") / students,
        gap / IMPORTANT * 10 / instance.groups,
    )


def _formed(
    rules: Rules, roster: Roster, seed: int, effort: Effort, limit: float = math.inf
) -> tuple[Plan, float] | None:
    """Return a plan, and how long its groups took; None where no plan that holds was found."""
    reached: list[float] = []
    began = time.process_time()

    def report(now: Progress) -> None:
        if now.stage == "roles" and not reached:
            reached.append(time.process_time() - began)

    # What comes after the groups, roles and the proofs of single rules, is not timed here.
    def late() -> bool:
        return bool(reached) or time.process_time() - began > limit

    try:
        plan = form(rules, roster, seed=seed, effort=effort, watch=Watch(report=report, wanted_stop=late))
    except NoPlan:
        return None
    return plan, reached[0]


def plain(students: int, seed: int, seconds: float) -> tuple[int | None, int]:
    """Return cost and bound of the plain model after so many seconds."""
    instance = made(students, seed)[2]
    watch = Watch(time_limit=seconds)
    solved = solve(instance, seed=seed, deterministic_time=UNLIMITED, watch=watch)
    return (None if solved.assignment is None else solved.cost), solved.bound


@dataclass(frozen=True)
class Large:
    """What a large class shows: costs after the same time, and two limits that no plan goes below."""

    seconds: float
    alone: int
    normal: int
    bound: int
    whole: int | None  # by whole groups, in a time of its own; None where that was too short or not asked


def large(students: int, seed: int, steps: int, *, full: bool = False) -> Large | None:
    """Return a normal run, and search alone in the same time; None where one found no plan."""
    rules, roster, instance = made(students, seed, full=full)
    found = _formed(rules, roster, seed, "normal")
    if found is None:
        return None
    plan, seconds = found
    alone = _as_long(instance, seed, seconds)
    if alone.violation:
        return None
    outcome = plan.outcome
    best = _assignment(plan, roster) if outcome.cost <= alone.cost else alone.assignment
    whole = whole_bound(instance, best, steps) if steps else None
    return Large(seconds, alone.cost, outcome.cost, outcome.bound, whole)


def _assignment(plan: Plan, roster: Roster) -> IntArray:
    """Return the group of every student, as engines see it."""
    place = {student.id: place for place, student in enumerate(roster.students)}
    return assigned([[place[student] for student in group.members] for group in plan.groups])


def _as_long(instance: Instance, seed: int, seconds: float) -> SearchResult:
    """Search for about so many seconds; how long proposals take is only known afterwards."""
    proposals, last = 1_000_000, 0
    while True:
        began = time.process_time()
        found = search(instance, seed=seed, proposals=proposals, watch=Watch())
        took = time.process_time() - began
        if abs(took - seconds) < NEARLY * seconds or last >= TRIES:
            return found
        proposals, last = max(1, int(proposals * seconds / took)), last + 1


def whole_bound(instance: Instance, assignment: IntArray, steps: int) -> int | None:
    """Return the bound of the linear program over whole groups, without cuts."""
    groups = whole_groups(instance)
    generation = ColumnGeneration(groups, priced_groups(groups, assignment))
    cost = evaluate(instance, assignment).cost
    generation.run(Watch(), enough=cost, steps=steps)
    return generation.best.bound if generation.best.raw > -FORBIDDEN else None


def show_proven(sizes: tuple[int, ...], seeds: int, *, against: bool) -> None:
    """Print a line for each size, and for each class beside the plain model."""
    print(
        "students  plans  proven  seconds median, most   gap median, most   at most in points, per ten groups"
    )
    for students in sizes:
        rows = [row for seed in range(1, seeds + 1) if (row := prove(students, seed)) is not None]
        gaps = [row.cost - row.bound for row in rows]
        took = [row.seconds for row in rows]
        print(
            f"{students:8}  {len(rows):5}  {sum(row.proven for row in rows):6}  "
            f"{median(took):14.1f}  {max(took):5.1f}  {median(gaps):11.0f}  {max(gaps):4}  "
            f"{max(row.points for row in rows):19.3f}  {max(row.misplaced for row in rows):14.2f}",
            flush=True,
        )
        for seed, row in enumerate(rows, start=1) if against else ():
            cost, bound = plain(students, seed, max(1.0, row.seconds))
            shown = "no plan" if cost is None else f"{cost}"
            print(
                f"          class {seed}: {row.cost} (bound {row.bound}) in {row.seconds:.1f} s; "
                f"plain model in the same time: {shown} (bound {bound})",
                flush=True,
            )


def show_large(sizes: tuple[int, ...], seeds: int, steps: int, *, full: bool = False) -> None:
    """Print a line for each class, and over all of them how much lower a normal run is than search alone."""
    lower = []
    print("the last three: what a proven bound leaves, the bound of the run, and of whole groups")
    print("students  class  seconds  search alone  normal run  lower  at most lower  bound  whole groups")
    for students in sizes:
        for seed in range(1, seeds + 1):
            found = large(students, seed, steps, full=full)
            if found is None:
                print(f"{students:8}  {seed:5}  no plan", flush=True)
                continue
            lower.append(_lower(found.alone, found.normal))
            least = max(found.bound, found.whole or 0)
            whole = "-" if found.whole is None else f"{found.whole}"
            print(
                f"{students:8}  {seed:5}  {found.seconds:7.1f}  {found.alone:12}  {found.normal:10}"
                f"  {_lower(found.alone, found.normal):5.0%}  {_lower(found.alone, least):13.0%}"
                f"  {found.bound:5}  {whole:>12}",
                flush=True,
            )
    print(f"lower than search alone: {fmean(lower):.1%} on average, {min(lower):.1%} at the least")


def _lower(before: int, after: int) -> float:
    return 1 - after / before if before else 0.0


def main() -> None:
    """Print the tables asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("parts", nargs="*", default=[*PARTS], choices=PARTS)
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--sizes", type=int, nargs="*", default=[])
    parser.add_argument(
        "--bound", type=int, default=1_000_000_000, help="steps for the bound of whole groups in c; 0: none"
    )
    asked = parser.parse_args()
    if {"a", "b"} & set(asked.parts):
        prove(24, 1)  # compiled once before anything is timed
        show_proven(tuple(asked.sizes) or SIZES, asked.seeds, against="b" in asked.parts)
    if "c" in asked.parts:
        show_large(tuple(asked.sizes) or LARGE, asked.seeds, asked.bound)
    if "d" in asked.parts:
        show_large(tuple(asked.sizes) or FULL, asked.seeds, 0, full=True)


if __name__ == "__main__":
    main()

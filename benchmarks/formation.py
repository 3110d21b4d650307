"""How fast and how good a first plan is: ``python -m benchmarks.formation [n ...]``.

Balance, mix, never alone, overlap and apart, as in the contract's example, on
invented classes. Each class runs in a process of its own, so that peak memory is
that class's. Not a test: machines differ, compare within one run.
"""

from __future__ import annotations

import multiprocessing
import resource
import sys
import time
from dataclasses import dataclass

from benchmarks.samples import synthetic_class, synthetic_rules
from planner.engines.common.bound import rounding_bound
from planner.engines.common.watch import Progress, Watch
from planner.engines.local_search.search import search
from planner.engines.warm_up import warm_up
from planner.planning.counting import group_counts
from planner.rosters import SourceFile, read_class_list
from planner.rules import build_instance, read_rules

SIZES = (24, 120, 500, 2_000, 5_000)
MOMENTS = (1.0, 5.0, 20.0)  # seconds at which the cost is noted
LIMIT = 90.0
PROPOSALS = 200_000_000  # more than fits in the time: the clock ends the run


@dataclass
class Row:
    """What one class shows."""

    students: int
    compile_seconds: float = 0.0
    first: float | None = None
    costs: tuple[int | None, ...] = ()
    bound: int = 0
    final: int | None = None
    memory: float = 0.0


def measure(students: int, seed: int = 1) -> Row:
    """Search one class for a fixed time and note when and how good."""
    warm_up()
    content = synthetic_class(students, seed)
    rules = read_rules(synthetic_rules(students, seed).encode())
    roster = read_class_list(SourceFile("class.csv", content)).require()
    row = Row(students)
    began = time.perf_counter()
    instance = build_instance(rules, roster, group_counts(rules, students)[0])
    row.compile_seconds = time.perf_counter() - began
    row.bound = rounding_bound(instance)
    seen: list[Progress] = []
    watch = Watch(report=seen.append)
    for moment in MOMENTS:
        # One run per moment: the cooling has to fit the time.
        watch = Watch(report=seen.append, time_limit=moment)
        found = search(instance, seed=seed, proposals=int(moment * 1_000_000), watch=watch)
        row.costs += (found.cost if found.violation == 0 else None,)
        if row.first is None:
            row.first = next((now.seconds for now in seen if now.violation == 0), None)
        seen.clear()
    if row.first is None:
        watch = Watch(report=seen.append, time_limit=LIMIT)
        found = search(instance, seed=seed, proposals=PROPOSALS, watch=watch)
        row.first = next((now.seconds for now in seen if now.violation == 0), None)
    row.memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return row


def main() -> None:
    """Print a table."""
    sizes = [int(text) for text in sys.argv[1:]] or list(SIZES)
    print("students  compile s  first plan s  cost after 1, 5, 20 s          bound  peak MB")
    for students in sizes:
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            row = pool.apply(measure, (students,))
        first = "none" if row.first is None else f"{row.first:.2f}"
        costs = "  ".join("-" if cost is None else str(cost) for cost in row.costs)
        print(f"{row.students:8}  {row.compile_seconds:9.2f}  {first:>12}  {costs:28}", end="  ")
        print(f"{row.bound:7}  {row.memory:7.0f}")


if __name__ == "__main__":
    main()

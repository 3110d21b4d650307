"""How much is proven, and what it brings: ``python -m benchmarks.proof [--seeds 10] [a|b|c ...]``.

a. Classes of 24 to 120, rules as in the contract's example: how many plans are proven
   best, how far the others are from their bound, and after how long.
b. The plain student x group model in CP-SAT, with the same class and the same time.
c. Classes of 300 and 1,000: search alone, and search with corners, in the same time.

Not a test: machines differ, compare within one run.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import dataclass
from statistics import median

from benchmarks.samples import synthetic_class, synthetic_rules
from planner.domain import Roster, Status
from planner.engines.bound import rounding_bound
from planner.engines.cpsat import solve
from planner.engines.limits import Progress, Watch
from planner.engines.polish import Round, polish
from planner.engines.search import search
from planner.formation import NoPlan, form
from planner.instance import Instance, account
from planner.rosters import SourceFile, read_class_list
from planner.rules import Rules, build_instance, read_rules
from planner.rules.balance import natural
from planner.rules.counting import group_counts

SIZES = (24, 32, 44, 60, 80, 120)
LIMITS = {24: 10.0, 32: 10.0, 44: 60.0, 60: 60.0, 80: 120.0, 120: 120.0}  # seconds
LARGE = (300, 1_000)
IMPORTANT, BALANCE = 500, 5  # what a student and a step of balance cost here
UNLIMITED = 1e9
SEARCHED = 0.7  # part of the time before corners
CORNERS = (Round(28, 10**6, 300), Round(44, 10**6, 10**6))


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


def made(students: int, seed: int) -> tuple[Rules, Roster, Instance]:
    """Return a class with its rules, and as engines see it."""
    rules = read_rules(synthetic_rules(students, seed).encode())
    roster = read_class_list(SourceFile("class.csv", synthetic_class(students, seed))).require()
    return rules, roster, build_instance(rules, roster, group_counts(rules, students)[0])


def prove(students: int, seed: int) -> Row | None:
    """Form and prove one class; None where no plan that holds was found."""
    rules, roster, instance = made(students, seed)
    reached: list[float] = []
    began, limit = time.process_time(), LIMITS.get(students, 120.0)

    def report(now: Progress) -> None:
        if now.stage == "roles" and not reached:
            reached.append(time.process_time() - began)

    # What comes after the groups, roles and the proofs of single rules, is not timed here.
    def late() -> bool:
        return bool(reached) or time.process_time() - began > limit

    watch = Watch(report=report, wanted_stop=late)
    try:
        outcome = form(rules, roster, seed=seed, effort="prove", watch=watch).outcome
    except NoPlan:
        return None
    gap = outcome.cost - outcome.bound
    return Row(
        students,
        reached[0],
        outcome.cost,
        outcome.bound,
        outcome.status is Status.OPTIMAL,
        natural(-(-gap // BALANCE), roster, "Entry grade") / students,
        gap / IMPORTANT * 10 / instance.groups,
    )


def plain(students: int, seed: int, seconds: float) -> tuple[int | None, int]:
    """Return cost and bound of the plain model after so many seconds."""
    instance = made(students, seed)[2]
    watch = Watch(time_limit=seconds)
    solved = solve(instance, seed=seed, deterministic_time=UNLIMITED, watch=watch)
    return (None if solved.assignment is None else solved.cost), solved.bound


def large(students: int, seed: int, seconds: float) -> tuple[int, int, int]:
    """Return the costs of search alone and of search with corners in the same time, and the bound."""
    instance = made(students, seed)[2]
    began = time.process_time()
    search(instance, seed=seed, proposals=500_000, watch=Watch())
    speed = 550_000 / (time.process_time() - began)  # a tenth more goes straight downhill
    alone = search(instance, seed=seed, proposals=int(speed * seconds / 1.1), watch=Watch())
    began = time.process_time()
    watch = Watch(wanted_stop=lambda: time.process_time() - began > seconds)
    start = search(instance, seed=seed, proposals=int(speed * seconds * SEARCHED / 1.1), watch=Watch())
    if alone.strain or start.strain:
        return -1, -1, 0
    bound = rounding_bound(instance)
    polished = polish(instance, start.assignment, seed=seed, rounds=CORNERS, bound=bound, watch=watch)
    return alone.cost, account(instance, polished).cost, bound


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


def show_large(sizes: tuple[int, ...], seeds: int, seconds: float) -> None:
    """Print a line for each large class."""
    print(f"students  class  search alone  with corners  rounding bound   (each {seconds:.0f} s)")
    for students in sizes:
        for seed in range(1, seeds + 1):
            alone, with_corners, bound = large(students, seed, seconds)
            print(f"{students:8}  {seed:5}  {alone:12}  {with_corners:12}  {bound:14}", flush=True)


def main() -> None:
    """Print the tables asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("parts", nargs="*", default=["a", "b", "c"], choices=["a", "b", "c"])
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--sizes", type=int, nargs="*", default=[])
    parser.add_argument("--seconds", type=float, default=30.0, help="for each run of c")
    asked = parser.parse_args()
    if {"a", "b"} & set(asked.parts):
        prove(24, 1)  # compiled once before anything is timed
        show_proven(tuple(asked.sizes) or SIZES, asked.seeds, against="b" in asked.parts)
    if "c" in asked.parts:
        show_large(tuple(asked.sizes) or LARGE, asked.seeds, asked.seconds)


if __name__ == "__main__":
    main()

"""How long a term takes and how good its refreshes are: ``python -m benchmarks.term [part ...]``.

Parts: ``refresh`` (120 students, 10 weeks, a refresh in the middle, as the issue asks),
``new`` (known cases in which nobody meets twice, and the 120 students in blocks) and
``exact`` (28 students: exchanges of groups beside the proven best). Not a test: machines
differ, compare within one run.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from planner.audit.stability import stability
from planner.audit.term_audit import audit_term
from planner.engines.common.watch import Watch
from planner.engines.refreshing.refresh import refresh
from planner.engines.refreshing.refresh_model import best_refresh
from planner.engines.refreshing.refresh_problem import RefreshProblem, refresh_value
from planner.engines.refreshing.social_golfer import social_golfer
from planner.engines.warm_up import warm_up
from planner.model.domain import Plan, Roster
from planner.model.instance import Instance, IntArray
from planner.planning.formation import form
from planner.planning.term import plan_term
from planner.reporting.stability import describe_refresh, describe_stability
from planner.rosters import SourceFile, read_class_list
from planner.rules import Rules, build_instance, read_rules

DATA = Path(__file__).parent.parent / "data"
DAYS = ((15, 3, 7), (16, 4, 5), (28, 4, 9), (24, 4, 5), (24, 4, 6), (20, 4, 6), (32, 4, 9), (120, 4, 10))


def sample(class_list: str, rules: str, term: str) -> tuple[Rules, Roster]:
    """Read a sample class with its rules and another term."""
    roster = read_class_list(SourceFile(class_list, (DATA / class_list).read_bytes())).require()
    text = (DATA / rules).read_text("utf-8").split("[term]")[0]
    return read_rules(f"{text}[term]\n{term}".encode()), roster


def in_the_middle() -> None:
    """Plan 120 students for ten weeks with a refresh after the fifth, and audit every block."""
    for meet in ("familiar", "new"):
        term = f'weeks = 10\nrefresh_after = [5]\nmeet = "{meet}"'
        rules, roster = sample("cohort-120.csv", "rules-120.toml", term)
        for effort in ("quick", "normal"):
            began = time.perf_counter()
            plan = plan_term(rules, roster, effort=effort)
            seconds = time.perf_counter() - began
            print(f"\n120 students, meet = {meet}, {effort}: {seconds:.1f} s")
            _describe(rules, roster, plan)


def _describe(rules: Rules, roster: Roster, plan: Plan) -> None:
    for block in audit_term(rules, roster, plan):
        print(f"  weeks {block.from_week}-{block.until}: holds {block.holds}, cost {block.audit.cost}")
    for line in (describe_refresh(block) for block in plan.later):
        print("  " + (line.text("en") if line else ""))
    for line in describe_stability(stability(plan, roster, rules.term.weeks)):
        print("  " + line.text("en"))


def new_people() -> None:
    """Blocks of equal groups without rules: how many pairs meet again."""
    print("\nstudents  size  blocks  repeats  at least  seconds")
    for students, size, days in DAYS:
        groups = students // size
        began = time.perf_counter()
        found = social_golfer(
            Instance(students, groups, size, size),
            np.arange(students) % groups,
            days,
            seed=0,
            proposals=300_000,
            watch=Watch(),
        )
        seconds = time.perf_counter() - began
        print(
            f"{students:8}  {size:4}  {days:6}  {found.repeats:7}  {found.fewest:8}  {seconds:7.1f}",
            flush=True,
        )


def beside_the_best() -> None:
    """Refreshes of 28 students by exchanges, and the best there is by CP-SAT."""
    rules, roster = sample("klas-28.csv", "regels-28.toml", "weeks = 10\nrefresh_after = [5]")
    print("\nseed  exchanges: meetings, cost, s      best: meetings, cost, s")
    for seed in range(4):
        plan = form(rules, roster, seed=seed, effort="quick")
        instance = build_instance(rules, roster, len(plan.groups))
        home = np.asarray(
            [[s.id in g.members for g in plan.groups].index(True) for s in roster.students], np.int64
        )
        light = RefreshProblem(home, home[:, None] == home[None, :], 1, 7)
        quick = _timed(lambda: refresh(instance, light, seed=0, watch=Watch()).places)  # noqa: B023
        best = _timed(lambda: best_refresh(instance, light, seed=0, watch=Watch())[0])  # noqa: B023
        rows = []
        for places, seconds in (quick, best):
            found = refresh_value(instance, light, places)
            rows.append(f"{found.meetings}, {found.cost}, {seconds:.1f}")
        print(f"{seed:4}  {rows[0]:32}  {rows[1]}", flush=True)


def _timed(work: Callable[[], IntArray]) -> tuple[IntArray, float]:
    began = time.perf_counter()
    return work(), time.perf_counter() - began


PARTS = {"refresh": in_the_middle, "new": new_people, "exact": beside_the_best}


def main() -> None:
    """Run the parts that are asked for, or all."""
    warm_up()
    for name in sys.argv[1:] or PARTS:
        PARTS[name]()


if __name__ == "__main__":
    main()

"""How few students move after dropouts, and how fast: ``python -m benchmarks.rerun [n ...]``.

Groups of 3-5, 15% dropouts, 3% new, two never-alone attributes, availability and
apart pairs, on invented classes. The calm case has dropouts that break no rule: nobody
has to move. Not a test: machines differ, compare within one run.
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass

import numpy as np

from benchmarks.samples import synthetic_class, synthetic_rules
from planner.audit.plan_audit import audit
from planner.engines.common.watch import Progress, Watch
from planner.engines.local_search.search import search
from planner.engines.warm_up import warm_up
from planner.model.domain import Group, Roster
from planner.model.evaluation import members_of
from planner.model.reports import Importance
from planner.planning.counting import group_counts
from planner.planning.formation import named_group
from planner.replanning.previous_assignment import PreviousAssignment
from planner.replanning.replan import replan
from planner.rosters import SourceFile, read_class_list
from planner.rules import Rules, build_instance, read_rules
from planner.rules.never_alone import NeverAlone

SIZES = (120, 300, 1_000, 3_000)
DROPOUTS, NEW = 0.15, 0.03


@dataclass(frozen=True)
class Case:
    """A class before and after."""

    rules: Rules
    roster: Roster
    groups: tuple[Group, ...]


def case(students: int, seed: int, *, calm: bool = False) -> Case:
    """Plan a class, then let people leave and join; `calm`: only where no rule breaks."""
    everyone = read_class_list(
        SourceFile("class.csv", synthetic_class(round(students * (1 + NEW)), seed))
    ).require()
    generator = np.random.default_rng(seed)
    order = generator.permutation(len(everyone.students)).tolist()
    late = {everyone.students[place].id for place in order[: len(everyone.students) - students]}
    first = Roster(students=tuple(s for s in everyone.students if s.id not in late), columns=everyone.columns)
    rules = _rules(students, seed, first)
    instance = build_instance(rules, first, group_counts(rules, students)[0])
    found = search(instance, seed=seed, proposals=max(1_000_000, 3_000 * students), watch=Watch())
    if found.violation:
        raise SystemExit("no first plan; try another seed")
    names = rules.group_names(instance.groups)
    members = members_of(found.assignment, instance.groups)
    groups = tuple(named_group(rules, first, name, group) for name, group in zip(names, members, strict=True))
    named = {student for rule in rules.rule for student in getattr(rule, "students", ())}
    may_go = [s.id for s in first.students if s.id not in named]
    leaving = generator.permutation(may_go).tolist()
    if calm:
        spared = _spared(rules, first, groups, leaving)
        leaving = [student for student in leaving if student in spared]
    gone = set(leaving[: round(students * DROPOUTS)])
    after = Roster(students=tuple(s for s in everyone.students if s.id not in gone), columns=everyone.columns)
    return Case(rules, after, groups)


def _spared(rules: Rules, roster: Roster, groups: tuple[Group, ...], order: list[str]) -> set[str]:
    """Return one student of each group without whom it still holds, where there is one."""
    found: set[str] = set()
    for group in groups:
        for student in (one for one in order if one in group.members):
            left = Group(name=group.name, members=tuple(s for s in group.members if s != student))
            alone = Roster(students=tuple(roster.by_id[s] for s in left.members), columns=roster.columns)
            if audit(rules, alone, [left]).holds:
                found.add(student)
                break
    return found


def _rules(students: int, seed: int, roster: Roster) -> Rules:
    rules = read_rules(synthetic_rules(students, seed).encode())
    known = [rule for rule in rules.rule if all(s in roster.by_id for s in getattr(rule, "students", ()))]
    heading = next(h for h in roster.headings if "parttime" in h.lower() or "part-time" in h.lower())
    second = NeverAlone(column=heading, values=("yes",), importance=Importance.MUST)
    return rules.model_copy(update={"rule": (*known, second)})


def main() -> None:
    """Print a table."""
    warm_up()
    sizes = [int(text) for text in sys.argv[1:]] or list(SIZES)
    for made in (case(24, 1), case(24, 2)):  # compile before the clock runs
        replan(made.rules, made.roster, PreviousAssignment(made.groups), watch=Watch())
    print(
        "students  seed  case  moves  proven at least  stages proven  s to these moves  s in all  processor"
    )
    for students in sizes:
        for seed, calm in ((1, False), (2, False), (3, False), (1, True)):
            made = case(students, seed, calm=calm)
            seen: list[Progress] = []
            began, busy = time.perf_counter(), time.process_time()
            plan = replan(
                made.rules, made.roster, PreviousAssignment(made.groups), watch=Watch(report=seen.append)
            )
            seconds, processor = time.perf_counter() - began, time.process_time() - busy
            settled = next((now.seconds for now in seen if now.stage == "stages"), seconds)
            outcome = plan.outcome
            proven = sum(stage.proven for stage in outcome.stages)
            print(
                f"{students:8}  {seed:4}  {'calm' if calm else '    '}  {outcome.moves:5}"
                f"  {outcome.moves_bound:15}  {proven:4} of {len(outcome.stages):2}  {settled:16.2f}"
                f"  {seconds:8.2f}  {processor:12.2f}",
                flush=True,
            )


if __name__ == "__main__":
    main()

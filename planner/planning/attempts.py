"""Whether any plan holds every `must` rule, and with which number of groups: the nearest that can.

See docs/decisions/0018.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np

from planner.engines.common.bound import rounding_bound
from planner.engines.common.cpsat import Verdict
from planner.engines.common.exact_solve import solve
from planner.engines.common.watch import Watch
from planner.engines.infeasibility.group_counts import excluded, fewest
from planner.engines.local_search.search import search
from planner.model.domain import Group, Roster
from planner.model.instance import Instance, IntArray
from planner.planning import efforts
from planner.planning.counting import group_counts
from planner.planning.efforts import Effort
from planner.rules import Rules, build_instance

FEASIBLE_LITERALS = 20_000  # up to which CP-SAT is asked whether any plan holds
FEW_LITERALS = 2_000  # and up to which also where a number is only looked at for a moment
SOON, FEASIBLE_TIME = 2.0, 20.0  # deterministic seconds: at first, and once every number was tried
AT_LENGTH, MOST_COUNTS = 4, 24  # numbers of groups searched at length, and tried at all

Held: TypeAlias = tuple[Instance, IntArray, int]  # an assignment that holds, and a bound


@dataclass
class Attempts:
    """Numbers of groups, tried one after the other, the nearest to the preferred size first.

    Attributes
    ----------
    rules : Rules
    roster : Roster
    seed : int
    effort : {"quick", "normal", "prove"}
    watch : Watch
    """

    rules: Rules
    roster: Roster
    seed: int
    effort: Effort
    watch: Watch
    undecided: list[Instance] = field(default_factory=list)  # neither a plan nor a proof
    left_out: int = 0  # numbers that were not looked at
    _closest: tuple[int, Instance, IntArray] | None = None

    def first(self) -> Held | None:
        """Return an assignment with the first number of groups for which one is found."""
        for instance, at_length in self._numbers():
            found = self._searched(instance, at_length=at_length)
            if found is None and not self.watch.stop():
                few = instance.students * instance.groups <= FEW_LITERALS
                found = self._solved(instance, SOON if at_length or few else 0.0)
            if found is not None:
                return found
            if self.watch.stop():
                self.left_out += 1
                return None
        undecided, self.undecided = self.undecided, []
        for place, instance in enumerate(undecided):
            found = self._solved(instance, FEASIBLE_TIME if place < AT_LENGTH else 0.0)
            if found is not None:
                return found
        return None

    def _numbers(self) -> Iterator[tuple[Instance, bool]]:
        """Yield numbers that are not excluded at a glance, and whether to search at length."""
        counts = self._counts
        least = fewest(self._built(counts[0])) if len(counts) > 1 and not self.watch.stop() else 1
        waiting, tried = [count for count in counts if count >= least], 0
        while waiting and tried < min(AT_LENGTH, MOST_COUNTS):
            instance = self._built(waiting.pop(0))
            if self.watch.stop() or not excluded(instance, self.watch):
                tried += 1
                yield instance, True
        some = _spread(waiting, MOST_COUNTS - AT_LENGTH)
        self.left_out = len(waiting) - len(some)
        for instance in map(self._built, some):
            if self.watch.stop() or not excluded(instance, self.watch):
                yield instance, False

    @property
    def _counts(self) -> list[int]:
        return group_counts(self.rules, len(self.roster.students))

    def _built(self, count: int) -> Instance:
        return build_instance(self.rules, self.roster, count)

    def begun_from(self, start: Sequence[Group]) -> Held | None:
        """Return an assignment no worse than the groups that are begun from, with as many groups."""
        number = {student: place for place, group in enumerate(start) for student in group.members}
        assignment = np.asarray([number[student.id] for student in self.roster.students], np.int64)
        return self._better(self._built(len(start)), assignment)

    def _searched(self, instance: Instance, *, at_length: bool) -> Held | None:
        """Search an assignment that holds every `must` cost."""
        students, bound = instance.students, rounding_bound(instance)
        full = efforts.proposals(self.effort, students)
        found = search(
            instance,
            seed=self.seed,
            proposals=full if at_length else efforts.soon(students),
            repair_proposals=efforts.repair_proposals(self.effort, students) if at_length else None,
            watch=self.watch,
            share=(0.0, 0.9 if self.effort == "quick" else 0.3),
            enough=bound,
        )
        if found.violation:
            self._note(instance, found.assignment, found.violation)
            return None
        return (instance, found.assignment, bound) if at_length else self._better(instance, found.assignment)

    def _note(self, instance: Instance, assignment: IntArray, violation: int) -> None:
        if self._closest is None or violation < self._closest[0]:
            self._closest = (violation, instance, assignment)

    def _better(self, instance: Instance, assignment: IntArray) -> Held:
        """Search on from an assignment that holds."""
        found = search(
            instance,
            seed=self.seed,
            proposals=efforts.proposals(self.effort, instance.students),
            watch=self.watch,
            start=assignment,
            enough=rounding_bound(instance),
        )
        return instance, found.assignment, rounding_bound(instance)

    def _solved(self, instance: Instance, time: float) -> Held | None:
        """Ask CP-SAT for an assignment that holds, or for a proof that there is none."""
        if not time or self.watch.stop() or instance.students * instance.groups > FEASIBLE_LITERALS:
            self.undecided.append(instance)
            return None
        self.watch.tell(stage="feasibility")
        solved = solve(instance, seed=self.seed, deterministic_time=time, watch=self.watch, price=False)
        if solved.assignment is not None:
            return self._better(instance, solved.assignment)
        if solved.verdict is not Verdict.NONE:
            self.undecided.append(instance)
        return None

    @property
    def proven(self) -> bool:
        """Whether every number was shown to be none."""
        return not self.undecided and not self.left_out and not self.watch.cut_short

    @property
    def closest(self) -> tuple[Instance, IntArray]:
        """The attempt that came nearest, once none came to a plan."""
        if self._closest is None:  # every number was excluded at a glance
            likeliest = self._built(self._counts[0])
            found = search(
                likeliest, seed=self.seed, proposals=efforts.soon(likeliest.students), watch=self.watch
            )
            return likeliest, found.assignment
        return self._closest[1:]


def _spread(counts: Sequence[int], most: int) -> list[int]:
    """Return some of the counts, from all over their range, in the order given."""
    if len(counts) <= most:
        return list(counts)
    ordered, last = sorted(counts), len(counts) - 1
    some = {ordered[place * last // max(1, most - 1)] for place in range(most)}
    return [count for count in counts if count in some]

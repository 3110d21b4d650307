"""Who else could have moved: for every move of a rerun, the students who could take it over.

One takes the place of another: the mover stays where they were, the volunteer goes where
the mover went. Only the groups that this touches are counted anew, with what the rerun
itself counts, so the answer is exact.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planner.engines.common.lowering import lower
from planner.engines.replanning.candidate_lister import CandidateLister
from planner.engines.replanning.candidate_pool import CandidatePool
from planner.engines.replanning.group_kernels import holds
from planner.engines.replanning.objective_counts import ObjectiveCounts
from planner.engines.replanning.objectives import STAGES
from planner.engines.replanning.replan_problem import ReplanProblem, old_groups
from planner.model.domain import Plan, Roster
from planner.model.instance import NO_HOME, IntArray
from planner.model.replan_options import ReplanOptions
from planner.replanning.previous_assignment import PreviousAssignment, without_leavers
from planner.replanning.replan_question import replan_problem
from planner.rules import Rules, build_instance

COMPARED = STAGES[: STAGES.index("strangers") + 1]  # with the same value or less in these, somebody will do

Members = tuple[int, ...]


@dataclass(frozen=True)
class Volunteer:
    """Somebody who could move instead.

    Attributes
    ----------
    student : str
    cost : int
        How much higher the cost of all rules together would be; zero or less: just as good.
    """

    student: str
    cost: int


@dataclass(frozen=True)
class _Swap:
    """One who stays instead of moving, one who moves instead of staying, and the groups that become so."""

    mover: int
    volunteer: int
    was: tuple[tuple[int, Members], ...]
    becomes: tuple[tuple[int, Members], ...]


def volunteers(
    rules: Rules, roster: Roster, earlier: PreviousAssignment, options: ReplanOptions, plan: Plan
) -> Mapping[str, tuple[Volunteer, ...]]:
    """Return who could have moved instead of each student who moves.

    With each of them as many students move, every `must` rule holds, what was asked stays
    so, and nothing that counts before the cost gets worse: no newcomer alone, no other
    group that loses somebody, no more pairs split.

    Parameters
    ----------
    rules : Rules
    roster : Roster
    earlier : PreviousAssignment
    options : ReplanOptions
    plan : Plan
        What `replan` made of these.

    Returns
    -------
    mapping
        Volunteers by the id of the mover, the least costly first; without those who have none.
    """
    rules = without_leavers(rules, roster, earlier)
    before = replan_problem(rules, roster, earlier, options)
    instance = build_instance(rules, roster, len(earlier.groups))
    lister = CandidateLister(
        lower(instance), old_groups(instance, before, 0), (before.home != NO_HOME).astype(np.float64)
    )
    swaps = list(_Now(lister, before, instance.smallest, _placed(roster, earlier, plan)).swaps())
    found: dict[str, list[Volunteer]] = {}
    for swap, cost in _no_worse(lister, before, swaps):
        student = roster.students[swap.volunteer].id
        found.setdefault(roster.students[swap.mover].id, []).append(Volunteer(student, cost))
    return {mover: tuple(sorted(them, key=lambda one: one.cost)) for mover, them in found.items()}


def _placed(roster: Roster, earlier: PreviousAssignment, plan: Plan) -> list[tuple[int, Members]]:
    """Return label and members of every group, old ones without members included."""
    rank = {group.name: place for place, group in enumerate(earlier.groups)}
    now = {group.name: tuple(sorted(roster.position[s] for s in group.members)) for group in plan.groups}
    old = [(place, now.get(name, ())) for name, place in rank.items()]
    return [*old, *((len(rank), members) for name, members in now.items() if name not in rank)]


class _Now:
    """The groups of a plan, and which exchanges leave every `must` rule and all that was asked."""

    def __init__(
        self,
        lister: CandidateLister,
        before: ReplanProblem,
        smallest: int,
        groups: Sequence[tuple[int, Members]],
    ) -> None:
        self.model, self.old, self.home, self.groups = lister.model, lister.old, before.home, groups
        self.smallest, self.count_fixed = smallest, before.used is not None
        self.row = np.empty(max(self.model.largest, 1), np.int64)
        self.stayers = [
            s
            for label, members in groups
            for s in members
            if self.home[s] == label and not self.old.stays[s] and self.old.only[s] < 0
        ]

    def swaps(self) -> Iterator[_Swap]:
        """Yield every exchange that holds."""
        for label, members in self.groups:
            for mover in members:
                home = int(self.home[mover])
                if home not in (NO_HOME, label) and self.old.only[mover] < 0 and self.old.empty[home] != 2:
                    yield from self._of(mover, home, (label, members))

    def _of(self, mover: int, home: int, joined: tuple[int, Members]) -> Iterator[_Swap]:
        """Yield the exchanges for one who moves."""
        label, members = joined
        without = tuple(s for s in members if s != mover)
        back = self._is_group(home, (*self.groups[home][1], mover))
        for volunteer in self.stayers:
            from_group = int(self.home[volunteer])
            if from_group == label or not (back or from_group == home):
                continue
            own = self.groups[from_group][1]
            left = tuple(s for s in own if s != volunteer)
            was = [joined, (from_group, own)]
            becomes = [(label, (*without, volunteer)), (from_group, left)]
            if from_group == home:
                becomes[1] = (home, (*left, mover))
            else:
                was.append((home, self.groups[home][1]))
                becomes.append((home, (*self.groups[home][1], mover)))
            if all(self._is_group(at, group) for at, group in becomes):
                yield _Swap(mover, volunteer, tuple(was), tuple(becomes))

    def _is_group(self, label: int, members: Members) -> bool:
        """Whether these can be a group, or nobody can."""
        was_empty = not self.groups[label][1] if label < len(self.old.filled) - 1 else False
        if self.count_fixed and bool(members) == was_empty:
            return False
        if not members:
            return bool(self.old.empty[label])
        if not self.smallest <= len(members) <= self.model.largest:
            return False
        self.row[: len(members)] = sorted(members)
        return bool(holds(self.model, self.row, len(members)))


def _no_worse(
    lister: CandidateLister, before: ReplanProblem, swaps: Sequence[_Swap]
) -> Iterator[tuple[_Swap, int]]:
    """Yield the exchanges after which nothing before the cost is worse, with the change in cost."""
    if not swaps:
        return
    after = _counted(lister, before, [swap.becomes for swap in swaps])
    now = _counted(lister, before, [swap.was for swap in swaps])
    for swap, then, at_first in zip(swaps, after.tolist(), now.tolist(), strict=True):
        if then[:-1] <= at_first[:-1]:
            yield swap, then[-1] - at_first[-1]


def _counted(
    lister: CandidateLister, before: ReplanProblem, touched: Sequence[tuple[tuple[int, Members], ...]]
) -> IntArray:
    """Return what is compared and the cost, in the groups that each exchange touches; shape (m, stages)."""
    groups = sorted({group for some in touched for group in some})
    place = {group: number for number, group in enumerate(groups)}
    rows = np.full((len(groups), lister.model.largest), -1, np.int64)
    for row, (_, members) in zip(rows, groups, strict=True):
        row[: len(members)] = sorted(members)
    pool = CandidatePool(
        rows, np.asarray([label for label, _ in groups], np.int64), np.zeros(len(groups)), whole=False
    )
    counts = ObjectiveCounts(lister, pool, before)
    names = [name for name in before.stages if name in (*COMPARED, "cost")]
    counted: NDArray[np.int64] = np.stack([counts.of(name) for name in names], axis=1)
    return np.asarray(
        [counted[[place[group] for group in some]].sum(axis=0) for some in touched], np.int64
    ).reshape(len(touched), len(names))

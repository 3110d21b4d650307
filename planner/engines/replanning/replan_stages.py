"""The objectives of a replan after its moves: each as small as those before it allow, from a plan in hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from planner.engines.common.cpsat import Verdict
from planner.engines.common.watch import Watch
from planner.engines.replanning.candidate_duals import ReplanDuals
from planner.engines.replanning.candidate_lister import CandidateLister
from planner.engines.replanning.candidate_pool import CandidatePool, list_pool
from planner.engines.replanning.exchanged_groups import exchanged_groups
from planner.engines.replanning.objective_counts import ObjectiveCounts
from planner.engines.replanning.replan_problem import LexicographicObjective, ReplanProblem, ReplanSolution
from planner.engines.replanning.staged_selection import STAGE_TIME, UNKNOWN, GroupSelection


@dataclass(frozen=True)
class PoolResult:
    """What a pool gave: whether there is a plan in it, with how many moves, and whether that is sure."""

    pool: CandidatePool
    choice: GroupSelection
    found: bool
    value: int
    sure: bool


@dataclass
class ReplanStages:
    """The objectives after the moves, one after another.

    Attributes
    ----------
    lister : CandidateLister
    before : ReplanProblem
    duals : ReplanDuals
        Of the moves.
    fewest : int
        Proven lower bound on the moves.
    spare : int
        How many new groups there may be.
    seed : int
    watch : Watch
    stage_time : float
        Deterministic seconds for each objective.
    pool : CandidatePool
        From which groups are chosen.
    choice : GroupSelection
        Holds the plan in hand.
    plans : list of CandidatePool
        Those in hand so far, of whose exchanges nothing is known.
    near : CandidatePool or None
        The groups of other plans that were in hand, and those that exchanges make of them.
    """

    lister: CandidateLister
    before: ReplanProblem
    duals: ReplanDuals
    fewest: int
    spare: int
    seed: int
    watch: Watch
    stage_time: float
    pool: CandidatePool
    choice: GroupSelection
    plans: list[CandidatePool] = field(default_factory=list)
    near: CandidatePool | None = None

    def solve(self, moves: int, extra: int) -> ReplanSolution:
        """Minimise the objectives after the moves, in their order; extra moves go to the cost first.

        Parameters
        ----------
        moves : int
            Of the plan in hand.
        extra : int
            Moves that may be spent on a lower cost.

        Returns
        -------
        ReplanSolution
        """
        stages = [LexicographicObjective("moves", moves, moves == self.fewest)]
        self.watch.tell(stage="stages", done=0.4)
        order = [name for name in self.before.stages if name != "moves"]
        if extra:
            order = ["cost", *(name for name in order if name != "cost")]
            for more in range(1, extra + 1):  # from plan to plan, so that more moves never cost more
                if self.watch.stop():
                    break
                self._allow_extra(moves, more)
                if more < extra:
                    self._smallest("cost", STAGE_TIME)
        for number, name in enumerate(order):
            time = STAGE_TIME if extra and name == "cost" else self.stage_time
            verdict, value, proven = self._smallest(name, time)
            if verdict is not Verdict.FOUND:
                raise AssertionError("a stage lost the plan")  # the incumbent is always among the choices
            known = value == 0 and name != "cost"
            sure = proven and self.pool.whole and stages[0].proven
            stages.append(LexicographicObjective(name, value, known or sure))
            self.watch.tell(stage="stages", done=0.4 + 0.5 * (number + 1) / len(order))
        return ReplanSolution(self.choice.assignment(), self._as_it_is(stages), fewest=self.fewest)

    def _as_it_is(self, stages: Sequence[LexicographicObjective]) -> tuple[LexicographicObjective, ...]:
        """Return the stages with what the plan comes to in the end: a later stage may have made it less."""
        values = [self._reached(one.name) for one in stages]
        return tuple(
            replace(one, value=value, proven=one.proven or (one.name == "moves" and value == self.fewest))
            for one, value in zip(stages, values, strict=True)
        )

    def _smallest(self, name: str, time: float) -> tuple[Verdict, int, bool]:
        """Minimise one objective, as far as there is time; return what it comes to."""
        if self.watch.stop():
            return Verdict.FOUND, self._reached(name), False
        counts = ObjectiveCounts(self.lister, self.pool, self.before)
        constant = counts.constant(name)
        verdict, value, proven = self.choice.minimise(
            counts.of(name),
            least=-constant if name != "cost" else -UNKNOWN,
            seed=self.seed,
            time=time,
            watch=self.watch,
        )
        return verdict, value + constant, proven

    def _reached(self, name: str) -> int:
        """Return what the plan in hand comes to in a stage; only its own groups are looked at."""
        assert self.choice.incumbent is not None  # noqa: S101 - for the type checker
        counts = ObjectiveCounts(self.lister, self.pool.part(self.choice.incumbent, whole=True), self.before)
        return counts.constant(name) + int(counts.of(name).sum())

    def _allow_extra(self, moves: int, extra: int) -> None:
        """Go on with a pool in which some more may move; the plan in hand is in it."""
        assert self.choice.incumbent is not None  # noqa: S101 - for the type checker
        wider = list_pool(self.lister, self.duals, moves + extra, spare=self.spare)
        held = self.pool.part(self.choice.incumbent, whole=True)
        self.plans.append(held)
        if not wider.whole:
            wider = wider.with_first(self._near())
        self.pool = wider.with_first(held)
        self.choice = GroupSelection(self.lister, self.pool, spare=self.spare, used=self.before.used)
        self.choice.incumbent = np.arange(len(held.labels))
        self.choice.allow(ObjectiveCounts(self.lister, self.pool, self.before).of("moves"), moves + extra)

    def _near(self) -> CandidatePool:
        """Return the groups of the plans in hand so far, and those that exchanges make of them."""
        for plan in self.plans:
            found = exchanged_groups(self.lister, plan).with_first(plan)
            self.near = found if self.near is None else found.with_first(self.near)
        self.plans.clear()
        assert self.near is not None  # noqa: S101 - there is a plan in hand
        return self.near

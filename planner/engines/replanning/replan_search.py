"""Column generation, then an exact choice from the pool: one search for a replan, whole or in part."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from math import ceil, isfinite

import numpy as np

from planner.engines.common.cpsat import Verdict
from planner.engines.common.lowering import lower
from planner.engines.common.watch import Watch
from planner.engines.replanning.candidate_duals import NEAR, ReplanDuals, solve_duals
from planner.engines.replanning.candidate_lister import CandidateLister
from planner.engines.replanning.candidate_pool import CandidatePool, list_pool
from planner.engines.replanning.decomposition import in_parts
from planner.engines.replanning.objective_counts import ObjectiveCounts
from planner.engines.replanning.patterns import by_patterns
from planner.engines.replanning.replan_problem import (
    ReplanProblem,
    ReplanSolution,
    old_groups,
)
from planner.engines.replanning.replan_stages import PoolResult, ReplanStages
from planner.engines.replanning.staged_selection import (
    CHOICE_TIME,
    STAGE_TIME,
    GroupSelection,
)
from planner.model.evaluation import members_of
from planner.model.instance import NO_HOME, Instance, IntArray

LARGE = 150  # groups; above it parts are a better way than a pool that is not whole
MOVES_FIRST = 5.0  # with less patience the moves have so many times the share of what comes after them
MOST_WIDENED = 4  # times that a pool which is not whole is listed with one move more


class ReplanSearch:
    """The search for a replan, with or without new groups.

    Parameters
    ----------
    instance : Instance
        Of the new class; its groups are the old ones.
    before : ReplanProblem
    spare : int
        How many new groups there may be.
    seed : int
    watch : Watch
    patience : float
        Share of the usual time for each objective after the moves.
    near : ReplanDuals, optional
        Of a question much like this one.
    known : int
        Moves that are proven to be needed already.
    given : ndarray of int64, shape (students,), optional
        A plan that holds.

    Attributes
    ----------
    duals : ReplanDuals or None
        Duals, once `moves_bound` was asked for.
    fewest : int
        Proven lower bound on the moves so far.
    """

    def __init__(
        self,
        instance: Instance,
        before: ReplanProblem,
        spare: int,
        seed: int,
        watch: Watch,
        patience: float = 1.0,
        near: ReplanDuals | None = None,
        known: int = 0,
        given: IntArray | None = None,
    ) -> None:
        self.instance, self.before, self.spare, self.seed, self.watch = instance, before, spare, seed, watch
        self.stage_time, self.near, self.known = patience * STAGE_TIME, near, known
        self.share = min(1.0, MOVES_FIRST * patience)
        self.lister = CandidateLister(
            lower(instance),
            old_groups(instance, before, spare),
            (before.home != NO_HOME).astype(np.float64),
        )
        self.given = given if given is not None and given.max() < instance.groups + spare else None
        self.duals: ReplanDuals | None = None
        self.fewest = 0

    def moves_bound(self) -> int:
        """Return how many moves the duals prove, or patterns where these prove nothing."""
        if self.duals is None:
            self.watch.tell(stage="moves", done=0.05)
            self.duals = solve_duals(self.lister, self.spare, self.before.used, self.watch, self.near)
            proven = (
                ceil(self.duals.bound - NEAR)
                if isfinite(self.duals.bound)
                else by_patterns(self.instance, self.before, self.spare)
            )
            self.fewest = max(0, self.known, proven)
        return self.fewest

    def solve(self, extra: int, below: int | None = None) -> ReplanSolution:
        """Search for a plan, with every objective in turn.

        Parameters
        ----------
        extra : int
            Moves that may be spent on a lower cost.
        below : int, optional
            Only a plan with fewer moves than this will do.

        Returns
        -------
        ReplanSolution
        """
        most = int((self.before.home != NO_HOME).sum()) if below is None else below - 1
        quick = self.instance.groups > LARGE or self.share < 1.0
        incumbent = self.choose(most, widen=0 if quick else MOST_WIDENED)
        if incumbent is None and below is None and not self._impossible:
            incumbent = self._in_parts()
        if incumbent is not None:
            assert self.duals is not None  # noqa: S101 - for the type checker; there are duals by now
            stages = ReplanStages(
                lister=self.lister,
                before=self.before,
                duals=self.duals,
                fewest=self.fewest,
                spare=self.spare,
                seed=self.seed,
                watch=self.watch,
                stage_time=self.stage_time,
                pool=incumbent.pool,
                choice=incumbent.choice,
            )
            return stages.solve(incumbent.value, extra)
        impossible = self._impossible or (below is None and self.fewest > most)
        return ReplanSolution(None, impossible=impossible, fewest=self.fewest)

    @property
    def _impossible(self) -> bool:
        return self.duals is not None and self.duals.impossible

    def choose(self, most: int, *, widen: int = MOST_WIDENED) -> PoolResult | None:
        """Choose a plan from the listed groups, with as few moves as can be found.

        Parameters
        ----------
        most : int
            Moves at the most.
        widen : int
            How often a pool that is not whole is listed anew with one move more.

        Returns
        -------
        PoolResult or None
            None where no plan was found.
        """
        self.moves_bound()
        duals = self.duals
        assert duals is not None  # noqa: S101 - for the type checker
        incumbent: PoolResult | None = None
        moves, widened, looked = self.fewest, 0, False
        while not duals.impossible and moves <= most and widened <= widen:
            if looked and self.watch.stop():
                break
            looked = True
            pool = list_pool(self.lister, duals, moves, spare=self.spare)
            if not pool.whole and self.instance.groups > LARGE:
                break  # parts are a better way
            chosen = self._fewest(pool, moves)
            if (
                chosen.found
                and chosen.value <= most
                and (incumbent is None or chosen.value <= incumbent.value)
            ):
                incumbent = chosen
            if chosen.found and chosen.value == moves:
                break
            if chosen.sure and self.fewest == moves:
                self.fewest += 1
            else:
                widened += 1
            moves += 1
        return incumbent

    def _in_parts(self) -> PoolResult | None:
        """Return a plan by decomposition, with the pool that its like could be made of."""
        found = in_parts(
            self.instance,
            self.before,
            partial(repair_part, watch=self.quiet()),
            spare=self.spare,
            enough=self.fewest,
            seed=self.seed,
            watch=self.watch,
            given=self.given,
        )
        if found is None:
            return None
        held = self._held(found)
        duals = self.duals
        assert duals is not None  # noqa: S101 - for the type checker
        pool = list_pool(self.lister, duals, self.fewest, spare=self.spare).with_first(held)
        pool = replace(pool, whole=False)
        choice = GroupSelection(self.lister, pool, spare=self.spare, used=self.before.used)
        choice.incumbent = np.arange(len(held.labels))
        moves = ObjectiveCounts(self.lister, pool, self.before).of("moves")
        _, value, _ = choice.minimise(
            moves, least=self.fewest, seed=self.seed, time=CHOICE_TIME, watch=self.watch
        )
        return PoolResult(pool, choice, True, value, False)

    def quiet(self) -> Watch:
        """Return a watch for a part: it ends when all has to end, and what it tells is about nothing else."""
        watch = self.watch
        return Watch(wanted_stop=watch.stop, time_limit=watch.time_limit, started=watch.started)

    def _held(self, assignment: IntArray) -> CandidatePool:
        """Return the groups of a plan; old ones without members among them."""
        old = self.instance.groups
        members = members_of(assignment, old + self.spare)
        members = [*members[:old], *(group for group in members[old:] if group)]
        rows = np.full((len(members), self.instance.largest), -1, np.int64)
        for row, group in zip(rows, members, strict=True):
            row[: len(group)] = group
        return CandidatePool(
            rows, np.minimum(np.arange(len(members)), old), np.zeros(len(members)), whole=False
        )

    def _fewest(self, pool: CandidatePool, least: int) -> PoolResult:
        choice = GroupSelection(self.lister, pool, spare=self.spare, used=self.before.used)
        counts = ObjectiveCounts(self.lister, pool, self.before)
        moves = counts.of("moves")
        choice.begin(
            moves,
            counts.of("newcomers-alone"),
            least=least,
            seed=self.seed,
            time=self.share * STAGE_TIME,
            watch=self.watch,
        )
        verdict, value, proven = choice.minimise(
            moves, least=least, seed=self.seed, time=self.share * CHOICE_TIME, watch=self.watch
        )
        sure = pool.whole and (proven or verdict is Verdict.NONE)
        return PoolResult(pool, choice, verdict is Verdict.FOUND, value, sure)


def repair_part(instance: Instance, before: ReplanProblem, *, watch: Watch | None = None) -> IntArray | None:
    """Replan a part of a class with the fewest moves found: column generation and one exact choice.

    Parameters
    ----------
    instance : Instance
        The part.
    before : ReplanProblem
        Of the part.
    watch : Watch, optional
        Stopping and time limit.

    Returns
    -------
    ndarray of int64, shape (students,), or None
    """
    part = ReplanSearch(instance, before, 0, 0, watch or Watch())
    part.moves_bound()
    if part.duals is not None and part.duals.missed:
        return None  # a part that is not to be repaired is better joined with another
    found = part.choose(instance.students, widen=0)
    return None if found is None else found.choice.assignment()

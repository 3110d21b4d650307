"""Column generation, then an exact choice from the pool: one search for a replan, whole or in part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
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
from planner.engines.replanning.patterns import pattern_bound
from planner.engines.replanning.replan_problem import (
    LexicographicObjective,
    ReplanProblem,
    ReplanSolution,
    old_groups,
)
from planner.engines.replanning.staged_selection import (
    CHOICE_TIME,
    STAGE_TIME,
    UNKNOWN,
    GroupSelection,
)
from planner.model.evaluation import members_of
from planner.model.instance import NO_HOME, Instance, IntArray

LARGE = 150  # groups; above it parts are a better way than a pool that is not whole
MOVES_FIRST = 5.0  # with less patience the moves have so many times the share of what comes after them
MOST_WIDENED = 4  # times that a pool which is not whole is listed with one move more


@dataclass(frozen=True)
class _PoolResult:
    """What a pool gave: whether there is a plan in it, with how many moves, and whether that is sure."""

    pool: CandidatePool
    choice: GroupSelection
    found: bool
    value: int
    sure: bool


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
            return self._staged(incumbent, self.duals, extra)
        impossible = self._impossible or (below is None and self.fewest > most)
        return ReplanSolution(None, impossible=impossible, fewest=self.fewest)

    @property
    def _impossible(self) -> bool:
        return self.duals is not None and self.duals.impossible

    def choose(self, most: int, *, widen: int = MOST_WIDENED) -> _PoolResult | None:
        """Choose a plan from the listed groups, with as few moves as can be found.

        Parameters
        ----------
        most : int
            Moves at the most.
        widen : int
            How often a pool that is not whole is listed anew with one move more.

        Returns
        -------
        _PoolResult or None
            None where no plan was found.
        """
        self.moves_bound()
        duals = self.duals
        assert duals is not None  # noqa: S101 - for the type checker
        incumbent: _PoolResult | None = None
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

    def _in_parts(self) -> _PoolResult | None:
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
        return _PoolResult(pool, choice, True, value, False)

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

    def _fewest(self, pool: CandidatePool, least: int) -> _PoolResult:
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
        return _PoolResult(pool, choice, verdict is Verdict.FOUND, value, sure)

    def _staged(self, chosen: _PoolResult, duals: ReplanDuals, extra: int) -> ReplanSolution:
        """Minimise the objectives after the moves, in their order; extra moves go to the cost first."""
        pool, choice, moves = chosen.pool, chosen.choice, chosen.value
        stages = [LexicographicObjective("moves", moves, moves == self.fewest)]
        self.watch.tell(stage="stages", done=0.4)
        order = [name for name in self.before.stages if name != "moves"]
        if extra:
            order = ["cost", *(name for name in order if name != "cost")]
            for more in range(1, extra + 1):  # from plan to plan, so that more moves never cost more
                if self.watch.stop():
                    break
                pool, choice = self._with_extra(pool, choice, moves, duals, more)
                if more < extra:
                    self._smallest("cost", pool, choice, STAGE_TIME)
        whole = pool.whole
        for number, name in enumerate(order):
            time = STAGE_TIME if extra and name == "cost" else self.stage_time
            verdict, value, proven = self._smallest(name, pool, choice, time)
            if verdict is not Verdict.FOUND:
                raise AssertionError("a stage lost the plan")  # the incumbent is always among the choices
            known = value == 0 and name != "cost"
            stages.append(
                LexicographicObjective(name, value, known or (proven and whole and stages[0].proven))
            )
            self.watch.tell(stage="stages", done=0.4 + 0.5 * (number + 1) / len(order))
        return ReplanSolution(choice.assignment(), self._as_it_is(stages, pool, choice), fewest=self.fewest)

    def _as_it_is(
        self, stages: Sequence[LexicographicObjective], pool: CandidatePool, choice: GroupSelection
    ) -> tuple[LexicographicObjective, ...]:
        """Return the stages with what the plan comes to in the end: a later stage may have made it less."""
        values = [self._reached(one.name, pool, choice) for one in stages]
        return tuple(
            replace(one, value=value, proven=one.proven or (one.name == "moves" and value == self.fewest))
            for one, value in zip(stages, values, strict=True)
        )

    def _smallest(
        self, name: str, pool: CandidatePool, choice: GroupSelection, time: float
    ) -> tuple[Verdict, int, bool]:
        """Minimise one objective, as far as there is time; return what it comes to."""
        if self.watch.stop():
            return Verdict.FOUND, self._reached(name, pool, choice), False
        counts = ObjectiveCounts(self.lister, pool, self.before)
        constant = counts.constant(name)
        verdict, value, proven = choice.minimise(
            counts.of(name),
            least=-constant if name != "cost" else -UNKNOWN,
            seed=self.seed,
            time=time,
            watch=self.watch,
        )
        return verdict, value + constant, proven

    def _reached(self, name: str, pool: CandidatePool, choice: GroupSelection) -> int:
        """Return what the plan in hand comes to in a stage; only its own groups are looked at."""
        assert choice.incumbent is not None  # noqa: S101 - for the type checker
        counts = ObjectiveCounts(self.lister, pool.part(choice.incumbent, whole=True), self.before)
        return counts.constant(name) + int(counts.of(name).sum())

    def _with_extra(
        self, pool: CandidatePool, choice: GroupSelection, moves: int, duals: ReplanDuals, extra: int
    ) -> tuple[CandidatePool, GroupSelection]:
        """Return a pool in which some more may move; the incumbent is in it."""
        assert choice.incumbent is not None  # noqa: S101 - for the type checker
        wider = list_pool(self.lister, duals, moves + extra, spare=self.spare)
        held = pool.part(choice.incumbent, whole=True)
        both = wider.with_first(held)
        more = GroupSelection(self.lister, both, spare=self.spare, used=self.before.used)
        more.incumbent = np.arange(len(held.labels))
        more.allow(ObjectiveCounts(self.lister, both, self.before).of("moves"), moves + extra)
        return both, more


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


def by_patterns(instance: Instance, before: ReplanProblem, spare: int) -> int:
    """Return the moves that patterns prove: whole numbers, but blind to who fits with whom.

    Parameters
    ----------
    instance : Instance
    before : ReplanProblem
    spare : int
        How many new groups there may be.

    Returns
    -------
    int
    """
    labels = replace(instance, groups=instance.groups + spare)
    return pattern_bound(labels, before.home, may_be_empty=before.used != labels.groups)

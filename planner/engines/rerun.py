"""The plan after dropouts and late enrolments: the fewest moves, then what comes after them.

Two programs say how many moves are needed at least: over patterns of groups, which
sees through likeness, and over whole groups, which sees who fits with whom. At the
prices of the second, the groups that a plan with so few moves can be made of are
listed, and the plan is chosen from them, stage by stage. New groups are opened where
the old ones cannot hold the class, or where that spares a move.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil, isfinite

import numpy as np

from planner.engines.cpsat import Verdict
from planner.engines.limits import Watch
from planner.engines.lowering import lower
from planner.engines.patterns import fewest_moves
from planner.engines.regroup import CHOICE_TIME, STAGE_TIME, UNKNOWN, Choice, Pool, list_pool
from planner.engines.regroup_kernels import Old
from planner.engines.regroup_prices import NEAR, Lister, Prices, prices
from planner.engines.role_kernels import Turns
from planner.engines.stages import STAGES, SWITCHES, Before, Counts, knows
from planner.instance import NO_HOME, Instance, IntArray

MOST_WIDENED = 4  # times that a pool which is not whole is listed with one move more


@dataclass(frozen=True)
class Stage:
    """One thing kept as small as can be, after everything before it.

    Attributes
    ----------
    name : str
        One of `STAGES`.
    value : int
    proven : bool
        Whether no plan has less, with what came before it kept.
    """

    name: str
    value: int
    proven: bool


@dataclass(frozen=True)
class Rerun:
    """Where everyone goes, and what is proven about it.

    Attributes
    ----------
    assignment : ndarray of int64, shape (students,), or None
        None where no plan was found. Groups from `Instance.groups` on are new.
    stages : tuple of Stage
    impossible : bool
        Proven: no plan holds.
    fewest : int
        Proven lower limit on the moves.
    """

    assignment: IntArray | None
    stages: tuple[Stage, ...] = ()
    impossible: bool = False
    fewest: int = 0

    @property
    def moves(self) -> int:
        """How many students move."""
        return next(stage.value for stage in self.stages if stage.name == "moves")


def rerun(
    instance: Instance, before: Before, *, spare: int, extra: int = 0, seed: int, watch: Watch
) -> Rerun:
    """Place everyone, with every stage as small as can be shown.

    Parameters
    ----------
    instance : Instance
        Of the new class; its groups are the old ones, which may be left without members.
    before : Before
    spare : int
        How many new groups there may be besides.
    extra : int
        Moves that may be spent on a lower cost.
    seed : int
    watch : Watch
    """
    if not extra and _may_stay(instance, before):
        in_place = replace(before, locked=frozenset(np.flatnonzero(before.home != NO_HOME).tolist()))
        found = _Places(instance, in_place, 0, seed, watch).place(extra)
        if found.assignment is not None:
            return found
    old_only = _Places(instance, before, 0, seed, watch)
    found = old_only.place(extra)
    if spare:
        found = _or_with_new(found, _Places(instance, before, spare, seed, watch, old_only.at), extra)
    if found.assignment is None or found.moves <= found.fewest:
        return found
    return _proven(found, max(found.fewest, _by_patterns(instance, before, spare)))


def _may_stay(instance: Instance, before: Before) -> bool:
    """Whether newcomers could mend every group that is too small; a look before the whole question."""
    filled = np.bincount(before.home[before.home != NO_HOME], minlength=instance.groups)
    short = np.maximum(0, instance.smallest - filled[filled > 0])
    fits = not before.dissolved and not before.merged and int(filled.max()) <= instance.largest
    return bool(fits and short.sum() <= (before.home == NO_HOME).sum())


def _by_patterns(instance: Instance, before: Before, spare: int) -> int:
    """Return the moves that patterns prove: whole numbers, but blind to who fits with whom."""
    labels = replace(instance, groups=instance.groups + spare)
    return fewest_moves(labels, before.home, may_be_empty=before.used != labels.groups)


def _or_with_new(found: Rerun, with_new: _Places, extra: int) -> Rerun:
    """Return a plan with new groups where that needs fewer moves, or where there is no other."""
    if found.assignment is None:
        return with_new.place(extra)
    if found.moves <= with_new.limit():
        return _proven(found, with_new.fewest)
    better = with_new.place(extra, below=found.moves)
    return better if better.assignment is not None else _proven(found, better.fewest)


def _proven(found: Rerun, fewest: int) -> Rerun:
    """Return a plan with another proven limit on its moves."""
    stages = (replace(found.stages[0], proven=found.moves <= fewest), *found.stages[1:])
    return replace(found, fewest=min(fewest, found.moves), stages=stages)


@dataclass(frozen=True)
class _Chosen:
    """What a pool gave: whether there is a plan in it, with how many moves, and whether that is sure."""

    pool: Pool
    choice: Choice
    found: bool
    value: int
    sure: bool


class _Places:
    """The search for a plan, with or without new groups."""

    def __init__(
        self,
        instance: Instance,
        before: Before,
        spare: int,
        seed: int,
        watch: Watch,
        near: Prices | None = None,
    ) -> None:
        self.instance, self.before, self.spare, self.seed, self.watch = instance, before, spare, seed, watch
        self.near = near
        self.lister = Lister(
            lower(instance),
            old_groups(instance, before, spare),
            (before.home != NO_HOME).astype(np.float64),
        )
        self.at: Prices | None = None
        self.fewest = 0

    def limit(self) -> int:
        """Return how many moves the prices prove, or patterns where these prove nothing."""
        if self.at is None:
            self.watch.tell(stage="moves", done=0.05)
            self.at = prices(self.lister, self.spare, self.before.used, self.watch, self.near)
            self.fewest = (
                max(0, ceil(self.at.bound - NEAR))
                if isfinite(self.at.bound)
                else _by_patterns(self.instance, self.before, self.spare)
            )
        return self.fewest

    def place(self, extra: int, below: int | None = None) -> Rerun:
        """Return a plan; only one with fewer than `below` moves will do."""
        self.limit()
        at = self.at
        assert at is not None  # noqa: S101 - for the type checker
        if at.impossible:
            return Rerun(None, impossible=True)
        most = int((self.before.home != NO_HOME).sum()) if below is None else below - 1
        in_hand: _Chosen | None = None
        moves, widened = self.fewest, 0
        while moves <= most and widened <= MOST_WIDENED and not (in_hand and self.watch.stop()):
            chosen = self._fewest(list_pool(self.lister, at, moves, spare=self.spare), moves)
            if chosen.found and chosen.value <= most and (in_hand is None or chosen.value <= in_hand.value):
                in_hand = chosen
            if chosen.found and chosen.value == moves:
                break
            if chosen.sure and self.fewest == moves:
                self.fewest += 1
            else:
                widened += 1
            moves += 1
        if in_hand is not None:
            return self._staged(in_hand, at, extra)
        return Rerun(None, impossible=below is None and self.fewest > most, fewest=self.fewest)

    def _fewest(self, pool: Pool, least: int) -> _Chosen:
        choice = Choice(self.lister, pool, spare=self.spare, used=self.before.used)
        counts = Counts(self.lister, pool, self.before)
        moves = counts.of("moves")
        choice.begin(
            moves,
            counts.of("newcomers-alone"),
            least=least,
            seed=self.seed,
            time=STAGE_TIME,
            watch=self.watch,
        )
        verdict, value, proven = choice.minimise(
            moves, least=least, seed=self.seed, time=CHOICE_TIME, watch=self.watch
        )
        sure = pool.whole and (proven or verdict is Verdict.NONE)
        return _Chosen(pool, choice, verdict is Verdict.FOUND, value, sure)

    def _staged(self, chosen: _Chosen, at: Prices, extra: int) -> Rerun:
        """Keep what comes after the moves small, in its order; extra moves go to the cost first."""
        pool, choice, moves = chosen.pool, chosen.choice, chosen.value
        stages = [Stage("moves", moves, moves == self.fewest)]
        self.watch.tell(stage="stages", done=0.4)
        order = [name for name in self.before.stages if name != "moves"]
        if extra:
            order = ["cost", *(name for name in order if name != "cost")]
            for more in range(1, extra + 1):  # from plan to plan, so that more moves never cost more
                pool, choice = self._with_extra(pool, choice, moves, at, more)
                if more < extra:
                    self._smallest("cost", pool, choice)
        whole = pool.whole
        for number, name in enumerate(order):
            verdict, value, proven = self._smallest(name, pool, choice)
            if verdict is not Verdict.FOUND:
                raise AssertionError("a stage lost the plan")  # what is in hand is always among the choices
            known = value == 0 and name != "cost"
            stages.append(Stage(name, value, known or (proven and whole and stages[0].proven)))
            self.watch.tell(stage="stages", done=0.4 + 0.5 * (number + 1) / len(order))
        return Rerun(choice.assignment(), tuple(stages), fewest=self.fewest)

    def _smallest(self, name: str, pool: Pool, choice: Choice) -> tuple[Verdict, int, bool]:
        """Make one stage as small as can be; return what it comes to."""
        counts = Counts(self.lister, pool, self.before)
        constant = counts.constant(name)
        verdict, value, proven = choice.minimise(
            counts.of(name),
            least=-constant if name != "cost" else -UNKNOWN,
            seed=self.seed,
            time=STAGE_TIME,
            watch=self.watch,
        )
        return verdict, value + constant, proven

    def _with_extra(
        self, pool: Pool, choice: Choice, moves: int, at: Prices, extra: int
    ) -> tuple[Pool, Choice]:
        """Return a pool in which some more may move; the plan in hand is in it."""
        assert choice.now is not None  # noqa: S101 - for the type checker
        wider = list_pool(self.lister, at, moves + extra, spare=self.spare)
        held = pool.part(choice.now, whole=True)
        both = wider.with_first(held)
        more = Choice(self.lister, both, spare=self.spare, used=self.before.used)
        more.now = np.arange(len(held.labels))
        more.allow(Counts(self.lister, both, self.before).of("moves"), moves + extra)
        return both, more


def old_groups(instance: Instance, before: Before, spare: int) -> Old:
    """Return the groups as they were, and what is asked of them, as arrays."""
    groups, home = instance.groups, before.home
    filled = np.bincount(home[home != NO_HOME], minlength=groups + 1)
    members = np.full((groups + 1, max(1, int(filled.max()))), -1, np.int64)
    for g in range(groups):
        members[g, : filled[g]] = np.flatnonzero(home == g)
    stays, only = np.zeros(len(home), np.int64), np.full(len(home), -1, np.int64)
    shut, joined, empty = (np.zeros(groups + 1, np.int64) for _ in range(3))
    empty[:] = 0 if before.used is not None and before.used >= groups + spare else 1
    empty[-1] = 0
    stays[sorted(before.locked)] = 1
    kept = before.closed | before.topped_up | frozenset(before.merged.values())
    stays[np.isin(home, sorted(kept))] = 1
    shut[sorted(before.closed)] = 1
    joined[sorted(before.topped_up)] = 1
    empty[sorted(before.dissolved | frozenset(before.merged))] = 2
    for group, into in before.merged.items():
        only[home == group] = into
    return Old(members, filled.astype(np.int64), home, stays, only, shut, joined, empty)


__all__ = ["NO_HOME", "STAGES", "SWITCHES", "Before", "Rerun", "Stage", "Turns", "knows", "rerun"]

"""One search for a plan after dropouts: with or without new groups, in a whole class or a part of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from math import ceil, isfinite

import numpy as np

from planner.engines.common.cpsat import Verdict
from planner.engines.common.limits import Watch
from planner.engines.common.lowering import lower
from planner.engines.replanning.candidate_duals import (
    NEAR,
    Lister,
    ReplanDuals,
    prices,
)
from planner.engines.replanning.candidate_kernels import Old
from planner.engines.replanning.candidate_pool import Pool, list_pool
from planner.engines.replanning.decomposition import in_parts
from planner.engines.replanning.objectives import Counts, ReplanProblem
from planner.engines.replanning.patterns import fewest_moves
from planner.engines.replanning.staged_selection import (
    CHOICE_TIME,
    STAGE_TIME,
    UNKNOWN,
    GroupSelection,
)
from planner.model.instance import (
    NO_HOME,
    Instance,
    IntArray,
    members_of,
)

LARGE = 150  # groups; above it parts are a better way than a pool that is not whole
MOVES_FIRST = 5.0  # with less patience the moves have so many times the share of what comes after them
MOST_WIDENED = 4  # times that a pool which is not whole is listed with one move more


@dataclass(frozen=True)
class LexicographicObjective:
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
class ReplanSolution:
    """Where everyone goes, and what is proven about it.

    Attributes
    ----------
    assignment : ndarray of int64, shape (students,), or None
        None where no plan was found. Groups from `Instance.groups` on are new.
    stages : tuple of LexicographicObjective
    impossible : bool
        Proven: no plan holds.
    fewest : int
        Proven lower limit on the moves.
    """

    assignment: IntArray | None
    stages: tuple[LexicographicObjective, ...] = ()
    impossible: bool = False
    fewest: int = 0

    @property
    def moves(self) -> int:
        """How many students move."""
        return next(stage.value for stage in self.stages if stage.name == "moves")


@dataclass(frozen=True)
class _Chosen:
    """What a pool gave: whether there is a plan in it, with how many moves, and whether that is sure."""

    pool: Pool
    choice: GroupSelection
    found: bool
    value: int
    sure: bool


class ReplanSearch:
    """The search for a plan, with or without new groups."""

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
        self.lister = Lister(
            lower(instance),
            old_groups(instance, before, spare),
            (before.home != NO_HOME).astype(np.float64),
        )
        self.given = given if given is not None and given.max() < instance.groups + spare else None
        self.at: ReplanDuals | None = None
        self.fewest = 0

    def limit(self) -> int:
        """Return how many moves the prices prove, or patterns where these prove nothing."""
        if self.at is None:
            self.watch.tell(stage="moves", done=0.05)
            self.at = prices(self.lister, self.spare, self.before.used, self.watch, self.near)
            proven = (
                ceil(self.at.bound - NEAR)
                if isfinite(self.at.bound)
                else by_patterns(self.instance, self.before, self.spare)
            )
            self.fewest = max(0, self.known, proven)
        return self.fewest

    def place(self, extra: int, below: int | None = None) -> ReplanSolution:
        """Return a plan; only one with fewer than `below` moves will do."""
        most = int((self.before.home != NO_HOME).sum()) if below is None else below - 1
        quick = self.instance.groups > LARGE or self.share < 1.0
        incumbent = self.settled(most, widen=0 if quick else MOST_WIDENED)
        if incumbent is None and below is None and not self._impossible:
            incumbent = self._in_parts()
        if incumbent is not None:
            assert self.at is not None  # noqa: S101 - for the type checker; there are prices by now
            return self._staged(incumbent, self.at, extra)
        impossible = self._impossible or (below is None and self.fewest > most)
        return ReplanSolution(None, impossible=impossible, fewest=self.fewest)

    @property
    def _impossible(self) -> bool:
        return self.at is not None and self.at.impossible

    def settled(self, most: int, *, widen: int = MOST_WIDENED) -> _Chosen | None:
        """Return a plan of the listed groups, with as few moves as can be found; at most `most`.

        A pool that is not whole is listed anew with one move more, up to `widen` times.
        """
        self.limit()
        at = self.at
        assert at is not None  # noqa: S101 - for the type checker
        incumbent: _Chosen | None = None
        moves, widened, looked = self.fewest, 0, False
        while not at.impossible and moves <= most and widened <= widen:
            if looked and self.watch.stop():
                break
            looked = True
            pool = list_pool(self.lister, at, moves, spare=self.spare)
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

    def _in_parts(self) -> _Chosen | None:
        """Return a plan made part by part, with the groups that its like could be made of."""
        found = in_parts(
            self.instance,
            self.before,
            partial(mend, watch=self.quiet()),
            spare=self.spare,
            enough=self.fewest,
            seed=self.seed,
            watch=self.watch,
            given=self.given,
        )
        if found is None:
            return None
        held = self._held(found)
        at = self.at
        assert at is not None  # noqa: S101 - for the type checker
        pool = list_pool(self.lister, at, self.fewest, spare=self.spare).with_first(held)
        pool = replace(pool, whole=False)
        choice = GroupSelection(self.lister, pool, spare=self.spare, used=self.before.used)
        choice.now = np.arange(len(held.labels))
        moves = Counts(self.lister, pool, self.before).of("moves")
        _, value, _ = choice.minimise(
            moves, least=self.fewest, seed=self.seed, time=CHOICE_TIME, watch=self.watch
        )
        return _Chosen(pool, choice, True, value, False)

    def quiet(self) -> Watch:
        """Return a watch for a part: it ends when all has to end, and what it tells is about nothing else."""
        watch = self.watch
        return Watch(wanted_stop=watch.stop, time_limit=watch.time_limit, started=watch.started)

    def _held(self, assignment: IntArray) -> Pool:
        """Return the groups of a plan; old ones without members among them."""
        old = self.instance.groups
        members = members_of(assignment, old + self.spare)
        members = [*members[:old], *(group for group in members[old:] if group)]
        rows = np.full((len(members), self.instance.largest), -1, np.int64)
        for row, group in zip(rows, members, strict=True):
            row[: len(group)] = group
        return Pool(rows, np.minimum(np.arange(len(members)), old), np.zeros(len(members)), whole=False)

    def _fewest(self, pool: Pool, least: int) -> _Chosen:
        choice = GroupSelection(self.lister, pool, spare=self.spare, used=self.before.used)
        counts = Counts(self.lister, pool, self.before)
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
        return _Chosen(pool, choice, verdict is Verdict.FOUND, value, sure)

    def _staged(self, chosen: _Chosen, at: ReplanDuals, extra: int) -> ReplanSolution:
        """Keep what comes after the moves small, in its order; extra moves go to the cost first."""
        pool, choice, moves = chosen.pool, chosen.choice, chosen.value
        stages = [LexicographicObjective("moves", moves, moves == self.fewest)]
        self.watch.tell(stage="stages", done=0.4)
        order = [name for name in self.before.stages if name != "moves"]
        if extra:
            order = ["cost", *(name for name in order if name != "cost")]
            for more in range(1, extra + 1):  # from plan to plan, so that more moves never cost more
                if self.watch.stop():
                    break
                pool, choice = self._with_extra(pool, choice, moves, at, more)
                if more < extra:
                    self._smallest("cost", pool, choice, STAGE_TIME)
        whole = pool.whole
        for number, name in enumerate(order):
            time = STAGE_TIME if extra and name == "cost" else self.stage_time
            verdict, value, proven = self._smallest(name, pool, choice, time)
            if verdict is not Verdict.FOUND:
                raise AssertionError("a stage lost the plan")  # what is in hand is always among the choices
            known = value == 0 and name != "cost"
            stages.append(
                LexicographicObjective(name, value, known or (proven and whole and stages[0].proven))
            )
            self.watch.tell(stage="stages", done=0.4 + 0.5 * (number + 1) / len(order))
        return ReplanSolution(choice.assignment(), self._as_it_is(stages, pool, choice), fewest=self.fewest)

    def _as_it_is(
        self, stages: Sequence[LexicographicObjective], pool: Pool, choice: GroupSelection
    ) -> tuple[LexicographicObjective, ...]:
        """Return the stages with what the plan comes to in the end: a later stage may have made it less."""
        values = [self._reached(one.name, pool, choice) for one in stages]
        return tuple(
            replace(one, value=value, proven=one.proven or (one.name == "moves" and value == self.fewest))
            for one, value in zip(stages, values, strict=True)
        )

    def _smallest(
        self, name: str, pool: Pool, choice: GroupSelection, time: float
    ) -> tuple[Verdict, int, bool]:
        """Make one stage as small as can be, as far as there is time; return what it comes to."""
        if self.watch.stop():
            return Verdict.FOUND, self._reached(name, pool, choice), False
        counts = Counts(self.lister, pool, self.before)
        constant = counts.constant(name)
        verdict, value, proven = choice.minimise(
            counts.of(name),
            least=-constant if name != "cost" else -UNKNOWN,
            seed=self.seed,
            time=time,
            watch=self.watch,
        )
        return verdict, value + constant, proven

    def _reached(self, name: str, pool: Pool, choice: GroupSelection) -> int:
        """Return what the plan in hand comes to in a stage; only its own groups are looked at."""
        assert choice.now is not None  # noqa: S101 - for the type checker
        counts = Counts(self.lister, pool.part(choice.now, whole=True), self.before)
        return counts.constant(name) + int(counts.of(name).sum())

    def _with_extra(
        self, pool: Pool, choice: GroupSelection, moves: int, at: ReplanDuals, extra: int
    ) -> tuple[Pool, GroupSelection]:
        """Return a pool in which some more may move; the plan in hand is in it."""
        assert choice.now is not None  # noqa: S101 - for the type checker
        wider = list_pool(self.lister, at, moves + extra, spare=self.spare)
        held = pool.part(choice.now, whole=True)
        both = wider.with_first(held)
        more = GroupSelection(self.lister, both, spare=self.spare, used=self.before.used)
        more.now = np.arange(len(held.labels))
        more.allow(Counts(self.lister, both, self.before).of("moves"), moves + extra)
        return both, more


def mend(instance: Instance, before: ReplanProblem, *, watch: Watch | None = None) -> IntArray | None:
    """Return where everyone of a part goes, with the fewest moves found."""
    places = ReplanSearch(instance, before, 0, 0, watch or Watch())
    places.limit()
    if places.at is not None and places.at.missed:
        return None  # a part that is not to be mended is better joined with another
    found = places.settled(instance.students, widen=0)
    return None if found is None else found.choice.assignment()


def old_groups(instance: Instance, before: ReplanProblem, spare: int) -> Old:
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


def by_patterns(instance: Instance, before: ReplanProblem, spare: int) -> int:
    """Return the moves that patterns prove: whole numbers, but blind to who fits with whom."""
    labels = replace(instance, groups=instance.groups + spare)
    return fewest_moves(labels, before.home, may_be_empty=before.used != labels.groups)

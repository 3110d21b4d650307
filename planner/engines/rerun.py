"""The plan after dropouts and late enrolments: the fewest moves, then what comes after them.

The pattern program says how many moves are needed at least. A small class is solved
whole, stage by stage: each stage is minimised, kept, and the next one begins from
there. In a larger class a thin net gives a first plan; then a few groups at a time
are solved exactly, on moves until the proven limit is reached or nothing gives way
any more, and then on the stages that follow.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from planner.engines.limits import Watch
from planner.engines.neighbours import Allowed, Sound, around, narrow, whole
from planner.engines.rerun_model import STAGES, Before, Rerun, Stage, StageModel, count_stages, moves_of
from planner.instance import Instance, IntArray, account

WHOLE_LITERALS = 1_500  # students x groups up to which every stage is solved over the whole class
EARLY_LITERALS = 6_000  # up to which the whole class is asked for fewer moves before the corners
PROOF_LITERALS = 25_000  # and up to which it is asked after them
PROOF_TIME = 3.0
STAGE_TIME = 8.0  # deterministic seconds for each stage of a small class
FIRST_TIME = (1.0, 6.0)  # for a first plan, with a thin net and with a denser one
SPREADS = (8, 24)
CORNER_TIME = 0.5  # for each corner
CORNER_GROUPS = 16
PATIENCE = 8  # corners in a row without a gain
MOST_ROUNDS = 12  # corners for what comes after the moves
# Stages of a corner as one sum: each weighs more than all after it can come to.
AFTER_MOVES: Mapping[str, int] = {
    "second-moves": 10_000_000,
    "groups-lose": 200_000,
    "pairs": 100,
    "groups-receive": 1,
    "newcomers-alone": 1,
}


def rerun(
    instance: Instance, before: Before, *, fewest: int, extra: int = 0, seed: int, watch: Watch
) -> Rerun:
    """Place everyone, with every stage as small as can be shown.

    Parameters
    ----------
    instance : Instance
        Of the new class, `loosened`; its groups are the old ones, then any that may be opened.
    before : Before
    fewest : int
        Proven lower limit on the moves.
    extra : int
        Moves that may be spent on a lower cost.
    seed : int
    watch : Watch
    """
    small = instance.students * instance.groups <= WHOLE_LITERALS
    places = None if small else _first(instance, before, fewest, seed, watch)
    if places is None:
        everyone = whole(instance, before.home, before.locked, before.closed)
        return _staged(instance, before, everyone, fewest, extra, seed, watch)
    return _by_corners(instance, before, places, fewest, extra, seed, watch)


def _staged(
    instance: Instance, before: Before, allowed: Allowed, fewest: int, extra: int, seed: int, watch: Watch
) -> Rerun:
    """Solve one stage after another; each keeps what came before it."""
    stages: list[Stage] = []
    best: IntArray | None = None
    kept: list[tuple[str, int]] = []
    model = StageModel(instance, before, allowed, price=False)
    for name in _order(extra):
        if best is not None and watch.stop():
            break
        if name == "cost":
            model = StageModel(instance, before, allowed, price=True)
            for stage, value in kept:
                model.keep(stage, value)
        least = fewest if name == "moves" else 0
        solved = model.minimise(model.terms[name], least, best, seed, watch, STAGE_TIME)
        if solved is None:
            if best is not None:
                break  # out of time for this stage: keep what there is
            return Rerun(None, impossible=model.proven_impossible and allowed.whole)
        best, value, proven = solved
        known = name == "moves" and value == fewest
        stages.append(Stage(name, value, known or (proven and allowed.whole)))
        kept.append((name, value + (extra if name == "moves" else 0)))
        model.keep(*kept[-1])
    return Rerun(None if best is None else model.everyone(before.home, best), tuple(stages))


def _order(extra: int) -> Sequence[str]:
    """Extra moves are there to lower the cost, so then it comes right after them."""
    if not extra:
        return STAGES
    return ("moves", "cost", *(name for name in STAGES if name not in ("moves", "cost")))


def _first(instance: Instance, before: Before, fewest: int, seed: int, watch: Watch) -> IntArray | None:
    """Return a plan with few moves over ever denser nets."""
    sound = Sound(instance, before.home)
    for spread, time in zip(SPREADS, FIRST_TIME, strict=True):
        allowed = narrow(sound, before.home, before.locked, before.closed, spread, seed)
        model = StageModel(instance, before, allowed, price=False)
        solved = model.minimise(model.terms["moves"], fewest, None, seed, watch, time)
        if solved is not None:
            return model.everyone(before.home, solved[0])
    return None


def _by_corners(
    instance: Instance, before: Before, places: IntArray, fewest: int, extra: int, seed: int, watch: Watch
) -> Rerun:
    """Improve a plan a few groups at a time: moves first, then what comes after them, then the cost."""
    corners = _Corners(instance, before, seed, watch)
    small = instance.students * instance.groups <= EARLY_LITERALS
    if small:
        places, fewest = _proof(instance, before, places, fewest, seed, watch)
    quiet = 0
    while moves_of(before.home, places) > fewest and quiet < PATIENCE and not watch.stop():
        better = corners.solve(places, {"moves": 1}, keep=())
        quiet = 0 if moves_of(before.home, better) < moves_of(before.home, places) else quiet + 1
        places = better
        watch.tell(stage="moves", done=0.1 + 0.3 * quiet / PATIENCE)
    if not small:
        places, fewest = _proof(instance, before, places, fewest, seed, watch)
    fewest_found = moves_of(before.home, places)
    rounds = min(MOST_ROUNDS, 2 + 2 * len(_touched(before.home, places)) // CORNER_GROUPS)
    for number in range(rounds):
        if watch.stop():
            break
        places = corners.solve(places, AFTER_MOVES, keep=("moves",))
        watch.tell(stage="stages", done=0.4 + 0.3 * number / rounds)
    kept = tuple(name for name in STAGES if name != "cost")
    for number in range(rounds):
        if watch.stop():
            break
        spare = fewest_found + extra - moves_of(before.home, places)
        places = corners.solve(places, {"cost": 1}, keep=("moves",) if extra else kept, spare=spare)
        watch.tell(stage="cost", done=0.7 + 0.25 * number / rounds)
    found = count_stages(before.home, places, before)
    stages = [Stage(name, found[name], found[name] == 0) for name in STAGES if name != "cost"]
    stages[0] = Stage("moves", fewest_found, fewest_found == fewest)
    return Rerun(places, (*stages, Stage("cost", account(instance, places).cost, False)), fewest=fewest)


def _proof(
    instance: Instance, before: Before, places: IntArray, fewest: int, seed: int, watch: Watch
) -> tuple[IntArray, int]:
    """Ask the whole class for fewer moves; return the best plan and a proven limit."""
    if instance.students * instance.groups > PROOF_LITERALS:
        return places, fewest
    everyone = whole(instance, before.home, before.locked, before.closed)
    while moves_of(before.home, places) > fewest and not watch.stop():
        model = StageModel(instance, before, everyone, price=False)
        model.keep("moves", moves_of(before.home, places) - 1)
        solved = model.minimise(model.terms["moves"], fewest, None, seed, watch, PROOF_TIME)
        if solved is not None:
            places = model.everyone(before.home, solved[0])
            fewest = max(fewest, solved[1] if solved[2] else fewest)
        elif model.proven_impossible:
            return places, moves_of(before.home, places)
        else:
            break
    return places, fewest


def _touched(home: IntArray, places: IntArray) -> set[int]:
    """Groups that somebody leaves or joins; `NO_HOME` among them where there are newcomers."""
    return {int(g) for s in np.flatnonzero(home != places) for g in (home[s], places[s])}


class _Corners:
    """Solves a few groups at a time, most of them touched by moves; never makes a plan worse."""

    def __init__(self, instance: Instance, before: Before, seed: int, watch: Watch) -> None:
        self.instance, self.before, self.seed, self.watch = instance, before, seed, watch
        self.generator = np.random.default_rng(seed)
        self.open = [g for g in range(instance.groups) if g not in before.closed]

    def solve(
        self, places: IntArray, weights: Mapping[str, int], keep: Sequence[str], spare: int = 0
    ) -> IntArray:
        """Return a plan with less of `weights` and no more of what is kept.

        `spare` moves more than now are allowed where moves are kept.
        """
        allowed = around(self.instance, self.before.home, places, self._groups(places), self.before.locked)
        model = StageModel(self.instance, self.before, allowed, price="cost" in weights)
        here = model.here(places)
        now = count_stages(np.asarray(model.home, np.int64), here, self.before, model.students)
        for name in keep:
            model.keep(name, now[name] + (spare if name == "moves" else 0))
        term = model.term(weights)
        solved = model.minimise(term, 0, here, self.seed, self.watch, CORNER_TIME)
        return places if solved is None else model.everyone(places, solved[0])

    def _groups(self, places: IntArray) -> list[int]:
        touched = _touched(self.before.home, places) & set(self.open)
        near = self.generator.permutation(sorted(touched)).tolist()
        others = self.generator.permutation(self.open).tolist()
        return list(dict.fromkeys([*near[: CORNER_GROUPS * 3 // 4], *others]))[:CORNER_GROUPS]


__all__ = ["STAGES", "Before", "Rerun", "Stage", "rerun"]

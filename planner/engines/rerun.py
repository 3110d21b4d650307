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
from planner.engines.rerun_model import STAGES, Before, Rerun, Stage, StageModel, moves_of
from planner.instance import NO_HOME, Instance, IntArray

WHOLE_LITERALS = 4_000  # students x groups up to which nothing is left out
STAGE_TIME = 8.0  # deterministic seconds for each stage of a small class
FIRST_TIME = (1.0, 6.0)  # for a first plan, with a thin net and with a denser one
SPREADS = (8, 24)
CORNER_TIME = 0.5  # for each corner
CORNER_GROUPS = 16
PATIENCE = 24  # corners in a row without a gain
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
    if instance.students * instance.groups <= WHOLE_LITERALS:
        everyone = whole(instance, before.home, before.locked, before.closed)
        return _staged(instance, before, everyone, fewest, extra, seed, watch)
    places = _first(instance, before, fewest, seed, watch)
    if places is None:
        return Rerun(None)
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
    """Improve a plan a few groups at a time: moves first, then what comes after them."""
    generator = np.random.default_rng(seed)
    moves = {"moves": 1}
    quiet = 0
    while moves_of(before.home, places) > fewest and quiet < PATIENCE and not watch.stop():
        better = _corner(instance, before, places, moves, generator, seed, watch)
        quiet = 0 if moves_of(before.home, better) < moves_of(before.home, places) else quiet + 1
        places = better
        watch.tell(stage="moves", done=0.1 + 0.3 * quiet / PATIENCE)
    rounds = max(8, instance.groups // CORNER_GROUPS)
    for _ in range(rounds):
        if watch.stop():
            break
        places = _corner(instance, before, places, AFTER_MOVES, generator, seed, watch)
    return Rerun(places, _values(instance, before, places, fewest))


def _corner(
    instance: Instance,
    before: Before,
    places: IntArray,
    weights: Mapping[str, int],
    generator: np.random.Generator,
    seed: int,
    watch: Watch,
) -> IntArray:
    """Solve a few groups, most of them touched by moves; never worse than `places`."""
    touched = np.flatnonzero(before.home != places)
    groups = {int(g) for s in touched for g in (before.home[s], places[s]) if g != NO_HOME}
    open_groups = [g for g in range(instance.groups) if g not in before.closed]
    some = generator.permutation(sorted(groups)).tolist()[: CORNER_GROUPS * 3 // 4]
    others = generator.permutation(open_groups).tolist()
    chosen = list(dict.fromkeys([*some, *others]))[:CORNER_GROUPS]
    allowed = around(instance, before.home, places, chosen, before.locked)
    model = StageModel(instance, before, allowed, price=False)
    here = model.here(places)
    moved = int(
        sum(
            before.home[s] not in (NO_HOME, places[s]) and before.home[s] in set(chosen)
            for s in allowed.students
        )
    )
    if "moves" not in weights:
        model.keep("moves", moved)
    solved = model.minimise(model.term(weights), 0, here, seed, watch, CORNER_TIME)
    return places if solved is None else model.everyone(places, solved[0])


def _values(instance: Instance, before: Before, places: IntArray, fewest: int) -> tuple[Stage, ...]:
    moves = moves_of(before.home, places)
    return (Stage("moves", moves, moves == fewest),)


__all__ = ["STAGES", "Before", "Rerun", "Stage", "rerun"]

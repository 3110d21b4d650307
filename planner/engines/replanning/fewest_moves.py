"""A plan after dropouts and late enrolments, with the fewest moves first: which method is tried when.

In this order: whether everyone can stay; an exhaustive search of up to four moves; column
generation over whole groups with an exact choice among them (see `candidate_duals`). Two bounds
say how many moves are needed at least: an integer program over patterns of groups, which sees
through likeness, and the linear program over whole groups, which sees who fits with whom. New
groups are opened where the old ones cannot hold the class, or where that spares a move.
See docs/decisions/0007.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from planner.engines.common.watch import Watch
from planner.engines.replanning.decomposition import holds_where_used
from planner.engines.replanning.exhaustive_moves import exhaustive_moves
from planner.engines.replanning.patterns import by_patterns
from planner.engines.replanning.replan_problem import ReplanProblem, ReplanSolution
from planner.engines.replanning.replan_search import ReplanSearch
from planner.model.instance import NO_HOME, Instance, IntArray


def solve_replan(
    instance: Instance,
    before: ReplanProblem,
    *,
    spare: int,
    extra: int = 0,
    seed: int,
    watch: Watch,
    patience: float = 1.0,
    most: int | None = None,
    given: IntArray | None = None,
) -> ReplanSolution:
    """Place everyone, with the fewest moves and then every later objective as small as can be shown.

    Parameters
    ----------
    instance : Instance
        Of the new class; its groups are the old ones, which may be left without members.
    before : ReplanProblem
    spare : int
        How many new groups there may be besides.
    extra : int
        Moves that may be spent on a lower cost.
    seed : int
    watch : Watch
    patience : float
        Share of the usual time for each objective after the moves; less than a fifth also shortens
        the choice of the moves.
    most : int, optional
        More moves will not do.
    given : ndarray of int64, shape (students,), optional
        A plan that holds, to begin from where no other is found; groups that are new have the numbers
        after those of before.

    Returns
    -------
    ReplanSolution
        Without an assignment where no plan was found.
    """
    if not extra and _may_stay(instance, before):
        in_place = replace(before, locked=frozenset(np.flatnonzero(before.home != NO_HOME).tolist()))
        found = ReplanSearch(instance, in_place, 0, seed, watch, patience).solve(extra)
        if found.assignment is not None:
            return found
    few = None if extra else exhaustive_moves(instance, before, spare, most)
    if few is not None and most is not None and few.fewest > most:
        return ReplanSolution(None, fewest=few.fewest)
    if few is not None and few.assignment is not None:
        return few
    known = few.fewest if few is not None else 0
    if extra and spare and most is None and not before.dissolved:
        # Extra moves are spent with new groups allowed in any case: those without are among them.
        found = ReplanSearch(instance, before, spare, seed, watch, patience, given=given).solve(extra)
        if found.assignment is not None:
            return _with_patterns(found, instance, before, spare)
    old_only = ReplanSearch(instance, before, 0, seed, watch, patience, known=known, given=given)
    below = None if most is None else most + 1
    found = old_only.solve(extra, below)
    if spare and not _needs_no_new(instance, before, found, extra, below):
        if watch.stop():  # what is proven of the old groups says nothing of new ones
            return _proven(replace(found, impossible=False), known)
        with_new = ReplanSearch(instance, before, spare, seed, watch, patience, old_only.duals, known, given)
        found = _or_with_new(found, with_new, extra, below)
    return _with_patterns(found, instance, before, spare)


def _with_patterns(
    found: ReplanSolution, instance: Instance, before: ReplanProblem, spare: int
) -> ReplanSolution:
    """Return a plan with what patterns prove of its moves, where more than that is made."""
    if found.assignment is None or found.moves <= found.fewest:
        return found
    return _proven(found, max(found.fewest, by_patterns(instance, before, spare)))


def _needs_no_new(
    instance: Instance, before: ReplanProblem, found: ReplanSolution, extra: int, below: int | None = None
) -> bool:
    """Whether a new group could spare no move: without newcomers each is made of movers."""
    if found.assignment is None and below is None:
        return False
    if before.dissolved:
        return True  # as a new group they would only have another name
    moves = found.moves if found.assignment is not None else below or 0
    return not extra and NO_HOME not in before.home and moves <= instance.smallest


def _may_stay(instance: Instance, before: ReplanProblem) -> bool:
    """Whether all may be well with nobody moving; a look before the whole question.

    Newcomers could repair every group that is too small; with nobody new nothing is broken.
    """
    if before.dissolved or before.merged:
        return False
    if NO_HOME not in before.home:
        return holds_where_used(instance, before.home)
    filled = np.bincount(before.home[before.home != NO_HOME], minlength=instance.groups)
    short = np.maximum(0, instance.smallest - filled[filled > 0])
    fits = int(filled.max()) <= instance.largest
    return bool(fits and short.sum() <= (before.home == NO_HOME).sum())


def _or_with_new(
    found: ReplanSolution, with_new: ReplanSearch, extra: int, below: int | None = None
) -> ReplanSolution:
    """Return a plan with new groups where that needs fewer moves, or where there is no other."""
    if found.assignment is None:
        return with_new.solve(extra, below)
    if found.moves <= with_new.moves_bound():
        return _proven(found, with_new.fewest)
    better = with_new.solve(extra, below=found.moves)
    return better if better.assignment is not None else _proven(found, better.fewest)


def _proven(found: ReplanSolution, fewest: int) -> ReplanSolution:
    """Return a plan, or none, with another proven limit on its moves."""
    if found.assignment is None:
        return replace(found, fewest=fewest)
    stages = (replace(found.stages[0], proven=found.moves <= fewest), *found.stages[1:])
    return replace(found, fewest=min(fewest, found.moves), stages=stages)

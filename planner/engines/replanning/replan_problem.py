"""How things were before a replan, what is asked of it, and what comes out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from planner.engines.replanning.candidate_kernels import OldGroups
from planner.engines.replanning.objectives import STAGES
from planner.engines.replanning.role_kernels import Turns
from planner.model.instance import (
    NO_HOME,
    Instance,
    IntArray,
)


@dataclass(frozen=True)
class ReplanProblem:
    """How things were, and what is asked of how they become.

    Attributes
    ----------
    home : ndarray of int64, shape (students,)
        Old group of each continuing student; `NO_HOME` for newcomers.
    weeks : dict
        Weeks that two continuing students (smaller position first) were in one
        group; pairs of one group that are missing, or have none, count as one week.
    moved : frozenset of int
        Who moved before in this term.
    locked : frozenset of int
        Who stays where they are, whatever it costs.
    closed : frozenset of int
        Groups that nobody leaves or joins.
    dissolved : frozenset of int
        Groups that everybody leaves.
    topped_up : frozenset of int
        Groups that nobody leaves and somebody joins.
    merged : dict
        Group -> the group that all of its members join; nobody leaves that one.
    used : int or None
        How many groups have members in the end; None: as many as it takes.
    left_out : frozenset of str
        Stages that do not count, of `SWITCHES`.
    turns : Turns or None
        Roles in the rounds to come; None: there are none to keep.
    """

    home: IntArray
    weeks: Mapping[tuple[int, int], int] = field(default_factory=dict)
    moved: frozenset[int] = frozenset()
    locked: frozenset[int] = frozenset()
    closed: frozenset[int] = frozenset()
    dissolved: frozenset[int] = frozenset()
    topped_up: frozenset[int] = frozenset()
    merged: Mapping[int, int] = field(default_factory=dict)
    used: int | None = None
    left_out: frozenset[str] = frozenset()
    turns: Turns | None = None

    @property
    def stages(self) -> tuple[str, ...]:
        """Objectives that count, in their order."""
        without = self.left_out | ({"role-changes"} if self.turns is None else set())
        return tuple(name for name in STAGES if name not in without)

    @cached_property
    def together(self) -> NDArray[np.int16]:
        """`weeks` as a table, int16, shape (students, students): -1 for those who were never in one group."""
        table = np.full((len(self.home), len(self.home)), -1, np.int16)
        pairs = np.asarray(list(self.weeks), np.int64).reshape(-1, 2)
        table[pairs[:, 0], pairs[:, 1]] = table[pairs[:, 1], pairs[:, 0]] = list(self.weeks.values())
        return table


def knows(before: ReplanProblem, a: int, b: int) -> bool:
    """Return whether two students were in one group before, now or earlier.

    Parameters
    ----------
    before : ReplanProblem
    a, b : int
        Positions.

    Returns
    -------
    bool
    """
    same = before.home[a] == before.home[b] != NO_HOME
    return bool(same) or (min(a, b), max(a, b)) in before.weeks


@dataclass(frozen=True)
class LexicographicObjective:
    """One objective kept as small as can be, after everything before it.

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
        In their order.
    impossible : bool
        Proven: no plan holds.
    fewest : int
        Proven lower bound on the moves.
    """

    assignment: IntArray | None
    stages: tuple[LexicographicObjective, ...] = ()
    impossible: bool = False
    fewest: int = 0

    @property
    def moves(self) -> int:
        """How many students move."""
        return next(stage.value for stage in self.stages if stage.name == "moves")


def old_groups(instance: Instance, before: ReplanProblem, spare: int) -> OldGroups:
    """Return the groups as they were, and what is asked of them, as arrays.

    Parameters
    ----------
    instance : Instance
    before : ReplanProblem
    spare : int
        How many new groups there may be.

    Returns
    -------
    OldGroups
    """
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
    return OldGroups(members, filled.astype(np.int64), home, stays, only, shut, joined, empty)

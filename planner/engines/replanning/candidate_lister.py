"""The pricing problem of a replan: lists the groups of small reduced cost at given duals."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from planner.engines.common.lowering import Model
from planner.engines.replanning.candidate_kernels import (
    FloatArray,
    FoundGroups,
    GroupRequest,
    OldGroups,
    enumerate_groups,
)

ROOM = 400_000  # groups that one enumeration can list
CAP = 200_000  # branches per group before it is given up on, where a proof hangs on it


@dataclass
class CandidateLister:
    """Solves the pricing problem: lists groups at given duals, into buffers that are used again.

    Attributes
    ----------
    model : Model
    old : OldGroups
    continuing : ndarray of float64, shape (n,)
        1.0 for those who had a group.
    found : FoundGroups
        What `list` found last.
    """

    model: Model
    old: OldGroups
    continuing: FloatArray
    found: FoundGroups = field(init=False)

    def __post_init__(self) -> None:
        self.found = FoundGroups(
            np.empty((ROOM, self.model.largest), np.int64),  # only touched where groups are written
            np.empty(ROOM, np.int64),
            np.empty(ROOM, np.float64),
            np.zeros(len(self.old.filled), np.float64),
            np.zeros(1, np.int64),
        )

    def list(
        self,
        dual: FloatArray,
        entry: float,
        ceiling: FloatArray,
        *,
        looked_at: NDArray[np.bool_],
        joiners: NDArray[np.bool_],
        most: int = 1 << 60,
        cap: int = CAP,
        enough: int = ROOM,
    ) -> tuple[int, int]:
        """List the groups whose reduced cost is at most their ceiling into `found`.

        Parameters
        ----------
        dual : ndarray of float64, shape (n,)
        entry : float
        ceiling : ndarray of float64, shape (G + 1,)
        looked_at : ndarray of bool, shape (G + 1,)
            Old groups to look at.
        joiners : ndarray of bool, shape (n,)
            Students who may join a group.
        most, cap, enough : int
            As in `GroupRequest`.

        Returns
        -------
        total : int
            How many were found, hardly more than `enough`.
        given_up : int
            How many old groups were given up on.
        """
        gain = dual - self.continuing
        order = np.argsort(-gain, kind="stable")
        order = order[joiners[order]].astype(np.int64)
        asked = GroupRequest(order, gain, dual, float(entry), looked_at, ceiling, most, cap, enough)
        given_up = enumerate_groups(self.model, self.old, asked, self.found)
        return int(self.found.total[0]), int(given_up)

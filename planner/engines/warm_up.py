"""Compiles every kernel that a first plan needs, so that a coordinator never waits for it."""

from __future__ import annotations

import numpy as np

from planner.engines.common.watch import Watch
from planner.engines.local_search.search import search
from planner.engines.set_partitioning.subset_costs import SCALE
from planner.engines.set_partitioning.whole_groups import GroupDuals, whole_groups
from planner.model.instance import Instance


def warm_up() -> None:
    """Compile the annealing kernels and the group enumeration, each by a call on a tiny instance."""
    search(Instance(4, 2, 1, 3), seed=0, proposals=2_000, watch=Watch())
    groups = whole_groups(Instance(4, 2, 2, 2))
    prices = GroupDuals(np.zeros(4, np.int64))
    groups.enumerate(2, prices, SCALE, 100, room=6)
    few = groups.within(prices, SCALE, 100, room=6)
    if few is not None:
        few.enumerate(2, prices, SCALE, 100, per_student=True)
    groups.price([0, 1])

"""Independent annealing runs side by side, one a core: the best of several long searches.

Where no bound comes near, one long slow run gains more than anything that follows a short one, and the best
of two gains again (docs/decisions/0048). Which run is the best does not hang on which is first to end: one
core gives the same plan as two, later.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from planner.engines.common.watch import Watch
from planner.engines.local_search.search import SearchResult, search
from planner.model.instance import Instance, IntArray

# As a part of the first temperature. At 0.04, where a short run ends, a long one has been frozen for long:
# its plans cost 2 % more, over six classes (docs/decisions/0048).
LAST_TEMPERATURE = 0.1


def search_side_by_side(
    instance: Instance,
    *,
    seeds: Sequence[int],
    proposals: int,
    watch: Watch,
    start: IntArray | None = None,
    share: tuple[float, float] = (0.0, 1.0),
    enough: int = 0,
) -> SearchResult:
    """Anneal once for each seed, all at the same time, and return the best.

    Parameters
    ----------
    instance : Instance
    seeds : sequence of int
        One for each run.
    proposals : int
        Budget of each run.
    watch : Watch
        Progress is that of the first run; a stop ends all.
    start : ndarray of int64, shape (students,), optional
        Where each run starts from; otherwise each from a random deal of its own.
    share : tuple of float
        Which part of the whole run this is, for progress.
    enough : int
        A cost of this much ends a run: none is lower.

    Returns
    -------
    SearchResult
        Of the earliest seed, where several are equally good.
    """
    given_up = threading.Event()

    def run(seed: int, seen: Watch) -> SearchResult:
        return search(
            instance,
            seed=seed,
            proposals=proposals,
            watch=seen,
            start=start,
            share=share,
            enough=enough,
            cooled=LAST_TEMPERATURE,
        )

    def beside() -> Watch:
        return Watch(wanted_stop=lambda: given_up.is_set() or watch.stop())

    with ThreadPoolExecutor(max(1, len(seeds) - 1)) as others:
        running = [others.submit(run, seed, beside()) for seed in seeds[1:]]
        try:
            first = run(seeds[0], watch)
            if not first.violation and first.cost <= enough:
                return first
            found = [first, *(one.result() for one in running)]
        finally:
            given_up.set()
    return min(found, key=lambda one: (one.violation, one.cost))

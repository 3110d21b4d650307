"""Delta debugging: what can be left out of a proof while it still stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence


def delta_debug(
    items: Sequence[int], stands: Callable[[Sequence[int]], bool], least: int = 0
) -> tuple[int, ...]:
    """Delta debugging (Zeller & Hildebrandt 2002): drop chunks of items while what is left still stands.

    Chunks are halved down to single items; the result is minimal where `stands` is monotone: what
    stands for some items stands for more.

    Parameters
    ----------
    items : sequence of int
    stands : callable
        Whether some of the items will do.
    least : int
        Items that are left at least.

    Returns
    -------
    tuple of int
        In the order of `items`.
    """
    left = tuple(items)
    stretch = max(1, len(left) // 2)
    while len(left) > least:
        place = 0
        while place < len(left):
            rest = left[:place] + left[place + stretch :]
            if len(rest) >= least and stands(rest):
                left = rest
            else:
                place += stretch
        if stretch == 1:
            break
        stretch //= 2
    return left

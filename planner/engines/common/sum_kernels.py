"""Compiled units of a sum: how far the weights of a group are from the range that a rule asks for."""

from __future__ import annotations

from planner.engines.common.compiled import inlined


@inlined
def alone_units(model, f, total, size):  # type: ignore[no-untyped-def]
    """Return how many others `total` people are short of, all together, in a group of `size`."""
    need = max(model.company[f], (model.by_size[f, 0] * size + model.by_size[f, 1]) // model.by_size[f, 2])
    return total * (need + 1 - total) if 0 < total <= need else 0


@inlined
def sum_units(model, f, total, size):  # type: ignore[no-untyped-def]
    """Return the units of sum `f` in a group of `size` whose weights add up to `total`."""
    if size < model.from_size[f]:
        return 0
    if model.company[f] > 0:
        return alone_units(model, f, total, size)
    if total < model.low[f]:
        return (model.low[f] - total + model.step[f] - 1) // model.step[f]
    if total > model.high[f]:
        return (total - model.high[f] + model.step[f] - 1) // model.step[f]
    return 0

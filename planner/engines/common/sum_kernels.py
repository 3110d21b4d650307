"""Compiled units of a sum: how far the weights of a group are from the range that a rule asks for."""

from __future__ import annotations

from planner.engines.common.compiled import inlined


@inlined
def alone_units(model, f, total, size):  # type: ignore[no-untyped-def]
    """Return how many others `total` people are short of, all together, in a group of `size`."""
    if total == 0:
        return 0
    need = model.company[f]
    if model.by_size[f, 0] != 0 or model.by_size[f, 1] != 0:
        need = max(need, (model.by_size[f, 0] * size + model.by_size[f, 1]) // model.by_size[f, 2])
    return total * (need + 1 - total) if 0 < total <= need else 0


@inlined
def sum_units(model, f, total, size):  # type: ignore[no-untyped-def]
    """Return the units of sum `f` in a group of `size` whose weights add up to `total`."""
    if size < model.from_size[f]:
        return 0
    if model.company[f] > 0:
        return alone_units(model, f, total, size)
    beyond = max(model.low[f] - total, total - model.high[f])
    if beyond <= 0:
        return 0
    step = model.step[f]
    return beyond if step == 1 else 1 if beyond <= step else (beyond + step - 1) // step

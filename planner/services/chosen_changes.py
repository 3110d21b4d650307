"""What was chosen for a replan beside the fewest moves, each as a change that waits."""

from __future__ import annotations

from collections.abc import Mapping

from planner.model.replan_options import ReplanOptions
from planner.model.text import Message, message, plural_message
from planner.services.pending import PendingChange

# What was chosen beside the fewest moves


def chosen_changes(
    asked: ReplanOptions, locked: ReplanOptions, names: Mapping[str, str]
) -> tuple[PendingChange, ...]:
    """Return what was chosen for a replan and is not so by itself.

    Parameters
    ----------
    asked : ReplanOptions
        With students by the ids that `names` has.
    locked : ReplanOptions
        Groups and students that were locked by hand in the plan: they stay unless somebody says otherwise.
    names : mapping
        Names of students by id.

    Returns
    -------
    tuple of PendingChange
    """
    lines = [
        _chosen("dissolved", message("{group} is dissolved", group=one), one)
        for one in sorted(asked.dissolved)
    ]
    lines += [
        _chosen("merged", message("{group} joins {other}", group=pair[0], other=pair[1]), pair)
        for pair in asked.merged
    ]
    lines += [
        _chosen("topped_up", message("{group} is topped up", group=one), one)
        for one in sorted(asked.topped_up)
    ]
    lines += _stay(asked.closed, locked.closed, "closed", {})
    lines += _stay(asked.locked, locked.locked, "locked", names)
    if asked.extra_moves:
        text = plural_message(
            "One extra move at most, for better groups",
            "{n} extra moves at most, for better groups",
            asked.extra_moves,
        )
        lines.append(_chosen("extra_moves", text, asked.extra_moves))
    return tuple(lines)


def _stay(
    asked: frozenset[str], locked: frozenset[str], part: str, names: Mapping[str, str]
) -> list[PendingChange]:
    found = []
    for one in sorted(asked ^ locked, key=lambda one: (one in locked, one)):
        name = names.get(one, one)
        text = message("{name}: no longer locked", name=name)
        if one in asked:
            text = (
                message("{name} stays in the same group", name=name)
                if part == "locked"
                else message("{group} stays as it is", group=name)
            )
        found.append(_chosen(part, text, one))
    return found


def _chosen(part: str, text: Message, chosen: str | tuple[str, str] | int) -> PendingChange:
    return PendingChange("choices", text, part=part, chosen=chosen)

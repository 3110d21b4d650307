"""The wording of what a replan keeps small, one thing after another, and of how that is proven."""

from __future__ import annotations

from collections.abc import Mapping

from planner.model.reports import Outcome, StageReport
from planner.model.text import Message, message, plural_message

NONE_OF: Mapping[str, Message] = {
    "moves": message("Nobody moves"),
    "new-groups": message("No new group is needed"),
    "second-moves": message("Nobody moves for the second time this term"),
    "newcomers-alone": message("No new student is the only new one in a group"),
    "groups-lose": message("Nobody moves out of a group"),
    "pairs": message("No existing pair is split up"),
    "strangers": message("Everyone who moves knows someone"),
    "role-changes": message("No role turn has to change among the students who stay"),
    "groups-receive": message("Nobody joins a group"),
    "cost": message("All rules are fully met"),
}


def reached(stage: StageReport) -> Message:
    """Return what a rerun came to in one of the things that it keeps small, in plain words."""
    if stage.value == 0 and stage.name in NONE_OF:
        return NONE_OF[stage.name]
    return _counted(stage.name, stage.value)


def in_return(first: Outcome, other: Outcome) -> tuple[Message, ...]:
    """Return what another plan with as few moves and a lower cost is worse in: all that counts for more.

    Parameters
    ----------
    first : Outcome
        Of two reruns from the same groups.
    other : Outcome
        Of two reruns from the same groups.

    Returns
    -------
    tuple of Message
    """
    if other.cost >= first.cost or (other.moves or 0) > (first.moves or 0):
        return ()
    values = {stage.name: stage.value for stage in first.stages}
    worse = [stage for stage in other.stages if stage.value > values.get(stage.name, stage.value)]
    return tuple(message("{what}, in return", what=reached(stage)) for stage in worse)


def _counted(name: str, value: int) -> Message:
    counted = {
        "moves": plural_message("One student moves", "{n} students move", value),
        "new-groups": plural_message("One new group", "{n} new groups", value),
        "second-moves": plural_message(
            "One student moves for the second time this term",
            "{n} students move for the second time this term",
            value,
        ),
        "newcomers-alone": plural_message(
            "One new student is the only new one in a group",
            "{n} new students are each the only new one in a group",
            value,
        ),
        "groups-lose": plural_message(
            "Someone moves out of one group", "Someone moves out of {n} groups", value
        ),
        "pairs": plural_message(
            "The pairs who are split up had one week together in total",
            "The pairs who are split up had {n} weeks together in total",
            value,
        ),
        "strangers": plural_message(
            "One student who moves knows nobody yet", "{n} students who move know nobody yet", value
        ),
        "role-changes": plural_message(
            "One role turn has to change among the students who stay",
            "{n} role turns have to change among the students who stay",
            value,
        ),
        "groups-receive": plural_message("Someone joins one group", "Someone joins {n} groups", value),
        "cost": message("Then the rules are met as well as possible"),
    }
    return counted.get(name, message("{name}: {value}", name=name, value=value))


def sure(stage: StageReport) -> Message:
    """Return whether a stage is proven."""
    if stage.name == "cost" and stage.value:
        if stage.proven:
            return message("proven: better is not possible")
        return message("no proof yet that better is not possible")
    if stage.proven:
        return message("proven: fewer is not possible")
    return message("no proof yet that fewer is not possible")

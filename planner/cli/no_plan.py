"""What the command line says where there is no plan: what is in the way, and the ways out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from planner.cli.speak import Speaker
from planner.cli.terminal import put
from planner.infeasibility.conflict import WAYS_OUT, Explanation
from planner.infeasibility.infeasible_replan import InfeasibleReplan
from planner.jobs.pool import JobLost
from planner.model.domain import Group, Roster
from planner.model.no_plan import NoPlan
from planner.model.text import Message, message


def find_out_why(
    error: NoPlan,
    look: Callable[[], Explanation | InfeasibleReplan],
    roster: Roster,
    speaker: Speaker,
    asked: Message | None = None,
) -> tuple[Group, ...]:
    """Find out why there is no plan, and only then say so: what is found may prove it, or be a plan.

    Parameters
    ----------
    error : NoPlan
    look : callable
        Runs the search for what is in the way in a process of its own.
    roster : Roster
    speaker : Speaker
    asked : Message, optional
        What was asked of groups and students.

    Returns
    -------
    tuple of Group
        Groups that hold every must rule, to begin from, where they turned up; nothing is amiss then.
    """
    try:
        found = look()
    except JobLost:
        speaker.no_plan(error, asked)  # true without it
        return ()
    if found.groups:
        speaker.say(found.headline())
        return found.groups
    speaker.no_plan(error, asked, found)
    _conflict(found, error, roster, speaker)
    _ways([way.message for way in found.ways], speaker)
    return ()


def _conflict(found: Explanation | InfeasibleReplan, error: NoPlan, roster: Roster, speaker: Speaker) -> None:
    if found.conflict is None and (error.problems or not error.proven):
        return  # what is in the way was said, or that nothing is proven
    speaker.error(found.headline(proven=error.proven))
    if found.conflict is None:
        return
    for rule in found.conflict.rules:
        _indented(rule, speaker)
    about = found.conflict.about(roster)
    if about is not None:
        speaker.error(about)


def _ways(ways: Sequence[Message], speaker: Speaker) -> None:
    if ways:
        speaker.error(WAYS_OUT)
        for number, way in enumerate(ways, start=1):
            _indented(message("{number}. {way}", number=number, way=way), speaker)


def _indented(message: Message, speaker: Speaker) -> None:
    put("    " + message.text(speaker.language), error=True)

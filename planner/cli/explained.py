"""What the command line says where there is no plan: what is in the way, and the ways out."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

from planner.cli.speak import Speaker
from planner.conflict import WAYS_OUT, Explanation
from planner.domain import Roster
from planner.formation import NoPlan
from planner.jobs import JobLost
from planner.standstill import Standstill
from planner.text import Message, say


def say_why(
    error: NoPlan,
    find_out: Callable[[], Explanation | Standstill],
    roster: Roster,
    speaker: Speaker,
    asked: Message | None = None,
) -> None:
    """Say that there is no plan, and find out why.

    Parameters
    ----------
    error : NoPlan
    find_out : callable
        Runs the search for what is in the way in a process of its own.
    roster : Roster
    speaker : Speaker
    asked : Message, optional
        What was asked of groups and students.
    """
    speaker.no_plan(error, asked)
    try:
        explanation = find_out()
    except JobLost:
        return  # what was said stands without it
    _conflict(explanation, roster, speaker)
    _ways([way.message for way in explanation.ways], speaker)


def _conflict(explanation: Explanation | Standstill, roster: Roster, speaker: Speaker) -> None:
    speaker.error(explanation.headline())
    if explanation.conflict is None:
        return
    for rule in explanation.conflict.rules:
        _indented(rule, speaker)
    about = explanation.conflict.about(roster)
    if about is not None:
        speaker.error(about)


def _ways(ways: Sequence[Message], speaker: Speaker) -> None:
    if ways:
        speaker.error(WAYS_OUT)
        for number, way in enumerate(ways, start=1):
            _indented(say("{number}. {way}", number=number, way=way), speaker)


def _indented(message: Message, speaker: Speaker) -> None:
    print("    " + message.text(speaker.language), file=sys.stderr)

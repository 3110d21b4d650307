"""What the command line says where there is no plan: what is in the way, and the ways out."""

from __future__ import annotations

from collections.abc import Sequence

from planner.cli.speak import Speaker
from planner.cli.terminal import put
from planner.infeasibility.conflict import WAYS_OUT
from planner.model.domain import Roster
from planner.model.text import Message, message
from planner.services.explain import Found, NoPlanFound


def say_no_plan(error: NoPlanFound, roster: Roster, speaker: Speaker, asked: Message | None = None) -> None:
    """Say that there is no plan, what is in the way, and what would help.

    Parameters
    ----------
    error : NoPlanFound
    roster : Roster
    speaker : Speaker
    asked : Message, optional
        What was asked of groups and students.
    """
    found = error.explanation
    speaker.no_plan(error, asked, found)
    if found is not None:
        _conflict(found, error, roster, speaker)
        _ways([way.message for way in found.ways], speaker)


def _conflict(found: Found, error: NoPlanFound, roster: Roster, speaker: Speaker) -> None:
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

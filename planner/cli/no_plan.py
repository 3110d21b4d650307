"""What the command line says where there is no plan: what is in the way, and the ways out."""

from __future__ import annotations

from planner.cli.speak import Speaker
from planner.cli.terminal import put
from planner.model.domain import Roster
from planner.model.text import Message
from planner.reporting.no_plan import in_the_way, ways_out
from planner.services.explain import NoPlanFound


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
        lines = (*in_the_way(found, error, roster), *ways_out([way.message for way in found.ways]))
        for indent, line in lines:
            put(indent + line.text(speaker.language), error=True)

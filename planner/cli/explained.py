"""What the command line says where there is no plan: what is in the way, and the ways out."""

from __future__ import annotations

import sys
from collections.abc import Callable

from planner.cli.speak import Speaker
from planner.conflict import WAYS_OUT, Explanation
from planner.domain import Roster
from planner.formation import NoPlan
from planner.jobs import JobLost
from planner.rules import Rules
from planner.tasks import conflict_task
from planner.text import Message, say

Run = Callable[..., Explanation]


def say_why(
    error: NoPlan, rules: Rules, roster: Roster, time_limit: float | None, speaker: Speaker, run: Run
) -> None:
    """Say that there is no plan, and find out why.

    Parameters
    ----------
    error : NoPlan
    rules : Rules
    roster : Roster
    time_limit : float or None
        Seconds that finding out may take.
    speaker : Speaker
    run : callable
        Runs a task in a process of its own, as `planner.cli.commands.run_task` does.
    """
    speaker.no_plan(error)
    try:
        explanation = run(speaker, conflict_task, rules, roster, time_limit, time_limit=time_limit)
    except JobLost:
        return  # what was said stands without it
    _conflict(explanation, roster, speaker)
    _ways(explanation, speaker)


def _conflict(explanation: Explanation, roster: Roster, speaker: Speaker) -> None:
    speaker.error(explanation.headline())
    if explanation.conflict is None:
        return
    for rule in explanation.conflict.rules:
        _indented(rule, speaker)
    about = explanation.conflict.about(roster)
    if about is not None:
        speaker.error(about)


def _ways(explanation: Explanation, speaker: Speaker) -> None:
    if explanation.ways:
        speaker.error(WAYS_OUT)
        for number, way in enumerate(explanation.ways, start=1):
            _indented(say("{number}. {way}", number=number, way=way.message), speaker)


def _indented(message: Message, speaker: Speaker) -> None:
    print("    " + message.text(speaker.language), file=sys.stderr)

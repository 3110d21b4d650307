"""What is asked of groups and students in a rerun, refused where it cannot be meant."""

from __future__ import annotations

from collections.abc import Sequence

from planner.model.domain import Roster
from planner.model.problems import InputError, Level, Problem
from planner.model.replan_options import ReplanOptions
from planner.model.text import message, plural_message
from planner.model.wording import did_you_mean
from planner.plans.previous import Previous
from planner.replanning.choices import asked_twice


def require_once(asked: ReplanOptions) -> None:
    """Refuse two things asked of a group that cannot both be.

    Raises
    ------
    InputError
    """
    twice = asked_twice(asked)
    if twice:
        raise InputError(
            [
                Problem(
                    code="wishes-crossed",
                    level=Level.ERROR,
                    message=plural_message(
                        "You ask two things of {groups} that exclude each other.",
                        "You ask two things of each of {groups} that exclude each other.",
                        len(twice),
                        groups=twice,
                    ),
                    hint=message(
                        "Ask one thing of a group: keep it as it is, top it up, merge it or dissolve it."
                    ),
                )
            ]
        )


def require_known(
    groups: Sequence[str],
    students: Sequence[str],
    previous: Previous,
    roster: Roster,
) -> None:
    """Refuse a group or a student that does not exist.

    Parameters
    ----------
    groups, students : sequence of str
        Names of groups of the previous plan, and ids of students of the class list.
    previous : Previous
    roster : Roster

    Raises
    ------
    InputError
    """
    labels = [group.name for group in previous.groups]
    problems = [_unknown(name, labels) for name in dict.fromkeys(groups) if name not in labels]
    problems += [_unknown(one, list(roster.by_id)) for one in students if one not in roster.by_id]
    if problems:
        raise InputError(problems)


def _unknown(name: str, known: Sequence[str]) -> Problem:
    return Problem(
        code="unknown-wish-to-keep",
        level=Level.ERROR,
        message=message(
            "“{name}” is neither a group in the previous plan nor a student on the class list.", name=name
        ),
        hint=did_you_mean(name, known, message("Write the name as it is in groups.csv.")),
    )

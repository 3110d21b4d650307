"""What is told where a rerun has no plan: what is in the way, and ways out with their moves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from planner.infeasibility.conflict import MOST_WAYS, Explained
from planner.infeasibility.rule_relaxation import Answer
from planner.model.domain import Plan
from planner.model.replan_options import ReplanOptions
from planner.model.text import Message, message, plural_message
from planner.rules import Rules


@dataclass(frozen=True)
class Remedy:
    """One thing asked a little less strictly, with which there is a plan.

    Attributes
    ----------
    message : Message
        Something to do, and how many students move then.
    rules : Rules
    options : ReplanOptions
        Both with the change in them.
    moves : int or None
        None where groups are too large to tell soon.
    answers : tuple of Answer
        What would have to be otherwise in the class list; a matter of asking people.
    """

    message: Message
    rules: Rules
    options: ReplanOptions
    moves: int | None
    answers: tuple[Answer, ...] = ()


class InfeasibleReplan(Explained[Remedy]):
    """What is in the way of a rerun, options for groups and students included; the fewest moves first.

    A way out to groups that are too large to tell the moves soon was not worked out by a rerun.
    """


def remedy(
    sentence: Message, rules: Rules, options: ReplanOptions, plan: Plan, answers: tuple[Answer, ...] = ()
) -> Remedy:
    """Return a way out that came to a plan, with the moves of that plan.

    Parameters
    ----------
    sentence : Message
        What to change, as a coordinator would do it.
    rules : Rules
        After that change.
    options : ReplanOptions
        What is asked besides after that change.
    plan : Plan
        What was made with these.
    answers : tuple of Answer, default ()
        New answers in the class list, where those are what changes.

    Returns
    -------
    Remedy
    """
    moves = plan.outcome.moves or 0
    text = plural_message(
        "{way} Then one student moves.", "{way} Then {n} students move.", moves, way=sentence
    )
    if not moves:
        text = message("{way} Then nobody has to move.", way=sentence)
    return Remedy(text, rules, options, moves, answers)


def fewest_first(ways: Iterable[Remedy]) -> tuple[Remedy, ...]:
    """Return a few ways out, those that ask the fewest to move first."""
    return tuple(sorted(ways, key=lambda way: (way.moves is None, way.moves or 0))[:MOST_WAYS])

"""What is told where a rerun has no plan: what is in the way, and ways out with their moves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from planner.conflict import MOST_WAYS, InTheWay
from planner.domain import Plan
from planner.loosening import Answer
from planner.rules import Rules
from planner.text import Message, say, say_many
from planner.wishes import Wishes


@dataclass(frozen=True)
class WayOut:
    """One thing asked a little less strictly, with which there is a plan.

    Attributes
    ----------
    message : Message
        Something to do, and how many students move then.
    rules : Rules
    wishes : Wishes
        Both with the change in them.
    moves : int or None
        None where groups are too large to tell soon.
    answers : tuple of Answer
        What would have to be otherwise in the class list; a matter of asking people.
    """

    message: Message
    rules: Rules
    wishes: Wishes
    moves: int | None
    answers: tuple[Answer, ...] = ()


class Standstill(InTheWay[WayOut]):
    """What is in the way of a rerun, wishes for groups and students included; the fewest moves first.

    A way out to groups that are too large to tell the moves soon was not worked out by a rerun.
    """


def way_out(
    message: Message, rules: Rules, wishes: Wishes, plan: Plan, answers: tuple[Answer, ...] = ()
) -> WayOut:
    """Return a way out that came to a plan, told with its moves."""
    moves = plan.outcome.moves or 0
    told = say_many("{way} Then one student moves.", "{way} Then {n} students move.", moves, way=message)
    if not moves:
        told = say("{way} Then nobody has to move.", way=message)
    return WayOut(told, rules, wishes, moves, answers)


def fewest_first(ways: Iterable[WayOut]) -> tuple[WayOut, ...]:
    """Return a few ways out, those that ask the fewest to move first."""
    return tuple(sorted(ways, key=lambda way: (way.moves is None, way.moves or 0))[:MOST_WAYS])

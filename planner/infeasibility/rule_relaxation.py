"""One thing that is asked a little less strictly, and cells that would have to read otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from planner.model.domain import Roster
from planner.model.text import Message
from planner.rules import Rules


@dataclass(frozen=True)
class Answer:
    """A cell of the class list, as it would have to read."""

    student: str
    column: str
    text: str


def with_answers(roster: Roster, answers: Sequence[Answer]) -> Roster:
    """Return the class list with other answers in it.

    Parameters
    ----------
    roster : Roster
    answers : sequence of Answer
        What would be otherwise.

    Returns
    -------
    Roster
    """
    if not answers:
        return roster
    other: dict[str, dict[str, str]] = {one.student: {} for one in answers}
    for one in answers:
        other[one.student][one.column] = one.text
    students = tuple(
        s.model_copy(update={"answers": {**s.answers, **other[s.id]}}) if s.id in other else s
        for s in roster.students
    )
    return Roster(students=students, columns=roster.columns)  # a copy would keep what was looked up


@dataclass(frozen=True)
class RuleRelaxation:
    """One thing that is asked a little less strictly.

    Attributes
    ----------
    rules : Rules
        With the change in it.
    message : Message
        The change, as something to do.
    weight : int
        How much is given up; the least comes first.
    answers : tuple of Answer
        What would have to be otherwise in the class list; a matter of asking people.
    done : Message or None
        The change once it was made; None where `message` says that as well.
    """

    rules: Rules
    message: Message
    weight: int
    answers: tuple[Answer, ...] = ()
    done: Message | None = None

    def covers(self, other: RuleRelaxation) -> bool:
        """Whether this loosens what another one loosens, and more: wider sizes that take in the others."""
        mine, others = self.rules.groups, other.rules.groups
        wider = mine.size[0] <= others.size[0] and others.size[1] <= mine.size[1]
        alike = self.rules.model_copy(update={"groups": others}) == other.rules
        return wider and alike and mine.size != others.size and not self.answers and not other.answers

    def roster(self, roster: Roster) -> Roster:
        """Return the class list with the other answers in it."""
        return with_answers(roster, self.answers)


Relaxations: TypeAlias = Sequence[RuleRelaxation]  # ever looser: the first that helps is enough

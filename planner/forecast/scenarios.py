"""What a forecast is asked, and what it finds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import Field

from planner.forecast.intervals import FEWEST
from planner.model.base import Frozen
from planner.model.domain import Roster, Student
from planner.model.problems import InputError, Level, Problem
from planner.model.text import Message, message, plural_message
from planner.model.wording import did_you_mean
from planner.replanning.previous_assignment import PreviousAssignment
from planner.rules import Rules
from planner.rules.column_values import has, values_of

SIZES = (3, 4, 5, 6)
TERMS = 100
MOST_TERMS = 5_000


class Dropout(Frozen):
    """How likely students are to leave in the weeks to come.

    Attributes
    ----------
    rate : float
        For everyone, unless their answer has a rate of its own.
    column : str or None
        Column that the coordinator chose; `rates` are by its answers.
    rates : dict
    """

    rate: float = Field(default=0.1, ge=0, le=1)
    column: str | None = None
    rates: dict[str, float] = Field(default_factory=dict)

    def of(self, student: Student) -> float:
        """Return the rate of a student."""
        answer = student.answer(self.column) if self.column is not None else ""
        return next((rate for value, rate in self.rates.items() if has(answer, value)), self.rate)

    def require(self, roster: Roster) -> None:
        """Refuse a column or an answer that the class list does not have, and one of both without the other.

        Raises
        ------
        InputError
        """
        if self.column is None and self.rates:
            raise InputError([_no_column()])
        if self.column is None:
            return
        if self.column not in roster.headings:
            raise InputError([_unknown(self.column, roster.headings)])
        if not self.rates:
            raise InputError([_no_rates(self.column)])
        known = values_of(roster, self.column)
        strange = [value for value in self.rates if not any(has(one, value) for one in known)]
        if strange:
            raise InputError([_unknown(value, known) for value in strange])


def _unknown(word: str, known: Sequence[str]) -> Problem:
    return Problem(
        code="dropout-unknown",
        level=Level.ERROR,
        message=message("The dropout rate is about “{word}”, which is not in the class list.", word=word),
        hint=did_you_mean(word, known, message("Choose one of these: {known}.", known=tuple(known))),
    )


def _no_column() -> Problem:
    return Problem(
        code="rates-need-column",
        level=Level.ERROR,
        message=message("There are dropout rates by answer, but no column with these answers is named."),
        hint=message("Name that column too."),
    )


def _no_rates(column: str) -> Problem:
    return Problem(
        code="column-needs-rates",
        level=Level.ERROR,
        message=message(
            "The dropout rate is about the column “{column}”, without a rate for any answer.", column=column
        ),
        hint=message("Give a rate for at least one of its answers."),
    )


class Option(Frozen):
    """A plan to compare: groups of a size, a number of groups, or, with neither, what the rules ask."""

    size: int | None = Field(default=None, ge=1)
    count: int | None = Field(default=None, ge=1)

    def rules(self, rules: Rules, students: int) -> Rules:
        """Return the rules with other group sizes.

        The smallest group that the coordinator allows stays allowed, and the largest has
        room for one more than the size asked for, so that groups can take somebody in.

        Parameters
        ----------
        rules : Rules
            As the coordinator has them.
        students : int
            In the class.

        Returns
        -------
        Rules
        """
        if self.size is None and self.count is None:
            return rules
        low, high = rules.groups.size
        if self.size is not None:
            least, most, prefer = self.size, self.size + 1, self.size
        else:
            count = self.count or 1
            least, most = max(1, students // count), -(-students // count) + 1
            prefer = max(1, round(students / count))
        changed = {
            "size": (min(low, least), max(high, most)),
            "prefer": prefer,
            "count": self.count,
        }
        return rules.model_copy(update={"groups": rules.groups.model_copy(update=changed)})

    def require(self, students: int) -> None:
        """Refuse what leaves one group, in which nobody can ever move.

        Parameters
        ----------
        students : int
            In the class.

        Raises
        ------
        InputError
        """
        if self.size is not None and self.size > largest_size(students):
            raise InputError([_too_large(self.size, students)])
        if self.count == 1:
            raise InputError([_one_group()])


AS_ASKED = Option()


def largest_size(students: int) -> int:
    """Return the largest group size of which a class has two groups."""
    return students // 2


def sizes_for(students: int) -> tuple[int, ...]:
    """Return the group sizes that are compared in a class of so many where nobody says which."""
    return tuple(size for size in SIZES if size <= largest_size(students))


def _too_large(size: int, students: int) -> Problem:
    return Problem(
        code="forecast-one-group",
        level=Level.ERROR,
        message=plural_message(
            "Groups of {size} cannot be compared in a class of one student: fewer than two groups.",
            "Groups of {size} cannot be compared in a class of {n} students: fewer than two groups.",
            students,
            size=size,
        ),
        hint=message("Choose group sizes of at most half the class."),
    )


def _one_group() -> Problem:
    return Problem(
        code="forecast-one-group",
        level=Level.ERROR,
        message=message("One group cannot be compared with others: nobody in it can ever move."),
        hint=message("Choose at least two groups."),
    )


class ForecastRequest(Frozen):
    """What to find out.

    Attributes
    ----------
    dropout : Dropout
    terms : int
        Simulated terms for each option.
    seed : int
        The same seed gives the same figures, however many workers there are.
    options : tuple of Option
        Compared with what the rules ask.
    """

    dropout: Dropout = Dropout()
    terms: int = Field(default=TERMS, ge=FEWEST, le=MOST_TERMS)
    seed: int = Field(default=0, ge=0)
    options: tuple[Option, ...] = tuple(Option(size=size) for size in SIZES)

    def require(self, roster: Roster) -> None:
        """Refuse what does not fit a class.

        Raises
        ------
        InputError
            Where the rates are about a column or an answer that it does not have, or an option
            leaves one group.
        """
        self.dropout.require(roster)
        for option in self.options:
            option.require(len(roster.students))


@dataclass(frozen=True)
class Scenario:
    """Where the simulated terms begin.

    Attributes
    ----------
    rules : Rules
    roster : Roster
    earlier : PreviousAssignment or None
        The plan there is; None: it is made first, as are those of the other options.
    """

    rules: Rules
    roster: Roster
    earlier: PreviousAssignment | None = None

    @property
    def weeks(self) -> range:
        """The weeks from which somebody can be gone."""
        first = 1 if self.earlier is None else self.earlier.since
        return range(first + 1, self.rules.term.weeks + 1)


class TermOutcome(Frozen):
    """What became of a plan in one simulated term.

    Attributes
    ----------
    term : int
        Terms with the same number have the same dropouts.
    left : int
        Students who left.
    moved : int
        Students who had to move, each counted once.
    touched : int
        Groups that somebody left or joined by a move.
    pairs, kept : int
        Pairs of one group at the start who are both there at the end; those still in one group.
    stuck : bool
        At some moment no plan was found that holds every `must` rule; everyone stayed.
    """

    term: int
    left: int
    moved: int = 0
    touched: int = 0
    pairs: int = 0
    kept: int = 0
    stuck: bool = False

    @property
    def share_kept(self) -> float:
        """Share of pairs that survive; all of them where there are none."""
        return self.kept / self.pairs if self.pairs else 1.0


class OptionResult(Frozen):
    """An option and what became of it.

    Attributes
    ----------
    option : Option
    allowed : (int, int)
        Group sizes that its rules allow.
    groups : int
        Number of groups; 0 where there is no plan.
    outcomes : tuple of TermOutcome
    reasons : tuple of Message
        Why there is no plan.
    proven : bool
        Whether none is possible.
    """

    option: Option
    allowed: tuple[int, int]
    groups: int = 0
    outcomes: tuple[TermOutcome, ...] = ()
    reasons: tuple[Message, ...] = ()
    proven: bool = False

"""What every rule is: words for the coordinator, costs for the engines, findings for the audit."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar

from pydantic import Field
from rapidfuzz import process

from planner.model.answers import meaning_of
from planner.model.domain import (
    Column,
    ColumnKind,
    Finding,
    Frozen,
    Group,
    Importance,
    Roster,
    RuleReport,
)
from planner.model.instance import AnyCost
from planner.model.problems import Level, Problem
from planner.model.text import Message, message, plural_message
from planner.model.values import normalize_text

PRICES: Mapping[Importance, int] = {Importance.MUST: 1, Importance.IMPORTANT: 5, Importance.NICE: 1}
STUDENT = 100  # the weight of one unit that is a student, a pair or a slot

IMPORTANCES: Mapping[Importance, Message] = {
    Importance.MUST: message("must"),
    Importance.IMPORTANT: message("important"),
    Importance.NICE: message("nice to have"),
}


class Shape(Frozen):
    """How many groups there are and how large they may be."""

    groups: int
    smallest: int
    largest: int


class Rule(Frozen, ABC):
    """Something the coordinator wants.

    A rule is written once, in one file, and speaks three languages: `compile`
    for the engines, `findings` for people, `check` for what is wrong or assumed
    in the class list. `findings` counts with its own arithmetic on names and
    answers, never with the compiled costs, so that one can check the other.
    """

    title: ClassVar[Message]
    help: ClassVar[Message]
    unit: ClassVar[int] = STUDENT
    importances: ClassVar[tuple[Importance, ...]] = tuple(Importance)  # that it can have

    kind: str
    importance: Importance = Field(default=Importance.IMPORTANT)

    @property
    def must(self) -> bool:
        """Whether no plan may break this rule."""
        return self.importance is Importance.MUST

    @property
    def price(self) -> int:
        """Return what one unit costs."""
        return PRICES[self.importance] * self.unit

    @abstractmethod
    def label(self) -> Message:
        """Return the rule as the coordinator would name it."""

    def headings(self) -> tuple[str, ...]:
        """Return the headings this rule reads."""
        return ()

    def check(self, roster: Roster) -> list[Problem]:
        """Return what is wrong with this rule for a class list, and what it assumes.

        Parameters
        ----------
        roster : Roster
            The class list, which need not have the columns that the rule reads.

        Returns
        -------
        list of Problem
            Errors for what no plan could hold or what the class list does not have, with the nearest valid
            name; an assumption for every answer that is missing or read on a guess. Empty where all is well.
        """
        return []

    @abstractmethod
    def compile(self, roster: Roster, shape: Shape) -> list[AnyCost]:
        """Compile the rule to costs, the only form in which engines see it.

        Parameters
        ----------
        roster : Roster
            The class list; a student is known to engines by the position here.
        shape : Shape
            How many groups there will be, and how large.

        Returns
        -------
        list of AnyCost
            In total they count the same units, in every plan, as `findings` does. They are priced at `price`
            and `must` where the rule is; the position of the rule is filled in by `build_instance`.
        """

    @abstractmethod
    def findings(self, roster: Roster, groups: Sequence[Group]) -> list[Finding]:
        """Audit finished groups on names and answers, without the compiled costs.

        Parameters
        ----------
        roster : Roster
            The class list.
        groups : sequence of Group
            All groups of a plan; nobody in them is unknown to the class list.

        Returns
        -------
        list of Finding
            What there is to say of each group that is not as the rule wants it, with the units that it is
            off by.
        """

    def natural(self, units: int, roster: Roster) -> Message:
        """Put a number of units into words: students, unless a rule counts something else.

        Parameters
        ----------
        units : int
            As `findings` counts them.
        roster : Roster
            The class list, where its spread gives a unit its size.

        Returns
        -------
        Message
            A quantity with its noun, to use inside a sentence.
        """
        return plural_message("1 student", "{n} students", units)

    def report(self, roster: Roster, groups: Sequence[Group]) -> RuleReport:
        """Report on finished groups: the findings, their units and what they cost.

        Parameters
        ----------
        roster : Roster
        groups : sequence of Group
            As for `findings`.

        Returns
        -------
        RuleReport
            Its cost is 0 for a `must` rule, else units times `price`.
        """
        findings = tuple(self.findings(roster, groups))
        units = sum(finding.units for finding in findings)
        return RuleReport(
            kind=self.kind,
            title=self.label(),
            importance=self.importance,
            cost=0 if self.must else units * self.price,
            units=units,
            findings=findings,
        )


class ColumnRule(Rule):
    """A rule about one column of the class list."""

    column: str = Field(min_length=1)

    def headings(self) -> tuple[str, ...]:
        """Return the one heading this rule reads."""
        return (self.column,)

    def check(self, roster: Roster) -> list[Problem]:
        """Check that the column exists and name who has no answer in it."""
        problems = check_headings(self, roster)
        return problems or self.check_answers(roster)

    def check_answers(self, roster: Roster) -> list[Problem]:
        """Say who has no answer in the column and what that means here."""
        missing = [s.id for s in roster.students if not s.answer(self.column).strip()]
        return [missing_answers(roster, missing, self.column, self.without_answer())] if missing else []

    def without_answer(self) -> Message:
        """Return what a missing answer means for this rule."""
        return message("The rule leaves them free.")


def check_headings(rule: Rule, roster: Roster) -> list[Problem]:
    """Return an error for each heading that a rule reads and the class list does not have.

    Parameters
    ----------
    rule : Rule
    roster : Roster

    Returns
    -------
    list of Problem
    """
    return [
        unknown_heading(rule, heading, roster.columns)
        for heading in rule.headings()
        if heading not in roster.headings
    ]


def unknown_heading(rule: Rule, heading: str, columns: Iterable[Column]) -> Problem:
    """Return the error for a column that is not in the class list, with the nearest one.

    Parameters
    ----------
    rule : Rule
    heading : str
        What was asked for.
    columns : iterable of Column
        What there is to choose from.

    Returns
    -------
    Problem
    """
    known = [column.heading for column in columns]
    near = nearest(heading, known)
    hint = (
        message("Did you mean “{near}”?", near=near)
        if near
        else message("Columns you can use: {known}.", known=known)
        if known
        else message("This class list has no columns that a rule can use.")
    )
    return Problem(
        code="unknown-column",
        level=Level.ERROR,
        message=message(
            "Rule “{rule}”: the class list has no column “{heading}”.", rule=rule.label(), heading=heading
        ),
        hint=hint,
        column=heading,
    )


def missing_answers(roster: Roster, missing: Sequence[str], heading: str, meaning: Message) -> Problem:
    """Return the line that lists who has no answer in a column, and what that means.

    Parameters
    ----------
    roster : Roster
    missing : sequence of str
        Ids.
    heading : str
    meaning : Message
        A sentence of its own: what the rule does with them.

    Returns
    -------
    Problem
    """
    return Problem(
        code="missing-answers",
        level=Level.ASSUMED,
        message=plural_message(
            "One student has no answer in “{heading}”: {names}. {meaning}",
            "{n} students have no answer in “{heading}”: {names}. {meaning}",
            len(missing),
            heading=heading,
            names=shortened(roster.names(missing)),
            meaning=meaning,
        ),
        column=heading,
    )


def shortened(names: Sequence[str], most: int = 8) -> tuple[str | Message, ...]:
    """Shorten a list of names to what fits on a line: the first ones, and how many more.

    Parameters
    ----------
    names : sequence of str
    most : int, default 8
        How many are named where not all are; one more than this is never left to "one more".

    Returns
    -------
    tuple of str or Message
        To fill a gap of a message.
    """
    if len(names) <= most + 1:
        return tuple(names)
    rest = len(names) - most
    return (*names[:most], plural_message("one more", "{n} more", rest))


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that looks most like another one, whatever its case and accents.

    Parameters
    ----------
    word : str
    known : iterable of str

    Returns
    -------
    str or None
        None where none comes close.
    """
    found = process.extractOne(word, list(known), processor=normalize_text, score_cutoff=60)
    return found[0] if found else None


def has(answer: str, value: str) -> bool:
    """Whether an answer is this value, whatever its case, accents and spaces; an empty answer is none.

    Parameters
    ----------
    answer : str
    value : str

    Returns
    -------
    bool
    """
    return bool(answer.strip()) and normalize_text(answer) == normalize_text(value)


def values_of(roster: Roster, heading: str) -> list[str]:
    """Return the different answers in a column, as first written, most frequent first.

    Parameters
    ----------
    roster : Roster
    heading : str

    Returns
    -------
    list of str
        Answers that differ in case, accents or spaces only are one.
    """
    written: dict[str, str] = {}
    counts: dict[str, int] = {}
    for student in roster.students:
        answer = student.answer(heading).strip()
        if answer:
            key = normalize_text(answer)
            written.setdefault(key, answer)
            counts[key] = counts.get(key, 0) + 1
    return [written[key] for key in sorted(counts, key=lambda key: (-counts[key], key))]


def as_answered(value: str, heading: str, roster: Roster) -> str:
    """Return a value as the class list has it: "yes" is "ja" where nobody has "yes" and some have "ja".

    Parameters
    ----------
    value : str
        As a rule names it.
    heading : str
    roster : Roster

    Returns
    -------
    str
        The value itself where it is there, or where more answers than one could be meant.
    """
    known = values_of(roster, heading)
    meaning = meaning_of(value, heading)
    if meaning is None or any(has(answer, value) for answer in known):
        return value
    same = [answer for answer in known if meaning_of(answer, heading) == meaning]
    return same[0] if len(same) == 1 else value


def in_other_words(rule: Rule, value: str, heading: str, roster: Roster) -> list[Problem]:
    """Say which answer counts where nobody has a value in these very words.

    Parameters
    ----------
    rule : Rule
    value : str
        As the rule names it.
    heading : str
    roster : Roster

    Returns
    -------
    list of Problem
        One at the most.
    """
    answered = as_answered(value, heading, roster)
    if answered == value:
        return []
    sentence = message(
        "Rule “{rule}”: nobody has “{value}” in “{heading}”; “{answered}” counts.",
        rule=rule.label(),
        value=value,
        heading=heading,
        answered=answered,
    )
    hint = message("Name the answer in the rule as the class list has it if that is not right.")
    return [Problem(code="in-other-words", level=Level.ASSUMED, message=sentence, hint=hint, column=heading)]


def unknown_value(rule: Rule, value: str, heading: str, roster: Roster) -> Problem:
    """Return the error for a value that nobody answered, with the nearest one.

    Parameters
    ----------
    rule : Rule
    value : str
        As the rule names it.
    heading : str
    roster : Roster

    Returns
    -------
    Problem
    """
    known = values_of(roster, heading)
    near = nearest(value, known)
    return Problem(
        code="unknown-value",
        level=Level.ERROR,
        message=message(
            "Rule “{rule}”: nobody has “{value}” in “{heading}”.",
            rule=rule.label(),
            value=value,
            heading=heading,
        ),
        hint=message("Did you mean “{near}”?", near=near)
        if near
        else message("Answers in this column: {known}.", known=shortened(known))
        if known
        else message("Nobody has an answer in this column; choose another one."),
        column=heading,
    )


def usable(columns: Iterable[Column], *kinds: ColumnKind) -> list[str]:
    """Return the headings of some kinds, for pages that offer a choice.

    Parameters
    ----------
    columns : iterable of Column
    *kinds : ColumnKind
        Those that are wanted.

    Returns
    -------
    list of str
        In the order of the class list.
    """
    return [column.heading for column in columns if column.kind in kinds]

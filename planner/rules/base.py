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
        """Return what is wrong with this rule for a class list, and what it assumes."""
        return []

    @abstractmethod
    def compile(self, roster: Roster, shape: Shape) -> list[AnyCost]:
        """Return the rule as costs; `rule` positions are filled in later."""

    @abstractmethod
    def findings(self, roster: Roster, groups: Sequence[Group]) -> list[Finding]:
        """Return what the rule finds in finished groups."""

    def counted(self, roster: Roster) -> int:
        """Return how many numbers are kept for each student and each group to count this rule."""
        return 1

    def natural(self, units: int, roster: Roster) -> Message:
        """Return a number of units as the coordinator would say it: students, unless said otherwise."""
        return plural_message("1 student", "{n} students", units)

    def report(self, roster: Roster, groups: Sequence[Group]) -> RuleReport:
        """Return the rule's account of finished groups."""
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
    """Return an error for each heading that the class list does not have."""
    return [
        unknown_heading(rule, heading, roster.columns)
        for heading in rule.headings()
        if heading not in roster.headings
    ]


def unknown_heading(rule: Rule, heading: str, columns: Iterable[Column]) -> Problem:
    """Return the error for a column that is not in the class list, with the nearest one."""
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
    """Return the line that lists who has no answer and what that means."""
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
    """Return a list of names that fits on a line: the first ones and how many more."""
    if len(names) <= most + 1:
        return tuple(names)
    rest = len(names) - most
    return (*names[:most], plural_message("one more", "{n} more", rest))


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that looks most like `word`, if any comes close."""
    found = process.extractOne(word, list(known), processor=normalize_text, score_cutoff=60)
    return found[0] if found else None


def has(answer: str, value: str) -> bool:
    """Whether an answer is this value, whatever its case, accents and spaces."""
    return bool(answer.strip()) and normalize_text(answer) == normalize_text(value)


def values_of(roster: Roster, heading: str) -> list[str]:
    """Return the different answers in a column, as first written, most frequent first."""
    written: dict[str, str] = {}
    counts: dict[str, int] = {}
    for student in roster.students:
        answer = student.answer(heading).strip()
        if answer:
            key = normalize_text(answer)
            written.setdefault(key, answer)
            counts[key] = counts.get(key, 0) + 1
    return [written[key] for key in sorted(counts, key=lambda key: (-counts[key], key))]


def holders_of(roster: Roster, heading: str) -> dict[str, list[int]]:
    """Return the places in the roster of who has each answer, by the answer as it counts in a comparison."""
    found: dict[str, list[int]] = {}
    for place, student in enumerate(roster.students):
        answer = student.answer(heading)
        if answer.strip():
            found.setdefault(normalize_text(answer), []).append(place)
    return found


def as_answered(value: str, heading: str, roster: Roster) -> str:
    """Return a value as the class list has it: "yes" is "ja" where nobody has "yes" and some have "ja"."""
    known = values_of(roster, heading)
    meaning = meaning_of(value, heading)
    if meaning is None or any(has(answer, value) for answer in known):
        return value
    same = [answer for answer in known if meaning_of(answer, heading) == meaning]
    return same[0] if len(same) == 1 else value


def in_other_words(rule: Rule, value: str, heading: str, roster: Roster) -> list[Problem]:
    """Say which answer counts where nobody has a value in these very words."""
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
    """Return the error for a value that nobody answered, with the nearest one."""
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
    """Return the headings of some kinds, for pages that offer a choice."""
    return [column.heading for column in columns if column.kind in kinds]

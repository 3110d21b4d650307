"""The answers in a column, as rules read them: which there are, and whether one is what is meant."""

from __future__ import annotations

from collections.abc import Iterable

from planner.model.answers import meaning_of
from planner.model.domain import Column, ColumnKind, Roster
from planner.model.problems import Level, Problem
from planner.model.text import Message, message
from planner.model.values import normalize_text, number
from planner.model.wording import did_you_mean, nearest, shortened
from planner.rules.base import Rule


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


def number_in(answer: str, column: Column | None) -> float | None:
    """Return the number that an answer is: on a scale its place, the lowest first.

    Parameters
    ----------
    answer : str
    column : Column or None
        That it is given in.

    Returns
    -------
    float or None
        None where it is no number, or not in the order of the scale.
    """
    if column is not None and column.kind is ColumnKind.SCALE:
        return column.levels.get(normalize_text(answer))
    return number(answer)


def holders_of(roster: Roster, heading: str) -> dict[str, list[int]]:
    """Return who has each answer, by the answer as it counts in a comparison.

    Parameters
    ----------
    roster : Roster
    heading : str

    Returns
    -------
    dict of str to list of int
        Places in the roster.
    """
    found: dict[str, list[int]] = {}
    for place, student in enumerate(roster.students):
        answer = student.answer(heading)
        if answer.strip():
            found.setdefault(normalize_text(answer), []).append(place)
    return found


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


def meant_by(answer: str, heading: str, others: Roster) -> str | None:
    """Return the answer of others that somebody new probably means: one that says the same, else the nearest.

    Parameters
    ----------
    answer : str
        That none of the others gave.
    heading : str
    others : Roster

    Returns
    -------
    str or None
        None where no answer says the same or looks like it.
    """
    same = as_answered(answer, heading, others)
    return same if same != answer else nearest(answer, values_of(others, heading))


def new_answer(answer: str, heading: str, others: Roster) -> Message | None:
    """Return that nobody else gave an answer, with the answers there are; None where somebody did.

    Parameters
    ----------
    answer : str
        May be empty.
    heading : str
    others : Roster

    Returns
    -------
    Message or None
    """
    known = values_of(others, heading)
    if not answer.strip() or not known or any(has(one, answer) for one in known):
        return None
    return message(
        "Nobody else has “{answer}” for {column}. Answers so far: {known}.",
        answer=answer.strip(),
        column=heading,
        known=shortened(known),
    )


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
    hint = message("If that is not right, name the answer in the rule as the class list has it.")
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
    otherwise = (
        message("Answers in this column: {known}.", known=shortened(known))
        if known
        else message("Nobody has an answer in this column; choose another one.")
    )
    return Problem(
        code="unknown-value",
        level=Level.ERROR,
        message=message(
            "Rule “{rule}”: nobody has “{value}” in “{heading}”.",
            rule=rule.label(),
            value=value,
            heading=heading,
        ),
        hint=did_you_mean(value, known, otherwise),
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

"""What is wrong in a rules file, said with its row and with the nearest name that there is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any

from pydantic import BaseModel, ValidationError

from planner.files import safe_toml as toml
from planner.model.problems import Level, Problem
from planner.model.term import TermSettings
from planner.model.text import Message, message
from planner.model.values import normalize_text
from planner.model.wording import did_you_mean
from planner.rules.class_settings import Classes
from planner.rules.file_rows import row_of, row_of_table
from planner.rules.file_values import misfit, short
from planner.rules.goals import GoalSettings
from planner.rules.group_settings import GroupSizes
from planner.rules.invisible import unseen_names, unseen_problem
from planner.rules.meeting_settings import Meetings, Room
from planner.rules.replan_settings import RerunSettings
from planner.rules.role_settings import RoleSettings
from planner.rules.settings import KINDS, MOST_RULES, Rules
from planner.rules.topic_settings import Need, Topic, Topics
from planner.rules.tutor_settings import Tutor

SECTIONS: Mapping[str, type[BaseModel]] = {
    "groups": GroupSizes,
    "roles": RoleSettings,
    "term": TermSettings,
    "goals": GoalSettings,
    "rerun": RerunSettings,
    "classes": Classes,
    "topics": Topics,
    "meetings": Meetings,
}
TABLES: Mapping[str, type[BaseModel]] = {"topic": Topic, "tutor": Tutor, "room": Room}  # one each: [[topic]]
# Why a file is no TOML.
FAULTS: Mapping[toml.Reason, tuple[Message, Message]] = {
    "encoding": (message("This rules file is not plain text."), message("Save it as UTF-8 text.")),
    "large": (
        message("This file is too large to be a rules file."),
        message("Choose a rules file, such as one that this app wrote."),
    ),
    "deep": (
        message("There are too many brackets within each other here."),
        message("Put texts between quotation marks and lists between [ and ]."),
    ),
    "parts": (
        message("This name has too many parts with dots between them."),
        message("Write [{section}] on a row, and its settings below.", section="groups"),
    ),
    "number": (message("This number is far too long."), message("Write a shorter number.")),
    "twice": (
        message("This name is here for the second time."),
        message("Keep one of them; every rule starts with [[rule]], in double brackets."),
    ),
    "syntax": (
        message("This row cannot be read."),
        message("Put texts between quotation marks and lists between [ and ]."),
    ),
}
MOST_TOLD = 20  # problems of one file


def not_toml(error: toml.NotToml, name: str) -> Problem:
    """Say why a file is no TOML.

    Parameters
    ----------
    error : NotToml
    name : str
        Of the rules file.

    Returns
    -------
    Problem
    """
    sentence, hint = FAULTS[error.reason]
    return Problem(
        code=f"rules-{error.reason}",
        level=Level.ERROR,
        message=sentence,
        hint=hint,
        file=name,
        row=error.row,
    )


def shape_problems(data: Mapping[str, Any], text: str, name: str) -> list[Problem]:
    """Find sections that are no tables, or else keys that no part of `Rules` knows and names nobody can see.

    Parameters
    ----------
    data : mapping
        What the file holds.
    text : str
        The file itself, for the rows.
    name : str
        Of the rules file.

    Returns
    -------
    list of Problem
    """
    return [*_misshapen(data, text, name)] or [
        *islice(_unknown_keys(data, text, name), MOST_TOLD),
        *islice(_unseen(data, text, name), MOST_TOLD),
    ]


def value_problems(error: ValidationError, text: str, name: str) -> list[Problem]:
    """Say of each value that does not fit what it has to be; the same sentence once.

    Parameters
    ----------
    error : ValidationError
        Of `Rules`.
    text : str
        The file itself, for the rows.
    name : str
        Of the rules file.

    Returns
    -------
    list of Problem
    """
    found = islice(_all_invalid(error, text, name), MOST_TOLD)
    return list({problem.text("en"): problem for problem in found}.values())


def _misshapen(data: Mapping[str, Any], text: str, name: str) -> Iterable[Problem]:
    """Find sections and rules that are no tables."""
    for section in SECTIONS:
        if not isinstance(data.get(section, {}), Mapping):
            sentence = message("“{section}” needs its own section.", section=section)
            hint = message("Write [{section}] on a row, and its settings below.", section=section)
            yield _shape_problem(sentence, hint, name, row_of(section, text))
    rules = data.get("rule", [])
    if not isinstance(rules, list) or not all(isinstance(rule, Mapping) for rule in rules):
        sentence = message("A rule needs its own section.")
        hint = message("Write [[rule]] on a row, in double brackets, and its settings below.")
        yield _shape_problem(sentence, hint, name, row_of("rule", text))
    elif len(rules) > MOST_RULES:
        sentence = message("There are {n} rules; the limit is {limit}.", n=len(rules), limit=MOST_RULES)
        hint = message("Remove the rules that you do not need.")
        yield _shape_problem(sentence, hint, name, row_of_table("rule", text, MOST_RULES))
    for table in TABLES:
        listed = data.get(table, [])
        if not isinstance(listed, list) or not all(isinstance(one, Mapping) for one in listed):
            sentence = message("“{section}” needs its own section.", section=table)
            hint = message("Write [[{section}]] on a row, and its settings below.", section=table)
            yield _shape_problem(sentence, hint, name, row_of(table, text))


def _shape_problem(message: Message, hint: Message, name: str, row: int | None) -> Problem:
    return Problem(code="rules-shape", level=Level.ERROR, message=message, hint=hint, file=name, row=row)


def _unseen(data: Mapping[str, Any], text: str, name: str) -> Iterable[Problem]:
    """Find names with signs that nobody can see or read."""
    for section, place, key, found in unseen_names(data):
        start = row_of_table(section, text, place) if section in TABLES else row_of(section, text) or 1
        row = row_of(key, text, start)
        yield unseen_problem(found).model_copy(update={"file": name, "row": row, "column": key})


def _unknown_keys(data: Mapping[str, Any], text: str, name: str) -> Iterable[Problem]:
    """Find every key that no part of `Rules` knows."""
    yield from _unknown(data, Rules.model_fields, text, name, message("the rules file"))
    for section, model in SECTIONS.items():
        where = message("[{section}]", section=section)
        row = row_of(section, text) or 1
        yield from _unknown(data.get(section, {}), model.model_fields, text, name, where, row)
    for place, rule in enumerate(data.get("rule", [])):
        kind = short(rule.get("kind", ""))
        row = row_of_table("rule", text, place)
        if kind not in KINDS:
            yield _unknown_kind(kind, name, row)
        else:
            where = message("a rule of kind “{kind}”", kind=kind)
            yield from _unknown(rule, KINDS[kind].model_fields, text, name, where, row)
    for table, model in TABLES.items():
        for place, one in enumerate(data.get(table, [])):
            where, row = message("[[{section}]]", section=table), row_of_table(table, text, place)
            yield from _unknown(one, model.model_fields, text, name, where, row)
            for need in _mappings(one.get("needs") if table == "topic" else None):
                at = row_of("needs", text, row) or row
                yield from _unknown(need, Need.model_fields, text, name, message("needs"), at)


def _mappings(value: Any) -> list[Mapping[str, Any]]:
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []


def _unknown(
    part: Mapping[str, Any],
    known: Iterable[str],
    text: str,
    name: str,
    where: Message,
    from_row: int = 1,
) -> Iterable[Problem]:
    known = list(known)
    for written in part:
        if written not in known:
            key = short(written)
            yield Problem(
                code="unknown-key",
                level=Level.ERROR,
                message=message("“{key}” is not a part of {where}.", key=key, where=where),
                hint=did_you_mean(key, known, message("Possible: {known}.", known=known)),
                file=name,
                row=row_of(written, text, from_row) or from_row,
            )


def _unknown_kind(kind: str, name: str, row: int) -> Problem:
    return Problem(
        code="unknown-kind",
        level=Level.ERROR,
        message=message("There is no rule of kind “{kind}”.", kind=kind)
        if kind
        else message("This rule does not say what kind it is."),
        hint=did_you_mean(kind, KINDS, message("Possible: {known}.", known=tuple(KINDS))),
        file=name,
        row=row,
    )


def _all_invalid(error: ValidationError, text: str, name: str) -> Iterable[Problem]:
    """Return a problem for each value that does not fit.

    A place is (section, key, …), ("rule", number, kind, key, …) or ("topic", number, key, …).
    """
    for detail in error.errors():
        section, *rest = detail["loc"]
        if section == "rule" or section in TABLES:
            at = int(rest[0]) if rest else _second_of_a_name(detail["input"])
            row: int | None = row_of_table(str(section), text, at)
            rest = rest[2:] if section == "rule" else rest[1:]
        else:
            row = row_of(str(section), text)
        key = str(rest[0]) if rest else "" if section in ("rule", *SECTIONS, *TABLES) else str(section)
        yield Problem(
            code=f"rules-{detail['type']}",
            level=Level.ERROR,
            message=misfit(detail, short(key)),
            hint=message(
                "Correct it in the rules file; the page “The rules file” of the documentation "
                "has an example of each rule."
            ),
            file=name,
            row=(row_of(key, text, row or 1) or row) if key else row,
            column=short(key) or None,
        )


def _second_of_a_name(listed: Any) -> int:
    """Return which of some tables has the name of an earlier one; 0 where none has."""
    names = [normalize_text(str(one.get("name"))) for one in _mappings(listed)]
    return next((place for place, name in enumerate(names) if name in names[:place]), 0)

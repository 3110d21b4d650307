"""What is wrong in a rules file, said with its row and with the nearest name that there is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any

from pydantic import BaseModel, ValidationError

from planner.files import safe_toml as toml
from planner.model.domain import LARGEST_GROUP
from planner.model.problems import Level, Problem
from planner.model.term import TermSettings
from planner.model.text import Message, message, plural_message
from planner.model.wording import did_you_mean
from planner.rules.file_rows import row_of, row_of_rule
from planner.rules.goals import GoalSettings
from planner.rules.group_settings import GroupSizes
from planner.rules.invisible import unseen_names, unseen_problem
from planner.rules.replan_settings import RerunSettings
from planner.rules.role_settings import RoleSettings
from planner.rules.setting_error import code_of
from planner.rules.settings import KINDS, MOST_RULES, Rules

SECTIONS: Mapping[str, type[BaseModel]] = {
    "groups": GroupSizes,
    "roles": RoleSettings,
    "term": TermSettings,
    "goals": GoalSettings,
    "rerun": RerunSettings,
}
# What a value has to be, by the type of pydantic's error.
WANTED: Mapping[str, Message] = {
    "string_type": message("a text between quotation marks"),
    "string_too_short": message("a text that is not empty"),
    "tuple_type": message("a list between [ and ]"),
    "int_type": message("a whole number"),
    "int_parsing": message("a whole number"),
    "int_from_float": message("a whole number"),
    "float_type": message("a number"),
    "float_parsing": message("a number"),
    "finite_number": message("a number"),
}
TEXTS: Mapping[str, Message] = {
    "within": message(
        "A required balance needs `within`: how far a group average may be from the class average."
    ),
    "limit": message("A limit needs `at_least`, `at_most` or both."),
    "limits-crossed": message("`at_least` is more than `at_most`."),
    "student-twice": message("A student is named twice."),
    "size-large": message("A group has at most {most} students.", most=LARGEST_GROUP),
    "pairs-many": message("These rules name far more pairs of students than a class has use for."),
    "size-order": message("The size is two whole numbers, the smaller one first, such as [3, 5]."),
    "names-number": message("The names of groups hold {{n}} once, where the number goes."),
    "prefer-outside": message("`prefer` is outside the allowed size."),
    "steady-must": message("This rule is a preference: `important` or `nice`, never `must`."),
    "role-twice": message("A role is named twice."),
    "role-names": message("There are at most eight roles, and none without a name."),
    "goal-twice": message("Every learning goal has a text, and each is there once."),
    "goals-many": message("There are at most twenty learning goals."),
    "goal-link": message("A student is linked to a learning goal that is not in the list `course`."),
}
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
LONGEST_TOLD = 60  # signs that are repeated of what stands in a file


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
        yield _shape_problem(sentence, hint, name, row_of_rule(text, MOST_RULES))


def _shape_problem(message: Message, hint: Message, name: str, row: int | None) -> Problem:
    return Problem(code="rules-shape", level=Level.ERROR, message=message, hint=hint, file=name, row=row)


def _unseen(data: Mapping[str, Any], text: str, name: str) -> Iterable[Problem]:
    """Find names with signs that nobody can see or read."""
    for section, key, found in unseen_names(data):
        row = row_of(key, text, row_of(section, text) or 1)
        yield unseen_problem(found).model_copy(update={"file": name, "row": row, "column": key})


def _unknown_keys(data: Mapping[str, Any], text: str, name: str) -> Iterable[Problem]:
    """Find every key that no part of `Rules` knows."""
    yield from _unknown(data, Rules.model_fields, text, name, message("the rules file"))
    for section, model in SECTIONS.items():
        where = message("[{section}]", section=section)
        row = row_of(section, text) or 1
        yield from _unknown(data.get(section, {}), model.model_fields, text, name, where, row)
    for place, rule in enumerate(data.get("rule", [])):
        kind = _short(rule.get("kind", ""))
        row = row_of_rule(text, place)
        if kind not in KINDS:
            yield _unknown_kind(kind, name, row)
        else:
            where = message("a rule of kind “{kind}”", kind=kind)
            yield from _unknown(rule, KINDS[kind].model_fields, text, name, where, row)


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
            key = _short(written)
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

    A place is (section, key, …) or ("rule", number, kind, key, …).
    """
    for detail in error.errors():
        section, *rest = detail["loc"]
        if section == "rule":
            row: int | None = row_of_rule(text, int(rest[0]) if rest else 0)
            rest = rest[2:]
        else:
            row = row_of(str(section), text)
        key = str(rest[0]) if rest else "" if section in ("rule", *SECTIONS) else str(section)
        yield Problem(
            code=f"rules-{detail['type']}",
            level=Level.ERROR,
            message=_misfit(detail, _short(key)),
            hint=message(
                "Correct it in the rules file; the page “The rules file” of the documentation "
                "has an example of each rule."
            ),
            file=name,
            row=(row_of(key, text, row or 1) or row) if key else row,
            column=_short(key) or None,
        )


def _misfit(detail: Any, key: str) -> Message:
    """Say what is wrong with a value."""
    reason = code_of(detail)
    if reason in TEXTS:
        return TEXTS[reason]
    if key == "size":
        return TEXTS["size-order"]
    if detail["type"] == "missing":
        return message("“{key}” is missing here.", key=key)
    wanted, value = _wanted(detail), detail.get("input")
    if wanted is None:
        return message("“{key}” cannot be {value}.", key=key, value=_short(value))
    if isinstance(value, str | int | float) and value != "":
        return message(
            "“{key}” is {wanted}; it cannot be {value}.", key=key, wanted=wanted, value=_short(value)
        )
    return message("“{key}” is {wanted}.", key=key, wanted=wanted)


def _short(value: object) -> str:
    """Return what stands in a file as it is told of."""
    said = str(value)
    return said if len(said) <= LONGEST_TOLD else f"{said[:LONGEST_TOLD]}…"


def _wanted(detail: Any) -> Message | None:
    """Return what a value has to be, where the error tells."""
    kind, limits = detail["type"], detail.get("ctx", {})
    if kind in ("enum", "literal_error"):
        return message("one of these: {known}", known=re.findall(r"'([^']*)'", limits["expected"]))
    if kind == "too_short":
        return plural_message("a list of at least one", "a list of at least {n}", limits["min_length"])
    if kind == "string_too_long":
        return message("a text of at most {most} characters", most=limits["max_length"])
    if kind == "too_long":
        return message("a list of at most {most}", most=limits["max_length"])
    if kind == "greater_than":
        return message("more than {least}", least=limits["gt"])
    if kind == "greater_than_equal":
        return message("{least} or more", least=limits["ge"])
    if kind == "less_than_equal":
        return message("{most} or less", most=limits["le"])
    return WANTED.get(kind)

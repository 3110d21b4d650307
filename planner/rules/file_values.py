"""What a value of a rules file has to be, and why one does not fit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from planner.model.base import LARGEST_GROUP
from planner.model.text import Message, message, plural_message
from planner.rules.setting_error import code_of

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
    **dict.fromkeys(
        ("date_type", "date_parsing", "date_from_datetime_parsing", "date_from_datetime_inexact"),
        message("a day such as {day}", day="2026-09-07"),
    ),
}
TEXTS: Mapping[str, Message] = {
    "within": message(
        "A required balance needs `within`: how far a group average may be from the class average."
    ),
    "limit": message("A limit needs `at_least`, `at_most` or both."),
    "limits-crossed": message("`at_least` is more than `at_most`."),
    "faces-half": message("`half_after` is for meeting new people; with `keep_one` one person is enough."),
    "student-twice": message("A student is named twice."),
    "size-large": message("A group has at most {most} students.", most=LARGEST_GROUP),
    "pairs-many": message("These rules name far more pairs of students than a class has use for."),
    "size-order": message("The size is two whole numbers, the smaller one first, such as [3, 5]."),
    "names-number": message("The names of groups need {{n}} once, where the number goes."),
    "prefer-outside": message("`prefer` is outside the allowed size."),
    "steady-must": message("This rule is a preference: `important` or `nice`, never `must`."),
    "role-twice": message("A role is named twice."),
    "role-names": message("There can be at most eight roles, each with a name."),
    "goal-twice": message("A learning goal needs a text, and can be listed only once."),
    "goals-many": message("There can be at most twenty learning goals."),
    "groups-order": message("`groups` is two whole numbers, the smaller one first, such as [0, 2]."),
    "groups-none": message(
        "With `groups` at most 0, no group can have this one: leave it out, or allow more."
    ),
    "topic-twice": message("A topic is here for the second time."),
    "tutor-twice": message("A tutor is here for the second time."),
    "room-twice": message("A room is here for the second time."),
    "topics-both": message("Topics are chosen in columns with `choices`, or get `scores`; not both."),
    "scores-topic": message("`scores` is a heading with {{topic}} once, where the name of each topic goes."),
    "goal-link": message("A student is linked to a learning goal that is not in the list `course`."),
}
LONGEST_TOLD = 60  # signs that are repeated of what stands in a file


def misfit(detail: Any, key: str) -> Message:
    """Say what is wrong with a value.

    Parameters
    ----------
    detail : dict
        One of the errors of pydantic's `ValidationError`.
    key : str
        Of the value.

    Returns
    -------
    Message
    """
    reason = code_of(detail)
    if reason in TEXTS:
        return TEXTS[reason]
    if key == "size":
        return TEXTS["size-order"]
    if key == "groups" and "groups" in detail["loc"] and detail["loc"][0] in ("topic", "tutor"):
        return TEXTS["groups-order"]
    if detail["type"] == "missing":
        return message("“{key}” is missing here.", key=key)
    wanted, value = _wanted(detail), detail.get("input")
    if wanted is None:
        return message("“{key}” cannot be {value}.", key=key, value=short(value))
    if isinstance(value, str | int | float) and value != "":
        return message(
            "“{key}” is {wanted}; it cannot be {value}.", key=key, wanted=wanted, value=short(value)
        )
    return message("“{key}” is {wanted}.", key=key, wanted=wanted)


def short(value: object) -> str:
    """Return what stands in a file as it is repeated, cut short where it is long."""
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

"""The rules file: TOML to `Rules` and back, refused with the nearest valid name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import tomlkit
from pydantic import ValidationError

from planner.files import safe_toml as toml
from planner.model.problems import InputError, Problem
from planner.model.text import (
    Language,
    Message,
)
from planner.rules.file_problems import SECTIONS, not_toml, shape_problems, value_problems
from planner.rules.file_rows import row_of, row_of_rule
from planner.rules.settings import Rules

# Section and key that a problem is about that shows only beside the others.
ABOUT: Mapping[str, tuple[str, str]] = {
    "refresh-outside-term": ("term", "refresh_after"),
    "term-zone": ("term", "time_zone"),
}


def read_rules(content: bytes, name: str = "rules.toml") -> Rules:
    """Read a rules file.

    Parameters
    ----------
    content : bytes
        TOML in UTF-8.
    name : str, default 'rules.toml'
        Of the file, for what is wrong in it.

    Returns
    -------
    Rules

    Raises
    ------
    InputError
        With file, row, and the nearest valid name for every key that is unknown.
    """
    try:
        data, text = toml.parse(content), toml.decoded(content)
    except toml.NotToml as error:
        raise InputError([not_toml(error, name)]) from error
    problems = shape_problems(data, text, name)
    if problems:
        raise InputError(problems)
    try:
        return Rules.model_validate(data)
    except ValidationError as error:
        raise InputError(value_problems(error, text, name)) from error


def placed(problems: Iterable[Problem], rules: Rules, content: bytes, name: str) -> tuple[Problem, ...]:
    """Return problems of rules that only a class list shows, each with the row that it is about.

    Parameters
    ----------
    problems : iterable of Problem
    rules : Rules
        As they were read.
    content : bytes
        Of the rules file.
    name : str
        Of the rules file.

    Returns
    -------
    tuple of Problem
    """
    text = content.decode("utf-8-sig", errors="replace")
    rows = {rule.label(): row_of_rule(text, place) for place, rule in enumerate(rules.rule)}
    return tuple(_placed(problem, rows, text, name) for problem in problems)


def _placed(problem: Problem, rows: Mapping[Message, int], text: str, name: str) -> Problem:
    rule = problem.message.values.get("rule")
    row = rows.get(rule) if isinstance(rule, Message) else None
    if problem.code in ABOUT:
        section, key = ABOUT[problem.code]
        start = row_of(section, text) or 1
        row = row_of(key, text, start) or start
    if row is None or problem.file is not None:
        return problem
    return problem.model_copy(update={"file": name, "row": row, "column": None})


def language_of(content: bytes) -> Language | None:
    """Return the language a rules file asks for, also where the rest of it cannot be read; None for none."""
    asked = re.search(rb"""^[ \t]*language[ \t]*=[ \t]*["'](nl|en)["']""", content, re.MULTILINE)
    return None if asked is None else "en" if asked.group(1) == b"en" else "nl"


def write_rules(rules: Rules) -> bytes:
    """Return a rules file that reads back as the same rules."""
    document = tomlkit.document()
    document["language"] = rules.language
    for section in SECTIONS:
        part = getattr(rules, section).model_dump(mode="json", exclude_none=True, exclude_defaults=True)
        if part:
            document[section] = part
    if rules.rule:
        tables = tomlkit.aot()
        for rule in rules.rule:
            dumped = rule.model_dump(mode="json", exclude_none=True)
            tables.append(tomlkit.item(dumped))
        document["rule"] = tables
    return tomlkit.dumps(document).encode()

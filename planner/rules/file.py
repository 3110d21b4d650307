"""The rules file: TOML to `Rules` and back, refused with the nearest valid name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import tomlkit
from pydantic import BaseModel, ValidationError
from tomlkit.items import AoT

from planner.files import safe_toml as toml
from planner.model.problems import InputError, Level, Problem
from planner.model.text import (
    Language,
    Message,
)
from planner.rules.file_problems import SECTIONS, TABLES, not_toml, shape_problems, value_problems
from planner.rules.file_rows import row_of, row_of_table
from planner.rules.settings import SECTIONS_BESIDE, Rules
from planner.rules.topic_need import TopicNeed

# Section and key that a problem is about that shows only beside the others.
ABOUT: Mapping[str, tuple[str, str]] = {
    "refresh-outside-term": ("term", "refresh_after"),
    "term-zone": ("term", "time_zone"),
    "refresh-beside-members": ("term", "refresh_after"),
    "no-topics": ("topics", "choices"),
    "meetings-moment": ("meetings", "moments"),
    "no-moments": ("meetings", "moments"),
}
# Section that a rule comes from which is no [[rule]] itself.
OF_SECTIONS: Mapping[str, str] = {
    "topic-choice": "topics",
    "topic-chosen": "topics",
    "meeting-time": "meetings",
    "similar": "classes",
}
# Key of a topic, a tutor or a room that a problem with it is about.
KEYS: Mapping[str, str] = {
    "topic-untutored": "name",
    "tutor-topic": "topics",
    "tutor-not-with": "not_with",
    "moments-alone": "moments",
    "no-such-time": "moments",
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
    rows: dict[Message | tuple[str, str], int] = {
        rule.label(): row_of_table("rule", text, place) for place, rule in enumerate(rules.rule)
    }
    for table in TABLES:
        for place, one in enumerate(getattr(rules, table)):
            rows[table, one.name] = row_of_table(table, text, place)
    for rule in rules.active():
        if isinstance(rule, TopicNeed):
            rows[rule.label()] = row_of("needs", text, rows["topic", rule.topic]) or rows["topic", rule.topic]
        elif rule.kind in OF_SECTIONS:
            rows.setdefault(rule.label(), row_of(OF_SECTIONS[rule.kind], text) or 1)
    return tuple(_placed(problem, rows, text, name) for problem in problems)


def _placed(problem: Problem, rows: Mapping[Message | tuple[str, str], int], text: str, name: str) -> Problem:
    rule = problem.message.values.get("rule")
    row = rows.get(rule) if isinstance(rule, Message) else None
    for table in TABLES if row is None and problem.level is Level.ERROR else ():
        called = _name_in(problem.message, table)
        start = None if called is None else rows.get((table, called))
        row = row if start is None else row_of(KEYS.get(problem.code, "name"), text, start) or start
    if problem.code in ABOUT:
        section, key = ABOUT[problem.code]
        start = row_of(section, text) or 1
        row = row_of(key, text, start) or start
    if row is None or problem.file is not None:
        return problem
    return problem.model_copy(update={"file": name, "row": row, "column": None})


def _name_in(sentence: Message, table: str) -> str | None:
    """Return the topic, tutor or room that a sentence, or one within it, is about."""
    found = sentence.values.get(table)
    if isinstance(found, str):
        return found
    within = (one for one in sentence.values.values() if isinstance(one, Message))
    return next((name for one in within if (name := _name_in(one, table)) is not None), None)


def language_of(content: bytes) -> Language | None:
    """Return the language a rules file asks for, also where the rest of it cannot be read; None for none."""
    asked = re.search(rb"""^[ \t]*language[ \t]*=[ \t]*["'](nl|en)["']""", content, re.MULTILINE)
    return None if asked is None else "en" if asked.group(1) == b"en" else "nl"


def write_rules(rules: Rules) -> bytes:
    """Return a rules file that reads back as the same rules."""
    document = tomlkit.document()
    document["language"] = rules.language
    for section in SECTIONS:
        asked = getattr(rules, section)
        part = {} if asked is None else _dumped(asked)
        if part or (asked is not None and section in SECTIONS_BESIDE):
            document[section] = part
    for table in TABLES:
        if getattr(rules, table):
            document[table] = _tables(map(_dumped, getattr(rules, table)))
    if rules.rule:
        document["rule"] = _tables(rule.model_dump(mode="json", exclude_none=True) for rule in rules.rule)
    return tomlkit.dumps(document).encode()


def _dumped(asked: BaseModel) -> dict[str, object]:
    return asked.model_dump(mode="json", exclude_none=True, exclude_defaults=True)


def _tables(parts: Iterable[dict[str, object]]) -> AoT:
    tables = tomlkit.aot()
    for part in parts:
        tables.append(tomlkit.item(part))
    return tables

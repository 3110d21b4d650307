"""The rules file: TOML to `Rules` and back, refused with the nearest valid name."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from typing import Any

import tomlkit
from pydantic import BaseModel, ValidationError

from planner.problems import InputError, Level, Problem
from planner.rules.base import nearest
from planner.rules.settings import KINDS, GroupSettings, RoleSettings, Rules, TermSettings
from planner.text import Message, say

SECTIONS: Mapping[str, type[BaseModel]] = {
    "groups": GroupSettings,
    "roles": RoleSettings,
    "term": TermSettings,
}
TEXTS: Mapping[str, Message] = {
    "within": say(
        "A balance that is a must needs `within`: how far a group mean may be from the class mean."
    ),
    "limit": say("A limit needs `at_least`, `at_most` or both."),
    "limits-crossed": say("`at_least` is more than `at_most`."),
    "student-twice": say("A student is named twice."),
    "size-order": say("The size is two whole numbers, the smaller one first, such as [3, 5]."),
    "names-number": say("The names of groups hold {{n}} once, where the number goes."),
    "prefer-outside": say("`prefer` is outside the allowed size."),
    "role-twice": say("A role is named twice."),
    "role-names": say("There are at most eight roles, and none without a name."),
}


def read_rules(content: bytes, name: str = "rules.toml") -> Rules:
    """Read a rules file.

    Raises
    ------
    InputError
        With file, row, and the nearest valid name for every key that is unknown.
    """
    text = _decoded(content, name)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError([_not_toml(error, name)]) from error
    problems = [*_unknown_keys(data, text, name)]
    if problems:
        raise InputError(problems)
    try:
        return Rules.model_validate(data)
    except ValidationError as error:
        raise InputError([_invalid(detail, text, name) for detail in error.errors()]) from error


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


def _decoded(content: bytes, name: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            [
                Problem(
                    code="rules-encoding",
                    level=Level.ERROR,
                    message=say("This rules file is not plain text."),
                    way_out=say("Save it as UTF-8 text."),
                    file=name,
                )
            ]
        ) from error


def _not_toml(error: tomllib.TOMLDecodeError, name: str) -> Problem:
    row = re.search(r"line (\d+)", str(error))
    return Problem(
        code="rules-syntax",
        level=Level.ERROR,
        message=say("This row cannot be read: {reason}.", reason=str(error).split(" (at")[0]),
        way_out=say("Texts stand between quotation marks, lists between [ and ]."),
        file=name,
        row=int(row.group(1)) if row else None,
    )


def _unknown_keys(data: Mapping[str, Any], text: str, name: str) -> Iterable[Problem]:
    """Find every key that no part of `Rules` knows."""
    yield from _unknown(data, Rules.model_fields, text, name, say("the rules file"))
    for section, model in SECTIONS.items():
        if isinstance(part := data.get(section), Mapping):
            yield from _unknown(part, model.model_fields, text, name, say("[{section}]", section=section))
    rules = data.get("rule")
    for place, rule in enumerate(rules if isinstance(rules, list) else []):
        if not isinstance(rule, Mapping):
            continue
        kind = str(rule.get("kind", ""))
        row = _row_of_rule(text, place)
        if kind not in KINDS:
            yield _unknown_kind(kind, name, row)
        else:
            where = say("a rule of kind “{kind}”", kind=kind)
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
    for key in part:
        if key not in known:
            near = nearest(key, known)
            yield Problem(
                code="unknown-key",
                level=Level.ERROR,
                message=say("“{key}” is not a part of {where}.", key=key, where=where),
                way_out=say("Did you mean “{near}”?", near=near)
                if near
                else say("Possible: {known}.", known=known),
                file=name,
                row=_row_of(key, text, from_row),
            )


def _unknown_kind(kind: str, name: str, row: int) -> Problem:
    near = nearest(kind, KINDS)
    return Problem(
        code="unknown-kind",
        level=Level.ERROR,
        message=say("There is no rule of kind “{kind}”.", kind=kind),
        way_out=say("Did you mean “{near}”?", near=near)
        if near
        else say("Possible: {known}.", known=tuple(KINDS)),
        file=name,
        row=row,
    )


def _invalid(detail: Any, text: str, name: str) -> Problem:
    place = [str(part) for part in detail["loc"]]
    row = None
    if place and place[0] == "rule" and len(place) > 1:
        row = _row_of_rule(text, int(place[1]))
    key = next((part for part in reversed(place) if part and not part.isdigit() and part not in KINDS), "")
    row = _row_of(key, text, row or 1) or row
    reason = str(detail.get("ctx", {}).get("error", ""))
    if reason in TEXTS:
        message = TEXTS[reason]
    elif detail["type"] == "missing":
        message = say("“{key}” is missing here.", key=key)
    else:
        message = say("“{key}” cannot be {value}.", key=key, value=str(detail.get("input")))
    return Problem(
        code=f"rules-{detail['type']}",
        level=Level.ERROR,
        message=message,
        way_out=say("Correct it in the rules file; README.md has an example of each rule."),
        file=name,
        row=row,
        column=key or None,
    )


def _row_of(key: str, text: str, from_row: int = 1) -> int | None:
    """Return the row on which a key or section is written, from `from_row` on."""
    pattern = re.compile(rf"""^\s*(\[+\s*)?["']?{re.escape(key)}["']?\s*(=|\]|\.)""")
    for row, line in enumerate(text.splitlines(), start=1):
        if row >= from_row and pattern.match(line):
            return row
    return None


def _row_of_rule(text: str, place: int) -> int:
    rows = [
        row for row, line in enumerate(text.splitlines(), start=1) if re.match(r"\s*\[\[\s*rule\s*\]\]", line)
    ]
    return rows[place] if place < len(rows) else 1

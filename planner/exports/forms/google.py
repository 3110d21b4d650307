"""Questions as a script that makes a form in Google Forms (Apps Script, `FormApp`)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from planner.exports.forms.questions import NOTE, TITLE, FormQuestion
from planner.model.domain import ColumnKind
from planner.model.text import Language

_ROW = re.compile(r"(?P<grid>.*\S)\s*\[(?P<row>[^\[\]]+)\]", re.DOTALL)


def write(questions: Sequence[FormQuestion], language: Language) -> bytes:
    """Return a script; questions such as "Free [Monday]" become the rows of a grid, as they come back.

    Parameters
    ----------
    questions : sequence of FormQuestion
    language : {"nl", "en"}

    Returns
    -------
    bytes
    """
    note = "\n".join(one.text(language) for one in NOTE)
    lines = [
        "function makeForm() {",
        f"  const form = FormApp.create({_text(TITLE.text(language))});",
        f"  form.setDescription({_text(note)});",
        "  form.setCollectEmail(true);",
        "  form.setAllowResponseEdits(true);",
    ]
    for _, same in groupby(questions, _grid):
        lines += _items(list(same), language)
    lines += ["  Logger.log(form.getEditUrl());", "  Logger.log(form.getPublishedUrl());", "}"]
    return ("\n".join(lines) + "\n").encode("utf-8")


def _grid(question: FormQuestion) -> tuple[str, ...]:
    """Return what questions have in common that are rows of one grid; something of its own for others."""
    found = _ROW.fullmatch(question.heading)
    if found is None or not question.choices:
        return (question.heading,)
    return (found["grid"], question.kind.value, str(question.several), *question.choices)


def _items(same: Sequence[FormQuestion], language: Language) -> Iterator[str]:
    first = same[0]
    found = _ROW.fullmatch(first.heading)
    if found is not None and first.choices:
        rows = [match["row"] for one in same if (match := _ROW.fullmatch(one.heading))]
        item = "addCheckboxGridItem" if first.several else "addGridItem"
        yield (
            f"  form.{item}().setTitle({_text(found['grid'])})"
            f".setHelpText({_text(first.help.text(language))})"
            f".setRows({_list(rows)}).setColumns({_list(first.choices)});"
        )
        return
    title = f".setTitle({_text(first.heading)}).setHelpText({_text(first.help.text(language))})"
    choices = f".setChoiceValues({_list(first.choices)})" if first.choices else ""
    required = ".setRequired(true)" if first.required else ""
    yield f"  form.{_item(first)}(){title}{choices}{required};"


def _item(question: FormQuestion) -> str:
    if question.choices:
        return "addCheckboxItem" if question.several else "addMultipleChoiceItem"
    return "addParagraphTextItem" if question.kind is ColumnKind.TEXT else "addTextItem"


def _text(text: str) -> str:
    """Return a text as JavaScript writes one; line separators of Unicode are none in it."""
    return json.dumps(text, ensure_ascii=False).replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _list(texts: Sequence[str]) -> str:
    return "[" + ", ".join(map(_text, texts)) + "]"

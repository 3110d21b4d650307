"""Cards and sheets as a page for a browser: one file, nothing fetched, every text escaped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from planner.handouts.content import Content
from planner.handouts.fit import steps_of
from planner.handouts.model import StarterCard
from planner.handouts.paper import data_of, sheet_data
from planner.handouts.sheet import TeacherSheet
from planner.handouts.typeset import TEMPLATES
from planner.model.text import Language


def cards_html(cards: Sequence[StarterCard], texts: Content, language: Language) -> bytes:
    """Return cards as a page, which prints a card on the front and back of one sheet of paper.

    Parameters
    ----------
    cards : sequence of StarterCard
    texts : Content
    language : Language

    Returns
    -------
    bytes
        One page in UTF-8 that needs no other file.
    """
    data = data_of(cards, texts, language, "a4")
    for card in data["cards"]:
        card["steps"] = steps_of(card, data["texts"])
    return page("cards", data)


def sheet_html(sheet: TeacherSheet, texts: Content, language: Language) -> bytes:
    """Return a teacher's sheet as a page.

    Parameters
    ----------
    sheet : TeacherSheet
    texts : Content
    language : Language

    Returns
    -------
    bytes
        One page in UTF-8 that needs no other file.
    """
    return page("sheet", sheet_data(sheet, texts, language))


def page(template: str, data: Mapping[str, Any]) -> bytes:
    """Return a template with data as a page; every text is escaped.

    Parameters
    ----------
    template : str
        Name of the template.
    data : mapping of str to Any
        All that it asks for.

    Returns
    -------
    bytes
        One page in UTF-8 that needs no other file.
    """
    return _template(template).render(data).encode()


@cache
def _template(name: str) -> Template:
    loader = FileSystemLoader(TEMPLATES)
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    return environment.get_template(f"{name}.html")

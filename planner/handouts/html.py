"""Cards and sheets as a page for a browser: one file, nothing fetched, every text escaped."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from planner.handouts.content import Content
from planner.handouts.model import StarterCard
from planner.handouts.paper import data_of, sheet_data
from planner.handouts.sheet import TeacherSheet
from planner.handouts.typeset import TEMPLATES
from planner.model.text import Language


def cards_html(cards: Sequence[StarterCard], texts: Content, language: Language) -> bytes:
    """Return cards as a page.

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
    return _template("cards").render(data_of(cards, texts, language, "a4")).encode()


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
    return _template("sheet").render(sheet_data(sheet, texts, language)).encode()


@cache
def _template(name: str) -> Template:
    loader = FileSystemLoader(TEMPLATES)
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    return environment.get_template(f"{name}.html")

"""Cards and sheets as PDF and as pictures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Literal

from planner.handouts import labels, typeset
from planner.handouts.content import Content
from planner.handouts.model import Person, StarterCard
from planner.handouts.sheet import SheetChange, TeacherSheet
from planner.model.text import Language, message

Paper = Literal["a5", "a4"]
PAPERS: tuple[Paper, ...] = ("a5", "a4")
SIDES = 2  # of a card
_MOST_COLUMNS = 4  # roles that fit beside one another
_WIDEST_NAME, _WIDEST_WORD = 30, 15  # letters that fit in a column
_MOST_AT_EASE = 5  # people; in a larger group everything stands closer together


def cards_pdf(
    cards: Sequence[StarterCard], texts: Content, language: Language, paper: Paper = "a5"
) -> typeset.Printed:
    """Return cards as a PDF/UA, each on a sheet of paper of its own: a front and a back.

    Where there is more to say it stands smaller. Where even that is not enough the card
    goes on, on a next sheet, and its group is told.

    Parameters
    ----------
    cards : sequence of StarterCard
    texts : Content
    language : Language
    paper : Paper, default 'a5'
        Size of the cards.

    Returns
    -------
    Printed
    """
    data = data_of(cards, texts, language, paper)
    made = typeset.pdf("cards", data)
    if made.pages == SIDES * len(cards):
        return made
    return replace(made, over=typeset.marked("cards", data, "over"))


def card_pictures(
    card: StarterCard, texts: Content, language: Language, ppi: float = typeset.PPI
) -> list[bytes]:
    """Return the pages of a card as PNG pictures.

    Parameters
    ----------
    card : StarterCard
    texts : Content
    language : Language
    ppi : float, default typeset.PPI
        Pixels per inch.

    Returns
    -------
    list of bytes
        PNG, page by page.
    """
    return typeset.pictures("cards", data_of([card], texts, language, "a5"), ppi)


def sheet_pdf(sheet: TeacherSheet, texts: Content, language: Language) -> typeset.Printed:
    """Return a teacher's sheet as a PDF/UA on A4.

    Parameters
    ----------
    sheet : TeacherSheet
    texts : Content
    language : Language

    Returns
    -------
    Printed
    """
    return typeset.pdf("sheet", sheet_data(sheet, texts, language))


def sheet_pictures(sheet: TeacherSheet, texts: Content, language: Language, ppi: float = 80.0) -> list[bytes]:
    """Return the pages of a sheet as PNG pictures.

    Parameters
    ----------
    sheet : TeacherSheet
    texts : Content
    language : Language
    ppi : float, default 80.0
        Pixels per inch.

    Returns
    -------
    list of bytes
        PNG, page by page.
    """
    return typeset.pictures("sheet", sheet_data(sheet, texts, language), ppi)


def sheet_data(sheet: TeacherSheet, texts: Content, language: Language) -> dict[str, Any]:
    """Return all that the template of a sheet asks for.

    Parameters
    ----------
    sheet : TeacherSheet
    texts : Content
    language : Language

    Returns
    -------
    dict of str to Any
    """
    title = labels.sheet_title(sheet.week).text(language)
    return {
        "kind": "sheet",
        "paper": "a4",
        "lang": language,
        "title": title,
        "labels": labels.spoken(labels.SHEET, language),
        "texts": texts.sheet.model_dump(include={"spoken", "poll", "chat", "visit"}),
        "check_in_heading": labels.check_in_in(sheet.week).text(language),
        "sheet": {**sheet.model_dump(), "changes": _by_reason(sheet.changes)},
    }


def _by_reason(changes: Sequence[SheetChange]) -> list[dict[str, Any]]:
    """Return changes by reason: it is said once, not once for each of the people."""
    people: dict[str, list[dict[str, str]]] = {}
    for one in changes:
        people.setdefault(one.reason, []).append({"name": one.name, "way": one.way})
    return [{"reason": reason, "people": found} for reason, found in people.items()]


def data_of(cards: Sequence[StarterCard], texts: Content, language: Language, paper: Paper) -> dict[str, Any]:
    """Return all that the template of a card asks for.

    Parameters
    ----------
    cards : sequence of StarterCard
    texts : Content
    language : Language
    paper : Paper
        Size of the cards.

    Returns
    -------
    dict of str to Any
    """
    return {
        "kind": "cards",
        "paper": paper,
        "lang": language,
        "title": message("Starter cards").text(language),
        "labels": labels.spoken(labels.CARD, language),
        "texts": texts.card.model_dump(),
        "cards": [_card(card, language) for card in cards],
    }


def _card(card: StarterCard, language: Language) -> dict[str, Any]:
    dense = len(card.people) > _MOST_AT_EASE
    names = [person.called for person in card.people]
    narrow = all(len(name) <= _WIDEST_NAME for name in names) and all(
        len(word) <= _WIDEST_WORD for name in names for word in re.split(r"[\s-]", name)
    )
    return {
        **card.model_dump(),
        "people": [_person(person, language, dense=dense) for person in card.people],
        "span": labels.week_span(card.week, card.weeks[-1].week).text(language),
        "role_heading": labels.roles_in(card.week).text(language),
        "check_in_heading": labels.check_in_in(card.week).text(language),
        "dense": dense,
        "as_grid": 0 < len(card.roles) <= _MOST_COLUMNS and narrow,
    }


def _person(person: Person, language: Language, *, dense: bool) -> dict[str, Any]:
    return {
        **person.model_dump(),
        "minds_text": labels.also_minds(person.minds).text(language),
        "starts": "" if dense else person.starts,
    }

"""What comes out of a printer where a page that was downloaded is printed from a browser."""

from __future__ import annotations

import io
from datetime import date

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader

from planner.handouts.content import content
from planner.handouts.group_list import GroupsOnPaper, ListedGroup, list_html
from planner.handouts.html import cards_html
from planner.handouts.model import cards_of
from planner.handouts.paper import SIDES
from planner.model.text import LANGUAGES, Language
from tests.builders.handouts import LATIN, course, full_cards

pytestmark = pytest.mark.browser


def printed(browser: Browser, page: bytes, paper: str) -> PdfReader:
    """Return what a browser prints of a page on A4 or A5."""
    opened = browser.new_page()
    opened.set_content(page.decode())
    written = opened.pdf(format=paper, print_background=True)
    opened.close()
    return PdfReader(io.BytesIO(written))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("paper", ["A4", "A5"])
def test_cards_from_a_browser_have_a_sheet_each(browser: Browser, language: Language, paper: str) -> None:
    """An English card on A5 went on over a next page."""
    texts = content(language)
    cards = [card for size in range(3, 9) for card in full_cards(language, size)]
    cards += cards_of(course(LATIN), texts, language)
    reader = printed(browser, cards_html(cards, texts, language), paper)
    assert len(reader.pages) == SIDES * len(cards)
    for number, card in enumerate(cards):
        assert card.group in reader.pages[SIDES * number].extract_text()


def listed(groups: int, size: int) -> GroupsOnPaper:
    """Return a list of as many groups."""
    people = [tuple(f"Voornaam{n} van der Achternaam{g}" for n in range(size)) for g in range(groups)]
    found = tuple(ListedGroup(name=f"Groep {g}", people=one) for g, one in enumerate(people, start=1))
    return GroupsOnPaper(title="Vak", week=1, day=date(2026, 11, 30), language="nl", groups=found)


@pytest.mark.parametrize(("groups", "size", "pages"), [(5, 4, 1), (37, 4, 1), (50, 3, 1), (90, 4, 3)])
def test_all_groups_are_on_one_page_up_to_150_students(
    browser: Browser, groups: int, size: int, pages: int
) -> None:
    reader = printed(browser, list_html(listed(groups, size)), "A4")
    text = "\n".join(page.extract_text() for page in reader.pages)
    assert len(reader.pages) <= pages
    assert [n for n in range(1, groups + 1) if f"Groep {n}" not in text] == []

"""Cards and sheets for a browser: every text is a text, and nothing is fetched."""

from __future__ import annotations

import pytest

from planner.handouts.content import content
from planner.handouts.html import cards_html, sheet_html
from planner.handouts.model import cards_of
from planner.handouts.sheet import sheet_of
from planner.model.text import LANGUAGES, Language
from tests.builders.handouts import HOSTILE, LATIN, NAMES, OTHERS, RIGHT_TO_LEFT, course, named
from tests.builders.html_reader import Reader


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_name_is_a_text(language: Language) -> None:
    texts = content(language)
    made = named(*HOSTILE, *RIGHT_TO_LEFT)
    page = Reader(cards_html(cards_of(made, texts, language), texts, language))
    assert not page.open
    assert not {"script", "b", "img", "link", "iframe"} & set(page.tags)
    assert not [name for name, _ in page.attributes if name.startswith("on") or name in ("src", "href")]
    for name in (*HOSTILE, *RIGHT_TO_LEFT):
        assert " ".join(name.split()) in page.texts
    assert page.tags.count("h1") == len(made.plan.groups)
    assert ("lang", language) in page.attributes


def test_the_sheet_is_a_page_too() -> None:
    texts = content("nl")
    made = named(*HOSTILE[:4], *LATIN)
    page = Reader(sheet_html(sheet_of(made, 1, texts, "nl"), texts, "nl"))
    assert not page.open
    assert "script" not in page.tags
    assert {"<script>alert(1)</script>", "$x^2$", "Docentenblad week 1"} <= set(page.texts)
    assert texts.sentence_of(1) in page.texts


@pytest.mark.parametrize(
    ("language", "every", "known"),
    [
        ("nl", "Wanneer iedereen vrij is", "Wanneer iedereen die antwoord gaf vrij is"),
        ("en", "When everyone is free", "When everyone who answered is free"),
    ],
)
def test_moments_claim_no_more_than_people_answered(language: Language, every: str, known: str) -> None:
    """Once a card said when everyone is free, also where somebody had given no times."""
    texts = content(language)
    silent = course(NAMES, OTHERS, answers={NAMES[0]: {"Vrij": ""}})
    first, second = (
        cards_html([card], texts, language).decode() for card in cards_of(silent, texts, language)
    )
    assert known in first
    assert every not in first
    assert every in second
    assert known not in second
    sheet = sheet_html(sheet_of(silent, 1, texts, language), texts, language).decode()
    said = {"nl": "(niet iedereen gaf antwoord)", "en": "(not everyone answered)"}[language]
    assert sheet.count(said) == 1

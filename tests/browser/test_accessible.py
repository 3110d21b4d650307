"""For everyone, in a real browser: every page by axe, enlarged, on a phone, and with no mouse."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from playwright.sync_api import Browser, expect

from planner.model.text import Language
from planner.ui.session.language import NAMES
from tests.browser.conftest import PLAN, START, Journey
from tests.builders.commands import rows_of
from tests.builders.hands import FOCUS
from tests.builders.screens import spoken

pytestmark = pytest.mark.browser


def tab_to(journey: Journey, key: str = "", words: str = "") -> None:
    """Press Tab to the widget with a key, or to what has some words; the focus is seen at every stop."""
    passed: list[str] = []
    for _ in range(80):
        journey.page.keyboard.press("Tab")
        focus = journey.page.evaluate(FOCUS)
        passed.append("nowhere" if focus["nowhere"] else focus["words"])
        if focus["nowhere"]:
            continue
        if not focus["seen"]:  # a table hands the keyboard on to a cell in its own time
            journey.rest()
            focus = journey.page.evaluate(FOCUS)
        assert focus["seen"], f"the focus is not seen: {focus}"
        assert focus["bare"], f"the focus is hidden by something: {focus}"
        if f"st-key-{key}" in focus["names"] or (words and words in focus["words"]):
            return
    raise AssertionError(f"not reached with Tab: {key}{words}; passed {passed}")


def test_from_a_class_to_groups_with_no_mouse(journey: Journey) -> None:
    page, keys = journey.page, journey.page.keyboard
    spoken(journey, "nl")
    tab_to(journey, "use_sample")
    keys.press("Enter")
    journey.see("make_plan")
    page.get_by_test_id("stDataFrame").locator("canvas").first.wait_for()
    journey.rest()  # a table that is being drawn has no place for the keyboard yet
    # To the rules and back, by the list of pages; the importance of a rule by the arrows.
    tab_to(journey, words="Regels")
    keys.press("Enter")
    journey.see("add_rule")
    journey.settle()
    tab_to(journey, words="Naar de inhoud")
    keys.press("Enter")
    tab_to(journey, words="Kleinste groep")
    tab_to(journey, words="Verplicht")
    rule = page.locator("[class*=st-key-rule_]").filter(has=page.locator(":focus")).last
    keys.press("ArrowRight")
    keys.press("Space")
    rule.get_by_role("radio", name="Belangrijk", checked=True).wait_for()
    journey.settle()
    tab_to(journey, "make_plan")
    keys.press("Space")
    journey.see("download_groups", PLAN)
    journey.settle()
    # The groups, past the list of pages, and along with them.
    tab_to(journey, words="Naar de inhoud")
    keys.press("Enter")
    tab_to(journey, "download_groups")
    with page.expect_download() as started:
        keys.press("Enter")
    assert len(rows_of(started.value.path().read_bytes())) == 28


UPLOAD: Mapping[Language, str] = {"nl": "Kies een bestand", "en": "Choose a file"}


@pytest.mark.parametrize(
    ("locale", "language", "heading"),
    [("en-GB", "en", "Class list"), ("en-US", "en", "Class list"), ("nl-BE", "nl", "Klassenlijst")],
)
def test_the_page_speaks_as_the_browser_does(
    browser: Browser, address: str, locale: str, language: Language, heading: str
) -> None:
    """What Streamlit says by itself was English in every language."""
    context = browser.new_context(locale=locale)
    opened = Journey(context.new_page())
    opened.page.goto(f"{address}?course=new")
    opened.page.get_by_role("heading", name=heading, exact=True).wait_for(timeout=START)
    spoken(opened, language)
    button = opened.at("class_list").get_by_role("button", name=UPLOAD[language])
    expect(button).to_be_visible()
    other: Language = "nl" if language == "en" else "en"
    opened.speak(NAMES[other])
    expect(opened.at("class_list").get_by_role("button", name=UPLOAD[other])).to_be_visible()
    context.close()

"""What a course in use can look like keeps nobody out: menus and windows, what waits, what is in the way.

The Dutch one sees it on a laptop, the English one on a phone.
"""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from playwright.sync_api import Browser, expect

from planner.model.text import LANGUAGES, Language
from planner.ui.groups.names import ACTIONS, ELSEWHERE, STOPPED, TERM
from planner.ui.session.places import Place
from tests.browser.conftest import PLAN, Journey, coordinator
from tests.builders.screens import PAST_THE_EDGE, PHONE, WIDE, clear, grave
from tests.builders.stored import Stored, stored

pytestmark = pytest.mark.browser
SCREENS: Mapping[Language, tuple[int, int]] = {"nl": WIDE, "en": PHONE}
LOCALES: Mapping[Language, str] = {"nl": "nl-NL", "en": "en-GB"}
MOST_SHARED: Mapping[Language, str] = {"nl": "gedeelde momenten", "en": "shared times"}
ANALYSIS: Mapping[Language, str] = {"nl": "Analyse", "en": "Analysis"}


def menu(journey: Journey, course: Stored, place: int) -> None:
    """Open the menu of a name."""
    one = course.course.plan.groups[place].members[0]
    journey.at(f"name_{one}").get_by_role("button").click()
    journey.page.get_by_role("menuitem").first.wait_for()


def choose(journey: Journey, course: Stored, place: int, action: str, language: Language) -> None:
    menu(journey, course, place)
    words = ACTIONS[action][0].text(language)
    journey.page.get_by_role("menuitem").filter(has_text=words).click()


def closed(journey: Journey) -> None:
    """Close the window."""
    journey.page.keyboard.press("Escape")
    expect(journey.page.get_by_role("dialog")).to_have_count(0)
    journey.settle()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_course_in_use_keeps_nobody_out(
    browser: Browser, address: str, database: str, language: Language
) -> None:
    with coordinator(browser, LOCALES[language]) as journey:
        width, height = SCREENS[language]
        journey.page.set_viewport_size({"width": width, "height": height})
        course = stored(database)
        journey.open(address, course)
        clear(journey, "in use")
        windows(journey, course, language)
        # What waits, on the page of groups and on that of changes; then with something in the way.
        choose(journey, course, 0, STOPPED, language)
        journey.page.locator(".st-key-carry_out button:enabled").wait_for(timeout=PLAN)
        clear(journey, "pending")
        journey.go(Place.CHANGES.title.text(language))
        clear(journey, "pending, on the page of changes")
        journey.go(Place.RULES.title.text(language))
        card = journey.page.locator("[class*=st-key-rule_]").filter(has_text=MOST_SHARED[language]).first
        card.locator("summary").click()
        card.locator("[class*=at_least] input").fill("5")
        journey.page.keyboard.press("Enter")
        journey.settle()
        journey.go(Place.CHANGES.title.text(language))
        journey.see("rerun_conflict", PLAN)
        clear(journey, "a conflict with its ways out")


def windows(journey: Journey, course: Stored, language: Language) -> None:
    """Look at a menu, at every window, and at the other tab."""
    page = journey.page
    menu(journey, course, 1)
    clear(journey, "a menu")
    page.keyboard.press("Escape")
    for action in (ELSEWHERE, TERM):
        choose(journey, course, 1, action, language)
        page.get_by_role("dialog").wait_for()
        clear(journey, action)
        closed(journey)
    journey.press("somebody_new")
    for key, text in (("newcomer_name", "Ada Lovelace"), ("newcomer_number", "1999999")):
        journey.at(key).get_by_role("textbox").fill(text)
        page.keyboard.press("Enter")
        journey.settle()
    journey.see("join_0")
    clear(journey, "somebody new")
    closed(journey)
    journey.press("away")
    one = course.course.plan.groups[0].members[0]
    journey.pick("away_who", course.name(one))
    page.get_by_role("dialog").locator("code").wait_for()
    clear(journey, "who is away")
    closed(journey)
    journey.tab(ANALYSIS[language])
    clear(journey, "analysis")
    page.get_by_role("tab").first.click()
    journey.settle()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_draft_that_is_about_to_be_used_keeps_nobody_out(
    browser: Browser, address: str, database: str, language: Language
) -> None:
    with coordinator(browser, LOCALES[language]) as journey:
        width, height = SCREENS[language]
        journey.page.set_viewport_size({"width": width, "height": height})
        journey.open(address, stored(database, in_use=False))
        clear(journey, "draft")
        journey.press("use")
        journey.see("use_groups")
        journey.rest()
        assert grave(journey, within="[data-testid=stPopoverBody]") == []  # names behind it are half hidden
        assert journey.page.evaluate(PAST_THE_EDGE) == []

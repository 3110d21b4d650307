"""The first screen of a laptop: the sentence, the picture and the first names, with nothing to scroll."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import IN_USE, PLAN, START, Journey
from tests.builders.screens import clear

pytestmark = pytest.mark.browser
# What lies under the bar at the bottom, or off the screen, is not at the point where it is drawn.
SEEN = """at => {
    const box = at.getBoundingClientRect();
    const top = document.elementFromPoint(box.left + 4, box.bottom - 4);
    return box.top >= 0 && box.bottom <= innerHeight && (at === top || at.contains(top));
}"""


def sees_the_first_names(journey: Journey) -> None:
    journey.rest()
    names = journey.page.locator("[class*=st-key-members_] > :first-child button")
    assert names.count() > 2
    for name in names.all()[:3]:
        expect(name).to_be_in_viewport()
        assert name.evaluate(SEEN)
    told = journey.page.get_by_text("Iedereen heeft een plek; elke verplichte regel klopt").first
    assert told.evaluate(SEEN)
    assert journey.page.locator(".hecht-picture").evaluate(SEEN)


def test_the_first_names_are_in_view_after_planning_and_after_reopening(journey: Journey) -> None:
    """Four tiles and two folds stood above the first student."""
    journey.press("use_sample")
    journey.see("make_plan")
    journey.press("make_plan")
    journey.see("download_groups", PLAN)
    sees_the_first_names(journey)
    # The keyboard is where the result is.
    assert journey.page.evaluate("document.activeElement.id") == "result"
    journey.page.reload()
    journey.see("download_groups", START)
    sees_the_first_names(journey)
    # The tab stays open in the other language, and the groups are a click away.
    journey.tab("Analyse")
    journey.speak("English")
    expect(journey.page.get_by_role("tab", name="Analysis", exact=True)).to_have_attribute(
        "aria-selected", "true"
    )
    journey.at("more_details").wait_for()
    journey.tab("Groups")
    expect(journey.at("more_details")).to_have_count(0)
    expect(journey.page.get_by_role("heading", name="Groep 1", exact=True)).to_be_visible()


@IN_USE
def test_a_mark_in_the_picture_leads_to_its_group_with_a_click_and_with_the_keyboard(
    journey: Journey,
) -> None:
    """A click on a mark did nothing: which card it is about had to be looked for below."""
    page, told = journey.page, journey.at("pointed_told")
    page.locator(".hecht-picture td[data-at='0-6']").click()
    expect(told).to_be_focused()
    expect(told).to_be_in_viewport()
    expect(journey.at("group_6")).to_contain_text(told.inner_text())
    assert told.evaluate(SEEN)
    grid = page.locator(".hecht-picture [role=grid]")
    grid.focus()
    for key in ("ArrowLeft", "ArrowDown", "ArrowRight", "ArrowLeft"):
        page.keyboard.press(key)
    assert grid.get_attribute("aria-activedescendant") == "hecht-at-1-5"
    page.keyboard.press("Enter")
    expect(journey.at("group_5").locator(".st-key-pointed_told")).to_be_focused()
    expect(told).to_have_count(1)
    clear(journey, "a mark was chosen")

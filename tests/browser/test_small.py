"""On a small screen the content has the room; built-in parts speak Dutch; the tab says where one is."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from pypdf import PdfReader

from planner.model.text import LANGUAGES
from planner.ui.session.language import NAMES
from planner.ui.session.places import Place
from tests.browser.conftest import START, Journey
from tests.builders.hands import SOMEWHERE
from tests.builders.screens import PHONE, WIDE, show, spoken
from tests.builders.stored import stored
from tests.builders.watching import until

pytestmark = pytest.mark.browser

TO_THE_TOP = """() => {
    const main = document.querySelector('[data-testid=stMain]');
    for (const one of [main, ...main.children]) one.scrollTo(0, 0);
}"""
FOLD = "() => document.querySelectorAll('details[open] > summary').forEach((one) => one.click())"


@pytest.fixture(scope="module")
def course(browser: Browser, address: str, database: str) -> Iterator[Journey]:
    """Open the sample in groups."""
    context = browser.new_context(locale="nl-NL", reduced_motion="reduce")
    made = Journey(context.new_page())
    made.open(address, stored(database, in_use=False))
    yield made
    context.close()


def test_the_tab_says_where_one_is(course: Journey) -> None:
    """It said "Hecht" on every page of every course."""
    for language in LANGUAGES:
        for place in (Place.GROUPS, Place.COURSES):
            show(course, place, language)
            title = place.title.text(language)  # another course of this name may be there already: (2)
            expect(course.page).to_have_title(re.compile(rf"^{title} · Klas 28( \(\d+\))? · Hecht$"))


def test_the_choice_of_language_outlasts_a_reload(journey: Journey) -> None:
    """A reload spoke the language of the browser again, whatever somebody had chosen."""
    journey.speak(NAMES["en"])
    spoken(journey, "en")
    for language in ("en", "nl"):
        journey.speak(NAMES[language])
        spoken(journey, language)
        journey.page.reload()
        journey.see("use_sample", START)
        spoken(journey, language)


def test_what_is_pressed_and_gone_leaves_the_focus_in_its_place(course: Journey) -> None:
    """The focus fell to the top of everything where a button was gone once it was pressed."""
    show(course, Place.COURSES, "nl")
    course.page.get_by_role("button", name="Verwijderen…").focus()
    course.page.keyboard.press("Enter")
    expect(course.at("delete_sure").get_by_role("button")).to_be_focused()
    course.at("delete_not").get_by_role("button").focus()
    course.page.keyboard.press("Enter")
    course.at("delete_sure").wait_for(state="detached")
    until(course.page, SOMEWHERE)


def test_on_paper_are_all_groups_and_nothing_to_press(course: Journey) -> None:
    """Twelve of thirty groups were printed, with cards over each other."""
    show(course, Place.GROUPS, "nl")
    course.page.get_by_role("searchbox").fill("Rowan")
    course.rest()
    reader = PdfReader(io.BytesIO(course.page.pdf(format="A4")))
    text = "\n".join(page.extract_text() for page in reader.pages)
    assert [n for n in range(1, 8) if f"Groep {n}" not in text] == []
    assert "Nederlands" not in text
    assert "Plan opnieuw" not in text
    course.page.get_by_role("searchbox").fill("")
    course.rest()


CUT = """() => [...document.querySelectorAll('.st-key-actions button p')]
    .filter((one) => one.checkVisibility() && one.scrollWidth > one.clientWidth + 1)
    .map((one) => one.textContent)"""
TOP = "key => document.querySelector(`[class*=st-key-${key}]`).getBoundingClientRect().top"


def test_on_a_phone_the_groups_begin_on_the_first_screen_and_no_button_is_cut(course: Journey) -> None:
    """Four fields below each other stood before the first group, and undo buttons ended in dots."""
    page = course.page
    for language in LANGUAGES:
        course.speak(NAMES[language])
        spoken(course, language)
        course.go(Place.GROUPS.title.text(language))
        page.evaluate(FOLD)  # what was opened on the way here stays open
        page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
        course.rest()
        page.evaluate(TO_THE_TOP)
        assert page.evaluate(TOP, "group_0") < PHONE[1] * 0.85
        assert page.evaluate(CUT) == []
        # The picture fades where it goes on.
        mask = "() => getComputedStyle(document.querySelector('.hecht-picture')).maskImage"
        assert "gradient" in page.evaluate(mask)
    page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})


def test_the_bar_is_a_line_and_downloads_are_a_click_from_the_title(course: Journey) -> None:
    """The bar took the height of three names from the cards, and downloads were below twelve groups."""
    page = course.page
    course.speak(NAMES["nl"])
    spoken(course, "nl")
    course.go(Place.GROUPS.title.text("nl"))
    page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
    course.rest()
    page.evaluate(TO_THE_TOP)
    bar = page.locator("[data-testid=stBottom]").bounding_box()
    assert bar is not None
    assert bar["height"] < 56
    page.locator(".st-key-title a[href='#download']").click()
    expect(page.locator("#download").first).to_be_in_viewport()

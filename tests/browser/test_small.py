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
from planner.ui.shell.own_words import ALL
from tests.browser.conftest import PLAN, START, Journey
from tests.builders.screens import ENLARGED, NARROW, PHONE, WIDE, show, spoken

pytestmark = pytest.mark.browser

# What stands still while the page scrolls, and how much of the screen is above the first heading.
TO_THE_TOP = """() => {
    const main = document.querySelector('[data-testid=stMain]');
    for (const one of [main, ...main.children]) one.scrollTo(0, 0);
}"""
ROOM = """() => {
    const main = document.querySelector('[data-testid=stMain]');
    for (const one of [main, ...main.children]) one.scrollTo(0, 0);
    const stuck = [...main.querySelectorAll('*'), document.querySelector('[data-testid=stHeader]')]
        .filter((one) => ['sticky', 'fixed'].includes(getComputedStyle(one).position))
        .filter((one) => one.getBoundingClientRect().height > 1 && one.checkVisibility());
    const above = document.querySelector('h2').getBoundingClientRect().top;
    const names = (one) => one.dataset.testid || one.className;
    return { stuck: stuck.map(names), above: above / innerHeight };
}"""
# What is not seen where it was scrolled to, or where it has the focus.
COVERED = """() => {
    const seen = (one) => {
        const box = one.getBoundingClientRect();
        const top = document.elementFromPoint(box.left + Math.min(8, box.width / 2), box.bottom - 3);
        return box.bottom <= innerHeight && (one.contains(top) || top?.contains(one));
    };
    const main = document.querySelector('[data-testid=stMain]');
    const covered = [];
    const texts = '[data-testid=stMarkdownContainer] > :is(p, ul)';
    const pressed = 'button:enabled:not([kind=elementToolbar])';
    for (const one of main.querySelectorAll(`${texts}, ${pressed}`)) {
        if (!one.checkVisibility() || !one.offsetHeight || one.offsetHeight > innerHeight / 2) continue;
        if (one.matches('button')) one.focus();
        else one.scrollIntoView({ block: 'nearest' });
        if (!seen(one)) covered.push(one.textContent.slice(0, 60));
    }
    document.activeElement?.blur();
    return covered;
}"""
FOLD = "() => document.querySelectorAll('details[open] > summary').forEach((one) => one.click())"
ABOVE = {WIDE: 0.15, ENLARGED: 0.3, PHONE: 0.2, NARROW: 0.3}
ENGLISH = {english for english, said in ALL.items() if "{}" not in english and said.text("nl") != english}
STARTS = [english.partition("{}")[0] for english in ALL if english.partition("{}")[0]]
BUILT_IN = re.compile(r" icon$|^Selected Date|^(?:day|month|year), | per file$")
TEXTS = ("StaticText", "InlineTextBox", "ListMarker", "LineBreak")


@pytest.fixture(scope="module")
def course(browser: Browser, address: str) -> Iterator[Journey]:
    """Open the sample with a plan."""
    context = browser.new_context(locale="nl-NL", reduced_motion="reduce")
    made = Journey(context.new_page())
    made.page.goto(f"{address}?course=new")
    made.see("use_sample", START)
    made.press("use_sample")
    made.press("make_plan")
    made.see("download_groups", PLAN)
    made.page.reload()  # a saved list has headings of our own, with signs that Markdown reads
    made.see("download_groups", START)
    yield made
    context.close()


def names(journey: Journey) -> list[tuple[str, str]]:
    """Return what a screen reader says of every part of the page: its role, and its name or description."""
    session = journey.page.context.new_cdp_session(journey.page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    return [
        (str(node["role"]["value"]), str(node[part]["value"]))
        for node in nodes
        if not node["ignored"] and node["role"]["value"] not in TEXTS
        for part in ("name", "description")
        if node.get(part, {}).get("value")
    ]


@pytest.mark.parametrize("place", Place, ids=lambda place: place.name.lower())
def test_the_content_has_most_of_the_screen(course: Journey, place: Place) -> None:
    """At 200 % the header and the bar left a strip between them."""
    for language in LANGUAGES:
        show(course, place, language)
        for size, most in ABOVE.items():
            course.page.set_viewport_size({"width": size[0], "height": size[1]})
            course.rest()
            room = course.page.evaluate(ROOM)
            assert room["above"] < most, (size, room)
            assert room["stuck"] == [], size
            assert course.page.evaluate(COVERED) == [], size
        course.page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})


@pytest.mark.parametrize("place", Place, ids=lambda place: place.name.lower())
def test_built_in_parts_speak_dutch_on_a_dutch_page(course: Journey, place: Place) -> None:
    """A screen reader said "Link to heading", "info icon" and a backslash in the middle of a heading."""
    show(course, place, "nl")
    found = names(course)
    english = [
        one
        for one in found
        if one[1] in ENGLISH
        or BUILT_IN.search(one[1])
        or (one[0] != "heading" and any(one[1].startswith(start) for start in STARTS if len(start) > 4))
    ]
    assert english == []
    assert [one for one in found if "\\" in one[1] or "**" in one[1]] == []


def test_the_tab_says_where_one_is(course: Journey) -> None:
    """It said "Hecht" on every page of every course."""
    for language in LANGUAGES:
        for place in (Place.GROUPS, Place.COURSES):
            show(course, place, language)
            title = place.title.text(language)  # another course of this name may be there already: (2)
            expect(course.page).to_have_title(re.compile(rf"^{title} · Voorbeeldklas( \(\d+\))? · Hecht$"))


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
    course.page.wait_for_function("() => document.activeElement !== document.body")


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

"""Every page in both languages: by axe, enlarged, on a phone, in the dark, and by what is read out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress

import pytest
from playwright.sync_api import Browser, Error, expect

from planner.model.text import LANGUAGES
from planner.ui.session.places import Place
from planner.ui.shell.own_words import ALL
from tests.browser.conftest import PLAN, Journey
from tests.builders.journeys import after_dropouts
from tests.builders.screens import (
    ENLARGED,
    FITS,
    NARROW,
    PAST_THE_EDGE,
    PHONE,
    WIDE,
    grave,
    grave_in_the_dark,
    show,
)
from tests.builders.stored import stored
from tests.builders.watching import until

pytestmark = pytest.mark.browser

# What stands still while the page scrolls, and how much of the screen is above the first heading.
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
ABOVE = {WIDE: 0.15, ENLARGED: 0.3, PHONE: 0.2, NARROW: 0.3}
ENGLISH = {english for english, said in ALL.items() if "{}" not in english and said.text("nl") != english}
STARTS = [english.partition("{}")[0] for english in ALL if english.partition("{}")[0]]
BUILT_IN = re.compile(r" icon$|^Selected Date|^(?:day|month|year), | per file$")
TEXTS = ("StaticText", "InlineTextBox", "ListMarker", "LineBreak")


@pytest.fixture(scope="module")
def course(browser: Browser, address: str, database: str) -> Iterator[Journey]:
    """Open a draft of the sample, and what dropouts would change in it."""
    context = browser.new_context(
        locale="nl-NL", viewport={"width": WIDE[0], "height": WIDE[1]}, reduced_motion="reduce"
    )
    made = Journey(context.new_page())
    made.open(address, stored(database, in_use=False))
    made.go("Wijzigingen")
    made.upload("new_class_list", "klas-oktober.csv", after_dropouts())
    made.read("Nova van Dam")
    made.press("replan")
    made.see("download_changes", PLAN)
    yield made
    context.close()


@pytest.mark.parametrize("place", Place, ids=lambda place: place.name.lower())
def test_a_page_keeps_nobody_out(course: Journey, place: Place) -> None:
    for language in LANGUAGES:
        show(course, place, language)
        assert grave(course) == []
        current = course.at("pages").locator("[aria-current=page]")
        expect(current.filter(has_text=place.title.text(language))).to_have_count(1)
        if language == "nl":
            speaks_dutch(course)
        if language == LANGUAGES[0]:  # colours and widths are the same in the other
            assert grave_in_the_dark(course) == []
            no_wider_than_the_screen(course)
        has_most_of_the_screen(course)


def no_wider_than_the_screen(journey: Journey) -> None:
    """See that nothing is past the edge of a phone, nor of a screen at 200 %, nor keeps anybody out there."""
    for width, height in (ENLARGED, PHONE, NARROW):
        journey.page.set_viewport_size({"width": width, "height": height})
        with suppress(Error):  # charts are drawn anew; what is past the edge is said below
            until(journey.page, FITS)
        assert journey.page.evaluate(PAST_THE_EDGE) == []
        if (width, height) != NARROW:  # it has the styles of a phone
            assert grave(journey) == []
    journey.page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})


def has_most_of_the_screen(journey: Journey) -> None:
    """See that no header and no bar leave a strip between them, as they did at 200 %."""
    for size, most in ABOVE.items():
        journey.page.set_viewport_size({"width": size[0], "height": size[1]})
        journey.rest()
        room = journey.page.evaluate(ROOM)
        assert room["above"] < most, (size, room)
        assert room["stuck"] == [], size
        assert journey.page.evaluate(COVERED) == [], size
    journey.page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})


def speaks_dutch(journey: Journey) -> None:
    """See that a screen reader says no "Link to heading", "info icon" or backslash on a Dutch page."""
    found = names(journey)
    english = [
        one
        for one in found
        if one[1] in ENGLISH
        or BUILT_IN.search(one[1])
        or (one[0] != "heading" and any(one[1].startswith(start) for start in STARTS if len(start) > 4))
    ]
    assert english == []
    assert [one for one in found if "\\" in one[1] or "**" in one[1]] == []


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

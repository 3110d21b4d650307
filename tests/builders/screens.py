"""Screens of all sizes, and a page in a language with everything on it that opens."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from planner.model.text import Language
from planner.ui.session.language import NAMES
from planner.ui.session.places import Place
from tests.browser.conftest import Journey

WIDE, ENLARGED, PHONE = (1280, 900), (640, 450), (390, 844)  # enlarged: the wide one at 200 %
NARROW = (320, 640)
OPEN = "() => document.querySelectorAll('details:not([open]) > summary').forEach((one) => one.click())"
GUIDELINES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
GRAVE = ("serious", "critical")
PAST_THE_EDGE = """() => {
    const main = document.querySelector('[data-testid=stMain]');
    const scrolls = (one) => one !== main && /auto|scroll/.test(getComputedStyle(one).overflowX);
    const inside = (one) => one && one !== main && (scrolls(one) || inside(one.parentElement));
    const shown = 'p, td, th, li, h1, h2, h3, h4, button, input, a, summary, canvas, svg, img';
    const past = [...main.querySelectorAll(shown)]
        .filter((one) => one.getBoundingClientRect().right > innerWidth + 1 && !inside(one))
        .map((one) => `${one.tagName} ${one.textContent}`);
    for (const one of [document.scrollingElement, main])
        if (one.scrollWidth > one.clientWidth) past.push(`${one.tagName} is ${one.scrollWidth} wide`);
    return past;
}"""
FITS = f"() => ({PAST_THE_EDGE})().length === 0"


def spoken(journey: Journey, language: Language) -> None:
    """Wait until the page says that it is in a language."""
    journey.page.locator(f"html[lang={language}]").wait_for(state="attached")
    journey.settle()


def show(journey: Journey, place: Place, language: Language) -> None:
    """Open a page in a language, and everything on it that opens."""
    journey.speak(NAMES[language])
    spoken(journey, language)
    journey.go(place.title.text(language))
    journey.page.evaluate(OPEN)
    journey.rest()  # what opened may still ask for what is in it
    journey.settle()
    expect(journey.page.locator("[data-stale=true]")).to_have_count(0)


def grave(journey: Journey, *rules: str, within: str | None = None) -> list[str]:
    """Return what axe finds that keeps people out; of some rules, or all guidelines; in a part, or in all."""
    wanted = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": GUIDELINES}
    options = {"runOnly": wanted, "resultTypes": ["violations"], "preload": False}
    axe = Axe()
    if not journey.page.evaluate("() => 'axe' in window"):
        journey.page.evaluate(axe.axe_script)
    found = journey.page.evaluate(
        "([within, options]) => axe.run(within ?? document, options)", [within, options]
    )
    return [
        f"{one['id']}: {node['target']} {node['html'][:200]} {node['failureSummary']}"
        for one in found["violations"]
        if one["impact"] in GRAVE
        for node in one["nodes"]
    ]


def grave_in_the_dark(journey: Journey) -> list[str]:
    """Return what cannot be read in the dark; the pages take on its colours in their own time."""
    journey.page.emulate_media(color_scheme="dark")
    journey.rest()
    found = grave(journey, "color-contrast")
    journey.page.emulate_media(color_scheme="light")
    return found


def clear(journey: Journey, state: str) -> None:
    """See that nobody is kept out, in light and dark, and that nothing is past the edge of the screen."""
    journey.rest()
    assert grave(journey) == [], state
    assert journey.page.evaluate(PAST_THE_EDGE) == [], state
    assert grave_in_the_dark(journey) == [], f"{state}, in the dark"

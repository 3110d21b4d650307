"""The term in a real browser: a refresh is asked for, planned, and told in a picture and a table."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PLAN, Journey
from tests.builders.screens import PHONE

pytestmark = pytest.mark.browser

FADED = """async (left) => {
    const tables = [...document.querySelectorAll('[data-testid=stTable] > div')];
    const table = tables.find((one) => one.scrollWidth > one.clientWidth);
    table.scrollLeft = left;
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    return getComputedStyle(table).maskImage;
}"""


def test_a_refresh_is_planned_and_shown_in_both_languages(journey: Journey) -> None:
    page = journey.page
    journey.press("use_sample")
    journey.see("make_plan")
    journey.go("Regels")
    journey.at("more_term").locator("summary").click()
    expect(journey.at("more_term").locator("details")).to_have_attribute("open", "")
    journey.pick("more_term", "5")
    expect(journey.at("more_term").get_by_label("5", exact=True).first).to_be_visible()
    journey.press("make_plan")
    journey.see("download_groups", PLAN)

    journey.go("Periode")
    journey.read("De periode in één oogopslag")
    chart = page.get_by_test_id("stVegaLiteChart")
    chart.wait_for()
    # The frame of a chart is there before its words are.
    chart.get_by_text("Week 1–5").first.wait_for()
    chart.get_by_text(re.compile(r"Week 6–10: \d+ studenten verhuizen")).first.wait_for()
    row = page.get_by_role("row").filter(has_text="6–10").first
    row.wait_for()
    moved = int(row.get_by_role("cell").nth(2).inner_text())
    assert 0 < moved <= 7  # a quarter of 28
    journey.read("ontmoeten elkaar voor het eerst")

    # Who moves, and one of them from week to week.
    movers = page.get_by_text(f"Week 6: {moved} studenten verhuizen")
    movers.click()
    mover = page.get_by_role("row").filter(has_text=re.compile("Groep .*Groep")).last
    mover.wait_for()
    name = mover.get_by_role("cell").first.inner_text()
    box = journey.at("term_student").get_by_role("combobox")
    box.fill(name)
    page.get_by_role("option", name=name, exact=True).click()
    page.get_by_role("heading", name=name, exact=True).wait_for()
    journey.read("Met nieuwe mensen")
    page.get_by_role("cell").filter(has_text="verhuist").first.wait_for()

    journey.speak("English")
    journey.read("The term at a glance")
    page.get_by_role("columnheader", name="With new people").first.wait_for()
    expect(page.get_by_role("heading", name=name, exact=True)).to_be_visible()

    # On a phone a table that goes on to the right fades there, until somebody is at its end.
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    journey.rest()
    assert "calc" in page.evaluate(FADED, 0)
    assert "calc" not in page.evaluate(FADED, 10_000)

"""The forecast in a real browser: a few terms are lived through, and told in a picture and a table."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DRAFT, PLAN, Journey

pytestmark = [pytest.mark.browser, DRAFT]


def test_the_calmest_size_is_found_and_told_in_both_languages(journey: Journey, held: Path) -> None:
    page = journey.page
    journey.go("Periode")
    journey.see("forecast")
    rate = journey.at("forecast_rate").get_by_role("spinbutton")
    rate.fill("5")
    rate.press("Tab")
    held.write_text("start")
    journey.press("forecast")
    journey.see("forecast_stop")
    held.unlink()
    journey.read("nagebootste periodes per keuze, waarin", PLAN)
    journey.read("Het rustigst: ")
    for choice in ("Dit plan", "Groepen van 3", "Groepen van 5", "Groepen van 6"):
        row = page.get_by_role("row").filter(has_text=choice).first
        assert re.fullmatch(r"[\d,]+ \([\d,]+ tot [\d,]+\)", row.get_by_role("cell").nth(3).inner_text())
    chart = page.get_by_test_id("stVegaLiteChart").last
    expect(chart.get_by_text("het rustigst")).not_to_have_count(0)
    # Opened, and at once the other language: the server hears of both together.
    page.evaluate(
        """() => {
            document.querySelector(".st-key-forecast_more summary").click();
            [...document.querySelectorAll(".st-key-language button")].at(-1).click();
        }"""
    )
    journey.read("simulated terms for each choice, in which")
    expect(journey.at("forecast_more").locator("details")).to_have_attribute("open", "")
    journey.read("Calmest: ")

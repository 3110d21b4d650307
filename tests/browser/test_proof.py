"""What is proven, in a real browser: for the whole, for each rule, and the prices after a longer look."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DRAFT, PLAN, Journey

pytestmark = pytest.mark.browser


@DRAFT
def test_proof_and_prices_in_both_languages(journey: Journey) -> None:
    journey.tab("Analyse")
    journey.see("look_for_proof")
    expect(journey.at("more_prices")).to_have_count(0)
    journey.press("look_for_proof")
    journey.see("stop")
    # The groups are in view again when it is done; what was found out stands in the tab.
    journey.see("download_groups", PLAN)
    journey.tab("Analyse")
    journey.see("more_prices")
    # Nothing more to look for, and a plan of this class is proven.
    expect(journey.at("look_for_proof")).to_have_count(0)
    journey.read("Bewezen: geen plan met 7 groepen kan beter zijn.")
    standing, prices = journey.page.get_by_test_id("stTable").last, journey.at("more_prices")
    standing.get_by_text("bewezen: beter kan niet").first.wait_for()
    expect(standing.get_by_text("van het beste af").first).to_be_visible()
    prices.locator("summary").click()
    prices.get_by_text("beter zonder").first.wait_for()
    journey.speak("English")
    journey.read("Proven: no plan with 7 groups can be better.")
    standing.get_by_text("proven best").first.wait_for()
    expect(standing.get_by_text("from the best").first).to_be_visible()
    prices.get_by_text("better without").first.wait_for()
    assert "Traceback" not in journey.page.content()


def test_a_choice_keeps_its_meaning_in_the_other_language(journey: Journey) -> None:
    journey.press("use_sample")
    journey.see("make_plan")
    journey.go("Regels")
    term = journey.at("more_term")
    term.locator("summary").click()
    term.get_by_text("Zo veel mogelijk mensen ontmoeten").click()
    for language, chosen in (
        ("English", "Meet as many people as possible"),
        ("Nederlands", "Zo veel mogelijk mensen ontmoeten"),
        ("English", "Meet as many people as possible"),
    ):
        journey.speak(language)
        term.get_by_text(chosen).wait_for()
        expect(term.get_by_role("radio", name=chosen)).to_be_checked()
    assert "Traceback" not in journey.page.content()

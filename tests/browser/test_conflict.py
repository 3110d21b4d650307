"""What is in the way, and what if, in a real browser: one click takes a way out, then planning succeeds."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DRAFT, PLAN, ROOT, Journey

pytestmark = pytest.mark.browser


def stuck(journey: Journey) -> None:
    """Ask more shared times of the sample class than it has, and wait until that is explained."""
    rules = (ROOT / "data" / "regels-28.toml").read_text().replace("at_least = 2", "at_least = 5")
    journey.press("use_sample")
    journey.see("make_plan")
    journey.go("Regels")
    journey.page.get_by_text("Regels in een bestand").first.click()
    journey.rest()  # the field is drawn with what unfolds
    journey.upload("rules_file", "rules.toml", rules.encode())
    journey.read("Minstens 5 gedeelde momenten in Beschikbaar")
    journey.press("make_plan")
    journey.see("conflict", PLAN)


def test_one_click_takes_a_way_out_and_then_there_is_a_plan(journey: Journey) -> None:
    stuck(journey)
    conflict = journey.at("conflict")
    expect(conflict.get_by_text("Bewezen").first).to_be_visible()
    expect(conflict.get_by_text("Minstens 5 gedeelde momenten in Beschikbaar", exact=True)).to_be_visible()
    # The page speaks English with what was found before.
    journey.speak("English")
    conflict.get_by_role("heading", name="What is in the way").wait_for()
    expect(conflict.get_by_text("Proven").first).to_be_visible()
    journey.speak("Nederlands")
    conflict.get_by_role("heading", name="Wat er in de weg zit").wait_for()
    conflict.get_by_role("button", name="Doe dit").first.click()
    journey.see("plan_again")
    expect(journey.at("conflict")).to_have_count(0)
    journey.press("plan_again")
    journey.see("download_groups", PLAN)
    expect(journey.at("plan_again")).to_have_count(0)
    expect(journey.page.get_by_role("heading", name="Groep 1", exact=True)).to_be_visible()
    assert "Traceback" not in journey.page.content()


@DRAFT
def test_what_if_two_swapped(journey: Journey) -> None:
    journey.tab("Analyse")
    journey.at("more_what_if").get_by_text("Wat als …").click()
    journey.see("what_if_first")
    journey.pick("what_if_first", "Agnieszka Dekker")
    journey.see("what_if_second")
    journey.pick("what_if_second", "Femke Yıldız")
    journey.at("more_what_if").get_by_text("Wat het betekent").wait_for()
    expect(journey.at("more_what_if").get_by_text("Dit kan")).to_have_count(1)
    journey.at("what_if_kind").get_by_text("Twee groepen naast elkaar").click()
    journey.see("what_if_one")
    journey.pick("what_if_one", "Groep 2")
    journey.pick("what_if_other", "Groep 5")
    journey.at("more_what_if").locator("th").filter(has_text="Groep 5").wait_for()
    assert "Traceback" not in journey.page.content()

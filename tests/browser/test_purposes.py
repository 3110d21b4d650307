"""From a purpose to groups, in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PLAN, Journey
from tests.builders.commands import rows_of
from tests.builders.survey_class import survey_csv

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("language", "page", "purpose", "idea", "button"),
    [
        ("Nederlands", "Regels", "Een rustige periode", "Werkt parttime mengen", "Gebruik deze rolnamen"),
        ("English", "Rules", "A calm term", "Mix Werkt parttime", "Use these role names"),
    ],
)
def test_from_a_purpose_to_groups(
    journey: Journey, language: str, page: str, purpose: str, idea: str, button: str
) -> None:
    journey.speak(language)
    journey.settle()
    journey.upload("class_list", "klas.csv", survey_csv())
    journey.see("more_columns")
    journey.go(page)
    journey.read("Sanne Jansen")
    # What was asked by a button of its own is there at once, and says what it did.
    journey.page.get_by_role("button", name=purpose, exact=True).click()
    journey.see("purpose_told")
    journey.press("purpose_back")
    journey.page.locator(".st-key-purpose_told").wait_for(state="detached")
    journey.page.get_by_role("button", name=purpose, exact=True).click()
    journey.see("purpose_told")
    journey.page.get_by_role("button", name=button).click()
    journey.page.locator(".st-key-use_role_names").wait_for(state="detached")
    journey.at("more_ideas").locator("summary").click()
    journey.page.get_by_role("button", name=idea).click()
    expect(journey.at("more_ideas").get_by_role("button", name=idea)).to_have_count(0)
    journey.press("make_plan")
    journey.see("download_groups", PLAN)
    rows = rows_of(journey.download("download_groups"))
    assert len(rows) == 12
    assert {row["role"] for row in rows} <= {"Notulist", "Note-taker", "Tester", "Scrum master", ""}
    assert "Traceback" not in journey.page.content()

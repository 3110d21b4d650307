"""From groups to cards in a real browser: a picture of a card, files to take along, two languages."""

from __future__ import annotations

import io

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.conftest import DRAFT, Journey
from tests.builders.commands import rows_of
from tests.builders.pulse_answers import Row, google

pytestmark = [pytest.mark.browser, DRAFT]


def test_cards_the_sheet_and_mail_are_taken_along(journey: Journey) -> None:
    groups = rows_of(journey.download("download_groups"))
    journey.go("Kaarten")
    journey.see("download_cards_pdf")
    # A card as it will be.
    picture = journey.page.locator("[data-testid=stImage] img").first
    picture.wait_for()
    assert picture.evaluate("image => image.complete && image.naturalWidth") > 400
    journey.read("Groep 1, bladzijde 1")
    # All cards, each on a sheet of its own.
    cards = PdfReader(io.BytesIO(journey.download("download_cards_pdf")))
    assert len(cards.pages) == 2 * len({row["group"] for row in groups})
    assert cards.metadata is not None
    assert cards.metadata.title == "Startkaarten"
    assert b"<h1" in journey.download("download_cards_html")
    sheet = PdfReader(io.BytesIO(journey.download("download_sheet_pdf")))
    assert "Docentenblad week 1" in sheet.pages[0].extract_text()
    mail = rows_of(journey.download("download_mail_csv"))
    assert {(row["naam"], row["groep"]) for row in mail} == {(row["name"], row["group"]) for row in groups}
    # The same in English.
    journey.speak("English")
    journey.read("1. Starter cards")
    english = PdfReader(io.BytesIO(journey.download("download_cards_pdf")))
    assert english.root_object["/Lang"] == "en"
    assert "Your group" in english.pages[0].extract_text()


def test_the_pulse_is_read_and_leaves_a_group_alone(journey: Journey) -> None:
    journey.go("Kaarten")
    journey.see("pulse_answers")
    rows: list[Row] = [("Groep 2", "1", (5, 4, 5))] * 4 + [("Groep 3", "1", (1, 1, 1))] * 3
    journey.upload("pulse_answers", "pulse.csv", google(rows).content)
    journey.read("Met deze groepen gaat het goed: Groep 2.")
    expect(journey.page.get_by_text("Nog te weinig antwoorden om te laten zien.")).to_have_count(6)
    journey.press("leave_alone")
    journey.read("Als je opnieuw plant, blijven deze groepen zoals ze zijn: Groep 2.")

"""From page to page in a real browser: students changed in the table, and what stays when one comes back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from planner.ui.session.places import Place
from tests.browser.conftest import PLAN, Journey
from tests.builders.commands import rows_of
from tests.builders.watching import until

pytestmark = pytest.mark.browser


def test_students_are_changed_in_the_table_and_planned_as_they_stand_there(journey: Journey) -> None:
    page = journey.page
    journey.press("use_sample")
    journey.read("28 studenten gelezen uit klas-28.csv")
    table = page.get_by_test_id("stDataFrame").locator("canvas").first
    table.wait_for()
    journey.settle()

    def cell(x: float, y: float) -> None:
        journey.rest()  # what stands above may still be opening
        # What scrolls lies over it. A click at a place on the screen once closed the fold around it.
        page.get_by_test_id("stDataFrame").locator(".dvn-scroller").first.click(position={"x": x, "y": y})

    # A first name.
    name = page.locator("textarea.gdg-input")
    for _ in range(10):  # a click on a table that is being drawn anew opens nothing
        cell(200, 52)
        page.keyboard.press("Enter")
        journey.rest()  # the field over the cell is drawn by the browser alone, in its own time
        if name.count():
            break
    name.fill("Robin")
    page.keyboard.press("Enter")
    journey.read("Eén rij handmatig gewijzigd.")
    # Somebody left: the tick is taken away.
    cell(105, 87)
    page.keyboard.press("Space")
    journey.read("27 studenten gelezen uit klas-28.csv")
    journey.read("2 rijen handmatig gewijzigd.")
    # Somebody joined.
    form = page.get_by_test_id("stForm")
    form.get_by_label("Studentnummer").fill("1999999")
    form.get_by_label("Roepnaam").fill("Nova")
    form.get_by_label("Achternaam").fill("Dam")
    form.get_by_role("button", name="Zet op de klassenlijst").click()
    journey.read("28 studenten gelezen uit klas-28.csv")
    journey.read("3 rijen handmatig gewijzigd.")
    # It is still so after a visit to the rules, and in English.
    journey.go("Regels")
    journey.see("add_rule")
    journey.speak("English")
    journey.read("Another rule")
    journey.go("Class list")
    journey.read("3 rows edited by hand.")
    journey.press("make_plan")
    journey.see("download_groups", PLAN)
    names = {row["name"] for row in rows_of(journey.download("download_groups"))}
    assert {"Nova Dam", "Robin Bhagwandin"} <= names
    assert "Jip Crèvecoeur" not in names
    # And back as it was read.
    journey.go("Class list")
    journey.press("undo_edits")
    journey.read("The rules or the class list have changed since these groups were made.")
    expect(page.get_by_text("edited by hand")).to_have_count(0)
    assert "Traceback" not in page.content()


def test_rules_stay_as_they_were_filled_in(journey: Journey) -> None:
    page = journey.page
    journey.press("use_sample")
    journey.see("make_plan")
    journey.go("Regels")
    sizes = page.get_by_label("Grootste groep")
    sizes.fill("6")
    sizes.press("Tab")
    card = page.locator("[class*=st-key-rule_]").filter(has_text="Nooit alleen").first
    card.get_by_text("Fijn als het kan", exact=True).click()
    journey.pick("new_rule", "Bij elkaar")
    journey.press("add_rule")
    journey.read("Kies minstens twee studenten.")
    journey.go("Groepen")
    journey.read("Er zijn nog geen groepen.")
    journey.at("plan_bar").get_by_role("link", name=re.compile("Naar de regels")).click()
    page.get_by_label("Grootste groep").wait_for()
    journey.settle()
    expect(page.get_by_label("Grootste groep")).to_have_value("6")
    card = page.locator("[class*=st-key-rule_]").filter(has_text="Nooit alleen").first
    card.get_by_role("radio", name="Fijn als het kan", checked=True).wait_for()
    journey.speak("English")
    journey.read("Choose at least two students.")
    expect(card.page.get_by_label("Largest group")).to_have_value("6")
    assert "Traceback" not in page.content()


def test_a_click_on_a_page_that_got_lost_is_made_up_for(journey: Journey) -> None:
    """With ten coordinators at once a click on another page was seen to come to nothing."""
    journey.press("use_sample")
    journey.see("make_plan")
    journey.settle()
    term = journey.at("pages").get_by_role("link", name=Place.TERM.title.text("nl"))
    journey.page.evaluate("href => window.hechtOwn.go(href)", term.get_attribute("href"))
    until(journey.page, "() => window.hechtOwn.wanted === null")
    current = journey.at("pages").locator("[aria-current=page]")
    expect(current.filter(has_text=Place.TERM.title.text("nl"))).to_have_count(1)

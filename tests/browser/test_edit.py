"""Editing by hand in a real browser, in both languages: told, done, undone; compared with what it was."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import DRAFT, START, Journey
from tests.builders.commands import rows_of

pytestmark = [pytest.mark.browser, DRAFT]


def test_a_student_moves_with_the_keyboard_and_comes_back(journey: Journey) -> None:
    page = journey.page
    before = journey.download("download_groups").decode("utf-8-sig")
    journey.at("more_edit").locator("summary").focus()
    page.keyboard.press("Enter")
    journey.see("edit_do")
    journey.pick("edit_student", "Agnieszka Dekker")
    journey.pick("edit_group", "Groep 6" if "Agnieszka Dekker;Groep 5" in before else "Groep 5")
    journey.at("more_edit").get_by_text("Wat het betekent").wait_for()
    journey.at("edit_do").get_by_role("button").focus()
    page.keyboard.press("Enter")
    undo = journey.at("edit_undo").get_by_role("button", name="Ongedaan maken: Agnieszka Dekker naar Groep")
    undo.wait_for()
    journey.settle()
    edited = journey.download("download_groups").decode("utf-8-sig")
    assert edited != before
    # In English the panel is open still, and what was done can be undone.
    journey.speak("English")
    journey.at("edit_undo").get_by_role("button", name="Undo: Agnieszka Dekker to Groep").wait_for()
    # Beside what it was: one student elsewhere.
    journey.tab("Analysis")
    journey.at("more_compare").get_by_text("Compare with another plan").click()
    journey.at("more_compare").get_by_text("One student is in another group").wait_for()
    journey.tab("Groups")
    journey.at("edit_undo").get_by_role("button").focus()
    page.keyboard.press("Enter")
    journey.at("edit_redo").get_by_role("button", name="Redo: Agnieszka Dekker to Groep").wait_for()
    journey.settle()
    assert journey.download("download_groups").decode("utf-8-sig") == before
    assert "Traceback" not in page.content()


def test_a_group_gets_a_name_and_a_lock_on_its_card(journey: Journey) -> None:
    page = journey.page
    journey.at("more_edit").get_by_text("Handmatig wijzigen").click()
    journey.see("edit_do")
    journey.see("edit_tools_0")
    journey.at("edit_tools_0").get_by_role("button").first.click()
    name = page.get_by_label("Naam van de groep").last
    name.fill("Team Rood")
    name.press("Enter")
    page.get_by_role("heading", name="Team Rood", exact=True).wait_for()
    journey.at("edit_undo").get_by_role("button", name="Ongedaan maken: Groep 1 heet nu Team Rood").wait_for()
    journey.settle()
    assert "Team Rood" in journey.download("download_groups").decode("utf-8-sig")
    journey.pick("edit_lock_groups", "Team Rood")
    journey.read("Vastgezet: niemand eruit of erbij")
    journey.press("edit_undo")
    page.get_by_text("Vastgezet: niemand eruit of erbij").first.wait_for(state="detached")
    journey.press("edit_undo")
    page.get_by_role("heading", name="Groep 1", exact=True).wait_for()
    assert "Traceback" not in page.content()


def test_an_edit_shows_wherever_the_plan_does_and_is_kept(journey: Journey) -> None:
    """Only what shows the plan is drawn anew: two cards, the sentence, the picture, and the like."""
    page = journey.page
    journey.tab("Analyse")
    journey.see("look_for_proof")
    journey.tab("Groepen")
    groups = {row["name"]: row["group"] for row in rows_of(journey.download("download_groups"))}
    old = groups["Agnieszka Dekker"]
    new = "Groep 6" if old == "Groep 5" else "Groep 5"
    there = next(name for name, group in groups.items() if group == new)
    journey.at("more_edit").locator("summary").click()
    journey.see("edit_do")
    journey.pick("edit_student", "Agnieszka Dekker")
    journey.pick("edit_group", new)
    picture = page.locator(".hecht-picture")
    before = picture.inner_text()
    journey.press("edit_do")
    card = page.get_by_test_id("stVerticalBlock").filter(
        has=page.get_by_role("heading", name=new, exact=True)
    )
    card.last.get_by_role("button", name="Agnieszka Dekker").wait_for()
    left = page.get_by_test_id("stVerticalBlock").filter(
        has=page.get_by_role("heading", name=old, exact=True)
    )
    expect(left.last.get_by_role("button", name="Agnieszka Dekker")).to_have_count(0)
    expect(picture).not_to_have_text(before, use_inner_text=True)
    journey.read("Handmatig gewijzigd: iedereen heeft een plek")
    expect(page.get_by_text("Kies eerst een student, en waarheen.")).to_have_count(0)
    journey.tab("Analyse")
    journey.at("more_what_if").locator("summary").click()
    expect(journey.at("look_for_proof")).to_have_count(0)
    journey.pick("what_if_first", "Agnieszka Dekker")
    journey.pick("what_if_second", there)
    journey.at("more_what_if").get_by_text(f"Beiden zitten in {new}").wait_for()
    journey.tab("Groepen")
    journey.press("edit_undo")
    left.last.get_by_role("button", name="Agnieszka Dekker").wait_for()
    expect(picture).to_have_text(before, use_inner_text=True)
    journey.tab("Analyse")
    journey.see("look_for_proof")
    journey.tab("Groepen")
    journey.press("edit_redo")
    card.last.get_by_role("button", name="Agnieszka Dekker").wait_for()
    page.reload()
    card.last.get_by_role("button", name="Agnieszka Dekker").wait_for(timeout=START)
    journey.settle()
    kept = {row["name"]: row["group"] for row in rows_of(journey.download("download_groups"))}
    assert kept == {**groups, "Agnieszka Dekker": new}


def names_on(journey: Journey, card: int) -> Locator:
    return journey.page.locator(f".st-key-members_{card} [class*='st-key-name_'] button")


def test_a_name_is_dragged_to_another_card_and_onto_a_name(journey: Journey) -> None:
    """On top of the menus: a click still opens one, Escape lets go, and undo outlives a reload."""
    journey.rest()
    page = journey.page
    name = names_on(journey, 0).first
    who = (name.locator("p").evaluate("found => found.firstChild.textContent")).strip()
    name.evaluate("found => found.scrollIntoView({block: 'center'})")
    name.click()
    page.get_by_role("menu").wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("menu").wait_for(state="detached")
    name.hover()
    page.mouse.down()
    names_on(journey, 1).first.hover()
    page.locator("[data-hecht-over=swap]").wait_for()
    page.keyboard.press("Escape")
    page.locator("[data-hecht-over]").wait_for(state="detached")
    page.mouse.up()
    expect(journey.at("edit_undo")).to_have_count(0)
    name.drag_to(page.locator(".st-key-group_1").get_by_role("heading"))
    journey.at("told_1").get_by_text(f"{who} naar Groep 2").wait_for()
    expect(names_on(journey, 1).filter(has_text=who)).to_be_focused()
    expect(page.get_by_role("menu")).to_have_count(0)
    journey.press("undo_1")
    names_on(journey, 0).filter(has_text=who).wait_for()
    expect(journey.at("edit_redo").get_by_role("button")).to_be_focused()
    journey.rest()  # what was told on the card is gone, and its names are higher up
    names_on(journey, 0).filter(has_text=who).drag_to(names_on(journey, 1).first)
    journey.at("told_1").get_by_text("geruild").wait_for()
    names_on(journey, 1).filter(has_text=who).wait_for()
    page.reload()
    journey.see("edit_undo", START)
    undo = journey.at("edit_undo").get_by_role("button", name="Ongedaan maken: ")
    undo.click()
    names_on(journey, 0).filter(has_text=who).wait_for()
    assert "Traceback" not in page.content()


def test_the_keyboard_comes_back_from_a_window_and_finds_what_is_not_met(journey: Journey) -> None:
    """It fell to the body of the page."""
    journey.rest()
    page = journey.page
    name = names_on(journey, 2).last
    for window in ("Waarom deze groep?", "Andere groep, of ruilen"):
        name.focus()
        page.keyboard.press("Enter")
        page.get_by_role("menuitem", name=window).press("Enter")
        page.get_by_role("dialog").wait_for()
        page.keyboard.press("Escape")
        page.get_by_role("dialog").wait_for(state="detached")
        expect(name).to_be_focused()
    groups = page.locator("[class*='st-key-members_']")
    everything = groups.count()
    field = journey.at("unmet_rule").get_by_role("combobox")
    field.focus()
    page.keyboard.press("ArrowDown")
    option = page.get_by_role("option").first
    wanted = int(option.inner_text().rpartition("(")[2].rstrip(")"))
    page.keyboard.press("Enter")
    expect(groups).to_have_count(wanted)
    page.keyboard.press("Escape")
    assert wanted <= everything

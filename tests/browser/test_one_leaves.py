"""One student leaves, in a real browser: nobody moves who need not, wherever it begins and after a reload."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DRAFT, IN_USE, PLAN, START, Journey
from tests.builders.commands import rows_of

pytestmark = pytest.mark.browser
LEAVES = "0926745"  # Jip, on the second row
TICK, NAME, SECOND_ROW = 105, 340, 87  # pixels from the corner of the table
PAGES = ("Klassenlijst", "Regels", "Groepen", "Wijzigingen")


def groups_of(journey: Journey) -> dict[str, str]:
    journey.settle()  # a button that is drawn anew while it is pressed hands over nothing
    return {row["student_id"]: row["group"] for row in rows_of(journey.download("download_groups"))}


def untick(journey: Journey) -> None:
    """Take away the tick of a student in the table of the class list."""
    page = journey.page
    journey.go("Klassenlijst")
    table = page.get_by_test_id("stDataFrame").locator("canvas").first
    table.wait_for()
    journey.settle()
    table.evaluate("table => table.scrollIntoView({block: 'center'})")
    journey.rest()  # what stands above may still be opening
    box = table.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + NAME, box["y"] + SECOND_ROW)  # a first click only chooses the table
    page.mouse.click(box["x"] + TICK, box["y"] + SECOND_ROW)
    page.keyboard.press("Space")
    journey.read("27 studenten gelezen uit klas-28.csv")


def begin(journey: Journey, name: str) -> None:
    """Replan a draft from a page, with the button that it offers."""
    journey.go(name)
    if name in ("Wijzigingen", "Changes"):
        journey.press("use_edited")
    button = journey.at("replan").get_by_role("button")
    expect(button).to_be_enabled()
    button.click()
    journey.see("accept", PLAN)


@DRAFT
def test_one_student_leaves_a_draft_and_nobody_moves_wherever_it_begins(journey: Journey) -> None:
    before = groups_of(journey)
    untick(journey)
    # A reload first, which finds the tick away still; put back, all is as it was, and it is taken away again.
    journey.read("De regels of de klassenlijst zijn veranderd")
    journey.page.reload()
    journey.see("pages", START)
    journey.read("27 studenten gelezen")
    journey.press("undo_edits")
    journey.read("28 studenten gelezen")
    journey.read("Klaar: 7 groepen.")
    journey.go("Groepen")
    assert groups_of(journey) == before
    untick(journey)
    for where in ("Wijzigingen", "Regels"):
        begin(journey, where)
        journey.read("Niemand hoeft te verhuizen.")
        journey.press("leave")
        journey.read("Er is niets veranderd.")
    # Another day, in English: the list as it was edited by hand is still the one to compare with.
    journey.page.reload()
    journey.see("pages", START)
    journey.speak("English")
    begin(journey, "Changes")
    journey.read("Nobody has to move.")
    journey.press("leave")
    begin(journey, "Rules")
    journey.read("Nobody has to move.")
    journey.press("accept")
    journey.see("another_change")
    journey.go("Groups")
    after = {student: group for student, group in before.items() if student != LEAVES}
    journey.see("download_groups")
    assert groups_of(journey) == after
    expect(journey.page.get_by_text("The rules or the class list have changed")).to_have_count(0)
    # The plan before is one click away; that somebody left is pending then.
    journey.press("plan_before")
    journey.read("are in use again")
    journey.read("stopped (Groep")
    assert groups_of(journey) == before
    assert "Traceback" not in journey.page.content()


@IN_USE
def test_one_student_leaves_groups_in_use_and_every_page_says_what_that_comes_to(journey: Journey) -> None:
    before = groups_of(journey)
    untick(journey)
    for name in PAGES:
        journey.go(name)
        journey.read("Niemand hoeft te verhuizen.", PLAN)
    # Another day, in English, it waits still.
    journey.page.reload()
    journey.see("pages", START)
    journey.speak("English")
    journey.go("Rules")
    journey.at("carry_out_bar").get_by_role("button").and_(journey.page.locator(":enabled")).click(
        timeout=PLAN
    )
    journey.read("No pending changes.")
    journey.go("Groups")
    journey.see("download_groups")
    assert groups_of(journey) == {student: group for student, group in before.items() if student != LEAVES}
    assert "Traceback" not in journey.page.content()


@IN_USE
def test_new_groups_from_nothing_say_how_many_would_move_and_ask(journey: Journey) -> None:
    before = groups_of(journey)
    untick(journey)
    journey.go("Groepen")
    button = journey.at("make_plan").get_by_role("button")
    expect(button).to_have_attribute("kind", "secondary")
    button.click()
    journey.see("keep_groups", PLAN)
    journey.read("Je groepen zijn nog zoals ze waren.")
    assert groups_of(journey) == before
    use = journey.at("use_new_groups").get_by_role("button")
    expect(use).to_have_attribute("kind", "secondary")
    expect(use).to_contain_text("studenten verhuizen")
    found = re.search(r"(\d+) studenten verhuizen", use.inner_text())
    assert found
    said = int(found[1])
    # Also after a reload nothing is replaced, and the question is still there, in the other language too.
    journey.page.reload()
    journey.see("use_new_groups", START)
    journey.speak("English")
    journey.read(f"New groups are ready. {said} of the 27 students would move.")
    use.click()
    journey.see("plan_before")
    after = groups_of(journey)
    assert sum(after[student] != before[student] for student in after) == said
    journey.press("plan_before")
    journey.read("are in use again")
    assert groups_of(journey) == before
    # Kept as they are, nothing is asked any more.
    journey.press("make_plan")
    journey.see("keep_groups", PLAN)
    journey.press("keep_groups")
    journey.at("use_new_groups").wait_for(state="detached")
    assert groups_of(journey) == before
    assert "Traceback" not in journey.page.content()

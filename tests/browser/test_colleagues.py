"""Two colleagues sign in: one shares a course, the other changes it, the first sees who and takes it back.

The change and taking it back are done with the keyboard alone, and are there after a reload.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.conftest import PLAN, START, Journey, arrive
from tests.builders.commands import rows_of
from tests.builders.hands import Keyboard
from tests.builders.screens import PHONE, clear

pytestmark = pytest.mark.browser
BRAM = "bram@school.example"


def enter(browser: Browser, url: str, name: str, locale: str) -> Journey:
    """Sign in as somebody, in a browser of their own."""
    journey = arrive(browser, url, "sign_in", locale)
    journey.press("sign_in")
    journey.page.get_by_role("link", name=name).click()
    journey.see("pages", START)
    journey.settle()
    return journey


def unfold(journey: Journey, key: str) -> None:
    journey.at(key).locator("summary").first.click()
    journey.settle()


def combobox(journey: Journey, key: str) -> Locator:
    return journey.page.locator(f'[class*="st-key-{key}"]').get_by_role("combobox").first


def share(journey: Journey, may: str) -> None:
    """Share the course on the page of the courses with Bram."""
    journey.page.get_by_label("E-mailadres waarmee je collega inlogt").first.fill(BRAM)
    journey.at("share_may").get_by_text(may).first.click()
    journey.press("share")
    journey.read("Je collega vindt het vak onder")


def groups(journey: Journey) -> dict[str, str]:
    journey.settle()
    return {row["name"]: row["group"] for row in rows_of(journey.download("download_groups"))}


def test_a_colleague_changes_a_plan_and_the_owner_takes_it_back(browser: Browser, guarded: str) -> None:
    anna = enter(browser, guarded, "Anna Bos", "nl-NL")
    anna.press("use_sample")
    anna.see("make_plan")
    anna.press("make_plan")
    anna.see("download_groups", PLAN)
    before = groups(anna)
    anna.go("Vakken")
    unfold(anna, "more_share")
    share(anna, "mag wijzigen")

    # The colleague has no courses but this one, sees whose it is, and moves a student.
    bram = enter(browser, guarded, "Bram Dijk", "en-GB")
    bram.read("Voorbeeldklas · saved by Anna Bos")
    bram.go("Groups")
    bram.see("download_groups", START)
    new = "Groep 6" if before["Agnieszka Dekker"] == "Groep 5" else "Groep 5"
    keys = Keyboard(bram.page, bram.settle)
    keys.press(bram.at("more_edit").locator("summary").first)
    bram.see("edit_do")
    keys.pick(combobox(bram, "edit_student"), "Agnieszka Dekker")
    keys.pick(combobox(bram, "edit_group"), new)
    keys.press(bram.at("edit_do").get_by_role("button"))
    bram.at("edit_undo").get_by_role("button", name="Undo: Agnieszka Dekker to").wait_for()
    bram.page.reload()
    bram.see("download_groups", START)
    assert groups(bram) == {**before, "Agnieszka Dekker": new}

    # The owner changes something meanwhile, is told by whom and when it was saved, and takes what they saved.
    anna.page.locator("[class*=st-key-course_name] input").fill("Biologie")
    anna.page.keyboard.press("Enter")
    anna.see("two_tabs")
    anna.read("Bram Dijk heeft dit vak bewaard")
    anna.at("two_tabs").get_by_role("link", name="Gebruik wat Bram Dijk om").click()
    anna.read("bewaard door Bram Dijk", START)
    anna.settle()

    # The history says who did what; one press and the groups are as they were.
    anna.go("Vakken")
    unfold(anna, "more_history")
    clear(anna, "the history of a course that is shared")
    anna.at("line_0").get_by_text("Bram Dijk").wait_for()
    anna.at("line_0").get_by_text(f"Agnieszka Dekker naar {new}").wait_for()
    Keyboard(anna.page, anna.settle).press(anna.at("undo_0").get_by_role("button"))
    anna.at("line_0").get_by_text("plan 1 teruggehaald").wait_for()
    anna.go("Groepen")
    anna.see("download_groups")
    anna.page.reload()
    anna.see("download_groups", START)
    assert groups(anna) == before

    # From now on the colleague may look: everything is read and downloaded, and nothing is changed.
    anna.go("Vakken")
    unfold(anna, "more_share")
    share(anna, "mag bekijken")
    bram.page.goto(guarded)
    bram.see("look_only", START)
    bram.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    clear(bram, "a course that may be looked at, on a phone")
    bram.go("Groups")
    bram.see("download_groups")
    clear(bram, "groups that may be looked at, on a phone")
    assert groups(bram) == before
    bram.read("groups are made by those who may change it")
    expect(bram.at("make_plan")).to_have_count(0)

    # Taken back, the course is no longer there for them.
    anna.page.get_by_role("button", name="Niet meer delen").first.click()
    anna.read("Delen met collega")
    bram.page.reload()
    bram.read("This course no longer exists", START)
    expect(bram.page.locator("body")).not_to_contain_text("Agnieszka")
    for one in (anna, bram):
        one.page.context.close()


def test_another_course_is_chosen_under_the_name_with_the_keyboard(browser: Browser, guarded: str) -> None:
    anna = enter(browser, guarded, "Anna Bos", "nl-NL")
    anna.page.goto(f"{guarded}?course=new")
    anna.see("use_sample", START)
    rows = b"".join(b"%07d;Student Nummer%d;%d\n" % (1_000_000 + n, n, n % 3) for n in range(12))
    anna.upload("class_list", "Chemie.csv", b"Studentnummer;Naam;Richting\n" + rows)
    anna.read("Chemie · bewaard")
    anna.settle()
    anna.at("switch_course").get_by_role("button").first.focus()
    anna.page.keyboard.press("Enter")
    other = anna.page.get_by_role("link", name="Voorbeeldklas")
    other.wait_for()
    expect(other).to_be_focused()  # the first in the list: a press of a key goes into what it opens
    anna.page.keyboard.press("Escape")
    expect(anna.at("switch_course").get_by_role("button").first).to_be_focused()
    anna.page.keyboard.press("Enter")
    expect(other).to_be_focused()
    anna.page.keyboard.press("Enter")
    anna.read("Voorbeeldklas · bewaard", START)
    anna.page.context.close()

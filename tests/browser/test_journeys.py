"""Whole journeys in a real browser: from a class list to groups that are taken along."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urljoin

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DRAFT, PLAN, ROOT, Journey
from tests.builders.commands import rows_of
from tests.builders.journeys import after_dropouts
from tests.builders.screens import spoken

pytestmark = pytest.mark.browser


def test_the_sample_is_planned_in_two_clicks_and_taken_along(journey: Journey) -> None:
    journey.press("use_sample")
    journey.press("make_plan")
    journey.see("download_groups", PLAN)
    rows = rows_of(journey.download("download_groups"))
    assert len(rows) == 28
    assert len({row["student_id"] for row in rows}) == 28
    assert {row["group"] for row in rows} == {f"Groep {n}" for n in range(1, 8)}
    for group in ("Groep 1", "Groep 7"):
        expect(journey.page.get_by_role("heading", name=group, exact=True)).to_be_visible()
    # The language changes, the plan stays.
    journey.speak("English")
    journey.read("Download")
    spoken(journey, "en")  # said once all is drawn
    expect(journey.page.get_by_role("heading", name="Groep 7", exact=True)).to_be_visible()
    journey.speak("Nederlands")
    journey.read("Downloaden")
    assert rows_of(journey.download("download_groups")) == rows


@DRAFT
def test_a_class_is_planned_again_after_dropouts(journey: Journey) -> None:
    before = {row["student_id"]: row["group"] for row in rows_of(journey.download("download_groups"))}
    # The new list, who left and who is new.
    journey.go("Wijzigingen")
    new_list = after_dropouts()
    journey.upload("new_class_list", "klas-oktober.csv", new_list)
    journey.read("26 studenten gelezen uit klas-oktober.csv")
    journey.read("Niet meer in de lijst")
    journey.read("Nova van Dam")
    journey.press("replan")
    journey.see("download_changes", PLAN)
    # Before and after, marked in words.
    cells = journey.page.locator("td")
    expect(cells.filter(has_text=re.compile(r"nieuw\s*$"))).to_have_count(1)
    expect(cells.filter(has_text=re.compile(r"gestopt\s*$"))).to_have_count(3)
    journey.speak("English")
    expect(cells.filter(has_text=re.compile(r"new\s*$"))).to_have_count(1)
    expect(cells.filter(has_text=re.compile(r"left\s*$"))).to_have_count(3)
    journey.speak("Nederlands")
    # A button that is drawn anew while it is pressed hands over nothing.
    expect(journey.at("download_changes").get_by_role("button", name="Wijzigingen")).to_have_count(1)
    expect(cells.filter(has_text=re.compile(r"nieuw\s*$"))).to_have_count(1)
    changes = rows_of(journey.download("download_changes"))
    here = {line.split(";")[0] for line in new_list.decode().splitlines()[1:]}
    assert {row["student_id"] for row in changes if not row["to_group"]} == before.keys() - here
    assert [row["name"] for row in changes if not row["from_group"]] == ["Nova van Dam"]
    assert all(row["reason"] for row in changes)
    # Accepted: the first page has the new groups, and everybody else is where the changes say.
    journey.press("accept")
    journey.see("another_change")
    journey.page.get_by_role("link", name="Bekijk de groepen").click()
    journey.see("download_groups")
    after = {row["student_id"]: row["group"] for row in rows_of(journey.download("download_groups"))}
    changed = {row["student_id"]: row["to_group"] for row in changes if row["to_group"]}
    assert after == {student: changed.get(student, before.get(student)) for student in here}
    journey.read("Nova van Dam")
    assert "Traceback" not in journey.page.content()


def three_of_one_group(groups: dict[str, str]) -> bytes:
    """Return the sample class without three of one group, so that somebody has to move."""
    lines = (ROOT / "data" / "klas-28.csv").read_text("utf-8-sig").splitlines()
    here = [line for line in lines[1:] if groups[line.split(";")[0]] == "Groep 2" and ";x;" not in line]
    return "\n".join(line for line in lines if line not in here[:3]).encode()


@DRAFT
def test_a_choice_and_a_point_of_the_curve_before_the_changes_are_taken_along(
    journey: Journey, held: Path
) -> None:
    before = {row["student_id"]: row["group"] for row in rows_of(journey.download("download_groups"))}
    journey.go("Wijzigingen")
    journey.upload("new_class_list", "klas-oktober.csv", three_of_one_group(before))
    journey.see("replan")
    held.write_text("extra 3")
    journey.press("replan")
    journey.see("download_changes", PLAN)

    def moved() -> list[dict[str, str]]:
        listed = rows_of(journey.download("download_changes"))
        return [row for row in listed if row["from_group"] and row["to_group"]]

    few = moved()
    # What a few moves more bring is looked for by itself; a point is one click.
    journey.see("curve", 4 * PLAN)
    journey.see("stop_trying")
    journey.press("stop_trying")
    journey.at("tries_bar").wait_for(state="detached")
    point = journey.at("curve").get_by_role("radio").last
    point.click()
    expect(point).to_be_checked()
    more = few
    for _ in range(20):  # the page draws the point that was chosen
        journey.rest()
        more = moved()
        if more != few:
            break
    assert few
    assert more != few
    # Another choice for the group that lost three: worked out, and taken in one click.
    expect(journey.at("weigh").get_by_role("button")).to_contain_text("Groep 2")  # chosen already
    journey.press("weigh")
    journey.read("Mogelijkheden voor Groep 2")
    journey.at("tries_bar").wait_for(state="detached", timeout=4 * PLAN)
    journey.page.locator("[class*=st-key-choose_Groep]").last.get_by_role("button").click()
    journey.read("Dat geldt bij deze verzoeken", PLAN)
    journey.press("stop_trying")
    journey.at("tries_bar").wait_for(state="detached")  # else the page draws itself anew
    changes = rows_of(journey.download("download_changes"))
    journey.press("accept")
    journey.see("another_change")
    assert rows_of(journey.download("download_changes")) == changes
    assert "Traceback" not in journey.page.content()


@DRAFT
def test_a_plan_comes_back_weeks_later(journey: Journey) -> None:
    groups = journey.download("download_groups")
    # Another day: nothing is open, only the file is there.
    journey.page.goto(urljoin(journey.page.url, "/changes?course=new"))
    journey.upload("previous_plan", "groups.csv", groups)
    journey.read("7 groepen, 28 studenten, uit groups.csv.")
    journey.upload("new_class_list", "klas-oktober.csv", after_dropouts())
    journey.press("replan")
    journey.see("download_changes", PLAN)
    assert len(rows_of(journey.download("download_groups"))) == 26


def test_an_uploaded_class_is_planned_until_it_is_stopped(journey: Journey, held: Path) -> None:
    journey.speak("English")
    journey.read("Your class list, as CSV or Excel")
    journey.upload("class_list", "cohort-120.csv", (ROOT / "data" / "cohort-120.csv").read_bytes())
    journey.read("120 students read from cohort-120.csv")
    held.write_text("plan")
    journey.press("make_plan")
    journey.see("stop")
    # Stop once every required rule is met: from then on there is a best plan.
    journey.at("plan_bar").get_by_text("Every required rule is met").wait_for(timeout=PLAN)
    journey.press("stop")
    journey.see("download_groups", 60_000)
    journey.read("the calculation ended early")
    journey.at("stop").wait_for(state="detached")
    rows = rows_of(journey.download("download_groups"))
    assert len(rows) == 120
    assert rows[0]["group"] == "Group 1"


def test_a_file_that_is_no_class_list_says_so(journey: Journey) -> None:
    journey.upload("class_list", "lijst.xlsx", b"%PDF-1.7 not a workbook")
    journey.read("De bestandsnaam zegt Excel, maar de inhoud niet.")
    expect(journey.at("make_plan")).to_have_count(0)
    assert "Traceback" not in journey.page.content()
    journey.press("use_sample")
    journey.see("make_plan")
    expect(journey.page.get_by_text("De naam zegt Excel")).to_have_count(0)

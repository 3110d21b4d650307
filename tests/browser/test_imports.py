"""What Moodle needs is filled in where the downloads are, and is in every file taken along from then on."""

from __future__ import annotations

import io
import zipfile

import pytest

from tests.browser.conftest import DRAFT, Journey

pytestmark = [pytest.mark.browser, DRAFT]


def test_the_course_in_moodle_is_asked_for_and_goes_into_the_files(journey: Journey) -> None:
    journey.at("system").get_by_text("Moodle", exact=True).click()
    journey.see("moodle_course")
    journey.read("4 weggelaten")
    field = journey.at("moodle_course").get_by_role("textbox")
    field.fill("PSY 101")
    field.press("Enter")
    journey.see("download_moodle-members-csv")
    journey.read("3 weggelaten")
    members = journey.download("download_moodle-members-csv").decode().splitlines()
    assert members[0] == "email,course1,group1"
    assert all(",PSY 101,Groep " in line for line in members[1:])
    with zipfile.ZipFile(io.BytesIO(journey.download("download_all"))) as folder:
        assert folder.read("imports/moodle-members.csv").decode().splitlines() == members

"""Two coordinators sign in on one server; each sees their own courses, and nobody else sees any."""

from __future__ import annotations

import re

import httpx
import pytest
from playwright.sync_api import Browser, expect

from benchmarks import serving
from tests.browser.conftest import START, Journey, arrive

pytestmark = pytest.mark.browser
CLASS = b"Studentnummer;Naam;Richting\n" + b"".join(
    b"%07d;Student Nummer%d;%d\n" % (1_000_000 + n, n, n % 3) for n in range(12)
)
SAVED = re.compile(r"\?course=[0-9a-f-]{36}$")


def visitor(browser: Browser, url: str, locale: str = "nl-NL") -> Journey:
    """Open the page in a browser of its own."""
    return arrive(browser, url, "sign_in", locale)


def enter(journey: Journey, name: str) -> None:
    """Sign in as somebody."""
    journey.press("sign_in")
    journey.page.get_by_role("link", name=name).click()
    journey.see("pages", START)
    journey.settle()


def sees_nothing(journey: Journey) -> None:
    """See that there is a way in, and nothing else."""
    journey.see("sign_in", START)
    journey.settle()
    for key in ("pages", "sign_out", "use_sample", "class_list"):
        expect(journey.at(key)).to_have_count(0)
    expect(journey.page.locator("body")).not_to_contain_text("Biologie")


def test_each_sees_their_own_courses_alone(browser: Browser, guarded: str) -> None:
    anna, bram = visitor(browser, guarded), visitor(browser, guarded, "en-GB")
    sees_nothing(anna)
    enter(anna, "Anna Bos")
    anna.upload("class_list", "Biologie.csv", CLASS)
    anna.read("Biologie · bewaard")
    anna.page.wait_for_url(SAVED)
    course = anna.page.url.partition("course=")[2]

    # Who has not signed in does not get in by a link either.
    bram.page.goto(f"{guarded}?course={course}")
    sees_nothing(bram)

    # Another coordinator starts with nothing, and a guessed link leads nowhere.
    enter(bram, "Bram Dijk")
    bram.see("use_sample")
    bram.go("Courses")
    expect(bram.page.locator("body")).not_to_contain_text("Biologie")
    for path in ("", "groups", "courses"):
        bram.page.goto(f"{guarded}{path}?course={course}")
        bram.read("This course no longer exists")
        bram.settle()
        expect(bram.page.locator("body")).not_to_contain_text("Biologie")
        expect(bram.page.locator("body")).not_to_contain_text("Nummer")
    bram.page.goto(guarded)
    bram.see("use_sample", START)
    bram.upload("class_list", "Chemie.csv", CLASS)
    bram.read("Chemie · saved")

    # A reload needs no new sign-in, and finds one's own course.
    anna.page.goto(guarded)
    anna.read("Biologie · bewaard", START)
    anna.go("Vakken")
    expect(anna.page.locator("body")).not_to_contain_text("Chemie")

    # Signed out there is nothing to see, not by the link either; signed in again it is still there.
    # Another tab and a file that was taken along end with it.
    with anna.page.expect_download() as taken:
        anna.press("download_course")
    file = taken.value.url
    kept = {cookie["name"]: cookie["value"] for cookie in anna.page.context.cookies()}
    assert httpx.get(file, cookies=kept).status_code == 200
    assert httpx.get(file).status_code == 403
    other = Journey(anna.page.context.new_page())
    other.page.goto(guarded)
    other.read("Biologie · bewaard", START)
    anna.press("sign_out")
    sees_nothing(anna)
    sees_nothing(other)
    assert httpx.get(file, cookies=kept).status_code == 403
    anna.page.goto(f"{guarded}groups?course={course}")
    sees_nothing(anna)
    enter(anna, "Anna Bos")
    anna.read("Biologie · bewaard", START)
    for one in (anna, bram):
        one.page.context.close()


def test_settings_that_cannot_be_read_let_nobody_in(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.mktemp("broken") / "secrets.toml"
    file.write_text("[auth\n")
    with serving.served(None, f"--secrets.files={file}") as url:
        page = browser.new_context(locale="nl-NL").new_page()
        page.goto(url)
        page.get_by_text("De instellingen voor het inloggen zijn niet te lezen").wait_for()
        expect(page.locator(".st-key-sign_in, .st-key-pages, .st-key-use_sample")).to_have_count(0)
        page.context.close()

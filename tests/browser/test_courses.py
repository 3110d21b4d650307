"""Nothing is lost in a real browser: a reload, another tab, and a deletion."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from benchmarks import serving
from tests.browser.conftest import APP, PLAN, START, Journey, arrive, chromium

pytestmark = pytest.mark.browser
MANY = b"Studentnummer;Naam;Cijfer;Richting\n" + b"".join(
    b"%07d;Student Nummer%d;%d,%d;%d\n" % (1_000_000 + n, n, 5 + n % 5, n % 10, n * 7 % 11) for n in range(24)
)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where the courses of these journeys are saved."""
    return tmp_path_factory.mktemp("courses") / "hecht.db"


@pytest.fixture(scope="module")
def own(file: Path, gate: Path) -> Iterator[str]:
    """Start an app of its own: the course of last time is the one of these journeys."""
    chromium()
    with serving.served(f"sqlite:///{file}", app=APP) as url:
        yield url


def tab(browser: Browser, url: str, locale: str = "nl-NL") -> Journey:
    """Open a tab in a browser of its own."""
    made = arrive(browser, url, "pages", locale)
    made.settle()
    return made


def name(journey: Journey, text: str) -> None:
    """Give the course on the page another name."""
    journey.page.locator("[class*=st-key-course_name] input").fill(text)
    journey.page.keyboard.press("Enter")


def test_a_course_outlives_reloads_and_is_gone_once_deleted(
    browser: Browser, own: str, file: Path, held: Path
) -> None:
    one = tab(browser, own)
    one.see("use_sample")
    one.upload("class_list", "Biologie 1.csv", MANY)
    one.read("Biologie 1 · bewaard")
    address = re.compile(r"\?course=[0-9a-f-]{36}$")
    one.page.wait_for_url(address)

    # A reload in the middle of a run: the run is found again, ends when asked to, and its plan is there.
    held.write_text("plan")
    one.press("make_plan")
    one.see("stop", PLAN)
    one.page.reload()
    one.see("pages", START)
    one.page.wait_for_url(address)
    one.speak("English")
    one.go("Groups")
    one.press("stop")
    one.see("download_groups", PLAN)
    groups = one.download("download_groups")
    assert len(groups.splitlines()) == 25
    one.page.reload()
    one.see("download_groups", START)
    one.speak("Nederlands")  # the language that was chosen outlasts a reload
    assert one.download("download_groups") == groups

    # Another tab, in English, opens the same course; who is behind is told, and keeps theirs as a new course.
    two = tab(browser, own, "en-GB")
    two.go("Groups")
    two.see("download_groups", START)
    assert two.download("download_groups") == groups
    two.go("Courses")
    one.go("Vakken")
    name(one, "Biologie A")
    one.read("Biologie A · bewaard")
    name(two, "Biologie B")
    two.see("two_tabs")
    two.press("keep_as_new")
    two.read("Biologie 1 (copy) · saved")
    two.page.wait_for_url(address)
    assert two.page.url.partition("=")[2] != one.page.url.partition("=")[2]

    # The other course opens by its link; deleted, it is gone from the page and from the disk.
    two.page.get_by_role("link", name="Biologie A").click()
    two.read("Biologie A · saved")
    for one_name in ("Biologie A", "Biologie 1 (copy)"):
        two.go("Courses")
        two.read(f"{one_name} · saved")
        two.press("delete_course")
        two.press("delete_sure")
        two.page.wait_for_url(re.compile(r"\?course=new$"))
        two.see("use_sample", START)
        two.page.goto(own)
        two.see("pages", START)
        two.settle()
    two.see("use_sample")
    left = b"".join(path.read_bytes() for path in file.parent.glob(f"{file.name}*"))
    assert b"course" in left
    assert b"Student Nummer" not in left
    assert b"Biologie" not in left

"""Kill the server at random moments while somebody works, and see that no plan that was shown is lost.

``python -m benchmarks.kills [JOURNEYS [SEED]]``: a real browser makes groups of the sample class and uses
them. Then, in each journey, a new server on the same database has to open that course with its last plan; the
browser goes on giving a group another name, each of which is an accepted plan, or (one journey in five) says
who stopped and carries that out, or (one in five) changes a rule and makes new groups, which it then uses. At
a moment drawn at random the server gets a SIGKILL. After that the database has to be whole, and every plan
that could be seen on the page has to be in it.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
import threading
import time
from contextlib import closing
from pathlib import Path
from random import Random

from playwright.sync_api import Browser, Locator, Page, sync_playwright
from playwright.sync_api import Error as BrowserError

from benchmarks.serving import ARGUMENTS, PLAN, chromium, start
from planner.store import CourseRepository, PlanVersion, open_store

JOURNEYS, SEED = 50, 0
LATEST = {
    "names": 6.0,
    "plan": 15.0,
    "carry": 15.0,
}  # seconds into a journey after which the server is killed at the latest
ONE_IN = 5  # journeys in which new groups are made, and as many in which changes are carried out
OPEN = 120_000  # milliseconds in which a course has to be on the page
SLICE = 50  # milliseconds of waiting before another look whether the server lives


class Late(Exception):  # noqa: N818 - the name says what happened
    """A course was not on the page in time; the message says what was."""


class Killed(Exception):  # noqa: N818 - the name says what happened
    """The server is no more."""


class Coordinator:
    """Somebody at work in a browser, until the server is killed."""

    def __init__(self, page: Page, number: int) -> None:
        self.page, self.number = page, number
        self.dead = threading.Event()
        self.names: list[str] = []  # of the first group, each as it was shown
        self.plans = 0  # that were made and shown
        self.carried = 0  # changes that were carried out

    def begin(self) -> str:
        """Make the first groups and use them; return the course."""
        self._press("use_sample")
        self.plan()
        self._press("use")
        self._press("use_groups")
        self._until(self.page.get_by_text("In gebruik vanaf week 1.").first)
        return self.page.url.partition("course=")[2]

    def plan(self) -> None:
        """Make the first groups."""
        self._press("make_plan")
        self._until(self._at("stop"))
        self._until(self._at("download_groups"))
        self.plans += 1

    def plan_anew(self) -> None:
        """Make groups of other rules, and use them."""
        self._go("Regels")
        rule = self.page.locator('[class*="st-key-rule_"][class*="_on"] label').first
        self._until(rule)
        rule.click(timeout=2_000)
        self._until(self.page.get_by_text("openstaande wijziging").first)
        self._go("Groepen")
        self._press("make_plan")
        self._until(self._at("use_new_groups"))
        self._press("use_new_groups")
        self._until(self._at("keep_groups"), gone=True)
        self.plans += 1

    def carry_out(self) -> None:
        """Say of somebody that they stopped, and carry that out."""
        self._until(self._at("download_groups"))
        self.page.locator("[class*=st-key-name_] button").nth(self.number % 5).click(timeout=2_000)
        stopped = self.page.get_by_role("menuitem").first
        self._until(stopped)
        stopped.click(timeout=2_000)
        button = self.page.locator(".st-key-carry_out button:enabled")
        self._until(button)
        button.click(timeout=2_000)
        self._until(self.page.get_by_text("Doorgevoerd").first)
        self.carried += 1

    def _go(self, name: str) -> None:
        self._at("pages").get_by_role("link", name=name, exact=True).click(timeout=2_000)

    def open_panel(self) -> None:
        """Be ready to change the plan by hand."""
        self._at("more_edit").locator("summary").click()
        self._until(self._at("edit_tools_0"))

    def rename(self) -> None:
        """Give the first group another name."""
        name = f"Groep {self.number}-{len(self.names)}"
        field = self._at("edit_name_0").locator("input")
        if not field.is_visible():
            self._press("edit_tools_0")
        self._until(field)
        field.fill(name, timeout=2_000)
        field.press("Enter", timeout=2_000)
        self._until(self.page.get_by_role("heading", name=name, exact=True))
        self.names.append(name)

    def go_on(self, work: str) -> None:
        """Work for as long as there is a server."""
        try:
            while True:
                {"plan": self.plan_anew, "carry": self.carry_out, "names": self.rename}[work]()
                if work == "carry":
                    self.dead.wait()  # once is enough: nobody is left otherwise
        except (Killed, BrowserError):
            self.dead.wait()

    def _at(self, key: str) -> Locator:
        return self.page.locator(f".st-key-{key}").first

    def _press(self, key: str) -> None:
        self._until(self._at(key))
        self._at(key).get_by_role("button").first.click(timeout=2_000)

    def _until(self, place: Locator, *, gone: bool = False) -> None:
        until = time.monotonic() + PLAN / 1000
        while place.is_visible() is gone:
            if self.dead.is_set() or time.monotonic() > until:
                raise Killed
            self.page.wait_for_timeout(SLICE)


def main(journeys: int, seed: int) -> None:
    """Live through the journeys and tell what came of them."""
    random, shown, lost, late = Random(seed), 0, 0, 0
    with tempfile.TemporaryDirectory(prefix="hecht-kills-") as folder, sync_playwright() as playwright:
        url = f"sqlite:///{folder}/hecht.db"
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS))
        course = first_plan(browser, url)
        for number in range(1, journeys + 1):
            work = {0: "plan", 1: "carry"}.get(number % ONE_IN, "names")
            after = random.uniform(0, LATEST[work])
            try:
                seen, problems = journey(browser, url, course, number, work, after)
            except Late as error:
                print(f"{number:3}: not on the page in {OPEN // 1000} s, which says: {error}", flush=True)
                late += 1
                continue
            shown, lost = shown + seen, lost + bool(problems)
            told = f"{number:3}: {work}, killed after {after:4.1f} s, {seen} plans shown"
            print("; ".join([told, *problems]), flush=True)
        browser.close()
    print(
        f"{journeys} journeys, {shown} plans shown, {lost} journeys in which something was lost, {late} late"
    )
    if lost or late:
        raise SystemExit(1)


def first_plan(browser: Browser, url: str) -> str:
    """Make the course that all journeys are about."""
    server, address = start(url)
    page = browser.new_context(locale="nl-NL").new_page()
    page.goto(address)
    course = Coordinator(page, 0).begin()
    page.context.close()
    server.kill()
    server.wait()
    return course


def journey(
    browser: Browser, url: str, course: str, number: int, work: str, after: float
) -> tuple[int, list[str]]:
    """Return how many plans were shown before the server was killed, and what is wrong.

    Raises
    ------
    Late
        Where the course was not on the page in time.
    """
    before = plans(url, course)
    server, address = start(url)
    page = browser.new_context(locale="nl-NL").new_page()
    page.goto(f"{address}groups?course={course}")
    name = before[-1].course.plan.groups[0].name
    try:
        page.get_by_role("heading", name=name, exact=True).wait_for(timeout=OPEN)
    except BrowserError:
        told = " ".join(page.locator("body").inner_text().split())
        server.kill()
        server.wait()
        page.context.close()
        raise Late(told) from None
    coordinator = Coordinator(page, number)
    if work == "names":
        coordinator.open_panel()

    def kill() -> None:
        server.kill()
        server.wait()
        coordinator.dead.set()

    timer = threading.Timer(after, kill)
    timer.start()
    coordinator.go_on(work)
    timer.join()
    page.context.close()
    seen = len(coordinator.names) + coordinator.plans + coordinator.carried
    return seen, wrong(url, course, before, coordinator)


def plans(url: str, course: str) -> tuple[PlanVersion, ...]:
    """Return every plan that is saved, the first one first."""
    store = open_store(url)
    _, _, found = CourseRepository(store).whole(course)
    store.close()
    return found


def wrong(url: str, course: str, before: tuple[PlanVersion, ...], seen: Coordinator) -> list[str]:
    """Say what is not in the database that should be."""
    problems = []
    with closing(sqlite3.connect(Path(url.removeprefix("sqlite:///")))) as database:
        if database.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            problems.append("the database is damaged")
    saved = plans(url, course)
    if saved[: len(before)] != before:
        problems.append("plans of before are others now")
    new = saved[len(before) :]
    names = {group.name for version in new for group in version.course.plan.groups}
    problems += [f"{name} is lost" for name in seen.names if name not in names]
    if seen.plans > sum(version.how == "made" for version in new):
        problems.append("groups that were made are lost")
    if seen.carried > sum(version.how == "rerun" for version in new):
        problems.append("changes that were carried out are lost")
    return problems


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:]]
    main(*(numbers + [JOURNEYS, SEED][len(numbers) :]))

"""Kill the server at random moments while somebody plans, and see that no plan that was shown is lost.

``python -m benchmarks.kills [JOURNEYS [SEED]]``: each journey has a server and a course of its own, on
one database for all of them. A real browser takes the sample class, makes groups, and makes them again and
again; after each time the groups that the page offers are noted. At a moment drawn at random the server gets
a SIGKILL. Then the database has to be whole and to have at least as many plans as were shown, the last one
shown with the very same groups, and the next server has to open the course with it.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
import threading
import time
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import Error as BrowserError

from benchmarks.pictures import ARGUMENTS, PLAN, chromium, start
from planner.exports import target
from planner.store import Shelf, open_store

JOURNEYS, SEED = 50, 0
LONGEST = 12.0  # seconds after which the server is killed at the latest
SLICE = 200  # milliseconds of waiting before another look whether the server lives


class Killed(Exception):  # noqa: N818 - the name says what happened
    """The server is no more."""


@dataclass
class Journey:
    """One coordinator, until the server is killed."""

    page: Page
    dead: threading.Event
    shown: list[bytes] = field(default_factory=list)  # groups.csv of each plan that was shown

    def go_on(self) -> None:
        """Make groups for as long as there is a server."""
        try:
            self._press("use_sample")
            while True:
                self._press("make_plan")
                self._until("stop")
                self._until("download_groups")
                self._take()
        except (Killed, BrowserError):
            return

    def _press(self, key: str) -> None:
        self._until(key)
        self.page.locator(f".st-key-{key} button").first.click(timeout=5_000)

    def _take(self) -> None:
        self.shown.append(b"")  # it is on the page: from here on it must not be lost
        with self.page.expect_download(timeout=5_000) as started:
            self.page.locator(".st-key-download_groups button").first.click(timeout=5_000)
        self.shown[-1] = started.value.path().read_bytes()

    def _until(self, key: str) -> None:
        place = self.page.locator(f".st-key-{key}").first
        until = time.monotonic() + PLAN / 1000
        while not place.is_visible():
            if self.dead.is_set() or time.monotonic() > until:
                raise Killed
            self.page.wait_for_timeout(SLICE)


def main(journeys: int, seed: int) -> None:
    """Live through the journeys and tell what came of them."""
    random, shown, lost = Random(seed), 0, 0
    with tempfile.TemporaryDirectory(prefix="hecht-kills-") as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS))
        for number in range(journeys):
            after = random.uniform(0, LONGEST)
            made, problems = journey(browser, Path(folder) / "hecht.db", after)
            shown, lost = shown + made, lost + bool(problems)
            print(
                f"{number + 1:3}: killed after {after:4.1f} s, {made} plans shown {'; '.join(problems)}",
                flush=True,
            )
        browser.close()
    print(f"{journeys} journeys, {shown} plans shown, {lost} journeys in which something was lost")
    if lost:
        raise SystemExit(1)


def journey(browser: Browser, file: Path, after: float) -> tuple[int, list[str]]:
    """Return how many plans were shown before the server was killed, and what is wrong afterwards."""
    before = courses(file)
    server, address = start(f"sqlite:///{file}")
    dead = threading.Event()
    context = browser.new_context(locale="nl-NL")
    page = context.new_page()
    problems = opens(page, address) if before else []
    page.goto(f"{address}?course=new")
    page.locator(".st-key-use_sample").wait_for(timeout=PLAN)

    def kill() -> None:
        server.kill()
        server.wait()
        dead.set()

    timer = threading.Timer(after, kill)
    timer.start()
    coordinator = Journey(page, dead)
    coordinator.go_on()
    timer.join()
    context.close()
    return len(coordinator.shown), problems + wrong(file, before, coordinator.shown)


def opens(page: Page, address: str) -> list[str]:
    """Say what is wrong where the server of now does not open the course of last time."""
    page.goto(f"{address}courses")
    try:
        page.locator("[class*=st-key-course_name]").first.wait_for(timeout=PLAN)
    except BrowserError:
        return ["the course of last time does not open"]
    return []


def courses(file: Path) -> set[str]:
    """Return the ids of the courses in a database."""
    if not file.exists():
        return set()
    store = open_store(f"sqlite:///{file}")
    found = {listing.id for listing in Shelf(store).courses()}
    store.close()
    return found


def wrong(file: Path, before: set[str], shown: list[bytes]) -> list[str]:
    """Say what is not in the database that should be."""
    problems = []
    with closing(sqlite3.connect(file)) as database:
        if database.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            problems.append("the database is damaged")
    new = courses(file) - before
    if not new:
        return [*problems, "the course is lost"] if shown else problems
    store = open_store(f"sqlite:///{file}")
    shelf, (course,) = Shelf(store), tuple(new)
    saved = len(shelf.plans(course))
    if saved < len(shown):
        problems.append(f"{len(shown)} plans were shown, {saved} are saved")
    elif shown and shown[-1]:
        made = shelf.plan(course, len(shown)).course
        if target("groups").write(made.roster, made.plan)[0].content != shown[-1]:
            problems.append("the last plan has other groups")
    store.close()
    return problems


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:]]
    main(*(numbers + [JOURNEYS, SEED][len(numbers) :]))

"""How soon a page answers a touch while the groups of another coordinator are being made on the same server.

``python -m benchmarks.touches [STUDENTS ...]``, 120 and 2,000 if left out. A real browser presses, and a
clock in the page runs from the press until the page shows what follows; the middle and the slowest of some
touches of each kind are told, and what the server itself needs of a processor for one, which a busy machine
does not stretch.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, FilePayload, Locator, Page, sync_playwright

from benchmarks.pages import CLOCK, class_list, press, settle, visit
from benchmarks.pictures import ARGUMENTS, PLAN, chromium, start

SIZES = (120, 2_000)
BUSY = 2_000  # students of the other coordinator
REST = 500  # milliseconds between two touches
TIMES = 7  # touches of each kind
TICKS = 100  # of a processor's clock in a second, as Linux counts them


IMPORTANCE = """document.querySelector('[class*="st-key-rule_"][class*="_importance"] button')"""


@dataclass
class Touches:
    """Touches of one kind: seconds until they showed, and seconds that the server worked."""

    page: Page
    busy: Page
    server: int
    waited: list[float] = field(default_factory=list)
    worked: list[float] = field(default_factory=list)

    def one(self, touch: Callable[[], None], shows: str) -> None:
        """Touch, and wait until what `shows` asks of the page is so."""
        keep(self.busy)
        worked = processor(self.server)
        self.page.evaluate(CLOCK % shows)
        touch()
        self.waited.append(float(self.page.evaluate("window.touched")))
        self.page.wait_for_timeout(REST)
        self.worked.append(processor(self.server) - worked)

    def tell(self, name: str) -> None:
        """Print a line."""
        waited = f"{1000 * median(self.waited):5.0f} ms in the middle, {1000 * max(self.waited):5.0f} at most"
        print(f"{name:28} {waited}; the server works {1000 * median(self.worked):4.0f} ms", flush=True)


def processor(process: int) -> float:
    """Return the seconds that a process has worked, all its threads together."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def main(sizes: list[int]) -> None:
    """Measure, and tell."""
    with TemporaryDirectory(prefix="hecht-touches-") as folder, sync_playwright() as playwright:
        server, address = start(f"sqlite:///{folder}/hecht.db")
        try:
            browser = playwright.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS))
            for students in sizes:
                print(f"{students} students")
                touched(browser, address, server.pid, students)
            browser.close()
        finally:
            server.terminate()
            server.wait()


def touched(browser: Browser, address: str, server: int, students: int) -> None:
    """Measure one class."""
    busy = begun(browser, address, BUSY, 2)
    busy.locator(".st-key-stop").wait_for()
    page = begun(browser, address, students, 1)
    page.locator(".st-key-download_groups").wait_for()
    between_pages(page, busy, server)
    page.locator(".st-key-pages").get_by_role("link", name="Groepen", exact=True).click()
    page.locator("#groups").wait_for()
    page.locator(".st-key-download_groups").wait_for()
    by_hand(page, busy, server)
    page.context.close()
    busy.context.close()


def begun(browser: Browser, address: str, students: int, number: int) -> Page:
    """Return a page on which groups are being made of an invented class."""
    page = visit(browser, address)
    page.set_default_timeout(PLAN)
    file: FilePayload = {"name": "klas.csv", "mimeType": "text/csv", "buffer": class_list(students, number)}
    page.locator(".st-key-class_list input[type=file]").set_input_files(files=[file])
    page.locator(".st-key-make_plan button:enabled").wait_for()
    settle(page)
    press(page, "make_plan")
    return page


def keep(busy: Page) -> None:
    """See to it that groups are being made on a page."""
    if not busy.locator(".st-key-stop").count():
        again = busy.locator(".st-key-look_for_proof button:enabled, .st-key-make_plan button:enabled").first
        again.click()
        busy.locator(".st-key-stop").wait_for()
        busy.wait_for_timeout(1_000)


def between_pages(page: Page, busy: Page, server: int) -> None:
    """Go to and fro between pages, and switch a rule off and on."""
    links, there = page.locator(".st-key-pages"), Touches(page, busy, server)
    rule, switched = page.locator('[class*="st-key-rule_"][class*="_on"]').first, Touches(page, busy, server)
    for _ in range(TIMES):
        for name, anchor in (("Regels", "rules"), ("Klassenlijst", "class-list")):
            link = links.get_by_role("link", name=name, exact=True)
            there.one(link.click, f"document.querySelector('#{anchor}') !== null")
    links.get_by_role("link", name="Regels", exact=True).click()
    rule.wait_for()
    for _ in range(TIMES):
        switched.one(rule.locator("label").click, f"{IMPORTANCE}.disabled")
        switched.one(rule.locator("label").click, f"!{IMPORTANCE}.disabled")
    there.tell("another page")
    switched.tell("a rule off or on")


def by_hand(page: Page, busy: Page, server: int) -> None:
    """Move students and undo that, lock groups, give them other names."""
    settle(page)
    page.locator(".st-key-more_edit summary").click()
    page.locator(".st-key-edit_tools_0").wait_for()
    settle(page)
    told, moved, undone, named = (Touches(page, busy, server) for _ in range(4))
    undo = ".st-key-edit_undo button:enabled"
    for number in range(TIMES):
        choose(page, "edit_student", f"Student 1-{number + 1}").click()
        group = choose(page, "edit_group", f"Groep {number + 3}")
        told.one(group.click, "document.querySelector('.st-key-more_edit [data-testid=stAlert]') !== null")
        moved.one(lambda: press(page, "edit_do"), f"document.querySelector('{undo}') !== null")
        undone.one(page.locator(undo).first.click, f"document.querySelector('{undo}') === null")
        settle(page)
    press(page, "edit_tools_0")
    for number in range(TIMES):
        new = page.locator(".st-key-edit_name_0 input")
        new.fill(f"Groep {number} anders")
        page.wait_for_timeout(REST)
        heading = (
            f"[...document.querySelectorAll('h3, h4')].some(h => h.textContent === 'Groep {number} anders')"
        )
        named.one(partial(new.press, "Enter"), heading)
    told.tell("what a move would change")
    moved.tell("a move by hand")
    undone.tell("a move undone")
    named.tell("another name for a group")


def choose(page: Page, key: str, text: str) -> Locator:
    """Look for a choice in a list by typing; return it, to be clicked. What is drawn anew closes a list."""
    field = page.locator(f'[class*="st-key-{key}"]').get_by_role("combobox").first
    found = page.get_by_role("option").filter(has_text=text).first
    while True:
        settle(page)
        page.wait_for_timeout(REST)
        field.fill("")
        field.fill(text)
        page.wait_for_timeout(REST)
        if found.is_visible():
            return found


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or list(SIZES))

"""How soon a page answers a touch: until it shows what follows, and until nothing on it changes any more.

``python -m benchmarks.touches [busy] [STUDENTS ...]``, 120 and 2,000 if left out: a course of as many in its
fourth week. A real browser presses, and a clock in the page runs from the press; the middle and the slowest
of some touches of each kind are told, and what the server itself needs of a processor for one, which a busy
machine does not stretch. With ``busy`` groups of another coordinator are made on the same server meanwhile.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, FilePayload, Locator, Page, sync_playwright

from benchmarks.courses import grouped, listed, save
from benchmarks.pages import class_list, press, settle, visit
from benchmarks.serving import ARGUMENTS, PLAN, chromium, start
from planner.ui.session.state import Session

SIZES = (120, 2_000)
BUSY = 2_000  # students of the other coordinator
REST = 500  # milliseconds between two touches
TIMES = 7  # touches of each kind
TICKS = 100  # of a processor's clock in a second, as Linux counts them
IMPORTANCE = """document.querySelector('[class*="st-key-rule_"][class*="_importance"] button')"""

# Seconds from a press until the page shows something, and until the last change that anybody can see: nothing
# is otherwise for a second after it. What only says how the page works, no change of it, does not count.
CLOCK = """() => {
    const shows = () => %s, QUIET = 1000;
    window.touched = new Promise(tell => {
        let since = null, shown = null, last = null;
        for (const kind of ["click", "keydown"])
            addEventListener(kind, () => { since ??= performance.now(); }, {capture: true, once: true});
        const seen = new MutationObserver(all => {
            const visible = one => one.type !== "attributes" || !/^(data-|aria-)/.test(one.attributeName);
            if (all.some(visible)) last = performance.now();
        });
        seen.observe(document.body, {subtree: true, childList: true, characterData: true, attributes: true});
        const look = () => {
            if (since !== null && shows()) shown ??= performance.now();
            if (shown !== null && performance.now() - Math.max(shown, last) > QUIET) {
                seen.disconnect();
                tell([(shown - since) / 1000, (Math.max(shown, last) - since) / 1000]);
            } else requestAnimationFrame(look);
        };
        look();
    });
}"""


@dataclass
class Touches:
    """Touches of one kind: seconds until they showed, until all was drawn, and that the server worked."""

    page: Page
    busy: Page | None
    server: int
    waited: list[float] = field(default_factory=list)
    drawn: list[float] = field(default_factory=list)
    worked: list[float] = field(default_factory=list)

    def one(self, touch: Callable[[], None], shows: str) -> None:
        """Touch, and wait until what `shows` asks of the page is so."""
        if self.busy is not None:
            keep(self.busy)
        worked = processor(self.server)
        self.page.evaluate(CLOCK % shows)
        touch()
        waited, drawn = self.page.evaluate("window.touched")
        self.waited.append(float(waited))
        self.drawn.append(float(drawn))
        self.worked.append(processor(self.server) - worked)

    def tell(self, name: str) -> None:
        """Print a line."""
        told = [
            f"{what} {1000 * median(took):5.0f} ms in the middle, {1000 * max(took):5.0f} at most"
            for what, took in (("shown", self.waited), ("drawn", self.drawn))
        ]
        print(
            f"{name:28} {'; '.join(told)}; the server works {1000 * median(self.worked):4.0f} ms", flush=True
        )


def processor(process: int) -> float:
    """Return the seconds that a process has worked, all its threads together."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def main(sizes: list[int], *, busy: bool) -> None:
    """Measure, and tell."""
    with TemporaryDirectory(prefix="hecht-touches-") as folder, sync_playwright() as playwright:
        database = f"sqlite:///{folder}/hecht.db"
        courses = [save(database, "Klas", grouped(_class(number)), in_use=True) for number in sizes]
        server, address = start(database)
        try:
            browser = playwright.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS))
            for students, course in zip(sizes, courses, strict=True):
                load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
                print(f"{students} students; load of the machine {load} on {os.cpu_count()} cores")
                with other(browser, address, busy=busy) as neighbour:
                    touched(browser, f"{address}groups?course={course}", server.pid, neighbour)
            browser.close()
        finally:
            server.terminate()
            server.wait()


def _class(students: int) -> Session:
    return listed("klas.csv", class_list(students, 1))


@contextmanager
def other(browser: Browser, address: str, *, busy: bool) -> Iterator[Page | None]:
    """Have groups made for another coordinator, if that is wanted."""
    if not busy:
        yield None
        return
    page = visit(browser, address)
    page.set_default_timeout(PLAN)
    file: FilePayload = {"name": "klas.csv", "mimeType": "text/csv", "buffer": class_list(BUSY, 2)}
    page.locator(".st-key-class_list input[type=file]").set_input_files(files=[file])
    page.locator(".st-key-make_plan button:enabled").wait_for()
    settle(page)
    press(page, "make_plan")
    page.locator(".st-key-stop").wait_for()
    yield page
    page.context.close()


def keep(busy: Page) -> None:
    """See to it that groups are being made on a page."""
    if not busy.locator(".st-key-stop").count():
        busy.locator(".st-key-make_plan button:enabled").first.click()
        busy.locator(".st-key-stop").wait_for()
        busy.wait_for_timeout(1_000)


def touched(browser: Browser, address: str, server: int, busy: Page | None) -> None:
    """Measure one class."""
    page = browser.new_context(locale="nl-NL", viewport={"width": 1280, "height": 900}).new_page()
    page.set_default_timeout(PLAN)
    page.goto(address)
    page.locator(".st-key-download_groups").wait_for()
    settle(page)
    begin = partial(Touches, page, busy, server)
    windows(page, begin)
    pending(page, begin)
    between_pages(page, begin)
    by_hand(page, begin)
    page.context.close()


def shows(selector: str, *, gone: bool = False) -> str:
    """Return what asks of a page whether something is there, or is not any more."""
    return f"document.querySelector('{selector}') {'===' if gone else '!=='} null"


def names(page: Page) -> Locator:
    """Return the names on the cards, each a menu."""
    return page.locator("[class*=st-key-members_] [class*=st-key-name_] button")


def item(page: Page, place: int, number: int) -> Locator:
    """Open the menu of a name, and return an item of it."""
    settle(page)
    names(page).nth(place).click()
    found = page.get_by_role("menuitem").nth(number)
    found.wait_for()
    page.wait_for_timeout(REST)
    return found


def windows(page: Page, begin: Callable[[], Touches]) -> None:
    """Open windows, and swap two students in one of them."""
    new, place, swap = begin(), begin(), begin()
    button = page.locator(".st-key-somebody_new button")
    for number in range(TIMES):
        new.one(button.click, shows(".st-key-newcomer_name input"))
        _close(page)
        place.one(item(page, 3 * number, 1).click, shows("[class*=st-key-swap_partners]"))
        first = page.locator("[class*=st-key-swap_partners] button:enabled").first
        swap.one(first.click, shows("[role=dialog]", gone=True))
    new.tell("the window for who is new")
    place.tell("the window of a name")
    swap.tell("a swap in that window")


def _close(page: Page) -> None:
    page.keyboard.press("Escape")
    page.get_by_role("dialog").wait_for(state="detached")
    page.wait_for_timeout(REST)


def pending(page: Page, begin: Callable[[], Touches]) -> None:
    """Say of students that they stopped, until it is known what that comes to; take it back."""
    effect, back = begin(), begin()
    for number in range(TIMES):
        effect.one(item(page, 4 * number, 0).click, shows(".st-key-carry_out button:enabled"))
        undo = page.locator(".st-key-take_back_0 button")
        back.one(undo.click, shows(".st-key-pending", gone=True))
    effect.tell("what a dropout comes to")
    back.tell("a dropout taken back")


def between_pages(page: Page, begin: Callable[[], Touches]) -> None:
    """Go to and fro between pages, and switch a rule off and on."""
    links, there, switched = page.locator(".st-key-pages"), begin(), begin()
    pages = (("Regels", "rules"), ("Klassenlijst", "class-list"), ("Groepen", "groups"))
    for _ in range(TIMES):
        for name, anchor in pages:
            there.one(links.get_by_role("link", name=name, exact=True).click, shows(f"#{anchor}"))
    links.get_by_role("link", name="Regels", exact=True).click()
    rule = page.locator('[class*="st-key-rule_"][class*="_on"] label').first
    rule.wait_for()
    for _ in range(TIMES):
        switched.one(rule.click, f"{IMPORTANCE}.disabled")
        switched.one(rule.click, f"!{IMPORTANCE}.disabled")
    there.tell("another page")
    switched.tell("a rule off or on")
    links.get_by_role("link", name="Groepen", exact=True).click()
    page.locator(".st-key-download_groups").wait_for()


def by_hand(page: Page, begin: Callable[[], Touches]) -> None:
    """Move students and undo that, lock groups, give them other names."""
    settle(page)
    page.locator(".st-key-more_edit summary").click()
    page.locator(".st-key-edit_tools_0").wait_for()
    settle(page)
    told, moved, undone, named = begin(), begin(), begin(), begin()
    undo, chosen = ".st-key-edit_undo button:enabled", ".st-key-more_edit [data-testid=stAlert]"
    for number in range(TIMES):
        choose(page, "edit_student", f"Student 1-{number + 1}").click()
        group = choose(page, "edit_group", f"Groep {number + 3}")
        told.one(group.click, shows(chosen))
        moved.one(partial(press, page, "edit_do"), shows(chosen, gone=True))
        undone.one(page.locator(undo).first.click, shows(".st-key-edit_redo button:enabled"))
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
    asked = [word for word in sys.argv[1:] if word != "busy"]
    main([int(word) for word in asked] or list(SIZES), busy="busy" in sys.argv[1:])

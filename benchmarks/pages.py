"""Ten coordinators on one server at once: whether all get their groups, how soon, and what memory it takes.

``python -m benchmarks.pages [COORDINATORS [STUDENTS]]``: first a real browser has the sample class planned,
a few times over, and measures from the click until the groups can be taken along. Then each coordinator
opens a class in a browser of their own, and all ask for groups at once. While the plans are made one of the
pages is asked for something else, and how soon it answers is measured. Memory is that of the server and all
its workers together, each shared page counted once (PSS), looked at five times a second.
"""

from __future__ import annotations

import random
import statistics
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, FilePayload, Page, sync_playwright

from benchmarks.serving import ARGUMENTS, PLAN, chromium, start

COORDINATORS, STUDENTS, SEED = 10, 120, 0
LATEST = 600.0  # seconds for everything
ERROR = "[data-testid=stAlertContentError], [data-testid=stException]"
LOOK = 0.2  # seconds between two looks at memory
ANSWERS = 10  # times that pages are asked for something while the plans are made

# Seconds from a press until the page shows something; looked at whenever the page is drawn.
CLOCK = """() => {
    const shows = () => %s;
    window.touched = new Promise(tell => {
        let since = null;
        for (const kind of ["click", "keydown"])
            addEventListener(kind, () => { since ??= performance.now(); }, {capture: true});
        const look = () => since !== null && shows()
            ? tell((performance.now() - since) / 1000) : requestAnimationFrame(look);
        look();
    });
}"""


@dataclass
class Memory:
    """The memory of a server and its workers, in bytes."""

    server: int
    peak: int = 0
    processes: int = 0
    _ended: threading.Event = field(default_factory=threading.Event)

    def watch(self) -> None:
        """Look now and then, until told to end."""
        while not self._ended.wait(LOOK):
            family = _family(self.server)
            self.peak = max(self.peak, sum(map(_memory, family)))
            self.processes = max(self.processes, len(family))

    def end(self) -> None:
        """Look no more."""
        self._ended.set()


def _family(process: int) -> list[int]:
    """Return a process with all that it started."""
    found = [process]
    for one in found:
        for children in Path(f"/proc/{one}/task").glob("*/children"):
            try:
                found += [int(child) for child in children.read_text().split()]
            except OSError:
                continue
    return found


def _memory(process: int) -> int:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)


def class_list(students: int, number: int) -> bytes:
    """Return an invented class of one coordinator."""
    draw = random.Random(f"{SEED} {number}")
    lines = ["Studentnummer;Naam;Richting;Ervaring"]
    for student in range(students):
        course = draw.choice(("Biologie", "Chemie", "Informatica", "Wiskunde"))
        lines.append(
            f"{1_000_000 + number * 1000 + student};Student {number}-{student};{course};{draw.randint(1, 5)}"
        )
    return "\n".join(lines).encode()


def main(coordinators: int, students: int) -> None:
    """Measure, and tell."""
    with TemporaryDirectory(prefix="hecht-pages-") as folder, sync_playwright() as playwright:
        server, address = start(f"sqlite:///{folder}/hecht.db")
        memory = Memory(server.pid)
        threading.Thread(target=memory.watch, daemon=True).start()
        try:
            browser = playwright.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS))
            took = [sample(browser, address) for _ in range(4)]
            told = ", ".join(f"{seconds:.1f}" for seconds in took[1:])
            print(f"the sample: {took[0]:.1f} s the first time, then {told} s from the click to the groups")
            together(browser, address, coordinators, students)
            browser.close()
        finally:
            memory.end()
            server.terminate()
            server.wait()
            told = f"{memory.peak / 1e9:.2f} GB in {memory.processes} processes"
            print(f"memory at its peak: {told}, server and workers")


def sample(browser: Browser, address: str) -> float:
    """Return how many seconds the sample class takes from the click on."""
    page = visit(browser, address)
    press(page, "use_sample")
    page.locator(".st-key-make_plan button:enabled").wait_for()
    settle(page)
    page.evaluate(CLOCK % "document.querySelector('.st-key-download_groups') !== null")
    press(page, "make_plan")
    took = float(page.evaluate("window.touched"))
    page.context.close()
    return took


def together(browser: Browser, address: str, coordinators: int, students: int) -> None:
    """Have all coordinators ask for groups at once; tell how it went."""
    pages = [visit(browser, address) for _ in range(coordinators)]
    for number, page in enumerate(pages):
        content = class_list(students, number)
        file: FilePayload = {"name": f"klas-{number}.csv", "mimeType": "text/csv", "buffer": content}
        page.locator(".st-key-class_list input[type=file]").set_input_files(files=[file])
        page.locator(".st-key-make_plan button:enabled").wait_for(timeout=PLAN)
        settle(page)
    since = time.monotonic()
    for page in pages:
        press(page, "make_plan")
    asked = time.monotonic() - since
    for page in pages:
        page.locator(".st-key-stop, .st-key-download_groups").first.wait_for(timeout=PLAN)
    answers, ended = watch(pages, since)
    told = [text for page in pages for text in page.locator(ERROR).all_inner_texts()]
    errors = len(told)
    times = ", ".join(f"{seconds:.0f}" for seconds in sorted(ended))
    print(f"{coordinators} coordinators, {students} students each, all asked within {asked:.1f} s")
    print(f"finished: {len(ended)} of {coordinators}, after {times} s; errors on a page: {errors}")
    print("\n".join(told), end="\n" if told else "")
    if answers:
        print(
            f"another page, opened while plans were made: {statistics.median(answers):.2f} s in the middle, "
            f"{max(answers):.2f} s at most, of {len(answers)}"
        )
    if errors or len(ended) < coordinators:
        raise SystemExit(1)


def watch(pages: list[Page], since: float) -> tuple[list[float], list[float]]:
    """Return how soon pages answered while plans were made, and when each plan was there."""
    answers: list[float] = []
    ended: dict[int, float] = {}
    while len(ended) < len(pages) and time.monotonic() - since < LATEST:
        for number, page in enumerate(pages):
            if number not in ended and page.locator(".st-key-download_groups").count():
                ended[number] = time.monotonic() - since
        waits = [page for number, page in enumerate(pages) if number not in ended]
        if waits and len(answers) < ANSWERS:
            answers.append(answer(waits[-1]))
        pages[0].wait_for_timeout(100)
    return answers, list(ended.values())


def answer(page: Page) -> float:
    """Return how many seconds it takes to see the rules, coming from the groups; go back after."""
    links = page.locator(".st-key-pages")
    since = time.monotonic()
    links.get_by_role("link", name="Regels", exact=True).click()
    page.locator("#rules").wait_for(timeout=PLAN)
    took = time.monotonic() - since
    links.get_by_role("link", name="Groepen", exact=True).click()
    page.locator("#groups").wait_for(timeout=PLAN)
    return took


def visit(browser: Browser, address: str) -> Page:
    """Open an empty page in a browser of its own."""
    page = browser.new_context(locale="nl-NL").new_page()
    page.goto(f"{address}?course=new")
    page.locator(".st-key-use_sample").wait_for(timeout=PLAN)
    settle(page)
    return page


def press(page: Page, key: str) -> None:
    """Press a button."""
    page.locator(f".st-key-{key} button").first.click()


def settle(page: Page) -> None:
    """Wait until a page is at rest."""
    page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for(timeout=PLAN)


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:]]
    main(*(numbers + [COORDINATORS, STUDENTS][len(numbers) :]))

"""Make the pictures of the guide: of the pages with a real browser, of a card as it is printed.

``python -m benchmarks.pictures`` rewrites ``docs/pictures/``, in both languages; with ``card`` behind it only
the cards, with ``nl`` or ``en`` one language. Everybody in them is invented (`benchmarks.pictured`).
"""

from __future__ import annotations

import io
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image, ImageOps
from playwright.sync_api import FilePayload, Locator, Page, sync_playwright

from benchmarks import pictured
from planner.handouts.content import content
from planner.handouts.model import cards_of
from planner.handouts.paper import card_pictures
from planner.model.text import LANGUAGES, Language
from planner.planning.formation import form
from planner.plans.course import Course, only_used
from planner.rosters import SourceFile, read_class_list
from planner.rules import read_rules
from planner.rules.goals import GoalSettings

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs" / "pictures"
# Every window would load pages for an address bar that nobody sees: as much work as the app's own page.
UNSEEN = ("PreloadTopChromeWebUI", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup", "WebUIOmniboxPopup")
ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--disable-features={','.join(UNSEEN)}",
)
START = 60.0  # seconds in which the server has to answer
PLAN = 120_000  # milliseconds for a plan; workers may have to compile first
CARD_PPI, EDGE = 120, 2  # of the picture of a card: pixels per inch, and around each side
WIDTH, HEIGHT = 1240, 1000  # of the page, in pixels
ABOVE, BELOW, BELOW_WORDS = 4, 24, 40  # pixels around what is pictured; a heading has room of its own
SETTLED = 1_000  # milliseconds in which what moves comes to rest, before a picture is taken
COLOURS = 128  # in a picture of a page: as good to the eye, and a third of the file
AT_REST = "[data-testid=stApp][data-test-script-state=notRunning]:not(:has([data-testid=stSkeleton]))"
PAGES = ("class-list", "rules", "groups", "term", "changes", "cards", "courses")  # in the list on top


def chromium() -> str | None:
    """Return where the browser is, or None where there is none."""
    return os.environ.get("HECHT_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


@contextmanager
def served(database: str | None = None, *options: str, app: str = "app.py") -> Iterator[str]:
    """Run the app on a free port of this computer, with options of Streamlit's, and give its address.

    Courses are saved in a database that is thrown away, unless another is named.
    """
    with tempfile.TemporaryDirectory(prefix="hecht-served-", ignore_cleanup_errors=True) as folder:
        server, address = start(database or f"sqlite:///{folder}/hecht.db", *options, app=app)
        try:
            yield address
        finally:
            server.terminate()
            try:
                server.wait(30)
            except subprocess.TimeoutExpired:
                server.kill()


def start(database: str, *options: str, app: str = "app.py") -> tuple[subprocess.Popen[bytes], str]:
    """Start the app with a database and options; return its process and its address once it answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", app, f"--server.port={port}"]
    command += ["--server.headless=true", *options]
    environment = {**os.environ, "HECHT_DATABASE": database}
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    try:
        _wait_for(f"http://127.0.0.1:{port}/_stcore/health", server)
    except RuntimeError:
        server.kill()
        raise
    return server, f"http://127.0.0.1:{port}/"


def _wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=1):
                return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("the server does not answer")


def main() -> None:
    """Take every picture, or those that were asked for."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    asked = set(sys.argv[1:])
    for language in LANGUAGES:
        if not asked & set(LANGUAGES) or language in asked:
            one = pictured.of(language)
            card(one)
            if "card" not in asked:
                with served() as address:
                    pages(one, address)


def card(one: pictured.Class) -> None:
    """Draw both sides of a card, side by side."""
    roster = read_class_list(SourceFile(one.name, one.students.encode())).require()
    goals = GoalSettings(column=one.goals, shareable=True, course=one.course_goals)
    rules = read_rules(one.rules.encode()).model_copy(update={"goals": goals})
    course = Course(roster=only_used(roster, rules), rules=rules, plan=form(rules, roster, effort="quick"))
    texts = content(one.language)
    sides = [
        ImageOps.expand(Image.open(io.BytesIO(side)).convert("RGB"), EDGE, "#C5D0D5")
        for side in card_pictures(cards_of(course, texts, one.language)[1], texts, one.language, CARD_PPI)
    ]
    both = Image.new("RGB", (sum(side.width for side in sides) + 16, sides[0].height), "white")
    both.paste(sides[0], (0, 0))
    both.paste(sides[1], (sides[0].width + 16, 0))
    _save(both, "card", one.language, 256)


def pages(one: pictured.Class, address: str) -> None:
    """Go the way of a coordinator, and take pictures on it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS))
        locale = {"nl": "nl-NL", "en": "en-GB"}[one.language]
        context = browser.new_context(locale=locale, viewport={"width": WIDTH, "height": HEIGHT})
        page = context.new_page()
        page.goto(address)
        _first_plan(page, one)
        _by_hand(page, one.language)
        _term(page, one.language)
        _open(page, "cards")
        page.locator("[data-testid=stImage] img").first.wait_for()
        _picture(page, "starter-cards", "cards", one.language)
        _press(page, "more_sheet", "summary")
        _picture(page, "sheet", "sheet", one.language)
        _changes(page, one)
        browser.close()


def _first_plan(page: Page, one: pictured.Class) -> None:
    page.locator(".st-key-class_list").wait_for()
    _picture(page, "class-list", "start", one.language)
    _upload(page, "class_list", one.name, one.students)
    page.locator(".st-key-make_plan").wait_for()
    _rest(page)
    _press(page, "more_columns", "summary")
    _picture(page, "class-list", "class-list", one.language)
    _open(page, "rules")
    page.locator(".st-key-make_plan").wait_for()
    _press(page, "more_file", "summary")
    _upload(page, "rules_file", "rules.toml", one.rules)
    _rest(page)
    _press(page, "more_file", "summary")
    _picture(page, "rules", "rules", one.language)
    _press(page, "make_plan")
    page.locator(".st-key-download_groups").wait_for(timeout=PLAN)
    _rest(page)
    _picture(page, "groups", "groups", one.language)


def _by_hand(page: Page, language: Language) -> None:
    """Choose a move, and show what it changes; it is not made."""
    _press(page, "more_edit", "summary")
    page.locator(".st-key-edit_do").wait_for()
    for key, row in (("edit_student", 2), ("edit_group", 3)):
        _rest(page)
        page.locator(f"[class*=st-key-{key}]").get_by_role("combobox").first.click()
        page.get_by_role("option").nth(row).click()
    _rest(page)
    _picture(page, page.locator(".st-key-more_edit"), "by-hand", language)
    _press(page, "more_edit", "summary")


def _term(page: Page, language: Language) -> None:
    _open(page, "term")
    page.get_by_test_id("stVegaLiteChart").first.wait_for()
    _picture(page, "term", "term", language, until="forecast")
    _press(page, "forecast")
    page.locator(".st-key-forecast_stop").wait_for()
    page.locator(".st-key-forecast_stop").wait_for(state="detached", timeout=3 * PLAN)
    _rest(page)
    _picture(page, "forecast", "forecast", language)


def _changes(page: Page, one: pictured.Class) -> None:
    """Let two groups lose two members each, and one student come in."""
    _open(page, "groups")
    with page.expect_download() as download:
        _press(page, "download_groups")
    groups = pictured.members(download.value.path().read_text("utf-8-sig"), one.separator)
    left = [*groups[0][:2], *groups[2][:2]]
    _open(page, "changes")
    _upload(page, "new_class_list", f"week-4-{one.name}", one.later(left))
    _rest(page)
    _picture(page, "new-list", "new-list", one.language)
    _press(page, "replan")
    page.locator(".st-key-download_changes").wait_for(timeout=PLAN)
    _rest(page)
    page.locator(".st-key-stop_trying").wait_for(state="detached", timeout=PLAN)
    _picture(page, "before-after", "changes", one.language)
    _picture(page, page.locator(".st-key-more_stages"), "before-after", one.language)


def _press(page: Page, key: str, what: str = "button") -> None:
    page.locator(f".st-key-{key} {what}").first.click()


def _open(page: Page, name: str) -> None:
    page.locator(".st-key-pages").get_by_role("link").nth(PAGES.index(name)).click()
    _rest(page)


def _upload(page: Page, key: str, name: str, text: str) -> None:
    file: FilePayload = {"name": name, "mimeType": "text/csv", "buffer": text.encode()}
    page.locator(f".st-key-{key} input[type=file]").first.set_input_files(files=[file])


def _rest(page: Page) -> None:
    """Wait until what moves comes to rest."""
    page.wait_for_timeout(SETTLED)
    page.locator(AT_REST).wait_for(timeout=PLAN)


def _picture(
    page: Page, anchor: str | Locator, name: str, language: Language, until: str | None = None
) -> None:
    """Take what a reader sees from a heading or a part on, down to the bar, the last words or a heading."""
    part = page.locator(f"#{anchor}") if isinstance(anchor, str) else anchor
    part.first.evaluate("part => part.scrollIntoView({block: 'start'})")
    page.mouse.move(0, 0)
    _rest(page)
    top = part.first.bounding_box()
    assert top is not None
    above, below = max(0.0, top["y"] - ABOVE), min(_end(page, until), HEIGHT)
    taken = page.screenshot(clip={"x": 0, "y": above, "width": WIDTH, "height": below - above})
    _save(Image.open(io.BytesIO(taken)).convert("RGB"), name, language, COLOURS)


def _end(page: Page, until: str | None) -> float:
    """Return where on the screen a picture ends."""
    heading = page.locator(f"#{until}").bounding_box() if until else None
    if heading is not None:
        return heading["y"] - ABOVE
    bar = page.get_by_test_id("stBottom").locator("[class*=st-key-]")
    words = page.get_by_test_id("stMainBlockContainer").locator("p, label, img")
    last, room = (bar.first, BELOW) if bar.count() else (words.last, BELOW_WORDS)
    box = last.bounding_box()
    return HEIGHT if box is None else box["y"] + box["height"] + room


def _save(picture: Image.Image, name: str, language: Language, colours: int) -> None:
    small = picture.quantize(colours, dither=Image.Dither.NONE)
    small.save(PICTURES / f"{name}-{language}.png", optimize=True)


if __name__ == "__main__":
    main()

"""Make the pictures for the README: of the page with a real browser, of a card as it is printed.

``python -m benchmarks.pictures`` rewrites ``docs/pictures/``; with ``card`` behind it
only the card. The class is the invented sample.
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
from playwright.sync_api import FilePayload, Page, sync_playwright

from planner.handouts.content import content
from planner.handouts.model import cards_of
from planner.handouts.paper import card_pictures
from planner.planning.formation import form
from planner.plans.course import Course, only_used
from planner.rosters import SourceFile, read_class_list
from planner.rules import read_rules
from planner.rules.goals import GoalSettings

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs" / "pictures"
ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
START = 60.0  # seconds in which the server has to answer
PLAN = 120_000  # milliseconds for a plan; workers may have to compile first
CARD_PPI, EDGE = 120, 2  # of the picture of a card: pixels per inch, and around each side
WIDTH, HEIGHT = 1240, 1000  # of the page, in pixels
ABOVE, BELOW = 4, 24  # pixels around what is pictured; a heading has room of its own
SETTLED = 1_000  # milliseconds in which what moves comes to rest, before a picture is taken


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
    """Take every picture."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    card()
    if sys.argv[1:] != ["card"]:
        pages()


def card() -> None:
    """Draw both sides of a card of the sample class, side by side."""
    data = ROOT / "data"
    roster = read_class_list(SourceFile("klas-28.csv", (data / "klas-28.csv").read_bytes())).require()
    goals = GoalSettings(
        column="Leerdoel", shareable=True, course=("Presenteren", "Onderzoek doen", "Samenwerken")
    )
    rules = read_rules((data / "regels-28.toml").read_bytes()).model_copy(update={"goals": goals})
    course = Course(roster=only_used(roster, rules), rules=rules, plan=form(rules, roster, effort="quick"))
    texts = content("nl")
    sides = [
        ImageOps.expand(Image.open(io.BytesIO(side)).convert("RGB"), EDGE, "#C5D0D5")
        for side in card_pictures(cards_of(course, texts, "nl")[1], texts, "nl", CARD_PPI)
    ]
    both = Image.new("RGB", (sum(side.width for side in sides) + 16, sides[0].height), "white")
    both.paste(sides[0], (0, 0))
    both.paste(sides[1], (sides[0].width + 16, 0))
    both.quantize(256, dither=Image.Dither.NONE).save(PICTURES / "card-nl.png", optimize=True)


def pages() -> None:
    """Take the pictures of the app."""
    with served() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS))
        context = browser.new_context(locale="nl-NL", viewport={"width": WIDTH, "height": HEIGHT})
        page = context.new_page()
        page.goto(address)
        _press(page, "use_sample")
        page.locator(".st-key-make_plan").wait_for()
        _open(page, "Regels")
        page.locator(".st-key-make_plan").wait_for()
        _picture(page, "rules", "rules-nl.png")
        _press(page, "make_plan")
        page.locator(".st-key-download_groups").wait_for(timeout=PLAN)
        _picture(page, "groups", "groups-nl.png")
        _open(page, "Wijzigingen")
        page.locator(".st-key-new_class_list input").set_input_files(files=[_after_dropouts()])
        _wish(page, "extra_moves", "2")
        _press(page, "replan")
        page.locator(".st-key-download_changes").wait_for(timeout=PLAN)
        _picture(page, "before-after", "changes-nl.png")
        browser.close()


def _press(page: Page, key: str) -> None:
    page.locator(f".st-key-{key} button").first.click()


def _open(page: Page, name: str) -> None:
    page.locator(".st-key-pages").get_by_role("link", name=name, exact=True).click()


def _wish(page: Page, key: str, value: str) -> None:
    """Fill in a field whose key has a number after it."""
    page.locator(f"[class*=st-key-{key}] input").fill(value)
    page.keyboard.press("Enter")
    page.wait_for_timeout(SETTLED)


def _after_dropouts() -> FilePayload:
    """Return the sample class after three left and one came in."""
    lines = (ROOT / "data" / "klas-28.csv").read_text("utf-8-sig").splitlines()
    nova = lines[2].split(";")
    nova[:5] = ["1999999", "Nova", "van", "Dam", "nova.vandam@student.hogeschool.example"]
    content = "\n".join([*lines[:5], *lines[6:12], *lines[13:20], *lines[21:], ";".join(nova)])
    return {"name": "klas-oktober.csv", "mimeType": "text/csv", "buffer": content.encode()}


def _picture(page: Page, anchor: str, name: str) -> None:
    """Take what a reader sees from a heading on, down to the bar at the bottom."""
    page.evaluate(f"document.getElementById('{anchor}').scrollIntoView({{block: 'start'}})")
    page.mouse.move(0, 0)
    page.wait_for_timeout(SETTLED)
    heading = page.locator(f"#{anchor}").bounding_box()
    bar = page.get_by_test_id("stBottom").locator("[class*=st-key-]").first.bounding_box()
    assert heading is not None
    assert bar is not None
    top, bottom = heading["y"] - ABOVE, bar["y"] + bar["height"] + BELOW
    page.screenshot(
        path=PICTURES / name,
        clip={"x": 0, "y": top, "width": WIDTH, "height": min(bottom, HEIGHT) - top},
    )


if __name__ == "__main__":
    main()

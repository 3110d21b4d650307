"""A server and a real browser to drive it with; without a browser these tests are left out, except in CI."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Download, Locator, Page, expect, sync_playwright
from playwright.sync_api import TimeoutError as TooLate

from benchmarks import serving
from tests.builders.held import HELD
from tests.builders.provider import provided, settings
from tests.builders.stored import Stored, stored

ROOT = serving.ROOT
APP = "tests/builders/held_app.py"
START = serving.START * 1000  # milliseconds
PLAN = serving.PLAN
# On a slow machine a grey box stands where a field will be; it cannot be reached with Tab yet.
AT_REST = "[data-testid=stApp][data-test-script-state=notRunning]:not(:has([data-testid=stSkeleton]))"
# Twenty frames without a change: counted in what the browser draws, not in seconds.
UNMOVED = """() => new Promise(done => {
    const state = () => document.body.innerHTML.length + " " + [...document.querySelectorAll("canvas")]
        .map(one => JSON.stringify(one.getBoundingClientRect())).join();
    let alike = 0, last = state();
    const look = () => {
        const now = state();
        alike = now === last ? alike + 1 : 0;
        last = now;
        if (alike < 20) requestAnimationFrame(look); else done(true);
    };
    look();
})"""
# Where a journey begins: with groups that are in the database already, instead of with an empty page.
DRAFT = pytest.mark.parametrize("journey", ["draft"], indirect=True)
IN_USE = pytest.mark.parametrize("journey", ["in use"], indirect=True)
POLICY = "Content Security Policy"  # a browser names it where a page may not load or run something
expect.set_options(timeout=30_000)  # machines are shared; what is there sooner is seen sooner


def chromium() -> str:
    """Return where the browser is; without one, skip, or fail where nothing may be left out."""
    path = serving.chromium()
    if path:
        return path
    reason = "no Chromium found; install it or say where it is in HECHT_CHROMIUM"
    if os.environ.get("CI", "").lower() == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def gate(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return the file that runs wait for; see `tests.builders.held`."""
    file = tmp_path_factory.mktemp("held") / "until"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(HELD, str(file))
        yield file


@pytest.fixture
def held(gate: Path) -> Iterator[Path]:
    """Return the same file, which is gone when the test is over."""
    yield gate
    gate.unlink(missing_ok=True)


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return where the app saves its courses."""
    return f"sqlite:///{tmp_path_factory.mktemp('courses') / 'hecht.db'}"


@pytest.fixture(scope="session")
def address(gate: Path, database: str) -> Iterator[str]:
    """Start the app and return its address."""
    chromium()
    with serving.served(database, app=APP) as url:
        yield url


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start one browser for all journeys."""
    path = chromium()
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=list(serving.ARGUMENTS))
        yield started
        started.close()


@dataclass
class Journey:
    """A page in the browser, and the words of the journey to drive it with."""

    page: Page
    elsewhere: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)  # what the page was not allowed to load or run

    def at(self, key: str) -> Locator:
        """Return the widget with a key."""
        return self.page.locator(f".st-key-{key}")

    def open(self, address: str, course: Stored) -> None:
        """Open the groups of a course that is in the database."""
        self.page.goto(f"{address}groups?course={course.id}")
        self.see("download_groups", START)
        self.settle()

    def press(self, key: str) -> None:
        """Press a button once the page is at rest: one that is drawn anew meanwhile does nothing."""
        self.settle()
        self.at(key).get_by_role("button").first.click()

    def go(self, name: str) -> None:
        """Open a page by the name in the list on top."""
        link = self.at("pages").get_by_role("link", name=name, exact=True)
        path = urlsplit(link.get_attribute("href") or "").path
        link.click()
        self.page.wait_for_url(lambda url: urlsplit(url).path.strip("/") == path)
        self.settle()

    def tab(self, name: str) -> None:
        """Open a tab of the page."""
        self.page.get_by_role("tab", name=name, exact=True).click()
        self.settle()

    def upload(self, key: str, name: str, content: bytes) -> None:
        file = {"name": name, "mimeType": "text/csv", "buffer": content}
        self.at(key).locator("input[type=file]").set_input_files(files=[file])  # type: ignore[list-item]

    def speak(self, language: str) -> None:
        self.settle()
        self.at("language").get_by_text(language, exact=True).click()

    def see(self, key: str, timeout: float = 30_000) -> None:
        self.at(key).first.wait_for(timeout=timeout)  # a page being redrawn may show it twice

    def settle(self) -> None:
        """Wait until the page is at rest and drawn, also what is fetched to draw it with.

        A page that works on by itself never rests.
        """
        self.page.locator(AT_REST).wait_for()

    def rest(self) -> None:
        """Wait until nothing on the page moves or changes any more."""
        self.settle()
        self.page.evaluate(UNMOVED)

    def pick(self, key: str, text: str) -> None:
        """Choose from a list by typing; a list that closed since something moved under it opens again."""
        self.settle()
        field = self.page.locator(f'[class*="st-key-{key}"]').get_by_role("combobox").first
        option = self.page.get_by_role("option").filter(has_text=text).first
        for _ in range(10):
            field.fill("")
            field.fill(text)
            try:
                option.click(timeout=1000)
                break
            except TooLate:
                self.settle()
        else:
            raise AssertionError(f"{text} could not be picked")
        self.settle()

    def read(self, text: str, timeout: float = 30_000) -> None:
        """Wait until a text can be read, wherever else it may stand folded away."""
        self.page.get_by_text(text).filter(visible=True).first.wait_for(timeout=timeout)

    def download(self, key: str) -> bytes:
        """Take a file along; a page that works on by itself may draw the button anew under the press."""
        for _ in range(10):
            with suppress(TooLate), self.page.expect_download(timeout=15_000) as started:
                self.press(key)
                got: Download = started.value
                return got.path().read_bytes()
        raise AssertionError(f"nothing was handed over: {key}")


def arrive(browser: Browser, url: str, key: str, locale: str = "nl-NL") -> Journey:
    """Open a page in a browser of its own, and wait until the widget with a key is there."""
    context = browser.new_context(locale=locale, viewport={"width": 1280, "height": 900})
    made = Journey(context.new_page())
    made.page.goto(url)
    made.see(key, START)
    return made


@contextmanager
def coordinator(browser: Browser, locale: str = "nl-NL") -> Iterator[Journey]:
    """Give a page to a coordinator.

    Afterwards, see that it spoke to no other computer, and wanted nothing that the server does not allow.
    """
    context = browser.new_context(locale=locale, viewport={"width": 1280, "height": 900})
    made = Journey(context.new_page())

    def note(url: str) -> None:
        if urlsplit(url).hostname not in ("127.0.0.1", None):
            made.elsewhere.append(url)

    made.page.on("request", lambda request: note(request.url))
    made.page.on("console", lambda said: POLICY in said.text and made.refused.append(said.text))
    yield made
    context.close()
    assert not made.elsewhere
    assert not made.refused


@pytest.fixture
def journey(
    request: pytest.FixtureRequest, browser: Browser, address: str, database: str
) -> Iterator[Journey]:
    """Open an empty page as a Dutch coordinator, or the groups of the sample class: see `DRAFT`, `IN_USE`."""
    begin = getattr(request, "param", "")
    with coordinator(browser) as made:
        if begin:
            made.open(address, stored(database, in_use=begin == "in use"))
        else:
            made.page.goto(f"{address}?course=new")
            made.see("use_sample", START)
        yield made


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start an app that asks who somebody is, and the provider that says it."""
    chromium()
    with provided() as provider:
        file = tmp_path_factory.mktemp("secrets") / "secrets.toml"
        file.write_text(settings(provider))
        with serving.served(None, f"--secrets.files={file}") as url:
            yield url

"""A browser runs the scripts of the pages, and no other."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from planner.ui.session.places import COURSE
from planner.ui.shell.open_course import NEW
from planner.ui.widgets import scripts
from tests.browser.conftest import POLICY, ROOT, START, Journey

pytestmark = pytest.mark.browser
INTO_THE_PAGE = """() => {
    const script = document.createElement("script");
    script.textContent = "window.ran = true";
    document.body.append(script);
    const picture = document.createElement("img");
    picture.src = "http://127.0.0.1:9/picture.png";
    document.body.append(picture);
    return [window.ran ?? false, document.documentElement.lang];
}"""


def test_a_script_that_got_into_a_page_does_not_run(browser: Browser, address: str) -> None:
    context = browser.new_context(locale="nl-NL")
    journey, refused = Journey(context.new_page()), []
    journey.page.on("console", lambda said: refused.append(said.text))
    journey.page.goto(address)
    journey.see("pages", START)
    journey.settle()
    assert not [text for text in refused if POLICY in text]
    # The pages' own script ran: it says the language, which Streamlit's page has as English.
    assert journey.page.evaluate(INTO_THE_PAGE) == [False, "nl"]
    assert len([text for text in refused if POLICY in text]) == 2
    context.close()


def test_a_page_that_frames_another_shows_nothing_of_it(browser: Browser, address: str) -> None:
    page = browser.new_context().new_page()
    page.set_content(f'<iframe src="{address}"></iframe>')
    frame = page.frames[1]
    frame.wait_for_load_state()
    assert not frame.url.startswith(address)
    page.context.close()


def test_every_script_goes_by_way_of_those_that_the_policy_names() -> None:
    sources = (ROOT / "planner").rglob("*.py")
    assert [one.name for one in sources if "allow_javascript" in one.read_text("utf-8")] == ["scripts.py"]
    assert f"?{COURSE}={NEW}'" in scripts.START_NEW
    with pytest.raises(ValueError, match="not one of the scripts"):
        scripts.run("alert(1)")

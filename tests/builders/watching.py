"""Waiting until something is so on a page, under the policy that pages are sent with.

Playwright's `wait_for_function` reads its text as code at each look. Under Hecht's policy only the first look
may do that: a wait that was over at once passed, one that had to wait failed.
"""

from __future__ import annotations

from playwright.sync_api import Page

MOST_MS = 30_000
WATCH = """([most]) => new Promise((done, fail) => {
    const check = CHECK;
    const late = setTimeout(() => fail(new Error(`not so: ${check}`)), most);
    const look = () => {
        if (check()) { clearTimeout(late); done(true); } else requestAnimationFrame(look);
    };
    look();
})"""


def until(page: Page, check: str, most: int = MOST_MS) -> None:
    """Wait until a check, written as a function without arguments, holds on the page.

    Raises
    ------
    playwright.sync_api.Error
        It did not hold within so many milliseconds.
    """
    page.evaluate(WATCH.replace("CHECK", check), [most])

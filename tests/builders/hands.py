"""Somebody at a page, with a mouse or with the keyboard alone; what they do is counted."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import FilePayload, Locator, Page

from tests.builders.watching import until

FOCUS = """() => {
    const one = document.activeElement;
    const box = one.getBoundingClientRect();
    const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    const ringed = [];  // a field has its line around what is typed in it
    for (let each = one; each && !each.matches('[data-testid=stElementContainer]'); each = each.parentElement)
        ringed.push(each);
    return {
        nowhere: one === document.body,
        names: [...one.closest('[class*=st-key-]')?.classList ?? []],
        words: one.getAttribute('aria-label') || (one.matches('main') ? '' : one.innerText) || '',
        seen: ringed.some((each) => getComputedStyle(each).outlineStyle !== 'none'),
        // The cells of a table are drawn under what scrolls them: that is the table too.
        bare: one.contains(top) || (top?.contains(one) ?? false)
            || (top?.closest('[data-testid=stDataFrame]')?.contains(one) ?? false),
    };
}"""
SOMEWHERE = "() => document.activeElement !== document.body"
# Where something is from where the keyboard is: 0 there, 1 further on, -1 back; and how that is seen.
STOP = f"""(one) => {{
    const at = document.activeElement;
    const back = at.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_PRECEDING;
    return [one.contains(at) ? 0 : back ? -1 : 1, ({FOCUS})()];
}}"""
CHOSEN = """() => {
    const at = document.activeElement;
    const one = document.getElementById(at.getAttribute('aria-activedescendant')) ?? at;
    return one.matches('[role=option], [role=menuitem]') ? one.innerText : '';
}"""
MOST_STOPS = 150  # of Tab, or of an arrow


@dataclass
class Hands(ABC):
    """Somebody at a page.

    Attributes
    ----------
    page : Page
    settle : callable
        Waits until the page is at rest.
    actions : int
        A click, a choice in a menu and a field that is typed in count as one each. What the browser
        does by itself, such as a reload, is no action.
    """

    page: Page
    settle: Callable[[], None]
    actions: int = 0

    def press(self, place: Locator) -> None:
        """Press a button, follow a link, flip a switch, or open a menu, once the page is at rest."""
        self.settle()
        self._press(place)
        self._done()

    def choose(self, name: str) -> None:
        """Choose from the menu that is open."""
        self._choose(self.page.get_by_role("menuitem").filter(has_text=name))
        self._done()

    def write(self, field: Locator, text: str) -> None:
        """Type in a field."""
        self._reach(field)
        field.fill("")
        self.page.keyboard.insert_text(text)
        self.page.keyboard.press("Enter")
        self._done()

    def pick(self, field: Locator, name: str) -> None:
        """Type a name in a list that can be searched, and choose it: two actions."""
        self._reach(field)
        self.page.keyboard.insert_text(name)
        self.actions += 1
        self._choose(self.page.get_by_role("option").filter(has_text=name))
        self._done()

    def hand_in(self, button: Locator, name: str, content: bytes) -> None:
        """Choose a file."""
        file: FilePayload = {"name": name, "mimeType": "text/csv", "buffer": content}
        with self.page.expect_file_chooser() as opened:
            self._press(button)
        opened.value.set_files(files=[file])
        self._done()

    def _done(self) -> None:
        """Count an action, and see that the keyboard did not fall to the top of everything."""
        self.actions += 1
        self.settle()
        until(self.page, SOMEWHERE)

    @abstractmethod
    def _press(self, place: Locator) -> None: ...

    @abstractmethod
    def _choose(self, item: Locator) -> None: ...

    @abstractmethod
    def _reach(self, field: Locator) -> None: ...


class Mouse(Hands):
    """Somebody with a mouse."""

    def _press(self, place: Locator) -> None:
        switch = place.evaluate("one => one.matches('input[type=checkbox]')")
        (place.locator("xpath=ancestor::label") if switch else place).click()

    def _choose(self, item: Locator) -> None:
        item.first.click()

    def _reach(self, field: Locator) -> None:
        field.click()


class Keyboard(Hands):
    """Somebody with a keyboard alone, who sees where it is at every stop."""

    def _press(self, place: Locator) -> None:
        self._reach(place)
        self.settle()  # a page that was drawn anew meanwhile may have put the keyboard at what is new
        self._reach(place)
        switch = self.page.evaluate("document.activeElement.matches('input[type=checkbox]')")
        self.page.keyboard.press("Space" if switch else "Enter")

    def _choose(self, item: Locator) -> None:
        item.first.wait_for()
        wanted = item.first.inner_text()
        for _ in range(MOST_STOPS):
            if self.page.evaluate(CHOSEN) == wanted:
                self.page.keyboard.press("Enter")
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"not reached with the arrows: {wanted}")

    def _reach(self, field: Locator) -> None:
        way, _ = field.evaluate(STOP)
        for _ in range(MOST_STOPS):
            if way == 0:
                return
            on, back = ("Tab", "Shift+Tab") if way > 0 else ("Shift+Tab", "Tab")
            self.page.keyboard.press(on)
            way, focus = field.evaluate(STOP)
            # What grew above it may have pushed it away; a table hands it on to a cell in its own time.
            if not focus["nowhere"] and not (focus["bare"] and focus["seen"]):
                self.settle()
                self.page.keyboard.press(back)
                self.page.keyboard.press(on)
                way, focus = field.evaluate(STOP)
            assert focus["nowhere"] or focus["seen"], f"the focus is not seen: {focus}"
            assert focus["nowhere"] or focus["bare"], f"the focus is hidden by something: {focus}"
        raise AssertionError(f"not reached with Tab: {field}")

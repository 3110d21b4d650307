"""Make the pictures of the guide: of the pages with a real browser, of a card as it is printed.

``python -m benchmarks.pictures`` rewrites ``docs/pictures/``, in both languages; with ``card`` behind it only
the cards, with ``nl`` or ``en`` one language. Everybody in them is invented (`benchmarks.pictured`).
"""

from __future__ import annotations

import io
import sys

from PIL import Image, ImageOps
from playwright.sync_api import FilePayload, Locator, Page, sync_playwright

from benchmarks import pictured
from benchmarks.serving import ARGUMENTS, PLAN, ROOT, chromium, served
from planner.handouts.content import content
from planner.handouts.model import cards_of
from planner.handouts.paper import card_pictures
from planner.model.text import LANGUAGES, Language
from planner.planning.formation import form
from planner.plans.course import Course, only_used
from planner.rosters import SourceFile, read_class_list
from planner.rules import read_rules
from planner.rules.goals import GoalSettings

PICTURES = ROOT / "docs" / "pictures"
CARD_PPI, EDGE = 120, 2  # of the picture of a card: pixels per inch, and around each side
WIDTH, HEIGHT = 1240, 1000  # of the page, in pixels
ABOVE, BELOW, BELOW_WORDS = 4, 24, 40  # pixels around what is pictured; a heading has room of its own
SETTLED = 1_000  # milliseconds in which what moves comes to rest, before a picture is taken
COLOURS = 128  # in a picture of a page: as good to the eye, and a third of the file
AT_REST = "[data-testid=stApp][data-test-script-state=notRunning]:not(:has([data-testid=stSkeleton]))"
PAGES = ("class-list", "rules", "groups", "term", "changes", "cards", "courses")  # in the list on top


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
        _in_use(page, one.language)
        _windows(page, one.language)
        _by_hand(page, one.language)
        _term(page, one.language)
        _open(page, "cards")
        page.locator("[data-testid=stImage] img").first.wait_for()
        _picture(page, "starter-cards", "cards", one.language)
        _press(page, "more_sheet", "summary")
        _picture(page, "sheet", "sheet", one.language)
        _open(page, "groups")
        _stopped(page, one.language)
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


def _in_use(page: Page, language: Language) -> None:
    """Use the groups from the first week on, and show how well the rules are met."""
    _press(page, "use")
    page.locator(".st-key-use_groups").wait_for()
    _rest(page)
    _screen(page, "use", language)
    _press(page, "use_groups")
    page.locator(".st-key-use_groups").wait_for(state="detached")
    _rest(page)
    _picture(page, "groups", "in-use", language)
    page.get_by_role("tab").nth(1).click()
    _rest(page)
    _picture(page, page.get_by_role("tablist"), "analysis", language)
    page.get_by_role("tab").first.click()
    _rest(page)


def _windows(page: Page, language: Language) -> None:
    """Open the menu of a name, and the windows; nothing is done in them."""
    _menu(page)
    _screen(page, "menu", language)
    page.get_by_role("menuitem").nth(1).click()
    page.locator("[class*=st-key-swap_partners]").first.wait_for()
    _window(page, "swap", language)
    _press(page, "somebody_new")
    for key, text in (("newcomer_name", "Nova van Dam"), ("newcomer_number", "1999999")):
        page.locator(f".st-key-{key} input").fill(text)
        page.keyboard.press("Enter")
        _rest(page)
    page.locator(".st-key-join_0").wait_for()
    _window(page, "new-student", language)
    _press(page, "away")
    page.locator(".st-key-away_who").get_by_role("combobox").click()
    page.get_by_role("option").first.click()
    page.keyboard.press("Escape")
    page.get_by_role("dialog").locator("code").wait_for()
    _window(page, "away", language)


def _menu(page: Page) -> None:
    page.locator("[class*=st-key-members_] [class*=st-key-name_] button").first.click()
    page.get_by_role("menuitem").first.wait_for()


def _window(page: Page, name: str, language: Language) -> None:
    """Take a picture of the window that is open, and close it."""
    _rest(page)
    box = page.get_by_role("dialog").bounding_box()
    assert box is not None
    below = min(box["y"] + box["height"] + ABOVE, HEIGHT)
    taken = page.screenshot(clip={**box, "height": below - box["y"]})
    _save(Image.open(io.BytesIO(taken)).convert("RGB"), name, language, COLOURS)
    page.keyboard.press("Escape")
    page.get_by_role("dialog").wait_for(state="detached")


def _stopped(page: Page, language: Language) -> None:
    """Let somebody stop, show what that comes to, and take it back."""
    _menu(page)
    page.get_by_role("menuitem").first.click()
    page.locator(".st-key-carry_out button:enabled").wait_for(timeout=PLAN)
    _picture(page, "groups", "pending", language)
    _press(page, "take_back_0")
    page.locator(".st-key-pending").wait_for(state="detached")


def _changes(page: Page, one: pictured.Class) -> None:
    """Let two groups lose two members each, and one student come in."""
    with page.expect_download() as download:
        _press(page, "download_groups")
    groups = pictured.members(download.value.path().read_text("utf-8-sig"), one.separator)
    left = [*groups[0][:2], *groups[2][:2]]
    _open(page, "changes")
    _press(page, "more_list", "summary")
    _upload(page, "new_class_list", f"week-4-{one.name}", one.later(left))
    page.locator(".st-key-carry_out_bar button:enabled").wait_for(timeout=PLAN)
    _rest(page)
    _picture(page, "pending", "new-list", one.language)
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


def _screen(page: Page, name: str, language: Language) -> None:
    """Take all that is on the screen."""
    _save(Image.open(io.BytesIO(page.screenshot())).convert("RGB"), name, language, COLOURS)


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

"""A course in its fourth week, in a real browser: each change with a mouse and with the keyboard alone.

Its groups are in use already. The one who has a mouse speaks Dutch, the one who has none English.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Locator, expect

from planner.model.text import Language
from planner.store import CourseRepository, open_store
from tests.browser.conftest import PLAN, START, Journey, coordinator
from tests.builders.hands import Hands, Keyboard, Mouse
from tests.builders.stored import Stored, stored

pytestmark = pytest.mark.browser

SAID: Mapping[str, Mapping[Language, str]] = {
    "stopped": {"nl": "Gestopt", "en": "Stopped"},
    "is stopped": {"nl": "{name} is gestopt ({group})", "en": "{name} stopped ({group})"},
    "is missing": {
        "nl": "{name} staat niet meer op de klassenlijst ({group})",
        "en": "{name} is no longer on the class list ({group})",
    },
    "nobody moves": {"nl": "Niemand hoeft te verhuizen.", "en": "Nobody has to move."},
    "done": {"nl": "Doorgevoerd.", "en": "Carried out."},
    "back": {"nl": "zijn weer in gebruik", "en": "are in use again"},
    "new": {"nl": "{name} is nieuw", "en": "{name} is new"},
    "nothing": {"nl": "Geen openstaande wijzigingen.", "en": "No pending changes."},
    "as usual": {"nl": "andere groepen werken zoals altijd", "en": "other groups work as usual"},
    "decide": {"nl": "Beslis eerst dit:", "en": "First decide this:"},
    "seven": {"nl": "7 openstaande wijzigingen.", "en": "7 pending changes."},
}
# A press does not depend on the language, nor a text on what pressed: crossing them would double the time of
# the slowest tests and find nothing else.
HANDS: Mapping[Language, tuple[type[Hands], str]] = {"nl": (Mouse, "nl-NL"), "en": (Keyboard, "en-GB")}


@dataclass
class Teacher:
    """A coordinator at the page of groups in use."""

    journey: Journey
    hands: Hands
    language: Language
    course: Stored
    database: str

    def said(self, what: str, **values: str) -> str:
        return SAID[what][self.language].format(**values)

    def read(self, what: str, **values: str) -> None:
        self.journey.read(self.said(what, **values), PLAN)

    def button(self, key: str) -> Locator:
        """Return a button once it can be pressed."""
        return self.journey.page.locator(f".st-key-{key} button:enabled").first

    def press(self, key: str) -> None:
        self.button(key).wait_for(timeout=PLAN)
        self.hands.press(self.button(key))

    def go(self, number: int) -> None:
        """Open a page of the list on top: 0 is the class list."""
        link = self.journey.at("pages").get_by_role("link").nth(number)
        self.hands.press(link)
        expect(link).to_have_attribute("aria-current", "page")
        self.journey.settle()

    def reload(self) -> None:
        """Load the page anew, as the one with a mouse: what is saved hangs on no hands."""
        if isinstance(self.hands, Keyboard):
            return
        self.journey.page.reload()
        self.journey.see("plan_bar", START)
        self.journey.settle()

    def saved(self) -> dict[str, str]:
        """Return the groups that the database has, by student."""
        store = open_store(self.database)
        try:
            version = CourseRepository(store).open(self.course.id).plan
        finally:
            store.close()
        assert version is not None
        return dict(version.course.plan.group_of)

    def shown(self, groups: Mapping[str, str]) -> bool:
        """Whether the cards have these groups, student by student."""
        buttons = self.journey.page.locator("[class*=st-key-members_]")
        found = [
            card.locator("[class*=st-key-name_]").evaluate_all(
                "all => all.map(one => [...one.classList].find(c => c.startsWith('st-key-name_')).slice(12))"
            )
            for card in buttons.all()
        ]
        names = dict.fromkeys(groups[student] for card in found for student in card)
        return sorted(map(sorted, found)) == sorted(
            sorted(one for one, group in groups.items() if group == name) for name in names
        ) and set(groups) == {student for card in found for student in card}


@pytest.fixture(params=HANDS, ids=lambda language: f"{language}-{HANDS[language][0].__name__.lower()}")
def teacher(
    request: pytest.FixtureRequest, browser: Browser, address: str, database: str
) -> Iterator[Teacher]:
    """Open the groups of a course of one's own."""
    language: Language = request.param
    kind, locale = HANDS[language]
    with coordinator(browser, locale) as journey:
        course = stored(database)
        journey.open(address, course)
        yield Teacher(journey, kind(journey.page, journey.settle), language, course, database)
        assert "Traceback" not in journey.page.content()


def test_one_stopped_in_three_actions_and_back_to_the_plan_before(teacher: Teacher) -> None:
    one = teacher.course.course.plan.groups[1].members[2]
    group, before = teacher.course.groups[one], teacher.course.groups
    name = teacher.journey.at(f"name_{one}").get_by_role("button")
    teacher.hands.press(name)
    teacher.hands.choose(teacher.said("stopped"))
    teacher.read("is stopped", name=teacher.course.name(one), group=group)
    assert teacher.saved() == before
    # It waits, also for whoever loads the page anew, with what it comes to.
    teacher.reload()
    teacher.read("nobody moves")
    teacher.press("carry_out")
    assert teacher.hands.actions <= 3
    teacher.read("done")
    # What came of it has the keyboard, and the title of the page is in view above it: there was none.
    expect(teacher.journey.page.locator("#decided")).to_be_focused()
    expect(teacher.journey.page.locator("h2#groups, #groups").first).to_be_in_viewport()
    after = {student: place for student, place in before.items() if student != one}
    assert teacher.saved() == after
    teacher.reload()
    teacher.read("nothing")
    assert teacher.shown(after)
    # The plan before is one action away, and stays.
    teacher.hands.actions = 0
    teacher.press("plan_before")
    assert teacher.hands.actions == 1
    teacher.read("back")
    teacher.read("is stopped", name=teacher.course.name(one), group=group)
    assert teacher.saved() == before
    teacher.reload()
    assert teacher.shown(before)


def test_one_is_new_in_six_actions_and_one_is_away_today(teacher: Teacher) -> None:
    journey, before = teacher.journey, teacher.course.groups
    teacher.press("somebody_new")
    teacher.hands.write(journey.at("newcomer_name").get_by_role("textbox"), "Ada Lovelace")
    teacher.hands.write(journey.at("newcomer_number").get_by_role("textbox"), "1999999")
    teacher.press("join_0")
    assert teacher.hands.actions <= 6
    expect(journey.page.get_by_role("dialog")).to_have_count(0)
    journey.at("name_1999999").get_by_text("Ada Lovelace").wait_for()
    after = teacher.saved()
    assert {student: group for student, group in after.items() if student != "1999999"} == before
    teacher.reload()
    teacher.read("nothing")
    assert teacher.shown(after)
    # Who is away today: a window, and the plan as it was.
    one = teacher.course.course.plan.groups[0].members[0]
    teacher.press("away")
    teacher.hands.pick(journey.at("away_who").get_by_role("combobox"), teacher.course.name(one))
    # The list of names lay over what came of the choice until somebody closed it.
    expect(journey.page.get_by_role("listbox")).to_have_count(0)
    # Who is away is not in what can be shown in class; once they were.
    shown = journey.page.get_by_role("dialog").locator("code")
    expect(shown).to_contain_text(teacher.said("as usual"))
    expect(shown).not_to_contain_text(teacher.course.name(one))
    expect(shown).to_contain_text(teacher.course.name(teacher.course.course.plan.groups[0].members[1]))
    journey.page.keyboard.press("Escape")
    expect(journey.page.get_by_role("dialog")).to_have_count(0)
    expect(teacher.button("away")).to_be_focused()
    assert teacher.saved() == after
    teacher.reload()
    assert teacher.shown(after)


def test_five_stopped_and_two_are_new_by_a_list_of_names_and_numbers(teacher: Teacher) -> None:
    journey, course = teacher.journey, teacher.course.course
    gone = {group.members[0] for group in course.plan.groups[:5]}
    here = [student for student in course.roster.students if student.id not in gone]
    rows = [f"{student.id};{student.sort_name}" for student in here]
    rows += ["1999991;Lovelace, Ada", "1999992;Turing, Alan"]
    listed = "\n".join(["Studentnummer;Naam", *rows]).encode()
    teacher.go(4)
    teacher.hands.press(journey.at("more_list").locator("summary"))
    teacher.hands.hand_in(journey.at("new_class_list").locator("button"), "week-4.csv", listed)
    journey.read("Ada Lovelace")
    # They wait, on the page of groups and for whoever loads the page anew.
    teacher.go(2)
    teacher.read("seven")
    teacher.reload()
    for one in gone:
        teacher.read("is missing", name=teacher.course.name(one), group=teacher.course.groups[one])
    teacher.read("new", name="Ada Lovelace")
    assert teacher.saved() == teacher.course.groups
    expect(teacher.button("carry_out")).to_be_enabled(timeout=PLAN)
    told = journey.at("pending").inner_text()
    teacher.press("carry_out")
    teacher.read("done")
    after = teacher.saved()
    assert after.keys() == {student.id for student in here} | {"1999991", "1999992"}
    moved = [one.id for one in here if after[one.id] != teacher.course.groups[one.id]]
    assert len(moved) <= 1  # nobody who need not: one group is too small now
    assert all(teacher.course.name(one) in told for one in moved)
    teacher.reload()
    teacher.read("nothing")
    assert teacher.shown(after)


def rule(teacher: Teacher, kind: str) -> Locator:
    """Return the card of a rule."""
    words = teacher.course.course.rules.rule
    label = next(one.label().text(teacher.language) for one in words if one.kind == kind)
    return teacher.journey.page.locator("[class*=st-key-rule_]").filter(has_text=label).first


def test_a_rule_is_changed_in_use_taken_back_and_carried_out(teacher: Teacher) -> None:
    journey = teacher.journey
    teacher.go(1)
    switch = rule(teacher, "mix").get_by_role("switch")
    teacher.hands.press(switch)
    teacher.go(2)
    teacher.read("nobody moves")
    teacher.press("take_back_0")
    teacher.read("nothing")
    teacher.go(1)
    switch = rule(teacher, "mix").get_by_role("switch")
    expect(switch).to_be_checked()
    teacher.hands.press(switch)
    teacher.read("nobody moves")
    teacher.reload()
    expect(rule(teacher, "mix").get_by_role("switch")).not_to_be_checked()
    # What it comes to is seen where the rule is, and can be carried out there.
    teacher.press("carry_out_bar")
    teacher.read("nothing")
    teacher.go(2)
    teacher.reload()
    teacher.read("nothing")
    assert journey.at("pending").count() == 0
    assert teacher.saved() == teacher.course.groups


def test_a_rule_that_cannot_be_met_has_a_way_out_that_is_carried_out(teacher: Teacher) -> None:
    journey = teacher.journey
    teacher.go(1)
    teacher.hands.press(rule(teacher, "overlap").locator("summary"))
    teacher.hands.write(rule(teacher, "overlap").locator("[class*=at_least] input"), "5")
    teacher.read("decide")
    teacher.go(2)
    teacher.reload()
    teacher.read("decide")
    expect(journey.at("carry_out").get_by_role("button").first).to_be_disabled()
    # The ways out were worked out; one is taken at a press, and is pending as anything else.
    teacher.go(4)
    journey.see("rerun_conflict", PLAN)
    teacher.press("rerun_way_0")
    journey.at("rerun_conflict").wait_for(state="detached")
    teacher.go(2)
    teacher.read("nobody moves")
    assert teacher.saved() == teacher.course.groups
    teacher.press("carry_out")
    teacher.read("done")
    teacher.reload()
    teacher.read("nothing")
    assert teacher.shown(teacher.course.groups)

"""What a new plan means for each rule: changed ones, those that stand otherwise, and the rest."""

from __future__ import annotations

import pytest

from planner.model.domain import Group
from planner.model.text import Language
from planner.plans.course import Course
from planner.reporting.rule_effects import RuleEffects, rule_effects
from tests.builders.classes import make_groups, make_roster, make_rules
from tests.builders.edited_courses import course_of

SIZES = "[groups]\nsize = [2, 3]\n[roles]\nnames = []\n"
TIMES = '[[rule]]\nkind = "overlap"\ncolumns = ["Free"]\nat_least = {}\nimportance = "{}"\n'
WISH = '[[rule]]\nkind = "wish"\ncolumns = ["Wish"]\nimportance = "nice"\n'
CLASS = make_roster(
    [
        {"id": "a", "Free": "Mon; Tue", "Wish": "b"},
        {"id": "b", "Free": "Mon; Tue", "Wish": ""},
        {"id": "c", "Free": "Mon", "Wish": "e"},
        {"id": "d", "Free": "Mon; Tue", "Wish": ""},
    ]
)
NOW = make_groups("ab", "cd")  # c, d: one time; c is without e, who is not there


def made(rules: str, groups: tuple[Group, ...] = NOW) -> Course:
    return course_of(make_rules(rules), CLASS, groups)


def effects(before: Course, after: Course) -> RuleEffects:
    return rule_effects(before.rules, before, after.rules, after.roster, after.plan)


ONE, TWO = SIZES + TIMES.format(1, "must"), SIZES + TIMES.format(2, "important")


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("en", "one of 2 groups has fewer than 2 shared times; more moves may help."),
        ("nl", "één van de 2 groepen heeft minder dan 2 gedeelde momenten; met meer verhuizingen kan"),
    ],
)
def test_a_rule_that_asks_more_says_in_how_many_groups_it_is_not_met(language: Language, says: str) -> None:
    """Only who moves was told: with nobody moving, everything seemed to be well."""
    found = effects(made(ONE), made(TWO))
    assert says in found.lines[0].text(language)
    assert found.in_short is not None
    assert "2" in found.in_short.text(language)


def test_a_rule_that_is_met_says_so() -> None:
    found = effects(made(TWO), made(ONE))
    assert [one.text("en") for one in found.lines] == [
        "At least one shared time in Free: met in every group."
    ]
    assert found.in_short is None


def test_what_stands_otherwise_than_now_is_told_with_how_it_is_now() -> None:
    worse = effects(made(SIZES + WISH), made(SIZES + WISH, make_groups("ac", "bd")))
    assert (
        worse.lines[0]
        .text("en")
        .endswith(
            "before: met in every group; after: one of 1 students with a wish is with nobody they wished "
            "for. Groep 1: No one Noor asked for is in this group."
        )
    )
    assert worse.in_short is not None
    better = effects(made(SIZES + WISH, make_groups("ac", "bd")), made(SIZES + WISH))
    assert better.lines[0].text("nl").endswith("zit bij niemand van hun wensen; na: klopt in elke groep.")
    assert better.in_short is None


def test_what_is_not_met_before_and_after_is_not_left_out() -> None:
    found = effects(made(TWO), made(TWO))
    assert [one.text("en") for one in found.lines] == [
        "As now, not met everywhere: At least 2 shared times in Free."
    ]


def test_where_all_is_met_it_says_so() -> None:
    assert [one.text("en") for one in effects(made(ONE), made(ONE)).lines] == [
        "Every rule is met in every group."
    ]


ALONE = '[[rule]]\nkind = "never-alone"\ncolumn = "Plan"\nimportance = "important"\n'
LIKED = "[groups]\nsize = [2, 4]\nprefer = 3\n[roles]\nnames = []\n"


def placed(rules: str, answers: str, *groups: str) -> Course:
    people = make_roster([{"id": chr(97 + n), "Plan": one} for n, one in enumerate(answers)])
    return course_of(make_rules(rules), people, make_groups(*groups))


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("en", "before: met in every group; after: not met in one of 3 groups (1 student). {who} is"),
        ("nl", "voor: klopt in elke groep; na: klopt niet in één van de 3 groepen (1 student). {who} is"),
    ],
)
def test_for_whom_a_rule_is_not_met_any_more_is_said_in_words(language: Language, says: str) -> None:
    """It ended in "now 1 student", and named nobody."""
    before = placed(SIZES + ALONE, "xxyy", "ab", "cd")
    after = placed(SIZES + ALONE, "xxyyxyy", "ab", "cd", "efg")
    (line,) = (one for one in effects(before, after).lines if "Plan" in one.text(language))
    assert says.format(who=f"Groep 3: {after.roster.shown_names['e']}") in line.text(language)


def test_a_preferred_size_is_told_in_groups_before_and_after() -> None:
    """It said "met in every group; now 1 student"."""
    before, after = placed(LIKED, "xxyy", "ab", "cd"), placed(LIKED, "xxyyxx", "abe", "cdf")
    assert [one.text("nl") for one in effects(before, after).lines] == [
        "Liefst groepen van 3 – voor: 2 van de 2 groepen hebben een andere grootte; na: klopt in elke groep."
    ]

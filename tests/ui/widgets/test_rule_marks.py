"""What a card and the table say of a rule: never at odds with what is proven beside it."""

from __future__ import annotations

import re

from streamlit.testing.v1 import AppTest

from planner.model.reports import Status
from planner.plans.course import Course
from tests.builders.pages import proven, standing, texts, with_outcome, with_plan

CLOSER = ("kan dichterbij", "kunnen dichterbij", "Kan dichterbij", "an be closer")
BETTER = ("Kan misschien nog beter", "Could be better")


def badges(page: AppTest) -> set[str]:
    """Return the first badge of each card."""
    cards = (one.value for one in page.markdown if re.match(r":small\[\S+ student", one.value))
    return {next(line for line in text.splitlines() if "-badge[" in line) for text in cards}


def best(course: Course) -> Course:
    cost = course.plan.outcome.cost
    return proven(course, status=Status.OPTIMAL, cost=cost, bound=cost)


def test_no_card_says_that_it_can_be_better_where_no_plan_is(sample: AppTest, sample_course: Course) -> None:
    """An orange mark stood on every card, beside "no plan can be better"."""
    with_plan(sample, best(sample_course))
    stands = standing(sample, "Hoe goed het klopt")
    said = texts(sample)
    assert "Bewezen: geen plan met 7 groepen kan beter zijn." in said
    assert not any(text in said for text in (*CLOSER, *BETTER))
    assert not any("orange" in badge for badge in badges(sample))
    assert any("Beter kan niet: geen plan is beter" in badge for badge in badges(sample))
    assert not any("kan misschien nog beter" in cell or "dichterbij" in cell for cell in stands)
    cells = standing(sample, "Bewijs")
    assert ":material/verified: bewezen: beter kan niet" in cells
    assert any(
        cell.endswith("van het beste af, en beter kan alleen ten koste van andere regels") for cell in cells
    )
    assert ":material/verified: beter kan alleen ten koste van andere regels" in cells
    sample.segmented_control(key="language").set_value("en").run()
    assert not any(text in texts(sample) for text in (*CLOSER, *BETTER))
    assert any("As good as it gets; no plan is better" in badge for badge in badges(sample))
    assert any("only at the expense of other rules" in cell for cell in standing(sample, "Proof"))


def test_a_plan_of_which_nothing_is_proven_claims_nothing(sample: AppTest, sample_course: Course) -> None:
    with_plan(sample, with_outcome(sample_course, status=Status.FEASIBLE, bound=0))
    stands = " ".join(standing(sample, "Hoe goed het klopt"))
    assert any("orange" in badge and "Kan misschien nog beter" in badge for badge in badges(sample))
    assert not any(text in texts(sample) for text in CLOSER)
    assert "Hoe goed de regels kloppen" in texts(sample)
    assert "kan misschien nog beter; dat scheelt hooguit " in stands
    assert "en misschien is er een beter plan." in texts(sample)


def few_moves(course: Course) -> Course:
    """Return the course after a change with the fewest moves: of plans with more nothing is known."""
    whole = course.plan.outcome
    rules = tuple(one.model_copy(update={"bound": None, "proof": None}) for one in whole.rules)
    return with_outcome(course, status=Status.OPTIMAL, bound=0, moves=0, moves_bound=0, rules=rules)


def test_what_is_proven_of_few_changes_is_not_told_as_proven(sample: AppTest, sample_course: Course) -> None:
    """After one new student every unmet wish was marked as good as it gets, with "proven" in the legend."""
    with_plan(sample, few_moves(sample_course))
    drawn = " ".join(one.value for one in sample.html)
    stands = " ".join(standing(sample, "Hoe goed het klopt"))
    assert "◇ kan alleen beter met meer wijzigingen (bewezen)" in drawn
    assert "◆" not in drawn
    assert ":material/move_group: kan alleen beter met meer wijzigingen (bewezen)" in stands
    assert any("Kan alleen beter met meer wijzigingen" in badge for badge in badges(sample))
    assert "eter kan niet" not in texts(sample) + drawn + stands
    sample.segmented_control(key="language").set_value("en").run()
    drawn = " ".join(one.value for one in sample.html)
    assert "◇ better only with more changes (proven)" in drawn
    assert "as good as it gets" not in (texts(sample) + drawn).casefold()


def test_a_sentence_with_unmet_wishes_has_no_tick(sample: AppTest, sample_course: Course) -> None:
    """A tick before "10 of 47 students with a wish" read as success."""
    for course in (few_moves(sample_course), best(sample_course)):
        with_plan(sample, course)
        told = next(one.value for one in sample.markdown if "edereen heeft een plek" in one.value)
        assert not told.startswith(":material")

"""What a card and the table say of a rule: never at odds with what is proven beside it."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from planner.model.domain import Importance, Status
from planner.plans.course import Course
from planner.ui.widgets import rule_marks as marks
from planner.ui.widgets.rule_marks import Standing
from tests.builders.pages import proven, standing, texts, with_outcome, with_plan

CLOSER = ("kan dichterbij", "kunnen dichterbij", "Kan dichterbij", "an be closer")


def badges(page: AppTest) -> set[str]:
    """Return the first badge of each card."""
    found = set()
    for text in (one.value for one in page.markdown if "| Naam |" in one.value or "| Name |" in one.value):
        found.add(next(line for line in text.splitlines() if "-badge[" in line))
    return found


def best(course: Course) -> Course:
    cost = course.plan.outcome.cost
    return proven(course, status=Status.OPTIMAL, cost=cost, bound=cost)


def test_no_card_says_that_it_can_be_better_where_no_plan_is(sample: AppTest, sample_course: Course) -> None:
    """An orange mark stood on every card, beside "no plan can be better"."""
    sample.session_state["more_standing"] = True
    with_plan(sample, best(sample_course))
    said = texts(sample)
    assert "Bewezen: geen plan met 7 groepen kan beter zijn." in said
    assert not any(text in said for text in CLOSER)
    assert not any("orange" in badge for badge in badges(sample))
    assert any("Klopt deels; geen plan is beter" in badge for badge in badges(sample))
    assert all("dichterbij" not in cell for cell in standing(sample, "Hoe goed het klopt"))
    cells = standing(sample, "Bewijs")
    assert ":material/verified: bewezen: beter kan niet" in cells
    assert any(
        cell.endswith("van het beste af, en beter kan alleen ten koste van andere regels") for cell in cells
    )
    assert ":material/verified: beter kan alleen ten koste van andere regels" in cells
    sample.segmented_control(key="language").set_value("en").run()
    assert not any(text in texts(sample) for text in CLOSER)
    assert any("Partly met; no plan is better" in badge for badge in badges(sample))
    assert any("only at the expense of other rules" in cell for cell in standing(sample, "Proof"))


def test_a_plan_of_which_nothing_is_proven_claims_nothing(sample: AppTest, sample_course: Course) -> None:
    sample.session_state["more_standing"] = True
    with_plan(sample, with_outcome(sample_course, status=Status.FEASIBLE, bound=0))
    assert any("orange" in badge and "Klopt deels" in badge for badge in badges(sample))
    assert not any(text in texts(sample) for text in CLOSER)
    assert "Hoe goed de regels kloppen: " in texts(sample)
    assert "klopt deels" in " ".join(standing(sample, "Hoe goed het klopt"))


@pytest.mark.parametrize(
    ("changes", "bound", "found"),
    [
        ({"status": Status.FEASIBLE, "bound": 0}, None, Standing.OPEN),
        ({"status": Status.FEASIBLE, "bound": 0}, 1, Standing.OPEN),
        ({"status": Status.FEASIBLE, "bound": 0}, 2, Standing.RULE),
        ({"status": Status.OPTIMAL, "bound": 0, "moves": 1}, None, Standing.FEW_MOVES),
        ({"status": Status.OPTIMAL, "bound": 10}, 1, Standing.WHOLE),
        ({"status": Status.FEASIBLE, "bound": 10}, None, Standing.WHOLE),
        ({"status": Status.BROKEN, "bound": 10}, None, Standing.OPEN),
    ],
)
def test_how_a_finding_stands(
    sample_course: Course, changes: dict[str, object], bound: int | None, found: Standing
) -> None:
    outcome = sample_course.plan.outcome.model_copy(update={"cost": 10, **changes})
    report = next(one for one in outcome.rules if one.importance is not Importance.MUST and one.findings)
    report = report.model_copy(update={"kind": "mix", "units": 2, "bound": bound})
    finding = report.findings[0].model_copy(update={"units": 1})
    assert marks.of_finding(outcome, report, finding, 4) is found
    fine = finding.model_copy(update={"units": 0})
    assert marks.of_finding(outcome, report, fine, 4) is Standing.FINE
    must = report.model_copy(update={"importance": Importance.MUST})
    assert marks.of_finding(outcome, must, finding, 4) is Standing.BROKEN

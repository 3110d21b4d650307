"""What is proven, on the page, in each of its states and in both languages."""

from __future__ import annotations

import ast

import pytest
from streamlit.testing.v1 import AppTest

from planner.audit.proven import closeness
from planner.engines.common.limits import Progress
from planner.model.domain import (
    Outcome,
    RulePrice,
    RuleReport,
    Status,
)
from planner.model.text import message
from planner.plans.course import Course
from planner.reporting import describe
from tests.ui.conftest import ROOT, FakeJob, go, texts, with_plan

PRICE = "{rule} could be {gain} better without “{other}”."


def proven(course: Course, **outcome: object) -> Course:
    """Return a plan in which the second rule is proven, the third near, and the fourth not yet known."""
    reports = list(course.plan.outcome.rules)
    active = course.rules.active()
    places = [place for place, rule in enumerate(active, 1) if not rule.must][1:4]
    for place, bound, units in zip(places, (3, 3, None), (3, 5, 5), strict=True):
        proof = closeness(active[place - 1], units, bound, course.roster)
        changes = {"units": units, "bound": bound, "proof": proof}
        reports[place] = reports[place].model_copy(update=changes)
    sentence = message(PRICE, rule="Een_regel", gain="2 tweetallen", other=active[0].label())
    price = RulePrice(place=1, left_out=active[0].label(), units=2, message=sentence)
    reports[places[1]] = reports[places[1]].model_copy(update={"prices": (price,)})
    return with_outcome(course, rules=tuple(reports), **outcome)


def with_outcome(course: Course, **changes: object) -> Course:
    outcome: Outcome = course.plan.outcome.model_copy(update=changes)
    return course.model_copy(update={"plan": course.plan.model_copy(update={"outcome": outcome})})


def standing(page: AppTest, column: str) -> list[str]:
    page.session_state["more_standing"] = True
    page.run()
    (table,) = [table.value for table in page.table if column in table.value.columns]
    return [str(cell).replace("\\", "") for cell in table[column]]


def test_each_rule_has_its_proof_beside_it_with_a_sign_and_words(
    sample: AppTest, sample_course: Course
) -> None:
    with_plan(sample, proven(sample_course))
    said = standing(sample, "Bewijs")
    assert said[0] == "–"  # everyone in one group: a must has nothing to prove
    assert ":material/verified: bewezen: beter kan niet" in said
    assert any(
        cell.startswith(":material/straighten: hooguit ") and cell.endswith("van het beste af")
        for cell in said
    )
    assert ":material/help: nog geen bewijs" in said
    sample.segmented_control(key="language").set_value("en").run()
    assert not sample.exception
    said = standing(sample, "Proof")
    assert ":material/verified: proven best" in said
    assert ":material/help: no proof yet" in said
    assert not any("%" in cell for cell in said)


def test_the_rules_prices_are_there_when_they_were_worked_out(sample: AppTest, sample_course: Course) -> None:
    with_plan(sample, sample_course)
    assert "Wat de regels van elkaar vragen" not in texts(sample)
    sample.session_state["more_prices"] = True
    with_plan(sample, proven(sample_course))
    assert "- Een_regel kan 2 tweetallen beter zonder “Groepen van 3–5”." in texts(sample)
    sample.segmented_control(key="language").set_value("en").run()
    assert "What the rules ask of each other" in texts(sample)
    assert "- Een_regel could be 2 tweetallen better without “Groups of 3–5”." in texts(sample)


@pytest.mark.parametrize(
    ("status", "cost", "bound", "cut_short", "dutch", "english"),
    [
        (
            Status.OPTIMAL,
            900,
            900,
            False,
            "Bewezen: geen plan met 7 groepen kan beter zijn.",
            "Proven: no plan with 7 groups can be better.",
        ),
        (
            Status.FEASIBLE,
            1900,
            800,
            False,
            "Elke moet-regel klopt. Bewezen: het beste plan is hooguit zoveel beter als 3 studenten "
            "bij een belangrijke regel tellen.",
            "Every must rule holds. Proven: the best plan is better by at most what 3 students "
            "in an important rule count for.",
        ),
        (
            Status.STOPPED,
            900,
            0,
            True,
            "Elke moet-regel klopt. Het zoeken hield eerder op: dit is het beste plan dat gevonden is. "
            "Hoeveel beter het nog kan, is niet bekend.",
            "Every must rule holds. The run ended early: this is the best plan found. "
            "How much better a plan could be is not known yet.",
        ),
    ],
)
def test_the_whole_is_told_as_far_as_it_is_proven(
    sample: AppTest,
    sample_course: Course,
    status: Status,
    cost: int,
    bound: int,
    cut_short: bool,
    dutch: str,
    english: str,
) -> None:
    with_plan(sample, with_outcome(sample_course, status=status, cost=cost, bound=bound, cut_short=cut_short))
    assert dutch in texts(sample)
    sample.segmented_control(key="language").set_value("en").run()
    assert english in texts(sample)


def test_one_click_takes_longer_and_looks_for_proof(
    sample: AppTest, sample_course: Course, jobs: list[FakeJob]
) -> None:
    assert not [button for button in sample.button if button.key == "look_for_proof"]
    with_plan(sample, sample_course)
    button = sample.button(key="look_for_proof")
    assert button.label == "Neem meer tijd en zoek naar bewijs"
    button.click().run()
    (job,) = jobs
    assert "prove" in job.arguments
    # The plan that was looked for in this way offers nothing more to look for, and the setting tells.
    job.end = sample_course.plan.model_copy(update={"effort": "prove"})
    sample.run()
    assert not sample.exception
    assert not [button for button in sample.button if button.key == "look_for_proof"]
    assert go(sample, "rules").selectbox(key="effort_nl").value == "prove"


def test_proof_is_not_offered_for_groups_that_a_rerun_would_undo(
    sample: AppTest, sample_course: Course
) -> None:
    with_plan(sample, with_outcome(sample_course, moves=2, moves_bound=2))
    assert not [button for button in sample.button if button.key == "look_for_proof"]


def stages() -> set[str]:
    """Every stage that the code tells of."""
    found = set()
    for path in (ROOT / "planner").rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(call, ast.Call)
                and isinstance(call.func, ast.Attribute)
                and call.func.attr == "tell"
            ):
                found |= {
                    str(keyword.value.value)
                    for keyword in call.keywords
                    if keyword.arg == "stage" and isinstance(keyword.value, ast.Constant)
                }
    return found


def test_every_stage_of_a_run_has_words_of_its_own() -> None:
    unknown = describe.stage(Progress(stage="no such stage", violation=0)).template
    named = {stage: describe.stage(Progress(stage=stage, violation=0)).template for stage in stages()}
    assert {"refresh", "rounds", "prices"} <= set(named)
    # Searching is what a run does as long as it tells nothing else.
    assert [stage for stage, words in named.items() if words == unknown] == ["search"]


def test_a_report_without_proof_stays_without_one(sample_course: Course) -> None:
    reports: tuple[RuleReport, ...] = sample_course.plan.outcome.rules
    assert all(report.proof is None for report in reports if report.importance == "must")

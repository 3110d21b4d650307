"""What is proven, on the page, in each of its states and in both languages."""

from __future__ import annotations

import ast

import pytest
from streamlit.testing.v1 import AppTest

from planner.engines.common.watch import Progress
from planner.model.reports import RuleReport, Status
from planner.plans.course import Course
from planner.reporting import describe
from tests.builders.pages import FakeJob, analysis, go, proven, standing, texts, with_outcome, with_plan
from tests.builders.places import ROOT


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
    assert "Waar regels elkaar in de weg zitten" not in texts(sample)
    sample.session_state["more_prices"] = True
    analysis(with_plan(sample, proven(sample_course)))
    assert "- Een_regel kan 2 tweetallen beter zonder “Groepen van 3–5”." in texts(sample)
    sample.segmented_control(key="language").set_value("en").run()
    assert "Where rules get in each other's way" in texts(sample)
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
            "Elke verplichte regel klopt. Bewezen: een beter plan scheelt hooguit zoveel als 3 studenten bij "
            "een belangrijke regel.",
            "Every required rule is met. Proven: a better plan would gain at most the weight of 3 students "
            "on an important rule.",
        ),
        (
            Status.STOPPED,
            900,
            0,
            True,
            "Elke verplichte regel klopt. De berekening is eerder gestopt: dit is het beste plan dat is "
            "gevonden. "
            "Hoeveel beter het nog kan, is niet bekend.",
            "Every required rule is met. The calculation ended early: this is the best plan found. "
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
    analysis(
        with_plan(
            sample, with_outcome(sample_course, status=status, cost=cost, bound=bound, cut_short=cut_short)
        )
    )
    assert dutch in texts(sample)
    sample.segmented_control(key="language").set_value("en").run()
    assert english in texts(sample)


def test_one_click_takes_longer_and_looks_for_proof(
    sample: AppTest, sample_course: Course, jobs: list[FakeJob]
) -> None:
    assert not [button for button in sample.button if button.key == "look_for_proof"]
    analysis(with_plan(sample, sample_course))
    button = sample.button(key="look_for_proof")
    assert button.label == "Neem meer tijd en zoek naar bewijs"
    button.click().run()
    (job,) = jobs
    assert job.request.effort == "prove"
    # The plan that was looked for in this way offers nothing more to look for, and the setting tells.
    job.end = sample_course.plan.model_copy(update={"effort": "prove"})
    analysis(sample.run())
    assert not sample.exception
    assert not [button for button in sample.button if button.key == "look_for_proof"]
    assert go(sample, "rules").selectbox(key="effort_nl").value == "prove"


def test_what_is_proven_is_not_looked_for_again(sample: AppTest, sample_course: Course) -> None:
    """A button to look for proof stood beside "Proven: no plan with 7 groups can be better"."""
    cost = sample_course.plan.outcome.cost
    best = with_outcome(sample_course, status=Status.OPTIMAL, cost=cost, bound=cost)
    analysis(with_plan(sample, best))
    assert sample.button(key="look_for_proof").label == "Neem meer tijd: hoe goed kan elke regel kloppen?"
    met = tuple(report.model_copy(update={"units": 0}) for report in best.plan.outcome.rules)
    analysis(with_plan(sample, with_outcome(best, rules=met)))
    assert not [button for button in sample.button if button.key == "look_for_proof"]


def test_proof_is_not_offered_for_groups_that_a_rerun_would_undo(
    sample: AppTest, sample_course: Course
) -> None:
    analysis(with_plan(sample, with_outcome(sample_course, moves=2, moves_bound=2)))
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


def test_downloads_are_called_by_what_is_in_them(sample: AppTest, sample_course: Course) -> None:
    """Beside "Groups (groups.csv)" stood "Download roles.csv", and "everything" beside what is left out."""
    with_plan(sample, sample_course)
    labels = {button.proto.label for button in sample.get("download_button")}
    assert {"Groepen (groups.csv)", "Rollen (roles.csv)"} <= labels
    assert "Al deze bestanden in één map (zip)" in labels
    assert not any("downloaden" in label for label in labels)

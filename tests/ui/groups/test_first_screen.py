"""The page of groups, in its order: the sentence, the picture, the groups; the rest stands in a tab."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block, Element

from planner.model.reports import Status
from planner.plans.course import Course
from planner.reporting.sentence import sentence
from planner.ui.groups.picture import short_names
from tests.builders.pages import FakeJob, analysis, planned, session_of, texts, with_outcome, with_plan


def told(page: AppTest) -> list[str]:
    """Return all texts on the page, from top to bottom."""

    def within(block: Block) -> list[str]:
        found: list[str] = []
        for child in block.children.values():
            if isinstance(child, Block):
                found += within(child)
            elif isinstance(child, Element):
                shown = getattr(child, "value", "") or getattr(child.proto, "body", "")
                found.append(str(shown or getattr(child, "label", "")))
        return [text.replace("\\", "") for text in found]

    return within(page.main)


def place(said: list[str], text: str) -> int:
    return next(at for at, one in enumerate(said) if text in one)


def test_first_the_sentence_then_the_picture_then_the_groups(groups: AppTest, sample_course: Course) -> None:
    """There were four tiles, two folds and a bar, and no student."""
    said = told(groups)
    first = sentence(sample_course.rules, sample_course.roster, sample_course.plan).text("nl")
    order = [
        place(said, first),
        place(said, "Hoe goed elke regel klopt in elke groep"),
        place(said, sample_course.roster.students[0].name),
    ]
    assert order == sorted(order)
    assert not groups.metric
    folds = [fold.label for fold in groups.expander if not fold.label.startswith("Importbestanden")]
    assert folds == ["Handmatig wijzigen", "Alle groepen kopiëren als tekst"]
    assert "minpunten" not in "".join(said).lower()


def test_what_is_not_looked_at_is_not_drawn(groups: AppTest) -> None:
    assert "Bewezen: " not in texts(groups)
    labels = {fold.label for fold in analysis(groups).expander}
    assert {"Wat als …", "Vergelijken met een ander plan", "Details"} <= labels
    assert any("Hoe goed het klopt" in table.value.columns for table in groups.table)
    groups.segmented_control(key="language").set_value("en").run()
    assert {"What if …", "Details"} <= {fold.label for fold in groups.expander}


def test_the_penalty_stands_under_details_alone(groups: AppTest, sample_course: Course) -> None:
    analysis(groups)
    assert "minpunten" not in texts(groups).lower()
    groups.session_state["more_details"] = True
    groups.run()
    assert f"Minpunten: {sample_course.plan.outcome.cost}." in texts(groups)
    assert any("Minpunten" in table.value.columns for table in groups.table)


def test_a_required_rule_that_is_not_met_is_the_first_thing_that_is_told(
    sample: AppTest, sample_course: Course
) -> None:
    broken = with_outcome(sample_course, status=Status.BROKEN)
    with_plan(sample, broken)
    assert sentence(broken.rules, broken.roster, broken.plan).text("nl") in sample.error[0].value


def test_who_waited_for_a_run_is_brought_to_what_came_of_it(
    sample: AppTest, jobs: list[FakeJob], sample_course: Course
) -> None:
    planned(sample, jobs, sample_course)
    assert any('id="result"' in said for said in told(sample))
    assert session_of(sample).course is not None
    assert not any('id="result"' in said for said in told(sample.run()))


def test_groups_have_a_short_name_above_their_column() -> None:
    assert short_names(["Groep 1", "Groep 12"]) == ["1", "12"]
    assert short_names(["Otters", "Dassen"]) == ["Ott", "Das"]
    assert short_names(["Groep"]) == ["Gro"]

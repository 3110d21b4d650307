"""The forecast on the page of the term, without a browser."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from planner.engines.common.watch import Progress
from planner.forecast.scenarios import (
    AS_ASKED,
    Option,
    OptionResult,
    TermOutcome,
)
from planner.model.text import message
from planner.plans.course import Course
from planner.ui.session import work
from tests.builders.pages import FakeJob, english, go, session_of, texts, with_course


@pytest.fixture
def term(sample: AppTest, sample_course: Course, jobs: list[FakeJob]) -> AppTest:
    """Return the page of the term, with a plan on it and one worker."""
    work.job_manager().workers.count = 1
    with_course(sample, sample_course)
    return go(sample.run(), "term")


def rows() -> tuple[OptionResult, ...]:
    def lived(*moved: int) -> tuple[TermOutcome, ...]:
        return tuple(
            TermOutcome(term=n, left=3, moved=m, touched=2 * m, pairs=40, kept=36)
            for n, m in enumerate(moved)
        )

    return (
        OptionResult(option=AS_ASKED, allowed=(3, 5), groups=7, outcomes=lived(*[1, 3] * 10)),
        OptionResult(option=Option(size=5), allowed=(3, 6), groups=6, outcomes=lived(*[0, 1] * 10)),
        OptionResult(
            option=Option(count=30), allowed=(1, 5), proven=True, reasons=(message("Ask for one group."),)
        ),
    )


def test_what_to_reckon_with_is_asked_and_lived_through(term: AppTest, jobs: list[FakeJob]) -> None:
    assert not term.exception
    before = len(jobs)
    term.number_input(key="forecast_rate").set_value(20)
    term.selectbox(key="forecast_terms").set_value(50)
    term.multiselect(key="forecast_sizes").set_value([5])
    term.multiselect(key="forecast_counts").set_value([9])
    term.selectbox(key="forecast_column").set_value("Werkt parttime").run()
    rates: dict[str, Any] = {w.label: w for w in term.number_input if "Werkt parttime" in (w.key or "")}
    assert {label.split(" ")[0]: w.value for label, w in rates.items()} == {"ja": 20, "nee": 20}
    next(w for label, w in rates.items() if label.startswith("ja")).set_value(35)
    term.button(key="forecast").click().run()
    assert not term.exception
    (job,) = jobs[before:]
    one = job.request
    assert (one.part, one.parts) == (0, 1)
    assert one.scenario.earlier.groups == session_of(term).course.plan.groups  # type: ignore[union-attr]
    ask = one.request
    assert ask.terms == 50
    assert ask.options == (Option(size=5), Option(count=9))
    dropout = ask.dropout
    assert (dropout.rate, dropout.column, dropout.rates) == (0.2, "Werkt parttime", {"nee": 0.2, "ja": 0.35})


def test_it_can_be_stopped(term: AppTest, jobs: list[FakeJob]) -> None:
    term.button(key="forecast").click().run()
    jobs[-1].at = Progress(stage="forecast", done=0.4)
    term.button(key="forecast_stop").click().run()
    assert not term.exception
    assert jobs[-1].stopped_at is not None


def test_the_answer_is_given_in_words_and_a_table(term: AppTest, jobs: list[FakeJob]) -> None:
    term.button(key="forecast").click().run()
    jobs[-1].end = rows()  # type: ignore[assignment]
    term.run()
    assert not term.exception
    assert "Het rustigst: Groepen van 5. Gemiddeld moeten 0,5 (0,3 tot 0,7) studenten" in texts(term)
    table = next(t.value for t in term.table if "Keuze" in t.value.columns)
    told = [[str(cell).replace("\\", "") for cell in row] for row in table.values.tolist()]
    assert told[0][:5] == ["Dit plan", "7", "3–5", "2 (1,5 tot 2,5)", "–"]
    assert told[1][:5] == ["Groepen van 5", "6", "3–6", "0,5 (0,3 tot 0,7)", "-1,5 (-1,7 tot -1,3)"]
    assert told[1][6] == "90% (90 tot 90)"
    assert "30 groepen: er is geen plan waarin elke verplichte regel klopt." in texts(term)
    assert "Calmest: Groups of 5. On average 0.5 (0.3 to 0.7) students" in texts(english(term))


def test_a_forecast_that_is_lost_says_so(term: AppTest, jobs: list[FakeJob]) -> None:
    term.button(key="forecast").click().run()
    jobs[-1].end = RuntimeError("gone")
    term.run()
    assert not term.exception
    assert "De berekening stopte voordat er een antwoord was." in texts(term)


def test_a_forecast_is_about_the_plan_on_the_page(
    term: AppTest, jobs: list[FakeJob], sample_course: Course
) -> None:
    term.button(key="forecast").click().run()
    jobs[-1].end = rows()  # type: ignore[assignment]
    term.run()
    assert "Het rustigst" in texts(term)
    with_course(term, sample_course.model_copy())
    term.run()
    assert "Het rustigst" not in texts(term)

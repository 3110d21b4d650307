"""The page with changes where a rerun has no plan: what is in the way, and one click that takes a way out."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from planner.infeasibility.infeasible_replan import InfeasibleReplan
from planner.infeasibility.replan_conflict import explain_rerun
from planner.jobs.job import JobLost
from planner.model.no_plan import NoPlan
from planner.services.replan import ReplanRequest, explain_replan, replan
from tests.builders.pages import LINES, FakeJob, session_of, texts, upload


@pytest.fixture
def stuck(changes: AppTest, jobs: list[FakeJob]) -> AppTest:
    """Return the page after a rerun that had no plan, as one group of which one is left stays alone."""
    session = session_of(changes)
    assert session.roster is not None
    assert session.course is not None
    named = {student for rule in session.course.rules.rule for student in getattr(rule, "students", ())}
    named |= {s.id for s in session.roster.students if "x" in s.answers.values()}  # few; a rule minds them
    group = next(one for one in session.course.plan.groups if named.isdisjoint(one.members))
    gone = set(group.members[1:])
    upload(changes, "\n".join(line for line in LINES if line.split(";")[0] not in gone).encode())
    changes.multiselect(key=f"closed_{session_of(changes).rerun.id}").set_value([group.name]).run()
    changes.button(key="replan").click().run()
    jobs[-1].end = NoPlan(proven=True)
    return changes.run()


def explained(page: AppTest, jobs: list[FakeJob]) -> InfeasibleReplan:
    """Let the inquiry end as it would in earnest."""
    asked = jobs[-1].request
    assert isinstance(asked, ReplanRequest)
    found = explain_rerun(asked.rules, asked.roster, asked.earlier, asked.options)
    jobs[-1].end = found
    page.run()
    return found


def test_what_is_in_the_way_is_looked_for_at_once_and_can_be_stopped(
    stuck: AppTest, jobs: list[FakeJob]
) -> None:
    assert jobs[-1].task is explain_replan
    assert "Uitzoeken wat er in de weg zit" in stuck.get("progress")[0].text
    asked = len(jobs)
    stuck.run()
    assert len(jobs) == asked
    stuck.button(key="stop_rerun_why").click().run()
    assert jobs[-1].stopped_at is not None


def test_the_conflict_is_told_and_one_click_asks_less_and_plans_again(
    stuck: AppTest, jobs: list[FakeJob]
) -> None:
    found = explained(stuck, jobs)
    rerun = session_of(stuck).rerun
    said = texts(stuck)
    assert "Wat er in de weg zit" in said
    assert f"{rerun.options.closed[0]} zo laten" in said
    assert found.conflict is not None
    assert all(rule.text("nl") in said for rule in found.conflict.rules)
    assert all(way.message.text("nl") in said for way in found.ways)
    place = next(place for place, way in enumerate(found.ways) if not way.options.bind)
    asked = len(jobs)
    stuck.button(key=f"rerun_way_{place}").click().run()
    assert not stuck.exception
    assert len(jobs) == asked + 1
    assert jobs[-1].request.options == found.ways[place].options
    assert stuck.multiselect(key=f"closed_{rerun.id}").value == []
    # The rules, the nice ones among them, are as they were.
    assert jobs[-1].request.rules == jobs[asked - 2].request.rules


def test_a_plan_that_turns_up_is_gone_on_from(stuck: AppTest, jobs: list[FakeJob]) -> None:
    asked = jobs[-1].request
    groups = session_of(stuck).course.plan.groups  # type: ignore[union-attr]
    jobs[-1].end = InfeasibleReplan(None, holds=True, groups=groups)
    stuck.run()
    assert not stuck.exception
    assert not stuck.error
    assert jobs[-1].task is replan
    assert jobs[-1].request == asked
    assert jobs[-1].request.start == groups


def test_once_something_else_is_asked_what_was_found_is_not_shown(
    stuck: AppTest, jobs: list[FakeJob]
) -> None:
    explained(stuck, jobs)
    stuck.number_input(key=f"from_week_{session_of(stuck).rerun.id}").set_value(3).run()
    assert "Wat er in de weg zit" not in texts(stuck)
    assert "Je hebt je verzoeken daarna gewijzigd." in texts(stuck)


def test_an_inquiry_that_is_lost_leaves_the_page_as_it_is(stuck: AppTest, jobs: list[FakeJob]) -> None:
    jobs[-1].end = JobLost()
    stuck.run()
    assert not stuck.exception
    assert "Wat er in de weg zit" not in texts(stuck)
    assert not stuck.button(key="replan").disabled

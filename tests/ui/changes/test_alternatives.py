"""The page with changes: points of the curve, choices for a group, and what a rerun is kind to."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from planner.model.no_plan import NoPlan
from planner.model.replan_options import ReplanOptions
from planner.replanning.choices import Kind
from planner.rules.replan_settings import RerunSettings
from planner.ui.session.replan_state import ReplanSession
from tests.builders.pages import LINES, NEWCOMER, FakeJob, answer, replanned, session_of, texts, upload

# Without these three, extra moves make the groups better.
THREE_LEFT = "\n".join([LINES[0], *LINES[1:4], *LINES[7:], NEWCOMER]).encode()


@pytest.fixture
def made(changes: AppTest, jobs: list[FakeJob]) -> AppTest:
    """Return the page after a rerun."""
    upload(changes, THREE_LEFT)
    return replanned(changes, jobs)


def rerun_of(page: AppTest) -> ReplanSession:
    return session_of(page).rerun


def wishes_of(job: FakeJob) -> ReplanOptions:
    options = job.request.options
    assert isinstance(options, ReplanOptions)
    return options


def answered(page: AppTest, jobs: list[FakeJob]) -> AppTest:
    """Let the worker answer the last job, and look again."""
    jobs[-1].end = answer(jobs[-1])
    return page.run()


def points_of(page: AppTest) -> list[object]:
    return [
        one
        for one in page.get("button_group")
        if any("verhuizing" in option.content for option in one.proto.options)
    ]


# Few moves, or better groups


def test_the_curve_comes_by_itself_and_a_point_is_one_click(made: AppTest, jobs: list[FakeJob]) -> None:
    rerun = rerun_of(made)
    first = rerun.made
    assert first is not None
    assert wishes_of(jobs[-1]).extra_moves == 1
    assert not points_of(made)
    answered(made, jobs)
    assert wishes_of(jobs[-1]).extra_moves == 2
    (points,) = points_of(made)
    assert len(points.proto.options) == 2  # type: ignore[attr-defined]
    assert rerun.made is first  # what is looked at stays until somebody chooses
    answered(made, jobs)
    costs = [rerun.plans.tried[place].course.plan.outcome.cost for place in rerun.plans.points]
    assert costs == sorted(costs, reverse=True)
    assert not made.get("vega_lite_chart")
    made.session_state["more_curve"] = True
    assert made.run().get("vega_lite_chart")
    (points,) = points_of(made)
    points.set_value(1).run()  # type: ignore[attr-defined]
    assert not made.exception
    assert rerun.made is rerun.plans.tried[1]
    assert "beter" in " ".join(str(cell) for table in made.table for cell in table.value.to_numpy().flat)
    assert not made.warning
    made.button(key="accept").click().run()
    assert session_of(made).course is rerun.plans.tried[1].course


def test_a_point_that_brings_nothing_is_not_offered(made: AppTest, jobs: list[FakeJob]) -> None:
    rerun = rerun_of(made)
    for _ in range(2):
        assert rerun.made is not None
        jobs[-1].end = rerun.made.course.plan
        made.run()
    assert not points_of(made)
    made.run()
    assert rerun.plans.tries is not None
    assert rerun.plans.tries.curve_done
    assert "extra verhuizingen is geen beter plan gevonden." in texts(made)
    assert len(jobs) == 3


def test_trying_stops_when_asked_and_when_it_is_planned_anew(made: AppTest, jobs: list[FakeJob]) -> None:
    made.button(key="stop_trying").click().run()
    assert jobs[-1].stopped_at is not None
    assert not [button for button in made.button if button.key == "stop_trying"]
    tried = len(jobs)
    made.run()
    assert len(jobs) == tried
    made.button(key="replan").click().run()
    assert len(jobs) == tried + 1


# What can become of a group


def test_each_choice_is_told_with_what_it_costs_and_taken_in_one_click(
    made: AppTest, jobs: list[FakeJob]
) -> None:
    rerun = rerun_of(made)
    made.button(key="stop_trying").click().run()
    assert rerun.plans.tries is not None
    group = rerun.plans.tries.made.troubled[0]
    made.multiselect(key=f"weigh_groups_{rerun.id}_{rerun.plans.rounds}").set_value([group]).run()
    made.button(key="weigh").click().run()
    assert f"{group} zo laten" in texts(made)
    assert "wordt uitgerekend" in texts(made)
    assert wishes_of(jobs[-1]).closed == {group}
    while rerun.plans.tries.busy:
        wanted = rerun.plans.tries.trying
        if wanted is not None and wanted.kind in (Kind.LEAVE, Kind.DISSOLVE):
            jobs[-1].end = NoPlan(proven=wanted.kind is Kind.LEAVE)
        else:
            jobs[-1].end = rerun.plans.tries.made.course.plan
        made.run()
    assert not made.exception
    assert "Kan niet: dat is bewezen." in texts(made)
    assert "of er een is, is niet bekend" in texts(made)
    assert "voor de regels maakt het niet uit" in texts(made)
    offered = list(rerun.plans.tries.weighed)
    assert [one.kind for one in offered][:2] == [Kind.LEAVE, Kind.TOP_UP]
    made.button(key=f"choose_{group}_1").click().run()
    assert not made.exception
    assert wishes_of(jobs[-1]).topped_up == {group}
    assert rerun.options.topped_up == (group,)
    assert made.multiselect(key=f"topped_up_{rerun.id}").value == [group]


def test_what_was_asked_is_told_with_the_proof(made: AppTest, jobs: list[FakeJob]) -> None:
    rerun = rerun_of(made)
    made.multiselect(key=f"dissolved_{rerun.id}").set_value(["Groep 1"]).run()
    replanned(made, jobs)
    assert "Dat geldt bij deze verzoeken: Groep 1 opheffen" in texts(made)
    assert "Deze groep wordt opgeheven" in texts(made)


def test_two_groups_merge(made: AppTest, jobs: list[FakeJob]) -> None:
    rerun = rerun_of(made)
    made.selectbox(key=f"merge_from_{rerun.id}").set_value("Groep 1")
    made.selectbox(key=f"merge_into_{rerun.id}").set_value("Groep 2").run()
    made.button(key="merge").click().run()
    assert not made.exception
    assert rerun.options.merged == (("Groep 1", "Groep 2"),)
    made.button(key="replan").click().run()
    assert wishes_of(jobs[-1]).merged == (("Groep 1", "Groep 2"),)


def test_two_wishes_that_cannot_both_be_are_refused(made: AppTest) -> None:
    rerun = rerun_of(made)
    made.multiselect(key=f"closed_{rerun.id}").set_value(["Groep 1"])
    made.multiselect(key=f"dissolved_{rerun.id}").set_value(["Groep 1"]).run()
    assert "Je vraagt van Groep 1 twee dingen" in made.error[0].value
    assert made.button(key="replan").disabled


# What a rerun is kind to


def test_each_kindness_can_be_switched_off_and_stays_off(made: AppTest, jobs: list[FakeJob]) -> None:
    rerun = rerun_of(made)
    assert made.toggle(key=f"known_faces_{rerun.id}").value
    made.toggle(key=f"known_faces_{rerun.id}").set_value(False).run()
    assert not made.exception
    assert rerun.rules is not None
    assert rerun.rules.rerun == RerunSettings(known_faces=False)
    assert "Je keuzes zijn daarna veranderd." in made.warning[0].value
    replanned(made, jobs)
    assert rerun.made is not None
    assert "strangers" not in [stage.name for stage in rerun.made.course.plan.outcome.stages]
    made.button(key="accept").click().run()
    rules = session_of(made).rules.draft.rules("nl")
    assert rules is not None
    assert rules.rerun == RerunSettings(known_faces=False)


# Somebody a rule names has left


def test_a_rule_for_somebody_who_left_is_no_obstacle(changes: AppTest, jobs: list[FakeJob]) -> None:
    gone, others = LINES[4].split(";")[0], LINES[1].split(";")[0]
    upload(changes, THREE_LEFT)
    rules = f'[groups]\nsize = [3, 5]\n[[rule]]\nkind = "apart"\nstudents = ["{gone}", "{others}"]\n'
    changes.file_uploader(key="new_rules").set_value(("rules.toml", rules.encode(), "text/plain")).run()
    assert not changes.error
    assert not changes.button(key="replan").disabled


def test_a_cheaper_plan_with_as_few_moves_says_what_it_gives_up(made: AppTest, jobs: list[FakeJob]) -> None:
    first = rerun_of(made).made
    assert first is not None
    outcome = first.course.plan.outcome
    worse = [
        stage.model_copy(update={"value": stage.value + 1}) if stage.name == "pairs" else stage
        for stage in outcome.stages
    ]
    better = outcome.model_copy(update={"cost": outcome.cost - 100, "stages": tuple(worse)})
    jobs[-1].end = first.course.plan.but(outcome=better)
    made.run()
    (table,) = [table.value for table in made.table if "Gevolg voor de regels" in table.value.columns]
    said = str(table["Gevolg voor de regels"].iloc[1])
    assert "in ruil daarvoor" in said
    assert "in ruil daarvoor" not in str(table["Gevolg voor de regels"].iloc[0])
    assert not made.get("vega_lite_chart")  # one line straight up says nothing

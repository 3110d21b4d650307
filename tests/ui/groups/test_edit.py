"""Editing by hand, comparing plans and the charts of the groups, on the page without a browser."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from planner.edit import History, Swap, apply, effect
from planner.model.domain import Plan
from planner.model.no_plan import NoPlan
from planner.model.reports import Status
from planner.planning.term import plan_term
from planner.plans.course import Course
from planner.plans.plan_file import write_course
from planner.replanning.replan import replan
from planner.reporting.sentence import sentence
from planner.services.replan import ReplanRequest
from planner.ui.groups.mix import furthest, spread
from planner.ui.groups.moments import free
from planner.ui.shell import parts
from tests.builders.classes import make_groups, make_roster, make_rules
from tests.builders.edited_courses import course_of
from tests.builders.pages import FakeJob, analysis, cards, go, load, session_of, texts, with_plan
from tests.builders.pages import course_of as course_of_page


@pytest.fixture
def editing(groups: AppTest) -> AppTest:
    """Return the page of the groups, with editing by hand opened."""
    groups.session_state["more_edit"] = True
    return groups.run()


def plan_of(page: AppTest) -> Plan:
    course = session_of(page).course
    assert course is not None
    return course.plan


def pair_of(course: Course) -> tuple[str, str]:
    """Two students in different groups whose swap breaks nothing."""
    for first in course.plan.groups[0].members:
        for second in course.plan.groups[3].members:
            found = effect(course, Swap(first=first, second=second))
            if not found.breaks:
                return first, second
    raise AssertionError("no such pair")


def chosen(page: AppTest, first: str, second: str) -> AppTest:
    page.segmented_control(key="edit_kind").set_value("swap").run()
    page.selectbox(key="edit_student").set_value(first).run()
    return page.selectbox(key="edit_other").set_value(second).run()


def opened(page: AppTest, *groups: int) -> AppTest:
    """Open what can be done with some groups, on their cards."""
    for group in groups:
        page.session_state[f"edit_tools_{group}"] = True
    return page.run()


def test_what_is_chosen_is_worked_out_while_somebody_reads_what_it_does(
    editing: AppTest, sample_course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = pair_of(sample_course)
    page = chosen(editing, first, second)
    prepared = page.session_state["hecht_by_hand"].prepared
    assert prepared.edit == Swap(first=first, second=second)

    def again(*_: object) -> None:
        raise AssertionError("worked out twice")

    monkeypatch.setattr(History, "do", again)
    page.button(key="edit_do").click().run()
    assert plan_of(page) == prepared.done.now.plan
    assert plan_of(page).group_of[first] == sample_course.plan.group_of[second]


def test_a_swap_is_told_done_undone_and_done_again(editing: AppTest, sample_course: Course) -> None:
    assert not editing.exception
    assert "edit_undo" not in [button.key for button in editing.button]
    first, second = pair_of(sample_course)
    chosen(editing, first, second)
    found = effect(sample_course, Swap(first=first, second=second))
    assert found.headline().text("nl") in texts(editing)
    assert plan_of(editing) == sample_course.plan  # told, not done
    editing.button(key="edit_do").click().run()
    assert not editing.exception
    edited = apply(sample_course, Swap(first=first, second=second))
    assert session_of(editing).course == edited
    assert sentence(edited.rules, edited.roster, edited.plan).text("nl") in texts(editing)
    undo = editing.button(key="edit_undo")
    names = sample_course.roster.shown_names
    assert undo.label.replace("\\", "") == f"Ongedaan maken: {names[first]} en {names[second]} geruild"
    undo.click().run()
    assert session_of(editing).course is sample_course or plan_of(editing) == sample_course.plan
    editing.button(key="edit_redo").click().run()
    assert session_of(editing).course == edited
    editing.segmented_control(key="language").set_value("en").run()
    assert editing.button(key="edit_undo").label.startswith("Undo: ")


def test_an_edit_draws_only_what_it_changed(
    editing: AppTest, sample_course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[set[str]] = []

    def only(chosen: Iterable[str] | None) -> None:
        drawn.append(set(chosen or ()))
        st.rerun()

    monkeypatch.setattr(parts, "only", only)
    first, second = pair_of(sample_course)
    chosen(editing, first, second).button(key="edit_do").click().run()
    # Groups are as large as they were, and files have the same names; what is in them is asked at a press.
    assert drawn[-1] >= {
        parts.PANEL,
        parts.card(0),
        parts.card(3),
        parts.STANDING,
        parts.PICTURE,
        parts.PLACED,
    }
    same = {parts.card(1), parts.LOCKS, parts.ANALYSIS, parts.IMPROVE, parts.DOWNLOAD}
    assert not drawn[-1] & same
    members = plan_of(editing).groups[0].members
    editing.multiselect(key="edit_lock_students").set_value([members[0]]).run()
    assert drawn[-1] >= {parts.LOCKS, parts.card(0)}
    assert not drawn[-1] & {parts.card(3), parts.PICTURE}
    editing.button(key="edit_undo").click().run()
    assert parts.PICTURE not in drawn[-1]
    editing.button(key="edit_undo").click().run()
    assert drawn[-1] >= {parts.PICTURE, parts.card(0), parts.card(3)}
    assert plan_of(editing) == sample_course.plan


def test_the_button_without_a_choice_is_dim_and_says_what_to_do(editing: AppTest) -> None:
    """It was as bright as ever while nothing was chosen."""
    assert editing.button(key="edit_do").disabled
    assert "Kies eerst een student" in editing.button(key="edit_do").help


def test_a_must_rule_that_breaks_is_told_and_may_be_done(editing: AppTest, sample_course: Course) -> None:
    apart = sample_course.plan.group_of["0912399"]
    editing.selectbox(key="edit_student").set_value("0912345").run()
    editing.selectbox(key="edit_group").set_value(apart).run()
    assert "Dan klopt niet meer" in editing.error[0].value
    editing.button(key="edit_do").click().run()
    assert plan_of(editing).outcome.status is Status.BROKEN
    told = "Handmatig gewijzigd: iedereen heeft een plek; een verplichte regel klopt niet: “Uit elkaar: "
    assert told in texts(editing)
    assert "Na je wijzigingen klopt in dit plan niet meer elke verplichte regel" in texts(
        editing
    )  # at the downloads
    assert [button.key for button in editing.get("download_button")]


def test_who_is_locked_is_shown_and_stays(editing: AppTest, sample_course: Course) -> None:
    group = sample_course.plan.groups[0]
    editing.multiselect(key="edit_lock_students").set_value([group.members[0]]).run()
    assert not editing.exception
    course = session_of(editing).course
    assert course is not None
    assert course.locks.students == (group.members[0],)
    assert any("vastgezet" in name for card in cards(editing) for name, _ in card)
    editing.selectbox(key="edit_student").set_value(group.members[0]).run()
    editing.selectbox(key="edit_group").set_value("Groep 4").run()
    assert "staat vast in" in texts(editing)
    opened(editing, 0).button(key="edit_lock_0").click().run()
    assert "Vastgezet: niemand eruit of erbij" in texts(editing)
    editing.button(key="edit_undo").click().run()
    editing.button(key="edit_undo").click().run()
    assert editing.multiselect(key="edit_lock_students").value == []
    assert "Vastgezet" not in texts(editing)


def test_a_group_gets_another_name_from_its_card(editing: AppTest) -> None:
    opened(editing, 1, 2).text_input(key="edit_name_1").set_value("Team Zuid").run()
    assert not editing.exception
    assert plan_of(editing).groups[1].name == "Team Zuid"
    assert "Team Zuid" in texts(editing)
    assert b"Team Zuid" in session_of(editing).files()[0].content
    editing.text_input(key="edit_name_2").set_value("team zuid").run()
    assert "Er is, of was deze periode, al een groep" in texts(editing)
    assert plan_of(editing).groups[2].name == "Groep 3"


def test_a_group_more_that_is_empty_can_go_again(editing: AppTest) -> None:
    editing.text_input(key="edit_open").set_value("Groep 99")
    editing.button(key="edit_add_group").click().run()
    assert plan_of(editing).groups[-1].name == "Groep 99"
    editing.button(key="edit_close_Groep 99").click().run()
    assert plan_of(editing).groups[-1].name != "Groep 99"


def test_the_rest_is_improved_around_the_edits(
    editing: AppTest, sample_course: Course, jobs: list[FakeJob]
) -> None:
    first, second = pair_of(sample_course)
    chosen(editing, first, second).button(key="edit_do").click().run()
    edited = session_of(editing).course
    assert edited is not None
    editing.number_input(key="edit_most").set_value(3)
    editing.button(key="edit_improve").click().run()
    asked = jobs[-1].request
    assert isinstance(asked, ReplanRequest)
    assert asked.options.locked == {first, second}
    assert asked.options.extra_moves == 3
    jobs[-1].end = replan(asked.rules, asked.roster, asked.earlier, options=asked.options)
    editing.run()
    assert "**Met de rest verbeterd**" in [markdown.value for markdown in editing.markdown]
    assert session_of(editing).course == edited  # until it is chosen
    editing.button(key="edit_better").click().run()
    now = plan_of(editing)
    assert all(now.group_of[one] == edited.plan.group_of[one] for one in (first, second))
    assert now.outcome.cost <= edited.plan.outcome.cost
    editing.button(key="edit_undo").click().run()
    assert session_of(editing).course == edited


def test_after_a_reload_who_was_placed_by_hand_is_still_kept(
    draft: AppTest, jobs: list[FakeJob], sample_course: Course
) -> None:
    go(draft, "groups").session_state["more_edit"] = True
    first, second = pair_of(sample_course)
    chosen(draft.run(), first, second).button(key="edit_do").click().run()
    again = go(load(course_of_page(draft)), "groups")
    again.session_state["more_edit"] = True
    again.run().button(key="edit_improve").click().run()
    assert jobs[-1].request.options.locked == {first, second}


def test_where_nothing_better_can_be_that_is_said(editing: AppTest, jobs: list[FakeJob]) -> None:
    editing.button(key="edit_improve").click().run()
    jobs[-1].end = NoPlan(proven=True)
    editing.run()
    assert not editing.exception
    assert "wat je een plek gaf en vastzette" in texts(editing)


def test_where_nothing_better_was_found_it_does_not_say_that_nobody_has_to_move(
    editing: AppTest, sample_course: Course, jobs: list[FakeJob]
) -> None:
    editing.button(key="edit_improve").click().run()
    outcome = sample_course.plan.outcome.model_copy(update={"moves": 0, "moves_bound": 0})
    jobs[-1].end = sample_course.plan.but(outcome=outcome)
    editing.run()
    assert "Met dit aantal verhuizingen is niets beters gevonden." in texts(editing)
    assert "Niemand hoeft te verhuizen." not in texts(editing)
    assert "edit_better" not in [button.key for button in editing.button]


# Comparing


def test_the_plan_is_laid_beside_what_it_was(editing: AppTest, sample_course: Course) -> None:
    first, second = pair_of(sample_course)
    chosen(editing, first, second).button(key="edit_do").click().run()
    editing.session_state["more_compare"] = True
    analysis(editing)
    assert not editing.exception
    figures = {metric.label: metric.value for metric in editing.metric}
    assert figures["In een andere groep"] == "2"
    tables = [t.value for t in editing.table if t.value.columns[0] == "Regel" and t.value.shape[1] == 2]
    assert [len(table) for table in tables] == [len(sample_course.rules.active())] * 2
    names = sample_course.roster.shown_names
    assert any({names[first], names[second]} <= set(t.value.iloc[:, 0]) for t in editing.table)


def test_a_plan_from_a_file_is_laid_beside_it(groups: AppTest, sample_course: Course) -> None:
    first, second = pair_of(sample_course)
    other = apply(sample_course, Swap(first=first, second=second))
    groups.session_state["more_compare"] = True
    analysis(groups)
    groups.selectbox(key="compare_with_0_nl").set_value(-1).run()
    upload = groups.file_uploader(key="compare_file")
    upload.set_value(("plan.json", write_course(other), "application/json")).run()
    assert not groups.exception
    assert {m.label: m.value for m in groups.metric}["In een andere groep"] == "2"
    upload = groups.file_uploader(key="compare_file")
    upload.set_value(("plan.json", b"{}", "application/json")).run()
    assert groups.error


def test_an_earlier_run_can_still_be_compared_with(editing: AppTest, sample_course: Course) -> None:
    first, second = pair_of(sample_course)
    chosen(editing, first, second).button(key="edit_do").click().run()
    again = sample_course.model_copy(update={"plan": sample_course.plan.but(seed=1)})
    with_plan(editing, again)
    editing.session_state["more_compare"] = True
    analysis(go(editing, "groups"))
    assert not editing.exception
    options = list(editing.selectbox(key="compare_with_2_nl").options)
    assert options[0].startswith("Plan 1, stap 1: ")
    assert options[1].startswith("Plan 1 zoals het is gemaakt")


# Charts


def test_every_group_and_the_class_stand_in_the_chart_of_answers(
    groups: AppTest, sample_course: Course
) -> None:
    groups.session_state["more_mix"] = True
    groups.session_state["more_moments"] = True
    analysis(groups)
    assert not groups.exception
    assert len(groups.get("vega_lite_chart")) >= 2
    column = next(rule.column for rule in sample_course.rules.rule if rule.kind == "mix")
    counts = spread(sample_course, column, sample_course.roster)
    assert list(counts.index[1:]) == [group.name for group in sample_course.plan.groups]
    assert counts.iloc[0].sum() == len(sample_course.roster.students)
    assert (counts.iloc[1:].sum() == counts.iloc[0]).all()
    assert len(furthest(counts, 2)) == 2


def test_the_grid_of_moments_counts_who_is_free(sample_course: Course) -> None:
    rule = next(rule for rule in sample_course.rules.rule if rule.kind == "overlap")
    frame = free(sample_course, rule)  # type: ignore[arg-type]
    shared = frame[frame["free"] == frame["members"]].groupby("group").size()
    for finding in rule.findings(sample_course.roster, sample_course.plan.groups):
        slots = finding.message.values.get("slots", ())
        assert isinstance(slots, tuple)
        assert shared.get(finding.group, 0) == len(slots)


# A term in blocks, and another class


def test_in_a_term_with_blocks_an_edit_holds_from_a_week_on(sample: AppTest, sample_course: Course) -> None:
    term = sample_course.rules.term.model_copy(update={"refresh_after": (5,)})
    rules = sample_course.rules.model_copy(update={"term": term})
    plan = plan_term(rules, sample_course.roster, effort="quick")
    term_course = sample_course.model_copy(update={"rules": rules, "plan": plan})
    page = with_plan(sample, term_course)
    page.session_state["more_edit"] = True
    page.run()
    block = term_course.plan.later[0]
    first, second = block.groups[0].members[0], block.groups[1].members[0]
    page.segmented_control(key="edit_kind").set_value("swap").run()
    page.selectbox(key="edit_week_1").set_value(block.from_week).run()
    chosen(page, first, second).button(key="edit_do").click().run()
    assert not page.exception
    edited = session_of(page).course
    assert edited == apply(term_course, Swap(first=first, second=second), block.from_week)
    assert edited.plan.groups == term_course.plan.groups
    assert go(page, "term").header  # without what the refresh was proven to be
    assert not page.exception


def test_plans_of_another_class_are_not_offered_to_compare_with(editing: AppTest) -> None:
    roster = make_roster([{}, {}, {}, {}])
    small = course_of(make_rules("[groups]\nsize = [2, 2]\n"), roster, make_groups("ab", "cd"))
    session = session_of(editing)
    by_hand = editing.session_state["hecht_by_hand"]
    again = session.course.model_copy(update={"plan": session.course.plan.but(seed=1)})  # type: ignore[union-attr]
    by_hand.follow(session, again)
    assert len(by_hand.earlier) == 1
    by_hand.follow(session, small)
    assert by_hand.earlier == []
    assert by_hand.history.now is small

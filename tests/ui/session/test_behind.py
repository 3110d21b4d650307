"""A tab that is behind: nothing that it does with the groups becomes those of the course."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from planner.plans.course import Course
from planner.store import write_archive
from planner.ui.session import pending_state, saving
from tests.builders.pages import FakeJob, answer, course_of, go, load, session_of, texts

CHOOSE = "De groepen zijn niet gewijzigd."


@pytest.fixture
def first(in_use: AppTest) -> AppTest:
    """Return the page of groups of the sample class that are in use, in one tab."""
    return in_use


def stopped(page: AppTest, student: str, jobs: list[FakeJob]) -> AppTest:
    """Mark a student as stopped, and have it worked out what that comes to."""
    pending_state.stop(session_of(page), student)
    page.run()
    jobs[-1].end = answer(jobs[-1])
    return page.run()


def carried_out(page: AppTest, student: str, jobs: list[FakeJob]) -> AppTest:
    return stopped(page, student, jobs).button(key="carry_out").click().run()


def saved(course: str) -> bytes:
    return write_archive(saving.repository(), course)


def test_a_tab_in_conflict_carries_nothing_out(
    first: AppTest, jobs: list[FakeJob], sample_course: Course
) -> None:
    """Its old plan became the plan in use: who had stopped in the other tab was back."""
    course, one, two = course_of(first), *(group.members[0] for group in sample_course.plan.groups[:2])
    other = go(load(course), "groups")
    carried_out(first, one, jobs)
    before = saved(course)
    stopped(other, two, jobs)
    assert "in een ander tabblad of venster bewaard" in texts(other)
    other.button(key="carry_out").click().run()
    assert CHOOSE in texts(other)
    assert "Doorgevoerd" not in texts(other)
    assert session_of(other).course == sample_course
    assert saved(course) == before
    # Nothing is lost: as a course of its own it can be carried out.
    other.button(key="keep_as_new").click().run()
    jobs[-1].end = jobs[-1].end or answer(jobs[-1])
    other.run().button(key="carry_out").click().run()
    assert "Doorgevoerd" in texts(other)
    assert course_of(other) != course


def test_a_tab_that_does_not_know_yet_that_it_is_behind_carries_nothing_out(
    first: AppTest, jobs: list[FakeJob], sample_course: Course
) -> None:
    one = sample_course.plan.groups[0].members[0]
    stopped(first, one, jobs)
    course = course_of(first)
    other = go(load(course), "groups")
    jobs[-1].end = answer(jobs[-1])
    other.run()
    first.button(key="carry_out").click().run()
    before = saved(course)
    other.button(key="carry_out").click().run()
    said = texts(other)
    assert "in een ander tabblad of venster bewaard" in said
    assert CHOOSE in said
    assert "Doorgevoerd" not in said
    assert saved(course) == before


@pytest.mark.parametrize("key", ["plan_before", "make_plan", "edit_undo", "accept", "use_groups"])
def test_no_button_of_a_tab_that_is_behind_changes_the_groups(
    first: AppTest, jobs: list[FakeJob], sample_course: Course, key: str
) -> None:
    one = sample_course.plan.groups[0].members[0]
    page, course = first, course_of(first)
    if key == "plan_before":
        page = carried_out(first, one, jobs)
    elif key == "edit_undo":
        page.session_state["more_edit"] = True
        page.run()
        page.selectbox(key="edit_student").set_value(one)
        page.selectbox(key="edit_group").set_value(sample_course.plan.groups[1].name).run()
        page.button(key="edit_do").click().run()
    elif key == "accept":
        page = go(stopped(first, one, jobs), "changes")
    elif key == "use_groups":
        session_of(page).in_use = None
        page.run()
    now = session_of(page)
    shown = now.course
    # Another tab saves meanwhile.
    opened = saving.repository().open(course)
    theirs = opened.state.model_copy(update={"minutes": 3})
    saving.repository().save(course, opened.version, theirs)
    before, asked = saved(course), len(jobs)
    page.button(key=key).click().run()
    assert CHOOSE in texts(page)
    assert (session_of(page).course, len(jobs)) == (shown, asked)
    assert (session_of(page).in_use is None) == (key == "use_groups")
    assert saved(course) == before


def test_a_tab_with_nothing_of_its_own_shows_what_another_one_did(
    first: AppTest, jobs: list[FakeJob], sample_course: Course
) -> None:
    """A phone went on showing a change that had been taken back on the laptop, on one page after another."""
    one = sample_course.plan.groups[0].members[0]
    other = go(load(course_of(first)), "groups")
    pending_state.stop(session_of(first), one)
    first.run()
    name = sample_course.roster.shown_names[one]
    assert f"{name} is gestopt" in texts(go(other, "groups"))
    assert "Elders gewijzigd" in str([toast.value for toast in other.toast])
    first.button(key="take_back_0").click().run()
    assert f"{name} is gestopt" not in texts(go(other, "changes"))
    assert "Geen openstaande wijzigingen." in texts(go(other, "groups"))
    # It may go on from there.
    pending_state.stop(session_of(other), one)
    assert f"{name} is gestopt" in texts(other.run())
    assert f"{name} is gestopt" in texts(first.run())

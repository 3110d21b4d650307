"""The plan before comes back as what it was, is told in the language of the page, and what ends is told."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from planner.plans.course import Course
from planner.ui.session import pending_state
from tests.builders.pages import (
    LINES,
    FakeJob,
    answer,
    course_of,
    english,
    go,
    load,
    session_of,
    texts,
    upload_list,
)


def test_a_draft_that_comes_back_is_a_draft(draft: AppTest, sample_course: Course) -> None:
    """A plan from week 1 came back as “in use from week 5”."""
    draft.number_input(key="use_from_week").set_value(5)
    page = draft.button(key="use_groups").click().run()
    assert "In gebruik vanaf week 5." in texts(page)
    page.button(key="plan_before").click().run()
    assert session_of(page).course == sample_course
    said = texts(page)
    assert "zijn terug als concept" in said
    assert "In gebruik" not in said
    assert session_of(load(course_of(page))).in_use is None


def test_groups_that_were_in_use_are_again_and_that_is_told_in_the_language_of_the_page(
    draft: AppTest, jobs: list[FakeJob], sample_course: Course
) -> None:
    """It was told in English with a Dutch date."""
    page = draft.button(key="use_groups").click().run()
    pending_state.stop(session_of(page), sample_course.roster.students[0].id)
    page.run()
    jobs[-1].end = answer(jobs[-1])
    page.run().button(key="carry_out").click().run()
    page.button(key="plan_before").click().run()
    assert "zijn weer in gebruik" in texts(page)
    assert "(gemaakt)" in texts(page)
    said = texts(english(page))
    assert "are in use again" in said
    assert "(made)" in said
    assert session_of(page).in_use is not None


def test_new_groups_that_are_being_made_end_with_a_word_where_changes_are_carried_out(
    draft: AppTest, jobs: list[FakeJob], sample_course: Course
) -> None:
    """What changes come to was known only once the new groups were, and these ended without a word."""
    page = draft.button(key="use_groups").click().run()
    page.button(key="make_plan").click().run()
    made = jobs[-1]
    pending_state.stop(session_of(page), sample_course.roster.students[0].id)
    page.run()
    jobs[-1].end = answer(jobs[-1])
    page.run().button(key="carry_out").click().run()
    assert made.stopped_at is not None
    assert "Doorgevoerd." in texts(page)
    assert "De berekening van nieuwe groepen is gestopt" in texts(page)


def test_everybody_has_another_number(draft: AppTest, sample_course: Course) -> None:
    """The same people were taken for another class: the course was left for a new one without a word."""
    page = draft.button(key="use_groups").click().run()
    course = course_of(page)
    rows = [f"9{line[1:]}" if line[0] == "1" else f"8{line[1:]}" for line in LINES[1:]]
    page = upload_list(go(page, ""), "nieuw.csv", "\n".join([LINES[0], *rows]).encode())
    assert course_of(page) == course
    assert session_of(page).course == sample_course
    # Other people with numbers like these are another class.
    other = [f"55500{n:02d};Iemand;;Anders{n};i{n}@x.example" + ";" * 9 for n in range(28)]
    name = session_of(page).kept.name
    page = upload_list(page, "anders.csv", "\n".join([LINES[0], *other]).encode())
    assert course_of(page) != course
    # It is said, with the way back; the page left the course without a word.
    said = f"De studenten in anders.csv zijn niet die van “{name}”. Dit is dus een apart vak, en “{name}” is"
    assert said in texts(page)
    assert [one.body for one in page.html if f"?course={course}" in one.body]

"""The page of groups in use: each pending change, what it comes to, and the ways back and on."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from planner.model.no_plan import NoPlan
from planner.plans.course import Course
from planner.ui.session import pending_state
from tests.builders.pages import (
    FakeJob,
    answer,
    course_of,
    edit,
    edited,
    go,
    load,
    opened,
    planned,
    session_of,
    texts,
    upload,
    upload_list,
)


@pytest.fixture
def in_use(sample: AppTest, jobs: list[FakeJob], sample_course: Course) -> AppTest:
    """Return the page of groups of the sample class that are in use."""
    page = planned(sample, jobs, sample_course).button(key="use_groups").click().run()
    return go(page, "groups")


def stopped(page: AppTest, *students: str) -> AppTest:
    for student in students:
        pending_state.stop(session_of(page), student)
    return page.run()


def known(page: AppTest, jobs: list[FakeJob]) -> AppTest:
    """Let what the changes come to be worked out."""
    jobs[-1].end = answer(jobs[-1])
    return page.run()


def ids(page: AppTest) -> list[str]:
    roster = session_of(page).roster
    assert roster is not None
    return [student.id for student in roster.students]


def test_somebody_who_stopped_waits_with_what_that_comes_to_and_is_carried_out_at_a_press(
    in_use: AppTest, jobs: list[FakeJob], sample_course: Course
) -> None:
    one = sample_course.roster.students[0]
    page = stopped(in_use, one.id)
    assert f"{one.name} is gestopt ({sample_course.plan.group_of[one.id]})" in texts(page)
    assert page.button(key="carry_out").disabled
    known(page, jobs)
    assert "Niemand hoeft te verhuizen." in texts(page)
    assert session_of(page).course == sample_course
    page.button(key="carry_out").click().run()
    now = session_of(page).course
    assert now is not None
    assert one.id not in now.plan.group_of
    assert "Doorgevoerd. Niemand hoeft te verhuizen." in texts(page)
    assert "take_back_0" not in [button.key for button in page.button]


def test_each_change_can_be_taken_back_by_itself(in_use: AppTest, jobs: list[FakeJob]) -> None:
    before = ids(in_use)
    page = stopped(in_use, before[0], before[5])
    page.button(key="take_back_0").click().run()
    assert ids(page) == [one for one in before if one != before[5]]
    page.button(key="take_back_0").click().run()
    assert ids(page) == before
    assert "Geen openstaande wijzigingen." in texts(page)
    assert jobs[-1].stopped_at is not None  # nobody waits for it any more


@pytest.mark.parametrize("reloaded", [False, True])
def test_a_new_list_waits_too_and_all_of_it_can_be_taken_back(
    in_use: AppTest, jobs: list[FakeJob], sample_course: Course, reloaded: bool
) -> None:
    page = upload_list(go(in_use, ""), "oktober.csv", edited())
    page = go(load(course_of(page)), "groups") if reloaded else go(page, "groups")
    assert "4 openstaande wijzigingen." in texts(page)
    assert "Nova van Dam is nieuw" in texts(page)
    known(page, jobs)
    page.button(key="take_all_back").click().run()
    assert sorted(ids(page)) == sorted(one.id for one in sample_course.roster.students)
    assert "Geen openstaande wijzigingen." in texts(page)


def test_a_list_that_is_chosen_with_the_changes_waits_as_any_other(
    in_use: AppTest, jobs: list[FakeJob]
) -> None:
    page = upload(go(in_use, "changes"), edited())
    assert "1999999" in ids(page)
    again = go(load(course_of(page)), "groups")
    assert "4 openstaande wijzigingen." in texts(again)


def test_a_list_of_another_class_that_is_chosen_with_the_changes_replaces_nothing(
    in_use: AppTest, sample_course: Course
) -> None:
    other = b"Studentnummer;Naam\n" + b"".join(b"55500%02d;Iemand Anders%d\n" % (n, n) for n in range(12))
    page = upload(go(in_use, "changes"), other)
    assert page.error
    assert session_of(page).course == sample_course
    assert ids(page) == [one.id for one in sample_course.roster.students]


def test_a_rule_that_changed_waits_and_can_be_taken_back(
    in_use: AppTest, jobs: list[FakeJob], sample_course: Course
) -> None:
    card = next(card for card in session_of(in_use).rules.draft.cards if card.on)
    go(in_use, "rules").toggle(key=f"rule_{card.id}_on").set_value(False).run()
    page = known(go(in_use, "groups"), jobs)
    assert "Niet meer gevraagd:" in texts(page)
    page.button(key="take_back_0").click().run()
    assert session_of(page).rules_now() == sample_course.rules
    assert "Geen openstaande wijzigingen." in texts(page)


def test_an_answer_that_changed_waits_and_can_be_taken_back(
    in_use: AppTest, jobs: list[FakeJob], sample_course: Course
) -> None:
    edit(opened(go(in_use, "")), {0: {"Vooropleiding cijfer": "9,9"}})
    page = known(go(in_use, "groups"), jobs)
    assert "ander antwoord bij Vooropleiding cijfer" in texts(page)
    page.button(key="take_back_0").click().run()
    roster = session_of(page).roster
    assert roster is not None
    first = sample_course.roster.students[0]
    assert roster.by_id[first.id].answer("Vooropleiding cijfer") == first.answer("Vooropleiding cijfer")


def test_changes_that_are_left_stay_and_nothing_is_asked_about_them(
    in_use: AppTest, jobs: list[FakeJob], sample_course: Course
) -> None:
    page = known(stopped(in_use, ids(in_use)[0]), jobs)
    asked = len(jobs)
    page.button(key="leave_pending").click().run()
    assert "Eén openstaande wijziging." in texts(page)
    assert "carry_out" not in [button.key for button in page.button]
    assert session_of(page).course == sample_course
    assert len(jobs) == asked
    page.button(key="look_again").click().run()
    assert page.button(key="carry_out")


def test_what_cannot_be_carried_out_says_what_to_decide_and_leaves_the_groups(
    in_use: AppTest, jobs: list[FakeJob], sample_course: Course
) -> None:
    page = stopped(in_use, ids(in_use)[0])
    jobs[-1].end = NoPlan(proven=True)
    page.run()
    assert "Beslis eerst dit:" in texts(page)
    assert page.button(key="carry_out").disabled
    assert session_of(page).course == sample_course
    asked = len(jobs)
    page.run()
    assert len(jobs) == asked  # it is not tried over and over


def test_more_changes_than_fit_are_folded_away(in_use: AppTest, jobs: list[FakeJob]) -> None:
    page = stopped(in_use, *ids(in_use)[:8])
    assert "take_back_5" in [button.key for button in page.button]
    assert "take_back_6" not in [button.key for button in page.button]
    page.session_state["more_pending"] = True
    page.run()
    assert "take_back_7" in [button.key for button in page.button]


def test_the_week_of_a_change_is_the_one_that_it_likely_is(
    in_use: AppTest, jobs: list[FakeJob], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first week of the new groups was always 1."""
    from datetime import timedelta

    from planner.ui.session import state

    now = session_of(in_use)
    assert now.in_use is not None
    later = now.in_use.since + timedelta(weeks=3)
    monkeypatch.setattr(state, "today", lambda: later)
    now.restart()
    stopped(in_use, ids(in_use)[0])
    assert jobs[-1].request.options.from_week == 4


def test_roles_are_shown_of_the_week_that_it_likely_is(
    in_use: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the fourth week the cards said who has which role in the first."""
    from datetime import timedelta

    from planner.ui.session import state

    used = session_of(in_use).in_use
    assert used is not None
    monkeypatch.setattr(state, "today", lambda: used.since + timedelta(weeks=3))
    assert load(course_of(in_use)).selectbox(key="week").value == 4
    monkeypatch.setattr(state, "today", lambda: used.since + timedelta(weeks=100))
    assert load(course_of(in_use)).selectbox(key="week").value == 10


def test_an_empty_address_leads_to_the_groups_of_a_course_that_has_them(in_use: AppTest) -> None:
    again = load(course_of(in_use))
    assert next(header.value for header in again.header) == "Groepen"


def test_a_stored_course_that_was_replanned_is_in_use(
    sample: AppTest, jobs: list[FakeJob], sample_course: Course
) -> None:
    """It was saved before anybody could say so."""
    page = upload(go(planned(sample, jobs, sample_course), "changes"), edited())
    page.button(key="replan").click().run()
    known(page, jobs).button(key="accept").click().run()
    session_of(page).in_use = None
    page.run()
    assert session_of(load(course_of(page))).in_use is not None


def test_english_says_the_same(in_use: AppTest, jobs: list[FakeJob], sample_course: Course) -> None:
    one = sample_course.roster.students[0]
    page = known(stopped(in_use, one.id), jobs)
    page.segmented_control(key="language").set_value("en").run()
    assert f"{one.name} stopped ({sample_course.plan.group_of[one.id]})" in texts(page)
    assert "One pending change. Nobody has to move." in texts(page)
    assert page.button(key="take_back_0").label == "Take back"

"""Every name is a menu; what it opens stands in a window, and what is done there counts at once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import ButtonGroup

from planner.audit.plan_audit import moves
from planner.edit.best_places import BestPlaces
from planner.model.domain import ColumnKind, Roster
from planner.plans.course import Course
from planner.services.places import PlacesRequest, swap_partners, wished_by
from planner.ui.groups import dialog_away
from planner.ui.groups.answers import beside
from planner.ui.groups.dialog_place import MOST
from planner.ui.groups.names import ELSEWHERE, LOCK, STAYS, STOPPED, TERM, UNLOCK, WHY
from planner.ui.session import away_today, days
from planner.ui.session.language import plain
from tests.builders.pages import (
    FakeJob,
    answer,
    cards,
    course_of,
    go,
    load,
    opened,
    session_of,
    texts,
)


def choose(page: AppTest, student: str, action: str) -> AppTest:
    return page.menu_button(key=f"name_{student}").click(action).run()


def first(page: AppTest) -> str:
    course = session_of(page).course
    assert course is not None
    return course.plan.groups[0].members[0]


def plan_of(page: AppTest) -> dict[str, str]:
    course = session_of(page).course
    assert course is not None
    return dict(course.plan.group_of)


def who_can_swap(page: AppTest) -> str:
    """Return somebody who can swap so that every required rule still holds."""
    course = session_of(page).course
    assert course is not None
    return next(one for one in course.plan.group_of if swap_partners(PlacesRequest(course, one)).places)


def typed(page: AppTest, name: str = "Ada de Vries", number: str = "2000001") -> AppTest:
    page.button(key="somebody_new").click().run()
    page.text_input(key="newcomer_name").set_value(name).run()
    return page.text_input(key="newcomer_number").set_value(number).run()


def keys(page: AppTest) -> list[str]:
    return [str(button.key) for button in page.button]


def test_everybody_on_the_page_has_a_menu_with_their_role(in_use: AppTest, sample_course: Course) -> None:
    assert [str(one.key).removeprefix("name_") for one in in_use.menu_button] == [
        member for group in sample_course.plan.groups for member in group.members
    ]
    assert all(role for card in cards(in_use) for _, role in card)


def test_one_dropout_is_two_presses_and_the_decision(
    in_use: AppTest, jobs: list[FakeJob], sample_course: Course
) -> None:
    """It took eleven actions, and ended in 106 of 120 moved."""
    gone = first(in_use)
    page = choose(in_use, gone, STOPPED)
    jobs[-1].end = answer(jobs[-1])
    page.run()
    page.button(key="carry_out").click().run()
    course = session_of(page).course
    assert course is not None
    assert gone not in course.plan.group_of
    assert not moves(sample_course.plan.groups, course.plan.groups)


def test_who_stopped_is_marked_on_the_card_and_can_come_back_there(in_use: AppTest) -> None:
    student = first(in_use)
    page = choose(in_use, student, STOPPED)
    assert "gestopt, nog niet doorgevoerd" in page.menu_button(key=f"name_{student}").label
    page = choose(page, student, STAYS)
    assert "gestopt" not in page.menu_button(key=f"name_{student}").label
    assert "Geen openstaande wijzigingen." in texts(page)


def test_a_lock_is_set_and_released(in_use: AppTest) -> None:
    student = first(in_use)
    page = choose(in_use, student, LOCK)
    course = session_of(page).course
    assert course is not None
    assert course.locks.students == (student,)
    assert "vastgezet" in page.menu_button(key=f"name_{student}").label
    page = choose(page, student, UNLOCK)
    course = session_of(page).course
    assert course is not None
    assert not course.locks.students


def test_the_best_to_swap_with_stand_in_a_window_and_one_press_swaps_them(in_use: AppTest) -> None:
    student, before = who_can_swap(in_use), plan_of(in_use)
    page = choose(in_use, student, ELSEWHERE)
    page.button(key="swap_partners_0").click().run()
    after = plan_of(page)
    changed = [one for one, group in after.items() if before[one] != group]
    assert len(changed) == 2
    assert student in changed
    assert "swap_partners_0" not in keys(page)  # the window is closed
    assert "Geen openstaande wijzigingen." in texts(page)


def test_somebody_can_be_placed_with_whoever_they_named_or_in_any_group_by_name(in_use: AppTest) -> None:
    """There were five swaps and five moves, and no way to look for a friend or a group."""
    course = session_of(in_use).course
    assert course is not None
    names, home = course.roster.shown_names, course.plan.group_of
    student, wished = next(
        (one, peer)
        for one in home
        for peer in wished_by(course, one)
        if home[peer] != home[one]
        and not BestPlaces(course.rules, course.roster, course.plan.groups)
        .places_in(one, home[peer], peer)[0]
        .locked
    )
    page = choose(in_use, student, ELSEWHERE)
    assert f"Bij {names[wished]} in {home[wished]}" in texts(page)
    field = page.selectbox(key=f"place_where_{student}")
    assert field.options[0] == f"{names[wished]} ({home[wished]}), een wens"
    other = next(name for name in field.options if name.startswith("Groep ") and name != home[wished])
    page = field.select(other).run()
    assert f"Naar {other}" in texts(page)
    assert "swap_partners_0" not in keys(page)
    page = page.selectbox(key=f"place_where_{student}").select_index(0).run()
    page.button(key="into_0").click().run()
    after = plan_of(page)
    assert after[student] == after[wished] == home[wished]


def test_a_student_moves_to_one_of_the_best_groups(in_use: AppTest) -> None:
    student, before = first(in_use), plan_of(in_use)
    page = choose(in_use, student, ELSEWHERE)
    page.button(key="best_places_0").click().run()
    after = plan_of(page)
    assert [one for one, group in after.items() if before[one] != group] == [student]


def test_the_way_through_the_term_is_told(in_use: AppTest, sample_course: Course) -> None:
    student = first(in_use)
    page = choose(in_use, student, TERM)
    assert sample_course.plan.group_of[student] in texts(page)
    page.run()
    assert page.menu_button(key=f"name_{student}")


def test_why_somebody_is_in_a_group_is_told_in_a_window_to_copy_and_beside_it_another_place(
    in_use: AppTest, sample_course: Course
) -> None:
    """It had no answer anywhere in the page, though every placement can be explained."""
    student = first(in_use)
    page = choose(in_use, student, WHY)
    names, group = sample_course.roster.shown_names, sample_course.plan.groups[0]
    (text,) = page.code
    said = text.value.splitlines()
    assert said[0].startswith(f"{names[student]} zit in {group.name} met ")
    assert len(said) > 3
    wished = wished_by(sample_course, student)
    others = [names[one] for one in group.members[1:] if one not in wished]
    assert not [name for name in others for line in said[1:] if name in line]
    assert "Wat een andere plek zou betekenen, alleen voor jou" in texts(page)
    assert "plek" in texts(page)[texts(page).index("alleen voor jou") :]
    assert "swap_partners_0" not in keys(page)
    assert plan_of(page) == dict(sample_course.plan.group_of)
    gone = group.members[1]
    page = choose(go(page, "groups"), gone, STOPPED)
    page = choose(page, gone, WHY)
    assert page.code[0].value.startswith(f"{names[gone]} zit in {group.name}")


def test_the_window_of_places_says_each_thing_on_a_line_of_its_own_and_all_that_gets_worse(
    in_use: AppTest, sample_course: Course
) -> None:
    """Four lines were shown at most, some joined in one broken sentence, and a wish was lost in silence."""
    student = who_can_swap(in_use)
    page = choose(in_use, student, ELSEWHERE)
    found = swap_partners(PlacesRequest(sample_course, student, most=MOST))
    shared = found.shared()
    shown = "\n".join(one.value for one in page.markdown)
    for place in found.places:
        for line in found.told(place):
            text = plain(line.said.text("nl"))
            bold, small = f"- **{text}**", f"- :small[{text}]"
            assert bold in shown or small in shown or not (line.worse or line.better)
    assert all(f"- :small[{plain(line.text('nl'))}]" in shown for line in shared)


def test_a_wish_by_number_is_shown_by_name(sample_course: Course) -> None:
    """A student number stood beside a name."""
    roster = sample_course.roster
    (heading,) = [one.heading for one in roster.columns if one.kind is ColumnKind.PEER][:1]
    wisher, peer = roster.students[0], roster.students[1]
    by_number = wisher.model_copy(update={"answers": {**wisher.answers, heading: f"{peer.id}; Niemand Hier"}})
    again = Roster(students=(by_number, *roster.students[1:]), columns=roster.columns)
    assert list(beside(again, wisher.id, (heading,))) == [f"{roster.shown_names[peer.id]}, Niemand Hier"]


def test_whom_a_wish_means_that_is_typed_by_number_stands_below_it_by_name(
    in_use: AppTest, sample_course: Course
) -> None:
    peer = sample_course.roster.students[1]
    page = typed(in_use)
    field = next(one for one in page.text_input if str(one.key).endswith("_Wens 1"))
    page = field.set_value(peer.id).run()
    assert peer.name in [caption.value for caption in page.caption]


def test_somebody_new_is_placed_at_a_press_and_nobody_else_moves(
    in_use: AppTest, sample_course: Course
) -> None:
    before = plan_of(in_use)
    page = typed(in_use)
    assert "Waar Ada de Vries het best past" in texts(page)
    page.button(key="join_0").click().run()
    after = plan_of(page)
    assert {one: group for one, group in after.items() if one != "2000001"} == before
    assert "2000001" in after
    roster = session_of(page).roster
    assert roster is not None
    assert roster.by_id["2000001"].name == "Ada de Vries"
    assert "Geen openstaande wijzigingen." in texts(page)


def test_somebody_new_is_still_there_after_a_reload_and_gone_after_undo(in_use: AppTest) -> None:
    page = typed(in_use)
    page.button(key="join_0").click().run()
    again = go(load(course_of(page)), "groups")
    assert plan_of(again) == plan_of(page)
    assert "Geen openstaande wijzigingen." in texts(again)
    page.session_state["more_edit"] = True
    page.run()
    page.button(key="edit_undo").click().run()
    assert "2000001" not in plan_of(page)
    roster = session_of(page).roster
    assert roster is not None
    assert "2000001" not in roster.by_id
    assert "Geen openstaande wijzigingen." in texts(page)


def test_somebody_new_can_wait_for_a_replan(in_use: AppTest, jobs: list[FakeJob]) -> None:
    page = typed(in_use)
    page.button(key="join_list").click().run()
    assert "Ada de Vries is nieuw" in texts(page)
    jobs[-1].end = answer(jobs[-1])
    page.run()
    page.button(key="carry_out").click().run()
    assert "2000001" in plan_of(page)


def answers_to(page: AppTest, heading: str) -> str:
    """Return the key of the field for an answer of somebody new."""
    (key,) = [str(one.key) for one in page.selectbox if str(one.key).endswith(f"_{heading}")]
    return key


def type_answer(page: AppTest, key: str, answer: str) -> AppTest:
    """Type an answer that is none of the options; the stand-in for a browser knows those alone."""
    page.selectbox(key=key).options.append(answer)
    page.selectbox(key=key).set_value(answer).run()
    page.selectbox(key=key).options.append(answer)
    return page


def test_an_answer_that_nobody_else_has_is_asked_about_beside_its_field(in_use: AppTest) -> None:
    """The window took "f" where others have v, m and x; what it would do stood folded, far below."""
    page = typed(in_use)
    key = answers_to(page, "Gender")
    page = type_answer(page, key, "f")
    assert "Niemand anders heeft “f” bij Gender. Antwoorden tot nu toe: " in texts(page)
    (button,) = [one for one in page.button if one.key == f"{key}_meant"]
    assert button.label == "Bedoel je “v”?"
    page = button.click().run()
    assert page.selectbox(key=key).value == "v"
    assert "Niemand anders heeft" not in texts(page)


def test_an_answer_that_nobody_else_has_can_stay(in_use: AppTest) -> None:
    page = typed(in_use)
    key = answers_to(page, "Gender")
    page = type_answer(page, key, "qqq")
    assert "Klopt het? Dan blijft het staan." in texts(page)
    page.button(key="join_0").click().run()
    roster = session_of(page).roster
    assert roster is not None
    assert roster.by_id["2000001"].answer("Gender") == "qqq"


@pytest.mark.parametrize(("name", "number"), [("", "2000001"), ("Ada", ""), ("", "")])
def test_without_name_and_number_there_is_nothing_to_press(in_use: AppTest, name: str, number: str) -> None:
    """An empty form was accepted without a word."""
    page = typed(in_use, name, number)
    assert "join_0" not in keys(page)
    assert "join_list" not in keys(page)


def moments(page: AppTest, start: str) -> ButtonGroup[str]:
    (field,) = [one for one in page.button_group if str(one.key).startswith(start)]
    return field


def test_the_moments_of_somebody_new_are_ticked_one_by_one(in_use: AppTest) -> None:
    """Whole answers of others were offered, cut off, and two moments could not be chosen."""
    field = moments(typed(in_use), "newcomer_")
    days = ("ma", "di", "wo", "do", "vr")
    assert field.options == [f"{day} {part}" for day in days for part in ("ochtend", "middag")]
    assert field.proto.label == "Beschikbaar: momenten waarop deze student kan"
    page = field.set_value(["do middag", "di ochtend"]).run()
    page.button(key="join_0").click().run()
    roster = session_of(page).roster
    assert roster is not None
    assert roster.by_id["2000001"].answer("Beschikbaar") == "di ochtend; do middag"


def test_moments_are_ticked_in_the_form_on_the_class_list_too(in_use: AppTest) -> None:
    field = moments(opened(go(in_use, "")), "joined_")
    assert len(field.options) == 10


def test_a_number_that_somebody_has_is_told(in_use: AppTest) -> None:
    page = typed(in_use, "Ada de Vries", first(in_use))
    assert page.error
    assert "join_0" not in keys(page)


def test_who_is_away_makes_groups_for_one_session_and_changes_nothing(
    in_use: AppTest, sample_course: Course
) -> None:
    page = in_use.button(key="away").click().run()
    group = sample_course.plan.groups[0]
    page.multiselect(key="away_who").set_value(list(group.members[1:])).run()
    (shown,) = page.code
    names = sample_course.roster.shown_names
    assert names[group.members[0]] in shown.value
    assert not [one for one in group.members[1:] if names[one] in shown.value]
    answers = [student.answer("Gender") for student in sample_course.roster.students]
    assert not [one for one in set(answers) if f"“{one}”" in shown.value]
    assert plan_of(page) == dict(sample_course.plan.group_of)
    page.run()
    assert "Geen openstaande wijzigingen." in texts(page)


def test_who_is_away_is_still_known_when_the_window_is_opened_again_or_the_page_is_loaded_anew(
    in_use: AppTest, sample_course: Course
) -> None:
    """Closing the window forgot all names without a word."""
    gone = list(sample_course.plan.groups[0].members[1:])
    page = in_use.button(key="away").click().run()
    page.multiselect(key="away_who").set_value(gone).run()
    page.number_input(key="away_week").set_value(3).run()
    del page.session_state["hecht_dialog"]  # it is closed
    page.run()
    assert not [one for one in page.multiselect if one.key == "away_who"]
    for again in (page, go(load(course_of(page)), "groups")):
        again.button(key="away").click().run()
        assert set(again.multiselect(key="away_who").value) == set(gone)
        assert again.number_input(key="away_week").value == 3


def test_who_was_away_yesterday_is_not_filled_in_today(
    in_use: AppTest, sample_course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A window that was open at midnight carried its names into the next day."""
    page = in_use.button(key="away").click().run()
    page.multiselect(key="away_who").set_value(list(sample_course.plan.groups[0].members[1:])).run()
    tomorrow = days.today() + timedelta(days=1)
    for module in (away_today, dialog_away):
        monkeypatch.setattr(module, "today", lambda: tomorrow)
    for again in (page.run(), go(load(course_of(page)), "groups")):
        if not [one for one in again.multiselect if one.key == "away_who"]:
            again.button(key="away").click().run()
        assert again.multiselect(key="away_who").value == []


def test_who_is_away_is_told_in_the_language_of_the_page(in_use: AppTest, sample_course: Course) -> None:
    """On an English page it was in Dutch, the language of the plan, without a word on why."""
    assert sample_course.plan.language == "nl"
    in_use.session_state["language"] = "en"
    page = in_use.run().button(key="away").click().run()
    page.multiselect(key="away_who").set_value(list(sample_course.plan.groups[0].members[1:])).run()
    (shown,) = page.code
    assert shown.value.startswith("Groups for one session in week ")
    assert "Groep 1 does not meet by itself today" in shown.value


def test_a_draft_has_the_menus_too(groups: AppTest) -> None:
    page = choose(groups, who_can_swap(groups), ELSEWHERE)
    assert "swap_partners_0" in keys(page)

"""Who is who on a course in use: a number is one person's, and a stop is of whoever the card is of."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from planner.edit.newcomer import new_student
from planner.model.problems import InputError
from planner.plans.course import Course
from planner.ui.groups.names import STAYS, STOPPED
from planner.ui.session.pending_state import join, pending, stop, take_back
from planner.ui.session.state import Session
from tests.builders.pages import (
    FakeJob,
    course_of,
    edit,
    go,
    load,
    opened,
    session_of,
    texts,
)


def typed(page: AppTest, name: str, number: str) -> AppTest:
    page.button(key="somebody_new").click().run()
    page.text_input(key="newcomer_name").set_value(name).run()
    return page.text_input(key="newcomer_number").set_value(number).run()


def kinds(now: Session) -> list[str]:
    found = pending(now)
    return [] if found is None else [change.kind for change in found.changes]


def lines(page: AppTest) -> list[str]:
    found = pending(session_of(page))
    return [] if found is None else [change.message.text("nl") for change in found.changes]


def new(now: Session, number: str, name: str, email: str = "") -> None:
    assert now.course is not None
    join(now, new_student(now.course, number, name, {}, email, now.roster))


@pytest.mark.parametrize("number", ["1999999", "01999999", "1999999.0"])
def test_a_number_of_somebody_new_in_the_list_is_taken(in_use: AppTest, number: str) -> None:
    """Two people had one number: the list showed one of them, and the run died."""
    page = typed(in_use, "Ada de Vries", "1999999")
    page.button(key="join_list").click().run()
    page = typed(page, "Bob Smit", number)
    assert "Studentnummer 1999999 zit al in dit vak: Ada de Vries." in texts(page)
    assert "join_list" not in [button.key for button in page.button]
    with pytest.raises(InputError):
        new(session_of(page), number, "Bob Smit")
    page.segmented_control(key="language").set_value("en").run()
    assert "This student is already on the class list as new. Give another number." in texts(page)


def test_the_number_of_who_stopped_names_the_way_back(in_use: AppTest, sample_course: Course) -> None:
    """It said to move them by hand, which who stopped cannot be."""
    one = sample_course.roster.students[0]
    stop(session_of(in_use), one.id)
    page = typed(in_use.run(), "Ada de Vries", one.id)
    assert "Toch niet gestopt? Draai dat dan terug" in texts(page)


@pytest.mark.parametrize("number", ["-", "n/a", "geen"])
def test_what_says_that_there_is_no_number_is_none(in_use: AppTest, number: str) -> None:
    assert "Een nieuwe student heeft een nummer nodig." in texts(typed(in_use, "Ada de Vries", number))


@pytest.mark.parametrize("number", ["12.0", "1e5", "'12", "#1", "a@b.nl", "Totaal"])
def test_whatever_a_number_looks_like_everybody_can_stop(in_use: AppTest, number: str) -> None:
    """From then on Stopped did nothing on any card, and the table of students was gone."""
    now = session_of(in_use)
    assert now.course is not None
    one = now.course.roster.students[3].id
    new(now, number, "Test Student")
    page = in_use.run()
    page = page.menu_button(key=f"name_{one}").click(STOPPED).run()
    assert kinds(session_of(page)) == ["left", "joined"]
    again = go(load(course_of(page)), "groups")
    assert kinds(session_of(again)) == ["left", "joined"]
    reading = session_of(again).reading
    assert reading is not None
    assert len(reading.lines) == 29


def test_who_has_another_number_in_the_table_can_stop_on_the_card(
    in_use: AppTest, sample_course: Course
) -> None:
    """The number of the plan was looked for in the list, where they have another."""
    one = sample_course.roster.students[0]
    page = edit(opened(go(in_use, "")), {0: {"Studentnummer": "1999998"}})
    page = go(page, "groups")
    assert lines(page) == [
        f"{one.name} (1999998): het nummer was {one.id}"
    ]  # a wish may name the number, so nothing is said of moves
    page = page.menu_button(key=f"name_{one.id}").click(STOPPED).run()
    assert lines(page) == [f"{one.name} is gestopt ({sample_course.plan.group_of[one.id]})"]


@pytest.mark.parametrize("other", ["name", "zero"])
@pytest.mark.parametrize("reloaded", [False, True])
def test_who_was_marked_is_never_taken_for_somebody_new(
    in_use: AppTest, sample_course: Course, other: str, reloaded: bool
) -> None:
    """The stop disappeared, and somebody new of the same name had the place."""
    one = sample_course.roster.students[0]
    now = session_of(in_use)
    if other == "name":
        new(now, "1999997", one.name)
    else:
        assert now.course is not None
        with pytest.raises(InputError):
            new(now, f"0{one.id}", "Ada de Vries")
        new(now, "1999997", "Ada de Vries")
    stop(now, one.id)
    page = in_use.run()
    if reloaded:
        page = go(load(course_of(page)), "groups")
    assert kinds(session_of(page)) == ["left", "joined"]
    page = page.menu_button(key=f"name_{one.id}").click(STAYS).run()
    assert kinds(session_of(page)) == ["joined"]


def test_many_ticks_taken_away_are_not_another_course(in_use: AppTest, jobs: list[FakeJob]) -> None:
    """Fifteen of 28 were "another course", with advice about files."""
    page = edit(opened(go(in_use, "")), {place: {"✓": False} for place in range(15)})
    page = go(page, "groups")
    assert "Is dit een ander vak?" not in texts(page)
    found = pending(session_of(page))
    assert found is not None
    assert found.asked is not None
    assert len(found.changes) == 15
    again = pending(session_of(go(load(course_of(page)), "groups")))
    assert again is not None
    assert again.asked is not None


def test_a_mark_outlasts_going_back_and_forth(in_use: AppTest, jobs: list[FakeJob]) -> None:
    """Somebody new was put in a group and stopped: undo and redo took the mark away."""
    page = typed(in_use, "Ada de Vries", "2000001")
    page.button(key="join_0").click().run()
    page = page.menu_button(key="name_2000001").click(STOPPED).run()
    assert kinds(session_of(page)) == ["left"]
    page.button(key="edit_undo").click().run()
    assert kinds(session_of(page)) == []
    page.button(key="edit_redo").click().run()
    assert kinds(session_of(page)) == ["left"]
    page = page.menu_button(key="name_2000001").click(STAYS).run()
    assert kinds(session_of(page)) == []


# One account of what differs


@pytest.mark.parametrize("heading", ["Achternaam", "E-mail"])
def test_a_correction_in_the_table_waits_and_can_be_taken_back(never_reloaded: AppTest, heading: str) -> None:
    """It made the plan outdated with nothing in the list."""
    page = opened(go(never_reloaded, ""))
    page = go(edit(page, {0: {heading: "ada@hecht.example"}}), "groups")
    assert kinds(session_of(page)) == ["details"]
    assert "Eén openstaande wijziging." in texts(page)
    page.button(key="take_back_0").click().run()
    assert kinds(session_of(page)) == []
    assert "Geen openstaande wijzigingen." in texts(page)


def test_numbers_that_were_swapped_wait_and_go_back(in_use: AppTest, jobs: list[FakeJob]) -> None:
    one, two = session_of(in_use).roster.students[:2]  # type: ignore[union-attr]
    page = edit(opened(go(in_use, "")), {0: {"Studentnummer": two.id}, 1: {"Studentnummer": one.id}})
    page = go(page, "groups")
    assert kinds(session_of(page)) == ["details", "details"]
    page.button(key="take_back_1").click().run()
    assert kinds(session_of(page)) == []


def test_two_rules_that_are_off_come_back_one_by_one(in_use: AppTest, jobs: list[FakeJob]) -> None:
    """The first press brought both of them back."""
    cards = [card for card in session_of(in_use).rules.draft.cards if card.on][:2]
    page = go(in_use, "rules")
    for card in cards:
        page.toggle(key=f"rule_{card.id}_on").set_value(False).run()
    page = go(page, "groups")
    assert kinds(session_of(page)) == ["rules", "rules"]
    page.button(key="take_back_0").click().run()
    assert kinds(session_of(page)) == ["rules"]
    page.button(key="take_back_0").click().run()
    assert kinds(session_of(page)) == []


@pytest.mark.parametrize("reloaded", [False, True])
def test_what_is_not_finished_is_a_line_with_a_way_back(
    in_use: AppTest, jobs: list[FakeJob], sample_course: Course, reloaded: bool
) -> None:
    """After a reload it was "0 pending changes. First decide this: …", and nothing to take back."""
    now = session_of(in_use)
    now.rules.draft.smallest, now.rules.draft.largest = 9, 4
    card = next(card for card in now.rules.draft.cards if card.on)
    card.on = False
    page = in_use.run()
    if reloaded:
        page = go(load(course_of(page)), "groups")
    now = session_of(page)
    assert kinds(now) == ["rules", "unfinished"]
    assert "2 openstaande wijzigingen. Beslis eerst dit:" in texts(page)
    found = pending(now)
    assert found is not None
    take_back(now, found.changes[:1])
    assert kinds(now) == ["unfinished"]
    assert (now.rules.draft.smallest, now.rules.draft.largest) == (9, 4)
    take_back(now, pending(now).changes)  # type: ignore[union-attr]
    assert kinds(now) == []
    assert now.rules_now() == sample_course.rules


def test_a_term_shorter_than_the_week_it_is_in_waits_for_a_decision(
    in_use: AppTest, jobs: list[FakeJob], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was carried out: "nobody has to move", with roles to week four of a term of two."""
    from datetime import timedelta

    from planner.ui.session import state

    now = session_of(in_use)
    assert now.in_use is not None
    later = now.in_use.since + timedelta(weeks=3)
    monkeypatch.setattr(state, "today", lambda: later)
    now.restart()
    now.rules.draft.term = now.rules.draft.term.model_copy(update={"weeks": 2, "refresh_after": ()})
    page = in_use.run()
    assert "Beslis eerst dit: De periode heeft 2 weken; er is geen week 4." in texts(page)
    assert "Kies een week van de periode, of maak de periode langer." in texts(page)
    assert page.button(key="carry_out").disabled
    page.button(key="take_back_0").click().run()
    assert "Geen openstaande wijzigingen." in texts(page)

"""The page of groups in use: each pending change, what it comes to, and the ways back and on."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from planner.model.domain import Roster
from planner.model.no_plan import NoPlan
from planner.plans.course import Course
from planner.plans.previous import Previous
from planner.replanning.changes import Changes, compare
from planner.services import compare_lists
from planner.ui.groups.reveal import css
from planner.ui.session import pending_state
from planner.ui.session.days import today
from tests.builders.pages import (
    FakeJob,
    answer,
    course_of,
    edit,
    edited,
    go,
    load,
    opened,
    session_of,
    texts,
    upload,
    upload_list,
)

AGO = today() - timedelta(weeks=3)


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
    assert "Weggehaald:" in texts(page)
    number = len(session_of(page).rules.draft.cards)
    page.button(key="take_back_0").click().run()
    assert session_of(page).rules_now() == sample_course.rules
    assert len(session_of(page).rules.draft.cards) == number  # the same card is on again, not a second one
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


def test_what_is_kept_for_later_stays_in_a_line_with_carrying_out_one_press_away(
    in_use: AppTest, jobs: list[FakeJob], sample_course: Course
) -> None:
    """Leave as it is: that read as a refusal, and took the button away that carries out."""
    one = sample_course.roster.students[0]
    page = known(stopped(in_use, one.id), jobs)
    asked = len(jobs)
    assert page.button(key="leave_pending").label == "Nu niet, bewaar voor later"
    page.button(key="leave_pending").click().run()
    assert f"Bewaard voor later: {one.name} is gestopt" in texts(page)
    assert session_of(page).course == sample_course
    assert len(jobs) == asked
    page.button(key="look_again").click().run()
    page.button(key="leave_pending").click().run()
    page.button(key="carry_out").click().run()
    now = session_of(page).course
    assert now is not None
    assert one.id not in now.plan.group_of


def test_one_change_can_be_taken_back_beside_carrying_it_out(in_use: AppTest, jobs: list[FakeJob]) -> None:
    before = ids(in_use)
    page = known(stopped(in_use, before[0]), jobs)
    # It stood there twice; nobody knew whether the second one meant more.
    assert [one.key for one in page.button if one.label == "Terugdraaien"] == ["take_back_0"]
    page.button(key="take_back_0").click().run()
    assert ids(page) == before


def test_a_rule_that_will_not_be_met_is_never_told_as_if_all_is_well(
    in_use: AppTest, jobs: list[FakeJob], sample_course: Course
) -> None:
    """With more shared times asked the page said that nobody has to move, and nothing else."""
    card = next(card for card in session_of(in_use).rules.draft.cards if card.kind == "overlap")
    card.fields["at_least"] = 8
    card.fields["importance"] = "important"
    page = known(in_use.run(), jobs)
    groups = len(sample_course.plan.groups)
    assert f"{groups} van de {groups} groepen hebben minder dan 8 gedeelde momenten" in texts(page)
    assert "Niemand hoeft te verhuizen. Klopt niet overal: “Minstens 8 gedeelde momenten" in texts(page)
    assert "Zonder de openstaande wijzigingen: iedereen heeft een plek" in texts(page)
    page.segmented_control(key="language").set_value("en").run()
    assert f"{groups} of {groups} groups have fewer than 8 shared times" in texts(page)
    assert "Without the pending changes: everyone has a place" in texts(page)


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


def test_a_stored_course_that_was_replanned_is_in_use(draft: AppTest, jobs: list[FakeJob]) -> None:
    """It was saved before anybody could say so."""
    page = upload(go(draft, "changes"), edited())
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


def test_who_stopped_is_said_to_have_stopped_and_is_found_in_the_term(
    in_use: AppTest, jobs: list[FakeJob], sample_course: Course
) -> None:
    """It said that they are no longer in the class list, and the page of the term did not know them."""
    one = sample_course.roster.students[0]
    page = stopped(in_use, one.id)
    now = session_of(page)
    assert now.in_use is not None
    now.in_use = now.in_use.model_copy(update={"week": 1})
    jobs[-1].end = answer(jobs[-1])
    page.run().button(key="carry_out").click().run()
    handover = session_of(page).handover
    assert handover is not None
    assert [change.reason.text("nl") for change in handover.changes] == ["Gestopt met het vak."]
    course = session_of(page).course
    assert course is not None
    if one.id in course.left:
        field = go(page, "term").selectbox(key="term_student")
        assert f"{one.name} (niet meer in de groepen)" in field.options


def test_after_carrying_out_the_box_is_about_the_last_thing_that_happened(
    in_use: AppTest, jobs: list[FakeJob], sample_course: Course
) -> None:
    """After a move by hand it still told of what was carried out before."""
    group = sample_course.plan.groups[0]
    page = known(stopped(in_use, group.members[0]), jobs)
    page.button(key="carry_out").click().run()
    said = texts(page)
    assert f"Eén groep is veranderd: {group.name}. Laat het die groep weten." in said
    assert "zit niet meer in de groep." in said
    now = session_of(page)
    assert now.course is not None
    other, mover = now.course.plan.groups[1], now.course.plan.groups[2].members[0]
    told = {"who": css(f"name_{mover}"), "card": css("group_1"), "onto": "", "at": 0}
    page.text_input(key="dropped").set_value(json.dumps(told)).run()
    said = texts(page)
    assert f"Handmatig gewijzigd: {sample_course.roster.shown_names[mover]} naar {other.name}." in said
    # Whoever was to be told before the edit still is.
    all_three = [one.name for one in sample_course.plan.groups[:3]]
    assert f"3 groepen zijn veranderd: {all_three[0]}, {all_three[1]} en {all_three[2]}." in said
    assert "Doorgevoerd." not in said
    page.button(key="cards_by_hand").click().run()
    assert page.selectbox(key="card_group").options == all_three


def test_back_to_the_plan_before_still_says_who_stopped(in_use: AppTest, jobs: list[FakeJob]) -> None:
    """After a reload the list had no row of theirs, and it said that they were missing from it."""
    one = ids(in_use)[0]
    page = known(stopped(in_use, one), jobs)
    page.button(key="carry_out").click().run()
    again = go(load(course_of(page)), "groups")
    again.button(key="plan_before").click().run()
    assert " is gestopt (" in texts(again)
    assert "staat niet meer in de klassenlijst" not in texts(again)


def test_who_is_not_in_a_new_list_is_said_to_be_missing(in_use: AppTest, jobs: list[FakeJob]) -> None:
    page = go(upload_list(go(in_use, ""), "oktober.csv", edited()), "groups")
    assert " staat niet meer op de klassenlijst (" in texts(page)
    assert " is gestopt (" not in texts(page)


def test_whom_to_tell_is_still_at_hand_after_a_reload(
    in_use: AppTest, jobs: list[FakeJob], sample_course: Course
) -> None:
    """Once it was gone with the page that the change was carried out on."""
    one = sample_course.roster.students[0]
    group = sample_course.plan.group_of[one.id]
    known(stopped(in_use, one.id), jobs).button(key="carry_out").click().run()
    said = f"{group}: {one.name} zit niet meer in de groep."
    assert said in texts(in_use)
    again = go(load(course_of(in_use)), "groups")
    assert said not in texts(again)
    fold = next(one for one in again.expander if "wie het moet weten" in one.label)
    again.session_state["more_last_change"] = True
    assert said in texts(again.run())
    assert fold.label.startswith("Wat er verandert vanaf week 1")


def test_a_name_that_was_searched_for_is_let_go_of_when_its_student_left(
    in_use: AppTest, jobs: list[FakeJob], sample_course: Course
) -> None:
    """“Nobody's name has Mehmet in it” stood where the groups were to be, once he had left."""
    one = sample_course.roster.students[0]
    in_use.text_input(key="search").set_value(one.name).run()
    known(stopped(in_use, one.id), jobs).button(key="carry_out").click().run()
    assert in_use.text_input(key="search").value == ""


def test_how_far_the_working_out_is_can_be_seen_and_stopped(
    in_use: AppTest, jobs: list[FakeJob], sample_course: Course
) -> None:
    """For minutes it said “Working out what that means”, with no sign of progress and no way to stop."""
    page = stopped(in_use, sample_course.roster.students[0].id)
    run = session_of(page).rerun.run
    assert run is not None
    run.started -= 5
    page.run()
    assert "5 seconden" in str([one.proto for one in page.get("progress")])
    page.button(key="stop_working_out").click().run()
    assert jobs[-1].stopped_at is not None


def test_the_way_to_the_plan_before_has_a_way_back(
    in_use: AppTest, jobs: list[FakeJob], sample_course: Course
) -> None:
    """One press put other groups in use, and nothing on the page undid that."""
    page = known(stopped(in_use, sample_course.roster.students[0].id), jobs)
    page.button(key="carry_out").click().run()
    after = session_of(page).course
    page.button(key="plan_before").click().run()
    assert session_of(page).course == sample_course
    page.button(key="plan_forth").click().run()
    now = session_of(page).course
    assert now is not None
    assert after is not None
    assert now.plan.group_of == after.plan.group_of


def test_somebody_new_and_somebody_who_stopped_are_one_piece_of_news(
    in_use: AppTest, jobs: list[FakeJob], sample_course: Course
) -> None:
    """Ada was placed while Mehmet's stop was pending; once that was carried out nobody was told of her."""
    session_of(in_use).in_use = session_of(in_use).in_use.model_copy(update={"since": AGO})
    gone = sample_course.plan.groups[0].members[0]
    page = stopped(in_use, gone)
    page.button(key="somebody_new").click().run()
    page.text_input(key="newcomer_name").set_value("Ada de Vries").run()
    page.text_input(key="newcomer_number").set_value("2000001").run()
    page.button(key="join_0").click().run()
    known(page, jobs).button(key="carry_out").click().run()
    now = session_of(page).course
    assert now is not None
    home, left = now.plan.group_of["2000001"], sample_course.plan.group_of[gone]
    for shown in (page, go(load(course_of(page)), "groups")):
        shown.session_state["more_last_change"] = True
        said = texts(shown.run())
        assert "Ada de Vries is nieuw." in said
        assert f"{sample_course.roster.shown_names[gone]} zit niet meer in de groep." in said
        assert f"{home}: " in said
        assert f"{left}: " in said
    handover = session_of(page).handover
    assert handover is not None
    assert {(one.name, one.to_group) for one in handover.changes} == {
        ("Ada de Vries", home),
        (sample_course.roster.shown_names[gone], None),
    }


def test_a_swap_that_is_undone_takes_no_news_away(
    in_use: AppTest, jobs: list[FakeJob], sample_course: Course
) -> None:
    """After a swap and its undo nothing said any more whom to tell of what was carried out before."""
    one = sample_course.roster.students[0]
    said = f"{one.name} zit niet meer in de groep."
    page = known(stopped(in_use, one.id), jobs)
    page.button(key="carry_out").click().run()
    first, second = sample_course.plan.groups[1].members[0], sample_course.plan.groups[2].members[0]
    told = {"who": css(f"name_{first}"), "card": css("group_2"), "onto": css(f"name_{second}"), "at": 0}
    page.text_input(key="dropped").set_value(json.dumps(told)).run()
    assert "3 groepen zijn veranderd" in texts(page)
    page.session_state["more_edit"] = True
    page.run()
    page.button(key="edit_undo").click().run()
    for one_page in (page, go(load(course_of(page)), "groups")):
        one_page.session_state["more_last_change"] = True
        assert said in texts(one_page.run())


def test_a_change_is_held_against_the_plan_once(
    in_use: AppTest, jobs: list[FakeJob], sample_course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Class list and rules were compared twice per change: for what waits, and for what that comes to."""
    held: list[int] = []

    def counted(previous: Previous, roster: Roster, *others: Any) -> Changes:
        held.append(1)
        return compare(previous, roster, *others)

    monkeypatch.setattr(compare_lists, "compare", counted)
    page = stopped(in_use, sample_course.roster.students[0].id)
    assert len(held) == 1
    known(page, jobs)
    go(page, "changes")
    assert len(held) == 1
    page.number_input(key=f"from_week_{session_of(page).rerun.id}").set_value(3).run()
    assert len(held) == 2

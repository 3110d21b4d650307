"""What is done by hand on the page of groups itself: dragging, undo, and which groups are seen."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import UTC, datetime

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from planner.edit import EditStep, History, Move, Rename, SavedEdits, Swap, handed_over
from planner.model.domain import ColumnKind, Group, Roster
from planner.model.handover import Handover
from planner.plans.course import Course
from planner.reporting.picture import picture
from planner.services.places import PlacesRequest, swap_partners
from planner.ui.groups import answers, choices, reveal
from planner.ui.groups.names import ELSEWHERE, LOCK, STOPPED
from planner.ui.groups.reveal import css
from planner.ui.session.pointed import pointed_at
from planner.ui.session.saving import repository
from planner.ui.shell import parts
from tests.builders.classes import make_groups, make_roster, make_rules
from tests.builders.edited_courses import course_of
from tests.builders.pages import (
    cards,
    go,
    load,
    session_of,
    texts,
    with_plan,
)
from tests.builders.pages import course_of as course_on


def now(page: AppTest) -> Course:
    course = session_of(page).course
    assert course is not None
    return course


def drop(page: AppTest, who: str, card: int, onto: str = "", at: int = 0) -> AppTest:
    """Drop a name on a card, or on a name there, as the script in the browser tells it."""
    told = {
        "who": css(f"name_{who}"),
        "card": css(f"group_{card}"),
        "onto": css(f"name_{onto}") if onto else "",
    }
    return page.text_input(key="dropped").set_value(json.dumps({**told, "at": at})).run()


def keys(page: AppTest) -> list[str]:
    return [str(button.key) for button in page.button]


# Dragged


def test_a_name_dropped_on_a_card_moves_there_and_comes_back(draft: AppTest, sample_course: Course) -> None:
    who = sample_course.plan.groups[0].members[0]
    drop(draft, who, 1)
    assert not draft.exception
    assert now(draft).plan.group_of[who] == sample_course.plan.groups[1].name
    name = sample_course.roster.shown_names[who]
    assert f"{name} naar {sample_course.plan.groups[1].name}." in texts(draft)
    assert draft.button(key="edit_undo").label.startswith(f"Ongedaan maken: {name} naar ")
    draft.button(key="undo_1").click().run()
    assert now(draft).plan == sample_course.plan
    assert "undo_1" not in keys(draft)
    assert "edit_undo" not in keys(draft)
    told = repository().history(course_on(draft))[0].what
    assert told.text("nl") == "groepen handmatig gewijzigd, en weer ongedaan gemaakt"
    draft.button(key="edit_redo").click().run()
    assert now(draft).plan.group_of[who] == sample_course.plan.groups[1].name


def test_a_name_that_is_dropped_on_a_name_swaps_with_it(draft: AppTest, sample_course: Course) -> None:
    one, other = sample_course.plan.groups[0].members[1], sample_course.plan.groups[3].members[2]
    drop(draft, one, 3, other)
    assert now(draft).plan.group_of[one] == sample_course.plan.groups[3].name
    assert now(draft).plan.group_of[other] == sample_course.plan.groups[0].name


def test_a_name_that_is_dropped_tells_of_third_parties_what_the_window_tells(
    draft: AppTest, sample_course: Course
) -> None:
    """The card said only which rules are met less well: nobody read whose wish it takes."""
    swap, lines = _about_a_third(sample_course)
    groups = [group.name for group in sample_course.plan.groups]
    to = groups.index(sample_course.plan.group_of[swap.second])
    drop(draft, swap.first, to, swap.second)
    assert not draft.exception
    assert now(draft).plan.group_of[swap.first] == groups[to]
    here = next(one.value for one in draft.markdown if "geruild" in one.value)
    for line in lines:
        assert line in here


def _about_a_third(course: Course) -> tuple[Swap, list[str]]:
    """Return a swap that means something for somebody who stays, with all that changes by it."""
    names = course.roster.shown_names
    for first in sorted(course.plan.group_of):
        found = swap_partners(PlacesRequest(course, first, most=3))
        for place in found.places:
            lines = [line.said.text("nl") for line in found.changed(place)]
            others = {*course.plan.group_of} - {first, place.partner}
            edit = found.edit(place)
            if isinstance(edit, Swap) and any(names[one] in line for one in others for line in lines):
                return edit, lines
    raise AssertionError("no swap of the sample class is about a third")


def test_what_breaks_a_required_rule_is_done_and_told(draft: AppTest, sample_course: Course) -> None:
    apart = sample_course.plan.group_of["0912399"]
    place = next(at for at, group in enumerate(sample_course.plan.groups) if group.name == apart)
    drop(draft, "0912345", place)
    assert now(draft).plan.group_of["0912345"] == apart
    assert re.search("“Uit elkaar: .*” klopt dan niet meer: ", texts(draft))


def test_who_is_locked_stays_and_the_card_says_so(draft: AppTest, sample_course: Course) -> None:
    who = sample_course.plan.groups[0].members[0]
    draft.menu_button(key=f"name_{who}").click(LOCK).run()
    drop(draft, who, 1)
    assert now(draft).plan.groups == sample_course.plan.groups
    assert "staat vast in" in texts(draft)


@pytest.mark.parametrize("text", ["", "{}", "[1]", "no", '{"who": "x", "card": "st-key-group_1"}'])
def test_what_the_browser_says_is_not_believed(draft: AppTest, sample_course: Course, text: str) -> None:
    draft.text_input(key="dropped").set_value(text).run()
    assert not draft.exception
    assert now(draft).plan == sample_course.plan


def test_a_drop_that_comes_to_nothing(draft: AppTest, sample_course: Course) -> None:
    groups = sample_course.plan.groups
    drop(draft, groups[0].members[0], 0)
    drop(draft, groups[0].members[0], 0, groups[0].members[1], at=1)
    drop(draft, groups[0].members[0], 1, groups[2].members[1], at=2)  # the page was another by then
    drop(draft, groups[0].members[0], 99, at=3)
    assert now(draft).plan == sample_course.plan


def test_a_drop_draws_two_cards_and_what_is_told_on_one_goes_with_the_next(
    draft: AppTest, sample_course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With editing folded away its fields were drawn all the same: a browser got no further than that."""
    drawn: list[set[str]] = []

    def only(chosen: Iterable[str] | None) -> None:
        drawn.append(set(chosen or ()))
        st.rerun()

    monkeypatch.setattr(parts, "only", only)
    groups = sample_course.plan.groups
    of_cards = {parts.card(place) for place in range(len(groups))}
    drop(draft, groups[0].members[0], 3, groups[3].members[0])
    assert drawn[-1] & of_cards == {parts.card(0), parts.card(3)}
    assert not drawn[-1] & {parts.PANEL, parts.LOCKS, parts.GROUPS}
    assert drawn[-1] >= {parts.UNDO, parts.REVEAL, parts.STANDING}
    drop(draft, groups[1].members[0], 2, groups[2].members[0], at=1)
    assert drawn[-1] & of_cards == {parts.card(1), parts.card(2), parts.card(3)}


# Undo after a reload


def test_undo_outlives_a_reload_and_goes_both_ways(draft: AppTest, sample_course: Course) -> None:
    """The edits of an earlier visit could not be undone; later they were, and only a time said which."""
    who = sample_course.plan.groups[0].members[0]
    name = sample_course.roster.shown_names[who]
    edited = now(drop(draft, who, 1)).plan
    again = go(load(course_on(draft)), "groups")
    undo = again.button(key="edit_undo")
    assert undo.label == f"Ongedaan maken: {name} naar {sample_course.plan.groups[1].name}"
    undo.click().run()
    assert not again.exception
    assert now(again).plan == sample_course.plan
    again.button(key="edit_redo").click().run()
    assert now(again).plan == edited
    again.button(key="edit_undo").click().run()
    third = go(load(course_on(draft)), "groups")
    assert now(third).plan == sample_course.plan
    assert "edit_undo" not in keys(third)  # these edits came to nothing


def test_after_a_reload_one_edit_after_another_is_undone(draft: AppTest, sample_course: Course) -> None:
    who, other = sample_course.plan.groups[0].members[:2]
    once = now(drop(draft, who, 1)).plan
    again = drop(go(load(course_on(draft)), "groups"), other, 2)
    third = go(load(course_on(draft)), "groups")
    assert now(third).plan == now(again).plan
    third.button(key="edit_undo").click().run()
    assert now(third).plan == once
    third.button(key="edit_undo").click().run()
    assert now(third).plan == sample_course.plan
    assert "edit_undo" not in keys(third)


def test_a_plan_that_was_made_is_not_undone(draft: AppTest) -> None:
    again = go(load(course_on(draft)), "groups")
    assert "edit_undo" not in keys(again)
    assert "edit_redo" not in keys(again)


def test_files_say_of_edits_of_an_earlier_visit_what_they_said_then() -> None:
    """A group that got another name in that visit is the same group: nobody in it moved."""
    roster = make_roster([{}, {}, {}, {}])
    start = course_of(make_rules("[groups]\nsize = [1, 3]\n"), roster, make_groups("ab", "cd"))
    base = Handover(week=1, previous=start.plan.group_of)
    one, two = (group.name for group in start.plan.groups)
    visit = History(start).do(Rename(group=one, name="Otters"))
    told = handed_over(base, visit)
    assert told is not None
    assert not told.changes
    later = History(visit.now).begun_before(start, SavedEdits(datetime(2026, 3, 2, tzinfo=UTC), told))
    assert handed_over(base, later) == told
    assert handed_over(base, later.undo()) == base
    moved = later.do(Move(student=roster.students[0].id, group=two))
    found = handed_over(base, moved)
    assert found is not None
    assert [change.student_id for change in found.changes] == [roster.students[0].id]
    assert moved.undo().undo().redo().redo() == moved
    assert isinstance(moved.done[0], EditStep)


# Which groups are seen, and what of their members


def test_only_groups_in_which_a_rule_is_not_met(draft: AppTest, sample_course: Course) -> None:
    field = draft.selectbox(key="unmet_rule")
    assert field.options
    for option in field.options:
        shown = draft.selectbox(key="unmet_rule").select(option).run()
        assert len(cards(shown)) == int(option.rpartition("(")[2].rstrip(")"))
    name = sample_course.roster.shown_names[now(draft).plan.groups[0].members[0]]
    draft.selectbox(key="unmet_rule").select(None).run()
    draft.text_input(key="search").set_value(name).run()
    assert len(cards(draft)) == 1
    assert not draft.exception


def test_an_edit_makes_other_rules_to_choose_from(draft: AppTest, sample_course: Course) -> None:
    assert not any("Uit elkaar" in option for option in draft.selectbox(key="unmet_rule").options)
    apart = sample_course.plan.group_of["0912399"]
    place = next(at for at, group in enumerate(sample_course.plan.groups) if group.name == apart)
    drop(draft, "0912345", place)
    option = next(one for one in draft.selectbox(key="unmet_rule").options if "Uit elkaar" in one)
    draft.selectbox(key="unmet_rule").select(option).run()
    assert len(cards(draft)) == 1
    draft.button(key="edit_undo").click().run()  # no such group any more: all of them
    assert not draft.exception
    assert len(cards(draft)) == len(sample_course.plan.groups)


def test_answers_stand_beside_the_names_for_the_visit(draft: AppTest, sample_course: Course) -> None:
    field = draft.multiselect(key="card_columns")
    assert field.value == []
    hidden = [one.heading for one in sample_course.roster.columns if one.kind is ColumnKind.SENSITIVE]
    assert not set(hidden) & set(field.options)
    who = sample_course.plan.groups[0].members[0]
    answer = sample_course.roster.by_id[who].answer("Opleiding")
    assert answer not in draft.menu_button(key=f"name_{who}").label
    field.set_value(["Opleiding"]).run()
    assert answer in draft.menu_button(key=f"name_{who}").label
    again = go(go(draft, "rules"), "groups")
    assert again.multiselect(key="card_columns").value == ["Opleiding"]
    assert answer in again.menu_button(key=f"name_{who}").label


def test_moments_are_short_and_in_order() -> None:
    roster = make_roster([{"Vrij": "di ochtend, ma middag, ma ochtend", "Doel": "x" * 90}])
    columns = tuple(
        column.model_copy(update={"kind": ColumnKind.SLOTS}) if column.heading == "Vrij" else column
        for column in roster.columns
    )
    seen = Roster(students=roster.students, columns=columns)
    free, goal = answers.beside(seen, seen.students[0].id, ("Vrij", "Doel"))
    assert free == "ma ochtend, middag; di ochtend"
    assert len(goal) == answers.LONGEST


# What an action came to is in view


def revealed(page: AppTest) -> list[str]:
    """Return which scripts bring something into view, with what they are told."""
    return [one.proto.body for one in page.get("html") if "hechtReveal" in one.proto.body]


def test_the_keyboard_goes_to_the_name_of_who_is_placed(draft: AppTest, sample_course: Course) -> None:
    who = sample_course.plan.groups[0].members[0]
    draft.menu_button(key=f"name_{who}").click(ELSEWHERE).run()
    assert not revealed(draft)
    button = next(key for key in keys(draft) if key.startswith("best_places_"))
    draft.button(key=button).click().run()
    (told,) = revealed(draft)
    assert f"name_{who}" in told


def test_who_is_placed_is_on_the_page_of_cards_that_is_seen(sample: AppTest, sample_course: Course) -> None:
    """With more than twelve groups the card could be on another page."""
    page = _of_twos(sample, sample_course)
    assert len(cards(page)) == 12
    page.session_state["more_edit"] = True
    page.run()
    course = now(page)
    last = course.plan.groups[13]
    who = course.plan.groups[0].members[0]
    drawn = page.session_state[parts.CARDS]
    assert choices.page_of(choices.matching(course, choices.Chosen(drawn.week)), 13) == 2
    drop(page, who, 13)
    assert now(page).plan.group_of[who] == last.name
    assert any(who in str(one.key) for one in page.menu_button)
    page.button(key="edit_undo").click().run()
    assert any(who in str(one.key) for one in page.menu_button)


# From the picture


def point(page: AppTest, row: int, column: int) -> AppTest:
    """Choose a cell of the picture, as the script in the browser tells it."""
    return page.text_input(key="pointed").set_value(json.dumps({"at": f"{row}-{column}"})).run()


def test_a_cell_of_the_picture_leads_to_the_card_of_its_group_and_tells_what_the_rule_is_there(
    sample: AppTest, sample_course: Course
) -> None:
    """A mark for every rule and group stood there, and a click on it did nothing."""
    page = _of_twos(sample, sample_course)
    course = now(page)
    page.session_state[choices.SEARCH] = course.roster.shown_names[course.plan.groups[0].members[0]]
    page.run()
    assert len(cards(page)) == 1
    seen = picture(course, course.plan.blocks[0], course.plan.outcome)
    row = next(at for at, one in enumerate(seen.rows) if one.marks[13].found)
    point(page, row, 13)
    assert not page.exception
    who = course.plan.groups[13].members[0]
    assert any(who in str(one.key) for one in page.menu_button)  # on the second page of cards
    told = next(one.value for one in page.markdown if seen.rows[row].rule.text("nl") in one.value)
    assert seen.rows[row].marks[13].found[0].text("nl") in told
    assert page.session_state[reveal.KEY][1:] == ("pointed_told", "group_13")
    point(page, row, 0)
    assert any(course.plan.groups[0].members[0] in str(one.key) for one in page.menu_button)
    for row, column in ((99, 0), (0, 99)):
        point(page, row, column)
        assert not page.exception
    drop(page, course.plan.groups[0].members[0], 1)
    assert pointed_at(now(page), course.plan.groups[0].name) is None  # of other groups it may not be true


def _of_twos(page: AppTest, course: Course) -> AppTest:
    """Show fourteen groups of two, which are more than a page of cards has."""
    everyone = [one.id for one in course.roster.students]
    groups = tuple(
        group.model_copy(update={"members": tuple(everyone[2 * at : 2 * at + 2])})
        for at, group in enumerate(_fourteen(course))
    )
    rules = course.rules.model_copy(
        update={"groups": course.rules.groups.model_copy(update={"size": (1, 4), "prefer": None})}
    )
    return with_plan(page, course_of(rules, course.roster, groups))


def _fourteen(course: Course) -> list[Group]:
    one = course.plan.groups[0]
    return [one.model_copy(update={"name": f"Groep {at + 1}"}) for at in range(14)]


def test_who_stopped_is_seen_among_the_pending_changes(draft: AppTest, sample_course: Course) -> None:
    draft.button(key="use_groups").click().run()
    who = sample_course.plan.groups[0].members[0]
    draft.menu_button(key=f"name_{who}").click(STOPPED).run()
    (told,) = revealed(draft)
    assert "pending" in told

"""Pending changes are what differs from the plan in use; without a change all is as it was."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from planner.model.domain import Roster
from planner.model.text import Language
from planner.plans.previous import previous_from_course
from planner.rules import Rules
from planner.services.compare_lists import ListComparison
from planner.services.pending import PendingChange, pending_changes
from planner.services.taking_back import without_changes
from tests.builders.eight import NEVER_ALONE, ONE_CHAIR, course, roster, student

COURSE = course(ONE_CHAIR)


def compared(listed: Roster, rules: Rules = ONE_CHAIR, stopped: str = "a") -> ListComparison:
    return ListComparison.of(previous_from_course(COURSE), rules, listed, 1, frozenset(stopped))


def told(changes: Iterable[PendingChange], language: Language = "en") -> list[str]:
    return [change.message.text(language) for change in changes]


def test_nothing_is_pending_where_nothing_changed() -> None:
    assert pending_changes(compared(COURSE.roster)) == ()


def test_who_left_who_came_and_whose_answer_changed() -> None:
    listed = roster("bcdefghz", yes="bz")
    found = pending_changes(compared(listed))
    assert told(found) == [
        "a name stopped (Group 1)",
        "z name is new",
        "b name: other answer to Chair",
    ]
    assert told(found, "nl") == [
        "a name is gestopt (Group 1)",
        "z name is nieuw",
        "b name: ander antwoord bij Chair",
    ]
    assert [change.student for change in found] == ["a", "z", "b"]


def test_who_is_missing_from_a_list_is_not_said_to_have_stopped() -> None:
    (one,) = pending_changes(compared(roster("bcdefgh"), stopped=""))
    assert one.message.text("en") == "a name is no longer on the class list (Group 1)"
    assert one.message.text("nl") == "a name staat niet meer op de klassenlijst (Group 1)"


def test_each_change_can_be_taken_back_alone_and_all_together() -> None:
    listed = roster("bcdefghz", yes="bz")
    found = compared(listed)
    changes = pending_changes(found)
    left, joined, answers = changes
    back = without_changes(found, [left])
    assert [one.id for one in back.students] == list("abcdefghz")
    assert back.by_id["a"].answer("Chair") == "yes"
    assert [one.id for one in without_changes(found, [joined]).students] == list("bcdefgh")
    assert without_changes(found, [answers]).by_id["b"].answer("Chair") == "no"
    assert without_changes(found, changes) == COURSE.roster


@pytest.mark.parametrize("gone", ["a", "h", "d", "ah", "ab", "gh"])
def test_who_comes_back_stands_where_they_stood(gone: str) -> None:
    listed = roster("".join(one for one in "abcdefgh" if one not in gone))
    found = compared(listed)
    assert without_changes(found, pending_changes(found)) == COURSE.roster


def test_a_number_that_somebody_else_has_now_is_not_listed_twice() -> None:
    other = student("a", "no").model_copy(update={"name": "Zoë Other", "sort_name": "Other, Zoë"})
    listed = Roster(students=(other, *roster("bcdefgh").students), columns=COURSE.roster.columns)
    found = compared(listed)
    again = without_changes(found, [change for change in pending_changes(found) if change.kind == "left"])
    assert len({one.id for one in again.students}) == len(again.students)


def test_rules_that_changed_are_pending_one_by_one() -> None:
    both = ONE_CHAIR.model_copy(
        update={"rule": NEVER_ALONE.rule, "groups": ONE_CHAIR.groups.model_copy(update={"size": (3, 5)})}
    )
    found = pending_changes(compared(COURSE.roster, both))
    assert {change.kind for change in found} == {"rules"}
    assert told(found) == [
        "New: Never alone on Chair",
        "Removed: At most 1 × Chair = yes",
        "Groups of 3–5, were 2–4",
    ]

"""The weeks in which groups held: what a course says of them after one rerun and the next."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from planner.audit.stability import blocks_of, stability
from planner.edit import Swap, apply
from planner.model.domain import Group
from planner.model.replan_options import ReplanOptions
from planner.plans.course import Course, Version
from planner.plans.plan_file import read_course
from planner.plans.weeks import begun_in, history_of, versions_of
from planner.replanning.previous_assignment import PreviousAssignment
from planner.replanning.replan_question import replan_problem
from planner.reporting.course_changes import changes_in
from planner.rules import Rules
from tests.builders.classes import make_groups, make_roster
from tests.builders.commands import groups_of, moved_by_hand, plan_of, rows
from tests.builders.nine import NUMBER, RULES, again, class_list, planned, swapped


@pytest.fixture
def moved(tmp_path: Path) -> Path:
    """The folder of a plan in which two traded places in week 3."""
    plan = planned(tmp_path, RULES.replace("weeks = 6", "weeks = 9"))
    swapped(plan)
    return again(plan, "third", 3)


def weeks_told(told: str) -> list[str]:
    return re.findall(r"^Week \d+: [^;]+", told, re.MULTILINE)


def course_of(folder: Path) -> Course:
    return read_course((folder / "plan.json").read_bytes())


def test_a_rerun_that_changes_nothing_leaves_the_last_one_in_its_week(moved: Path, capsys) -> None:
    """“Nobody has to move”, and then “Week 6: 2 students move”: those of week 3."""
    capsys.readouterr()
    after = again(moved, "sixth", 6)
    told = capsys.readouterr().out
    assert "Nobody has to move." in told
    assert weeks_told(told) == ["Week 3: 2 students move"]
    data = plan_of(after)
    assert data["plan"]["from_week"] == 6
    assert [version["from_week"] for version in data["history"]] == [1, 3]
    again(after, "seventh", 7)
    assert weeks_told(capsys.readouterr().out) == ["Week 3: 2 students move"]


def test_weeks_together_are_those_that_people_were_together(moved: Path) -> None:
    figures = []
    for folder in (moved, again(moved, "sixth", 6), again(moved, "again", 3)):
        course = course_of(folder)
        past = [(version.from_week, version.groups) for version in course.history]
        figures.append(stability(course.plan, course.roster, 9, past))
    assert figures[0].weeks_together == pytest.approx((5 * 9 + 4 * 2 + 4 * 7) / 13)
    assert figures[1] == figures[2] == figures[0]


def test_a_change_by_hand_is_one_of_the_week_of_the_rerun_that_reads_it(moved: Path, capsys) -> None:
    """It was told as a move of week 3, in which the plan before it had begun."""
    swapped(moved)
    capsys.readouterr()
    after = again(moved, "fifth", 5)
    assert weeks_told(capsys.readouterr().out) == ["Week 3: 2 students move", "Week 5: 2 students move"]
    assert [version["from_week"] for version in plan_of(after)["history"]] == [1, 3]


def test_an_edit_on_the_page_begins_the_only_version_of_its_week(moved: Path) -> None:
    """After a rerun that changed nothing it began another one, with the groups of before."""
    course = course_of(again(moved, "sixth", 6))
    first, second, _ = course.plan.groups
    edited = apply(course, Swap(first=first.members[0], second=second.members[0]), 7)
    assert [version.from_week for version in edited.history] == [1, 3]


def test_a_refresh_stays_in_its_week(tmp_path: Path, capsys) -> None:
    plan = planned(tmp_path, RULES + 'refresh_after = [3]\nmeet = "new"\n')
    capsys.readouterr()
    after = again(plan, "fifth", 5)
    assert weeks_told(capsys.readouterr().out) == ["Week 4: 6 students move"]
    assert [version["from_week"] for version in plan_of(after)["history"]] == [1, 4]
    again(after, "sixth", 6)
    assert weeks_told(capsys.readouterr().out) == ["Week 4: 6 students move"]


def test_what_a_plan_had_for_weeks_that_never_came_is_nobody_s_past(moved: Path, capsys) -> None:
    """From a plan that begins in week 3 a rerun goes back to week 2."""
    capsys.readouterr()
    after = again(moved, "second", 2)
    told = capsys.readouterr().out
    assert "The groups of the previous plan begin in week 3; from now on they begin in week 2." in told
    assert weeks_told(told) == ["Week 2: 2 students move"]
    assert [version["from_week"] for version in plan_of(after)["history"]] == [1]
    turns = plan_of(after)["plan"]["turns"]
    home = {
        member: group["name"] for group in plan_of(after)["plan"]["groups"] for member in group["members"]
    }
    assert all(home[turn["student_id"]] == turn["group"] for turn in turns if turn["week"] >= 2)


def test_the_sheet_of_a_week_tells_what_changed_in_that_week(moved: Path) -> None:
    """A second rerun in a week hid the first, and one that changed nothing told the last one again."""

    def told(folder: Path) -> dict[str, tuple[str | None, str | None]]:
        return {one.name: (one.from_group, one.to_group) for one in changes_in(course_of(folder), {})}

    first = told(moved)
    assert len(first) == 2
    assert told(again(moved, "sixth", 6)) == {}
    assert told(again(moved, "same", 3)) == first
    before = groups_of(moved / "groups.csv")
    others = [name for name in before if name not in first]
    one = others[0]
    two = next(name for name in others if before[name] != before[one])
    moved_by_hand(moved / "groups.csv", {one: before[two], two: before[one]})
    second = {one: (before[one], before[two]), two: (before[two], before[one])}
    assert told(again(moved, "twice", 3)) == first | second


def test_the_sheet_has_the_reasons_of_the_list_of_changes(moved: Path) -> None:
    """Whoever was placed by hand was told why there, and on the sheet how many were in the group before."""

    def reasons(folder: Path) -> list[str]:
        return [one.reason.text("en") for one in changes_in(course_of(folder), {})]

    assert [row["reason"] for row in rows(moved / "changes.csv")] == ["Placed here by hand."] * 2
    assert reasons(moved) == ["Placed here by hand."] * 2
    assert reasons(again(moved, "same", 3)) == ["Placed here by hand."] * 2
    assert "placed" not in plan_of(again(moved, "sixth", 6))


def test_files_of_the_rerun_before_are_not_left_in_the_folder(moved: Path) -> None:
    """Planned again into the same folder, changes.csv went on to tell of week 3."""
    assert rows(moved / "changes.csv")
    again(moved, moved.name, 6)
    assert rows(moved / "changes.csv") == []


# The parts of it

A, B, C = make_groups("ab", "cd"), make_groups("ac", "bd"), make_groups("ad", "bc")


def versions(*held: tuple[int, tuple[Group, ...]]) -> tuple[Version, ...]:
    return tuple(Version(from_week=week, groups=groups) for week, groups in held)


@pytest.mark.parametrize(
    ("before", "week", "groups", "history"),
    [
        (versions((1, A)), 3, B, versions((1, A))),
        (versions((1, A)), 1, B, versions((1, A))),  # before the term began: what everybody was told
        (versions((1, A)), 1, A, ()),
        (versions((1, A)), 3, A, versions((1, A))),
        (versions((1, A), (3, B)), 6, B, versions((1, A), (3, B))),
        (versions((1, A), (3, B)), 3, B, versions((1, A))),
        (versions((1, A), (3, B)), 3, C, versions((1, A), (3, B))),
        (versions((1, A), (3, B), (3, C)), 5, A, versions((1, A), (3, C))),
        (versions((1, A), (5, B)), 3, C, versions((1, A), (3, B))),
        (versions((1, A), (5, B), (8, C)), 4, A, versions((1, A), (4, C))),
    ],
)
def test_the_history_has_what_held(moved: Path, before, week, groups, history) -> None:
    plan = course_of(moved).plan.but(from_week=week, groups=groups)
    assert history_of(before, plan) == history


def test_groups_that_go_on_are_one_version(moved: Path) -> None:
    course = course_of(moved)
    shuffled = tuple(
        Group(name=group.name, members=group.members[::-1]) for group in reversed(course.plan.groups)
    )
    went_on = course.model_copy(
        update={
            "history": (*course.history, Version(from_week=3, groups=shuffled)),
            "plan": course.plan.but(from_week=6),
        }
    )
    assert versions_of(went_on) == versions_of(course)
    past = [(version.from_week, version.groups) for version in went_on.history]
    assert [week for week, _ in blocks_of(went_on.plan, past)] == [1, 3]


def test_pairs_have_been_together_for_as_many_weeks_as_they_were() -> None:
    """Also where the plan before begins later than the rerun, and with groups edited by hand."""
    roster = make_roster([{"id": one} for one in "abcd"])
    rules = Rules.model_validate({"groups": {"size": [2, 2]}, "roles": {"names": []}})
    earlier = PreviousAssignment(groups=C, planned=B, history=versions((1, A)), since=4)

    def weeks(now: int) -> dict[str, int]:
        before = replan_problem(rules, roster, earlier, ReplanOptions(from_week=now))
        return {"".join("abcd"[place] for place in pair): n for pair, n in before.weeks.items()}

    assert weeks(6) == {"ab": 3, "cd": 3, "ac": 2, "bd": 2, "ad": 0, "bc": 0}
    assert weeks(3) == {"ab": 2, "cd": 2, "ac": 0, "bd": 0, "ad": 0, "bc": 0}


def test_who_was_only_moved_by_hand_or_by_the_refresh_of_the_week_has_not_moved_before() -> None:
    """Whoever was put back was said to move for the second time, while they never moved."""
    roster = make_roster([{"id": one} for one in "abcd"])
    rules = Rules.model_validate({"groups": {"size": [2, 2]}, "roles": {"names": []}})
    first, options = Version(from_week=1, groups=A), ReplanOptions(from_week=3)
    assert replan_problem(rules, roster, PreviousAssignment(groups=B, planned=A), options).moved == set()
    refreshed = PreviousAssignment(groups=B, history=(first,), since=3, week_before=A)
    assert replan_problem(rules, roster, refreshed, options).moved == set()
    held = PreviousAssignment(groups=B, history=(first,), since=2)
    assert replan_problem(rules, roster, held, options).moved == {1, 2}


def test_a_class_list_in_another_order_is_no_change(moved: Path) -> None:
    class_list(moved.parent / "nine.csv", dict(reversed(NUMBER.items())))
    data = plan_of(again(moved, "turned", 6))
    assert [version["from_week"] for version in data["history"]] == [1, 3]


def test_a_draft_that_is_used_from_a_later_week_has_no_past(moved: Path) -> None:
    draft = course_of(moved).model_copy(update={"history": ()})
    first, last = draft.plan.from_week, draft.rules.term.weeks
    assert begun_in(draft, first) is draft
    begun = begun_in(draft, last)
    assert begun.plan.from_week == last
    assert begun.history == ()
    assert {turn.week for turn in begun.plan.turns} <= {last}
    assert begun.plan.groups == draft.plan.block_of(last).groups
    assert begun.plan.later == ()

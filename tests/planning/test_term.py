"""Whole terms: planned block by block, audited, saved, and gone on with after dropouts."""

from __future__ import annotations

import csv
import io
from itertools import combinations

import pytest

from planner.audit.stability import stability
from planner.audit.term_audit import audit_term
from planner.engines.common.watch import Watch
from planner.exports.tables import roles_csv
from planner.model.domain import Plan, Roster, Turn, group_of
from planner.model.replan_options import ReplanOptions
from planner.planning import term
from planner.planning.formation import form
from planner.planning.roles import plan_turns
from planner.planning.term import plan_term, previous_at, with_refreshes
from planner.plans.course import Course, only_used
from planner.plans.plan_file import read_course, write_course
from planner.plans.previous import previous_from_course
from planner.plans.weeks import at_week
from planner.replanning.changes import Changes, Same
from planner.replanning.previous_assignment import next_course, previous_assignment
from planner.rules import Rules
from planner.services.replan import ReplanRequest, replan
from tests.builders.classes import make_roster, make_rules

RULES = """
[groups]
size = [3, 5]
[[rule]]
kind = "never-alone"
column = "Gender"
values = ["v"]
importance = "must"
[[rule]]
kind = "balance"
column = "Cijfer"
[[rule]]
kind = "apart"
students = ["s00", "s13"]
[roles]
names = ["A", "B", "C"]
opt_out = "Rol"
[term]
weeks = 9
refresh_after = [3, 6]
"""


def twenty_four() -> Roster:
    return make_roster(
        [
            {
                "id": f"s{n:02}",
                "name": f"Student {n}",
                "Gender": "v" if n % 3 else "m",
                "Cijfer": str(5 + n * 7 % 11 / 2),
                "Rol": "A" if n % 5 == 0 else "",
            }
            for n in range(24)
        ]
    )


@pytest.fixture(scope="module")
def rules() -> Rules:
    return make_rules(RULES)


@pytest.fixture(scope="module")
def course(rules: Rules) -> Course:
    roster = twenty_four()
    plan = plan_term(rules, roster, effort="quick")
    return Course(roster=only_used(roster, rules), rules=rules, plan=plan)


def test_every_block_holds_and_keeps_what_a_refresh_promises(course: Course) -> None:
    plan = course.plan
    audited = audit_term(course.rules, course.roster, plan)
    assert [(block.from_week, block.until) for block in audited] == [(1, 3), (4, 6), (7, 9)]
    assert all(block.holds for block in audited)
    without_proof = {"bound": None, "proof": None, "prices": ()}
    assert audited[0].audit.reports == tuple(
        report.model_copy(update=without_proof) for report in plan.outcome.rules
    )
    # What was proven when the groups were formed is still there.
    assert {report.proof is None for report in plan.outcome.rules if report.kind == "preferred-size"} == {
        False
    }
    names = [[group.name for group in block.groups] for block in plan.blocks]
    assert names[0] == names[1] == names[2]
    for before, after in zip(plan.blocks, plan.blocks[1:], strict=False):
        was = {s: set(group.members) for group in before.groups for s in group.members}
        own = group_of(before.groups)
        moved = 0
        for group in after.groups:
            assert not {"s00", "s13"} <= set(group.members)
            for student in group.members:
                assert len(was[student] & set(group.members)) >= 2  # somebody familiar beside themselves
                if own[student] != group.name:
                    moved += 1
                    assert set(group.members) - was[student]
        assert 0 < moved <= 6


def test_a_refresh_says_how_many_meet_and_how_many_could(course: Course) -> None:
    for block, change in zip(
        course.plan.later, stability(course.plan, course.roster, 9).changes, strict=True
    ):
        meetings = block.stages[0]
        assert (meetings.name, meetings.value) == ("first-meetings", change.first_meetings)
        assert meetings.limit is not None
        assert 0 < meetings.value <= meetings.limit
        assert [stage.name for stage in block.stages] == ["first-meetings", "second-moves", "cost"]


def test_every_week_has_the_roles_of_its_block(course: Course) -> None:
    plan = course.plan
    assert sorted({turn.week for turn in plan.turns}) == list(range(1, 10))
    for turn in plan.turns:
        groups = {group.name: group.members for group in plan.block_of(turn.week).groups}
        assert turn.student_id in groups[turn.group]
    for block in audit_term(course.rules, course.roster, plan):
        told = {f.message.text("en") for f in block.audit.reports[-1].findings}
        assert "In some week a role is still open." not in told
        assert "In some week someone has two roles." not in told


def test_roles_csv_has_everybody_in_every_week(course: Course) -> None:
    written = roles_csv(course.roster, course.plan).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(written), delimiter=";"))
    assert [int(row["week"]) for row in rows] == sorted(int(row["week"]) for row in rows)
    for week in range(1, 10):
        here = [row for row in rows if row["week"] == str(week)]
        assert {row["student_id"] for row in here} == set(course.roster.by_id)
        groups = group_of(course.plan.block_of(week).groups)
        assert all(groups[row["student_id"]] == row["group"] for row in here)


@pytest.mark.parametrize(("many", "looks_back"), [(0, False), (100, True)])
def test_roles_of_very_many_groups_do_not_look_back_once_all_has_to_end(
    course: Course, monkeypatch: pytest.MonkeyPatch, many: int, looks_back: bool
) -> None:
    """With hundreds of groups roles took minutes after the time limit."""
    seen: list[bool] = []

    def dealt(*args: object, past: tuple[Turn, ...], **options: object) -> tuple[Turn, ...]:
        seen.append(bool(past))
        return plan_turns(*args, past=past, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(term, "MANY", many)
    monkeypatch.setattr(term, "plan_turns", dealt)
    first = course.plan.but(later=())
    again = with_refreshes(course.rules, course.roster, first, watch=Watch(wanted_stop=lambda: True))
    assert seen == [False, looks_back, looks_back]
    assert {turn.week for turn in again.turns} == set(range(1, 10))


@pytest.mark.parametrize("stopped", [False, True])
def test_a_refresh_that_was_cut_short_is_told_of_the_plan(course: Course, stopped: bool) -> None:
    """The first groups were made in time, and nothing said that what came after them was not."""
    first = course.plan.but(later=())
    assert not first.outcome.cut_short
    again = with_refreshes(course.rules, course.roster, first, watch=Watch(wanted_stop=lambda: stopped))
    assert again.outcome.cut_short is stopped


def test_a_course_with_blocks_comes_back_from_its_file(course: Course) -> None:
    written = write_course(course)
    assert read_course(written) == course
    assert write_course(read_course(written)) == written


def test_the_same_class_gives_the_same_term(course: Course, rules: Rules) -> None:
    again = plan_term(rules, twenty_four(), effort="quick")
    assert (again.groups, again.later, again.turns) == (
        course.plan.groups,
        course.plan.later,
        course.plan.turns,
    )


def test_without_a_refresh_a_term_is_a_first_plan() -> None:
    rules = make_rules("[groups]\nsize = [3, 4]\n[term]\nweeks = 4")
    roster = make_roster([{"id": str(n)} for n in range(9)])
    one, other = form(rules, roster, effort="quick"), plan_term(rules, roster, effort="quick")
    assert one.later == other.later == ()
    assert (one.groups, one.turns, one.from_week) == (other.groups, other.turns, 1)


def test_a_term_of_one_block_each_week_lets_everyone_meet() -> None:
    """Fifteen in threes: seven weeks in which every two meet exactly once (Kirkman 1850)."""
    rules = make_rules(
        "[groups]\nsize = [3, 3]\n[roles]\nnames = []\n"
        '[term]\nweeks = 7\nrefresh_after = [1, 2, 3, 4, 5, 6]\nmeet = "new"'
    )
    roster = make_roster([{"id": f"{n:02}"} for n in range(15)])
    plan = plan_term(rules, roster, effort="quick")
    met = [
        pair
        for block in plan.blocks
        for group in block.groups
        for pair in combinations(sorted(group.members), 2)
    ]
    assert sorted(met) == sorted(combinations([f"{n:02}" for n in range(15)], 2))
    repeats = plan.later[0].stages[0]
    assert (repeats.name, repeats.value, repeats.proven) == ("repeats", 0, True)
    assert all(block.holds for block in audit_term(rules, roster, plan))


def test_who_keeps_too_many_stays_where_they_are() -> None:
    rules = make_rules("[groups]\nsize = [3, 5]\n[term]\nweeks = 4\nrefresh_after = [2]\nkeep_familiar = 2")
    roster = make_roster([{"id": f"{n:02}"} for n in range(20)])
    plan = plan_term(rules, roster, effort="quick")
    assert plan.later[0].groups == plan.groups
    assert plan.later[0].stages[0].limit == 0


# Later in the term


def without(roster: Roster, *gone: str) -> Roster:
    return Roster(students=tuple(s for s in roster.students if s.id not in gone), columns=roster.columns)


def replanned(course: Course, roster: Roster, week: int) -> tuple[Plan, Course]:
    previous = previous_at(previous_from_course(course), week)
    changes = Changes(same=tuple(Same(old_id=s.id, new_id=s.id) for s in roster.students))
    earlier = previous_assignment(previous.groups, previous.turns, previous.course, changes)
    plan = replan(ReplanRequest(course.rules, roster, earlier, ReplanOptions(from_week=week)), watch=Watch())
    return plan, next_course(course.rules, roster, earlier, plan)


def test_a_course_in_a_later_week_stands_at_that_block(course: Course) -> None:
    now = at_week(course, 5)
    assert now.plan.groups == course.plan.later[0].groups
    assert (now.plan.from_week, now.plan.later) == (4, ())
    assert [(version.from_week, version.groups) for version in now.history] == [(1, course.plan.groups)]
    assert {turn.week for turn in now.plan.turns} == set(range(1, 7))
    assert at_week(course, 2).plan.groups == course.plan.groups


def test_after_a_dropout_the_block_of_then_is_mended_and_the_rest_planned_anew(course: Course) -> None:
    roster = without(course.roster, "s04", "s05")
    plan, after = replanned(course, roster, 5)
    assert (plan.from_week, [block.from_week for block in plan.later]) == (5, [7])
    assert [version.from_week for version in after.history] == [1, 4]
    before = group_of(course.plan.later[0].groups)
    moved = [s for group in plan.groups for s in group.members if before[s] != group.name]
    assert len(moved) == plan.outcome.moves <= 3
    audited = audit_term(course.rules, roster, plan, [version.groups for version in after.history])
    assert all(block.holds for block in audited)
    past = [turn for turn in course.plan.turns if turn.week < 5 and turn.student_id in roster.by_id]
    assert [turn for turn in plan.turns if turn.week < 5] == past
    assert sorted({turn.week for turn in plan.turns}) == list(range(1, 10))
    assert read_course(write_course(after)) == after


def test_groups_changed_by_hand_are_the_ones_there_are(course: Course) -> None:
    previous = previous_from_course(course)
    first, second, *rest = previous.groups
    swapped = (
        first.model_copy(update={"members": (*first.members[1:], second.members[0])}),
        second.model_copy(update={"members": (*second.members[1:], first.members[0])}),
        *rest,
    )
    now = previous_at(previous.model_copy(update={"groups": swapped}), 8)
    assert now.groups == swapped
    assert now.course is not None
    assert now.course.plan.later == ()


def test_who_moved_before_the_refresh_stays_where_another_can_move(course: Course) -> None:
    plan = with_refreshes(
        course.rules, course.roster, course.plan.model_copy(update={"later": ()}), [], watch=Watch()
    )
    assert plan.later[1].stages[1].name == "second-moves"
    moves = stability(plan, course.roster, 9).moves
    twice = sum(count > 1 for count in moves.values())
    assert twice == plan.later[1].stages[1].value


def test_groups_that_a_rerun_replaced_before_they_began_are_nobody_s_past(course: Course) -> None:
    """People of a plan that was made anew in its first week have not met because of it."""
    roster = without(course.roster, "s04")
    plan, after = replanned(course, roster, 1)
    assert [version.from_week for version in after.history] == [1]
    for change, block in zip(
        stability(plan, roster, 9, [(1, course.plan.groups)]).changes, plan.later, strict=True
    ):
        assert change.first_meetings == block.stages[0].value

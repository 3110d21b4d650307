"""Courses lived through by chance: in every week every file says what the record beside it says."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from planner.audit.stability import stability
from planner.model.domain import group_of
from planner.model.labels import alike
from planner.reporting.course_changes import changes_in
from tests.builders.commands import groups_of, plan_of, rows, run
from tests.builders.lived import Lived
from tests.builders.record import WEEKS, Placed, changes

STEPS = 4  # plans after the first one
COURSES = 8


@pytest.mark.parametrize("seed", range(COURSES))
def test_every_file_of_every_week_says_what_happened(seed: int, tmp_path: Path) -> None:
    """What a course carried over was wrong after an edit by hand, a rename or a rerun without changes."""
    lived = Lived(tmp_path, seed)
    lived.begin()
    for _ in range(STEPS):
        week = min(WEEKS, lived.record.week + lived.chance.choice([0, 1, 1, 2, 3]))
        planned = dict(lived.record.groups)
        if lived.goes_on(week):
            check(lived, planned)


def check(lived: Lived, planned: dict[int, Placed]) -> None:
    check_lists(lived)
    check_changes(lived)
    check_sheet(lived)
    check_past(lived)
    check_roles(lived)
    check_term(lived)
    check_asked(lived)
    if lived.quiet:
        assert all(lived.record.groups[week] == planned[week] for week in planned)


def named(lived: Lived, listed: dict[str, str]) -> Placed:
    tags = {person.name: tag for tag, person in lived.record.people.items()}
    return {tags[name]: group for name, group in listed.items()}


def check_lists(lived: Lived) -> None:
    """Lists of groups, of this block and of later ones, and the mail."""
    record, week = lived.record, lived.record.week
    assert record.groups[week].keys() == record.people.keys()
    assert named(lived, groups_of(lived.plan / "groups.csv")) == record.groups[week]
    later = {int(path.name.removeprefix("from-week-")): path for path in lived.plan.glob("from-week-*")}
    for first, path in later.items():
        assert named(lived, groups_of(path / "groups.csv")) == record.groups[first]
    assert run("mail", lived.plan) == 0
    mail = {row["name"]: row for row in rows(lived.plan / "mail.csv")}
    for row in rows(lived.plan / "groups.csv"):
        sent = mail.pop(row["name"])
        assert sent["group"] == row["group"]
        assert sent["role"] == (row["role"] or "no fixed role, you add what others miss")
    assert not mail


def check_changes(lived: Lived) -> None:
    """Who moves, is new or left: each once, under the names that groups have now."""
    record = lived.record
    now = record.groups[record.week]
    people = {**record.gone, **record.people}
    tags = {person.name: tag for tag, person in people.items()}
    path = lived.plan / "changes.csv"
    told = {row["name"]: (row["from_group"], row["to_group"]) for row in rows(path)} if path.exists() else {}
    assert {tags[name]: change for name, change in told.items()} == changes(lived.held, now)
    moves = sum(now[tag] != group for tag, group in lived.home.items() if tag in now)
    assert plan_of(lived.plan)["outcome"]["moves"] == moves


def check_sheet(lived: Lived) -> None:
    """What the teacher reads in the first week of a plan: what differs from the week before."""
    record, tag_of = lived.record, lived.record.tag_of
    told = {
        tag_of[one.student_id]: (one.from_group or "", one.to_group or "")
        for one in changes_in(lived.course, {})
        if one.student_id in tag_of
    }
    if record.week > 1:
        was = record.here(record.week - 1)
        assert told == changes(was, record.groups[record.week])


def check_past(lived: Lived) -> None:
    """Weeks that are past are as they were."""
    record, course = lived.record, lived.course
    tag_of = record.tag_of
    assert course.plan.from_week == record.week
    starts = {first for first, _ in course.rules.term.blocks()}
    for one, after in pairwise(course.history):
        assert one.from_week < after.from_week
        assert after.from_week in starts or not alike(one.groups, after.groups)
    for week in range(1, record.week):
        version = next(one for one in reversed(course.history) if one.from_week <= week)
        was = group_of(version.groups)
        assert {tag_of[one]: group for one, group in was.items() if one in tag_of} == record.here(week)


def check_roles(lived: Lived) -> None:
    """Roles of weeks to come are of those who are in the group then; those of the past stay."""
    record, tag_of = lived.record, lived.record.tag_of
    found: dict[int, dict[int, set[str]]] = {week: {} for week in range(1, WEEKS + 1)}
    for row in rows(lived.plan / "roles.csv"):
        week, tag = int(row["week"]), tag_of.get(row["student_id"])
        if row["role"] and tag is not None:
            assert row["group"] == record.groups[week][tag]
            found[week].setdefault(tag, set()).add(row["role"])
    for week, roles in found.items():
        wanted = record.roles[week]
        assert all(roles[tag] == wanted[tag] for tag in roles)
        assert (wanted.keys() & record.always) <= roles.keys()
        assert week < record.week or roles.keys() == wanted.keys()


def check_term(lived: Lived) -> None:
    """The figures of the term, and what the command says of them."""
    record, course = lived.record, lived.course
    past = [(version.from_week, version.groups) for version in course.history]
    found = stability(course.plan, course.roster, WEEKS, past)
    tag_of, moves = record.tag_of, record.moves()
    told = {change.from_week: {tag_of[one] for one in change.moved} for change in found.changes}
    assert {week: moved for week, moved in told.items() if moved} == moves
    assert found.weeks_together == pytest.approx(record.weeks_together())
    if lived.said:
        lines = re.findall(r"^Week (\d+): (\d+|one) students? moves?;", lived.said, re.MULTILINE)
        said = {int(week): 1 if count == "one" else int(count) for week, count in lines}
        assert {week: count for week, count in said.items() if count} == {
            week: len(moved) for week, moved in moves.items()
        }


def check_asked(lived: Lived) -> None:
    """Locks, links of goals and rules about people are about the same people and groups."""
    record, data = lived.record, plan_of(lived.plan)
    tag_of, now = record.tag_of, record.groups[record.week]
    home = {tag: group for tag, group in lived.home.items() if tag in record.people}
    record.closed &= set(now.values())
    locks = data.get("locks", {"students": [], "groups": []})
    assert {tag_of[one] for one in locks["students"]} == record.locked
    assert set(locks["groups"]) == record.closed
    assert all(now[tag] == home[tag] for tag in record.locked)
    for group in record.closed:
        assert {tag for tag in now if now[tag] == group} == {tag for tag in home if home[tag] == group}
    rules = data["rules"]
    assert {tag_of[one]: goal for one, goal in rules["goals"]["links"].items()} == record.links
    assert [{tag_of[one] for one in rule["students"]} for rule in rules["rule"]] == (
        [set(record.apart)] if record.apart else []
    )

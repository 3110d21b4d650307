"""Blocks still to come after a rerun: what of them changes, what stays, and what is said."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

import pytest

from planner.plans.plan_file import read_course
from planner.reporting.course_changes import changes_in
from tests.builders.commands import groups_of, plan_of, rows
from tests.builders.nine import NUMBER, RULES, again, class_list, planned, swapped

NEW = RULES.replace("[3, 3]", "[2, 4]").replace("weeks = 6", "weeks = 9")
NEW += 'refresh_after = [3, 6]\nmeet = "new"\n'
LIGHT = NEW.replace('meet = "new"', "max_moved = 1.0\nkeep_familiar = 0")


def leaves(folder: Path, name: str) -> None:
    class_list(folder / "nine.csv", {one: number for one, number in NUMBER.items() if one != name})


def later(folder: Path) -> dict[int, dict[str, str]]:
    """Return the groups of the blocks to come by name, by their first week."""
    return {
        int(path.name.removeprefix("from-week-")): groups_of(path / "groups.csv")
        for path in folder.glob("from-week-*")
    }


def told_to_change(told: str) -> dict[int, int]:
    """Return how many are said to be elsewhere than planned, by the week."""
    lines = re.findall(r"From week (\d+), (one|\d+) students? (?:is|are) in another group", told)
    return {int(week): 1 if count == "one" else int(count) for week, count in lines}


def pairs(groups: dict[str, str]) -> set[frozenset[str]]:
    return {frozenset(two) for two in combinations(groups, 2) if groups[two[0]] == groups[two[1]]}


@pytest.mark.parametrize("rules", [NEW, LIGHT])
@pytest.mark.parametrize("week", [1, 2, 5])
def test_where_nothing_changes_the_blocks_to_come_stay(rules: str, week: int, tmp_path: Path, capsys) -> None:
    """A rerun in the second block drew other groups for the third."""
    plan = planned(tmp_path, rules)
    roles = {(row["week"], row["name"]): row["role"] for row in rows(plan / "roles.csv")}
    capsys.readouterr()
    after = again(plan, "after", week)
    told = capsys.readouterr().out
    assert later(after) == {first: groups for first, groups in later(plan).items() if first > week}
    assert {
        (row["week"], row["name"]): row["role"] for row in rows(after / "roles.csv")
    }.items() <= roles.items()
    assert told_to_change(told) == {}
    assert "replanned" not in told


@pytest.mark.parametrize("rules", [NEW, LIGHT])
@pytest.mark.parametrize("week", [1, 2, 5])
def test_groups_of_later_blocks_that_change_are_told(rules: str, week: int, tmp_path: Path, capsys) -> None:
    """Nothing was said of them, though everybody had a list with these groups."""
    plan = planned(tmp_path, rules)
    leaves(tmp_path, "Ada Vos")
    capsys.readouterr()
    after = again(plan, "after", week)
    told = capsys.readouterr().out
    planned_ = later(plan)
    moved = {
        first: sum(planned_[first][name] != group for name, group in groups.items())
        for first, groups in later(after).items()
    }
    assert told_to_change(told) == {first: count for first, count in moved.items() if count}


def test_a_rerun_before_the_term_moves_only_whom_it_says(tmp_path: Path, capsys) -> None:
    """The mended groups were thrown away for those of a design in which nobody meets twice: all moved."""
    plan = planned(tmp_path, NEW)
    before = groups_of(plan / "groups.csv")
    leaves(tmp_path, "Ada Vos")
    after = again(plan, "after", 1)
    now = groups_of(after / "groups.csv")
    moved = {name for name, group in now.items() if before[name] != group}
    assert len(moved) == plan_of(after)["outcome"]["moves"]
    told = {row["name"] for row in rows(after / "changes.csv") if row["from_group"] and row["to_group"]}
    assert told == moved


@pytest.mark.parametrize("week", [2, 3, 5])
def test_who_goes_on_together_does_not_meet_again(week: int, tmp_path: Path, capsys) -> None:
    """Pairs of a block that goes on after a rerun counted as pairs who meet for a second time."""
    plan = planned(tmp_path, NEW)
    leaves(tmp_path, "Ada Vos")
    capsys.readouterr()
    after = again(plan, "after", week)
    told = capsys.readouterr().out
    said = re.findall(r"Over all blocks, (one|\d+) pairs? (?:is|are) in the same group again", told)
    blocks: dict[int, set[frozenset[str]]] = {1: set(), 2: set(), 3: set()}
    held = {1: groups_of(plan / "groups.csv"), **later(plan)}
    for first, groups in held.items():
        if first <= week - 1:
            blocks[(first + 2) // 3] |= pairs(groups)
    blocks[(week + 2) // 3] |= pairs(groups_of(after / "groups.csv"))
    for first, groups in later(after).items():
        blocks[(first + 2) // 3] |= pairs(groups)
    here = set(groups_of(after / "groups.csv"))
    met = [pair for block in blocks.values() for pair in block if pair <= here]
    again_ = len(met) - len(set(met))
    assert {1 if one == "one" else int(one) for one in said} == {again_}


# A rerun from the very week of a refresh


def moves_between(before: dict[str, str], after: dict[str, str]) -> dict[str, tuple[str, str]]:
    return {name: (before[name], group) for name, group in after.items() if before[name] != group}


def changes_told(folder: Path) -> dict[str, tuple[str, str]]:
    return {row["name"]: (row["from_group"], row["to_group"]) for row in rows(folder / "changes.csv")}


@pytest.mark.parametrize("rules", [NEW, LIGHT])
def test_a_rerun_from_the_week_of_a_refresh_hands_the_refresh_over(
    rules: str, tmp_path: Path, capsys
) -> None:
    """“Nobody has to move”, without a list of changes or an import, while the refresh moved people."""
    plan = planned(tmp_path, rules)
    moves = moves_between(groups_of(plan / "groups.csv"), groups_of(plan / "from-week-4" / "groups.csv"))
    assert moves
    imports = {
        path.name: path.read_bytes() for path in (plan / "from-week-4" / "imports").glob("*-changes*.csv")
    }
    assert imports
    capsys.readouterr()
    after = again(plan, "plan", 4)
    told = capsys.readouterr().out
    assert "Nobody has to move." in told
    assert f"{len(moves)} students move with the refresh of this week, as planned:\n" in told
    assert changes_told(after) == moves
    reason = "A refresh is planned this week."
    assert {row["reason"] for row in rows(after / "changes.csv")} == {reason}
    assert {path.name: path.read_bytes() for path in (after / "imports").glob("*-changes*.csv")} == imports
    course = read_course((after / "plan.json").read_bytes())
    assert {one.reason.text("en") for one in changes_in(course, {})} == {reason}


def test_whom_a_hand_moved_in_the_week_of_a_refresh_is_told_beside_it(tmp_path: Path, capsys) -> None:
    """What the refresh did and what a hand did are both held against the week before."""
    plan = planned(tmp_path, LIGHT)
    before, then = (groups_of(path / "groups.csv") for path in (plan, plan / "from-week-4"))
    hand = swapped(plan / "from-week-4")
    capsys.readouterr()
    after = again(plan, "after", 4)
    told = changes_told(after)
    assert told == moves_between(before, then | hand)
    by_hand = {row["name"] for row in rows(after / "changes.csv") if row["reason"] == "Placed here by hand."}
    assert by_hand == told.keys() & hand.keys()


def test_a_week_after_a_refresh_its_moves_are_told_no_more(tmp_path: Path) -> None:
    plan = planned(tmp_path, LIGHT)
    assert rows(again(plan, "after", 5) / "changes.csv") == []


def test_whom_the_rerun_keeps_from_the_refresh_of_its_week_is_told(tmp_path: Path, capsys) -> None:
    """They count among the moves, as those are counted from the refreshed groups, and have no change."""
    plan = planned(tmp_path, LIGHT)
    before, then = (groups_of(path / "groups.csv") for path in (plan, plan / "from-week-4"))
    one = next(iter(moves_between(before, then)))
    new = next(name for name in then if then[name] == then[one] and name != one)
    apart = f'[[rule]]\nkind = "apart"\nstudents = ["{NUMBER[one]}", "{NUMBER[new]}"]\nimportance = "must"\n'
    (tmp_path / "rules.toml").write_text(LIGHT + apart)
    capsys.readouterr()
    after = again(plan, "after", 4, "--rules", tmp_path / "rules.toml", "--keep-student", NUMBER[new])
    told, now = capsys.readouterr().out, groups_of(after / "groups.csv")
    print(before, then, now, told)
    assert changes_told(after) == moves_between(before, now)
    stays = f"{one} was going to move to {then[one]} with the refresh and "
    assert (
        stays + (f"stays in {now[one]}." if now[one] == before[one] else f"goes to {now[one]} instead.")
        in told
    )

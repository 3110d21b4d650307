"""A groups.csv that somebody changed: what follows from it, from which week on, and what is told of it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from planner.model.domain import Group
from planner.model.labels import renamed
from tests.builders.classes import make_groups
from tests.builders.commands import (
    groups_of,
    moved_by_hand,
    plan_of,
    renamed_by_hand,
    roles_of,
    rows,
    run,
)
from tests.builders.nine import NUMBER, RULES, again, planned, swapped, two_apart


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    return planned(tmp_path)


def test_roles_follow_the_edited_groups_from_the_week_of_the_rerun(plan: Path, capsys) -> None:
    """Both who traded places kept their roles in the groups that they had left."""
    before = groups_of(plan / "groups.csv")
    past = roles_of(plan, (1, 2))
    now = swapped(plan)
    capsys.readouterr()
    after = again(plan, "after", 3)
    told = capsys.readouterr().out
    groups = groups_of(after / "groups.csv")
    assert groups == before | now
    assert roles_of(after, (1, 2)) == past
    assert roles_of(after, (3, 4, 5, 6)) == {
        (str(week), group, name) for week in (3, 4, 5, 6) for name, group in groups.items()
    }
    assert run("mail", after) == 0
    mail = {row["name"]: row for row in rows(after / "mail.csv")}
    role = {row["name"]: row["role"] for row in rows(after / "groups.csv")}
    for name, row in mail.items():
        mates = [one.split()[0] for one in groups if groups[one] == groups[name] and one != name]
        assert (row["group"], row["role"]) == (groups[name], role[name])
        assert row["people"] == " and ".join(mates)
    assert "Week 3: 2 students move; 5 of 9 pairs stay together" in told


def test_what_a_hand_changed_is_told_once(plan: Path, capsys) -> None:
    before = groups_of(plan / "groups.csv")
    now = swapped(plan)
    capsys.readouterr()
    after = again(plan, "after", 3)
    told = capsys.readouterr().out
    changes = {row["name"]: row for row in rows(after / "changes.csv")}
    assert {name: (row["from_group"], row["to_group"]) for name, row in changes.items()} == {
        name: (before[name], group) for name, group in now.items()
    }
    assert {row["reason"] for row in changes.values()} == {"Placed here by hand."}
    assert "Nobody has to move.\n2 students were moved by hand since the last plan:\n" in told
    assert told.count("The groups were edited after the plan was made") == 1
    last = again(after, "last", 5)
    assert rows(last / "changes.csv") == []


def test_the_groups_of_the_plan_held_until_the_rerun(plan: Path) -> None:
    before = plan_of(plan)["plan"]["groups"]
    swapped(plan)
    data = plan_of(again(plan, "after", 3))
    assert data["history"] == [{"from_week": 1, "groups": before}]
    assert data["plan"]["from_week"] == 3


def test_who_moved_by_hand_has_no_turn_in_the_group_they_left(plan: Path) -> None:
    """Nobody took their place, so that only the turns themselves tell that something changed."""
    one, other = two_apart(plan)
    rules = plan.parent / "rules.toml"
    rules.write_text(rules.read_text().replace("[3, 3]", "[2, 4]"))
    groups = groups_of(plan / "groups.csv")
    moved_by_hand(plan / "groups.csv", {one: groups[other]})
    after = again(plan, "after", 3, "--rules", rules)
    now = groups_of(after / "groups.csv")
    assert now == groups | {one: groups[other]}
    assert all(now[name] == group for _, group, name in roles_of(after, range(3, 7)))


def test_whom_a_hand_took_out_is_told_as_well(plan: Path, tmp_path: Path) -> None:
    """Who leaves and was taken out of the list first, as it says one should, is in changes.csv."""
    name, group = next(iter(groups_of(plan / "groups.csv").items()))
    for path in (plan / "groups.csv", tmp_path / "nine.csv"):
        path.write_text("".join(line for line in path.read_text().splitlines(True) if name not in line))
    rules = (tmp_path / "rules.toml").read_text().replace("[3, 3]", "[2, 4]")
    (tmp_path / "rules.toml").write_text(rules)
    after = again(plan, "after", 3, "--rules", tmp_path / "rules.toml")
    told = [(row["name"], row["from_group"], row["to_group"]) for row in rows(after / "changes.csv")]
    assert told == [(name, group, "")]


def test_roles_edited_in_the_list_are_told_to_be_those_of_the_plan(plan: Path, capsys) -> None:
    listed = (plan / "groups.csv").read_text(encoding="utf-8-sig")
    (plan / "groups.csv").write_text(listed.replace("Facilitator", "Cook"))
    capsys.readouterr()
    again(plan, "after", 1)
    assert "The roles in this list were edited. Hecht uses the roles of the plan." in capsys.readouterr().out


# Edits that break a must rule


def apart(folder: Path, rules: str = RULES) -> tuple[Path, str, str]:
    """Plan with two who are kept apart; return the folder, the first of them, and whom they may replace."""
    one, other = "Ada Vos", "Ben Kool"
    numbers = f'["{NUMBER[one]}", "{NUMBER[other]}"]'
    plan = planned(folder, f'{rules}[[rule]]\nkind = "apart"\nstudents = {numbers}\nimportance = "must"\n')
    groups = groups_of(plan / "groups.csv")
    return plan, one, next(name for name in groups if groups[name] == groups[other] and name != other)


def test_an_edit_that_breaks_a_must_is_told_to_be_undone(tmp_path: Path, capsys) -> None:
    """“2 students move”, “2 for the second time”, and nobody was named; nothing said that they were back."""
    plan, one, mate = apart(tmp_path)
    groups = groups_of(plan / "groups.csv")
    moved_by_hand(plan / "groups.csv", {one: groups[mate], mate: groups[one]})
    capsys.readouterr()
    after = again(plan, "after", 3)
    told = capsys.readouterr().out
    assert groups_of(after / "groups.csv") == groups
    assert rows(after / "changes.csv") == []
    assert "2 students move. No plan needs fewer moves (proven).\n2 of them could not be in" in told
    for name, hand in ((one, groups[mate]), (mate, groups[one])):
        line = f"{name} was placed in {hand} by hand and stays in {groups[name]}, as everyone was told."
        assert line in told
    finding = f"{groups[mate]}: {one} and Ben Kool are in one group."
    assert len(re.findall(f"After that edit, this was not met: .* – {finding}", told)) == 2
    assert "students move for the second time" not in told
    assert "were moved by hand" not in told
    data = plan_of(after)
    assert (data["outcome"]["moves"], data["outcome"]["moves_bound"]) == (2, 2)
    assert "placed" not in data


def test_every_move_of_the_count_is_on_one_line(tmp_path: Path, capsys) -> None:
    """Whoever cannot stay in either group, the edited one or that of before, is told once as well."""
    plan, one, mate = apart(tmp_path, RULES.replace("[3, 3]", "[2, 4]"))
    groups = groups_of(plan / "groups.csv")
    third = next(group for group in groups.values() if group not in (groups[one], groups[mate]))
    moved_by_hand(plan / "groups.csv", {one: groups[mate]})
    capsys.readouterr()
    after = again(plan, "after", 3, "--leave", groups[one], "--keep-student", NUMBER["Ben Kool"])
    told = capsys.readouterr().out
    assert groups_of(after / "groups.csv") == groups | {one: third}
    assert f"{one} was placed in {groups[mate]} by hand and goes to {third} instead." in told
    assert "One student moves." in told
    assert f"{one}: {groups[one]}" not in told
    (change,) = rows(after / "changes.csv")
    assert (change["name"], change["from_group"], change["to_group"]) == (one, groups[one], third)
    assert change["reason"] != "Placed here by hand."


# Later blocks

BLOCKS = """language = "en"
[groups]
size = [3, 3]
[roles]
names = ["Facilitator", "Note-taker", "Spokesperson"]
[term]
weeks = 6
refresh_after = [3]
meet = "new"
"""


def test_the_list_of_a_later_block_may_be_edited_too(tmp_path: Path, capsys) -> None:
    """Only groups.csv was looked at: what was changed in from-week-4 was lost without a word."""
    plan = planned(tmp_path, BLOCKS)
    groups = groups_of(plan / "from-week-4" / "groups.csv")
    now = swapped(plan / "from-week-4")
    assert run("mail", plan, "--week", 4) == 2
    capsys.readouterr()
    after = again(plan, "after", 5)
    told = capsys.readouterr().out
    assert "from-week-4/groups.csv: The groups were edited after" in told
    assert groups_of(after / "groups.csv") == groups | now
    assert [version["from_week"] for version in plan_of(after)["history"]] == [1, 4]


def test_groups_of_before_a_refresh_that_were_edited_say_that_it_did_not_take_place(
    tmp_path: Path, capsys
) -> None:
    plan = planned(tmp_path, BLOCKS)
    now = swapped(plan)
    capsys.readouterr()
    after = again(plan, "after", 5)
    told = capsys.readouterr().out
    assert "those from before the refresh in week 4; that refresh counts as cancelled." in told
    assert "change the groups in from-week-4/groups.csv instead" in told
    assert groups_of(after / "groups.csv").items() >= now.items()
    assert [version["from_week"] for version in plan_of(after)["history"]] == [1]


# Other names for groups


def lock(folder: Path, group: str) -> None:
    data = (folder / "plan.json").read_text()
    (folder / "plan.json").write_text(
        data.rstrip().removesuffix("}") + f', "locks": {{"groups": ["{group}"]}}}}'
    )


def test_a_renamed_group_is_the_same_group(plan: Path, capsys) -> None:
    """It lost its lock, and each of its members counted as somebody who moved."""
    shutil.copytree(plan, plan.parent / "kept")
    lock(plan, "Group 2")
    renamed_by_hand(plan / "groups.csv", {"Group 2": "The otters"})
    groups, turns = groups_of(plan / "groups.csv"), roles_of(plan, range(1, 7))
    capsys.readouterr()
    after = again(plan, "after", 3)
    told = capsys.readouterr().out
    assert "groups.csv: Group 2 is now called The otters; it is the same group." in told
    assert "Locked in the previous plan: The otters stays as it is." in told
    assert "The same groups all term: everyone has the same group members for 6 weeks." in told
    assert groups_of(after / "groups.csv") == groups
    assert rows(after / "changes.csv") == []
    data = plan_of(after)
    assert data["locks"]["groups"] == ["The otters"]
    assert data["outcome"]["moves"] == 0
    assert roles_of(after, range(1, 7)) == {
        (week, "The otters" if group == "Group 2" else group, name) for week, group, name in turns
    }


def test_a_lock_of_what_is_gone_is_told(plan: Path, capsys) -> None:
    lock(plan, "Group 2")
    rules = plan.parent / "rules.toml"
    rules.write_text(rules.read_text().replace("[3, 3]", "[3, 6]"))
    groups = groups_of(plan / "groups.csv")
    moved_by_hand(plan / "groups.csv", {name: "Group 1" for name in groups if groups[name] == "Group 2"})
    capsys.readouterr()
    after = again(plan, "after", 3, "--rules", rules)
    assert "Locked in the previous plan and no longer there: Group 2." in capsys.readouterr().out
    assert "locks" not in plan_of(after)


def test_two_groups_that_trade_names_are_both_renamed(plan: Path) -> None:
    groups = groups_of(plan / "groups.csv")
    renamed_by_hand(plan / "groups.csv", {"Group 1": "Group 2", "Group 2": "Group 1"})
    after = again(plan, "after", 3)
    assert rows(after / "changes.csv") == []
    assert {groups[name] + now[-1] for name, now in groups_of(after / "groups.csv").items()} == {
        "Group 12",
        "Group 21",
        "Group 33",
    }
    assert plan_of(after)["outcome"]["moves"] == 0


def test_a_name_that_another_group_had_this_term_is_refused(tmp_path: Path, capsys) -> None:
    plan = planned(tmp_path)
    rules = (tmp_path / "rules.toml").read_text().replace("[3, 3]", "[3, 5]")
    (tmp_path / "rules.toml").write_text(rules)
    after = again(plan, "after", 3, "--rules", tmp_path / "rules.toml", "--dissolve", "Group 3")
    renamed_by_hand(after / "groups.csv", {"Group 2": "Group 3"})
    capsys.readouterr()
    arguments = ("--previous", after, "--out", tmp_path / "last", "--from-week", 4, "--language", "en")
    assert run("replan", tmp_path / "nine.csv", *arguments) == 2
    assert "There is, or was this term, a group called “Group 3”." in capsys.readouterr().err


@pytest.mark.parametrize(
    ("now", "called"),
    [
        ({"X": "abcd", "Groep 2": "efgh"}, {"Groep 1": "X"}),
        ({"Groep 2": "abcd", "Groep 1": "efgh"}, {"Groep 1": "Groep 2", "Groep 2": "Groep 1"}),
        ({"Groep 2": "abcd", "Y": "efgh"}, {"Groep 1": "Groep 2", "Groep 2": "Y"}),
        ({"X": "abce", "Groep 2": "dfgh"}, {"Groep 1": "X"}),  # one of four went elsewhere
        ({"X": "abef", "Groep 2": "cdgh"}, {}),  # as many new as old
        ({"X": "abcefg", "Groep 2": "dh"}, {}),  # most of before, and as many others
        ({"Groep 1": "efga", "Groep 2": "bcdh"}, {}),  # a name that is still there means what it meant
        ({"X": "ab", "Y": "cd", "Groep 2": "efgh"}, {}),  # in two halves
        ({"X": "abc", "Y": "d", "Groep 2": "efgh"}, {"Groep 1": "X"}),
        ({"Groep 1": "abcd", "X": "efgh"}, {"Groep 2": "X"}),
        ({"Groep 2": "abcd", "X": "e", "Y": "fgh"}, {"Groep 1": "Groep 2", "Groep 2": "Y"}),
        ({"X": "ab", "Groep 2": "efgh"}, {"Groep 1": "X"}),  # two are in no group now
        ({"X": "abnop", "Groep 2": "efgh"}, {}),  # and three others came
        ({"Groep 2": "abcd", "X": "ef", "Y": "gh"}, {}),  # the other one keeps its name, so this is a move
    ],
)
def test_which_groups_are_the_same_under_another_name(now: dict[str, str], called: dict[str, str]) -> None:
    groups = [Group(name=name, members=tuple(members)) for name, members in now.items()]
    assert renamed(make_groups("abcd", "efgh"), groups) == called

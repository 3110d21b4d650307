"""Numbers that changed, were swapped or handed on: what belongs to whom goes with the person."""

from __future__ import annotations

from pathlib import Path

from planner.model.domain import Turn
from planner.plans.course import Course, Version
from planner.plans.previous import previous_from_course
from planner.replanning.changes import (
    Changes,
    Same,
    compare,
    left_of,
)
from planner.replanning.previous_assignment import previous_assignment, without_leavers
from planner.replanning.renaming import with_new_ids, with_old_ids
from planner.rules import Rules
from tests.builders.class_changes import COURSE, GROUPS, LABEL, NAMES, everyone, number, roster_of, student
from tests.builders.commands import groups_of, plan_of, rows, run
from tests.builders.nine import NUMBER, RULES, again, class_list, planned

PREVIOUS = previous_from_course(COURSE)


def numbered(numbers: dict[str, str]) -> dict[str, str]:
    """Return the numbers of the nine with some others, still in the order of the list."""
    return NUMBER | numbers


# Two numbers that were swapped


def test_swapped_numbers_move_nobody(tmp_path: Path, capsys) -> None:
    """Two people took each other's group and roles without a word, though name and e-mail say who is who."""
    plan = planned(tmp_path)
    groups = groups_of(plan / "groups.csv")
    one, other = "Ada Vos", next(name for name in groups if groups[name] != groups["Ada Vos"])
    class_list(tmp_path / "nine.csv", numbered({one: NUMBER[other], other: NUMBER[one]}))
    capsys.readouterr()
    after = again(plan, "after", 3)
    told = capsys.readouterr().out
    assert groups_of(after / "groups.csv") == groups
    assert f"{one}: Listed as {NUMBER[other]}; that was {NUMBER[one]}." in told
    assert f"{other}: Listed as {NUMBER[one]}; that was {NUMBER[other]}." in told
    assert "2 students have a different student number from before" in told


def test_what_is_otherwise_about_somebody_is_said(tmp_path: Path, capsys) -> None:
    plan = planned(tmp_path)
    text = (tmp_path / "nine.csv").read_text()
    (tmp_path / "nine.csv").write_text(text.replace("Fay Kok,fay@example.org", "Fay de Kok,kok@example.org"))
    capsys.readouterr()
    again(plan, "after", 3)
    told = capsys.readouterr().out
    assert "Fay de Kok: The name changed; it was Fay Kok." in told
    assert "Fay de Kok: The e-mail address changed." in told


def test_numbers_that_went_round_are_those_of_the_same_people() -> None:
    round_ = {0: 3, 3: 8, 8: 0}
    students = [student(n, id=number(round_.get(n, n))) for n in range(len(NAMES))]
    changes = compare(PREVIOUS, roster_of(students)).require()
    assert {new: old for new, old in changes.old_id.items() if new != old} == {
        number(to): number(one) for one, to in round_.items()
    }
    assert changes.home == {number(round_.get(n, n)): LABEL[number(n)] for n in range(len(NAMES))}


def test_a_number_that_was_handed_on_is_not_the_person() -> None:
    """Noor left, and Sem has her number now."""
    students = [student(1, id=number(0)), *everyone()[2:]]
    changes = compare(PREVIOUS, roster_of(students)).require()
    assert changes.left == (number(0),)
    assert changes.old_id[number(0)] == number(1)


def test_who_was_taken_out_of_the_groups_and_has_the_number_of_who_left_is_still_who_they_are(
    tmp_path: Path, capsys
) -> None:
    """Without a group they were no part of the comparison, and came back as whoever had the number."""
    plan = planned(tmp_path, RULES.replace("[3, 3]", "[2, 4]"))
    groups = groups_of(plan / "groups.csv")
    path = plan / "groups.csv"
    path.write_text("".join(line for line in path.read_text().splitlines(True) if "Ada Vos" not in line))
    now = {name: one for name, one in NUMBER.items() if name != "Eli Smit"} | {"Ada Vos": NUMBER["Eli Smit"]}
    class_list(tmp_path / "nine.csv", now)
    capsys.readouterr()
    after = again(plan, "after", 3)
    told = {row["name"]: (row["from_group"], row["to_group"]) for row in rows(after / "changes.csv")}
    assert told["Eli Smit"] == (groups["Eli Smit"], "")
    ada = groups_of(after / "groups.csv")["Ada Vos"]
    assert told.get("Ada Vos", (ada, ada)) == (groups["Ada Vos"], ada)
    assert "1 student is not on this list: Eli Smit." in capsys.readouterr().out


def test_a_number_stays_with_the_person_unless_all_else_says_otherwise() -> None:
    """Where only the names are swapped, or a name and an address are new, the number says who it is."""
    names = [student(0, name=NAMES[1]), student(1, name=NAMES[0]), *everyone()[2:]]
    new = [student(0, name="Noor Bakker", email="new@school.example"), *everyone()[1:]]
    taken = [student(0, name=NAMES[1], email="new@school.example"), *everyone()[1:]]
    for students in (names, new, taken):
        changes = compare(PREVIOUS, roster_of(students)).require()
        assert all(new == old for new, old in changes.old_id.items())


def test_names_alone_tell_where_there_are_no_addresses() -> None:
    bare = [one.model_copy(update={"email": None}) for one in everyone()]
    then = previous_from_course(COURSE.model_copy(update={"roster": roster_of(bare)}))
    now = [bare[0].model_copy(update={"id": number(5)}), bare[5].model_copy(update={"id": number(0)})]
    changes = compare(then, roster_of([now[0], *bare[1:5], now[1], *bare[6:]])).require()
    assert changes.old_id[number(5)] == number(0)
    assert changes.old_id[number(0)] == number(5)


# An id that is somebody else's now


def row_numbered(places: list[int]) -> list:
    """Return students whose ids are the rows in which they stand."""
    return [student(place, id=str(row)) for row, place in enumerate(places, start=1)]


def numbered_course() -> Course:
    """Return a course told apart by rows: who was in row 4 had left before."""
    ids = {number(place): str(place + 1) for place in range(len(NAMES))}
    groups = [
        group.model_copy(update={"members": tuple(ids[one] for one in group.members if ids[one] != "4")})
        for group in GROUPS
    ]
    before = [
        group.model_copy(update={"members": tuple(ids[one] for one in group.members)}) for group in GROUPS
    ]
    turns = tuple(Turn(week=1, group=LABEL[one], student_id=ids[one], role="Notulist") for one in ids)
    roster = roster_of([one for one in row_numbered(list(range(len(NAMES)))) if one.id != "4"])
    plan = COURSE.plan.but(from_week=2, groups=tuple(groups), turns=turns)
    history = (Version(from_week=1, groups=tuple(before)),)
    return COURSE.model_copy(update={"roster": roster, "plan": plan, "history": history})


def test_what_those_who_left_had_is_not_somebody_else_s() -> None:
    """Rows are numbered anew: groups and turns of who left became those of who has their row now."""
    course = numbered_course()
    previous = previous_from_course(course)
    staying = [0, 1, 2, 4, 5, 6, 7, 8]  # the tenth left too
    changes = compare(previous, roster_of(row_numbered(staying)))
    earlier = previous_assignment(previous.groups, previous.turns, course, changes)
    name_of = {str(row): NAMES[place] for row, place in enumerate(staying, start=1)}
    planned_ = {NAMES[int(one) - 1]: group.name for group in course.plan.groups for one in group.members}
    for groups in (earlier.groups, earlier.history[0].groups):
        found = {name_of[one]: group.name for group in groups for one in group.members if one in name_of}
        assert found == {name: planned_[name] for name in name_of.values()}
        everybody = [one for group in groups for one in group.members]
        assert len(set(everybody)) == len(everybody)
    turns = {name_of[turn.student_id]: turn.group for turn in earlier.turns if turn.student_id in name_of}
    assert turns == {name: planned_[name] for name in name_of.values()}
    assert left_of(previous, changes) == {"10": NAMES[9]}


def test_who_comes_back_is_who_they_were() -> None:
    course = numbered_course()
    roster = roster_of([*course.roster.students, student(3, id="4")])
    changes = compare(previous_from_course(course), roster)
    earlier = previous_assignment(course.plan.groups, course.plan.turns, course, changes)
    assert changes.joined == ("4",)
    assert "4" in {one for group in earlier.history[0].groups for one in group.members}


def test_a_rule_for_who_left_is_not_one_for_who_has_the_number_now() -> None:
    rules = Rules.model_validate(
        {
            "rule": [{"kind": "apart", "students": [number(0), number(2)]}],
            "goals": {"course": ["A"], "links": {number(0): "A", number(1): "A"}},
        }
    )
    changes = compare(PREVIOUS, roster_of([student(1, id=number(0)), *everyone()[2:]]))
    earlier = previous_assignment(PREVIOUS.groups, PREVIOUS.turns, PREVIOUS.course, changes)
    now = with_new_ids(rules, changes)
    roster = roster_of([student(1, id=number(0)), *everyone()[2:]])
    staying = without_leavers(now, roster, earlier)
    assert staying.rule == ()
    assert staying.goals.links == {number(0): "A"}
    assert with_old_ids(now, changes) == rules


# Rules that name people


def test_links_of_goals_follow_the_student() -> None:
    rules = Rules.model_validate({"goals": {"course": ["A", "B"], "links": {"a": "A", "b": "B", "c": ""}}})
    changes = Changes(same=(Same(old_id="a", new_id="b"), Same(old_id="b", new_id="a")), left=("c",))
    now = with_new_ids(rules, changes)
    assert now.goals.links == {"b": "A", "a": "B", "c": ""}
    assert with_old_ids(now, changes) == rules


def test_a_link_that_a_file_has_under_the_new_number_counts() -> None:
    rules = Rules.model_validate({"goals": {"course": ["A", "B"], "links": {"a": "A", "z": "B"}}})
    changes = Changes(same=(Same(old_id="a", new_id="z"),))
    assert with_new_ids(rules, changes).goals.links == {"z": "B"}


GOALS = """
[goals]
column = "Name"
course = ["Giving presentations", "Doing research"]
[goals.links]
"2000001" = "Doing research"
"2000003" = "Doing research"
[[rule]]
kind = "apart"
students = ["2000001", "2000009"]
[[rule]]
kind = "apart"
students = ["2000001", "2000002", "2000003"]
"""


def test_links_and_rules_of_a_course_follow_people_and_end_with_them(tmp_path: Path, capsys) -> None:
    plan = planned(tmp_path, RULES.replace("[3, 3]", "[2, 4]") + GOALS)
    class_list(tmp_path / "nine.csv", numbered({"Ada Vos": "2000777"}))
    first = again(plan, "first", 2)
    rules = plan_of(first)["rules"]
    assert rules["goals"]["links"] == {"2000777": "Doing research", "2000003": "Doing research"}
    assert [rule["students"] for rule in rules["rule"]] == [
        ["2000777", "2000009"],
        ["2000777", "2000002", "2000003"],
    ]
    class_list(tmp_path / "nine.csv", {name: one for name, one in NUMBER.items() if name != "Ada Vos"})
    capsys.readouterr()
    rules = plan_of(again(first, "second", 3))["rules"]
    told = capsys.readouterr().out
    assert rules["goals"]["links"] == {"2000003": "Doing research"}
    assert [rule["students"] for rule in rules["rule"]] == [["2000002", "2000003"]]
    assert "The rule “Apart: Ada Vos and Ivy Roos” ends here: Ada Vos left." in told
    assert (
        "The rule “Apart: Ada Vos, Ben Kool, and Cas Prins” is about the others from now on: Ada Vos left."
        in told
    )


def test_a_rules_file_may_name_who_left_two_reruns_ago(tmp_path: Path) -> None:
    """The second rerun with the same rules file did not know them any more."""
    plan = planned(tmp_path, RULES.replace("[3, 3]", "[2, 4]") + GOALS)
    class_list(tmp_path / "nine.csv", {name: one for name, one in NUMBER.items() if name != "Ada Vos"})
    rules = ("--rules", tmp_path / "rules.toml")
    after = again(again(plan, "first", 2, *rules), "second", 3, *rules)
    assert [rule["students"] for rule in plan_of(after)["rules"]["rule"]] == [["2000002", "2000003"]]


def test_a_link_of_nobody_is_refused_with_the_nearest(tmp_path: Path, capsys) -> None:
    (tmp_path / "rules.toml").write_text(RULES + GOALS.replace('"2000003" =', '"20000033" ='))
    listed = class_list(tmp_path / "nine.csv")
    arguments = (listed, "--rules", tmp_path / "rules.toml", "--out", tmp_path / "plan")
    assert run("plan", *arguments) == 2
    told = capsys.readouterr().err
    assert (
        "Links of learning goals: 20000033 is not in the class list. Did you mean 2000003 (Cas Prins)?"
        in told
    )
    assert not (tmp_path / "plan").exists()

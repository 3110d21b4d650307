"""One way through a rerun for command line and page: what is compared, asked, tolerated and kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.cli import main
from planner.model.domain import (
    ColumnKind,
    Roster,
)
from planner.model.problems import InputError, Level
from planner.model.replan_options import ReplanOptions
from planner.plans.course import Locks
from planner.plans.previous import previous_from_course
from planner.replanning.replan import replan
from planner.rules import Rules
from planner.services.compare_lists import ListComparison, meanings
from planner.services.replan import ReplanResult
from tests.builders.eight import NEVER_ALONE, ONE_CHAIR, course, roster, rules


def test_an_answer_that_left_with_its_last_holder_stops_nothing_and_is_told() -> None:
    found = ListComparison.of(previous_from_course(course(ONE_CHAIR)), ONE_CHAIR, roster("bcdefgh"), 1)
    assert not found.errors
    assert not found.impossible
    (gone,) = [problem for problem in found.remarks if problem.code == "unknown-value"]
    assert gone.level is Level.ASSUMED
    assert gone.hint is not None
    assert "Did the last student with this answer leave?" in gone.hint.text("en")
    assert "Is de laatste student met dit antwoord gestopt?" in gone.hint.text("nl")
    asked = found.require().ask(ReplanOptions())
    assert replan(asked.rules, asked.roster, asked.earlier, options=asked.options).outcome.moves == 0


def test_what_no_plan_can_hold_is_no_error_of_the_list() -> None:
    found = ListComparison.of(previous_from_course(course(NEVER_ALONE)), NEVER_ALONE, roster("abcdefg"), 1)
    assert not found.errors
    assert [problem.code for problem in found.impossible] == ["only-one-in-class"]
    assert found.require() is found


def test_a_column_that_is_gone_is_an_error() -> None:
    bare = Roster(
        students=tuple(one.model_copy(update={"answers": {}}) for one in roster("abcdefgh").students)
    )
    found = ListComparison.of(previous_from_course(course(ONE_CHAIR)), ONE_CHAIR, bare, 1)
    assert found.errors
    with pytest.raises(InputError):
        found.require()


def test_the_list_of_another_class_is_told_and_nothing_besides() -> None:
    found = ListComparison.of(
        previous_from_course(course(NEVER_ALONE)), NEVER_ALONE, roster("stuvwxyz", "s"), 1
    )
    assert [problem.code for problem in found.errors] == ["other-course"]
    assert not found.impossible


def test_a_wish_for_this_once_is_no_lock_and_a_lock_stays_until_it_is_let_go() -> None:
    """On the page, whoever was to stay this once was locked from then on; on the command line not."""
    locked = course(ONE_CHAIR, Locks(students=("b", "e"), groups=("Group 2",)))
    found = ListComparison.of(previous_from_course(locked), ONE_CHAIR, roster("abcdefg"), 1)
    assert found.locked == ReplanOptions(locked=frozenset("be"), closed=frozenset({"Group 2"}))
    asked = found.ask(ReplanOptions(locked=frozenset("bc"), closed=frozenset({"Group 1", "Group 2"})))
    assert asked.options.locked == frozenset("bc")
    assert asked.left == {"h": "h name"}
    plan = replan(asked.rules, asked.roster, asked.earlier, options=asked.options)
    made = ReplanResult.of(asked, plan)
    assert made.course.locks == Locks(students=("b",), groups=("Group 2",))
    assert made.handover.previous == asked.earlier.group_of


def test_columns_mean_what_they_meant_when_the_plan_was_made(tmp_path: Path) -> None:
    """The command line guessed anew what a column means, where the page kept what was said of it."""
    assert meanings(previous_from_course(course(ONE_CHAIR))) == {"Chair": ColumnKind.CATEGORY}
    people = [f"s{n},Student Nummer{n},{n % 2 + 1}" for n in range(8)]
    (tmp_path / "class.csv").write_text("\n".join(["student_id,name,Part", *people]))
    (tmp_path / "rules.toml").write_text(
        'language = "en"\n[groups]\nsize = [4, 4]\n[[rule]]\nkind = "mix"\ncolumn = "Part"\n'
    )

    def run(*arguments: object) -> int:
        return main([str(one) for one in arguments])

    files = (tmp_path / "class.csv", "--rules", tmp_path / "rules.toml")
    assert run("plan", *files, "--column", "Part=category", "--out", tmp_path / "plan") == 0
    (tmp_path / "class.csv").write_text(
        "\n".join(["student_id,name,Part", *people[:-1], "s9,Student Nummer9,2"])
    )
    assert (
        run("replan", tmp_path / "class.csv", "--previous", tmp_path / "plan", "--out", tmp_path / "out") == 0
    )
    written = (tmp_path / "out" / "plan.json").read_text()
    assert '"kind": "category"' in written


# Why somebody moves where only a rule was changed


def reasons(before: Rules, after: Rules, yes: str) -> dict[str, str]:
    """Return why each moves, in a rerun in which nothing but the rules is another."""
    was = course(before).model_copy(update={"roster": roster("abcdefgh", yes)})
    compared = ListComparison.of(previous_from_course(was), after, roster("abcdefgh", yes), 2)
    asked = compared.ask(ReplanOptions(from_week=2))
    made = ReplanResult.of(asked, replan(asked.rules, asked.roster, asked.earlier, options=asked.options))
    return {one.student_id: one.reason.text("en") for one in made.changed}


def test_who_moves_for_a_changed_rule_is_told_which_one() -> None:
    """The reason named groups alone, where one rule was changed and nothing else."""
    many, one = rules(kind="limit", value="yes", at_most=4), rules(kind="limit", value="yes", at_most=1)
    told = reasons(many, one, yes="ab")
    assert told
    assert all("The rule “At most 1 × Chair = yes” is new or changed." in reason for reason in told.values())


def test_no_rule_is_named_where_several_could_be_meant_or_none_was_changed() -> None:
    one = rules(kind="limit", value="yes", at_most=1)
    assert all("new or changed" not in reason for reason in reasons(one, one, yes="ab").values())
    two = one.model_copy(update={"groups": one.groups.model_copy(update={"size": (2, 3)})})
    told = reasons(rules(kind="limit", value="yes", at_most=4), two, yes="ab")
    assert told
    assert all("new or changed" not in told.get(who, "") for who in "abcd")


def test_a_rule_about_people_by_name_is_named_to_nobody() -> None:
    free = rules(kind="limit", value="yes", at_most=4)
    apart = Rules.model_validate(
        {**free.model_dump(), "rule": [{"kind": "apart", "students": ["a", "b"]}, *free.model_dump()["rule"]]}
    )
    told = reasons(free, apart, yes="")
    assert told
    assert all("Apart" not in reason for reason in told.values())

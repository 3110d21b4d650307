"""A plan from Python is the plan of the command line, and comes back as it was saved."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

import planner
from planner.cli import main
from planner.plans.plan_file import write_course
from tests.builders.commands import run, write_rows

ROOT = Path(__file__).parents[2]
CLASS, RULES = ROOT / "data" / "klas-28.csv", ROOT / "data" / "regels-28.toml"


@pytest.fixture(scope="module")
def plan() -> planner.GroupPlan:
    return planner.plan(planner.read_class_list(CLASS), planner.read_rules(RULES), effort="quick")


@pytest.fixture(scope="module")
def commanded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("command") / "plan"
    assert run("plan", CLASS, "--rules", RULES, "--out", folder, "--effort", "quick") == 0
    return folder


def files(folder: Path) -> dict[str, bytes]:
    """Every file but `plan.json`, which has the seconds in it, and the workbook, which has the date."""
    found = {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }
    return {name: content for name, content in found.items() if name.endswith(".csv")}


def test_the_files_are_those_of_the_command_line_byte_for_byte(
    plan: planner.GroupPlan, commanded: Path, tmp_path: Path
) -> None:
    saved = plan.save(tmp_path / "plan")
    assert files(saved) == files(commanded)
    assert {path.name for path in saved.iterdir()} == {path.name for path in commanded.iterdir()}
    assert planner.load(commanded).groups.equals(plan.groups)


def test_a_frame_gives_the_same_plan_as_its_file(plan: planner.GroupPlan) -> None:
    frame = pd.read_csv(CLASS, sep=";", dtype=str, encoding="utf-8-sig")
    roster = planner.Roster.from_frame(frame)
    assert roster == planner.read_class_list(CLASS)
    again = planner.plan(roster, planner.read_rules(RULES), effort="quick")
    assert again.files()["groups.csv"] == plan.files()["groups.csv"]


def test_a_saved_plan_comes_back_equal(plan: planner.GroupPlan, tmp_path: Path) -> None:
    again = planner.load(plan.save(tmp_path))
    assert again == plan
    assert again.report.equals(plan.report)
    assert again.roles.equals(plan.roles)
    assert write_course(again.course) == write_course(plan.course)
    assert planner.load(tmp_path / "plan.json") == plan


def test_what_is_no_plan_or_was_edited_is_refused(plan: planner.GroupPlan, tmp_path: Path) -> None:
    with pytest.raises(planner.InputError, match=r"has no plan\.json and no groups\.csv"):
        planner.load(tmp_path)
    folder = plan.save(tmp_path / "plan")
    swapped = plan.groups.rename(columns={"student": "student_id"}).assign(role="")
    swapped.loc[[0, 27], "group"] = swapped.loc[[27, 0], "group"].tolist()
    write_rows(folder / "groups.csv", swapped.to_dict("records"))
    with pytest.raises(planner.InputError, match="give replan its path"):
        planner.load(folder)
    (folder / "plan.json").unlink()
    with pytest.raises(planner.InputError, match="There are groups here"):
        planner.load(folder)


def test_the_frames_of_a_plan(plan: planner.GroupPlan) -> None:
    assert plan.groups.columns.tolist() == ["student", "name", "group"]
    assert sorted(plan.groups["student"]) == sorted(planner.read_class_list(CLASS).by_id)
    assert plan.roles.columns.tolist() == ["week", "group", "role", "student", "name"]
    assert set(plan.roles["week"]) == set(range(1, 11))
    assert plan.report.columns.tolist() == [
        "rule",
        "importance",
        "holds",
        "finding",
        "units",
        "bound",
        "proof",
    ]
    assert plan.report["holds"].all()
    assert plan.report["units"].sum() == sum(report.units for report in plan.outcome.rules)
    assert plan.changes.empty
    assert plan.changes.columns.tolist() == ["student", "name", "from_group", "to_group", "reason"]
    assert plan.outcome.moves is None


def test_what_the_rules_assume_is_there_to_read(plan: planner.GroupPlan) -> None:
    found = planner.check(planner.read_class_list(CLASS), planner.read_rules(RULES))
    assert plan.remarks == tuple(found["message"])
    assert any("Daan Mensah" in line for line in plan.remarks)


def test_progress_is_told_in_the_thread_that_waits() -> None:
    from threading import current_thread

    told: list[planner.Progress] = []
    threads = set()

    def show(now: planner.Progress) -> None:
        told.append(now)
        threads.add(current_thread())

    planner.plan(planner.read_class_list(CLASS), planner.Rules(), effort="quick", progress=show)
    assert [now.done for now in told] == sorted(now.done for now in told)
    assert threads == {current_thread()}


def test_what_a_learning_system_needs_to_know_is_taken(plan: planner.GroupPlan) -> None:
    assert not [name for name in plan.files() if "members" in name and "moodle" in name]
    told = plan.files(moodle_course="INF-101")
    assert [name for name in told if "members" in name and "moodle" in name]
    with pytest.raises(planner.InputError):
        plan.files(moodle_course="a,b\n")
    assert all(isinstance(line, str) for line in plan.import_remarks)


# Rules


def test_rules_say_rules_in_python_and_rule_in_a_file(tmp_path: Path) -> None:
    rules = planner.Rules(rules=[planner.Balance(column="Grade"), planner.Mix(column="Programme")])
    assert rules == planner.Rules(rule=(planner.Balance(column="Grade"), planner.Mix(column="Programme")))
    path = tmp_path / "rules.toml"
    assert planner.write_rules(rules, path) == path.read_text()
    assert "[[rule]]" in path.read_text()
    assert planner.read_rules(path) == rules


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (
            lambda: planner.Balance(column="Grade", importance="must"),
            "A required balance needs `within`",
        ),
        (lambda: planner.GroupSizes(size=(5, 3)), "The size is two whole numbers, the smaller one first"),
        (lambda: planner.Limit(column="Job", value="yes"), "A limit needs `at_least`, `at_most` or both."),
        (lambda: planner.Apart(students=("1", "1")), "A student is named twice."),
        (lambda: planner.RoleSettings(names=("Chair", "chair")), "A role is named twice."),
    ],
)
def test_a_setting_that_cannot_be_is_said_in_words(make: Callable[[], object], sentence: str) -> None:
    with pytest.raises(ValueError, match=re.escape(sentence)):
        make()


def test_a_file_with_rules_for_rule_is_refused_with_the_right_name(tmp_path: Path) -> None:
    path = tmp_path / "rules.toml"
    path.write_text('language = "en"\n\n[[rules]]\nkind = "mix"\ncolumn = "Programme"\n')
    with pytest.raises(planner.InputError) as refused:
        planner.read_rules(path)
    assert str(refused.value) == (
        "rules.toml, row 3: “rules” is not a part of the rules file. Did you mean “rule”?"
    )


def test_a_class_list_that_cannot_be_read_says_where_and_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Student number;Name\n0912345;Noor\n;Sem\n")
    with pytest.raises(planner.InputError) as refused:
        planner.read_class_list(path)
    assert str(refused.value) == (
        "list.csv, row 3, column Student number: Row 3 (Sem) has nothing under “Student number”. "
        "Fill it in, remove the row, or choose another column to tell students apart."
    )


# A plan again


@pytest.fixture(scope="module")
def without_two(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("later") / "later.csv"
    lines = CLASS.read_text("utf-8-sig").splitlines(keepends=True)
    path.write_text("".join([*lines[:3], *lines[5:]]), "utf-8")
    return path


def test_a_rerun_is_that_of_the_command_line(
    plan: planner.GroupPlan, without_two: Path, commanded: Path, tmp_path: Path
) -> None:
    later = ("--previous", commanded, "--from-week", 4, "--out", tmp_path / "command")
    assert main([str(part) for part in ("replan", without_two, *later)]) == 0
    after = planner.replan(plan, planner.read_class_list(without_two), from_week=4)
    assert files(after.save(tmp_path / "script")) == files(tmp_path / "command")
    assert after.outcome.moves is not None
    assert after.outcome.moves_bound is not None
    assert after.outcome.moves_bound <= after.outcome.moves
    left = after.changes[after.changes["to_group"].isna()]
    assert sorted(left["name"]) == ["Agnieszka Dekker", "Fleur D'Hondt"]
    moved = after.changes.dropna(subset=["from_group", "to_group"])
    assert len(moved) == after.outcome.moves
    assert planner.load(tmp_path / "script") == after
    from_folder = planner.replan(commanded, planner.read_class_list(without_two), from_week=4)
    assert from_folder.groups.equals(after.groups)


def test_what_is_asked_of_groups_and_students_is_kept(plan: planner.GroupPlan, without_two: Path) -> None:
    roster = planner.read_class_list(without_two)
    group, stays = "Groep 2", plan.groups[plan.groups["group"] == "Groep 5"]["student"].iloc[0]
    after = planner.replan(plan, roster, from_week=2, keep_groups=[group], keep_students=[stays])
    now = after.groups.set_index("student")["group"]
    assert now[stays] == "Groep 5"
    before = set(plan.groups[plan.groups["group"] == group]["student"]) & set(roster.by_id)
    assert set(now[now == group].index) == before


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"keep_groups": ["Groep 99"]}, "“Groep 99” is neither a group"),
        ({"keep_students": ["99"]}, "“99” is neither a group"),
        ({"from_week": 99}, "there is no week 99"),
        ({"dissolve": ["Groep 1"], "top_up": ["Groep 1"]}, "You ask two things of Groep 1"),
    ],
)
def test_what_cannot_be_asked_is_refused(
    plan: planner.GroupPlan, asked: dict[str, object], sentence: str
) -> None:
    with pytest.raises(planner.InputError) as refused:
        planner.replan(plan, planner.read_class_list(CLASS), **asked)
    assert sentence in str(refused.value)


def test_a_list_of_another_course_is_refused(plan: planner.GroupPlan) -> None:
    frame = pd.DataFrame({"Student number": range(1, 13), "Name": [f"Somebody {n}" for n in range(12)]})
    with pytest.raises(planner.InputError):
        planner.replan(plan, planner.Roster.from_frame(frame))


def test_a_check_tells_what_counting_alone_shows() -> None:
    """Sizes that no number of groups comes to gave an empty table, while `plan` knew at once."""
    frame = pd.DataFrame({"Student number": range(1001, 1017), "Name": list("ABCDEFGHIJKLMNOP")})
    rules = planner.Rules(language="en", groups=planner.GroupSizes(size=(7, 7)))
    found = planner.check(planner.Roster.from_frame(frame), rules)
    assert found["level"].tolist() == ["error"]
    assert "16" in found["message"][0]


def test_a_plan_is_not_saved_where_no_name_says(plan: planner.GroupPlan) -> None:
    """An empty name was the folder in which a script happened to run."""
    with pytest.raises(ValueError, match="folder: it takes the name of a folder"):
        plan.save("")

"""`replan` with the list that a learning system exports later: names and numbers, and none of the answers."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from planner.audit.plan_audit import audit
from planner.plans.course import Course
from planner.plans.plan_file import read_course
from tests.builders.commands import groups_of, rows, run
from tests.builders.files import xlsx
from tests.builders.places import DATA

LMS = DATA / "lms"
MEET = "When can you meet? [{}]"
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
LEARN = "What would you like to learn?"
GONE, LAST, NEW = "1112094", "1214536", "1999999"
RULES = f"""language = "en"
[[rule]]
kind = "overlap"
columns = [{", ".join(f'"{MEET.format(day)}"' for day in DAYS)}]
at_least = 2
importance = "must"
[[rule]]
kind = "similar"
column = "{LEARN}"
[roles]
names = ["Chair", "Writer"]
"""
EXPORTS = (
    "blackboard-gradebook.csv",
    "brightspace-grades.csv",
    "canvas-gradebook.csv",
    "canvas-groups.csv",
    "moodle-participants.csv",
    "osiris.xlsx",
)


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a plan that was made with a survey."""
    folder = tmp_path_factory.mktemp("survey")
    (folder / "rules.toml").write_text(RULES)
    made = run(
        *("plan", LMS / "moodle-participants.csv", "--survey", LMS / "google-forms.csv", "--effort", "quick"),
        *("--rules", folder / "rules.toml", "--out", folder / "plan"),
    )
    assert made == 0
    return folder / "plan"


def course_of(folder: Path) -> Course:
    return read_course((folder / "plan.json").read_bytes())


def week_4(name: str, folder: Path) -> Path:
    """Write the export of a learning system without one student, and with somebody new after the last."""
    later = folder / name
    if name.endswith(".xlsx"):
        sheet = CalamineWorkbook.from_path(LMS / name).get_sheet_by_index(0).to_python()
        rows = [row for row in sheet if GONE not in map(str, row)]
        new = [_new(str(cell)) for cell in next(row for row in rows if LAST in map(str, row))]
        later.write_bytes(xlsx([*rows, new]))
        return later
    lines = (LMS / name).read_text("utf-8-sig").splitlines()
    kept = [line for line in lines if GONE not in line]
    kept.append(_new(next(line for line in lines if LAST in line)))
    later.write_text("\n".join(kept) + "\n", encoding="utf-8-sig")
    return later


def _new(text: str) -> str:
    others = {
        LAST: NEW,
        "Wolters": "Boom",
        "Priya": "Ada",
        "priya": "ada",
        "wolters": "boom",
        "48025": "48777",
    }
    for old, new in others.items():
        text = text.replace(old, new)
    return text


@pytest.mark.parametrize("name", EXPORTS)
def test_a_bare_export_is_enough_week_after_week(
    name: str, before: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nobody has to upload the survey again, and the plan after the next still knows."""
    then, listed = course_of(before), week_4(name, tmp_path)
    capsys.readouterr()
    assert run("replan", listed, "--previous", before, "--out", tmp_path / "a", "--from-week", 4) == 0
    said = capsys.readouterr().out
    assert said.count("answered before still counts") == 1
    assert "Nothing is known yet about 1 new student: Ada Boom." in said
    assert "(Option: --survey FILE)" in said
    assert "did not answer" not in said
    first = course_of(tmp_path / "a")
    assert first.rules == then.rules
    assert first.roster.columns == then.roster.columns
    for student in first.roster.students:
        known = then.roster.by_id.get(student.id)
        assert student.answers == (
            dict.fromkeys(then.roster.headings, "") if known is None else known.answers
        )
    assert first.plan.outcome.moves is not None
    assert first.plan.outcome.moves <= 2
    assert audit(first.rules, first.roster, first.plan.groups, first.plan.turns, 4).holds

    again = run("replan", listed, "--previous", tmp_path / "a", "--out", tmp_path / "b", "--from-week", 5)
    assert again == 0
    second = course_of(tmp_path / "b")
    assert second.roster == first.roster
    assert groups_of(tmp_path / "b" / "groups.csv") == groups_of(tmp_path / "a" / "groups.csv")


def test_a_survey_of_the_newcomer_alone(
    before: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    listed, survey = week_4("brightspace-grades.csv", tmp_path), tmp_path / "new.csv"
    free = "Morning;Afternoon"
    cells = ["2025/09/20 09:00:00 AM GMT+2", NEW, "Ada Boom", *[free] * 5, "Presenteren"]
    heading = (LMS / "google-forms.csv").read_text("utf-8-sig").splitlines()[0]
    survey.write_text(heading + "\n" + ",".join(f'"{cell}"' for cell in cells) + "\n")
    capsys.readouterr()
    out = tmp_path / "a"
    assert (
        run("replan", listed, "--survey", survey, "--previous", before, "--out", out, "--from-week", 4) == 0
    )
    said = capsys.readouterr().out
    assert "are not in the survey; what they answered before still counts." in said
    assert "did not answer" not in said
    assert "Nothing is known" not in said
    then, now = course_of(before), course_of(out)
    assert now.roster.by_id[NEW].answer(LEARN) == "Presenteren"
    assert now.roster.by_id[NEW].answers[MEET.format("Monday")] == "Morning;Afternoon"
    for student in then.roster.students:
        assert student.id == GONE or now.roster.by_id[student.id].answers == student.answers
    again = ("--previous", out, "--out", tmp_path / "b", "--from-week", 5)
    assert run("replan", listed, *again) == 0  # without the survey: the next rerun still knows
    assert course_of(tmp_path / "b").roster == now.roster
    assert rows(tmp_path / "b" / "changes.csv") == []  # nothing changed: only the headings


def test_a_column_that_is_known_may_be_named_as_before(before: Path, tmp_path: Path) -> None:
    """The command of week 1 still does with the list of week 4."""
    listed, out = week_4("moodle-participants.csv", tmp_path), tmp_path / "a"
    options = ("--previous", before, "--out", out, "--from-week", 4)
    assert run("replan", listed, *options, "--column", f"{LEARN}=category") == 0
    assert run("replan", listed, *options, "--column", f"{LEARN}=number") == 2


def test_groups_alone_know_no_answers(
    before: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A groups.csv without its plan.json is a list of groups, as ever."""
    groups, rules = tmp_path / "groups.csv", tmp_path / "rules.toml"
    shutil.copy(before / "groups.csv", groups)
    rules.write_text(RULES)
    listed = week_4("moodle-participants.csv", tmp_path)
    ended = run("replan", listed, "--previous", groups, "--rules", rules, "--out", tmp_path / "a")
    assert ended == 2
    assert "the class list has no column" in capsys.readouterr().err


def test_a_rule_about_a_column_that_neither_list_has(
    before: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    listed, rules = week_4("moodle-participants.csv", tmp_path), tmp_path / "rules.toml"
    rules.write_text(RULES.replace(f'"{LEARN}"', '"What would you like to lern?"'))
    assert run("replan", listed, "--previous", before, "--rules", rules, "--out", tmp_path / "a") == 2
    assert f"Did you mean “{LEARN}”?" in capsys.readouterr().err

"""The command `compare`: what a learning system has, in the language of the plan, and what puts it right."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.plans.folder import plan_files, write_folder
from tests.builders.classes import make_groups, make_roster, make_rules
from tests.builders.commands import run_in_worker as run
from tests.builders.edited_courses import course_of


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    roster = make_roster([{"Programme": "Law"}] * 5)
    students = tuple(one.model_copy(update={"keys": {"login_id": f"u{one.id}"}}) for one in roster.students)
    roster = roster.model_copy(update={"students": students})
    course = course_of(make_rules("[groups]\nsize = [2, 3]\n"), roster, make_groups("abc", "de"))
    write_folder(tmp_path / "plan", plan_files(course)[0])
    return tmp_path / "plan"


def export(folder: Path, **groups: str) -> Path:
    file = folder / "export.csv"
    lines = ["name,login_id,group_name", *(f"{one},u{one},{group}" for one, group in groups.items())]
    file.write_text("\n".join(lines))
    return file


def test_what_differs_is_told_and_put_right(
    plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = export(tmp_path, a="Groep 1", b="Groep 1", c="Groep 2", d="Groep 2")
    assert run("compare", plan, file, "--system", "canvas", "--out", tmp_path / "mend") == 1
    told = capsys.readouterr().out
    assert "3 studenten zitten daar in de juiste groep, 2 niet." in told
    assert "zit daar in Groep 2; het plan: Groep 1." in told
    assert "zit daar in geen groep; het plan: Groep 2." in told
    mend = (tmp_path / "mend" / "canvas-groups-changes.csv").read_text("utf-8-sig").splitlines()
    assert mend == ["login_id,group_name", "uc,Groep 1", "ue,Groep 2"]


def test_where_nothing_differs_nothing_is_written(
    plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = export(tmp_path, a="Groep 1", b="Groep 1", c="Groep 1", d="Groep 2", e="Groep 2")
    words = ("compare", plan, file, "--system", "canvas", "--language", "en")
    assert run(*words, "--out", tmp_path / "mend") == 0
    assert "All 5 students of the plan are in the right group there." in capsys.readouterr().out
    assert not (tmp_path / "mend").exists()


def test_a_file_that_has_no_groups_is_refused(
    plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "export.csv"
    file.write_text("name,login_id\na,ua\n")
    assert run("compare", plan, file, "--system", "canvas", "--language", "en") == 2
    assert "There is no column with groups." in capsys.readouterr().err

"""The command `away`: who works with whom in one session, in both languages, and what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.plans.folder import plan_files, write_folder
from tests.builders.classes import make_groups, make_roster, make_rules
from tests.builders.commands import rows_as_written as rows
from tests.builders.commands import run_in_worker as run
from tests.builders.edited_courses import course_of

RULES = """language = "en"
[groups]
size = [2, 4]
[term]
weeks = 4
[roles]
names = ["Chair", "Notes"]
[[rule]]
kind = "mix"
column = "Programme"
"""
ANSWERS = ("Law", "Law", "Bio", "Law", "Bio", "Bio", "Law", "Bio")


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    roster = make_roster([{"Programme": answer} for answer in ANSWERS])
    course = course_of(make_rules(RULES), roster, make_groups("abc", "de", "fgh"))
    course = course.model_copy(update={"plan": course.plan.but(language="en")})
    write_folder(tmp_path / "plan", plan_files(course)[0])
    return tmp_path / "plan"


def test_the_session_is_told_in_the_language_of_the_plan_or_another(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {path: path.read_bytes() for path in plan.rglob("*") if path.is_file()}
    assert run("away", plan, "--absent", "Bram", "b", "--week", 2) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "Groups for one session in week 2"
    assert told[2:4] == ["Groep 1: Noor, Ali, and Juul", "  Welcome as a guest: Juul"]
    assert "Groep 2 does not meet by itself today: see who is welcome as a guest." in told
    assert told[-1] == "One other group works as usual."
    _safe(told, "Bram", "Sem")
    assert run("away", plan, "--absent", "e", "--language", "nl") == 0
    told = capsys.readouterr().out.splitlines()
    assert "  Welkom als gast: Juul" in told
    assert "Groep 2 werkt vandaag niet apart: kijk wie er als gast welkom is." in told
    _safe(told, "Bram")
    assert {path: path.read_bytes() for path in plan.rglob("*") if path.is_file()} == before


def _safe(told: list[str], *absent: str) -> None:
    """A text to show named who was away, and gave an answer of a student, a gender, as a reason."""
    assert not [line for line in told for word in (*absent, "Law", "Bio", "Programme") if word in line]


def test_it_is_written_as_a_table_or_a_page(plan: Path, tmp_path: Path) -> None:
    assert run("away", plan, "--absent", "e", "--out", tmp_path / "today.csv") == 0
    listed = rows(tmp_path / "today.csv")
    assert sorted(row["student_id"] for row in listed) == list("abcdfgh")
    assert "Bram" not in (tmp_path / "today.csv").read_text("utf-8-sig")
    (guest,) = [row for row in listed if row["group"] != row["of_group"]]
    assert (guest["student_id"], guest["group"], guest["of_group"]) == ("d", "Groep 1", "Groep 2")
    assert run("away", plan, "--absent", "e", "--out", tmp_path / "today.txt") == 0
    assert (tmp_path / "today.txt").read_text("utf-8-sig").startswith("Groups for one session in week 1\n")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--absent", "Brm"), "No student in these groups is called “Brm”. Did you mean e (Bram)?"),
        (("--absent", "e", "--week", 9), "These groups run from week 1 to week 4; week 9 is outside that."),
        (("--absent", "e", "--out", "today.pdf"), "The file name does not show which file type to make."),
    ],
)
def test_what_cannot_be_is_refused_with_the_way_out(
    words: tuple[object, ...], told: str, plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("away", plan, *words) == 2
    assert told in capsys.readouterr().err

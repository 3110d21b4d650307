"""The command `why`: what can be sent and what is for the coordinator, and what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.model.handover import Change, Handover
from planner.model.text import message
from planner.plans.folder import plan_files, write_folder
from planner.reporting.why import none_better
from tests.builders.classes import make_groups, make_roster, make_rules
from tests.builders.commands import run_in_worker as run
from tests.builders.edited_courses import course_of

RULES = """language = "en"
[groups]
size = [2, 3]
[[rule]]
kind = "mix"
column = "Programme"
"""


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    roster = make_roster([{"Programme": answer} for answer in ("Law", "Law", "Bio", "Law", "Bio", "Bio")])
    course = course_of(make_rules(RULES), roster, make_groups("abc", "def"))
    course = course.model_copy(update={"plan": course.plan.but(language="en")})
    reason = message("{group} has one remaining member.", group="Groep 1")
    moved = Change("a", "Noor", "Groep 2", "Groep 1", reason)
    handover = Handover(1, {"a": "Groep 2"}, (moved,))
    write_folder(tmp_path / "plan", plan_files(course, handover)[0])
    return tmp_path / "plan"


def test_what_can_be_sent_comes_first_with_the_reason_of_the_replan(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("why", plan, "Noor") == 0
    told = capsys.readouterr().out.splitlines()
    assert told[:4] == [
        "Noor is in Groep 1 with Sem and Ali.",
        "Noor comes from Groep 2. Groep 1 has one remaining member.",
        "The answers in Programme are spread over the groups as evenly as possible.",
        none_better().text("en"),
    ]
    assert told[4:6] == ["", "What another place would mean, for you alone"]
    assert all(line.startswith("- ") for line in told[6:])
    assert run("why", plan, "a", "--language", "nl") == 0
    assert capsys.readouterr().out.splitlines()[0] == "Noor zit in Groep 1 met Sem en Ali."


def test_nobody_and_a_week_that_is_past_the_plan_are_told(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("why", plan, "Nooor") == 2
    assert "Noor" in capsys.readouterr().err

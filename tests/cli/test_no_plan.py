"""What the command line says where there is no plan: the conflict and the ways out, in both languages."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from planner.cli import main, running
from planner.engines.common.watch import Watch
from planner.infeasibility.conflict import Explanation
from planner.model.no_plan import NoPlan
from planner.services.plan import explain_plan, plan
from planner.services.replan import explain_replan, replan

PEOPLE = "Student number,Name,Free\n" + "".join(
    f"{1001 + place},{name},{free}\n"
    for place, (name, free) in enumerate(
        [("Ann", "mo"), ("Ben", "tu"), ("Cas", "we; mo"), ("Dee", "we"), ("Eva", "mo; tu"), ("Fay", "tu")]
    )
)
RULES = '[groups]\nsize = [3, 3]\n[[rule]]\nkind = "overlap"\ncolumns = ["Free"]\nimportance = "must"\n'


def told(folder: Path, language: str, rules: str, capsys: pytest.CaptureFixture[str], command: str) -> str:
    (folder / "class.csv").write_text(PEOPLE)
    (folder / "rules.toml").write_text(f'language = "{language}"\n{rules}')
    out = ["--out", str(folder / "out")] if command == "plan" else []
    arguments = [command, str(folder / "class.csv"), "--rules", str(folder / "rules.toml"), *out]
    assert main([*arguments, "--column", "Free=slots"]) == 1
    assert not (folder / "out").exists()
    return capsys.readouterr().err


def test_a_plan_that_cannot_be_is_explained_with_its_ways_out(tmp_path, capsys):
    said = told(tmp_path, "en", RULES, capsys, "plan")
    assert "Nothing was written." in said
    assert "Proven: these rules cannot all be met. No smaller set of rules conflicts." in said
    assert "    Groups of 3\n    At least one shared time in Free\n" in said
    assert "It concerns Dee:" in said
    assert "    1. Ask Dee about one more time: mo.\n" in said
    assert "Make this important instead of required: “At least one shared time in Free”." in said


def test_in_dutch_too(tmp_path, capsys):
    said = told(tmp_path, "nl", RULES, capsys, "plan")
    assert (
        "Bewezen: deze regels kunnen niet allemaal kloppen. Een kleiner stel regels dat botst, is er niet."
        in said
    )
    assert "    1. Vraag Dee of er één moment bij kan: mo.\n" in said


def test_check_explains_what_counting_shows(tmp_path, capsys):
    said = told(tmp_path, "en", "[groups]\nsize = [4, 5]\n", capsys, "check")
    assert "6 students cannot form groups of 4–5." in said
    assert "Proven: with this class list, this rule cannot be met." in said
    assert "Groups of 3–5 instead of 4–5." in said


# A run that ended without a plan and without a proof, and what is found out after it

LOOSE = "[groups]\nsize = [2, 3]\n"


def ends_without(
    monkeypatch: pytest.MonkeyPatch, ended: NoPlan, explained: Explanation | None = None
) -> list[Callable[..., Any]]:
    """Let a first run end so, and all else be as it is; return the tasks in their order."""
    done: list[Callable[..., Any]] = []

    def run(task: Callable[..., Any], request: Any) -> Any:
        first = task not in done
        done.append(task)
        if first and task in (plan, replan):
            raise ended
        if task is explain_plan and explained is not None:
            return explained
        return task(request, watch=Watch())

    monkeypatch.setattr(running, "runner", lambda _: run)
    return done


def sizes(folder: Path) -> list[int]:
    with (folder / "out" / "groups.csv").open(encoding="utf-8-sig") as file:
        groups = [row["group"] for row in csv.DictReader(file)]
    return sorted(groups.count(group) for group in set(groups))


def arguments(folder: Path, rules: str, command: str, *more: str) -> list[str]:
    (folder / "class.csv").write_text(PEOPLE)
    (folder / "rules.toml").write_text(f'language = "en"\n{rules}')
    asked = [command, str(folder / "class.csv"), "--rules", str(folder / "rules.toml")]
    return [*asked, "--out", str(folder / "out"), *more]


def test_a_plan_that_turns_up_while_looking_for_what_is_in_the_way_is_used(tmp_path, capsys, monkeypatch):
    """It was found and thrown away: "There is a plan after all. Give the search more time"."""
    done = ends_without(monkeypatch, NoPlan(proven=False))
    assert main(arguments(tmp_path, LOOSE, "plan")) == 0
    assert done == [plan, explain_plan, plan]
    said = capsys.readouterr()
    assert said.err == ""
    assert "A plan that meets every required rule turned up; the calculation goes on from there." in said.out
    assert sizes(tmp_path) in ([2, 2, 2], [3, 3])


def test_a_rerun_that_turns_up_is_used_as_well(tmp_path, capsys, monkeypatch):
    assert main(arguments(tmp_path, LOOSE, "plan")) == 0
    before = ["--previous", str(tmp_path / "out")]
    done = ends_without(monkeypatch, NoPlan(proven=False))
    assert main(arguments(tmp_path, LOOSE, "replan", *before)) == 0
    assert done == [replan, explain_replan, replan]
    said = capsys.readouterr()
    assert said.err == ""
    assert "Nobody has to move." in said.out


def test_what_is_proven_after_the_run_is_told_as_proven(tmp_path, capsys, monkeypatch):
    """The run alone came to no proof, and its words stood above "Proven: these cannot hold together"."""
    ends_without(monkeypatch, NoPlan(proven=False, cut_short=True))
    said = told(tmp_path, "en", RULES, capsys, "plan")
    assert said.startswith("No plan can meet every required rule.\n")
    assert "Proven: these rules cannot all be met. No smaller set of rules conflicts." in said
    assert "may be" not in said


@pytest.mark.parametrize(
    ("cut_short", "first"),
    [
        (
            True,
            "No plan that meets every required rule was found in the time allowed. There may still be one.",
        ),
        (False, "No plan that meets every required rule was found. There may still be one."),
    ],
)
def test_the_time_allowed_is_named_only_where_it_was_short(tmp_path, capsys, monkeypatch, cut_short, first):
    ends_without(monkeypatch, NoPlan(proven=False, cut_short=cut_short), Explanation(None))
    assert told(tmp_path, "en", RULES, capsys, "plan") == f"{first}\nNothing was written.\n"


def test_where_it_is_proven_that_there_is_none_nothing_says_that_there_may_be(tmp_path, capsys, monkeypatch):
    """What is in the way need not come to light for that."""
    ends_without(monkeypatch, NoPlan(proven=True), Explanation(None))
    said = told(tmp_path, "en", RULES, capsys, "plan")
    assert "There is no plan; it is not proven which rules are in the way." in said
    assert "may be" not in said

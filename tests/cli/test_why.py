"""What the command line says where there is no plan: the conflict and the ways out, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.cli import main

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
    assert "Proven: these cannot hold together, and no fewer rules are in conflict." in said
    assert "    Groups of 3\n    At least one shared moment in Free\n" in said
    assert "It is about Dee:" in said
    assert "    1. Ask Dee for one more moment: mo.\n" in said
    assert "Make this important instead of must: “At least one shared moment in Free”." in said


def test_in_dutch_too(tmp_path, capsys):
    said = told(tmp_path, "nl", RULES, capsys, "plan")
    assert "Bewezen: deze gaan niet samen, en met minder regels is er geen strijd." in said
    assert "    1. Vraag Dee om één moment erbij: mo.\n" in said


def test_check_explains_what_counting_shows(tmp_path, capsys):
    said = told(tmp_path, "en", "[groups]\nsize = [4, 5]\n", capsys, "check")
    assert "6 students cannot form groups of 4–5." in said
    assert "Proven: for this class list this cannot hold." in said
    assert "Groups of 3–5 instead of 4–5." in said

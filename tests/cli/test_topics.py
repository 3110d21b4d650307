"""Topics, tutors, meetings and rooms on the command line: checked, planned, and read back by the audit."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from planner.cli import main

CLASS = "student_id,name,Keuze 1,Keuze 2,Vrij\n" + "".join(
    f"10{number:02},Student {chr(65 + number)},{first},{second},ma ochtend\n"
    for number, (first, second) in enumerate([("Rover", "Brug"), ("Brug", "Rover"), ("Rover", "")] * 2)
)
RULES = """language = "en"
[groups]
size = [3, 3]
[topics]
choices = ["Keuze 1", "Keuze 2"]
[[topic]]
name = "Rover"
[[topic]]
name = "Brug"
[[tutor]]
name = "Bakker"
groups = [2, 2]
[[room]]
name = "B2"
"""


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    (tmp_path / "class.csv").write_text(CLASS, encoding="utf-8")
    (tmp_path / "rules.toml").write_text(
        RULES.replace('name = "B2"', 'name = "B2"\ngroups = 2'), encoding="utf-8"
    )
    return str(tmp_path / "class.csv"), str(tmp_path / "rules.toml")


def test_plan_and_audit_know_what_groups_have(
    files: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    class_list, rules = files
    out = tmp_path / "out"
    assert main(["plan", class_list, "--rules", rules, "--out", str(out), "--effort", "quick"]) == 0
    assert "students who chose have their first choice" in capsys.readouterr().out
    content = (out / "groups.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(content)))
    assert list(rows[0]) == ["student_id", "name", "group", "role", "topic", "tutor", "room"]
    assert {row["tutor"] for row in rows} == {"Bakker"}
    saved = json.loads((out / "plan.json").read_text(encoding="utf-8"))
    assert {group["room"] for group in saved["plan"]["groups"]} == {"B2"}
    assert main(["audit", class_list, str(out / "groups.csv"), "--rules", rules]) == 0

    changed = tmp_path / "changed.csv"
    changed.write_text(content.replace("Bakker", "Smit"), encoding="utf-8")
    capsys.readouterr()
    assert main(["audit", class_list, str(changed), "--rules", rules]) == 1
    told = capsys.readouterr().out
    assert "There is no such tutor: Smit." in told
    assert "Bakker has 0 groups; asked for: 2." in told


def test_check_says_what_students_want(files: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    class_list, rules = files
    assert main(["check", class_list, "--rules", rules]) == 0
    assert "Rover: 4 × first choice and 2 × second choice." in capsys.readouterr().out
    assert main(["check", class_list, "--rules", rules, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["topics"][1] == {"name": "Brug", "choices": [2, 2], "groups": [0, 20_000]}


def test_a_replan_refuses_what_it_would_lose(
    files: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    class_list, rules = files
    out = tmp_path / "out"
    assert main(["plan", class_list, "--rules", rules, "--out", str(out), "--effort", "quick"]) == 0
    assert main(["replan", class_list, "--previous", str(out), "--out", str(tmp_path / "again")]) == 2
    assert "cannot be replanned yet" in capsys.readouterr().err

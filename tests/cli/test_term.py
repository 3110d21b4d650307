"""A term with a refresh on the command line: told before, planned, and gone on with after dropouts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.builders.commands import rows_as_written as rows
from tests.builders.commands import run
from tests.builders.places import DATA

CLASS = DATA / "klas-28.csv"


def rules_with(folder: Path, term: str) -> Path:
    text = (DATA / "regels-28.toml").read_text("utf-8").split("[term]")[0]
    path = folder / "regels.toml"
    path.write_text(f"{text}[term]\n{term}", "utf-8")
    return path


def test_check_tells_that_a_refresh_lets_nobody_move(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rules = rules_with(tmp_path, "weeks = 10\nrefresh_after = [5]\nkeep_familiar = 2")
    assert run("check", CLASS, "--rules", rules) == 0
    assert "Bij een wissel kan niemand verhuizen: met groepen van hooguit 5" in (capsys.readouterr().out)


def test_a_term_is_planned_and_gone_on_with(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    listed = CLASS.read_text("utf-8-sig").splitlines()
    lines = [*listed[:16], listed[21]]  # sixteen students, with those whom a rule names
    few = tmp_path / "klas.csv"
    few.write_text("\n".join(lines) + "\n", "utf-8-sig")
    rules = rules_with(tmp_path, "weeks = 10\nrefresh_after = [5]")
    out, after = tmp_path / "plan", tmp_path / "later"
    moodle = ("--moodle-course", "PSY-101")
    assert run("plan", few, "--rules", rules, "--out", out, "--effort", "quick", *moodle) == 0
    told = capsys.readouterr().out
    assert "nog niet gepland" not in told
    assert "Week 6 tot en met 10: " in told
    assert "ontmoeten elkaar voor het eerst" in told
    assert "Over de periode:" in told

    groups = {row["student_id"]: row["group"] for row in rows(out / "groups.csv")}
    by_week = {
        week: {row["student_id"]: row["group"] for row in rows(out / "roles.csv") if row["week"] == str(week)}
        for week in range(1, 11)
    }
    assert all(by_week[week] == groups for week in range(1, 6))
    moved = {student for student in groups if by_week[6][student] != groups[student]}
    assert 0 < len(moved) <= 4
    assert all(by_week[week] == by_week[6] for week in range(7, 11))
    plan = json.loads((out / "plan.json").read_text("utf-8"))["plan"]
    assert [block["from_week"] for block in plan["later"]] == [6]

    # What to hand over at the refresh.
    then = out / "from-week-6"
    assert {row["student_id"]: row["group"] for row in rows(then / "groups.csv")} == by_week[6]
    changes = {row["student_id"]: row for row in rows(then / "changes.csv")}
    assert set(changes) == moved
    assert all(row["from_group"] == groups[student] for student, row in changes.items())
    assert all("Ontmoet nieuwe mensen, samen met" in row["reason"] for row in changes.values())
    whole = {path.name for path in (out / "imports").iterdir()}
    extra = {path.name for path in (then / "imports").iterdir()} - whole
    assert whole <= {path.name for path in (then / "imports").iterdir()}
    names = ("members", "email-group", "email-group1")
    assert extra == {f"moodle-{name}-changes.csv" for name in names}  # only who moves

    # In week 8 the groups are those of the refresh; one student left.
    gone = lines[4].split(";")[0]
    later = tmp_path / "klas-nu.csv"
    later.write_text("\n".join(line for line in lines if not line.startswith(gone)) + "\n", "utf-8-sig")
    assert run("replan", later, "--previous", out, "--out", after, "--from-week", 8) == 0
    now = {row["student_id"]: row["group"] for row in rows(after / "groups.csv")}
    assert not list(after.glob("from-week-*"))
    changed = [student for student, group in now.items() if by_week[8][student] != group]
    assert len(changed) == json.loads((after / "plan.json").read_text("utf-8"))["outcome"]["moves"]

    def past(folder: Path) -> list[tuple[str, ...]]:
        """Return who was where in the weeks that are over; who left since stands there as well."""
        return sorted(tuple(row.values()) for row in rows(folder / "roles.csv") if int(row["week"]) < 8)

    assert past(after) == past(out)
    assert gone not in {row["student_id"] for row in rows(after / "roles.csv") if int(row["week"]) >= 8}

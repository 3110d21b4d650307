"""Moments on the command line: what people wrote is read as they meant it, in the plan and on the cards."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.builders.commands import run_in_worker as run

BUSY = "Wanneer kun je NIET?"
LIST = f"""Studentnummer;Naam;{BUSY}
1200001;Ilse Aarts;ma ochtend, di middag
1200002;Bram Bos;ma ochtend
1200003;Cato Claes;do avond, vr ochtend
1200004;Daan Dijk;do avond
1200005;Esra Eker;ma ochtend, do avond
1200006;Floor Faber;vr ochtend
"""
RULES = """
language = "en"
[groups]
size = [{size}, {size}]
[[rule]]
kind = "overlap"
columns = ["{column}"]
importance = "must"
"""


def written(folder: Path, text: str, column: str, size: int) -> tuple[Path, Path]:
    class_list, rules = folder / "klas.csv", folder / "rules.toml"
    class_list.write_text(text, encoding="utf-8")
    rules.write_text(RULES.format(column=column, size=size), encoding="utf-8")
    return class_list, rules


def told(folder: Path) -> list[str]:
    plan = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
    return [finding["text"] for rule in plan["outcome"]["rules"] for finding in rule["findings"]]


def column_of(folder: Path) -> dict[str, object]:
    plan = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
    (column,) = plan["roster"]["columns"]
    assert isinstance(column, dict)
    return column


def test_a_day_is_no_slip_of_another_day(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Once the only one free on Tuesday was placed as if on Thursday, and the plan counted as a good one."""
    rows = [f"200000{n};Student V{n};{'di' if n == 1 else 'do'}-middag" for n in range(1, 10)]
    text = "\n".join(["Studentnummer;Naam;Beschikbaar", *rows])
    class_list, rules = written(tmp_path, text, "Beschikbaar", 3)
    assert run("plan", class_list, "--rules", rules, "--out", tmp_path / "out", "--effort", "quick") == 1
    said = capsys.readouterr().err
    assert "Ask Student V1 about one more time: do-middag." in said
    assert not (tmp_path / "out").exists()


def test_busy_moments_are_busy_in_the_plan_and_after_a_rerun(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    class_list, rules = written(tmp_path, LIST, BUSY, 3)
    first, second = tmp_path / "first", tmp_path / "second"
    assert run("plan", class_list, "--rules", rules, "--out", first, "--effort", "quick") == 0
    assert f"“{BUSY}” is read as the times when someone is not free." in capsys.readouterr().out
    assert column_of(first)["moments"] == ["ma ochtend", "di middag", "do avond", "vr ochtend"]
    without_ilse = "".join(line for line in LIST.splitlines(keepends=True) if "Ilse" not in line)
    class_list.write_text(f"{without_ilse}1200007;Gijs Gans;\n", encoding="utf-8")
    assert run("replan", class_list, "--previous", first, "--out", second, "--from-week", 3) == 0
    assert column_of(second) == column_of(first)
    assert any("di middag" in text for text in told(second))


def test_what_was_turned_round_stays_so_in_a_rerun(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    class_list, rules = written(tmp_path, LIST, BUSY, 2)
    first, second = tmp_path / "first", tmp_path / "second"
    turned = ("--column", f"{BUSY}=slots")
    loose = rules.read_text(encoding="utf-8").replace("must", "important")
    rules.write_text(loose, encoding="utf-8")
    assert run("plan", class_list, "--rules", rules, "--out", first, "--effort", "quick", *turned) == 0
    assert column_of(first) == {"heading": BUSY, "kind": "slots"}
    capsys.readouterr()
    assert run("replan", class_list, "--previous", first, "--out", second, "--from-week", 3) == 0
    assert column_of(second) == column_of(first)
    assert "sounds like times when someone is not free" in capsys.readouterr().out
    assert run("check", class_list, "--column", f"{BUSY}=bezet") == 2

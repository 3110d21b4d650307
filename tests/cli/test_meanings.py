"""What columns mean, on the command line: the order of a scale, and groups of before."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.builders.commands import run

LEVELS = ("laag", "hoog", "midden", "laag", "hoog", "midden")
LIST = "\n".join(
    ["Studentnummer;Naam;Stand", *(f"120000{n};Student S{n};{one}" for n, one in enumerate(LEVELS))]
)
RULES = """
language = "nl"
[groups]
size = [3, 3]
[[rule]]
kind = "balance"
column = "Stand"
[[rule]]
kind = "limit"
column = "Stand"
value = "hoog"
at_most = 1
"""


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    class_list, rules = tmp_path / "klas.csv", tmp_path / "rules.toml"
    class_list.write_text(LIST, encoding="utf-8")
    rules.write_text(RULES, encoding="utf-8")
    return class_list, rules


def test_the_order_of_a_scale_is_said_and_kept_with_the_plan(
    files: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    class_list, rules = files
    order = "Stand=scale: midden < laag < hoog"
    out = tmp_path / "out"
    asked = ("--rules", rules, "--out", out, "--effort", "quick", "--column", order)
    assert run("plan", class_list, *asked) == 0
    (column,) = json.loads((out / "plan.json").read_text(encoding="utf-8"))["roster"]["columns"]
    assert (column["kind"], column["order"]) == ("scale", ["midden", "laag", "hoog"])
    assert "van laag naar hoog: midden, laag en hoog" in capsys.readouterr().out
    # a number and a category at once: each group has one of each
    rules_told = json.loads((out / "plan.json").read_text(encoding="utf-8"))["outcome"]["rules"]
    assert [one["units"] for one in rules_told if one["kind"] in ("balance", "limit")] == [0, 0]


@pytest.mark.parametrize("said", ["Stand=scale:", "Stand=scale: een", "Stand=category: a", "Stand=schaal"])
def test_what_is_no_order_is_refused(
    files: tuple[Path, Path], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("check", files[0], "--language", "en", "--column", said) == 2
    assert "does not say what a column means" in capsys.readouterr().err


def test_groups_of_before_beside_the_list(
    files: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = tmp_path / "jaar-1.csv"
    before.write_text("student_id;group\n1200000;A\n1200001;A\n", encoding="utf-8")
    assert run("check", files[0], "--language", "en", "--earlier", before) == 0
    assert "2 of 6 students were in a group here" in capsys.readouterr().out

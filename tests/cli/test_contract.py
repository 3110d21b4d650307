"""The contract of the command line, as users script against it (DESIGN: exit statuses and files)."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from planner.cli import handouts as cards
from planner.cli import running
from planner.engines.common import watch as watch_module
from planner.engines.common.watch import Progress, Watch
from planner.services import reading
from tests.builders.clock import Clock
from tests.builders.commands import rows_as_written as rows
from tests.builders.commands import run_in_worker as run
from tests.builders.held import HELD
from tests.builders.places import ROOT
from tests.builders.processes import dies

DATA = ROOT / "data"
CLASS_28, RULES_28 = DATA / "klas-28.csv", DATA / "regels-28.toml"
COHORT, RULES_120 = DATA / "cohort-120.csv", DATA / "rules-120.toml"
HELD_RUN = (
    "import sys; from planner.cli import main; from tests.builders import held; "
    "held.install(); sys.exit(main())"
)
LMS = sorted((DATA / "lms").iterdir())


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("plan") / "out"
    assert run("plan", CLASS_28, "--rules", RULES_28, "--out", folder, "--effort", "quick") == 0
    return folder


@pytest.mark.parametrize(
    ("class_list", "rules", "effort"), [(CLASS_28, RULES_28, "normal"), (COHORT, RULES_120, "quick")]
)
def test_plans_the_samples_and_the_audit_agrees(class_list, rules, effort, tmp_path, capsys):
    asked = ("--rules", rules, "--out", tmp_path / "out", "--effort", effort)
    assert run("plan", class_list, *asked) == 0
    assert run("audit", class_list, tmp_path / "out" / "groups.csv", "--rules", rules) == 0
    outcome = json.loads((tmp_path / "out" / "plan.json").read_text())["outcome"]
    assert outcome["status"] in ("optimal", "feasible")
    assert 0 <= outcome["bound"] <= outcome["cost"]
    assert all(rule["holds"] for rule in outcome["rules"] if rule["importance"] == "must")


def test_groups_csv_has_everyone_once_with_a_role(planned):
    listed = rows(planned / "groups.csv")
    assert list(listed[0])[:4] == ["student_id", "name", "group", "role"]
    assert sorted(row["student_id"] for row in listed) == sorted(
        row["Studentnummer"] for row in rows(CLASS_28)
    )
    assert {row["group"] for row in listed} == {f"Groep {n}" for n in range(1, 8)}


def test_roles_csv_has_every_week(planned):
    listed = rows(planned / "roles.csv")
    assert list(listed[0]) == ["week", "group", "student_id", "name", "role"]
    assert {row["week"] for row in listed} == {str(week) for week in range(1, 11)}
    first_week = {row["student_id"]: row["role"] for row in listed if row["week"] == "1"}
    assert all(first_week.get(row["student_id"], "") == row["role"] for row in rows(planned / "groups.csv"))


def test_the_same_input_gives_the_same_bytes(planned, tmp_path):
    assert run("plan", CLASS_28, "--rules", RULES_28, "--out", tmp_path / "again", "--effort", "quick") == 0
    first = {path.relative_to(planned): path.read_bytes() for path in planned.rglob("*") if path.is_file()}
    second = {
        path.relative_to(tmp_path / "again"): path.read_bytes()
        for path in (tmp_path / "again").rglob("*")
        if path.is_file()
    }
    assert Path("plan.json") in first
    assert first == second  # plan.json had the time that it took


def test_another_seed_gives_another_plan(planned, tmp_path):
    assert (
        run(
            "plan", CLASS_28, "--rules", RULES_28, "--out", tmp_path / "out", "--effort", "quick", "--seed", 7
        )
        == 0
    )
    assert (tmp_path / "out" / "groups.csv").read_bytes() != (planned / "groups.csv").read_bytes()


@pytest.mark.parametrize("path", LMS, ids=lambda path: path.name)
def test_every_lms_look_alike_is_checked_and_planned_without_rules(path, tmp_path):
    assert run("check", path) == 0
    assert run("plan", path, "--out", tmp_path / "out", "--effort", "quick") == 0
    listed = rows(tmp_path / "out" / "groups.csv")
    sizes = [sum(row["group"] == name for row in listed) for name in {row["group"] for row in listed}]
    assert 23 <= len(listed) <= 26
    assert all(3 <= size <= 5 for size in sizes)
    assert run("audit", path, tmp_path / "out" / "groups.csv") == 0


def test_a_plan_broken_by_hand_is_named(planned, tmp_path, capsys):
    """Rowan (x) trades places with someone of another group: the audit says what broke and for whom."""
    text = (planned / "groups.csv").read_text(encoding="utf-8-sig")
    lines = text.splitlines()
    apart = [
        next(i for i, line in enumerate(lines) if line.startswith(f"{s};")) for s in ("0912345", "0912399")
    ]
    cells = [lines[i].split(";") for i in apart]
    other = next(i for i, line in enumerate(lines) if i not in apart and f";{cells[1][2]};" in line)
    swapped = lines[other].split(";")
    cells[0][2], swapped[2] = cells[1][2], cells[0][2]
    lines[apart[0]], lines[other] = ";".join(cells[0]), ";".join(swapped)
    (tmp_path / "edited.csv").write_text("\n".join(lines), encoding="cp1252", errors="replace")
    assert run("audit", CLASS_28, tmp_path / "edited.csv", "--rules", RULES_28, "--language", "en") == 1
    told = capsys.readouterr().out
    assert "Apart: 0912345 and 0912399 (required): not met" in told
    names = [cells[0][1], cells[1][1]]
    line = next(line for line in told.splitlines() if "are in one group" in line)
    assert cells[1][2] in line
    assert all(name.split()[0] in line for name in names)


def test_audit_counts_moves_since_a_previous_list(planned, tmp_path, capsys):
    text = (planned / "groups.csv").read_text(encoding="utf-8-sig")
    last = text.splitlines()[-1]
    (tmp_path / "before.csv").write_text(text.replace(last, last.replace(";Groep 7;", ";Groep 1;")))
    run("audit", CLASS_28, planned / "groups.csv", "--rules", RULES_28, "--previous", tmp_path / "before.csv")
    assert f"Eén student is verhuisd: {last.split(';')[1]}." in capsys.readouterr().out


def test_a_group_that_was_renamed_since_is_no_move_of_its_members(planned, tmp_path, capsys):
    """It counted as a move of each of them."""
    text = (planned / "groups.csv").read_text(encoding="utf-8-sig")
    (tmp_path / "before.csv").write_text(text.replace(";Groep 7;", ";De dassen;"), encoding="utf-8")
    run("audit", CLASS_28, planned / "groups.csv", "--rules", RULES_28, "--previous", tmp_path / "before.csv")
    told = capsys.readouterr().out
    assert "De dassen heet nu Groep 7; het is dezelfde groep." in told
    assert "Niemand is verhuisd." in told


def test_rules_that_cannot_hold_exit_1_and_write_nothing(tmp_path, capsys):
    rules = tmp_path / "rules.toml"
    rules.write_text('language = "en"\n[groups]\nsize = [4, 4]\n')
    (tmp_path / "small.csv").write_text(
        "Student number,Name\n" + "".join(f"{n},P {n}\n" for n in range(1001, 1008))
    )
    assert run("plan", tmp_path / "small.csv", "--rules", rules, "--out", tmp_path / "out") == 1
    told = capsys.readouterr().err
    assert "7 students cannot form groups of 4." in told
    assert "Allow a smallest group of 3." in told
    assert not (tmp_path / "out").exists()


def test_infeasible_rules_found_by_the_solver_exit_1_with_what_does_not_hold(tmp_path, capsys):
    """No two of these four are free at the same time, so no group of two can be."""
    people = "Student number,Name,Free\n1001,Ann,mo\n1002,Ben,tu\n1003,Cas,we\n1004,Dee,th\n"
    (tmp_path / "class.csv").write_text(people)
    rules = tmp_path / "rules.toml"
    rules.write_text(
        'language = "en"\n[groups]\nsize = [2, 2]\n'
        '[[rule]]\nkind = "overlap"\ncolumns = ["Free"]\nimportance = "must"\n'
    )
    out = tmp_path / "out"
    assert run("plan", tmp_path / "class.csv", "--rules", rules, "--out", out, "--column", "Free=slots") == 1
    told = capsys.readouterr().err
    assert "No plan can meet every required rule." in told
    assert "No time when all are free." in told
    assert not out.exists()


def test_unreadable_input_exits_2_with_file_and_way_out(tmp_path, capsys):
    (tmp_path / "empty.csv").write_bytes(b"")
    assert run("plan", tmp_path / "empty.csv", "--out", tmp_path / "out") == 2
    assert "empty.csv" in capsys.readouterr().err
    assert run("check", tmp_path / "nowhere.csv") == 2
    assert "nowhere.csv" in capsys.readouterr().err


def test_a_rules_file_with_a_slip_exits_2_with_row_and_nearest_name(tmp_path, capsys):
    rules = tmp_path / "rules.toml"
    rules.write_text('language = "en"\n[[rule]]\nkind = "balance"\ncolum = "Vooropleiding cijfer"\n')
    assert run("check", CLASS_28, "--rules", rules) == 2
    told = capsys.readouterr().err
    assert "rules.toml, row 4" in told
    assert "Did you mean “column”?" in told


def test_an_unknown_column_exits_2_with_the_nearest(tmp_path, capsys):
    rules = tmp_path / "rules.toml"
    rules.write_text('language = "nl"\n[[rule]]\nkind = "mix"\ncolumn = "Opleidng"\n')
    assert run("plan", CLASS_28, "--rules", rules, "--out", tmp_path / "out") == 2
    told = capsys.readouterr().err
    assert "Opleidng" in told
    assert "“Opleiding”" in told


def test_a_time_limit_that_cuts_short_says_so(tmp_path, capsys, monkeypatch):
    """The time is up once a plan that holds is in hand: how fast a machine is does not matter."""
    clock = Clock(0.0)

    def late(progress: Progress) -> None:
        clock.now = 0.0 if progress.violation else 601.0

    def here(task, request):
        assert request.time_limit == 600
        return task(request, watch=Watch(report=late, started=0.0))

    monkeypatch.setattr(running, "runner", lambda _: here)
    monkeypatch.setattr(watch_module, "time", clock)
    out = tmp_path / "out"
    assert run("plan", COHORT, "--rules", RULES_120, "--out", out, "--time-limit", 600) == 0
    outcome = json.loads((out / "plan.json").read_text())["outcome"]
    assert (outcome["status"], outcome["cut_short"]) == ("stopped", True)
    assert "best plan found" in capsys.readouterr().out


def test_a_failed_run_leaves_the_earlier_plan(planned, tmp_path):
    import shutil

    shutil.copytree(planned, tmp_path / "out")
    before = {path: path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file()}
    (tmp_path / "rules.toml").write_text("[groups]\nsize = [9, 9]\n")
    assert run("plan", CLASS_28, "--rules", tmp_path / "rules.toml", "--out", tmp_path / "out") == 1
    assert {path: path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file()} == before


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for another process")
def test_ctrl_c_ends_with_the_best_plan_in_hand(tmp_path):
    pty = pytest.importorskip("pty", reason="there is no such terminal on Windows")
    (tmp_path / "until").write_text("plan")
    command = [sys.executable, "-c", HELD_RUN, "plan", COHORT, "--rules", RULES_120, "--out", "out"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), HELD: str(tmp_path / "until")}
    screen, terminal = pty.openpty()  # on a terminal it shows how far it is
    process = subprocess.Popen(
        command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=terminal, text=True
    )
    seen = b""
    while not re.search(rb"every\s+required\s+rule\s+is\s+met|improving\s+a\s+few", seen, re.IGNORECASE):
        assert process.poll() is None, seen
        seen = (seen + os.read(screen, 4096))[-4096:]
    process.send_signal(signal.SIGINT)
    told, _ = process.communicate(timeout=120)
    assert process.returncode == 0, told
    assert len(rows(tmp_path / "out" / "groups.csv")) == 120
    assert json.loads((tmp_path / "out" / "plan.json").read_text())["outcome"]["cut_short"] is True


@pytest.mark.parametrize(
    "asked",
    [
        ("check", CLASS_28, "--heading-row", "9" * 30),
        ("plan", CLASS_28, "--out", "new", "--seed", "9" * 40),
        ("replan", CLASS_28, "--previous", "old", "--out", "new", "--from-week", "1" + "0" * 30),
        ("replan", CLASS_28, "--previous", "old", "--out", "new", "--extra-moves", "9" * 20),
        ("forecast", CLASS_28, "--sizes", "9" * 34),
    ],
)
def test_an_option_takes_no_number_beyond_any_course(asked, capsys):
    """Such numbers ended in tracebacks, or in no end."""
    with pytest.raises(SystemExit) as refused:
        run(*asked, "--language", "en")
    assert refused.value.code == 2
    assert "whole number" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("option", "value"),
    [("--seed", "9" * 30), ("--seed", "9" * 5_000), ("--time-limit", "inf"), ("--time-limit", "nan")],
)
def test_an_option_beyond_all_bounds_is_refused(option, value, tmp_path, capsys):
    with pytest.raises(SystemExit) as ended:
        run("plan", CLASS_28, "--out", tmp_path / "out", option, value)
    assert ended.value.code == 2
    assert option in capsys.readouterr().err


@pytest.mark.parametrize(
    ("module", "task", "file", "arguments"),
    [
        (reading, "class_list_of", "klas-28.csv", ["check", CLASS_28]),
        (reading, "rules_of", "regels-28.toml", ["check", CLASS_28, "--rules", RULES_28]),
        (reading, "group_list", "groups.csv", ["audit", CLASS_28, "PLAN/groups.csv"]),
        (reading.plans, "read_previous", "out", ["mail", "PLAN"]),
        (cards, "read_pulse", "klas-28.csv", ["pulse", "PLAN", CLASS_28]),
        (cards, "content", "texts-nl.toml", ["mail", "PLAN"]),
        (cards, "left", "changes.csv", ["sheet", "PLAN", "--week", "1", "--out", "PLAN/blad.html"]),
    ],
)
def test_a_file_that_kills_its_reader_is_refused(planned, monkeypatch, capsys, module, task, file, arguments):
    """A workbook of 6 KB once killed whatever process read it."""
    monkeypatch.setattr(module, task, dies)
    assert run(*(str(argument).replace("PLAN", str(planned)) for argument in arguments)) == 2
    assert f"{file}: Dit bestand lezen kostte veel te veel geheugen of tijd" in capsys.readouterr().err


def test_a_file_far_too_large_is_refused_before_it_is_read(tmp_path, capsys):
    large = tmp_path / "lijst.csv"
    with large.open("wb") as file:
        file.truncate(10**11)  # nothing of it is on the disk
    assert run("check", large) == 2
    assert "lijst.csv: Dit bestand is te groot: 95367,5 MB; het maximum is 5 MB." in capsys.readouterr().err
    assert run("check", CLASS_28, "--rules", large) == 2
    assert "lijst.csv: Dit bestand is te groot voor een regelbestand." in capsys.readouterr().err

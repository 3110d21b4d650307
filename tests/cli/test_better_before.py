"""A folder that holds a better plan of the same class list and rules does not lose it without a word."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from planner.cli import commands
from planner.cli.better_before import KEPT
from planner.model.domain import Plan
from planner.model.reports import Status
from planner.plans.course import Course
from planner.plans.plan_file import read_course, write_course
from planner.services.explain import Attempt
from tests.builders.commands import run_in_worker as run

LIST = "student_id,name,Grade\n" + "".join(f"s{n},Student Nummer{n},{5 + n * 7 % 4}\n" for n in range(8))
RULES = 'language = "en"\n[groups]\nsize = [4, 4]\n[[rule]]\nkind = "balance"\ncolumn = "Grade"\n'


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the files and, in `plan`, a plan that is proven best."""
    base = tmp_path_factory.mktemp("better")
    (base / "class.csv").write_text(LIST)
    (base / "rules.toml").write_text(RULES)
    assert run(*asked(base)) == 0
    return base


@pytest.fixture
def base(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "base"))


def asked(base: Path, *more: object) -> tuple[object, ...]:
    return ("plan", base / "class.csv", "--rules", base / "rules.toml", "--out", base / "plan", *more)


def course(base: Path) -> Course:
    return read_course((base / "plan" / "plan.json").read_bytes())


def comes_to(monkeypatch: pytest.MonkeyPatch, base: Path, more: int, **outcome: object) -> Plan:
    """Let the next run come to a plan that costs so much more."""
    plan = course(base).plan
    was = plan.outcome
    # The first two groups trade somebody: other groups, so that it can be seen which ones are there.
    one, other = plan.groups[:2]
    groups = (
        one.model_copy(update={"members": (other.members[0], *one.members[1:])}),
        other.model_copy(update={"members": (one.members[0], *other.members[1:])}),
    )
    changes = {"cost": was.cost + more, "bound": was.bound, "status": Status.FEASIBLE, **outcome}
    worse = plan.but(groups=groups, seed=7, turns=(), outcome=was.model_copy(update=changes))
    monkeypatch.setattr(commands, "make_plan", lambda *_, **__: Attempt(worse))
    return worse


def test_a_run_that_was_cut_short_leaves_a_better_plan_and_says_so(
    base: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {path.name: path.read_bytes() for path in (base / "plan").glob("*.*")}
    comes_to(monkeypatch, base, 40, cut_short=True, status=Status.STOPPED)
    capsys.readouterr()
    assert run(*asked(base)) == 0
    said = capsys.readouterr().out
    assert "This calculation ended early" in said
    assert "That one stays." in said
    assert {path.name: path.read_bytes() for path in (base / "plan").glob("*.*")} == before
    assert run(*asked(base, "--language", "nl")) == 0
    assert "Dat blijft staan." in capsys.readouterr().out


def test_a_plan_as_cheap_that_is_proven_best_is_the_better_one(
    base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert course(base).plan.outcome.status is Status.OPTIMAL
    groups = course(base).plan.groups
    comes_to(monkeypatch, base, 0, bound=-1, cut_short=True, status=Status.STOPPED)
    assert run(*asked(base)) == 0
    assert course(base).plan.groups == groups


def test_a_run_that_was_asked_on_purpose_is_written_and_says_how_to_get_the_better_one_back(
    base: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    worse = comes_to(monkeypatch, base, 40)
    capsys.readouterr()
    assert run(*asked(base, "--seed", 7)) == 0
    assert course(base).plan.groups == worse.groups
    said = capsys.readouterr().out
    assert "was better" in said
    assert "calculate it again with --seed 0 --effort normal." in said
    assert not (base / "plan" / KEPT).exists()


def test_a_better_plan_that_cannot_be_made_again_is_kept_as_a_file(
    base: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    by_hand = course(base)
    by_hand = by_hand.model_copy(update={"plan": by_hand.plan.but(effort="by-hand")})
    (base / "plan" / "plan.json").write_bytes(write_course(by_hand))
    worse = comes_to(monkeypatch, base, 40)
    assert run(*asked(base, "--seed", 7)) == 0
    assert course(base).plan.groups == worse.groups
    assert f"It is kept as {KEPT}." in capsys.readouterr().out
    assert read_course((base / "plan" / KEPT).read_bytes()) == by_hand


@pytest.mark.parametrize("other", ["rules", "class list", "no plan"])
def test_what_cannot_be_compared_is_written_as_ever(
    base: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], other: str
) -> None:
    worse = comes_to(monkeypatch, base, 40, cut_short=True)
    if other == "rules":
        (base / "rules.toml").write_text(RULES + 'importance = "nice"\n')
    elif other == "class list":
        (base / "class.csv").write_text(LIST.replace("s0,Student Nummer0,5", "s0,Student Nummer0,9"))
    else:
        (base / "plan" / "plan.json").write_text("{")
    assert run(*asked(base)) == 0
    assert "better (" not in capsys.readouterr().out
    assert course(base).plan.groups == worse.groups

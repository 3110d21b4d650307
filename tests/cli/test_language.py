"""In which language a command speaks, also where it only has an error to tell."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.cli import main
from planner.plans.folder import plan_files, write_folder
from tests.builders.handouts import LATIN, NAMES, OTHERS, course

CLASS = "Student number,Name\n1000001,Noor\n"


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """Return a folder with an English plan, rules in both languages and a class list."""
    made = course(NAMES, OTHERS, LATIN)
    english = made.model_copy(
        update={
            "plan": made.plan.model_copy(update={"language": "en"}),
            "rules": made.rules.model_copy(update={"language": "en"}),
        }
    )
    write_folder(tmp_path / "plan", plan_files(english)[0])
    (tmp_path / "bare").mkdir()
    (tmp_path / "bare" / "groups.csv").write_bytes((tmp_path / "plan" / "groups.csv").read_bytes())
    for language in ("nl", "en"):
        (tmp_path / f"{language}.toml").write_text(f'language = "{language}"\n[groups]\nsize = [3, 5]\n')
    (tmp_path / "class.csv").write_text(CLASS)
    return tmp_path


def told(files: Path, asked: str, capsys: pytest.CaptureFixture[str]) -> str:
    """Return the error of a command; names of files are in the folder."""
    words = [str(files / word) if (files / word.split("/")[0]).exists() else word for word in asked.split()]
    assert main(words) == 2
    captured = capsys.readouterr()
    return captured.err


COMMANDS = [
    ("mail plan --out mail.xlsx", "does not show which file type", "is niet te zien welk soort bestand"),
    ("mail plan --week 30", "week 30 is outside", "week 30 valt daarbuiten"),
    ("cards plan --week 30", "week 30 is outside", "week 30 valt daarbuiten"),
    ("cards plan --group X", "This plan has no group called", "In dit plan is er geen groep"),
    ("sheet plan --week 30", "week 30 is outside", "week 30 valt daarbuiten"),
    ("pulse plan nowhere.csv", "cannot be opened or written", "kan niet worden geopend"),
    ("audit nowhere.csv plan/groups.csv", "cannot be opened or written", "kan niet worden geopend"),
    ("forecast nowhere.csv --plan plan", "cannot be opened or written", "kan niet worden geopend"),
    (
        "replan class.csv --previous plan --out new --from-week 30",
        "Is this another course?",
        "Is dit een ander vak?",
    ),
]


@pytest.mark.parametrize(("asked", "english", "dutch"), COMMANDS)
def test_errors_speak_as_the_plan_does(
    files: Path, asked: str, english: str, dutch: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Errors of mail, and of all others that read a plan, were Dutch for an English plan."""
    assert english in told(files, asked, capsys)
    assert dutch in told(files, f"{asked} --language nl", capsys)


def test_a_plan_that_cannot_be_read_is_told_in_its_language(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = files / "plan" / "plan.json"
    plan.write_bytes(plan.read_bytes()[:-40])
    assert "This version of Hecht cannot read this as a plan." in told(files, "cards plan", capsys)
    plan.write_text("{}")
    assert "Deze versie van Hecht kan dit niet" in told(files, "cards plan", capsys)
    assert "Het vorige plan" in told(files, "mail nowhere", capsys)


@pytest.mark.parametrize("command", ["goals", "check"])
def test_without_a_plan_the_rules_say_the_language(
    files: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "cannot be opened" in told(files, f"{command} nowhere.csv --rules en.toml", capsys)
    assert "kan niet worden geopend" in told(files, f"{command} nowhere.csv --rules nl.toml", capsys)
    assert "kan niet worden geopend" in told(files, f"{command} nowhere.csv", capsys)


def test_the_plan_goes_before_the_rules_but_for_a_rerun_with_rules_of_its_own(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = "audit nowhere.csv plan/groups.csv --rules nl.toml"
    assert "cannot be opened" in told(files, asked, capsys)
    asked = "replan nowhere.csv --previous plan --out new"
    assert "cannot be opened" in told(files, asked, capsys)
    assert "kan niet worden geopend" in told(files, f"{asked} --rules nl.toml", capsys)
    assert "kan niet worden geopend" in told(files, "replan nowhere.csv --previous bare --out new", capsys)


def test_a_rerun_with_rules_that_name_no_language_goes_on_in_that_of_the_plan(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Rules without a language turned an English course Dutch."""
    (files / "bare.toml").write_text("[groups]\nsize = [3, 5]\n")
    asked = "replan class.csv --rules bare.toml --previous plan --out new"
    assert "Is this another course?" in told(files, asked, capsys)
    gone = "replan class.csv --rules gone.toml --previous plan --out new"
    assert "cannot be opened or written" in told(files, gone, capsys)

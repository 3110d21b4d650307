"""What the command line refuses, where it says it is, and that nothing is said before all of it is read."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from planner.cli import main
from planner.model.domain import Block, Turn
from planner.model.problems import InputError
from planner.rules import read_rules

CLASS = "Student number,Name,Mark\n" + "".join(f"100000{n},Name {n},{n}\n" for n in range(1, 7))
GROUPS = "student_id,group\n" + "".join(f"100000{n},Group {1 + n % 2}\n" for n in range(1, 7))
RULES = 'language = "en"\n[groups]\nsize = [3, 3]\n'


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "class.csv").write_text(CLASS, "utf-8")
    (tmp_path / "groups.csv").write_text(GROUPS, "utf-8")
    (tmp_path / "rules.toml").write_text(RULES, "utf-8")
    return tmp_path


def ran(files: Path, *words: str, rules: str = "rules.toml") -> int:
    places = [str(files / word) if word.endswith((".csv", ".json")) else word for word in words]
    return main([*places, "--rules", str(files / rules)])


def test_a_column_that_is_not_there_cannot_be_corrected(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A slip in the heading was taken without a word, and the column stayed what it was."""
    assert ran(files, "check", "class.csv", "--column", "Marks=number") == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "There is no column “Marks” to correct. Did you mean “Mark”?" in said.err
    assert ran(files, "check", "class.csv", "--column", "mark=number") == 0


@pytest.mark.parametrize(
    ("words", "missing"),
    [
        (("audit", "class.csv", "groups.csv", "--previous", "missing.json"), "missing.json"),
        (("forecast", "class.csv", "--plan", "missing.csv"), "missing.csv"),
    ],
)
def test_nothing_is_said_before_everything_is_read(
    words: tuple[str, ...], missing: str, files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The whole audit was printed, and then the error that a file is not there."""
    assert ran(files, *words) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert missing in said.err


# Rules


@pytest.mark.parametrize(
    ("text", "row", "wanted"),
    [
        ("[groups]\nprefer = true\n", 2, "a whole number"),
        ("[groups]\nsize = [true, 3]\n", 2, "two whole numbers"),
        ("[groups]\ncount = true\n", 2, "a whole number"),
        ("[roles]\nrotate_every = false\n", 2, "a whole number"),
        ("[term]\nweeks = true\n", 2, "a whole number"),
        ("[term]\nrefresh_after = [true]\n", 2, "a whole number"),
        ("[term]\nmax_moved = true\n", 2, "a number"),
        ('[[rule]]\nkind = "overlap"\ncolumns = ["a"]\nat_least = true\n', 4, "a whole number"),
        ('[[rule]]\nkind = "balance"\ncolumn = "a"\nwithin = true\n', 4, "a number"),
        ('[[rule]]\nkind = "limit"\ncolumn = "a"\nvalue = "x"\nat_most = true\n', 5, "a whole number"),
        ('[groups]\nprefer = "3"\n', 2, "a whole number"),
    ],
)
def test_true_is_no_number(text: str, row: int, wanted: str) -> None:
    """True was taken for 1, and false for 0."""
    with pytest.raises(InputError) as refused:
        read_rules(text.encode())
    assert {problem.row for problem in refused.value.problems} == {row}
    assert wanted in refused.value.problems[0].text("en")


def test_true_is_no_number_in_a_plan_either() -> None:
    assert Turn.model_validate_json('{"week": 1, "group": "A", "role": "B", "student_id": "C"}').week == 1
    with pytest.raises(ValidationError):
        Turn.model_validate_json('{"week": true, "group": "A", "role": "B", "student_id": "C"}')
    with pytest.raises(ValidationError):
        Block.model_validate({"from_week": True, "groups": ()})


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("[term]\nweeks = 6\nrefresh_after = [9]\n", 6),
        ("term.refresh_after = [19]\n", 4),
        ('[[rule]]\nkind = "mix"\ncolumn = "Mark"\n[[rule]]\nkind = "mix"\ncolumn = "Nope"\n', 7),
        ('[[rule]]\nkind = "apart"\nstudents = ["1000001", "9"]\n', 4),
    ],
)
def test_errors_of_rules_that_a_class_list_shows_name_file_and_row(
    text: str, row: int, files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Weeks outside the term, unknown columns and unknown people were told without saying where."""
    (files / "bad.toml").write_text(RULES.replace("[groups]\nsize", "groups.size") + text, "utf-8")
    row -= 1  # the section of the groups is one row here
    assert ran(files, "check", "class.csv", rules="bad.toml") == 2
    assert f"bad.toml, row {row}: " in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--rate", "3=0.2"), "(Option: --rate-column HEADING)"),
        (("--rate-column", "Mark"), "(Option: --rate ANSWER=P)"),
    ],
)
def test_rates_and_their_column_go_together(
    words: tuple[str, str], told: str, files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One without the other was let go without a word: everybody had the same rate."""
    assert ran(files, "forecast", "class.csv", *words) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert told in said.err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--sizes", "2,99"), "Groups of 99 cannot be compared in a class of 6 students"),
        (("--sizes", "4"), "Choose group sizes of at most half the class."),
        (("--groups", "1"), "Choose at least two groups."),
    ],
)
def test_one_group_is_nothing_to_compare(
    words: tuple[str, str], told: str, files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Groups larger than the class were the calmest: nobody could move anywhere."""
    assert ran(files, "forecast", "class.csv", *words) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert told in said.err

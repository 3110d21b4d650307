"""Options that cannot be read, files that cannot be written, and signs that would steer a terminal."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from planner.cli import main
from planner.cli.terminal import harmless
from planner.files import private_files as private

RULES = "[groups]\nsize = [2, 2]\n"
CLASS = "Student number,Name\n1000001,Noor Bos\n1000002,Sem Dekker\n1000003,Ali Kok\n1000004,Eva Vos\n"


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "class.csv").write_text(CLASS, "utf-8")
    for language in ("nl", "en"):
        (tmp_path / f"{language}.toml").write_text(f'language = "{language}"\n{RULES}', "utf-8")
    return tmp_path


def refused(words: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2
    return capsys.readouterr().err


MISUSED = [
    (["plan"], "Dit ontbreekt nog: CLASSLIST en --out.", "Still needed: CLASSLIST and --out."),
    (
        ["check", "x.csv", "--sheets", "a"],
        "De optie --sheets bestaat niet. Bedoelde je “--sheet”?",
        "There is no option --sheets. Did you mean “--sheet”?",
    ),
    (["check", "x.csv", "y.csv"], "Dit is niet begrepen: y.csv.", "This was not understood: y.csv."),
    (
        ["plan", "x.csv", "--out", "o", "--effort", "quik"],
        "“quik” is niet een van deze: quick, normal en prove. Bedoelde je “quick”?",
        "“quik” is not one of these: quick, normal, and prove. Did you mean “quick”?",
    ),
    (["plan", "x.csv", "--out"], "Achter --out hoort een waarde te staan.", "--out needs a value."),
    (["replan", "x.csv", "--merge", "a"], "Achter --merge horen 2 waarden", "--merge needs 2 values"),
    (["plan", "x.csv", "--seed", "x"], "geheel getal van 0 tot en met", "a whole number from 0 to"),
    (["plan", "x.csv", "--time-limit", "x"], "een aantal seconden", "a number of seconds, more than 0"),
    (["forecast", "x.csv", "--rate", "0.5"], "zoals ja=0.2", "such as yes=0.2"),
    (["replan", "x.csv", "--unlock=1"], "hoort niets te staan", "takes no value"),
    # an empty name was the folder in which one happened to be, and the plan went there
    (["plan", "x.csv", "--out", ""], "de naam van een bestand of een map", "the name of a file or a folder"),
    (["check", "x.csv", "--rules="], "de naam van een bestand of een map", "the name of a file or a folder"),
    (["cards", " "], "de naam van een bestand of een map", "the name of a file or a folder"),
    (["plam"], "“plam” is niet een van deze", "“plam” is not one of these"),
]


@pytest.mark.parametrize(("words", "dutch", "english"), MISUSED)
def test_options_are_refused_in_the_language_of_the_run(
    words: list[str], dutch: str, english: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The parser of Python spoke English in a Dutch run."""
    said = refused(words, capsys)
    assert dutch in said
    assert "Gebruik: python -m planner" in said
    said = refused([*words, "--language=en"], capsys)
    assert english in said
    assert "Usage: python -m planner" in said


def test_a_refused_option_speaks_the_language_of_the_rules(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["plan", "x.csv", "--seed", "x", "--rules"]
    assert "a whole number" in refused([*words, str(files / "en.toml")], capsys)
    assert "geheel getal" in refused([*words, str(files / "nl.toml")], capsys)


@pytest.mark.parametrize(
    ("language", "reason"), [("nl", "zo'n bestand of map is er niet"), ("en", "no such file")]
)
def test_the_operating_system_speaks_the_language_of_the_run(
    language: str, reason: str, files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "nowhere.csv", "--rules", str(files / f"{language}.toml")]) == 2
    said = capsys.readouterr().err
    assert said.startswith("nowhere.csv ")
    assert reason in said


def test_a_folder_is_no_file(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(files / "class.csv"), "--rules", str(files)]) == 2
    assert "het is een map" in capsys.readouterr().err


# A file that cannot be written is named as it was asked for


def planned(files: Path, out: Path) -> int:
    words = ["plan", files / "class.csv", "--rules", files / "nl.toml", "--out", out, "--effort", "quick"]
    return main([str(word) for word in words])


def test_a_full_disk_names_the_file_that_was_asked_for(
    files: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An error of writing had no name at all, or that of a file in between."""
    assert planned(files, files / "plan") == 0

    def full(_file: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(private.os, "fsync", full)
    assert main(["mail", str(files / "plan")]) == 2
    assert "mail.csv kan niet worden geopend of geschreven: de schijf is vol." in capsys.readouterr().err


def test_a_place_where_nothing_can_be_made_names_the_file_that_was_asked_for(
    files: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert planned(files, files / "plan") == 0

    def nowhere(prefix: str, dir: Path) -> str:  # noqa: A002
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), f"{dir}/{prefix}x7g3")

    monkeypatch.setattr(private.tempfile, "mkdtemp", nowhere)
    assert main(["mail", str(files / "plan"), "--out", str(files / "x.csv")]) == 2
    assert capsys.readouterr().err.startswith("x.csv kan niet")
    with pytest.raises(FileNotFoundError) as refused_folder:
        private.write_files(files / "other", {"a.csv": b"", "b.csv": b""})
    assert refused_folder.value.filename == str(files / "other")


# Signs that would steer a terminal


def test_no_sign_of_a_cell_or_a_key_steers_the_terminal(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Escape sequences from cells, headings and keys of a rules file reached the terminal as they were."""
    nasty = "\x1b[31mRood\x07\x9b2J\x7f"
    text = f"Student number,Name,{nasty}\n1000001,Noor,{nasty}\n1000002,Sem,{nasty}\n"
    (files / "class.csv").write_text(text, "utf-8")
    (files / "rules.toml").write_text('language = "en"\n"\\u001b[31mkey\\u009b" = 1\n', "utf-8")
    main(["check", str(files / "class.csv")])
    main(["check", str(files / "class.csv"), "--rules", str(files / "rules.toml")])
    main(["check", str(files / "class.csv"), "--column", f"{nasty}=number"])
    with pytest.raises(SystemExit):
        main(["plan", nasty, "--effort", nasty, nasty])
    captured = capsys.readouterr()
    steering = {c for c in captured.out + captured.err if ord(c) < 32 or 127 <= ord(c) < 160}
    assert steering == {"\n"}
    assert "␛[31m" in captured.err


def test_what_is_harmless_stays() -> None:
    assert harmless("Zoë\t– “é” 🦔\n") == "Zoë\t– “é” 🦔\n"
    assert harmless("\x00\r\x1b\x7f\x85") == "␀␍␛␡\ufffd"

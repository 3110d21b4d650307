"""The commands for what travels with the groups: plain words, whole files, exit status 2 for bad input."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path

import pytest

from planner.handouts.content import FOLDER, own_file
from planner.model.handover import Handover
from planner.plans.folder import plan_files, write_folder
from planner.reporting.reasons import changes_of
from planner.rules import Rules, write_rules
from planner.rules.goals import GoalSettings
from tests.builders.commands import run_in_worker as run
from tests.builders.handouts import HOSTILE, LATIN, NAMES, OTHERS, course, rerun
from tests.builders.pulse_answers import Row, google


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of a plan after a rerun in week 4."""
    before = course(NAMES, OTHERS, LATIN)
    now = rerun(before)
    left = {before.plan.groups[1].members[0]: "=Bram Kok"}
    changed = changes_of(now.roster, before.plan.groups, now.plan, left)
    files, _ = plan_files(now, Handover(week=4, previous=before.plan.group_of, changes=changed))
    write_folder(tmp_path / "plan", files)
    return tmp_path / "plan"


def test_cards_as_pdf_and_as_a_page(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pdf, page = tmp_path / "new" / "kaarten.pdf", tmp_path / "cards.html"
    assert run("cards", folder, "--language", "nl", "--out", pdf) == 0
    assert capsys.readouterr().out == f"3 kaarten staan in {pdf}.\n"
    assert pdf.read_bytes().startswith(b"%PDF-1.7")
    assert run("cards", folder, "--language", "en", "--out", page, "--group", "Groep 2") == 0
    assert capsys.readouterr().out == f"One card is in {page}.\n"
    written = page.read_text("utf-8")
    assert "Welcome to the group, Nova and Zoë!" in written
    assert "Groep 1" not in written
    assert {path.name for path in tmp_path.iterdir()} == {"plan", "new", "cards.html"}
    assert [path.name for path in pdf.parent.iterdir()] == ["kaarten.pdf"]


def test_a_name_and_a_language_where_none_is_asked_for(folder: Path) -> None:
    assert run("cards", folder) == run("sheet", folder, "--week", "5") == run("mail", folder) == 0
    made = {"cards.pdf", "sheet-week-5.pdf", "mail.csv", "mail.txt"}
    assert made <= {path.name for path in folder.iterdir()}
    assert (folder / "mail.csv").read_text("utf-8-sig").startswith("naam;roepnaam;")


def test_the_sheet_tells_what_changed_with_the_names_of_who_left(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "blad.html"
    assert run("sheet", folder, "--week", "4", "--out", out, "--visits", "1") == 0
    written = out.read_text("utf-8")
    assert "<bdi>=Bram Kok</bdi></strong> · niet meer in Groep 2" in written
    assert "Deze groep heeft een nieuw lid." in written
    (folder / "changes.csv").unlink()
    assert run("sheet", folder, "--week", "4", "--out", out) == 0
    assert "niet meer in Groep 2" in out.read_text("utf-8")


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"a;b\n1;2\n", b"student_id;name\n1\n"])
def test_a_list_of_changes_that_is_not_right_is_told_of(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes
) -> None:
    (folder / "changes.csv").write_bytes(content)
    assert run("sheet", folder, "--week", "4", "--out", tmp_path / "blad.html") == 2
    assert "changes.csv: Deze lijst met wijzigingen is niet te lezen. " in capsys.readouterr().err


def test_the_pulse_is_asked_and_read(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("pulse", folder) == 0
    assert "1. In welke groep zit je?\n   Groep 1\n" in capsys.readouterr().out
    rows: list[Row] = [("Groep 1", "4", (2, 3, 4))] * 4 + [("Groep 2", "4", (2, 3, 4))] * 3
    answers = tmp_path / "pulse.csv"
    answers.write_bytes(google(rows).content)
    assert run("pulse", folder, answers) == 0
    assert capsys.readouterr().out.splitlines() == [
        "Groep 1: Week 4: erbij horen 2, ruimte om te proberen 3, rol 4 (van 5).",
        "Groep 2: Nog te weinig antwoorden om te laten zien.",
        "Groep 3: Nog te weinig antwoorden om te laten zien.",
    ]
    out = tmp_path / "sheet.html"
    assert run("sheet", folder, "--week", "4", "--pulse", answers, "--out", out) == 0
    assert "ga hier eerst langs" in out.read_text("utf-8")


def test_own_texts_in_the_folder_count(folder: Path, tmp_path: Path) -> None:
    own = (FOLDER / "nl.toml").read_text("utf-8")
    (folder / own_file("nl")).write_text(own.replace("Een fout is informatie.", "Proberen mag."), "utf-8")
    assert run("cards", folder, "--out", tmp_path / "c.html") == 0
    assert "Proberen mag." in (tmp_path / "c.html").read_text("utf-8")
    (folder / own_file("nl")).write_text("card = 3", "utf-8")
    assert run("cards", folder, "--out", tmp_path / "c.html") == 2
    assert "Proberen mag." in (tmp_path / "c.html").read_text("utf-8")  # nothing is written over


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["cards", "PLAN", "--out", "kaarten.doc"], "kaarten.doc: Aan de bestandsnaam is niet te zien"),
        (["cards", "PLAN", "--week", "3"], "Deze groepen gelden van week 4 tot en met week 10; week 3"),
        (["cards", "PLAN", "--group", "Groep 22"], "In dit plan is er geen groep “Groep 22”. Bedoelde je"),
        (["sheet", "PLAN", "--week", "11"], "week 11 valt daarbuiten"),
        (
            ["sheet", "PLAN", "--week", "4", "--pulse", "PLAN/groups.csv"],
            "groups.csv: De vraag “In mijn groep hoor ik erbij",
        ),
        (["sheet", "PLAN", "--week", "4", "--pulse", "weg.csv"], "weg.csv"),
        (["mail", "PLAN", "--out", "mail.xlsx"], "mail.xlsx: Aan de bestandsnaam is niet te zien"),
        (["cards", "weg"], "Het vorige plan kan niet worden geopend"),
        (["cards", "PLAN/groups.csv"], "die staan in plan.json. Kies de map"),
        (
            ["cards", "PLAN", "--out", "PLAN/plan.json/c.pdf"],
            "plan.json kan niet worden geopend of geschreven",
        ),
    ],
)
def test_what_cannot_be_done_is_told_in_plain_words(
    folder: Path, arguments: Sequence[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert run(*(one.replace("PLAN", str(folder)) for one in arguments)) == 2
    captured = capsys.readouterr()
    assert told in captured.err
    assert captured.out == ""
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_groups_that_were_changed_by_hand_ask_for_a_plan_first(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    groups = (
        (folder / "groups.csv").read_text("utf-8-sig").replace("Sem de Wit;Groep 1", "Sem de Wit;Groep 3")
    )
    (folder / "groups.csv").write_text(groups, "utf-8-sig")
    assert run("cards", folder) == 2
    assert "Draai `replan` met deze map" in capsys.readouterr().err
    assert not (folder / "cards.pdf").exists()


def test_goals_are_proposed_as_they_go_into_a_rules_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rules = Rules(goals=GoalSettings(column="Wat wil je leren", course=("Presenteren", "Onderzoek doen")))
    (tmp_path / "rules.toml").write_bytes(write_rules(rules))
    people = [("1000001", "Noor Bos", "rustig presenteren"), ("1000002", HOSTILE[3], '"]\n[x] # onderzoek')]
    rows = "".join(
        f'{number};{name};"{words.replace(chr(34), chr(34) * 2)}"\n' for number, name, words in people
    )
    (tmp_path / "klas.csv").write_text("Studentnummer;Naam;Wat wil je leren\n" + rows, "utf-8")
    assert run("goals", tmp_path / "klas.csv", "--rules", tmp_path / "rules.toml") == 0
    written = capsys.readouterr().out
    assert tomllib.loads(written[written.index("[goals") :]) == {
        "goals": {"links": {"1000001": "Presenteren", "1000002": "Onderzoek doen"}}
    }

"""What columns mean, by heading, cells and what the coordinator says."""

from __future__ import annotations

import pytest

from planner.model.domain import ColumnKind
from planner.rosters.cell_kinds import by_cells, several_in_one
from planner.rosters.heading_vocabulary import asked, is_moment, listed
from tests.builders.files import read

K = ColumnKind


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Studentnummer", K.STUDENT_NUMBER),
        ("STUDENT_ID", K.STUDENT_NUMBER),
        ("Student #", K.STUDENT_NUMBER),
        ("Student-ID", K.STUDENT_NUMBER),
        ("Studentnr. (zonder s)", K.STUDENT_NUMBER),
        ("OrgDefinedId", K.STUDENT_NUMBER),
        ("E-mail", K.EMAIL),
        ("Émail", K.EMAIL),
        ("E-mailadres:", K.EMAIL),
        ("NetID", K.USERNAME),
        ("Naam2", K.NAME),
        ("Voor- en achternaam", K.NAME),
        ("Roepnaam", K.FIRST_NAME),
        ("Tussenvoegsel(s)", K.INFIX),
        ("FamilyName", K.LAST_NAME),
        ("Werkgroep", K.SECTION),
        ("group_name", K.GROUP),
        ("Group1", K.GROUP),
        ("Rol in cursus", K.ROLE),
        ("Tijdstempel", K.IGNORED),
        ("Liever geen rol", None),
        ("Naam van je vorige school", None),
        ("Cijfer", None),
    ],
)
def test_headings_that_are_listed(heading: str, kind: ColumnKind | None) -> None:
    assert listed(heading) is kind


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Wat is je studentnummer?", K.STUDENT_NUMBER),
        ("What is your full name?", K.NAME),
        ("Je voornaam", K.FIRST_NAME),
        ("Vul je e-mailadres in", K.EMAIL),
        ("Wanneer kun je samenwerken?", K.SLOTS),
        ("Which days are you free?", K.SLOTS),
        ("Beschikbaarheid [maandag]", K.SLOTS),
        ("Wens 2", K.PEER),
        ("Wish 1", K.PEER),
        ("Met wie werk je graag?", K.PEER),
        ("Who would you like to work with?", K.PEER),
        ("Studentnummer van gewenste partner", K.PEER),
        ("Naam medestudent", K.PEER),
        ("Opmerkingen en wensen", None),
        ("Wat is de naam van je vorige opleiding?", None),
        ("Hoe vaak mail je?", None),
        ("Wanneer ben je tevreden?", K.SLOTS),  # the cells tell that it is prose
    ],
)
def test_headings_that_ask(heading: str, kind: ColumnKind | None) -> None:
    assert asked(heading) is kind


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (["7,5", "8", "6.5", "n.v.t.", "7"], K.NUMBER),
        (["1.234,5", "2", "85%"], K.NUMBER),
        (["ja", "nee", "ja"], K.CATEGORY),
        (["hbo", "vwo", "hbo", "mbo", "vwo"], K.CATEGORY),
        (["ma;di;", "di;wo;", "ma;"], K.SLOTS),
        (["ma, di", "di, wo", "ma"], K.SLOTS),
        (["Ja, graag", "Nee, liever niet", "Ja, graag", "Nee, liever niet"], K.CATEGORY),
        (["Ik wil leren, en veel", "Omdat het leuk is, denk ik", "Weet niet"], K.TEXT),
        (["Jansen, Noor", "Vries, Sem de", "Bos, Bo"], K.TEXT),
        (["1-9-2026", "2-9-2026 10:00", "2026-09-03"], K.IGNORED),
        (["a@b.nl", "c@d.nl"], K.EMAIL),
        ([], K.TEXT),
    ],
)
def test_cells_tell_where_the_heading_does_not(cells: list[str], kind: ColumnKind) -> None:
    assert by_cells(cells) is kind


def test_one_answer_each_is_not_several() -> None:
    assert not several_in_one(["ma", "di", "ma", "wo"])


@pytest.mark.parametrize(
    "heading", ["Maandag", "ma ochtend", "Mon AM", "Tuesday 9-11", "vrijdagmiddag", "wo 13:00-15:00 uur"]
)
def test_moments_of_the_week(heading: str) -> None:
    assert is_moment(heading)


@pytest.mark.parametrize("heading", ["Marketing", "Dozen", "Monitor", "vwo", "Zondagsrust", "ochtend"])
def test_no_moments_of_the_week(heading: str) -> None:
    assert not is_moment(heading)


def test_a_column_for_each_moment() -> None:
    rows = [("Studentnummer", "ma", "di", "wo"), ("0912345", "x", "", "x"), ("0912346", "", "x", "x")]
    assert [column.kind for column in read(rows).require().columns] == [K.SLOTS] * 3
    fewer = [("Studentnummer", "WO", "Cijfer"), ("0912345", "ja", "7"), ("0912346", "nee", "8")]
    assert read(fewer).require().kind("WO") is K.CATEGORY


def test_a_question_that_only_sounds_like_one_is_judged_by_its_cells() -> None:
    rows = [
        ("E-mail", "Mag je e-mail gedeeld worden?", "Wanneer kun je trots zijn?"),
        (
            "a@b.nl",
            "ja",
            "Als het samen lukt om iets te maken waar we allemaal heel erg lang aan gewerkt hebben, ja",
        ),
        ("b@b.nl", "nee", "Als het af is, en klaar"),
        ("c@b.nl", "ja", "Nooit"),
    ]
    reading = read(rows)
    assert reading.require().kind("Mag je e-mail gedeeld worden?") is K.CATEGORY
    assert reading.require().kind("Wanneer kun je trots zijn?") is K.TEXT


@pytest.mark.parametrize(
    ("headings", "first", "second", "ids"),
    [
        (("ID", "Studentnummer"), ("1", "0912345"), ("2", "0912346"), ["0912345", "0912346"]),
        (("nr", "Studentnummer"), ("1", "0912345"), ("2", "0912346"), ["0912345", "0912346"]),
        (("id", "naam"), ("1", "Noor"), ("2", "Sem"), ["1", "2"]),
        (("id", "e-mail"), ("1", "a@b.nl"), ("2", "c@b.nl"), ["a@b.nl", "c@b.nl"]),
        (("nummer", "naam"), ("0912345", "Noor"), ("0912346", "Sem"), ["0912345", "0912346"]),
        (("Netid", "naam"), ("nberg", "Noor"), ("svries", "Sem"), ["nberg", "svries"]),
        (("Privé-mail", "School e-mail"), ("x@y.nl", "a@b.nl"), ("z@y.nl", "c@b.nl"), ["a@b.nl", "c@b.nl"]),
        (
            ("Gebruikersnaam", "E-mail", "Stamnr"),
            ("n", "a@b.nl", "101"),
            ("s", "c@b.nl", "102"),
            ["101", "102"],
        ),
    ],
)
def test_which_column_tells_students_apart(
    headings: tuple[str, ...], first: tuple[str, ...], second: tuple[str, ...], ids: list[str]
) -> None:
    assert [student.id for student in read([headings, first, second]).require().students] == ids


def test_the_coordinator_chooses_among_two_numbers() -> None:
    rows = [("Studentnummer", "Stamnr", "Naam"), ("0912345", "101", "Noor"), ("0912346", "102", "Sem")]
    assert [student.id for student in read(rows).require().students] == ["0912345", "0912346"]
    chosen = read(rows, kinds={"Stamnr": K.STUDENT_NUMBER}).require().students
    assert [(student.id, student.keys) for student in chosen] == [
        ("101", {"student_number": "0912345"}),
        ("102", {"student_number": "0912346"}),
    ]

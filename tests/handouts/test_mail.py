"""Mail merge: one row for each student, and a text with the same fields."""

from __future__ import annotations

import csv
import io

import pytest

from planner.handouts.content import content
from planner.handouts.mail import FIELDS, mail_csv, mail_text
from planner.model.cells import restore
from planner.model.problems import InputError
from planner.model.text import Language
from tests.builders.handouts import HOSTILE, LATIN, course, named


def rows(written: bytes, language: Language) -> list[dict[str, str]]:
    assert written.startswith(b"\xef\xbb\xbf")
    separator = ";" if language == "nl" else ","
    return list(csv.DictReader(io.StringIO(written.decode("utf-8-sig"), newline=""), delimiter=separator))


def test_a_row_for_every_student() -> None:
    made = course(("Noor van der Berg", "Sem de Wit", "Ali Kaya"), LATIN)
    table = rows(mail_csv(made, "nl"), "nl")
    assert tuple(table[0]) == FIELDS["nl"]
    assert [row["naam"] for row in table] == [one.name for one in made.roster.students]
    first = table[0]
    assert (first["roepnaam"], first["e-mail"]) == ("Noor", "student1@school.example")
    assert (first["groep"], first["mensen"]) == ("Groep 1", "Sem en Ali")
    assert first["eerste_afspraak"] == "ma ochtend"
    assert sorted(row["rol"] for row in table[:3]) == [
        "Gespreksleider + Procesbewaker",
        "Notulist",
        "Woordvoerder",
    ]


def test_in_english_and_for_another_week() -> None:
    made = course(("Noor Bos", "Sem Wit"), rules="[groups]\nsize = [2, 2]")
    table = rows(mail_csv(made, "en", week=2), "en")
    assert tuple(table[0]) == FIELDS["en"]
    assert {row["role"] for row in table} == {"Facilitator + Reflector", "Note-taker + Spokesperson"}
    assert {row["first_meeting"] for row in table} == {"a time you choose together"}
    with pytest.raises(InputError):
        mail_csv(made, "en", week=11)


def test_formulas_are_neutralised_and_names_come_back() -> None:
    made = named(*HOSTILE)
    table = rows(mail_csv(made, "nl"), "nl")
    assert [restore(row["naam"]) for row in table] == list(HOSTILE)
    assert not [cell for row in table for cell in row.values() if cell.lstrip()[:1] in ("=", "+", "-", "@")]


def test_the_text_of_the_mail() -> None:
    written = mail_text(content("nl")).decode("utf-8-sig")
    assert written.splitlines()[0] == "Je studiegroep: «groep»"
    assert "Hoi «roepnaam»," in written

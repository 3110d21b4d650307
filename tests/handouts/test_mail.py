"""Mail merge: one row for each student, and a text with the same fields."""

from __future__ import annotations

import csv
import io
import re

import pytest

from planner.exports.tables import groups_csv
from planner.handouts.content import content
from planner.handouts.mail import FIELDS, mail_csv, mail_text
from planner.model.cells import restore
from planner.model.problems import InputError
from planner.model.text import LANGUAGES, Language
from tests.builders.handouts import HOSTILE, LATIN, NAMES, OTHERS, course, named, rerun


def rows(written: bytes, plan: Language = "nl") -> list[dict[str, str]]:
    """Return the rows of a table; it is separated as all files of a plan are, whatever it speaks."""
    assert written.startswith(b"\xef\xbb\xbf")
    separator = ";" if plan == "nl" else ","
    return list(csv.DictReader(io.StringIO(written.decode("utf-8-sig"), newline=""), delimiter=separator))


def test_a_row_for_every_student() -> None:
    made = course(("Noor van der Berg", "Sem de Wit", "Ali Kaya"), LATIN)
    table = rows(mail_csv(made, "nl"))
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
    table = rows(mail_csv(made, "en", week=2))
    assert tuple(table[0]) == FIELDS["en"]
    assert {row["role"] for row in table} == {"Gespreksleider + Procesbewaker", "Notulist + Woordvoerder"}
    in_groups = rows(groups_csv(made.roster, made.plan, 2))
    assert {row["name"]: row["role"] for row in table} == {row["name"]: row["role"] for row in in_groups}
    english = course(NAMES, rules='language = "en"')
    assert "Facilitator" in {row["rol"] for row in rows(mail_csv(english, "nl"), "en")}
    assert {row["first_meeting"] for row in table} == {"a time you choose together"}
    with pytest.raises(InputError):
        mail_csv(made, "en", week=11)


def test_formulas_are_neutralised_and_names_come_back() -> None:
    made = named(*HOSTILE)
    table = rows(mail_csv(made, "nl"))
    assert [restore(row["naam"]) for row in table] == list(HOSTILE)
    assert not [cell for row in table for cell in row.values() if cell.lstrip()[:1] in ("=", "+", "-", "@")]


def test_the_text_of_the_mail() -> None:
    written = mail_text(content("nl"), course(NAMES)).decode("utf-8-sig")
    assert written.splitlines()[0] == "Je studiegroep: «groep»"
    assert "Hoi «roepnaam»," in written
    assert "Jullie eerste afspraak: «eerste_afspraak»." in written


FIRST = re.compile(r"first|begin|eerste", re.IGNORECASE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_groups_that_have_met_are_not_told_of_a_first_week(language: Language) -> None:
    """In week 4 it said "In the first week your role is" and "Your first meeting", to groups that had run."""
    changed = rerun(course(NAMES, OTHERS, LATIN))
    running = course(NAMES, OTHERS)
    for made, week in ((changed, None), (changed, 5), (running, 4)):
        written = mail_text(content(language), made, week).decode("utf-8-sig")
        assert not FIRST.search(written)
        assert f"«{FIELDS[language][-1]}»" in written
        assert "«week»" in written.splitlines()[0]
    assert FIRST.search(mail_text(content(language), running).decode("utf-8-sig"))


def test_everyone_reads_what_is_so_for_their_own_group() -> None:
    made = rerun(course(NAMES, OTHERS, ("Kim Loo", "Lou Mee", "Mia Nap")))
    news = {row["naam"]: row["nieuws"] for row in rows(mail_csv(made, "nl", week=5))}
    one, two, three = made.plan.groups
    name = {student.id: student.name for student in made.roster.students}
    mover, came = name[two.members[-1]], name[two.members[-2]]
    assert news[came] == "Vanaf week 4 is dit je groep. Vraag de anderen wanneer jullie bij elkaar komen."
    assert news[mover].startswith("Vanaf week 4 zit je in een andere groep. Vraag de anderen")
    assert news[name[one.members[0]]] == "Niet meer in je groep: Zoë Bos."
    assert news[name[two.members[0]]].startswith("Nieuw in je groep vanaf week 4: Nova en Zoë. Niet meer in")
    assert {news[name[member]] for member in three.members} == {"Je groep blijft zoals die is."}
    told = [row["naam"] for row in rows(mail_csv(made, "nl", only_changed=True))]
    assert told == [name[member] for group in (one, two) for member in group.members]
    english = rows(mail_csv(made, "en"))
    assert {row["news"] for row in english if row["group"] == three.name} == {"Your group stays as it is."}
    assert not any(row["nieuws"] for row in rows(mail_csv(course(NAMES), "nl")))


def test_texts_of_before_have_one_mail_for_all_weeks() -> None:
    own = content("nl").model_copy(update={"mail_later": None})
    made = rerun(course(NAMES, OTHERS, LATIN))
    assert mail_text(own, made) == mail_text(own, course(NAMES))

"""A class list as a survey leaves it: whole questions, topic scores, notes, consent, earlier teams."""

from __future__ import annotations

from planner.model.domain import Roster
from planner.rosters import SourceFile, read_class_list

QUESTION = "Hoe zou je je ervaring met programmeren omschrijven? (1 = geen ervaring, 5 = veel)"
MOMENTS = "Op welke momenten in de week ben je beschikbaar om samen te werken?"
HEADINGS = (
    "Studentnummer",
    "Naam",
    "Opleiding",
    "Gender",
    QUESTION,
    MOMENTS,
    "Liever geen rol",
    "Wens 1",
    "Werkt parttime",
    "Voorkeur [Rover]",
    "Voorkeur [Drone]",
    "Voorkeur [Kas]",
    "Rate: lab work",
    "Rate: field work",
    "Toestemming om te delen",
    "Notities",
    "Telefoon",
    "Begintijd",
    "term_1_team_num",
)
NAMES = ("Sanne", "Noor", "Sem", "Ali", "Juul", "Bram", "Yara", "Teun", "Mila", "Ada", "Lotte", "Daan")
TIMES = (
    "ma ochtend, di middag, wo ochtend",
    "di middag, wo ochtend, do middag",
    "wo ochtend, do middag, ma ochtend",
)


def survey_rows() -> list[tuple[str, ...]]:
    """Return the rows: Sanne alone does mathematics, most would rather not be tester."""
    rows = []
    for place, name in enumerate(NAMES):
        study = "Wiskunde" if place == 0 else ("Biologie", "Scheikunde")[place % 2]
        role = ("Tester", "Notulist", "Scrum master")[place % 3]
        scores = [str(1 + (place + topic) % 5) for topic in range(5)]
        person = (f"12900{place:02}", f"{name} Jansen", study, "mv"[place // 2 % 2], str(1 + place % 5))
        said = (TIMES[place % 3], role, f"{NAMES[(place + 1) % 12]} Jansen", ("ja", "nee")[place % 2])
        rest = ("ja" if place % 3 else "nee", ("geen", "later")[place % 2], f"061234567{place % 3}")
        team = (("9:00", "10:00")[place % 2], str(1 + place % 4))
        rows.append((*person, *said, *scores, *rest, *team))
    return rows


def survey_csv() -> bytes:
    """Return the class list as a file."""
    return "\n".join(";".join(row) for row in (HEADINGS, *survey_rows())).encode("utf-8-sig")


def survey_class() -> Roster:
    """Return the class list as it is read."""
    return read_class_list(SourceFile("klas.csv", survey_csv())).require()

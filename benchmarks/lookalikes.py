"""Files as learning systems export them, for one invented class; the quirks are theirs."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from functools import cache
from random import Random
from typing import Literal

import xlsxwriter

from benchmarks.people import Person, draw_people
from planner.model.values import normalize_text

PROGRAMMES = ("Communicatie", "Bedrijfskunde", "Toegepaste Psychologie")
GOALS = ("Beter samenwerken", "Onderzoek leren doen", "Presenteren", "Vakkennis verdiepen")
HALF_DAYS = tuple(f"{day} {part}" for day in ("ma", "di", "wo", "do", "vr") for part in ("ochtend", "middag"))
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
SECTIONS = ("COM-1A", "COM-1B")
# Excel files carry their date of creation; this one never changes.
CREATED = datetime(2025, 8, 25, 9, 0)

Cell = str | float | datetime


@cache
def people() -> tuple[Person, ...]:
    """Return the class that all these files are about."""
    return tuple(draw_people(26, seed=84, programmes=len(PROGRAMMES), goals=len(GOALS)))


def login(person: Person) -> str:
    """Return the user name of someone: a letter of the first name, the surname, the end of the number."""
    letters = "".join(
        c for c in normalize_text(person.first[0] + person.surname) if c.isalnum() and c.isascii()
    )
    return letters[:8] + person.number[-3:]


def canvas_gradebook() -> bytes:
    """Canvas: a posting row, a row of points possible, and a test student at the end."""
    rng = Random(1)
    headings = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
    headings += ["Reflectie 1 (48213)", "Groepsopdracht (48217)", "Assignments Current Score"]
    headings += ["Current Score", "Final Score"]
    posting = ["", "", "", "", "", "Manual Posting", "", "(read only)", "(read only)", "(read only)"]
    possible = ["    Points Possible", "", "", "", "", "10.00", "20.00", "(read only)"] + ["(read only)"] * 2
    rows = [headings, posting, possible]
    for place, person in enumerate(people()):
        scores = [f"{rng.uniform(5, 10):.2f}", f"{rng.uniform(9, 20):.2f}" if place % 9 else ""]
        totals = [f"{rng.uniform(50, 100):.2f}" for _ in range(3)]
        name = f"{person.last}, {person.first} {person.infix}".strip()
        rows.append(
            [name, str(48_000 + place), person.number, login(person), _section(place), *scores, *totals]
        )
    test = ["Student, Test", "48999", "", "5f2b7c9e41d84c0ab6a9", SECTIONS[0], "", "", "", "", ""]
    return _csv([*rows, test], encoding="utf-8-sig")


def canvas_groups() -> bytes:
    """Canvas: the members of a group set; two students have no group yet."""
    headings = ["name", "canvas_user_id", "user_id", "login_id", "sections", "group_name"]
    rows = [[*headings, "canvas_group_id", "group_id"]]
    for place, person in enumerate(people()):
        keys = [person.name, str(48_000 + place), person.number, login(person), _section(place)]
        group = ["", "", ""] if place in (7, 19) else [f"Projectgroep {person.group + 1}", "", ""]
        group[1] = str(7300 + person.group) if group[0] else ""
        rows.append(keys + group)
    return _csv(rows, line_end="\n")


def brightspace_grades() -> bytes:
    """Brightspace: `#` before both keys and at the end of each line; the infix is in the last name."""
    rng = Random(2)
    rows = [["OrgDefinedId", "Username", "Last Name", "First Name", "Email"]]
    rows[0] += ["Toets 1 Points Grade", "Groepsopdracht Points Grade", "End-of-Line Indicator"]
    for person in people():
        grades = [f"{rng.uniform(4, 10):.1f}", f"{rng.uniform(4, 10):.1f}" if rng.random() < 0.9 else ""]
        keys = [f"#{person.number}", f"#{login(person)}", person.surname, person.first, person.email]
        rows.append([*keys, *grades, "#"])
    return _csv(rows)


def microsoft_forms() -> bytes:
    """Microsoft Forms: answers in order of arrival, one anonymous, one person twice, some never."""
    rng = Random(3)
    headings: list[Cell] = ["ID", "Start time", "Completion time", "Email", "Name", "Last modified time"]
    headings += ["Welke opleiding volg je?", "Wanneer kun je samenwerken?\n(meer antwoorden mogelijk)"]
    headings += ["Wat wil je leren?", "Met wie werk je graag?", "Met wie werk je graag?2"]
    answering = rng.sample(people(), 24)
    answering.append(answering[4])  # changed their mind a week later
    rows: list[list[Cell]] = [headings]
    for place, person in enumerate(answering):
        start = CREATED + timedelta(minutes=rng.randrange(40, 300) + 310 * place)
        peer = rng.choice(people()).name if rng.random() < 0.4 else ""
        mail, name = ("anonymous", "") if place == 11 else (person.email, person.name)
        rows.append(
            [
                place + 1,
                start,
                start + timedelta(seconds=rng.randrange(60, 400)),
                mail,
                name,
                "",
                PROGRAMMES[person.programme],
                "".join(f"{HALF_DAYS[slot]};" for slot in person.free),
                GOALS[person.goal],
                "" if peer == person.name else peer,
                "",
            ]
        )
    return _xlsx("Sheet1", rows)


def google_forms() -> bytes:
    """Google Forms: everything in quotes, a grid with one column a day, choices with `;` between them."""
    rng = Random(4)
    headings = ["Timestamp", "Student number", "Full name"]
    headings += [f"When can you meet? [{day}]" for day in WEEKDAYS]
    rows = [[*headings, "What would you like to learn?"]]
    answering = rng.sample(people(), 23)
    for place, person in enumerate(answering):
        moment = CREATED + timedelta(minutes=rng.randrange(120) + 125 * place, seconds=rng.randrange(60))
        days = [
            ";".join(part for at, part in enumerate(("Morning", "Afternoon")) if 2 * day + at in person.free)
            for day in range(len(WEEKDAYS))
        ]
        stamp = f"{moment:%Y/%m/%d %I:%M:%S %p} GMT+2"
        rows.append([stamp, person.number, person.name, *days, GOALS[person.goal]])
    return _csv(rows, line_end="\n", quoting=csv.QUOTE_ALL)


def moodle_participants() -> bytes:
    """Moodle in Dutch: names in the language of the site, then the fields it chose."""
    rows = [["Voornaam", "Achternaam", "ID-nummer", "E-mailadres", "Afdeling"]]
    rows += [[p.first, p.surname, p.number, p.email, PROGRAMMES[p.programme]] for p in people()]
    return _csv(rows, line_end="\n", encoding="utf-8-sig")


def osiris() -> bytes:
    """OSIRIS: eight rows about the course above the headings; everything is text."""
    preamble: list[list[Cell]] = [
        ["Deelnemerslijst"],
        [],
        ["Cursus", "COM1.P2", "Projectvaardigheden"],
        ["Collegejaar", "2025"],
        ["Periode", "Blok 1"],
        ["Faculteit", "Communicatie en Economie"],
        ["Aantal deelnemers", str(len(people()))],
        [],
    ]
    headings: list[Cell] = ["Studienummer", "Netid", "Achternaam", "Tussenvoegsel", "Voornaam"]
    headings += ["E-mail", "Opleiding", "Klas"]
    rows: list[list[Cell]] = [
        [p.number, login(p), p.last, p.infix, p.first, p.email, PROGRAMMES[p.programme], _section(place)]
        for place, p in enumerate(people())
    ]
    return _xlsx("Deelnemers", [*preamble, headings, *rows])


def blackboard_gradebook() -> bytes:
    """Blackboard: everything in quotes, column ids behind the titles, BOM and LF."""
    rng = Random(5)
    headings = ["Last Name", "First Name", "Username", "Student ID"]
    headings += ["Reflectie [Total Pts: 2 Score] |574266", "Eindopdracht [Total Pts: 10 Score] |574271"]
    rows = [headings]
    for person in people():
        scores = [f"{rng.choice((0, 1, 2))}", f"{rng.uniform(4, 10):.1f}" if rng.random() < 0.9 else ""]
        rows.append([person.surname, person.first, login(person), person.number, *scores])
    return _csv(rows, line_end="\n", encoding="utf-8-sig", quoting=csv.QUOTE_ALL)


FILES: dict[str, Callable[[], bytes]] = {
    "canvas-gradebook.csv": canvas_gradebook,
    "canvas-groups.csv": canvas_groups,
    "brightspace-grades.csv": brightspace_grades,
    "microsoft-forms.xlsx": microsoft_forms,
    "google-forms.csv": google_forms,
    "moodle-participants.csv": moodle_participants,
    "osiris.xlsx": osiris,
    "blackboard-gradebook.csv": blackboard_gradebook,
}


def _section(place: int) -> str:
    return SECTIONS[place % 2]


def _csv(
    rows: Iterable[Sequence[str]],
    line_end: str = "\r\n",
    encoding: str = "utf-8",
    quoting: Literal[0, 1] = csv.QUOTE_MINIMAL,
) -> bytes:
    file = io.StringIO()
    csv.writer(file, lineterminator=line_end, quoting=quoting).writerows(rows)
    return file.getvalue().encode(encoding)


def _xlsx(sheet: str, rows: Iterable[Sequence[Cell]]) -> bytes:
    file = io.BytesIO()
    # In memory, every entry of the file gets the same fixed date.
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_urls": False})
    book.set_properties({"created": CREATED})
    moment = book.add_format({"num_format": "m/d/yy h:mm:ss"})
    page = book.add_worksheet(sheet)
    for at, row in enumerate(rows):
        for place, cell in enumerate(row):
            if isinstance(cell, datetime):
                page.write_datetime(at, place, cell, moment)
            elif isinstance(cell, str):
                page.write_string(at, place, cell)
            else:
                page.write_number(at, place, cell)
    book.close()
    return file.getvalue()

"""Class lists in which each meaning is written in ten ways: what is understood is what was meant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.model.domain import ColumnKind
from planner.model.mentions import mentioned
from planner.rosters import read_class_list
from planner.rules.balance import numbers
from tests.builders.files import csv_file

K = ColumnKind
NAMES = (
    "Ilse Aarts", "Bram van den Bos", "Cato Claes", "Daan Dijk", "Esra Eker", "Floor Faber", "Gijs Gort",
    "Hugo Haan",
)  # fmt: skip


class Asked(NamedTuple):
    """A question in ten ways, each with the answers that go with it: by what is meant, how it is written."""

    kind: ColumnKind
    ways: Sequence[tuple[str, Mapping[object, str]]]


SCALE = Asked(
    K.SCALE,
    [
        ("How experienced are you?", {1: "1. Never done it", 2: "2. Once or twice", 3: "3. I do it often"}),
        ("Niveau", {1: "beginner", 2: "gevorderd", 3: "expert"}),
        ("I like working together", {1: "Strongly disagree", 2: "Neutral", 3: "Strongly agree"}),
        ("Ik werk graag samen", {1: "helemaal oneens", 2: "eens", 3: "helemaal eens"}),
        ("English (CEFR)", {1: "A2", 2: "B2", 3: "C1"}),
        ("Letter grade", {1: "C", 2: "B", 3: "A"}),
        ("Programmeerervaring", {1: "geen", 2: "een beetje", 3: "veel"}),
        ("How often do you plan?", {1: "never", 2: "sometimes", 3: "always"}),
        ("Zelfvertrouwen", {1: "laag", 2: "midden", 3: "hoog"}),
        ("Confidence", {1: "Not confident at all", 2: "Somewhat confident", 3: "Very confident"}),
    ],
)
NUMBER = Asked(
    K.NUMBER,
    [
        (heading, {5.5: low, 7.0: middle, 8.0: high})
        for heading, low, middle, high in (
            ("Cijfer", "5,5", "7", "8"),
            ("Entry grade", "5.5", "7.0", "8.0"),
            ("GPA", "5.50", "7.00", "8.00"),
            ("Toets 1", "5,5", "7,0", "8,0"),
            ("Score", "5.5", "7", "8"),
            ("Reistijd", "5,50", "7", "8"),
            ("Gemiddelde", "5,5", "7.0", "8"),
            ("Years", "5.5", "7", "8.0"),
            ("Kennis (0-10)", "5.5", "7", "8"),
            ("Average", "5.5", "7.0", "8"),
        )
    ],
)
MODES = Asked(
    K.PARTICIPATION,
    [
        (heading, {"on-site": here, "online": there, "mixed": both})
        for heading, here, there, both in (
            ("Hoe volg je de lessen?", "op locatie", "online", "wisselend"),
            ("How will you attend?", "In person", "Via Zoom", "Both"),
            ("Modality", "on campus", "remote", "hybrid"),
            ("Deelname", "fysiek", "op afstand", "gemengd"),
            ("Locatie", "op school", "thuis", "afwisselend"),
            ("Location", "on-site", "from home", "flexible"),
            ("Lesvorm", "in de klas", "volledig online", "deels online"),
            ("Mode", "face-to-face", "virtual", "blended"),
            ("Participation", "Onsite", "Online only", "Mixed"),
            ("Vorm", "Live", "Digitaal", "Hybride"),
        )
    ],
)
SECTIONS = Asked(
    K.SECTION,
    [
        (heading, {1: one, 2: two})
        for heading, one, two in (
            ("Section", "01", "02"),
            ("Sectie", "Sectie 1", "Sectie 2"),
            ("Class", "1", "2"),
            ("Klas", "klas 1", "klas 2"),
            ("Werkgroep", "WG 01", "WG 02"),
            ("Tutorial group", "Tutorial 1", "Tutorial 2"),
            ("Lab section", "Lab 001", "Lab 002"),
            ("Course section", "Section #1", "Section #2"),
            ("Lesgroep", "Lesgroep 1", "Lesgroep 2"),
            ("Cohort", "cohort 1", "cohort 2"),
        )
    ],
)
BEFORE = Asked(
    K.EARLIER_GROUP,
    [
        (heading, {1: f"{word}1", 2: f"{word}2", None: ""})
        for heading, word in (
            ("term_1_team_num", ""),
            ("Vorige groep", "Groep "),
            ("Previous team", "Team "),
            ("Groep blok 1", "G"),
            ("Team last year", "T"),
            ("Group (semester 1)", "g"),
            ("Eerdere projectgroep", "pg "),
            ("Earlier group", "Group "),
            ("Groep van vorig jaar", "groep "),
            ("Team in period 2", "Team-"),
        )
    ],
)
TOPICS = Asked(
    K.TOPIC_CHOICE,
    [
        (heading, {"sun": sun, "wind": wind})
        for heading, sun, wind in (
            ("Topic choice", "Sun", "Wind"),
            ("Projectkeuze project", "Zon", "Wind"),
            ("Which topic do you want?", "P01", "P02"),
            ("Welk onderwerp kies je?", "Zon", "Wind"),
            ("Project preference", "P1", "P2"),
            ("Voorkeur voor een project", "Zon", "Wind"),
            ("Preferred topic", "Sun", "Wind"),
            ("Keuze onderwerp", "zon", "wind"),
            ("Topic preference", "A-1", "B-2"),
            ("Choice of project", "Rover", "Drone"),
        )
    ],
)
WITH = (
    "With whom would you like to work?", "Met wie werk je graag?", "Wens 1", "Preferred teammates", "Wish",
    "People you would like on your team", "Who do you want to be in a group with?", "Studiemaatje",
    "Met wie wil je in een groep?", "Gewenste groepsgenoot",
)  # fmt: skip
WITHOUT = (
    "Rather not with", "Liever niet met", "People you would like NOT to have on your team",
    "Students to avoid", "Met wie werk je liever niet samen?", "Who would you rather not work with?",
    "Niet samen met", "Ongewenste groepsgenoten", "With whom can't you work?", "Not together with",
)  # fmt: skip
BETWEEN = (", ", "; ", " and ", " en ", " & ", " + ", "\n", " | ", ",", "; ")


def way_of(asked: Asked) -> st.SearchStrategy[tuple[str, Mapping[object, str]]]:
    return st.sampled_from(asked.ways)


@given(st.data())
@settings(max_examples=150)
def test_each_meaning_in_any_of_ten_ways_is_understood(data: st.DataObject) -> None:
    columns = [
        (asked, *data.draw(way_of(asked))) for asked in (SCALE, NUMBER, MODES, SECTIONS, BEFORE, TOPICS)
    ]
    meant = [
        # each answer comes back, as answers do; who says what is drawn
        data.draw(st.permutations(([*answers] * len(NAMES))[: len(NAMES)]))
        for _, _, answers in columns
    ]
    rows = [
        (
            f"12900{n:02}",
            name,
            *(answers[said[n]] for (_, _, answers), said in zip(columns, meant, strict=True)),
        )
        for n, name in enumerate(NAMES)
    ]
    roster = read_class_list(
        csv_file([("Student ID", "Name", *(one[1] for one in columns)), *rows])
    ).require()
    assert [column.kind for column in roster.columns] == [asked.kind for asked, _, _ in columns]
    for (asked, heading, _), said in zip(columns, meant, strict=True):
        answers = [student.answer(heading) for student in roster.students]
        if asked.kind in (K.SCALE, K.NUMBER):
            assert list(map(float, filter(None, numbers(roster, heading).values()))) == said
        else:  # who meant the same says the same, and nobody else does
            assert [answers.index(one) for one in answers] == [said.index(one) for one in said]


@given(st.data(), st.sampled_from(WITH), st.sampled_from(WITHOUT))
@settings(max_examples=100)
def test_wishes_in_any_of_ten_ways_name_whom_they_name(data: st.DataObject, with_: str, without: str) -> None:
    rows, meant = [], []
    for n, name in enumerate(NAMES):
        others = st.lists(st.sampled_from([one for one in NAMES if one != name]), max_size=3, unique=True)
        both = [data.draw(others), data.draw(others)]
        between = data.draw(st.sampled_from(BETWEEN))
        meant.append(both)
        rows.append(
            (f"12900{n:02}", name, *(between.join(map(data.draw, map(written, one))) for one in both))
        )
    roster = read_class_list(csv_file([("Student ID", "Name", with_, without), *rows])).require()
    assert [column.kind for column in roster.columns] == [K.PEER, K.NOT_WITH]
    for student, both in zip(roster.students, meant, strict=True):
        for heading, names in zip((with_, without), both, strict=True):
            found = mentioned(student.answer(heading), roster.known_people)
            assert [roster.by_id[one].name for one in found] == names


def written(name: str) -> st.SearchStrategy[str]:
    first, _, last = name.partition(" ")
    surname = name.split()[-1]
    behind = " ".join(name.split()[:-1])
    short = [name, name.lower(), name.upper(), first, surname, last, f"{first} {surname[0]}"]
    return st.sampled_from(
        [*short, f"{last}, {first}", f"{surname}, {behind}", f"12900{NAMES.index(name):02}"]
    )

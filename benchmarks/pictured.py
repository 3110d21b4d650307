"""The classes in the pictures of the guide: a Dutch one and an English one of 28, with a refresh halfway."""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Collection
from dataclasses import dataclass

import tomlkit

from benchmarks import samples
from planner.model.text import Language

TERM = {"weeks": 10, "refresh_after": [5], "keep_familiar": 1, "max_moved": 0.25}
GROUPS = 7  # of the English cohort, as it was dealt out


@dataclass(frozen=True)
class Class:
    """A class list and its rules, as files."""

    language: Language
    name: str
    students: str
    rules: str
    separator: str
    goals: str
    course_goals: tuple[str, ...]

    def later(self, left: Collection[str]) -> str:
        """Return the list after some left, by student number, and one came in."""
        lines = list(csv.reader(io.StringIO(self.students), delimiter=self.separator))
        new = ["1999999", "Nova", *lines[2][2:]]
        surname = lines[0].index("Achternaam" if self.language == "nl" else "Last name")
        if self.language == "nl":
            new[surname - 1] = "van"
        new[surname : surname + 2] = ["Dam", "nova.dam@student.hogeschool.example"]
        there = [line for line in lines if line[0] not in left]
        return _written([*there, new], self.separator)


def of(language: Language) -> Class:
    """Return the class in a language."""
    return _dutch() if language == "nl" else _english()


def members(groups_csv: str, separator: str) -> list[list[str]]:
    """Return the student numbers of every group in a list of groups."""
    found: dict[str, list[str]] = {}
    for row in csv.DictReader(io.StringIO(groups_csv), delimiter=separator):
        found.setdefault(row["group"], []).append(row["student_id"])
    return list(found.values())


def _dutch() -> Class:
    students = (samples.DATA / "klas-28.csv").read_text("utf-8-sig")
    rules = (samples.DATA / "regels-28.toml").read_text("utf-8")
    goals = ("Presenteren", "Onderzoek doen", "Samenwerken")
    return Class("nl", "klas-28.csv", students, _with_term(rules), ";", "Leerdoel", goals)


def _english() -> Class:
    """Return the first groups of the cohort; whoever is not in it is no wish of anybody, nor kept apart."""
    people = [person for person in samples.class_120() if person.group < GROUPS]
    known = {person.number for person in people} | {person.name for person in people}
    heading, *rows = csv.reader(io.StringIO((samples.DATA / "cohort-120.csv").read_text("utf-8-sig")))
    wishes = [column for column, name in enumerate(heading) if name.startswith("Wish")]
    students = [
        [cell if column not in wishes or cell in known else "" for column, cell in enumerate(row)]
        for row in rows
        if row[0] in known
    ]
    rules = tomllib.loads((samples.DATA / "rules-120.toml").read_text("utf-8"))
    rules["rule"] = [rule for rule in rules["rule"] if set(rule.get("students", ())) <= known]
    goals = ("Presenting", "Doing research", "Working together")
    written = _with_term(tomlkit.dumps(rules))
    return Class(
        "en", "class-28.csv", _written([heading, *students], ","), written, ",", "Learning goal", goals
    )


def _with_term(rules: str) -> str:
    return tomlkit.dumps({**tomllib.loads(rules), "term": TERM})


def _written(lines: list[list[str]], separator: str) -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator="\n").writerows(lines)
    return text.getvalue()

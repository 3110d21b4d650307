"""A class of ten, its plan, and ways to change the list; everybody is invented."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from planner.audit.plan_audit import audit
from planner.exports.tables import groups_csv
from planner.model.domain import Column, ColumnKind, Group, Plan, Roster, Student, Turn, group_of
from planner.model.problems import Level, Problem
from planner.model.reports import Outcome, Status
from planner.plans.course import Course
from planner.plans.folder import plan_files, write_folder
from planner.rules import Rules

NAMES = (
    "Noor de Wit",
    "Sem Bakker",
    "Ayşe Yılmaz",
    "Zoë Jansen",
    "Bram van Dijk",
    "Yara Smit",
    "Teun Visser",
    "Mila Meijer",
    "José Bos",
    "Fenna Kok",
)
SIZE = len(NAMES)


def student(place: int, **other: str) -> Student:
    """Return the student at a place in the list of names, with some things otherwise."""
    name = other.get("name", NAMES[place])
    return Student(
        id=other.get("id", number(place)),
        name=name,
        call_name=name.split()[0],
        sort_name=name,
        email=other.get("email", address(place)) or None,
        answers={"Cijfer": other.get("grade", f"{place},5"), "Vrij": other.get("free", "ma; di")},
    )


def number(place: int) -> str:
    """Return a student number; the first five have a zero in front."""
    return f"09{12340 + place}" if place < 5 else f"10{12340 + place}"


def address(place: int) -> str:
    return f"student{place}@school.example"


def roster_of(students: Sequence[Student]) -> Roster:
    columns = (
        Column(heading="Cijfer", kind=ColumnKind.NUMBER),
        Column(heading="Vrij", kind=ColumnKind.SLOTS),
    )
    return Roster(students=tuple(students), columns=columns)


def everyone() -> list[Student]:
    return [student(place) for place in range(SIZE)]


GROUPS = tuple(
    Group(name=name, members=tuple(number(place) for place in places))
    for name, places in (("Groep 1", (0, 5, 1)), ("Groep 10", (6, 2, 7)), ("Groep 2", (3, 8, 4, 9)))
)
LABEL = group_of(GROUPS)


def course_of(roster: Roster, groups: Sequence[Group] = GROUPS) -> Course:
    """Return a course with these groups; the rules read "Cijfer" and "Vrij"."""
    rules = Rules.model_validate(
        {"rule": [{"kind": "balance", "column": "Cijfer"}, {"kind": "overlap", "columns": ["Vrij"]}]}
    )
    turns = (Turn(week=1, group=groups[0].name, student_id=groups[0].members[0], role="Notulist"),)
    reports = audit(rules, roster, groups, turns).reports
    plan = Plan(
        language="nl",
        seed=1,
        version="0.1.0",
        effort="quick",
        groups=tuple(groups),
        turns=turns,
        outcome=Outcome(status=Status.FEASIBLE, cost=0, bound=0, rules=reports),
    )
    return Course(roster=roster, rules=rules, plan=plan)


COURSE = course_of(roster_of(everyone()))


def saved(folder: Path, course: Course = COURSE) -> Path:
    """Write the folder of a plan."""
    write_folder(folder, plan_files(course)[0])
    return folder


def own_rows(course: Course = COURSE) -> list[list[str]]:
    """Return the cells of groups.csv, headings included."""
    content = groups_csv(course.roster, course.plan, separator=";").decode("utf-8-sig")
    return [line.split(";") for line in content.splitlines()]


def as_excel_saves(rows: Sequence[Sequence[str]]) -> bytes:
    """Return rows as Dutch Excel writes them: `;`, Windows-1252, and no zeros in front of numbers."""
    cells = [[cell.lstrip("0") if cell.isdigit() else cell for cell in row] for row in rows]
    return "".join(";".join(row) + "\r\n" for row in cells).encode("cp1252", errors="replace")


def one(problems: Sequence[Problem], code: str, level: Level) -> Problem:
    """Return the only problem with this code."""
    found = [problem for problem in problems if problem.code == code]
    assert len(found) == 1, [problem.code for problem in problems]
    assert found[0].level is level
    return found[0]


def says(problem: Problem, english: str, dutch: str) -> None:
    """Check message and way out in both languages."""
    bare = problem.model_copy(update={"file": None, "row": None, "column": None})
    assert bare.text("en") == english
    assert bare.text("nl") == dutch

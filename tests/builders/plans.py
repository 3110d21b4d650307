"""A tiny class and its plan; everybody is invented."""

from __future__ import annotations

from collections.abc import Sequence

from planner.model.domain import Group, Plan, Roster, Student, Turn
from planner.model.reports import Outcome, Status
from planner.model.text import Language

# What people, or other systems, may have put in a name; none of it may ever act.
HOSTILE = (
    "=cmd|' /C calc'!A0",
    "+1",
    "-2+3",
    "@x",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    'Noor "Nootje" Bos',
    "Bos, Noor",
    "Bos;=1+1",
    "Noor\nBos",
    "'=1+1",
    "''@x",
    "'t Hooft",
    "Noor 🦔👩\u200d🎓",
    "\u202eרוני",
    "نور",
    "<r><t>bold</t></r>",
    "_x0041_",
    "  Noor ",
    "\uff1d1+1",
)


def student(id: str, name: str, sort_name: str = "", **keys: str) -> Student:  # noqa: A002
    """Make a student with an address, and every key unless others are given."""
    given = keys or {
        "canvas_user_id": f"48{id}",
        "user_id": id,
        "login_id": f"u{id}",
        "username": f"u{id}",
        "org_defined_id": id,
    }
    return Student(
        id=id,
        name=name,
        call_name=name.split()[0] if name.split() else name,
        sort_name=sort_name or name,
        email=f"u{id}@school.example",
        keys=given,
    )


def small_roster() -> Roster:
    """Return four students; one has a leading zero, one an infix and one an accent."""
    return Roster(
        students=(
            student("1000003", "Zoë Öztürk", "Öztürk, Zoë"),
            student("0912345", "Noor van der Berg", "Berg, Noor van der"),
            student("1000001", "Ali Çelik", "Çelik, Ali"),
            student("1000002", "Sem Dekker", "Dekker, Sem"),
        )
    )


def plan_of(
    groups: Sequence[tuple[str, Sequence[str]]], turns: Sequence[Turn] = (), language: Language = "nl"
) -> Plan:
    """Make a plan from group names and ids."""
    return Plan(
        language=language,
        seed=1,
        version="0.1.0",
        effort="quick",
        groups=tuple(Group(name=name, members=tuple(members)) for name, members in groups),
        turns=tuple(turns),
        outcome=Outcome(status=Status.OPTIMAL, cost=0, bound=0, seconds=0.0),
    )


def small_plan(language: Language = "nl") -> Plan:
    """Return two pairs, with roles in two weeks."""
    pairs = [("Groep 1", ["1000003", "0912345"]), ("Groep 2", ["1000002", "1000001"])]
    turns = [
        Turn(week=week, group=name, student_id=member, role=role)
        for week in (1, 2)
        for name, members in pairs
        for member, role in zip(members if week == 1 else members[::-1], ("Notulist", "Spreker"), strict=True)
    ]
    return plan_of(pairs, turns, language)

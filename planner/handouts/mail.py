"""Mail to everyone in the class: a table to merge, and a text to merge it into."""

from __future__ import annotations

from collections.abc import Mapping

from planner.exports.files import people_csv
from planner.exports.keys import EMAIL
from planner.exports.tables import separator_of
from planner.handouts.content import Content
from planner.handouts.model import role_name
from planner.handouts.moments import moments_of, own_moments
from planner.handouts.people import called, listed
from planner.handouts.weeks import check_week, first_week, groups_in
from planner.model.domain import Group
from planner.model.text import Language, Message, message
from planner.plans.course import Course

# The fields of the table; the text has them as «field».
FIELDS: Mapping[Language, tuple[str, ...]] = {
    "nl": ("naam", "roepnaam", "e-mail", "groep", "rol", "mensen", "eerste_afspraak"),
    "en": ("name", "call_name", "e-mail", "group", "role", "people", "first_meeting"),
}
TO_AGREE: Message = message("a time you choose together")
NO_ROLE: Message = message("no fixed role, you add what others miss")


def mail_csv(course: Course, language: Language, week: int | None = None) -> bytes:
    """Return a table with a row for each student, in the order of the groups.

    It is for the coordinator: it holds e-mail addresses. Cells that a spreadsheet
    would compute are neutralised.

    Parameters
    ----------
    course : Course
    language : Language
    week : int or None
        Groups and roles are those of that week; None is the first week of these groups.

    Returns
    -------
    bytes
        UTF-8.
    """
    week = first_week(course) if week is None else week
    check_week(course, week)
    rows = [row for group in groups_in(course, week) for row in _rows(course, group, week, language)]
    return people_csv([FIELDS[language], *rows], separator_of(language))


def mail_text(texts: Content) -> bytes:
    """Return the text of the mail, its subject on the first line, for Word and mail programs."""
    return f"{texts.mail.subject}\r\n\r\n{texts.mail.body.strip()}\r\n".encode("utf-8-sig")


def _rows(course: Course, group: Group, week: int, language: Language) -> list[tuple[str, ...]]:
    students = [course.roster.by_id[member] for member in group.members]
    names = called(students)
    moment = next(iter(moments_of(course, group)), TO_AGREE.text(language))
    own = own_moments(course, group)
    roles = _roles(course, group, week, language)
    return [
        (
            one.name,
            one.call_name,
            EMAIL.read(one),
            group.name,
            roles.get(one.id, NO_ROLE.text(language)),
            listed([names[other] for other in group.members if other != one.id], language),
            " / ".join(told[0] for told in own.get(one.id, ()) if told) or moment,
        )
        for one in students
    ]


def _roles(course: Course, group: Group, week: int, language: Language) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for turn in course.plan.turns:
        if (turn.week, turn.group) == (week, group.name):
            found.setdefault(turn.student_id, []).append(role_name(turn.role, language))
    return {student: " + ".join(roles) for student, roles in found.items()}

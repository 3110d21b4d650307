"""Mail to everyone in the class: a table to merge, and a text to merge it into."""

from __future__ import annotations

from collections.abc import Mapping

from planner.exports.files import people_csv
from planner.exports.keys import EMAIL
from planner.exports.tables import roles_of, separator_of
from planner.handouts.content import Content
from planner.handouts.moments import moments_of, own_moments
from planner.handouts.people import called, listed
from planner.handouts.weeks import changed_since, check_week, first_week, groups_in, have_met
from planner.model.domain import Group
from planner.model.text import Language, Message, message
from planner.plans.course import Course

# The fields of the table; the text has them as «field».
FIELDS: Mapping[Language, tuple[str, ...]] = {
    "nl": ("naam", "roepnaam", "e-mail", "groep", "rol", "mensen", "eerste_afspraak", "week", "nieuws"),
    "en": ("name", "call_name", "e-mail", "group", "role", "people", "first_meeting", "week", "news"),
}
TO_AGREE: Message = message("a time you choose together")
NO_ROLE: Message = message("no fixed role, you add what others miss")


def mail_csv(
    course: Course, language: Language, week: int | None = None, *, only_changed: bool = False
) -> bytes:
    """Return a table with a row for each student, in the order of the groups.

    It is for the coordinator: it holds e-mail addresses. Cells that a spreadsheet
    would compute are neutralised. Roles are called as in the other files of the plan,
    and cells are separated as they are there.

    Parameters
    ----------
    course : Course
    language : Language
        Of the headings, which are the fields in the text, and of what is said.
    week : int or None
        Groups and roles are those of that week; None is the first week of these groups.
    only_changed : bool, default False
        Whether it has just the groups in which somebody came or went when they began.

    Returns
    -------
    bytes
        UTF-8.
    """
    week = first_week(course) if week is None else week
    check_week(course, week)
    mail = _Mail(course, week, language)
    groups = [one for one in groups_in(course, week) if not only_changed or one.name in mail.changed]
    rows = [row for group in groups for row in _rows(mail, group)]
    return people_csv([FIELDS[language], *rows], separator_of(course.plan.language))


def mail_text(texts: Content, course: Course, week: int | None = None) -> bytes:
    """Return the text of the mail, its subject on the first line, for Word and mail programs.

    Parameters
    ----------
    texts : Content
    course : Course
    week : int or None
        The one that the table is of; None is the first week of these groups.

    Returns
    -------
    bytes
        UTF-8.
    """
    mail = texts.mail_of(have_met=have_met(course, first_week(course) if week is None else week))
    return f"{mail.subject}\r\n\r\n{mail.body.strip()}\r\n".encode("utf-8-sig")


class _Mail:
    """What is the same for all groups."""

    def __init__(self, course: Course, week: int, language: Language) -> None:
        self.course, self.week, self.language = course, week, language
        self.roles = roles_of(course.plan, week)
        self.since = course.plan.block_of(week).from_week
        self.met = have_met(course, week)
        self.changed = changed_since(course, week)
        self.movers = frozenset[str]().union(*(went for _, went in self.changed.values()))


def _rows(mail: _Mail, group: Group) -> list[tuple[str, ...]]:
    course, language = mail.course, mail.language
    students = [course.roster.by_id[member] for member in group.members]
    names = called(students)
    moment = next(iter(moments_of(course, group)), TO_AGREE.text(language))
    own, news = own_moments(course, group), _News(mail, group, names)
    return [
        (
            one.name,
            one.call_name,
            EMAIL.read(one),
            group.name,
            mail.roles.get(one.id, NO_ROLE.text(language)),
            listed([names[other] for other in group.members if other != one.id], language),
            " / ".join(told[0] for told in own.get(one.id, ()) if told) or moment,
            str(mail.week),
            news.of(one.id),
        )
        for one in students
    ]


class _News:
    """What changed for the members of a group when the groups of a week began."""

    def __init__(self, mail: _Mail, group: Group, names: Mapping[str, str]) -> None:
        self.mail, self.since = mail, mail.since
        self.came, self.went = mail.changed.get(group.name, (frozenset(), frozenset()))
        self.everyone_new = self.came == frozenset(group.members)
        self.new = listed([names[one] for one in group.members if one in self.came], mail.language)
        self.gone = listed(mail.course.names(sorted(self.went)), mail.language)

    def of(self, student: str) -> str:
        """Return the news for a member; nothing before groups have met."""
        return " ".join(one.text(self.mail.language) for one in self._told(student)) if self.mail.met else ""

    def _told(self, student: str) -> list[Message]:
        if student in self.came:
            what = (
                message("From week {week} on you are in another group.", week=self.since)
                if student in self.mail.movers
                else message("From week {week} on this is your group.", week=self.since)
            )
            if self.everyone_new:
                return [what]
            return [what, message("Ask the others when you meet.")]
        told = []
        if self.came:
            told.append(
                message("New in your group from week {week} on: {names}.", week=self.since, names=self.new)
            )
        if self.went:
            told.append(message("No longer in your group: {names}.", names=self.gone))
        return told or [message("Your group stays as it is.")]

"""Who is away today: the groups of one session, in words, on one page and as a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from planner.edit.refusals import nobody_here
from planner.exports.files import people_csv
from planner.exports.tables import separator_of
from planner.handouts.weeks import check_week, first_week, groups_in
from planner.model.domain import group_of
from planner.model.mentions import name_words
from planner.model.problems import InputError
from planner.model.text import Language, Message, message, plural_message
from planner.planning.session_fit import Alike
from planner.planning.session_groups import SessionGroup, VacantRole, session_groups
from planner.planning.session_roles import with_roles
from planner.plans.course import Course
from planner.rules.people import lookup


@dataclass(frozen=True)
class AwaySession:
    """One session of a week, in which some are away.

    Attributes
    ----------
    course : Course
    week : int
    absent : tuple of str
        Ids.
    groups : tuple of SessionGroup
    """

    course: Course
    week: int
    absent: tuple[str, ...]
    groups: tuple[SessionGroup, ...]

    @property
    def changed(self) -> tuple[SessionGroup, ...]:
        """The groups that are not as usual."""
        return tuple(group for group in self.groups if not group.as_usual)

    @property
    def home(self) -> dict[str, str]:
        """Label of everybody's own group, by id."""
        return group_of(groups_in(self.course, self.week))

    @property
    def not_meeting(self) -> tuple[str, ...]:
        """Labels of the groups whose members are all elsewhere, or away: they do not meet by themselves."""
        guests = [self.home[guest] for group in self.groups for guest in group.guests]
        meeting = {group.of for group in self.groups}
        return tuple(dict.fromkeys(label for label in guests if label not in meeting))

    def name(self, group: SessionGroup) -> Message:
        """Return what a group is called for this session."""
        if group.part:
            return message("{group}, part {part}", group=group.of, part=group.part)
        return message("{group}", group=group.of)

    def why(self, guest: str, group: SessionGroup) -> Message:
        """Return why somebody is a guest in a group.

        Parameters
        ----------
        guest : str
            Id.
        group : SessionGroup

        Returns
        -------
        Message
        """
        home, named = self.home[guest], self.course.roster.shown_names[guest]
        first = message("{name} is the only one of {group} today", name=named, group=home)
        others = [one for one in group.members if one != guest]
        for mate, heading in Alike(self.course).shared(guest, others):
            answer, name = (
                self.course.roster.by_id[guest].answer(heading),
                self.course.roster.shown_names[mate],
            )
            return message(
                "{first}; “{answer}” in {column}, as {name}",
                first=first,
                answer=answer,
                column=heading,
                name=name,
            )
        return first


def session_of(course: Course, absent: Iterable[str], week: int | None = None) -> AwaySession:
    """Return the groups of one session in which some are away; the plan stays as it is.

    Parameters
    ----------
    course : Course
    absent : iterable of str
        Who is away: ids, or what else names exactly one student, such as a name or an e-mail address.
    week : int, optional
        Of the session; None is the first week of the plan.

    Returns
    -------
    AwaySession

    Raises
    ------
    InputError
        Where the week is past or not in the term, or a name is nobody's.
    """
    at = first_week(course) if week is None else week
    check_week(course, at)
    groups, known = groups_in(course, at), lookup(course.roster)
    home, said = group_of(groups), list(dict.fromkeys(absent))
    away = [known.get(name_words(one)) for one in said]
    unknown = [one for one, found in zip(said, away, strict=True) if found not in home]
    if unknown:
        raise InputError([nobody_here(course, one) for one in unknown])
    ids = tuple(dict.fromkeys(one for one in away if one is not None))
    return AwaySession(course, at, ids, with_roles(course, at, session_groups(course, groups, ids)))


# In words


def session_text(session: AwaySession, language: Language) -> str:
    """Return a page with the session, to print, to show or to send to everybody: no one who is away is on it.

    Parameters
    ----------
    session : AwaySession
    language : {"en", "nl"}

    Returns
    -------
    str
        Lines with a new line behind each; what belongs to a group is indented.
    """
    lines = [message("Groups for one session in week {week}", week=session.week).text(language)]
    for group in session.changed:
        name, *below = (line.text(language) for line in _group(session, group))
        lines += ["", name, *(f"  {line}" for line in below)]
    for label in session.not_meeting:
        said = message("{group} does not meet by itself today: see who is welcome as a guest.", group=label)
        lines += ["", said.text(language)]
    usual = sum(group.as_usual for group in session.groups)
    if usual and session.changed:
        rest = plural_message("One other group works as usual.", "{n} other groups work as usual.", usual)
        lines += ["", rest.text(language)]
    if not session.changed:
        lines += ["", message("Every group works as usual.").text(language)]
    return "\n".join(lines) + "\n"


def session_reasons(session: AwaySession) -> tuple[Message, ...]:
    """Return why it is so, for the coordinator alone: answers and who is away are in it."""
    return tuple(_reasons(session))


def session_csv(session: AwaySession, language: Language) -> bytes:
    """Write who works with whom: ``group, part, student_id, name, of_group, role``; nobody who is away.

    Parameters
    ----------
    session : AwaySession
    language : Language
        Whose Excel splits at the separator.

    Returns
    -------
    bytes
    """
    names, home = session.course.roster.by_id, session.home
    rows = [
        (group.of, str(group.part or ""), one, names[one].name, home[one], _roles_of(group, one))
        for group in session.groups
        for one in group.members
    ]
    headings = ("group", "part", "student_id", "name", "of_group", "role")
    return people_csv([headings, *rows], separator_of(language))


def _roles_of(group: SessionGroup, student: str) -> str:
    return " + ".join(
        [
            *(one.role for one in group.roles if one.student == student),
            *(one.role for one in group.vacant if one.proposed == student),
        ]
    )


def _group(session: AwaySession, group: SessionGroup) -> Iterator[Message]:
    names = session.course.roster.shown_names
    yield message(
        "{group}: {names}", group=session.name(group), names=session.course.roster.names(group.members)
    )
    if group.guests:
        yield message("Welcome as a guest: {names}", names=session.course.roster.names(group.guests))
    for role in group.roles:
        yield message("{role}: {name}", role=role.role, name=names[role.student])
    if group.vacant:
        roles = tuple(_vacant(one, names) for one in group.vacant)
        yield message("Roles left over: {roles}", roles=roles)


def _vacant(role: VacantRole, names: Mapping[str, str]) -> Message:
    if role.proposed is None:
        return message("{role}", role=role.role)
    return message("{role} (proposal: {name})", role=role.role, name=names[role.proposed])


def _reasons(session: AwaySession) -> Iterator[Message]:
    names = session.course.roster.shown_names
    for group in session.changed:
        for guest in group.guests:
            yield message("{group}: {why}.", group=session.name(group), why=session.why(guest, group))
        for role in group.roles:
            if role.instead_of is not None:
                yield message(
                    "{group}: {role}: {name}, today instead of {other}",
                    group=session.name(group),
                    role=role.role,
                    name=names[role.student],
                    other=names[role.instead_of],
                )
